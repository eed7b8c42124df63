/* Targets: figures of the prose that a year, the plan period or 每年 governs. */
#include "extract/extract.h"

#include "base/numeral.h"
#include "base/text.h"
#include "extract/quantity.h"
#include "extract/words.h"

#include <stdio.h>

enum { FIGURES_MAX = 24, GOVERNORS_MAX = 16, SUBJECTS_MAX = 12, SUBJECT_CHARS = 60 };

/* What fixes the time of the figures behind it in a sentence. */
struct governor {
    size_t begin, end; /* in the sentence */
    int year;          /* 0: 每年 alone */
    bool annual, inferred;
};

struct figure {
    struct quantity q;
    size_t begin, end;
};

/* What was measured last in a sentence, and in what. */
struct named {
    struct slice subject, unit;
};

struct reader {
    struct plan *p;
    struct grammar *g;
    struct section *section;
    struct measure *measure;
    int start_year, end_year;
    size_t mark, hit; /* the first ones not before the paragraph */
    struct slice text; /* the sentence */
    struct governor governors[GOVERNORS_MAX];
    size_t governor_count;
    struct figure figures[FIGURES_MAX];
    size_t figure_count;
    struct named last;
};

/* ---- words ---- */

static bool ends_with(struct slice s, size_t at, const char *word)
{
    return slice_ends(slice_of(s.p, at), slice_cstr(word));
}

static bool starts_at(struct slice s, size_t at, const char *word)
{
    return slice_starts(slice_of(s.p + at, s.n - at), slice_cstr(word));
}

static struct slice word_class(struct reader *r, struct slice text, size_t at, size_t *length)
{
    struct slice classes;
    *length = words_at(r->g, text, at, &classes);
    return classes;
}

static bool is_class(struct slice classes, const char *a, const char *b, const char *c)
{
    return words_is(classes, a) || words_is(classes, b) || words_is(classes, c);
}

/* What was taken off the front of a subject. */
struct stripped {
    struct slice scope, act;
    bool verb, cumulative, annual;
};

/* Length of a bracket or joint at the front: 创建（巩固）…, 创建和巩固…. */
static size_t joint_length(struct slice s)
{
    if (slice_starts(s, SLICE("和")) || slice_starts(s, SLICE("、")) || slice_starts(s, SLICE("并")))
        return 3;
    ptrdiff_t close = slice_starts(s, SLICE("（")) ? slice_find(s, SLICE("）")) : -1;
    return close < 0 ? 0 : (size_t)close + 3;
}

/* Takes scopes, verbs and adverbs off the front: 确保全县 森林覆盖率. */
static struct slice strip_front(struct reader *r, struct slice s, struct stripped *off)
{
    for (;;) {
        size_t length = 0;
        s = text_trim_start(s);
        struct slice class = word_class(r, s, 0, &length);
        bool verb = words_is(class, "verb") || words_is(class, "make");
        if (!verb && !is_class(class, "scope", "adverb", "front"))
            length = off->verb ? joint_length(s) : 0;
        if (!length)
            return s;
        if (words_is(class, "scope"))
            off->scope = slice_of(s.p, length);
        if (words_is(class, "act"))
            off->act = slice_of(s.p, length);
        off->verb |= verb;
        off->cumulative |= slice_starts(s, SLICE("累计")) || slice_starts(s, SLICE("五年"));
        s = slice_of(s.p + length, s.n - length);
    }
}

/* Takes verbs of reaching and adverbs off the end: 森林覆盖率 分别达到. */
static struct slice strip_back(struct reader *r, struct slice s)
{
    for (bool again = true; again;) {
        again = false;
        s = text_trim(s);
        size_t from = s.n > 24 ? s.n - 24 : 0;
        while (from < s.n && ((unsigned char)s.p[from] & 0xC0) == 0x80)
            from++;
        for (size_t i = from; i < s.n && !again; text_next(s.p, s.n, &i)) {
            size_t length = 0;
            struct slice class = word_class(r, s, i, &length);
            if (!length || i + length != s.n)
                continue;
            if (!is_class(class, "reach", "adverb", "average"))
                return s; /* 行为 ends in no 为 */
            s.n = i;
            again = true;
        }
    }
    return s;
}

