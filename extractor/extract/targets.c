/* Targets: figures of the prose that a year, the plan period or 每年 governs. */
#include "extract/extract.h"

#include "base/numeral.h"
#include "base/particle.h"
#include "base/sentence.h"
#include "base/text.h"
#include "extract/targets_subject.h"
#include "extract/targets_time.h"
#include "extract/words.h"

enum { SUBJECT_CHARS = 60 };

/* ---- figures ---- */

/* 1/3, 1:3, 10:45:45: no figure that can be read. */
static bool is_fraction(struct slice s, size_t begin, size_t end)
{
    static const struct slice signs[] = {{"/", 1}, {":", 1}, {"：", 3}, {"∶", 3}};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        struct slice behind = slice_of(s.p + end, s.n - end), sign = signs[i];
        if ((slice_starts(behind, sign) && text_digit(behind, sign.n)) ||
            (slice_ends(slice_of(s.p, begin), sign) && text_digit_before(s, begin - sign.n)))
            return true;
    }
    return false;
}

static void find_figures(struct targets_reader *r)
{
    struct quantity q;
    struct depth depth = {0, 0};
    r->figure_count = 0;
    for (size_t at = 0; r->figure_count < FIGURES_MAX && quantity_next(r->g, r->text, &at, &q);) {
        size_t begin = (size_t)(q.whole.p - r->text.p);
        if (!targets_is_enclosed(&depth, r->text, begin) && !is_fraction(r->text, begin, begin + q.whole.n))
            r->figures[r->figure_count++] = (struct figure){q, begin, begin + q.whole.n, begin, NULL};
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
static bool is_joint(struct targets_reader *r, struct slice s)
{
    s = text_trim(s);
    return s.n && particle_at(r->g, s, 0, PARTICLE_JOINT) == s.n;
}

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
static bool split_each(struct targets_reader *r, struct slice before, struct slice each, size_t count,
                       struct subjects *out, struct stripped *off)
{
    if (!each.p || each.p == before.p)
        return false;
    struct slice tail = targets_behind(before, each), list = slice_of(before.p, (size_t)(each.p - before.p));
    tail = targets_strip_back(r, targets_without_comparison(r, text_trim(tail)));
    if (tail.n && !targets_is_change(r, tail))
        return false;
    targets_split_list(r, targets_strip_back(r, targets_strip_front(r, list, off)), count, out);
    targets_complete_list(r, out);
    for (size_t i = 0; i < out->count && tail.n; i++)
        out->list[i] = targets_join(r->p, out->list[i], tail);
    return true;
}

/* 化肥、农药利用率 45%: a rate of each of several short members. */
static bool split_rate(struct targets_reader *r, struct slice s, const struct figure *f, struct subjects *out)
{
    if (!targets_is_percent(f->q.unit) || !particle_ends(r->g, s, PARTICLE_RATE))
        return false;
    targets_split_list(r, s, 0, out);
    size_t chars = text_chars(out->list[0]);
    for (size_t i = 0; i + 1 < out->count; i++)
        if (text_chars(out->list[i]) != chars || !slice_starts(targets_behind(s, out->list[i]), SLICE("、")))
            return false;
    if (out->count < 2 || chars < 2 || chars > 4 || text_chars(out->list[out->count - 1]) < chars + 2)
        return false;
    targets_complete_list(r, out);
    return true;
}

/* 污水处理率、垃圾处理率 100%, 城镇居民收入和农村居民收入 增长 5%: each member is a measure itself. */
static bool split_measures(struct targets_reader *r, struct slice s, struct subjects *out)
{
    enum { LEAST_CHARS = 4 };
    struct slice change = targets_change_behind(r, s);
    targets_split_list(r, slice_of(s.p, s.n - change.n), 0, out);
    for (size_t i = 0; i < out->count && out->count > 1; i++)
        if (text_chars(out->list[i]) < LEAST_CHARS || !targets_is_measure(r, out->list[i]))
            return false;
    for (size_t i = 0; i < out->count && change.n; i++)
        out->list[i] = targets_join(r->p, out->list[i], change);
    return out->count > 1;
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
    if (!split_each(r, before, particle_find(r->g, before, PARTICLE_EACH_VALUE), count, &s, &off)) {
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
    if (each.p && split_each(r, before, each, 0, &s, &off)) {
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
    if (split_rate(r, subject, f, &s) || split_measures(r, subject, &s))
        add_subjects(r, f, &s, &off, g);
    else
        add_target(r, f, subject, &off, g, f->q.unit, f->q.op);
    if (subject.p != named.p)
        r->last = last; /* the next place is of that name too */
}

/* Whether a word of doing, reaching or changing is among words: 建成, 达到, 下降. */
static bool has_promise(struct targets_reader *r, struct slice words)
{
    for (size_t at = 0; at < words.n;) {
        size_t length = 0;
        struct slice class = targets_word(r, words, at, &length);
        if (words_is(class, "verb") || words_is(class, "reach") || words_is(class, "make") || words_is(class, "fall") ||
            words_is(class, "rise"))
            return true;
        if (length)
            at += length;
        else
            text_next(words.p, words.n, &at);
    }
    return false;
}

/* 公交站点 500米 半径覆盖率达到 100%: a noun right behind, and only then a word of reaching. */
static bool measures_next(struct targets_reader *r, size_t i, struct slice between)
{
    const struct figure *f = &r->figures[i];
    struct slice before = slice_of(r->text.p + targets_clause_begin(r->text, f->begin), 0);
    before.n = (size_t)(r->text.p + f->begin - before.p);
    size_t reach = targets_last_reach(r, between), length = 0;
    if (!slice_eq(f->q.op, SLICE("=")) || reach == between.n || !text_is_han(text_first(between)) ||
        particle_at(r->g, between, 0, PARTICLE_JOINT) || slice_find(between, SLICE("、")) >= 0)
        return false;
    targets_word(r, between, 0, &length);
    return !length && targets_is_measure(r, slice_of(between.p, reach)) && before.n && !has_promise(r, before);
}

/* 300万以上 城市…达到60%, 70%的 降雨…达到20%: a figure that only describes what a later one of the clause measures. */
static bool is_attribute(struct targets_reader *r, size_t i)
{
    const struct figure *f = &r->figures[i];
    if (i + 1 >= r->figure_count || targets_clause_begin(r->text, f[1].begin) > f->begin)
        return false;
    struct slice between = slice_of(r->text.p + f->end, f[1].begin - f->end);
    if (slice_starts(between, SLICE("、")))
        return false;
    bool bound = f->q.behind_op.n && !slice_eq(f->q.behind_op, SLICE("~"));
    bool marked = bound || particle_at(r->g, between, 0, PARTICLE_ATTRIBUTE);
    if (!marked && measures_next(r, i, between))
        return true;
    bool of_next = text_is_han(text_first(between)) && slice_find(between, SLICE("、")) < 0 &&
                   !particle_at(r->g, between, 0, PARTICLE_JOINT) &&
                   !has_promise(r, between); /* 3岁以下婴幼儿托位数 4.5个, 税收超5亿元企业 2户 */
    if (of_next)
        return true;
    between.n = (size_t)(f[1].q.value.p - between.p); /* 5岁以下儿童、产妇死亡率 控制在 5‰ */
    return marked && targets_last_reach(r, between) < between.n;
}

/* Only 、 or 和 stands last before a place: what is before belongs to the figure before. */
static bool ends_in_joint(const struct targets_reader *r, size_t at)
{
    return particle_before(r->g, r->text, at, PARTICLE_JOINT) > 0;
}

/* Where the words of figure i begin: behind its clause's begin, the figure before it, and the year. */
static size_t words_begin(struct targets_reader *r, size_t i)
{
    size_t at = r->figures[i].words_end, from = targets_clause_begin(r->text, at), k = i;
    while (k > 0 && is_attribute(r, k - 1))
        k--;
    if (k > 0 && r->figures[k - 1].end > from)
        from = ends_in_joint(r, at) ? at : r->figures[k - 1].end;
    for (size_t n = 0; n < r->governor_count; n++)
        if (!r->governors[n].own && r->governors[n].end > from && r->governors[n].end <= at)
            from = r->governors[n].end;
    struct slice rest = slice_of(r->text.p + from, at - from);
    for (size_t n; (n = particle_at(r->g, rest, 0, PARTICLE_JOINT)) > 0;)
        rest = slice_of(rest.p + n, rest.n - n);
    return (size_t)(rest.p - r->text.p);
}

/* Where the words behind a run of figures end: with the clause, or before the next figure's own words. */
static size_t words_end(const struct targets_reader *r, size_t last)
{
    size_t to = clause_end(r->text, r->figures[last].end);
    if (last + 1 >= r->figure_count || r->figures[last + 1].begin >= to)
        return to;
    size_t next = r->figures[last + 1].begin;
    return ends_in_joint(r, next) ? next : r->figures[last].end;
}

/* 已建成5个, 2022年以来: what was reached is no promise; nor what a word means (是指). */
static bool is_past(const struct targets_reader *r, size_t from, size_t at)
{
    return particle_find(r->g, slice_of(r->text.p + from, at - from), PARTICLE_PAST).p ||
           particle_find(r->g, slice_of(r->text.p + from, at - from), PARTICLE_MEANS).p;
}

/* Whether a unit counts things or is a share of them; without a unit, too. */
static bool counts_things(struct targets_reader *r, struct slice unit)
{
    struct lexicon_hit hit;
    if (!unit.n || !lexicon_find(grammar_lexicon(r->g, LEX_UNITS), unit, &hit))
        return true;
    struct slice kind = grammar_cell(r->g, LEX_UNITS, hit.row, "kind");
    return slice_eq(kind, SLICE("share")) || slice_eq(kind, SLICE("count"));
}

/* 淘汰10蒸吨及以下 锅炉, 10蒸吨以下锅炉全部淘汰: how large a thing is that something is done with. */
static bool is_threshold(struct targets_reader *r, size_t words, const struct figure *f)
{
    if (!f->q.behind_op.n || slice_eq(f->q.behind_op, SLICE("~")))
        return false;
    if (words == f->begin && !counts_things(r, f->q.unit) && f->end < r->text.n &&
        text_is_han(text_first(slice_of(r->text.p + f->end, r->text.n - f->end))))
        return true;
    if (!slice_eq(f->q.behind_op, SLICE("<=")))
        return false;
    size_t from = f->begin > 6 ? f->begin - 6 : 0, length = 0;
    struct slice word = slice_of(r->text.p + from, f->begin - from);
    struct slice class = targets_word(r, word, 0, &length);
    return length == word.n && words_is(class, "verb");
}

/* 2016年的56%, 从56%提高到65%: where something starts is no promise. */
static bool is_start(struct targets_reader *r, size_t from, const struct figure *f)
{
    if (f->own)
        return !r->start_year || f->own->year <= r->start_year ||
               particle_before(r->g, r->text, f->words_end, PARTICLE_FROM);
    if (f + 1 >= r->figures + r->figure_count || !particle_before(r->g, r->text, f->words_end, PARTICLE_FROM) ||
        f->words_end <= from)
        return false;
    size_t length = 0;
    struct slice rest = text_trim_start(slice_of(r->text.p + f->end, f[1].begin - f->end));
    return words_is(targets_word(r, rest, 0, &length), "reach");
}

/* 达到…, 建成…, 不低于…, …以上: words of promises; what only stands among goals needs one, or goes on with a list of
 * things counted (建成社区20个，乡镇3个). */
static bool is_promised(struct targets_reader *r, size_t from, const struct figure *f, bool goes_on)
{
    struct slice words = slice_of(r->text.p + from, (size_t)(f->q.value.p - r->text.p) - from);
    if (particle_find(r->g, slice_of(r->text.p, (size_t)(f->q.value.p - r->text.p)), PARTICLE_MEANS).p)
        return false; /* what a word means, or how things should be done */
    return !slice_eq(f->q.op, SLICE("=")) || (goes_on && words.n && clause_end(r->text, f->end) == f->end) ||
           has_promise(r, words);
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
    find_figures(r);
    targets_bind_years(r);
    r->last = (struct named){SLICE_NONE, SLICE_NONE};
    r->start = NULL;
    bool taken = false;
    for (size_t i = 0; i < r->figure_count;) {
        struct governor g;
        size_t n = 1, from = words_begin(r, i);
        while (i + n < r->figure_count &&
               is_joint(r, slice_of(r->text.p + r->figures[i + n - 1].end,
                                 r->figures[i + n].begin - r->figures[i + n - 1].end)))
            n++;
        bool start = n == 1 && is_start(r, from, &r->figures[i]);
        bool described = start || is_past(r, from, r->figures[i].begin) || is_threshold(r, from, &r->figures[i]) ||
                         (n == 1 && is_attribute(r, i));
        bool governed = !described && targets_governor(r, &r->figures[i], &g);
        if (governed && (!g.of_goals || is_promised(r, from, &r->figures[i], taken))) {
            size_t to = words_end(r, i + n - 1);
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
            if (n == 1 && !is_attribute(r, i))
                name_figure(r, from, &r->figures[i], words_end(r, i));
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
