#include "review/claim.h"

#include "base/numeral.h"
#include "extract/canonical_unit.h"
#include "review/check.h"
#include "review/over_period.h"

int claim_plan_year(const struct plan *p, enum meta_id id)
{
    struct slice year = p->meta[id].value;
    int n = year.n ? numeral_count(year) : 0;
    return n > 0 ? n : 0;
}

static struct claim claim_of_observation(const struct plan *p, const struct indicator *i)
{
    return (struct claim){.plan = p, .observation = i, .code = i->code, .name = i->name, .breakdown = i->breakdown,
                          .nature = i->nature, .role = i->role, .op = i->op, .value = i->value, .high = i->value_high,
                          .unit = i->unit, .unit_code = i->unit_code, .basis = i->noted_basis.n ? i->noted_basis : i->basis, .raw = i->raw,
                          .norm_value = i->norm_value, .norm_unit = i->norm_unit, .year = i->year,
                          .base_year = i->base_year, .kind = i->kind, .span = i->span, .id = i->id};
}

static struct claim claim_of_target(const struct plan *p, const struct target *t)
{
    return (struct claim){.plan = p, .target = t, .code = t->indicator_code, .name = t->subject, .scope = t->scope,
                          .role = SLICE("target"), .op = t->op, .value = t->value, .high = t->value_high,
                          .unit = t->unit, .unit_code = t->unit_code, .basis = t->basis, .raw = t->raw,
                          .norm_value = t->norm_value, .norm_unit = t->norm_unit, .year = t->year,
                          .kind = t->value_high.n ? VALUE_RANGE : VALUE_NUMBER, .span = t->span, .id = t->id};
}

static void take_over_period(struct grammar *g, const struct plan *p, struct claim *c)
{
    struct period_figure f = {.code = c->code, .name = c->name, .role = c->role, .basis = c->basis, .kind = c->kind,
                              .fits = c->norm_value.n > 0, .year = c->year, .base_year = c->base_year,
                              .start_year = claim_plan_year(p, META_START_YEAR),
                              .end_year = claim_plan_year(p, META_END_YEAR)};
    c->of_the_period = over_period(g, &f);
    if (!c->of_the_period)
        return;
    c->kind = VALUE_NUMBER;
    c->basis = SLICE("cumulative");
}

size_t claims_of(struct grammar *g, const struct plan *p, struct claim **out)
{
    size_t n = 0;
    *out = mem_alloc((p->indicator_count + p->target_count + 1) * sizeof **out);
    for (const struct indicator *i = p->indicators; i; i = i->next)
        (*out)[n++] = claim_of_observation(p, i);
    for (const struct target *t = p->targets; t; t = t->next)
        (*out)[n++] = claim_of_target(p, t);
    for (size_t i = 0; i < n; i++)
        take_over_period(g, p, &(*out)[i]);
    return n;
}

enum direction claim_direction(struct grammar *g, struct slice code)
{
    size_t rows = code.n ? lexicon_rows(grammar_lexicon(g, LEX_INDICATORS)) : 0;
    for (size_t row = 0; row < rows; row++) {
        if (!slice_eq(grammar_cell(g, LEX_INDICATORS, row, "code"), code))
            continue;
        struct slice direction = grammar_cell(g, LEX_INDICATORS, row, "direction");
        return slice_eq(direction, SLICE("up"))     ? DIRECTION_UP
               : slice_eq(direction, SLICE("down")) ? DIRECTION_DOWN
                                                    : DIRECTION_UNKNOWN;
    }
    return DIRECTION_UNKNOWN;
}

/* ---- two figures in one unit ---- */

struct interval {
    struct decimal low, high;
    bool range;
};

static bool has_number(enum value_kind kind)
{
    return kind == VALUE_NUMBER || kind == VALUE_RANGE || kind == VALUE_GRADE || kind == VALUE_RELATIVE;
}

static bool read_interval(struct slice value, struct slice high, struct interval *out)
{
    out->range = high.n > 0;
    if (!decimal_read(value, &out->low))
        return false;
    out->high = out->low;
    return !out->range || decimal_read(high, &out->high);
}

static bool convert(struct decimal *d, const struct decimal factor[2])
{
    return decimal_multiply(*d, factor[0], d) && decimal_divide(*d, factor[1], d);
}

/* The figures as written, b's in the unit of a. */
static bool intervals_as_written(struct grammar *g, const struct claim *a, const struct claim *b,
                                 struct interval out[2])
{
    struct decimal factor[2];
    if (!read_interval(a->value, a->high, &out[0]) || !read_interval(b->value, b->high, &out[1]))
        return false;
    if (slice_eq(a->unit, b->unit) || (a->unit_code.n && slice_eq(a->unit_code, b->unit_code)))
        return true;
    return a->unit.n && b->unit.n && unit_factor(g, b->unit, a->unit, factor) && convert(&out[1].low, factor) &&
           convert(&out[1].high, factor);
}

/* In the preferred unit of the indicator, when both have it and neither is a range (of which the
 * tables keep no preferred upper end). */