/* Cuts 、 and 的 that nothing follows off the end. */
static struct slice strip_joints(struct slice s)
{
    s = text_trim(s);
    while (slice_ends(s, SLICE("、")) || slice_ends(s, SLICE("的")))
        s = text_trim(slice_of(s.p, s.n - 3));
    return s;
}

/* Where the last word of reaching in a text begins; its end when there is none. */
static size_t last_reach(struct reader *r, struct slice s)
{
    size_t last = s.n;
    for (size_t i = 0; i < s.n;) {
        size_t length = 0;
        struct slice class = word_class(r, s, i, &length);
        if (words_is(class, "reach") && !starts_at(s, i, "占"))
            last = i;
        if (length)
            i += length;
        else
            text_next(s.p, s.n, &i);
    }
    return last;
}

static bool is_change(struct reader *r, struct slice s)
{
    size_t length = 0;
    struct slice class = word_class(r, s, 0, &length);
    return length && length == s.n && (words_is(class, "fall") || words_is(class, "rise"));
}

static struct slice join(struct plan *p, struct slice a, struct slice b)
{
    char *out = arena_text(&p->arena, a.n + b.n + 1);
    memcpy(out, a.p, a.n);
    memcpy(out + a.n, b.p, b.n);
    return slice_of(out, a.n + b.n);
}

/* Length of what closes a comparison behind its year: 在2020年 的基础上. */
static size_t comparison_rest(struct slice s)
{
    static const char *const rests[] = {"的基础上", "基础上", "水平", "底", "末"};
    for (size_t i = 0; i < sizeof rests / sizeof *rests; i++)
        if (slice_starts(s, slice_cstr(rests[i])))
            return strlen(rests[i]);
    return 0;
}

/* Takes what a figure is compared with out: 能耗 较2020年 下降. */
static struct slice without_comparison(struct reader *r, struct slice s)
{
    struct year_mention y;
    for (size_t at = 0; quantity_next_year(s, &at, &y);) {
        struct slice head = slice_of(s.p, (size_t)(y.whole.p - s.p)), tail = slice_of(s.p + at, s.n - at);
        size_t rest = comparison_rest(tail);
        bool base = rest && (slice_ends(head, SLICE("在")) || slice_ends(head, SLICE("于")));
        if (!base && !slice_ends(head, SLICE("较")) && !slice_ends(head, SLICE("比")))
            continue;
        head = text_trim(slice_of(head.p, head.n - 3));
        tail = text_trim(slice_of(tail.p + rest, tail.n - rest));
        return !tail.n ? head : head.n ? join(r->p, head, tail) : tail;
    }
    return s;
}

/* ---- what governs ---- */

static void add_governor(struct reader *r, size_t begin, size_t end, int year, bool annual, bool inferred)
{
    if (r->governor_count < GOVERNORS_MAX)
        r->governors[r->governor_count++] = (struct governor){begin, end, year, annual, inferred};
}

static bool is_clause_end(uint32_t c)
{
    return c == 0xFF0C || c == 0xFF1B || c == ',' || c == ';' || c == 0xFF1A;
}

/* 2025年，…: a year within the plan that opens a clause, and is no beginning (2022年起, 2022年以来). */
static bool opens_clause(const struct reader *r, size_t begin, size_t end, int year)
{
    static const char *const others[] = {"以来", "起", "以后", "后", "至", "—", "-", "～"};
    size_t last = begin;
    while (last > 0 && ((unsigned char)r->text.p[--last] & 0xC0) == 0x80)
        ;
    size_t at = last;
    if (begin && !is_clause_end(text_next(r->text.p, begin, &at)))
        return false;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (starts_at(r->text, end, others[i]))
            return false;
    return r->start_year && year > r->start_year;
}

/* Behind 年 what still belongs to the year: 2020年底前. */
static size_t year_end(struct slice s, size_t at)
{
    static const char *const rests[] = {"年底前", "底前", "底", "末", "前"};
    for (size_t i = 0; i < sizeof rests / sizeof *rests; i++)
        if (starts_at(s, at, rests[i]))
            return at + strlen(rests[i]);
    return at;
}

