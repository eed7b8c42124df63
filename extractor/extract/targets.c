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
};

/* ---- words ---- */

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
    bool verb, cumulative;
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
        if (!is_class(class, "scope", "verb", "adverb"))
            length = off->verb ? joint_length(s) : 0;
        if (!length)
            return s;
        if (words_is(class, "scope"))
            off->scope = slice_of(s.p, length);
        if (words_is(class, "act"))
            off->act = slice_of(s.p, length);
        off->verb |= words_is(class, "verb");
        off->cumulative |= slice_starts(s, SLICE("累计"));
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
            if (!is_class(class, "reach", "adverb", "reach"))
                return s; /* 行为 ends in no 为 */
            s.n = i;
            again = true;
        }
    }
    return s;
}

/* ---- what governs ---- */

static void add_governor(struct reader *r, size_t begin, size_t end, int year, bool annual, bool inferred)
{
    if (r->governor_count < GOVERNORS_MAX)
        r->governors[r->governor_count++] = (struct governor){begin, end, year, annual, inferred};
}

static bool ends_with(struct slice s, size_t at, const char *word)
{
    return slice_ends(slice_of(s.p, at), slice_cstr(word));
}

static bool starts_at(struct slice s, size_t at, const char *word)
{
    return slice_starts(slice_of(s.p + at, s.n - at), slice_cstr(word));
}

/* 到2025年, 至2025年底, 2030年前. Years before the plan are of the past: they end what governed before. */
static void find_years(struct reader *r)
{
    struct year_mention y;
    for (size_t at = 0; quantity_next_year(r->text, &at, &y);) {
        size_t begin = (size_t)(y.whole.p - r->text.p);
        bool until = ends_with(r->text, begin, "到") || ends_with(r->text, begin, "至");
        bool before = starts_at(r->text, at, "前") || starts_at(r->text, at, "底前");
        if (until || before)
            add_governor(r, begin, at, y.year, false, false);
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
        if (!is_enclosed(&depth, r->text, begin))
            r->figures[r->figure_count++] = (struct figure){q, begin, begin + q.whole.n};
    }
}

static bool is_clause_end(uint32_t c)
{
    return c == 0xFF0C || c == 0xFF1B || c == ',' || c == ';' || c == 0xFF1A;
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

static struct slice join(struct plan *p, struct slice a, struct slice b)
{
    char *out = arena_text(&p->arena, a.n + b.n + 1);
    memcpy(out, a.p, a.n);
    memcpy(out + a.n, b.p, b.n);
    return slice_of(out, a.n + b.n);
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
        bool joint = c == 0x3001 || c == 0x548C || c == 0x53CA; /* 、和及 */
        if (!joint || is_enclosed(&depth, s, here) || out->count + 1 >= SUBJECTS_MAX)
            continue;
        out->list[out->count++] = text_trim(slice_of(s.p + begin, here - begin));
        begin = at;
    }
    out->list[out->count++] = text_trim(slice_of(s.p + begin, s.n - begin));
}

