/* Which figures of a sentence are promises, and where the words about each begin and end. */
#include "extract/targets_figures.h"

#include "base/particle.h"
#include "base/text.h"
#include "extract/words.h"

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

void targets_find_figures(struct targets_reader *r)
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

static size_t targets_clause_end(struct slice s, size_t at)
{
    while (at < s.n) {
        size_t begin = at;
        uint32_t c = text_next(s.p, s.n, &at);
        if (targets_is_clause_end(c) || c == 0x3002)
            return begin;
    }
    return s.n;
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
bool targets_is_attribute(struct targets_reader *r, size_t i)
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
size_t targets_words_begin(struct targets_reader *r, size_t i)
{
    size_t at = r->figures[i].words_end, from = targets_clause_begin(r->text, at), k = i;
    while (k > 0 && targets_is_attribute(r, k - 1))
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
size_t targets_words_end(const struct targets_reader *r, size_t last)
{
    size_t to = targets_clause_end(r->text, r->figures[last].end);
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

bool targets_only_tells(struct targets_reader *r, size_t from, const struct figure *f)
{
    return is_past(r, from, f->begin) || is_threshold(r, from, f);
}

/* 2016年的56%, 从56%提高到65%: where something starts is no promise. */
bool targets_is_start(struct targets_reader *r, size_t from, const struct figure *f)
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
bool targets_is_promised(struct targets_reader *r, size_t from, const struct figure *f, bool goes_on)
{
    struct slice words = slice_of(r->text.p + from, (size_t)(f->q.value.p - r->text.p) - from);
    if (particle_find(r->g, slice_of(r->text.p, (size_t)(f->q.value.p - r->text.p)), PARTICLE_MEANS).p)
        return false; /* what a word means, or how things should be done */
    if (slice_starts(words, particle_word(r->g, PARTICLE_PER))) /* 每万人拥有医师16人 */
        return true;
    return !slice_eq(f->q.op, SLICE("=")) || (goes_on && words.n && targets_clause_end(r->text, f->end) == f->end) ||
           has_promise(r, words);
}