/* 到2025年, 至2025年底, 2030年前. Years before the plan are of the past: they end what governed before. */
static void find_years(struct reader *r)
{
    struct year_mention y;
    for (size_t at = 0; quantity_next_year(r->text, &at, &y);) {
        size_t begin = (size_t)(y.whole.p - r->text.p);
        bool until = ends_with(r->text, begin, "到") || ends_with(r->text, begin, "至");
        bool before = starts_at(r->text, at, "前") || starts_at(r->text, at, "底前");
        if (until || before || opens_clause(r, begin, at, y.year))
            add_governor(r, begin, year_end(r->text, at), y.year, false, false);
    }
}

static void find_words(struct reader *r, const char *word, int year, bool annual)
{
    struct slice rest = r->text, w = slice_cstr(word);
    for (ptrdiff_t at; (at = slice_find(rest, w)) >= 0;) {
        size_t begin = (size_t)(rest.p - r->text.p) + (size_t)at;
        add_governor(r, begin, begin + w.n, year, annual, !annual);
        rest = slice_of(r->text.p + begin + w.n, r->text.n - begin - w.n);
    }
}

static void find_governors(struct reader *r)
{
    struct slice period = r->p->meta[META_PERIOD].value;
    char words[2][48];
    r->governor_count = 0;
    find_years(r);
    if (r->end_year) {
        find_words(r, "规划期内", r->end_year, false);
        snprintf(words[0], sizeof words[0], "“%.*s”期间", (int)period.n, period.p);
        snprintf(words[1], sizeof words[1], "“%.*s”时期", (int)period.n, period.p);
        for (int i = 0; period.n && i < 2; i++)
            find_words(r, words[i], r->end_year, false);
    }
    find_words(r, "每年", 0, true);
}

/* The last governor before a place: its year, and whether 每年 stands behind it. */
static bool governor_of(const struct reader *r, size_t at, struct governor *out)
{
    const struct governor *time = NULL, *annual = NULL;
    for (size_t i = 0; i < r->governor_count; i++) {
        const struct governor *g = &r->governors[i];
        if (g->begin > at)
            continue;
        if (g->annual && (!annual || g->begin > annual->begin))
            annual = g;
        if (!g->annual && (!time || g->begin > time->begin))
            time = g;
    }
    if (!time && !annual)
        return false;
    *out = time ? *time : *annual;
    out->annual = annual && (!time || annual->begin > time->begin);
    if (!time) {
        out->year = r->end_year;
        out->inferred = true;
    }
    return out->year >= r->start_year && out->year > 0;
}

/* ---- figures ---- */

/* Depth of brackets and titles at a place that only grows: figures inside only explain. */
struct depth {
    size_t at;
    int depth;
};

/* 1/3: no figure that can be read. */
static bool is_fraction(struct slice s, size_t end)
{
    return end + 1 < s.n && s.p[end] == '/' && s.p[end + 1] >= '0' && s.p[end + 1] <= '9';
}

static bool is_enclosed(struct depth *d, struct slice s, size_t at)
{
    while (d->at < at) {
        uint32_t c = text_next(s.p, s.n, &d->at);
        d->depth += c == 0x300A || c == 0xFF08 || c == '(';
        d->depth -= c == 0x300B || c == 0xFF09 || c == ')';
    }
    return d->depth > 0;
}

static void find_figures(struct reader *r)
{
    struct quantity q;
    struct depth depth = {0, 0};
    r->figure_count = 0;
    for (size_t at = 0; r->figure_count < FIGURES_MAX && quantity_next(r->g, r->text, &at, &q);) {
        size_t begin = (size_t)(q.whole.p - r->text.p);
        if (!is_enclosed(&depth, r->text, begin) && !is_fraction(r->text, begin + q.whole.n))
            r->figures[r->figure_count++] = (struct figure){q, begin, begin + q.whole.n};
    }
}

/* Begin of the clause that holds `at`. */
static size_t clause_begin(struct slice s, size_t at)
{
    size_t begin = 0;
    for (size_t i = 0; i < at;)
        if (is_clause_end(text_next(s.p, s.n, &i)))
            begin = i;
    return begin;
}

static size_t clause_end(struct slice s, size_t at)
{
    while (at < s.n) {
        size_t begin = at;
        uint32_t c = text_next(s.p, s.n, &at);
        if (is_clause_end(c) || c == 0x3002)
            return begin;
    }
    return s.n;
}

