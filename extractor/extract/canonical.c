/* Canonical indicators: one code for the many names of an indicator, values in its preferred unit. */
#include "extract/extract.h"

#include "base/particle.h"
#include "base/index.h"
#include "extract/canonical_name.h"
#include "extract/canonical_unit.h"
#include "extract/quantity.h"
#include "extract/words.h"

enum { CHANGE_BYTES = 6 }; /* 下降, 增长 */

struct resolver {
    struct plan *p;
    struct grammar *g;
    struct naming naming;
    struct slice *concepts; /* of each row of the lexicon; NULL until asked for */
    struct index said;      /* names without a code that were reported */
    const struct indicator *last; /* looked up last: the observations of an indicator follow each other */
    size_t last_row;        /* its row, or SIZE_MAX */
};

/* What a figure is of, as far as the text around it tells. */
struct figure {
    struct slice value, unit;
    const char *change; /* the end of the codes it can have: ".cut", ".growth", "" for either; NULL: a level */
    bool own_unit;      /* written beside the value: 能耗下降率 （%） may begin from 0.45吨标煤/万元 */
    int year;           /* 0: none */
    bool level;         /* not over several years */
};

static struct slice cell(const struct resolver *r, size_t row, const char *column)
{
    return grammar_cell(r->g, LEX_INDICATORS, row, column);
}

/* ---- which code ---- */

/* A code of changes ends in .cut or .growth. */
static bool is_change(struct slice code, const char *change)
{
    bool cut = slice_ends(code, SLICE(".cut")), growth = slice_ends(code, SLICE(".growth"));
    return *change ? slice_ends(code, slice_cstr(change)) : cut || growth;
}

static struct slice conversion(const struct resolver *r, size_t row, const char *column)
{
    return grammar_cell(r->g, LEX_CONVERSIONS, row, column);
}

/* The conversion of a code's figures in that unit: within the code, or to another one of its concept. */
static bool find_conversion(const struct resolver *r, struct slice code, struct slice unit, bool within, size_t *row)
{
    const struct lexicon *lex = grammar_lexicon(r->g, LEX_CONVERSIONS);
    struct lexicon_hit hit;
    struct decimal factor[2];
    for (bool more = lexicon_find(lex, code, &hit); more; more = lexicon_again(lex, &hit)) {
        *row = hit.row;
        if (slice_eq(conversion(r, *row, "from_code"), code) &&
            slice_eq(conversion(r, *row, "to_code"), code) == within &&
            unit_factor(r->g, unit, conversion(r, *row, "from_unit"), factor))
            return true;
    }
    return false;
}

static bool can_be(const struct resolver *r, size_t row, const struct figure *f)
{
    size_t by;
    struct slice code = cell(r, row, "code");
    return (!f->change || is_change(code, f->change)) &&
           (unit_fits(r->g, f->unit, cell(r, row, "unit")) || find_conversion(r, code, f->unit, true, &by));
}

static struct slice concept_of(struct resolver *r, size_t row)
{
    if (!r->concepts) {
        size_t rows = lexicon_rows(grammar_lexicon(r->g, LEX_INDICATORS));
        r->concepts = arena_alloc(&r->p->arena, rows * sizeof *r->concepts);
        for (size_t i = 0; i < rows; i++)
            r->concepts[i] = cell(r, i, "concept");
    }
    return r->concepts[row];
}

/* Whether a figure of one code may be of another after all. What fell by 200吨 is no level of 200吨. */
static bool may_pass(const struct resolver *r, size_t from, size_t to, const struct figure *f)
{
    bool level = is_change(cell(r, from, "code"), "") && !is_change(cell(r, to, "code"), "");
    return from != to && cell(r, to, "unit").n && (!level || f->own_unit) && can_be(r, to, f);
}

/* The one other code of the same concept that the figure can have. */
static bool find_sibling(struct resolver *r, size_t *row, const struct figure *f)
{
    struct slice concept = concept_of(r, *row);
    size_t rows = lexicon_rows(grammar_lexicon(r->g, LEX_INDICATORS)), found = rows;
    for (size_t i = 0; concept.n && i < rows; i++) {
        if (!slice_eq(r->concepts[i], concept) || !may_pass(r, *row, i, f))
            continue;
        if (found != rows)
            return false;
        found = i;
    }
    if (found != rows)
        *row = found;
    return found != rows;
}

static bool choose(struct resolver *r, size_t *row, const struct figure *f)
{
    return can_be(r, *row, f) || find_sibling(r, row, f);
}

/* ---- values ---- */

static bool scale(struct decimal *d, const struct decimal factor[2])
{
    return decimal_multiply(*d, factor[0], d) && decimal_divide(*d, factor[1], d);
}

