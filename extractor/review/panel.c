#include "review/panel.h"

#include "review/over_period.h"

#include <stdlib.h>

const char *const panel_column_names[PANEL_MAX] = {
#define PANEL(id, name) [PANEL_##id] = (name),
#include "review/panel.def"
#undef PANEL
};

const char *const panel_why_names[WHY_MAX] = {
    [WHY_ONLY] = "only",         [WHY_FIRST] = "first", [WHY_TABLE] = "table",
    [WHY_WHOLE] = "whole",       [WHY_SAME] = "same",   [WHY_PROSE] = "prose",
    [WHY_PART] = "part",         [WHY_EMPTY] = "empty", [WHY_SEVERAL] = "several",
    [WHY_TOO_MANY] = "too-many", [WHY_BESIDE] = "beside",
};

/* ---- two rows ---- */

static bool same(const struct panel_row *a, const struct panel_row *b, enum panel_column c)
{
    return slice_eq(a->v[c], b->v[c]);
}

static bool is(const struct panel_row *r, enum panel_column c, const char *what)
{
    return slice_eq(r->v[c], slice_cstr(what));
}

static bool is_table(const struct panel_row *r)
{
    return is(r, PANEL_SOURCE, "table");
}

bool panel_has_table(const struct panel *p)
{
    for (size_t i = 0; i < p->count; i++)
        if (is_table(&p->rows[i]))
            return true;
    return false;
}

static bool same_unit(const struct panel_row *a, const struct panel_row *b)
{
    return same(a, b, PANEL_UNIT) || (a->v[PANEL_UNIT_CODE].n && same(a, b, PANEL_UNIT_CODE));
}

/* The two figures in one unit; false when there is none, or none in common. */
static bool figures(const struct panel_row *a, const struct panel_row *b, struct decimal out[2])
{
    enum panel_column c = PANEL_NORM_VALUE;
    if (!a->v[c].n || !b->v[c].n || !same(a, b, PANEL_NORM_UNIT)) {
        c = PANEL_VALUE;
        if (!a->v[c].n || !b->v[c].n || !same_unit(a, b))
            return false;
    }
    return decimal_read(a->v[c], &out[0]) && decimal_read(b->v[c], &out[1]);
}

static bool same_high(const struct panel_row *a, const struct panel_row *b)
{
    struct decimal x, y;
    if (!a->v[PANEL_HIGH].n && !b->v[PANEL_HIGH].n)
        return true;
    return decimal_read(a->v[PANEL_HIGH], &x) && decimal_read(b->v[PANEL_HIGH], &y) &&
           same_unit(a, b) && decimal_compare(x, y) == 0;
}

/* 较2020年下降14.5% over the period is a number like [14.5]. */
static struct slice kind_to_compare(const struct panel_row *r)
{
    return r->over_period ? SLICE("number") : r->v[PANEL_KIND];
}

static bool same_kind(const struct panel_row *a, const struct panel_row *b)
{
    return slice_eq(kind_to_compare(a), kind_to_compare(b)) &&
           (a->over_period || b->over_period || same(a, b, PANEL_BASE_YEAR));
}

static bool has_figure(const struct panel_row *r)
{
    return is(r, PANEL_KIND, "number") || is(r, PANEL_KIND, "grade") ||
           is(r, PANEL_KIND, "relative");
}

/* Whether two rows state the same number or, without numbers, the same words. */
static bool state_same(const struct panel_row *a, const struct panel_row *b)
{
    struct decimal d[2];
    if (!same_kind(a, b) || !same(a, b, PANEL_BASIS))
        return false;
    if (has_figure(a) || is(a, PANEL_KIND, "range"))
        return figures(a, b, d) && decimal_compare(d[0], d[1]) == 0 && same_high(a, b);
    return same(a, b, PANEL_RAW);
}

/* ---- of what ---- */

/* No scope, or one such as 全县. */
static bool is_whole(const struct panel_row *r, struct grammar *g)
{
    struct lexicon_hit hit;
    struct slice scope = r->v[PANEL_SCOPE];
    return !scope.n || lexicon_find(grammar_lexicon(g, LEX_LEVELS), scope, &hit);
}

static bool same_name(const struct panel_row *a, const struct panel_row *b)
{
    return same(a, b, PANEL_READ) && same(a, b, PANEL_BREAKDOWN);
}