/* Only 、和及与 between two figures: they are one list. */
static bool is_joint(struct slice s)
{
    s = text_trim(s);
    return slice_eq(s, SLICE("、")) || slice_eq(s, SLICE("和")) || slice_eq(s, SLICE("及")) ||
           slice_eq(s, SLICE("与"));
}

/* ---- subjects ---- */

struct subjects {
    struct slice list[SUBJECTS_MAX];
    size_t count;
};

static bool is_measure(struct reader *r, struct slice name)
{
    struct rule_match m;
    return name.n && rules_match(r->g->rules, PLACE_MEASURE, name, &m);
}

/* Cuts 任河、前河、中河自然岸线率 at its joints. */
static void split_list(struct slice s, struct subjects *out)
{
    size_t begin = 0;
    struct depth depth = {0, 0};
    out->count = 0;
    for (size_t at = 0; at < s.n;) {
        size_t here = at;
        uint32_t c = text_next(s.p, s.n, &at);
        bool joint = c == 0x3001 || c == 0x548C || (c == 0x53CA && !starts_at(s, at, "以")); /* 、和及 */
        if (!joint || is_enclosed(&depth, s, here) || out->count + 1 >= SUBJECTS_MAX)
            continue;
        out->list[out->count++] = text_trim(slice_of(s.p + begin, here - begin));
        begin = at;
    }
    out->list[out->count++] = text_trim(slice_of(s.p + begin, s.n - begin));
}

/* Behind which byte of the last member its shared tail begins: 高中阶段教育, 高等教育 毛入学率, else as many
 * characters on as the member has: 任河, 前河 自然岸线率. Its end when there is none. */
static size_t tail_begin(struct slice member, struct slice last)
{
    size_t chars = text_chars(member), begin = 0;
    for (text_next(member.p, member.n, &begin); begin < member.n; text_next(member.p, member.n, &begin)) {
        struct slice end = slice_of(member.p + begin, member.n - begin);
        ptrdiff_t at = end.n >= 6 ? slice_find(last, end) : -1;
        if (at >= 0 && (size_t)at + end.n < last.n)
            return (size_t)at + end.n;
    }
    return chars + 2 > text_chars(last) ? last.n : text_prefix(last, chars);
}

/* Gives the members of a list the tail they share with the last one: 任河 → 任河自然岸线率. */
static void complete_list(struct reader *r, struct subjects *s)
{
    struct slice last = s->list[s->count - 1];
    for (size_t i = 0; i + 1 < s->count; i++) {
        size_t cut = is_measure(r, s->list[i]) ? last.n : tail_begin(s->list[i], last);
        if (cut < last.n)
            s->list[i] = join(r->p, s->list[i], slice_of(last.p + cut, last.n - cut));
    }
}

/* The noun right behind a figure: 100个 美丽绿色村庄. */
static struct slice noun_behind(struct reader *r, const struct figure *f, size_t to)
{
    size_t length = 0, end = f->end;
    while (end < to && text_first(slice_of(r->text.p + end, to - end)) != 0x3001) /* 、 */
        text_next(r->text.p, to, &end);
    struct slice s = text_trim(slice_of(r->text.p + f->end, end - f->end));
    struct slice class = word_class(r, s, 0, &length);
    bool other = is_class(class, "verb", "reach", "adverb") || is_class(class, "action", "average", "make");
    return other || slice_starts(s, SLICE("的")) ? SLICE_NONE : strip_back(r, s);
}

static bool is_percent(struct slice unit)
{
    return slice_eq(unit, SLICE("%")) || slice_eq(unit, SLICE("％"));
}

/* The noun before 每年 in its clause. */
static struct slice words_before(struct reader *r, size_t from, struct stripped *off)
{
    struct slice text = slice_of(r->text.p, from);
    if (!slice_ends(text, SLICE("每年")))
        return SLICE_NONE;
    size_t begin = clause_begin(r->text, from);
    return strip_joints(strip_back(r, strip_front(r, slice_of(text.p + begin, from - 6 - begin), off)));
}

