/* Canonical indicators: one code for the many names of an indicator, values in its preferred unit. */
#include "extract/extract.h"

#include "base/decimal.h"
#include "extract/canonical_name.h"

struct resolver {
    struct plan *p;
    struct grammar *g;
    struct naming naming;
};

static struct slice unit_cell(struct resolver *r, struct slice unit, const char *column)
{
    struct lexicon_hit hit;
    if (!unit.n || !lexicon_find(grammar_lexicon(r->g, LEX_UNITS), unit, &hit))
        return SLICE_NONE;
    return grammar_cell(r->g, LEX_UNITS, hit.row, column);
}

/* The value in another unit of the same base, exact; empty when it does not come out even. */
static struct slice convert(struct resolver *r, struct slice value, struct slice from, struct slice to)
{
    struct decimal d, a, b;
    struct buf out = {0};
    struct slice base = unit_cell(r, from, "base"), wanted = unit_cell(r, to, "base");
    if (!base.n || !slice_eq(base, wanted) || !decimal_read(value, &d))
        return SLICE_NONE;
    if (!decimal_read(unit_cell(r, from, "factor"), &a) || !decimal_read(unit_cell(r, to, "factor"), &b) ||
        !decimal_multiply(d, a, &d) || !decimal_divide(d, b, &d))
        return SLICE_NONE;
    decimal_write(d, &out);
    struct slice s = slice_of(arena_dup(&r->p->arena, out.p, out.n), out.n);
    buf_done(&out);
    return s;
}

static void normalise(struct resolver *r, size_t row, struct slice value, struct slice unit,
                      struct slice *norm_value, struct slice *norm_unit)
{
    struct slice preferred = grammar_cell(r->g, LEX_INDICATORS, row, "unit");
    if (!value.n || !preferred.n)
        return;
    *norm_value = convert(r, value, unit, preferred);
    if (norm_value->n)
        *norm_unit = preferred;
}

void extract_canonical(struct plan *p, struct grammar *g)
{
    struct resolver r = {.p = p, .g = g, .naming = {.g = g}};
    size_t row;
    for (struct indicator *o = p->indicators; o; o = o->next) {
        if (!naming_find(&r.naming, o->name, o->breakdown, &row))
            continue;
        o->code = grammar_cell(g, LEX_INDICATORS, row, "code");
        normalise(&r, row, o->value, o->unit, &o->norm_value, &o->norm_unit);
    }
    for (struct target *t = p->targets; t; t = t->next) {
        if (!naming_find(&r.naming, t->subject, SLICE_NONE, &row))
            continue;
        t->indicator_code = grammar_cell(g, LEX_INDICATORS, row, "code");
        normalise(&r, row, t->value, t->unit, &t->norm_value, &t->norm_unit);
    }
    naming_done(&r.naming);
}
