#include "review/over_period.h"

/* Whether the name says that it is a total over some years. */
static bool is_named_so(struct grammar *g, struct slice name)
{
    struct rule_match m;
    return name.n && rules_match(g->rules, PLACE_CUMULATION, name, &m);
}

bool over_period(struct grammar *g, const struct period_figure *f)
{
    bool cut = slice_ends(f->code, SLICE(".cut")), growth = slice_ends(f->code, SLICE(".growth"));
    bool last_year = f->year && f->year == f->end_year;
    bool year_before = f->start_year && f->year == f->start_year - 1;
    if (!slice_eq(f->basis, SLICE("level")) || !f->start_year || !f->fits)
        return false;
    if (f->kind == VALUE_RELATIVE)
        return (cut || growth) && last_year && f->base_year == f->start_year - 1;
    if (f->kind != VALUE_NUMBER || (!last_year && !year_before))
        return false;
    if (slice_eq(f->role, SLICE("target")) || slice_eq(f->role, SLICE("actual")))
        return cut || is_named_so(g, f->name);
    return cut && is_named_so(g, f->name);
}
