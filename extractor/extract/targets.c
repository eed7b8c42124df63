/* Targets: figures of the prose that a year, the plan period or 每年 governs. */
#include "extract/extract.h"

#include "base/numeral.h"
#include "base/particle.h"
#include "base/sentence.h"
#include "base/text.h"
#include "extract/targets_figures.h"
#include "extract/targets_lists.h"
#include "extract/targets_time.h"
#include "extract/words.h"

enum { SUBJECT_CHARS = 60 };

/* ---- records ---- */

/* 控制在15%左右 is about, not at most: the comparator before only says that it is reached. */
static bool around(struct targets_reader *r, const struct quantity *q)
{
    size_t length = 0;
    return slice_eq(q->behind_op, SLICE("~")) && words_is(targets_word(r, q->whole, 0, &length), "reach");
}

/* A name without the line ends that stand in it, nor blanks before and behind them, nor the page numbers between. */
static struct slice without_breaks(struct plan *p, struct slice s)
{
    if (!s.n || !memchr(s.p, '\n', s.n))
        return s;
    char *out = arena_text(&p->arena, s.n + 1);
    size_t n = 0;
    for (size_t at = 0; at < s.n;) {
        size_t line = at;
        while (line < s.n && s.p[line] != '\n')
            line++;
        struct slice part = text_trim(slice_of(s.p + at, line - at));
        bool page = at && line < s.n && numeral_count(part) > 0;
        memcpy(out + n, part.p, page ? 0 : part.n);
        n += page ? 0 : part.n;
        at = line + 1;
    }
    return slice_of(out, n);
}

static void add_target(struct targets_reader *r, const struct figure *f, struct slice subject,
                       const struct stripped *off, const struct governor *g, struct slice unit,
                       struct slice op)
{
    struct plan *p = r->p;
    subject = without_breaks(p, subject);
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
    t->subject_inferred = off->borrowed;
    t->op = around(r, &f->q) ? SLICE("~") : op;
    t->value = quantity_plain(&p->arena, f->q.value);
    t->value_high = quantity_plain(&p->arena, f->q.value_high);
    t->unit = unit;
    t->unit_code = quantity_unit_code(r->g, unit);
    t->basis = off->annual                    ? SLICE("annual")
               : off->cumulative              ? SLICE("cumulative")
               : g->annual                    ? SLICE("annual")
                                              : f->q.basis;
    t->raw = f->q.whole;
    t->span = plan_span(p, f->q.whole);
    *p->targets_end = t;
    p->targets_end = &t->next;
    r->added = t;
}

/* ---- lists ---- */