/* 增长速度 年均, 产值 年均 增长: 年均 is the basis, no part of the name. */
static struct slice without_yearly(struct reader *r, struct slice s, struct stripped *off)
{
    ptrdiff_t at = slice_find(s, SLICE("年均"));
    struct slice tail = at < 0 ? SLICE_NONE : slice_of(s.p + at + 6, s.n - (size_t)at - 6);
    if (at <= 0 || (tail.n && !is_change(r, tail)))
        return s;
    off->annual = true;
    struct slice head = strip_back(r, slice_of(s.p, (size_t)at));
    return tail.n ? join(r->p, head, tail) : head;
}

/* The subject before a figure, or, where only verbs stand before it, the noun behind it. */
static struct slice subject_of(struct reader *r, size_t from, const struct figure *f, size_t to,
                               struct stripped *off)
{
    struct slice before = slice_of(r->text.p + from, f->begin - from);
    struct slice s = without_comparison(r, strip_back(r, strip_front(r, before, off)));
    if (slice_ends(s, SLICE("的"))) /* 土地面积 达到 建成区面积的 20% */
        s = slice_of(s.p, last_reach(r, s));
    s = without_yearly(r, strip_joints(s), off);
    if (is_change(r, s)) /* 近视率 每年 降低 1个百分点 */
        s = join(r->p, words_before(r, from, off), s);
    struct slice behind = noun_behind(r, f, to);
    bool place = off->verb && behind.n && !is_percent(f->q.unit); /* 完成城区100公里管网改造 */
    return s.n && !place ? s : behind;
}

/* ---- records ---- */

/* 控制在15%左右 is about, not at most. */
static bool around(struct slice raw)
{
    return slice_starts(raw, SLICE("控制在")) && (slice_ends(raw, SLICE("左右")) || slice_ends(raw, SLICE("上下")));
}

static void add_target(struct reader *r, const struct figure *f, struct slice subject,
                       const struct stripped *off, const struct governor *g, struct slice unit,
                       struct slice op)
{
    struct plan *p = r->p;
    if (!subject.n || text_chars(subject) > SUBJECT_CHARS || (!unit.n && !is_measure(r, subject)))
        return;
    struct target *t = arena_alloc(&p->arena, sizeof *t);
    t->id = plan_id(p, "t", ++p->target_count);
    t->section = r->section;
    t->measure = r->measure;
    t->subject = subject;
    t->scope = off->scope;
    r->last = (struct named){subject, unit};
    t->act = off->act;
    t->year = g->year;
    t->year_inferred = g->inferred;
    t->op = around(f->q.whole) ? SLICE("~") : op;
    t->value = f->q.value;
    t->value_high = f->q.value_high;
    t->unit = unit;
    t->unit_code = quantity_unit_code(r->g, unit);
    t->basis = g->annual || off->annual ? SLICE("annual") : off->cumulative ? SLICE("cumulative") : f->q.basis;
    t->raw = f->q.whole;
    t->span = plan_span(p, f->q.whole);
    *p->targets_end = t;
    p->targets_end = &t->next;
}

/* The unit and comparator that members of a list share when they lack their own. */
static void shared_of(const struct figure *list, size_t count, struct slice *unit, struct slice *op)
{
    *unit = SLICE_NONE;
    *op = list[count - 1].q.op;
    for (size_t i = count; i-- > 0;)
        if (list[i].q.unit.n)
            *unit = list[i].q.unit;
}

/* Subjects before 分别, 均 or 各, each with the fall or rise behind it: 甲、乙 分别 下降. False: there is none. */
static bool split_each(struct reader *r, struct slice before, const char *word, struct subjects *out,
                       struct stripped *off)
{
    ptrdiff_t each = slice_find(before, slice_cstr(word));
    if (each <= 0)
        return false;
    size_t behind = (size_t)each + strlen(word);
    struct slice tail = slice_of(before.p + behind, before.n - behind);
    tail = strip_back(r, without_comparison(r, text_trim(tail)));
    if (tail.n && !is_change(r, tail))
        return false;
    split_list(strip_back(r, strip_front(r, slice_of(before.p, (size_t)each), off)), out);
    complete_list(r, out);
    for (size_t i = 0; i < out->count && tail.n; i++)
        out->list[i] = join(r->p, out->list[i], tail);
    return true;
}

