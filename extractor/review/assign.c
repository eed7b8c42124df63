#include "review/assign.h"

#include <stdlib.h>
#include <string.h>

/* ---- parts that share nothing ---- */

static uint32_t root_of(uint32_t *up, uint32_t i)
{
    while (up[i] != i) {
        up[i] = up[up[i]];
        i = up[i];
    }
    return i;
}

static int by_pair(const void *x, const void *y)
{
    const struct edge *e = x, *f = y;
    if (e->a != f->a)
        return e->a < f->a ? -1 : 1;
    if (e->b != f->b)
        return e->b < f->b ? -1 : 1;
    return (e->weight < f->weight) - (e->weight > f->weight);
}

static int by_weight(const void *x, const void *y)
{
    const struct edge *e = x, *f = y;
    if (e->weight != f->weight)
        return e->weight > f->weight ? -1 : 1;
    return by_pair(x, y);
}

struct parted {
    uint32_t part;
    struct edge edge;
};

static int by_part(const void *x, const void *y)
{
    const struct parted *e = x, *f = y;
    if (e->part != f->part)
        return e->part < f->part ? -1 : 1;
    return by_pair(&e->edge, &f->edge);
}

/* Orders the edges by part; the part is known by its first member of a. */
static void order_by_part(struct edge *edges, size_t count, size_t na, size_t nb, uint32_t *part)
{
    uint32_t *up = mem_alloc((na + nb + 1) * sizeof *up);
    struct parted *all = mem_alloc((count + 1) * sizeof *all);
    for (uint32_t i = 0; i < na + nb; i++)
        up[i] = i;
    for (size_t i = 0; i < count; i++) {
        uint32_t x = root_of(up, edges[i].a), y = root_of(up, (uint32_t)na + edges[i].b);
        up[x > y ? x : y] = x > y ? y : x;
    }
    for (size_t i = 0; i < count; i++)
        all[i] = (struct parted){root_of(up, edges[i].a), edges[i]};
    qsort(all, count, sizeof *all, by_part);
    for (size_t i = 0; i < count; i++) {
        edges[i] = all[i].edge;
        part[i] = all[i].part;
    }
    free(up);
    free(all);
}

/* ---- one part, exactly ---- */

/* A part with its members numbered from 0; rows is the smaller side. */
struct part {
    struct edge *edges;
    size_t count;
    uint32_t *row_of, *col_of; /* by member of a and b: number + 1, or 0 */
    uint32_t *rows, *cols;     /* the members */
    size_t row_count, col_count;
    bool flipped; /* rows are members of b */
};

static void number_members(struct part *p, uint32_t *number_a, uint32_t *number_b, uint32_t *as, uint32_t *bs)
{
    size_t na = 0, nb = 0;
    for (size_t i = 0; i < p->count; i++) {
        const struct edge *e = &p->edges[i];
        if (!number_a[e->a]) {
            as[na] = e->a;
            number_a[e->a] = (uint32_t)++na;
        }
        if (!number_b[e->b]) {
            bs[nb] = e->b;
            number_b[e->b] = (uint32_t)++nb;
        }
    }
    p->flipped = na > nb;
    p->rows = p->flipped ? bs : as;
    p->cols = p->flipped ? as : bs;
    p->row_of = p->flipped ? number_b : number_a;
    p->col_of = p->flipped ? number_a : number_b;
    p->row_count = p->flipped ? nb : na;
    p->col_count = p->flipped ? na : nb;
}

static void forget_members(struct part *p)
{
    for (size_t i = 0; i < p->row_count; i++)
        p->row_of[p->rows[i]] = 0;
    for (size_t i = 0; i < p->col_count; i++)
        p->col_of[p->cols[i]] = 0;
}

/* The state of the search; rows and columns from 1, 0 is the column a new row starts from. */
struct search {
    const int64_t *cost; /* row_count × col_count: minus the weight, 0 where there is no edge */
    size_t rows, cols;
    int64_t *row_price, *col_price, *slack;
    uint32_t *row_at, *way; /* by column: its row, the column before it on the path */
    bool *seen;
};

/* Extends the tree of alternating paths by the cheapest column. */
static size_t next_column(struct search *s, size_t from)
{
    size_t row = s->row_at[from], best = 0;
    int64_t least = INT64_MAX;
    for (size_t j = 1; j <= s->cols; j++) {
        if (s->seen[j])
            continue;
        int64_t reduced = s->cost[(row - 1) * s->cols + j - 1] - s->row_price[row] - s->col_price[j];
        if (reduced < s->slack[j]) {
            s->slack[j] = reduced;
            s->way[j] = (uint32_t)from;
        }
        if (s->slack[j] < least) {
            least = s->slack[j];
            best = j;
        }
    }
    for (size_t j = 0; j <= s->cols; j++) {
        if (s->seen[j]) {
            s->row_price[s->row_at[j]] += least;
            s->col_price[j] -= least;
        } else {
            s->slack[j] -= least;
        }
    }
    return best;
}

