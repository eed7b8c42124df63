#include "review/ratchet.h"

#include <stdlib.h>

enum { CHAIN_MAX = 16 };

/* Plans that may be superior to one, nearest first. */
struct chain {
    uint32_t plans[CHAIN_MAX];
    size_t count;
};

struct work {
    const struct matrix *m;
    struct slice outline;  /* the name of the field of 规划纲要 */
    struct chain *chains;  /* of each plan */
    size_t *before;        /* of each plan: that of the period before, or SIZE_MAX */
    struct slice *parents; /* of each plan: code of the parent region */
    struct ratchet *out;
    size_t count;
};

/* ---- superiors ---- */

static int height(struct slice level)
{
    return slice_eq(level, SLICE("nation"))       ? 3
           : slice_eq(level, SLICE("province"))   ? 2
           : slice_eq(level, SLICE("prefecture")) ? 1
           : slice_eq(level, SLICE("county"))     ? 0
                                                  : -1;
}

/* Whether region a contains region b, by GB/T 2260. */
static bool contains(const struct panel_plan *a, const struct panel_plan *b)
{
    int above = height(a->region_level), below = height(b->region_level);
    size_t digits = above == 3 ? 0 : above == 2 ? 2 : 4;
    return below >= 0 && above > below && a->region_code.n == 6 && b->region_code.n == 6 &&
           memcmp(a->region_code.p, b->region_code.p, digits) == 0;
}

static bool same_period(const struct panel_plan *a, const struct panel_plan *b)
{
    return a->end_year && a->end_year == b->end_year && slice_eq(a->period, b->period);
}

/* Lower is nearer; -1: not superior. */
static int distance(const struct work *w, const struct panel_plan *a, const struct panel_plan *b)
{
    bool field = a->field.n && slice_eq(a->field, b->field);
    if (!contains(a, b) || !same_period(a, b) || (!field && !slice_eq(a->field, w->outline)))
        return -1;
    return height(a->region_level) * 2 + !field;
}

static void add_superior(const struct work *w, struct chain *c, uint32_t plan,
                         const struct panel_plan *below)
{
    int own = distance(w, &w->m->plans[plan], below);
    size_t at =
        c->count < CHAIN_MAX ? c->count : CHAIN_MAX - 1; /* a full chain drops its farthest */
    if (own < 0 || (c->count == CHAIN_MAX && distance(w, &w->m->plans[c->plans[at]], below) <= own))
        return;
    while (at > 0 && distance(w, &w->m->plans[c->plans[at - 1]], below) > own) {
        c->plans[at] = c->plans[at - 1];
        at--;
    }
    c->plans[at] = plan;
    c->count += c->count < CHAIN_MAX;
}

/* Plans of higher levels are few: each is offered to every plan. */
static void find_chains(struct work *w, size_t superior)
{
    const struct matrix *m = w->m;
    for (size_t i = 0; i < m->plan_count; i++) {
        if (superior != SIZE_MAX ? i != superior : height(m->plans[i].region_level) < 1)
            continue;
        for (size_t k = 0; k < m->plan_count; k++) {
            struct chain *c = &w->chains[k];
            if (superior == SIZE_MAX)
                add_superior(w, c, (uint32_t)i, &m->plans[k]);
            else if (k != i && same_period(&m->plans[i], &m->plans[k]))
                c->plans[c->count++] = (uint32_t)i;
        }
    }
}

static void find_outline(struct work *w)
{
    size_t rows = lexicon_rows(grammar_lexicon(w->m->g, LEX_FIELDS));
    for (size_t row = 0; row < rows; row++)
        if (slice_eq(grammar_cell(w->m->g, LEX_FIELDS, row, "code"), SLICE("outline")))
            w->outline = grammar_cell(w->m->g, LEX_FIELDS, row, "name");
}

/* ---- parents and the period before ---- */

static void find_parents(struct work *w)
{
    struct index codes = { 0 };
    size_t rows = lexicon_rows(grammar_lexicon(w->m->g, LEX_REGIONS));
    for (size_t row = 0; row < rows; row++)
        *index_put(&codes, grammar_cell(w->m->g, LEX_REGIONS, row, "code")) = row;
    for (size_t i = 0; i < w->m->plan_count; i++) {
        const size_t *row =
            w->m->plans[i].region_code.n ? index_get(&codes, w->m->plans[i].region_code) : NULL;
        w->parents[i] = row ? grammar_cell(w->m->g, LEX_REGIONS, *row, "parent") : SLICE_NONE;
    }
    index_done(&codes);
}