/* 1, 0.5, 365/100 */
static bool read_fraction(struct slice s, struct decimal out[2])
{
    ptrdiff_t line = slice_find(s, SLICE("/"));
    size_t n = line < 0 ? s.n : (size_t)line;
    return decimal_read(slice_of(s.p, n), &out[0]) &&
           decimal_read(line < 0 ? SLICE("1") : slice_of(s.p + n + 1, s.n - n - 1), &out[1]);
}

static bool rescale(const struct resolver *r, struct decimal *d, struct slice from, struct slice to)
{
    struct decimal factor[2];
    return unit_factor(r->g, from, to, factor) && scale(d, factor);
}

static struct slice days_of(int year)
{
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return year && leap ? SLICE("366") : SLICE("365");
}

/* A decimal, a fraction, or the days of the year by a number: days/100. */
static bool read_factor(struct slice s, int year, struct decimal factor[2])
{
    if (!slice_starts(s, SLICE("days/")))
        return read_fraction(s, factor);
    return decimal_read(days_of(year), &factor[0]) && decimal_read(slice_of(s.p + 5, s.n - 5), &factor[1]);
}

/* The note of a conversion with the days of the year put in. */
static struct slice note_of(struct resolver *r, size_t by, const struct figure *f)
{
    struct slice note = conversion(r, by, "note"), place = SLICE("{days}");
    ptrdiff_t at = slice_find(note, place);
    if (at < 0)
        return note;
    struct buf out = {0};
    buf_add(&out, note.p, (size_t)at);
    buf_slice(&out, days_of(f->year));
    buf_slice(&out, slice_of(note.p + at + place.n, note.n - (size_t)at - place.n));
    struct slice s = slice_of(arena_dup(&r->p->arena, out.p, out.n), out.n);
    buf_done(&out);
    return s;
}

/* The figure in the unit `to`, by a row of the lexicon `conversions` or by the units alone (SIZE_MAX), exact;
 * empty when it does not come out even. */
static struct slice convert(struct resolver *r, const struct figure *f, size_t by, struct slice to)
{
    struct decimal d, factor[2];
    struct buf out = {0};
    if (!decimal_read(f->value, &d))
        return SLICE_NONE;
    if (by == SIZE_MAX ? !rescale(r, &d, f->unit, to)
                       : !rescale(r, &d, f->unit, conversion(r, by, "from_unit")) ||
                             !read_factor(conversion(r, by, "factor"), f->year, factor) || !scale(&d, factor) ||
                             !rescale(r, &d, conversion(r, by, "to_unit"), to))
        return SLICE_NONE;
    decimal_write(d, &out);
    struct slice s = slice_of(arena_dup(&r->p->arena, out.p, out.n), out.n);
    buf_done(&out);
    return s;
}

static void normalise(struct resolver *r, size_t row, const struct figure *f, struct slice *norm_value,
                      struct slice *norm_unit)
{
    struct slice preferred = cell(r, row, "unit");
    size_t by = SIZE_MAX;
    if (!f->value.n || !preferred.n)
        return;
    *norm_value = convert(r, f, by, preferred);
    if (!norm_value->n && find_conversion(r, cell(r, row, "code"), f->unit, true, &by))
        *norm_value = convert(r, f, by, preferred);
    if (norm_value->n)
        *norm_unit = preferred;
}

/* Beside the other measures of its concept: in the one that they convert to. */
static void compare(struct resolver *r, size_t row, const struct figure *f, struct slice norm_value,
                    struct comparable *out)
{
    struct slice code = cell(r, row, "code");
    struct lexicon_hit hit;
    size_t by;
    out->concept = cell(r, row, "concept");
    if (!norm_value.n || !lexicon_find(grammar_lexicon(r->g, LEX_CONVERSIONS), code, &hit))
        return;
    if (!slice_eq(conversion(r, hit.row, "from_code"), code)) {
        out->value = norm_value;
        out->unit = cell(r, row, "unit");
    } else if (f->level && find_conversion(r, code, f->unit, false, &by)) {
        out->value = convert(r, f, by, conversion(r, by, "to_unit"));
        out->unit = out->value.n ? conversion(r, by, "to_unit") : SLICE_NONE;
        out->note = out->value.n ? note_of(r, by, f) : SLICE_NONE;
    }
}

/* ---- targets ---- */

/* The end of the codes for a word of change that the text closes with: 较2020年降低. */
static const char *change_at_end(struct resolver *r, struct slice text, struct slice *word)
{
    struct slice classes;
    if (text.n < CHANGE_BYTES)
        return NULL;
    *word = slice_of(text.p + text.n - CHANGE_BYTES, CHANGE_BYTES);
    if (words_at(r->g, *word, 0, &classes) != CHANGE_BYTES)
        return NULL;
    return words_is(classes, "fall") ? ".cut" : words_is(classes, "rise") ? ".growth" : NULL;
}

