/* What changed from one statement of an indicator to the other. */
#include "review/figures.h"

static struct side side_of(const struct claim *c, struct slice text)
{
    return (struct side){.there = true, .text = text, .span = c->span, .id = c->id};
}

/* Codes of one concept: the value of each in the unit of the concept. */
static bool as_concept(const struct claim *c, struct claim *out)
{
    struct comparable k = figure_comparable(c);
    *out = *c;
    out->value = k.value;
    out->high = SLICE_NONE;
    out->unit = k.unit;
    out->unit_code = out->norm_value = out->norm_unit = SLICE_NONE;
    return k.concept.n && k.value.n;
}

bool figures_convert(const struct claim *a, const struct claim *b, struct claim *x, struct claim *y, bool *converted)
{
    *x = *a;
    *y = *b;
    *converted = a->code.n && b->code.n && !slice_eq(a->code, b->code);
    return !*converted || (slice_eq(figure_comparable(a).concept, figure_comparable(b).concept) && as_concept(a, x) &&
                           as_concept(b, y));
}

enum claim_order figures_order(struct diff *d, const struct claim *a, const struct claim *b)
{
    struct claim x, y;
    bool converted;
    return figures_convert(a, b, &x, &y, &converted) ? claim_compare(d->grammar, &x, &y, NULL) : CLAIM_APART;
}

static bool is_preferred(const struct claim *a, const struct claim *b)
{
    return slice_eq(a->code, b->code) && a->norm_value.n && b->norm_value.n && !a->high.n && !b->high.n &&
           slice_eq(a->norm_unit, b->norm_unit);
}

static void set_difference(struct diff *d, struct change *c, struct decimal difference, struct slice unit)
{
    struct buf text = {0};
    decimal_write(difference, &text);
    c->difference = slice_of(arena_dup(&d->arena, text.p, text.n), text.n);
    c->unit = unit;
    buf_done(&text);
}

static struct change *add_value(struct diff *d, struct entry *e, enum change_kind kind, const char *field,
                                const struct claim *a, const struct claim *b)
{
    struct change *c = change_add(&d->arena, e, kind, field);
    if (a)
        c->side[0] = side_of(a, a->raw);
    if (b)
        c->side[1] = side_of(b, b->raw);
    c->claim[0] = a;
    c->claim[1] = b;
    c->year[0] = a ? a->year : 0;
    c->year[1] = b ? b->year : 0;
    c->role = a ? a->role : b->role;
    return c;
}

static bool has_figure(enum value_kind kind)
{
    return kind != VALUE_DELEGATED && kind != VALUE_QUALITATIVE && kind != VALUE_NONE;
}

/* Figures that cannot be compared: a word for a figure, a figure for nothing, other words. */
static void compare_apart(struct diff *d, struct entry *e, const char *field, const struct claim *a, const struct claim *b)
{
    bool none_a = a->kind == VALUE_NONE, none_b = b->kind == VALUE_NONE;
    if (none_a && none_b)
        return;
    bool figures = has_figure(a->kind) || has_figure(b->kind);
    if (wording_same(a->raw, b->raw) && slice_eq(a->unit, b->unit))
        return;
    enum change_kind kind = none_a    ? CHANGE_GIVEN
                            : none_b  ? CHANGE_OMITTED
                            : figures ? CHANGE_RECAST
                                      : CHANGE_REWORDED;
    add_value(d, e, kind, field, a, b);
}

void figures_compare_values(struct diff *d, struct entry *e, const char *field, const struct claim *a,
                            const struct claim *b)
{
    static const enum change_kind kinds[] = {[CLAIM_RAISED] = CHANGE_RAISED, [CLAIM_LOWERED] = CHANGE_LOWERED,
                                             [CLAIM_BOUND] = CHANGE_BOUND, [CLAIM_SPREAD] = CHANGE_RECAST};
    struct decimal difference;
    struct claim x, y;
    bool converted;
    bool comparable = figures_convert(a, b, &x, &y, &converted);
    enum claim_order order = comparable ? claim_compare(d->grammar, &x, &y, &difference) : CLAIM_APART;
    if (order == CLAIM_SAME)
        return;
    if (order == CLAIM_APART) {
        compare_apart(d, e, field, a, b);
        return;
    }
    struct change *c = add_value(d, e, kinds[order], field, a, b);
    if (order == CLAIM_RAISED || order == CLAIM_LOWERED)
        set_difference(d, c, difference, is_preferred(&x, &y) ? x.norm_unit : x.unit);
    bool one_way = !converted || claim_direction(d->grammar, a->code) == claim_direction(d->grammar, b->code);
    if (slice_eq(a->role, SLICE("target")) && one_way)
        c->strictness = claim_strictness(d->grammar, &x, &y);
    if (converted)
        c->note = figure_comparable(a).note.n ? figure_comparable(a).note : figure_comparable(b).note;
}