/* An amount (area, length, money, …) as against a state (share, concentration, grade, …). */
static bool is_amount(const struct panel_row *r, struct grammar *g)
{
    static const char *const amounts[] = { "area",  "length", "volume", "mass",
                                           "money", "count",  "energy", "power" };
    struct lexicon_hit hit;
    struct slice unit = r->v[r->v[PANEL_NORM_UNIT].n ? PANEL_NORM_UNIT : PANEL_UNIT];
    if (!unit.n || !lexicon_find(grammar_lexicon(g, LEX_UNITS), unit, &hit))
        return true; /* not known to be a state */
    struct slice kind = grammar_cell(g, LEX_UNITS, hit.row, "kind");
    for (size_t i = 0; i < sizeof amounts / sizeof *amounts; i++)
        if (slice_eq(kind, slice_cstr(amounts[i])))
            return true;
    return false;
}

/* Rows of one indicator, year and role, in the order of the panel. */
struct group {
    struct panel *panel;
    struct grammar *g;
    struct panel_row **rows;
    size_t count;
    bool one_name;  /* all rows of tables bear one name */
    bool by_name;   /* names under the code are told apart: 城市、县城污水处理率分别达到98%、95% */
};

/* Whether two rows of a group are about the same thing. */
static bool one_thing(const struct group *x, const struct panel_row *a, const struct panel_row *b)
{
    if (!same(a, b, PANEL_BASIS))
        return false;
    bool whole = is_whole(a, x->g) && is_whole(b, x->g);
    if (x->by_name && !same_name(a, b))
        return false;
    if (!whole)
        return same(a, b, PANEL_SCOPE) && same_name(a, b);
    if (is_table(a) && is_table(b))
        return same_name(a, b);
    return is_table(a) || is_table(b) ? x->one_name || same_name(a, b) : true;
}

/* Two amounts of the prose may be of two works: 人工造林1万亩 here and 人工造林1万亩 there. */
static bool maybe_two(const struct panel_row *a, const struct panel_row *b, struct grammar *g)
{
    return !is_table(a) && !is_table(b) && is_amount(a, g);
}

static bool contradict(const struct panel_row *a, const struct panel_row *b)
{
    struct decimal d[2];
    return has_figure(a) && same_kind(a, b) &&
           figures(a, b, d) && decimal_compare(d[0], d[1]) != 0;
}

/* ---- agreement and contradiction ---- */

static void add_word(struct panel *p, struct slice *list, struct slice id)
{
    char *text = arena_text(&p->arena, list->n + id.n + 1);
    size_t n = list->n;
    if (n) {
        memcpy(text, list->p, n);
        text[n++] = ' ';
    }
    memcpy(text + n, id.p, id.n);
    *list = slice_of(text, n + id.n);
}

static struct slice new_mark(struct panel *p, size_t *marks)
{
    struct buf b = { 0 };
    buf_char(&b, 'a');
    buf_uint(&b, ++*marks);
    struct slice s = slice_of(arena_dup(&p->arena, b.p, b.n), b.n);
    buf_done(&b);
    return s;
}

static void join(struct group *x, struct panel_row *a, struct panel_row *b, size_t *marks)
{
    if (!one_thing(x, a, b) || maybe_two(a, b, x->g))
        return;
    if (state_same(a, b)) {
        if (!a->v[PANEL_AGREES].n)
            a->v[PANEL_AGREES] = new_mark(x->panel, marks);
        if (!b->v[PANEL_AGREES].n)
            b->v[PANEL_AGREES] = a->v[PANEL_AGREES];
    } else if (contradict(a, b)) {
        add_word(x->panel, &a->v[PANEL_CONFLICT], b->v[PANEL_RECORD]);
        add_word(x->panel, &b->v[PANEL_CONFLICT], a->v[PANEL_RECORD]);
    }
}

/* Whether two figures of one line of the prose differ in their names. */
static bool has_names_apart(const struct group *x)
{
    for (size_t i = 0; i + 1 < x->count; i++) {
        const struct panel_row *a = x->rows[i], *b = x->rows[i + 1];
        if (!is_table(a) && !is_table(b) && same(a, b, PANEL_LINE) && !same_name(a, b))
            return true;
    }
    return false;
}