/* 用水量较2020年 is 用水量: what a figure is compared with is no part of the name. */
static struct slice without_comparison(struct grammar *g, struct slice s)
{
    struct year_mention year;
    for (size_t at = 0; quantity_next_year(s, &at, &year);) {
        size_t begin = (size_t)(year.whole.p - s.p);
        size_t against = particle_before(g, s, begin, PARTICLE_AGAINST);
        if (against && begin > against)
            return slice_of(s.p, begin - against);
    }
    return s;
}

static bool find_joined(struct resolver *r, struct slice a, struct slice b, struct slice c, size_t *row)
{
    struct buf name = {0};
    buf_slice(&name, a);
    buf_slice(&name, b);
    buf_slice(&name, c);
    bool found = naming_find(&r->naming, buf_view(&name), SLICE_NONE, row);
    buf_done(&name);
    return found;
}

/* What was taken off the subject may belong to the name: 治理 石漠化面积, 用水量 较2020年降低 20%. */
static bool find_target(struct resolver *r, const struct target *t, size_t *row, struct figure *f)
{
    struct slice text = r->p->source.text, word = SLICE_NONE, subject = t->subject;
    f->change = change_at_end(r, subject, &word);
    if (f->change)
        subject.n -= word.n;
    else
        f->change = change_at_end(r, slice_of(text.p, (size_t)t->span.begin), &word);
    if (!f->change)
        return find_joined(r, t->act, subject, SLICE_NONE, row);
    const char *change = f->change;
    subject = without_comparison(r->g, subject);
    f->change = NULL; /* when the name itself says so */
    if (find_joined(r, t->act, subject, word, row))
        return true;
    f->change = change;
    return find_joined(r, t->act, subject, SLICE_NONE, row);
}

static void resolve_target(struct resolver *r, struct target *t)
{
    size_t row;
    struct figure f = {.value = t->value, .unit = t->unit, .year = t->year, .level = slice_eq(t->basis, SLICE("level"))};
    if (!find_target(r, t, &row, &f) || !choose(r, &row, &f))
        return;
    t->indicator_code = cell(r, row, "code");
    normalise(r, row, &f, &t->norm_value, &t->norm_unit);
    compare(r, row, &f, t->norm_value, &t->comparable);
}

/* ---- indicators ---- */

/* Says once a plan that a name has no code, or none that its unit fits. */
static void report(struct resolver *r, const struct indicator *o, enum diag_id why)
{
    struct buf name = {0};
    buf_slice(&name, o->name);
    if (o->breakdown.n)
        buf_char(&name, '/');
    buf_slice(&name, o->breakdown);
    if (!index_get(&r->said, buf_view(&name))) {
        struct slice kept = slice_of(arena_dup(&r->p->arena, name.p, name.n), name.n);
        *index_put(&r->said, kept) = 1;
        plan_diag(r->p, why, plan_within(r->p, o->name) ? plan_span(r->p, o->name) : o->span, kept, o->unit);
    }
    buf_done(&name);
}

static bool find_indicator(struct resolver *r, const struct indicator *o, size_t *row)
{
    const struct indicator *last = r->last;
    if (!last || !slice_eq(o->name, last->name) || !slice_eq(o->breakdown, last->breakdown))
        if (!naming_find(&r->naming, o->name, o->breakdown, &r->last_row))
            r->last_row = SIZE_MAX;
    r->last = o;
    *row = r->last_row;
    return *row != SIZE_MAX;
}

/* 较2020年下降14.5% is of the cut when there is one; else of the indicator, but no value of it. */
static void resolve_indicator(struct resolver *r, struct indicator *o)
{
    size_t row;
    struct figure f = {.value = o->value,
                       .unit = o->unit,
                       .change = o->kind == VALUE_RELATIVE ? "" : NULL,
                       .own_unit = slice_find(o->raw, o->unit) >= 0,
                       .year = o->year,
                       .level = slice_eq(o->basis, SLICE("level"))};
    if (!find_indicator(r, o, &row)) {
        report(r, o, DIAG_NAME_UNMAPPED);
        return;
    }
    if (!choose(r, &row, &f)) {
        bool change = f.change != NULL;
        f = (struct figure){.unit = o->unit};
        if (!change || !can_be(r, row, &f)) {
            report(r, o, DIAG_UNIT_UNFIT);
            return;
        }
    }
    o->code = cell(r, row, "code");
    normalise(r, row, &f, &o->norm_value, &o->norm_unit);
    compare(r, row, &f, o->norm_value, &o->comparable);
}

void extract_canonical(struct plan *p, struct grammar *g)
{
    struct resolver r = {.p = p, .g = g, .naming = {.g = g}};
    for (struct indicator *o = p->indicators; o; o = o->next)
        resolve_indicator(&r, o);
    for (struct target *t = p->targets; t; t = t->next)
        resolve_target(&r, t);
    naming_done(&r.naming);
    index_done(&r.said);
}