static struct change *add_words(struct diff *d, struct entry *e, enum change_kind kind, const char *field,
                                const struct claim *a, const struct claim *b, struct slice was, struct slice is)
{
    struct change *c = change_add(&d->arena, e, kind, field);
    c->side[0] = side_of(a, was);
    c->side[1] = side_of(b, is);
    return c;
}

static struct slice year_text(struct diff *d, int year)
{
    struct buf text = {0};
    buf_uint(&text, (uint64_t)year);
    struct slice s = slice_of(arena_dup(&d->arena, text.p, text.n), text.n);
    buf_done(&text);
    return s;
}

static void compare_bases(struct diff *d, struct entry *e, const struct claim *a, const struct claim *b)
{
    if (a->base_year && b->base_year && a->base_year != b->base_year)
        add_words(d, e, CHANGE_BASE_YEAR, "base-year", a, b, year_text(d, a->base_year), year_text(d, b->base_year));
}

static struct slice joined_name(struct diff *d, const struct claim *c)
{
    struct buf text = {0};
    if (!c->breakdown.n)
        return c->name;
    buf_slice(&text, c->name);
    buf_str(&text, " / ");
    buf_slice(&text, c->breakdown);
    struct slice s = slice_of(arena_dup(&d->arena, text.p, text.n), text.n);
    buf_done(&text);
    return s;
}

static bool units_differ(const struct claim *a, const struct claim *b)
{
    if (!a->unit.n || !b->unit.n)
        return false;
    if (a->unit_code.n && b->unit_code.n)
        return !slice_eq(a->unit_code, b->unit_code);
    return !wording_same(a->unit, b->unit);
}

static struct slice remark_of(const struct claim *c)
{
    return c->observation ? c->observation->remark : SLICE_NONE;
}

/* The header over the remarks of a table: 备注, 完成情况, 进度评价. */
static struct slice remark_header(const struct claim *c)
{
    const struct table *t = &c->observation->box->table;
    struct slice found = SLICE_NONE;
    for (int col = 0; t->columns && col < t->cols && !found.n; col++)
        for (int row = 0; t->columns[col].role == COLUMN_REMARK && row < t->header_rows; row++)
            if (t->grid[row * t->cols + col])
                found = t->grid[row * t->cols + col]->text;
    return found;
}

static void compare_remarks(struct diff *d, struct entry *e, const struct claim *a, const struct claim *b)
{
    struct slice was = remark_of(a), now = remark_of(b);
    if (!a->observation || !b->observation || wording_same(was, now))
        return;
    struct slice one = was.n ? remark_header(a) : SLICE_NONE, two = now.n ? remark_header(b) : SLICE_NONE;
    struct change *c = add_words(d, e, !was.n ? CHANGE_GIVEN : !now.n ? CHANGE_OMITTED : CHANGE_REWORDED, "remark", a, b,
                                 was, now);
    c->column = wording_same(one, two) ? one : diff_joined(d, one, two);
}

static void compare_heads(struct diff *d, struct entry *e, const struct claim *a, const struct claim *b)
{
    if (!wording_same(a->name, b->name) || !wording_same(a->breakdown, b->breakdown))
        add_words(d, e, CHANGE_RENAMED, "name", a, b, joined_name(d, a), joined_name(d, b));
    if (units_differ(a, b))
        add_words(d, e, CHANGE_UNIT, "unit", a, b, a->unit, b->unit);
    if (a->nature.n && b->nature.n && !wording_same(a->nature, b->nature))
        add_words(d, e, CHANGE_NATURE, "nature", a, b, a->nature, b->nature);
    compare_remarks(d, e, a, b);
}

static const struct claim *same_time(const struct figure_row *r, const struct claim *like, size_t nth)
{
    for (size_t i = 0; i < r->count; i++)
        if (slice_eq(r->claims[i].role, like->role) && claim_time(&r->claims[i]) == claim_time(like) && nth-- == 0)
            return &r->claims[i];
    return NULL;
}

/* How many claims of the row before this one have its role and time. */
static size_t nth_of(const struct figure_row *r, const struct claim *c)
{
    size_t n = 0;
    for (const struct claim *x = r->claims; x < c; x++)
        n += slice_eq(x->role, c->role) && claim_time(x) == claim_time(c);
    return n;
}

void figures_compare(struct diff *d, struct entry *e, const struct figure_row *a, const struct figure_row *b)
{
    compare_heads(d, e, a->lead, b->lead);
    for (size_t i = 0; i < a->count; i++) {
        const struct claim *x = &a->claims[i], *y = same_time(b, x, nth_of(a, x));
        if (y) {
            figures_compare_values(d, e, "value", x, y);
            compare_bases(d, e, x, y);
        } else if (x->kind != VALUE_NONE) {
            add_value(d, e, CHANGE_OMITTED, "value", x, NULL);
        }
    }
    for (size_t i = 0; i < b->count; i++)
        if (b->claims[i].kind != VALUE_NONE && !same_time(a, &b->claims[i], nth_of(b, &b->claims[i])))
            add_value(d, e, CHANGE_GIVEN, "value", NULL, &b->claims[i]);
}
