/* Targets: figures of the prose that a year, the plan period or 每年 governs. */
#include "extract/extract.h"

#include "base/numeral.h"
#include "base/text.h"
#include "extract/targets_subject.h"
#include "extract/words.h"

#include <stdio.h>

enum { SUBJECT_CHARS = 60 };

/* ---- what governs ---- */

static bool ends_with(struct slice s, size_t at, const char *word)
{
    return slice_ends(slice_of(s.p, at), slice_cstr(word));
}

static bool starts_at(struct slice s, size_t at, const char *word)
{
    return slice_starts(slice_of(s.p + at, s.n - at), slice_cstr(word));
}

static void add_governor(struct targets_reader *r, size_t begin, size_t end, int year, bool annual, bool inferred)
{
    if (r->governor_count < GOVERNORS_MAX)
        r->governors[r->governor_count++] = (struct governor){begin, end, year, annual, inferred};
}

/* 2025年，…: a year within the plan that opens a clause, and is no beginning (2022年起, 2022年以来). */
static bool opens_clause(const struct targets_reader *r, size_t begin, size_t end, int year)
{
    static const char *const others[] = {"以来", "起", "以后", "后", "至", "—", "-", "～"};
    size_t at = begin ? text_before(r->text, begin) : 0;
    if (begin && !targets_is_clause_end(text_next(r->text.p, begin, &at)))
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
static void find_years(struct targets_reader *r)
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

static void find_words(struct targets_reader *r, const char *word, int year, bool annual)
{
    struct slice rest = r->text, w = slice_cstr(word);
    for (ptrdiff_t at; (at = slice_find(rest, w)) >= 0;) {
        size_t begin = (size_t)(rest.p - r->text.p) + (size_t)at;
        add_governor(r, begin, begin + w.n, year, annual, !annual);
        rest = slice_of(r->text.p + begin + w.n, r->text.n - begin - w.n);
    }
}

static void find_governors(struct targets_reader *r)
{
    r->governor_count = 0;
    find_years(r);
    if (r->end_year) {
        find_words(r, "规划期内", r->end_year, false);
        for (int i = 0; i < 2 && r->period_words[i][0]; i++)
            find_words(r, r->period_words[i], r->end_year, false);
    }
    find_words(r, "每年", 0, true);
}

/* The last governor before a place: its year, and whether 每年 stands behind it. */
static bool governor_of(const struct targets_reader *r, size_t at, struct governor *out)
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

/* 1/3: no figure that can be read. */
static bool is_fraction(struct slice s, size_t end)
{
    return end + 1 < s.n && s.p[end] == '/' && s.p[end + 1] >= '0' && s.p[end + 1] <= '9';
}

static void find_figures(struct targets_reader *r)
{
    struct quantity q;
    struct depth depth = {0, 0};
    r->figure_count = 0;
    for (size_t at = 0; r->figure_count < FIGURES_MAX && quantity_next(r->g, r->text, &at, &q);) {
        size_t begin = (size_t)(q.whole.p - r->text.p);
        if (!targets_is_enclosed(&depth, r->text, begin) && !is_fraction(r->text, begin + q.whole.n))
            r->figures[r->figure_count++] = (struct figure){q, begin, begin + q.whole.n};
    }
}

static size_t clause_end(struct slice s, size_t at)
{
    while (at < s.n) {
        size_t begin = at;
        uint32_t c = text_next(s.p, s.n, &at);
        if (targets_is_clause_end(c) || c == 0x3002)
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

/* ---- records ---- */

/* 控制在15%左右 is about, not at most. */
static bool around(struct slice raw)
{
    return slice_starts(raw, SLICE("控制在")) && (slice_ends(raw, SLICE("左右")) || slice_ends(raw, SLICE("上下")));
}

static void add_target(struct targets_reader *r, const struct figure *f, struct slice subject,
                       const struct stripped *off, const struct governor *g, struct slice unit,
                       struct slice op)
{
    struct plan *p = r->p;
    if (!subject.n || text_chars(subject) > SUBJECT_CHARS || (!unit.n && !targets_is_measure(r, subject)))
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
static bool split_each(struct targets_reader *r, struct slice before, const char *word, struct subjects *out,
                       struct stripped *off)
{
    ptrdiff_t each = slice_find(before, slice_cstr(word));
    if (each <= 0)
        return false;
    size_t behind = (size_t)each + strlen(word);
    struct slice tail = slice_of(before.p + behind, before.n - behind);
    tail = targets_strip_back(r, targets_without_comparison(r, text_trim(tail)));
    if (tail.n && !targets_is_change(r, tail))
        return false;
    targets_split_list(targets_strip_back(r, targets_strip_front(r, slice_of(before.p, (size_t)each), off)), out);
    targets_complete_list(r, out);
    for (size_t i = 0; i < out->count && tail.n; i++)
        out->list[i] = targets_join(r->p, out->list[i], tail);
    return true;
}

static struct slice behind(struct slice s, struct slice part)
{
    const char *end = part.p + part.n;
    return slice_of(end, (size_t)(s.p + s.n - end));
}

/* 化肥、农药利用率 45%: a rate of each of several short members. */
static bool split_rate(struct targets_reader *r, struct slice s, const struct figure *f, struct subjects *out)
{
    if (!targets_is_percent(f->q.unit) || !slice_ends(s, SLICE("率")))
        return false;
    targets_split_list(s, out);
    size_t chars = text_chars(out->list[0]);
    for (size_t i = 0; i + 1 < out->count; i++)
        if (text_chars(out->list[i]) != chars || !slice_starts(behind(s, out->list[i]), SLICE("、")))
            return false;
    if (out->count < 2 || chars < 2 || chars > 4 || text_chars(out->list[out->count - 1]) < chars + 2)
        return false;
    targets_complete_list(r, out);
    return true;
}

/* A run of figures with nothing but joints between: values one to one on a list of subjects. */
static void add_list(struct targets_reader *r, size_t from, const struct figure *list, size_t count, size_t to,
                     const struct governor *g)
{
    struct slice unit, op;
    struct stripped off = {0};
    struct subjects s;
    struct slice before = slice_of(r->text.p + from, list[0].begin - from);
    if (!split_each(r, before, "分别", &s, &off)) {
        targets_split_list(targets_subject(r, from, &list[0], to, &off), &s);
        targets_complete_list(r, &s);
    }
    shared_of(list, count, &unit, &op);
    for (size_t i = 0; i < count; i++) {
        struct slice subject = s.count == count ? s.list[i] : s.list[s.count - 1];
        struct slice own = slice_eq(list[i].q.op, SLICE("=")) ? op : list[i].q.op;
        add_target(r, &list[i], subject, &off, g, list[i].q.unit.n ? list[i].q.unit : unit, own);
    }
}

/* 京津冀区域 达到 30%: a place alone is the scope of the subject named before. */
static bool is_place_alone(struct targets_reader *r, struct slice s, const struct figure *f)
{
    for (size_t i = 0; i < s.n && r->last.subject.n && slice_eq(r->last.unit, f->q.unit);) {
        size_t length = 0;
        struct slice class = targets_word(r, s, i, &length);
        if (words_is(class, "place") && i + length == s.n)
            return true;
        text_next(s.p, s.n, &i);
    }
    return false;
}

/* A word for each of several subjects, not 平均, 年均, 人均. */
static const char *each_word(struct targets_reader *r, struct slice before)
{
    bool mean = slice_find(before, SLICE("平均")) >= 0 || slice_find(before, SLICE("年均")) >= 0 ||
                slice_find(before, SLICE("人均")) >= 0;
    if (!mean && slice_find(before, SLICE("均")) > 0)
        return "均";
    if (slice_find(before, SLICE("各")) < 0)
        return NULL;
    struct slice rest = behind(before, targets_strip_back(r, before));
    return slice_find(rest, SLICE("各")) >= 0 ? "各" : NULL;
}

static void add_subjects(struct targets_reader *r, const struct figure *f, const struct subjects *s,
                         const struct stripped *off, const struct governor *g)
{
    for (size_t i = 0; i < s->count; i++)
        add_target(r, f, s->list[i], off, g, f->q.unit, f->q.op);
}

/* One figure: its subject, or several that share it (均, 各, or a rate of short members). */
static void add_single(struct targets_reader *r, size_t from, const struct figure *f, size_t to,
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
    struct slice subject = targets_subject(r, from, f, to, &off);
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
static bool is_attribute(struct targets_reader *r, size_t i)
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
    return marked && targets_clause_begin(r->text, next) <= f->begin && targets_last_reach(r, between) < between.n &&
           slice_find(between, SLICE("、")) != 0;
}

/* Only 、 or 和 stands last before a place: what is before belongs to the figure before. */
static bool ends_in_joint(struct slice s, size_t at)
{
    return ends_with(s, at, "、") || ends_with(s, at, "和");
}

/* Where the words of figure i begin: behind its clause's begin, the figure before it, and the year. */
static size_t words_begin(struct targets_reader *r, size_t i)
{
    size_t at = r->figures[i].begin, from = targets_clause_begin(r->text, at), k = i;
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
static size_t words_end(const struct targets_reader *r, size_t last)
{
    size_t to = clause_end(r->text, r->figures[last].end);
    if (last + 1 >= r->figure_count || r->figures[last + 1].begin >= to)
        return to;
    size_t next = r->figures[last + 1].begin;
    return ends_in_joint(r->text, next) ? next : r->figures[last].end;
}

/* 已建成5个, 2022年以来: what was reached is no promise. */
static bool is_past(const struct targets_reader *r, size_t from, size_t at)
{
    struct slice words = slice_of(r->text.p + from, at - from);
    return slice_find(words, SLICE("已")) >= 0 || slice_find(words, SLICE("以来")) >= 0;
}

/* 淘汰10蒸吨及以下 锅炉: how large a thing is that is done away with. */
static bool is_threshold(struct targets_reader *r, const struct figure *f)
{
    if (!slice_ends(f->q.whole, SLICE("以下")))
        return false;
    size_t from = f->begin > 6 ? f->begin - 6 : 0, length = 0;
    struct slice word = slice_of(r->text.p + from, f->begin - from);
    struct slice class = targets_word(r, word, 0, &length);
    return length == word.n && words_is(class, "verb");
}

static bool has_digit(struct slice s)
{
    bool found = false;
    for (size_t i = 0; i < s.n; i++)
        found |= (s.p[i] >= '0') & (s.p[i] <= '9');
    return found;
}

static void read_sentence(struct targets_reader *r)
{
    if (!has_digit(r->text))
        return;
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
        bool described = is_past(r, from, r->figures[i].begin) || is_threshold(r, &r->figures[i]) ||
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
static bool may_govern(struct targets_reader *r, struct slice text)
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

static void read_paragraph(struct targets_reader *r, struct slice text)
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
static struct slice own_text(struct targets_reader *r, const struct node *n)
{
    const struct plan *p = r->p;
    while (r->mark < p->mark_count && p->marks[r->mark].span.begin < n->span.begin)
        r->mark++;
    for (size_t i = r->mark; i < p->mark_count && p->marks[i].span.begin < n->span.end; i++)
        if (p->marks[i].kind == NODE_FOOTNOTE)
            return plan_slice(p, (struct span){n->span.begin, p->marks[i].span.begin});
    return plan_slice(p, n->span);
}

static void walk(struct targets_reader *r, struct node *division)
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

static void name_period(struct targets_reader *r)
{
    struct slice period = r->p->meta[META_PERIOD].value;
    if (!period.n)
        return;
    snprintf(r->period_words[0], sizeof r->period_words[0], "“%.*s”期间", (int)period.n, period.p);
    snprintf(r->period_words[1], sizeof r->period_words[1], "“%.*s”时期", (int)period.n, period.p);
}

void extract_targets(struct plan *p, struct grammar *g)
{
    struct targets_reader r = {.p = p, .g = g, .start_year = year_of(p, META_START_YEAR),
                       .end_year = year_of(p, META_END_YEAR)};
    name_period(&r);
    walk(&r, p->root);
    bind_measures(p);
}