static void join_group(struct group *x, size_t *marks)
{
    const struct panel_row *named = NULL;
    x->one_name = true;
    x->by_name = has_names_apart(x);
    for (size_t i = 0; i < x->count; i++) {
        if (!is_table(x->rows[i]))
            continue;
        x->one_name = x->one_name && (!named || same_name(named, x->rows[i]));
        named = x->rows[i];
    }
    for (size_t i = 0; i < x->count; i++)
        for (size_t k = i + 1; k < x->count; k++)
            join(x, x->rows[i], x->rows[k], marks);
}

/* ---- the row that stands for all ---- */

enum { OPEN = WHY_MAX }; /* not yet put aside */

/* Puts rows aside for which `test` fails when some remain for which it holds; true when any were. */
static bool keep_if(struct group *x, bool (*test)(const struct panel_row *, struct grammar *),
                    enum panel_why why)
{
    size_t kept = 0, open = 0;
    for (size_t i = 0; i < x->count; i++) {
        open += x->rows[i]->why == (enum panel_why)OPEN;
        kept += x->rows[i]->why == (enum panel_why)OPEN && test(x->rows[i], x->g);
    }
    if (!kept || kept == open)
        return false;
    for (size_t i = 0; i < x->count; i++)
        if (x->rows[i]->why == (enum panel_why)OPEN && !test(x->rows[i], x->g))
            x->rows[i]->why = why;
    return true;
}

static bool test_given(const struct panel_row *r, struct grammar *g)
{
    (void)g;
    return !is(r, PANEL_KIND, "none");
}

static bool test_table(const struct panel_row *r, struct grammar *g)
{
    (void)g;
    return is_table(r);
}

static bool test_undivided(const struct panel_row *r, struct grammar *g)
{
    return !r->v[PANEL_BREAKDOWN].n && is_whole(r, g);
}

/* All rows still open state one thing: the first is taken. Otherwise none. */
static void settle(struct group *x, enum panel_why why)
{
    struct panel_row *first = NULL;
    bool agree = true;
    size_t open = 0;
    for (size_t i = 0; i < x->count; i++) {
        struct panel_row *r = x->rows[i];
        if (r->why != (enum panel_why)OPEN)
            continue;
        open++;
        agree = agree && (!first || (state_same(first, r) && !maybe_two(first, r, x->g)));
        first = first ? first : r;
    }
    for (size_t i = 0; i < x->count; i++)
        if (x->rows[i]->why == (enum panel_why)OPEN)
            x->rows[i]->why = agree ? WHY_SAME : WHY_SEVERAL;
    if (!agree || !first)
        return;
    first->taken = true;
    first->v[PANEL_TAKEN] = SLICE("1");
    first->why = why != WHY_ONLY ? why : open > 1 ? WHY_FIRST : WHY_ONLY;
}

/* Whether a row leaves the figure to the superior (市级下达) or to words (稳步提升). */
static bool leaves_open(const struct panel_row *r)
{
    return is(r, PANEL_KIND, "delegated") || is(r, PANEL_KIND, "qualitative");
}

/* Prose that gives a figure where the only row of the tables does not: both are said. */
static void set_beside(struct group *x)
{
    struct panel_row *table = NULL;
    for (size_t i = 0; i < x->count; i++) {
        if (x->rows[i]->why != (enum panel_why)OPEN)
            continue;
        if (table || !leaves_open(x->rows[i]))
            return;
        table = x->rows[i];
    }
    for (size_t i = 0; table && i < x->count; i++) {
        struct panel_row *r = x->rows[i];
        if (r->why != WHY_PROSE || !r->v[PANEL_VALUE].n || !is_whole(r, x->g))
            continue;
        r->why = WHY_BESIDE;
        add_word(x->panel, &table->v[PANEL_CONFLICT], r->v[PANEL_RECORD]);
        add_word(x->panel, &r->v[PANEL_CONFLICT], table->v[PANEL_RECORD]);
    }
}