static struct slice period_key(struct buf *b, const struct panel_plan *p, int end_year)
{
    b->n = 0;
    buf_slice(b, p->region_code);
    buf_char(b, ' ');
    buf_slice(b, p->field);
    buf_printf(b, " %d", end_year);
    return buf_view(b);
}

static void find_before(struct work *w)
{
    struct index ends = { 0 };
    struct arena keys;
    struct buf b = { 0 };
    arena_init(&keys);
    for (size_t i = 0; i < w->m->plan_count; i++) {
        struct slice key = period_key(&b, &w->m->plans[i], w->m->plans[i].end_year);
        *index_put(&ends, slice_of(arena_dup(&keys, key.p, key.n), key.n)) = i;
    }
    for (size_t i = 0; i < w->m->plan_count; i++) {
        const struct panel_plan *p = &w->m->plans[i];
        const size_t *at = p->start_year && p->region_code.n
                               ? index_get(&ends, period_key(&b, p, p->start_year - 1))
                               : NULL;
        w->before[i] = at && *at != i ? *at : SIZE_MAX;
    }
    index_done(&ends);
    buf_done(&b);
    arena_done(&keys);
}

/* ---- gaps ---- */

static void set_gap(struct gap *g, struct decimal target, struct decimal other)
{
    static const struct decimal hundred = { 100, 0 };
    struct decimal zero = { 0, 0 }, size = other, times;
    if (!decimal_subtract(target, other, &g->absolute))
        return;
    g->known = true;
    if (decimal_compare(other, zero) < 0 && !decimal_subtract(zero, other, &size))
        return;
    g->has_share = decimal_multiply(g->absolute, hundred, &times) &&
                   decimal_quotient(times, size, 1, &g->share);
}

static void gap_of(const struct figure *target, const struct figure *other, struct gap *g)
{
    struct decimal a, b;
    if (other && slice_eq(target->basis, other->basis) && slice_eq(target->unit, other->unit) &&
        figure_number(target, &a) && figure_number(other, &b))
        set_gap(g, a, b);
}

static enum value_kind kind_of(struct slice name)
{
    for (int i = 0; i < VALUE_KIND_MAX; i++)
        if (slice_eq(name, slice_cstr(value_kind_names[i])))
            return (enum value_kind)i;
    return VALUE_NONE;
}

static struct claim claim_of(const struct matrix_row *row, const struct figure *f)
{
    return (struct claim){ .code = row->code,
                           .name = row->name,
                           .role = SLICE("target"),
                           .op = f->op,
                           .value = f->value,
                           .unit = f->unit,
                           .basis = f->basis,
                           .norm_value = f->value,
                           .norm_unit = f->unit,
                           .base_year = f->base_year,
                           .kind = kind_of(f->kind) };
}

static const struct figure *given(const struct figure *f)
{
    return f && !slice_eq(f->kind, SLICE("none")) ? f : NULL;
}

/* What was last: a base of 2015 gives way to what was there in 2020. */
static const struct figure *latest(const struct figure *base, const struct figure *actual)
{
    return !base || (actual && actual->year > base->year) ? actual : base;
}

static const struct figure *target_of(const struct matrix_row *row, size_t plan)
{
    const struct matrix_cell *c = plan != SIZE_MAX ? matrix_cell(row, plan) : NULL;
    return c ? given(c->role[MATRIX_TARGET]) : NULL;
}

static void beside_superior(const struct work *w, const struct matrix_row *row, struct ratchet *r)
{
    const struct chain *c = &w->chains[r->plan];
    for (size_t i = 0; i < c->count && !r->superior; i++) {
        r->superior = target_of(row, c->plans[i]);
        r->superior_plan = c->plans[i];
    }
    if (!r->superior)
        return;
    struct claim above = claim_of(row, r->superior), own = claim_of(row, r->target);
    const struct panel_plan *plans = w->m->plans;
    r->skips = height(plans[r->superior_plan].region_level) - height(plans[r->plan].region_level) > 1;
    if (!slice_eq(plans[r->superior_plan].region_code, plans[r->plan].region_code) && claim_is_total(w->m->g, &above))
        return; /* strictness stays unknown */
    gap_of(r->target, r->superior, &r->to_superior);
    if (r->to_superior.known && !r->delegated)
        r->strictness = claim_strictness(w->m->g, &above, &own);
}

/* ---- neighbours ---- */

struct neighbour {
    uint32_t plan;
    struct slice parent, basis;
    uint32_t peers;
    struct decimal number;
    size_t entry; /* of its ratchet */
};

static int by_region(const struct neighbour *a, const struct neighbour *b)
{
    int by = (a->peers > b->peers) - (a->peers < b->peers);
    if (!by)
        by = slice_cmp(a->parent, b->parent);
    return by ? by : slice_cmp(a->basis, b->basis);
}