/* Gives the shorter members of a list the tail they share with the last one: 任河 → 任河自然岸线率. */
static void complete_list(struct reader *r, struct subjects *s)
{
    struct slice last = s->list[s->count - 1];
    for (size_t i = 0; i + 1 < s->count; i++) {
        size_t chars = text_chars(s->list[i]);
        if (is_measure(r, s->list[i]) || chars >= text_chars(last))
            continue;
        size_t cut = text_prefix(last, chars);
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
    return is_class(class, "verb", "reach", "adverb") ? SLICE_NONE : strip_back(r, s);
}

/* The subject before a figure, or, where only verbs stand before it, the noun behind it. */
static struct slice subject_of(struct reader *r, size_t from, const struct figure *f, size_t to,
                               struct stripped *off)
{
    struct slice before = slice_of(r->text.p + from, f->begin - from);
    struct slice s = strip_back(r, strip_front(r, before, off));
    struct slice behind = noun_behind(r, f, to);
    bool place = off->verb && behind.n && !slice_eq(f->q.unit, SLICE("%")); /* 完成城区100公里管网改造 */
    return s.n && !place ? s : behind;
}

/* ---- records ---- */

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
    t->act = off->act;
    t->year = g->year;
    t->year_inferred = g->inferred;
    t->op = op;
    t->value = f->q.value;
    t->value_high = f->q.value_high;
    t->unit = unit;
    t->unit_code = quantity_unit_code(r->g, unit);
    t->basis = g->annual ? SLICE("annual") : off->cumulative ? SLICE("cumulative") : f->q.basis;
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

/* A run of figures with nothing but joints between: values one to one on a list of subjects. */
static void add_list(struct reader *r, size_t from, const struct figure *list, size_t count, size_t to,
                     const struct governor *g)
{
    struct slice unit, op;
    struct stripped off = {0};
    struct subjects s;
    split_list(subject_of(r, from, &list[0], to, &off), &s);
    shared_of(list, count, &unit, &op);
    complete_list(r, &s);
    for (size_t i = 0; i < count; i++) {
        struct slice subject = s.count == count ? s.list[i] : s.list[s.count - 1];
        struct slice own = slice_eq(list[i].q.op, SLICE("=")) ? op : list[i].q.op;
        add_target(r, &list[i], subject, &off, g, list[i].q.unit.n ? list[i].q.unit : unit, own);
    }
}

/* One figure: its subject, or several that share it (均). */
static void add_single(struct reader *r, size_t from, const struct figure *f, size_t to,
                       const struct governor *g)
{
    struct stripped off = {0};
    struct slice before = slice_of(r->text.p + from, f->begin - from);
    ptrdiff_t each = slice_find(before, SLICE("均"));
    struct subjects s;
    if (slice_ends(before, SLICE("等"))) /* …等5个断面: how many are listed, no promise */
        return;
    if (each <= 0 || slice_find(before, SLICE("平均")) >= 0 || slice_find(before, SLICE("年均")) >= 0 ||
        slice_find(before, SLICE("人均")) >= 0) {
        add_target(r, f, subject_of(r, from, f, to, &off), &off, g, f->q.unit, f->q.op);
        return;
    }
    split_list(strip_back(r, strip_front(r, slice_of(before.p, (size_t)each), &off)), &s);
    complete_list(r, &s);
    for (size_t i = 0; i < s.count; i++)
        add_target(r, f, s.list[i], &off, g, f->q.unit, f->q.op);
}

/* Where the words of figure i begin: behind its clause's begin, the figure before it, and the year. */
static size_t words_begin(const struct reader *r, size_t i)
{
    size_t at = r->figures[i].begin, from = clause_begin(r->text, at);
    if (i > 0 && r->figures[i - 1].end > from)
        from = r->figures[i - 1].end;
    for (size_t k = 0; k < r->governor_count; k++)
        if (r->governors[k].end > from && r->governors[k].end <= at)
            from = r->governors[k].end;
    struct slice rest = slice_of(r->text.p + from, at - from);
    while (slice_starts(rest, SLICE("、")) || slice_starts(rest, SLICE("和")))
        rest = slice_of(rest.p + 3, rest.n - 3);
    return (size_t)(rest.p - r->text.p);
}

static void read_sentence(struct reader *r)
{
    find_governors(r);
    if (!r->governor_count)
        return;
    find_figures(r);
    for (size_t i = 0; i < r->figure_count;) {
        struct governor g;
        size_t n = 1, from = words_begin(r, i);
        while (i + n < r->figure_count &&
               is_joint(slice_of(r->text.p + r->figures[i + n - 1].end,
                                 r->figures[i + n].begin - r->figures[i + n - 1].end)))
            n++;
        if (governor_of(r, r->figures[i].begin, &g)) {
            size_t to = clause_end(r->text, r->figures[i + n - 1].end);
            if (i + n < r->figure_count && r->figures[i + n].begin < to)
                to = r->figures[i + n - 1].end;
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