/* Rows of tables under one name: 水质 beside 水质/大沙河, not 龙溪河水质 beside 其他河流水质/大沙河. */
static bool one_read(const struct group *x)
{
    const struct panel_row *first = NULL;
    for (size_t i = 0; i < x->count; i++) {
        if (x->rows[i]->why != (enum panel_why)OPEN || !is_table(x->rows[i]))
            continue;
        if (first && !same(first, x->rows[i], PANEL_READ))
            return false;
        first = x->rows[i];
    }
    return true;
}

static void take(struct group *x)
{
    enum panel_why why = WHY_ONLY;
    for (size_t i = 0; i < x->count; i++)
        x->rows[i]->why = (enum panel_why)OPEN;
    keep_if(x, test_given, WHY_EMPTY);
    if (keep_if(x, test_table, WHY_PROSE))
        why = WHY_TABLE;
    if (one_read(x) && keep_if(x, test_undivided, WHY_PART))
        why = WHY_WHOLE;
    set_beside(x);
    settle(x, why);
}

/* ---- the groups ---- */

static int compare(const struct panel_row *a, const struct panel_row *b)
{
    int by = slice_cmp(a->v[PANEL_CODE], b->v[PANEL_CODE]);
    if (!by && !a->v[PANEL_CODE].n)
        by = slice_cmp(a->v[PANEL_READ], b->v[PANEL_READ]);
    if (!by)
        by = (a->year > b->year) - (a->year < b->year);
    return by ? by : slice_cmp(a->v[PANEL_ROLE], b->v[PANEL_ROLE]);
}

static int compare_rows(const void *left, const void *right)
{
    const struct panel_row *const *a = left, *const *b = right;
    int by = compare(*a, *b);
    return by ? by : (*a > *b) - (*a < *b);
}

static void do_group(struct group *x, size_t *marks)
{
    if (x->count > PANEL_GROUP) {
        for (size_t i = 0; i < x->count; i++)
            x->rows[i]->why = WHY_TOO_MANY;
    } else {
        join_group(x, marks);
        take(x);
    }
    for (size_t i = 0; i < x->count; i++)
        x->rows[i]->v[PANEL_WHY] = slice_cstr(panel_why_names[x->rows[i]->why]);
}

/* ---- totals over the period ---- */

static enum value_kind kind_of(const struct panel_row *r)
{
    for (int i = 0; i < VALUE_KIND_MAX; i++)
        if (is(r, PANEL_KIND, value_kind_names[i]))
            return (enum value_kind)i;
    return VALUE_NONE;
}

static int year_of(struct slice s)
{
    int year = 0;
    for (size_t i = 0; i < s.n && i < 4 && s.p[i] >= '0' && s.p[i] <= '9'; i++)
        year = year * 10 + (s.p[i] - '0');
    return year;
}

static void take_over_period(struct panel *p, struct panel_row *r, const struct panel_plan *plan, struct grammar *g)
{
    struct period_figure f = { .code = r->v[PANEL_CODE],
                               .name = r->v[PANEL_READ],
                               .role = r->v[PANEL_ROLE],
                               .basis = r->v[PANEL_BASIS],
                               .kind = kind_of(r),
                               .fits = r->v[PANEL_NORM_VALUE].n && !r->v[PANEL_HIGH].n,
                               .year = r->year,
                               .base_year = year_of(r->v[PANEL_BASE_YEAR]),
                               .start_year = plan->start_year,
                               .end_year = plan->end_year };
    r->over_period = over_period(g, &f);
    if (!r->over_period)
        return;
    r->v[PANEL_BASIS] = SLICE("cumulative");
    add_word(p, &r->v[PANEL_INFERRED], SLICE("basis"));
}

void panel_join(struct panel *p, const struct panel_plan *plan, struct grammar *g)
{
    struct panel_row **order = mem_alloc((p->count + 1) * sizeof *order);
    size_t marks = 0;
    for (size_t i = 0; i < p->count; i++)
        take_over_period(p, &p->rows[i], plan, g);
    for (size_t i = 0; i < p->count; i++)
        order[i] = &p->rows[i];
    qsort(order, p->count, sizeof *order, compare_rows);
    for (size_t at = 0, end; at < p->count; at = end) {
        for (end = at + 1; end < p->count && compare(order[at], order[end]) == 0; end++)
            ;
        struct group x = { .panel = p, .g = g, .rows = order + at, .count = end - at };
        do_group(&x, &marks);
    }
    free(order);
}