/* Only 、和及与 between two figures: they are one list. */
static bool is_joint(struct targets_reader *r, struct slice s)
{
    s = text_trim(s);
    return s.n && particle_at(r->g, s, 0, PARTICLE_JOINT) == s.n;
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

/* 京津冀区域 达到 30%: a place alone is the scope of the subject named before; 县城 takes the place of 城市
 * in 城市污水处理率. */
static struct slice without_place(struct targets_reader *r, struct slice s, const struct figure *f, struct stripped *off)
{
    struct slice last = r->last.subject;
    size_t length = 0;
    struct slice class = targets_word(r, s, 0, &length);
    if (last.n && length && words_is(class, "share")) /* 占GDP比重 */
        return off->borrowed = true, targets_join(r->p, last, s);
    if (last.n && length == s.n && words_is(class, "rank") && slice_eq(r->last.unit, f->q.unit))
        return off->borrowed = true, off->scope = s, last; /* 其中 国家级 2家 */
    if (!last.n || !slice_eq(r->last.unit, f->q.unit) || !targets_ends_in_place(r, s))
        return s;
    struct slice words = slice_of(r->text.p, f->words_end);
    if (!targets_is_percent(f->q.unit) && targets_strip_back(r, words).n == text_trim(words).n)
        return s; /* 森林乡镇 3个: counted themselves */
    size_t place = targets_is_place(r, s) ? targets_place_length(r, last) : 0;
    if (place)
        return off->borrowed = true, targets_join(r->p, s, slice_of(last.p + place, last.n - place));
    off->scope = s;
    off->borrowed = true;
    return last;
}

/* Its own, or what the list shares: 2个和3个百分点. */
static struct slice unit_in_list(const struct figure *f, const struct figure *end, struct slice shared)
{
    struct slice own = f->q.unit;
    return own.n && slice_starts(end->q.unit, own) ? end->q.unit : own.n ? own : shared;
}

/* A run of figures with nothing but joints between: values one to one on a list of subjects. */
static void add_list(struct targets_reader *r, size_t from, const struct figure *list, size_t count, size_t to,
                     const struct governor *g)
{
    struct slice unit, op;
    struct stripped off = {0};
    struct subjects s;
    struct named last = r->last;
    struct slice before = slice_of(r->text.p + from, list[0].words_end - from);
    if (!targets_split_each(r, before, particle_find(r->g, before, PARTICLE_EACH_VALUE), count, &s, &off)) {
        targets_split_list(r, targets_subject(r, from, &list[0], to, &off), count, &s);
        targets_complete_list(r, &s);
    }
    bool each = particle_find(r->g, before, PARTICLE_EACH_VALUE).p != NULL;
    if (s.count != count && (s.count > 1 || each)) { /* nobody can tell which is whose */
        struct slice whole = slice_of(r->text.p + from, list[count - 1].end - from);
        plan_diag(r->p, DIAG_LIST_UNMATCHED, plan_span(r->p, whole), whole, SLICE_NONE);
        return;
    }
    shared_of(list, count, &unit, &op);
    for (size_t i = 0; i < count; i++) {
        struct stripped of = off;
        r->last = last;
        struct slice subject = s.count == count ? without_place(r, s.list[i], &list[i], &of) : s.list[0];
        struct slice own = slice_eq(list[i].q.op, SLICE("=")) ? op : list[i].q.op;
        add_target(r, &list[i], subject, &of, g, unit_in_list(&list[i], &list[count - 1], unit), own);
    }
}

/* A word for each of several subjects, 均 or at the end 各; not where there is 平均, 人均. p NULL: none. */
static struct slice each_word(struct targets_reader *r, struct slice before)
{
    struct slice each = particle_find(r->g, before, PARTICLE_EACH);
    if (each.p && each.p != before.p && !particle_find(r->g, before, PARTICLE_MEAN).p)
        return each;
    each = particle_find(r->g, before, PARTICLE_EACH_LAST);
    struct slice rest = each.p ? targets_behind(before, targets_strip_back(r, before)) : SLICE_NONE;
    return each.p && particle_find(r->g, rest, PARTICLE_EACH_LAST).p ? each : SLICE_NONE;
}

/* The subject of a figure; 提高到65% goes on with that of the figure before, from which it starts. */
static struct slice subject_of(struct targets_reader *r, size_t from, const struct figure *f, size_t to,
                               struct stripped *off)
{
    if (!r->start)
        return targets_subject(r, from, f, to, off);
    struct slice words = targets_strip_back(r, slice_of(r->text.p + from, f->words_end - from));
    bool links = !words.n || particle_at(r->g, words, 0, PARTICLE_JOINT) == words.n ||
                 particle_at(r->g, words, 0, PARTICLE_OF) == words.n;
    if (links)
        return targets_subject(r, r->start_words, r->start, r->start->end, off);
    return targets_subject(r, from, f, to, off);
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
    struct slice before = slice_of(r->text.p + from, f->words_end - from);
    if (particle_ends(r->g, before, PARTICLE_REST)) /* …等5个断面: how many are listed, no promise */
        return;
    struct slice each = each_word(r, before);
    if (each.p && targets_split_each(r, before, each, 0, &s, &off)) {
        add_subjects(r, f, &s, &off, g);
        return;
    }
    off = (struct stripped){0};
    struct slice named = subject_of(r, from, f, to, &off), subject = without_place(r, named, f, &off);
    struct named last = r->last;
    struct slice head = targets_headed(r, f, subject);
    if (head.n) {
        off.scope = subject;
        subject = head;
    }
    if (!subject.n || targets_is_change(r, subject)) {
        subject = targets_borrowed(r, f, subject, (size_t)(f - r->figures));
        off.borrowed = true;
    }
    if (targets_split_rate(r, subject, f, &s) || targets_split_measures(r, subject, &s))
        add_subjects(r, f, &s, &off, g);
    else
        add_target(r, f, subject, &off, g, f->q.unit, f->q.op);
    if (subject.p != named.p)
        r->last = last; /* the next place is of that name too */
}

/* Of either width. */
static bool has_digit(struct slice s)
{
    const unsigned char *p = (const unsigned char *)s.p;
    bool found = false;
    for (size_t i = 0; i < s.n; i++)
        found |= (p[i] >= '0') & (p[i] <= '9');
    for (size_t i = 2; i < s.n && !found; i++)
        found = (p[i] & 0xF0) == 0x90 && text_digit(s, i - 2) == 3;
    return found;
}

/* 2020年覆盖率达到60%，到2025年达到64%: what a figure measures that is no target, for the next one to go on with. */
static void name_figure(struct targets_reader *r, size_t from, const struct figure *f, size_t to)
{
    struct stripped off = {0};
    struct slice subject = targets_subject(r, from, f, to, &off);
    if (subject.n && !targets_is_change(r, subject))
        r->last = (struct named){subject, f->q.unit};
}

/* Bytes of the unit that a name ends with: 十万亩; 0: none. */
static size_t unit_behind(struct targets_reader *r, struct slice s)
{
    enum { UNIT_CHARS = 2 };
    struct lexicon_hit hit;
    size_t found = 0, begin = s.n;
    for (int i = 0; i < UNIT_CHARS && begin; i++) {
        begin = text_before(s, begin);
        if (lexicon_find(grammar_lexicon(r->g, LEX_UNITS), slice_of(s.p + begin, s.n - begin), &hit))
            found = s.n - begin;
    }
    return found;
}

/* 10个 百万亩、100个 十万亩、1000个 万亩防沙基地: what is counted last is what all are, where the others only tell a size. */
static void complete_run(struct targets_reader *r)
{
    struct slice last = r->run_count ? r->run[r->run_count - 1]->subject : SLICE_NONE;
    for (size_t i = 0; i + 1 < r->run_count; i++) {
        struct slice name = r->run[i]->subject;
        size_t unit = unit_behind(r, name);
        ptrdiff_t at = unit ? slice_find(last, slice_of(name.p + name.n - unit, unit)) : -1;
        if (at >= 0 && (size_t)at + unit < last.n)
            r->run[i]->subject = targets_join(r->p, name, slice_of(last.p + at + unit, last.n - (size_t)at - unit));
    }
    r->run_count = 0;
}

/* Takes the last target into the run when 、 parts it from the one before, else ends the run. */
static void join_run(struct targets_reader *r, size_t i, const struct target *before)
{
    struct slice head = slice_of(r->text.p, r->figures[i].words_end);
    bool joined = r->run_count && slice_ends(head, SLICE("、"));
    if (!joined)
        complete_run(r);
    if (r->added != before && r->added->subject.p > r->figures[i].q.whole.p)
        r->run[r->run_count++] = r->added;
    else
        complete_run(r);
}

static void read_sentence(struct targets_reader *r)
{
    if (!has_digit(r->text))
        return;
    targets_find_governors(r);
    if (!r->governor_count && !r->goal_year)
        return;
    targets_find_figures(r);
    targets_bind_years(r);
    r->last = (struct named){SLICE_NONE, SLICE_NONE};
    r->start = NULL;
    bool taken = false;
    for (size_t i = 0; i < r->figure_count;) {
        struct governor g;
        size_t n = 1, from = targets_words_begin(r, i);
        while (i + n < r->figure_count &&
               is_joint(r, slice_of(r->text.p + r->figures[i + n - 1].end,
                                 r->figures[i + n].begin - r->figures[i + n - 1].end)))
            n++;
        bool start = n == 1 && targets_is_start(r, from, &r->figures[i]);
        bool described = start || targets_only_tells(r, from, &r->figures[i]) ||
                         (n == 1 && targets_is_attribute(r, i));
        bool governed = !described && targets_governor(r, &r->figures[i], &g);
        if (governed && (!g.of_goals || targets_is_promised(r, from, &r->figures[i], taken))) {
            size_t to = targets_words_end(r, i + n - 1);
            if (n > 1)
                add_list(r, from, &r->figures[i], n, to, &g);
            else {
                const struct target *before = r->added;
                add_single(r, from, &r->figures[i], to, &g);
                join_run(r, i, before);
            }
            taken = true;
        } else {
            taken = false;
            if (n == 1 && !targets_is_attribute(r, i))
                name_figure(r, from, &r->figures[i], targets_words_end(r, i));
        }
        r->start = start ? &r->figures[i] : NULL;
        r->start_words = from;
        i += n;
    }
    complete_run(r);
}

/* ---- paragraphs ---- */

static void read_paragraph(struct targets_reader *r, struct slice text)
{
    r->goal_year = r->section && r->section->goals ? horizon_next(&r->horizon, r->section, horizon_front(r->g, text)) : 0;
    if (!targets_may_govern(r, text) && !r->goal_year)
        return;
    while (sentence_next(&text, &r->text)) {
        int front = r->goal_year ? horizon_front(r->g, text_trim_start(r->text)) : 0;
        r->goal_year = front ? front : r->goal_year;
        read_sentence(r);
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

void extract_targets(struct plan *p, struct grammar *g)
{
    struct targets_reader r = {.p = p, .g = g, .start_year = year_of(p, META_START_YEAR),
                               .end_year = year_of(p, META_END_YEAR)};
    r.horizon.end_year = r.end_year;
    struct slice level = p->meta[META_REGION_LEVEL].value;
    r.local = slice_eq(level, SLICE("county")) || slice_eq(level, SLICE("prefecture"));
    walk(&r, p->root);
    bind_measures(p);
}