static struct slice behind(struct slice s, struct slice part)
{
    const char *end = part.p + part.n;
    return slice_of(end, (size_t)(s.p + s.n - end));
}

/* 化肥、农药利用率 45%: a rate of each of several short members. */
static bool split_rate(struct reader *r, struct slice s, const struct figure *f, struct subjects *out)
{
    if (!is_percent(f->q.unit) || !slice_ends(s, SLICE("率")))
        return false;
    split_list(s, out);
    size_t chars = text_chars(out->list[0]);
    for (size_t i = 0; i + 1 < out->count; i++)
        if (text_chars(out->list[i]) != chars || !slice_starts(behind(s, out->list[i]), SLICE("、")))
            return false;
    if (out->count < 2 || chars < 2 || chars > 4 || text_chars(out->list[out->count - 1]) < chars + 2)
        return false;
    complete_list(r, out);
    return true;
}

/* A run of figures with nothing but joints between: values one to one on a list of subjects. */
static void add_list(struct reader *r, size_t from, const struct figure *list, size_t count, size_t to,
                     const struct governor *g)
{
    struct slice unit, op;
    struct stripped off = {0};
    struct subjects s;
    struct slice before = slice_of(r->text.p + from, list[0].begin - from);
    if (!split_each(r, before, "分别", &s, &off)) {
        split_list(subject_of(r, from, &list[0], to, &off), &s);
        complete_list(r, &s);
    }
    shared_of(list, count, &unit, &op);
    for (size_t i = 0; i < count; i++) {
        struct slice subject = s.count == count ? s.list[i] : s.list[s.count - 1];
        struct slice own = slice_eq(list[i].q.op, SLICE("=")) ? op : list[i].q.op;
        add_target(r, &list[i], subject, &off, g, list[i].q.unit.n ? list[i].q.unit : unit, own);
    }
}

/* 京津冀区域 达到 30%: a place alone is the scope of the subject named before. */
static bool is_place_alone(struct reader *r, struct slice s, const struct figure *f)
{
    for (size_t i = 0; i < s.n && r->last.subject.n && slice_eq(r->last.unit, f->q.unit);) {
        size_t length = 0;
        struct slice class = word_class(r, s, i, &length);
        if (words_is(class, "place") && i + length == s.n)
            return true;
        text_next(s.p, s.n, &i);
    }
    return false;
}

/* A word for each of several subjects, not 平均, 年均, 人均. */
static const char *each_word(struct reader *r, struct slice before)
{
    struct slice s = strip_back(r, before);
    struct slice rest = behind(before, s);
    bool mean = slice_find(before, SLICE("平均")) >= 0 || slice_find(before, SLICE("年均")) >= 0 ||
                slice_find(before, SLICE("人均")) >= 0;
    if (!mean && slice_find(before, SLICE("均")) > 0)
        return "均";
    return slice_find(rest, SLICE("各")) >= 0 ? "各" : NULL;
}

static void add_subjects(struct reader *r, const struct figure *f, const struct subjects *s,
                         const struct stripped *off, const struct governor *g)
{
    for (size_t i = 0; i < s->count; i++)
        add_target(r, f, s->list[i], off, g, f->q.unit, f->q.op);
}

/* One figure: its subject, or several that share it (均, 各, or a rate of short members). */
static void add_single(struct reader *r, size_t from, const struct figure *f, size_t to,
                       const struct governor *g)
{
    struct stripped off = {0};
    struct subjects s;
    struct slice before = slice_of(r->text.p + from, f->begin - from);
    if (slice_ends(before, SLICE("等"))) /* …等5个断面: how many are listed, no promise */
        return;
    const char *each = each_word(r, before);
    if (each && split_each(r, before, each, &s, &off)) {
        add_subjects(r, f, &s, &off, g);
        return;
    }
    off = (struct stripped){0};
    struct slice subject = subject_of(r, from, f, to, &off);
    if (is_place_alone(r, subject, f)) {
        off.scope = subject;
        subject = r->last.subject;
    }
    if (split_rate(r, subject, f, &s))
        add_subjects(r, f, &s, &off, g);
    else
        add_target(r, f, subject, &off, g, f->q.unit, f->q.op);
}