static int by_number(const void *left, const void *right)
{
    const struct neighbour *a = left, *b = right;
    int by = by_region(a, b);
    if (!by)
        by = decimal_compare(a->number, b->number);
    return by ? by : (a->plan > b->plan) - (a->plan < b->plan);
}

/* The median of a sorted run without its i-th number. */
static bool median_without(const struct neighbour *run, size_t count, size_t i, struct decimal *out)
{
    size_t rest = count - 1, middle = rest / 2, below = middle ? middle - 1 : 0;
    struct decimal two[2] = { run[below + (below >= i)].number,
                              run[middle + (middle >= i)].number };
    if (rest % 2) {
        *out = two[1];
        return true;
    }
    return median_of(two, 2, out);
}

static void set_medians(struct work *w, struct neighbour *all, size_t count)
{
    qsort(all, count, sizeof *all, by_number);
    for (size_t at = 0, end; at < count; at = end) {
        for (end = at + 1; end < count && by_region(&all[at], &all[end]) == 0; end++)
            ;
        for (size_t i = at; i < end && end - at > 1 && all[at].parent.n; i++) {
            struct ratchet *r = &w->out[all[i].entry];
            if (!median_without(all + at, end - at, i - at, &r->median))
                continue;
            r->neighbours = end - at - 1;
            set_gap(&r->to_median, all[i].number, r->median);
        }
    }
}

/* ---- all of it ---- */

static void add_entry(struct work *w, size_t row, const struct matrix_cell *c)
{
    const struct matrix_row *at = &w->m->rows[row];
    struct ratchet *r = &w->out[w->count];
    *r =
        (struct ratchet){ .plan = c->plan, .row = (uint32_t)row, .target = c->role[MATRIX_TARGET] };
    r->delegated = slice_eq(r->target->kind, SLICE("delegated"));
    r->base = latest(given(c->role[MATRIX_BASE]), given(c->role[MATRIX_ACTUAL]));
    r->last = c->role[MATRIX_LAST] ? c->role[MATRIX_LAST] : target_of(at, w->before[c->plan]);
    gap_of(r->target, r->base, &r->to_base);
    gap_of(r->target, r->last, &r->to_last);
    beside_superior(w, at, r);
    w->count++;
}

static void add_row(struct work *w, size_t row, struct neighbour *all)
{
    const struct matrix_row *at = &w->m->rows[row];
    size_t count = 0, begin = w->count;
    for (size_t i = 0; i < at->count; i++) {
        const struct matrix_cell *c = &at->cells[i];
        struct neighbour *n = &all[count];
        if (!target_of(at, c->plan))
            continue;
        add_entry(w, row, c);
        *n = (struct neighbour){ .plan = c->plan,
                                 .parent = w->parents[c->plan],
                                 .peers = w->m->peers_of[c->plan],
                                 .basis = c->role[MATRIX_TARGET]->basis,
                                 .entry = w->count - 1 };
        count += figure_number(c->role[MATRIX_TARGET], &n->number);
    }
    set_medians(w, all, count);
    size_t kept = begin;
    for (size_t i = begin; i < w->count; i++) {
        const struct ratchet *r = &w->out[i];
        if (r->superior || r->base || r->last || r->neighbours || r->delegated)
            w->out[kept++] = *r;
    }
    w->count = kept;
}

static int by_plan(const void *left, const void *right)
{
    const struct ratchet *a = left, *b = right;
    int by = (a->plan > b->plan) - (a->plan < b->plan);
    return by ? by : (a->row > b->row) - (a->row < b->row);
}

size_t ratchet_of(const struct matrix *m, size_t superior, struct ratchet **out)
{
    size_t cells = 1, plans = m->plan_count + 1;
    for (size_t i = 0; i < m->count; i++)
        cells += m->rows[i].count;
    struct work w = { .m = m,
                      .out = mem_alloc(cells * sizeof *w.out),
                      .chains = mem_zalloc(plans * sizeof *w.chains),
                      .before = mem_alloc(plans * sizeof *w.before),
                      .parents = mem_alloc(plans * sizeof *w.parents) };
    struct neighbour *all = mem_alloc(plans * sizeof *all);
    find_outline(&w);
    find_chains(&w, superior);
    find_parents(&w);
    find_before(&w);
    for (size_t i = 0; i < m->count; i++)
        add_row(&w, i, all);
    qsort(w.out, w.count, sizeof *w.out, by_plan);
    free(all);
    free(w.chains);
    free(w.before);
    free(w.parents);
    *out = w.out;
    return w.count;
}