static bool intervals_preferred(const struct claim *a, const struct claim *b, struct interval out[2])
{
    return slice_eq(a->code, b->code) && a->norm_value.n && b->norm_value.n && !a->high.n && !b->high.n &&
           slice_eq(a->norm_unit, b->norm_unit) && read_interval(a->norm_value, SLICE_NONE, &out[0]) &&
           read_interval(b->norm_value, SLICE_NONE, &out[1]);
}

static bool same_sort(const struct claim *a, const struct claim *b)
{
    bool relative = a->kind == VALUE_RELATIVE || b->kind == VALUE_RELATIVE;
    bool grade = a->kind == VALUE_GRADE || b->kind == VALUE_GRADE;
    bool alike = a->kind == b->kind || (!relative && !grade);
    bool based = !relative || !a->base_year || !b->base_year || a->base_year == b->base_year;
    return has_number(a->kind) && has_number(b->kind) && alike && based && slice_eq(a->basis, b->basis);
}

static struct slice plain_op(struct slice op)
{
    return op.n ? op : SLICE("=");
}

static enum claim_order order_of(const struct interval *a, const struct interval *b, bool same_op)
{
    int low = decimal_compare(b->low, a->low), high = decimal_compare(b->high, a->high);
    if (low == 0 && high == 0)
        return same_op ? CLAIM_SAME : CLAIM_BOUND;
    if (low >= 0 && high >= 0)
        return CLAIM_RAISED;
    return low <= 0 && high <= 0 ? CLAIM_LOWERED : CLAIM_SPREAD;
}

enum claim_order claim_compare(struct grammar *g, const struct claim *a, const struct claim *b,
                               struct decimal *difference)
{
    struct interval ends[2];
    struct decimal between;
    if (!same_sort(a, b) || (!intervals_preferred(a, b, ends) && !intervals_as_written(g, a, b, ends)))
        return CLAIM_APART;
    if (!decimal_subtract(ends[1].low, ends[0].low, &between))
        return CLAIM_APART;
    if (difference)
        *difference = between;
    return order_of(&ends[0], &ends[1], slice_eq(plain_op(a->op), plain_op(b->op)));
}

/* ---- what they ask for ---- */

int claim_demand(struct slice op, enum direction direction)
{
    op = plain_op(op);
    if (slice_eq(op, SLICE("~")))
        return 1;
    if (slice_eq(op, SLICE(">")))
        return direction == DIRECTION_UP ? 3 : 0;
    if (slice_eq(op, SLICE("<")))
        return direction == DIRECTION_DOWN ? 3 : 0;
    if (slice_eq(op, SLICE(">=")))
        return direction == DIRECTION_UP ? 2 : 0;
    if (slice_eq(op, SLICE("<=")))
        return direction == DIRECTION_DOWN ? 2 : 0;
    return 2;
}

static enum claim_strictness by_comparator(const struct claim *a, const struct claim *b, enum direction direction)
{
    int was = claim_demand(a->op, direction), is = claim_demand(b->op, direction);
    return is > was ? CLAIM_STRICTER : is < was ? CLAIM_LOOSER : CLAIM_EQUAL;
}

static bool of_two_regions(const struct claim *a, const struct claim *b)
{
    return a->plan && b->plan && !slice_eq(a->plan->meta[META_REGION_CODE].value, b->plan->meta[META_REGION_CODE].value);
}

enum claim_strictness claim_strictness(struct grammar *g, const struct claim *a, const struct claim *b)
{
    enum claim_order order = claim_compare(g, a, b, NULL);
    enum direction direction = claim_direction(g, a->code.n ? a->code : b->code);
    if (order == CLAIM_SAME)
        return CLAIM_EQUAL;
    if (direction == DIRECTION_UNKNOWN || order == CLAIM_APART || order == CLAIM_SPREAD ||
        (of_two_regions(a, b) && claim_is_total(g, a)))
        return CLAIM_UNKNOWN;
    if (order == CLAIM_BOUND)
        return by_comparator(a, b, direction);
    return (order == CLAIM_RAISED) == (direction == DIRECTION_UP) ? CLAIM_STRICTER : CLAIM_LOOSER;
}

/* Per head, per unit, rates: by the rules of the place `extent`. */
static bool is_share(struct grammar *g, struct slice name)
{
    struct rule_match m;
    return rules_match(g->rules, PLACE_EXTENT, name, &m) && slice_eq(m.field[FIELD_KIND], SLICE("share"));
}

bool claim_is_total(struct grammar *g, const struct claim *c)
{
    struct lexicon_hit hit;
    if (!c->unit.n || slice_find(c->unit_code, SLICE("/")) >= 0 || slice_eq(c->basis, SLICE("annual")) ||
        !lexicon_find(grammar_lexicon(g, LEX_UNITS), c->unit, &hit) ||
        is_share(g, c->name))
        return false;
    return check_word(g, grammar_cell(g, LEX_UNITS, hit.row, "kind"), "total");
}