/* 300万以上 城市…达到60%, 70%的 降雨…达到20%: a figure that only describes what a later one of the clause measures. */
static bool is_attribute(struct reader *r, size_t i)
{
    static const char *const marks[] = {"的", "以上", "以下", "万以上", "万以下", "及以上", "及以下"};
    if (i + 1 >= r->figure_count)
        return false;
    const struct figure *f = &r->figures[i];
    size_t next = f[1].begin;
    struct slice between = slice_of(r->text.p + f->end, next - f->end);
    bool marked = slice_ends(f->q.whole, SLICE("以上")) || slice_ends(f->q.whole, SLICE("以下"));
    for (size_t k = 0; k < sizeof marks / sizeof *marks; k++)
        marked |= slice_starts(between, slice_cstr(marks[k]));
    return marked && clause_begin(r->text, next) <= f->begin && last_reach(r, between) < between.n &&
           slice_find(between, SLICE("、")) != 0;
}

/* Only 、 or 和 stands last before a place: what is before belongs to the figure before. */
static bool ends_in_joint(struct slice s, size_t at)
{
    return ends_with(s, at, "、") || ends_with(s, at, "和");
}

/* Where the words of figure i begin: behind its clause's begin, the figure before it, and the year. */
static size_t words_begin(struct reader *r, size_t i)
{
    size_t at = r->figures[i].begin, from = clause_begin(r->text, at), k = i;
    while (k > 0 && is_attribute(r, k - 1))
        k--;
    if (k > 0 && r->figures[k - 1].end > from)
        from = ends_in_joint(r->text, at) ? at : r->figures[k - 1].end;
    for (size_t n = 0; n < r->governor_count; n++)
        if (r->governors[n].end > from && r->governors[n].end <= at)
            from = r->governors[n].end;
    struct slice rest = slice_of(r->text.p + from, at - from);
    while (slice_starts(rest, SLICE("、")) || slice_starts(rest, SLICE("和")))
        rest = slice_of(rest.p + 3, rest.n - 3);
    return (size_t)(rest.p - r->text.p);
}

/* Where the words behind a run of figures end: with the clause, or before the next figure's own words. */
static size_t words_end(const struct reader *r, size_t last)
{
    size_t to = clause_end(r->text, r->figures[last].end);
    if (last + 1 >= r->figure_count || r->figures[last + 1].begin >= to)
        return to;
    size_t next = r->figures[last + 1].begin;
    return ends_in_joint(r->text, next) ? next : r->figures[last].end;
}

/* 已建成5个, 2022年以来: what was reached is no promise. */
static bool is_past(const struct reader *r, size_t at)
{
    size_t from = clause_begin(r->text, at);
    struct slice words = slice_of(r->text.p + from, at - from);
    return slice_find(words, SLICE("已")) >= 0 || slice_find(words, SLICE("以来")) >= 0;
}

/* 淘汰10蒸吨及以下 锅炉: how large a thing is that is done away with. */
static bool is_threshold(struct reader *r, const struct figure *f)
{
    if (!slice_ends(f->q.whole, SLICE("以下")))
        return false;
    size_t from = f->begin > 6 ? f->begin - 6 : 0, length = 0;
    struct slice word = slice_of(r->text.p + from, f->begin - from);
    struct slice class = word_class(r, word, 0, &length);
    return length == word.n && words_is(class, "verb");
}

static void read_sentence(struct reader *r)
{
    find_governors(r);
    if (!r->governor_count)
        return;
    find_figures(r);
    r->last = (struct named){SLICE_NONE, SLICE_NONE};
    for (size_t i = 0; i < r->figure_count;) {
        struct governor g;
        size_t n = 1, from = words_begin(r, i);
        while (i + n < r->figure_count &&
               is_joint(slice_of(r->text.p + r->figures[i + n - 1].end,
                                 r->figures[i + n].begin - r->figures[i + n - 1].end)))
            n++;
        bool described = is_past(r, r->figures[i].begin) || is_threshold(r, &r->figures[i]) ||
                         (n == 1 && is_attribute(r, i));
        if (!described && governor_of(r, r->figures[i].begin, &g)) {
            size_t to = words_end(r, i + n - 1);
            if (n > 1)
                add_list(r, from, &r->figures[i], n, to, &g);
            else
                add_single(r, from, &r->figures[i], to, &g);
        }
        i += n;
    }
}