static void place_row(struct search *s, size_t row)
{
    size_t col = 0;
    s->row_at[0] = (uint32_t)row;
    for (size_t j = 0; j <= s->cols; j++) {
        s->slack[j] = INT64_MAX / 4;
        s->seen[j] = false;
    }
    do {
        s->seen[col] = true;
        col = next_column(s, col);
    } while (s->row_at[col]);
    while (col) {
        size_t before = s->way[col];
        s->row_at[col] = s->row_at[before];
        col = before;
    }
}

static void search_run(struct search *s)
{
    size_t n = s->cols + 1;
    s->row_price = mem_zalloc((s->rows + 1) * sizeof *s->row_price);
    s->col_price = mem_zalloc(n * sizeof *s->col_price);
    s->slack = mem_zalloc(n * sizeof *s->slack);
    s->row_at = mem_zalloc(n * sizeof *s->row_at);
    s->way = mem_zalloc(n * sizeof *s->way);
    s->seen = mem_zalloc(n * sizeof *s->seen);
    for (size_t row = 1; row <= s->rows; row++)
        place_row(s, row);
    free(s->row_price);
    free(s->col_price);
    free(s->slack);
    free(s->way);
    free(s->seen);
}

static void solve_exactly(struct part *p, uint32_t *mate_of_a)
{
    int64_t *cost = mem_zalloc(p->row_count * p->col_count * sizeof *cost);
    for (size_t i = 0; i < p->count; i++) {
        const struct edge *e = &p->edges[i];
        size_t row = p->row_of[p->flipped ? e->b : e->a] - 1, col = p->col_of[p->flipped ? e->a : e->b] - 1;
        int64_t *c = &cost[row * p->col_count + col];
        *c = -e->weight < *c ? -e->weight : *c;
    }
    struct search s = {.cost = cost, .rows = p->row_count, .cols = p->col_count};
    search_run(&s);
    for (size_t j = 1; j <= s.cols; j++) {
        size_t row = s.row_at[j];
        if (!row || !cost[(row - 1) * s.cols + j - 1])
            continue;
        uint32_t r = p->rows[row - 1], c = p->cols[j - 1];
        mate_of_a[p->flipped ? c : r] = p->flipped ? r : c;
    }
    free(s.row_at);
    free(cost);
}

/* By falling weight; what is paired already is left out. */
static void solve_greedily(struct part *p, uint32_t *mate_of_a, bool *taken_b)
{
    qsort(p->edges, p->count, sizeof *p->edges, by_weight);
    for (size_t i = 0; i < p->count; i++) {
        const struct edge *e = &p->edges[i];
        if (mate_of_a[e->a] != ASSIGN_NONE || taken_b[e->b])
            continue;
        mate_of_a[e->a] = e->b;
        taken_b[e->b] = true;
    }
}

size_t assign_best(struct edge *edges, size_t count, size_t na, size_t nb, uint32_t *mate_of_a)
{
    uint32_t *part_of = mem_alloc((count + 1) * sizeof *part_of);
    uint32_t *number_a = mem_zalloc((na + 1) * sizeof *number_a), *number_b = mem_zalloc((nb + 1) * sizeof *number_b);
    uint32_t *as = mem_alloc((na + 1) * sizeof *as), *bs = mem_alloc((nb + 1) * sizeof *bs);
    bool *taken_b = mem_zalloc(nb + 1);
    size_t rough = 0;
    for (size_t i = 0; i < na; i++)
        mate_of_a[i] = ASSIGN_NONE;
    order_by_part(edges, count, na, nb, part_of);
    for (size_t from = 0, to; from < count; from = to) {
        for (to = from + 1; to < count && part_of[to] == part_of[from]; to++)
            ;
        struct part p = {.edges = edges + from, .count = to - from};
        number_members(&p, number_a, number_b, as, bs);
        bool exact = p.row_count <= ASSIGN_SIDE && p.row_count * p.col_count <= ASSIGN_CELLS;
        if (exact)
            solve_exactly(&p, mate_of_a);
        forget_members(&p);
        if (!exact) {
            rough += p.row_count + p.col_count;
            solve_greedily(&p, mate_of_a, taken_b);
        }
    }
    free(part_of);
    free(number_a);
    free(number_b);
    free(as);
    free(bs);
    free(taken_b);
    return rough;
}

/* ---- a longest rising run (patience) ---- */

void assign_rising(const uint32_t *values, size_t n, bool *rising)
{
    size_t *tops = mem_alloc((n + 1) * sizeof *tops), *before = mem_alloc((n + 1) * sizeof *before), piles = 0;
    for (size_t i = 0; i < n; i++) {
        size_t low = 0, high = piles;
        rising[i] = false;
        while (low < high) {
            size_t middle = (low + high) / 2;
            if (values[tops[middle]] < values[i])
                low = middle + 1;
            else
                high = middle;
        }
        before[i] = low ? tops[low - 1] : SIZE_MAX;
        tops[low] = i;
        piles += low == piles;
    }
    for (size_t i = piles ? tops[piles - 1] : SIZE_MAX; i != SIZE_MAX; i = before[i])
        rising[i] = true;
    free(tops);
    free(before);
}