/* ---- paragraphs ---- */

static bool is_before(struct slice text, size_t at, const char *word)
{
    size_t n = strlen(word);
    return at >= n && memcmp(text.p + at - n, word, n) == 0;
}

/* 2025年, 二〇三五年, 每年; 期内, 期间, 时期. */
static bool governs(struct slice text, const struct hit *h)
{
    struct slice behind = slice_of(text.p + h->at + 3, text.n - h->at - 3);
    if (h->kind == HIT_TERM)
        return slice_starts(behind, SLICE("内")) || slice_starts(behind, SLICE("间")) || is_before(text, h->at, "时");
    bool digit = h->at && text.p[h->at - 1] >= '0' && text.p[h->at - 1] <= '9';
    return digit || is_before(text, h->at, "每") ||
           (h->at >= 12 && numeral_count(slice_of(text.p + h->at - 12, 12)) > 1949);
}

/* Whether anything in the paragraph may govern a figure. Asked for paragraph after paragraph. */
static bool may_govern(struct reader *r, struct slice text)
{
    const struct plan *p = r->p;
    struct span span = plan_span(p, text);
    while (r->hit < p->hit_count && p->hits[r->hit].at < span.begin)
        r->hit++;
    for (size_t i = r->hit; i < p->hit_count && p->hits[i].at < span.end; i++)
        if ((p->hits[i].kind == HIT_YEAR || p->hits[i].kind == HIT_TERM) && governs(p->source.text, &p->hits[i]))
            return true;
    return false;
}

static void read_paragraph(struct reader *r, struct slice text)
{
    if (!may_govern(r, text))
        return;
    while (text.n) {
        ptrdiff_t stop = slice_find(text, SLICE("。"));
        size_t n = stop < 0 ? text.n : (size_t)stop;
        r->text = slice_of(text.p, n);
        read_sentence(r);
        size_t next = stop < 0 ? text.n : n + 3;
        text = slice_of(text.p + next, text.n - next);
    }
}

/* A paragraph's own text, without the footnotes printed behind it. */
static struct slice own_text(struct reader *r, const struct node *n)
{
    const struct plan *p = r->p;
    while (r->mark < p->mark_count && p->marks[r->mark].span.begin < n->span.begin)
        r->mark++;
    for (size_t i = r->mark; i < p->mark_count && p->marks[i].span.begin < n->span.end; i++)
        if (p->marks[i].kind == NODE_FOOTNOTE)
            return plan_slice(p, (struct span){n->span.begin, p->marks[i].span.begin});
    return plan_slice(p, n->span);
}

static void walk(struct reader *r, struct node *division)
{
    for (struct node *n = division->first; n; n = n->next) {
        if (n->kind == NODE_NOTICE || n->kind == NODE_GLOSSARY)
            continue;
        if (node_is_division(n->kind)) {
            walk(r, n);
            continue;
        }
        if (n->kind != NODE_PARA && n->kind != NODE_DASH)
            continue;
        if (division->kind != NODE_PLAN && division->u.section->situation)
            continue; /* what was reached is no promise */
        r->section = division->kind == NODE_PLAN ? NULL : division->u.section;
        r->measure = NULL;
        read_paragraph(r, own_text(r, n));
    }
}

/* Both lists run in the order of the text. */
static void bind_measures(struct plan *p)
{
    const struct measure *m = p->measures;
    for (struct target *t = p->targets; t; t = t->next) {
        while (m && m->span.end <= t->span.begin)
            m = m->next;
        if (m && m->span.begin <= t->span.begin)
            t->measure = (struct measure *)m;
    }
}

static int year_of(const struct plan *p, enum meta_id id)
{
    struct slice s = p->meta[id].value;
    int year = s.n ? numeral_count(s) : 0;
    return year > 0 ? year : 0;
}

void extract_targets(struct plan *p, struct grammar *g)
{
    struct reader r = {.p = p, .g = g, .start_year = year_of(p, META_START_YEAR),
                       .end_year = year_of(p, META_END_YEAR)};
    walk(&r, p->root);
    bind_measures(p);
}
