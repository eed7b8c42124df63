/* Ranks and spread of the targets of a row among peers. */
#include "review/matrix.h"

#include <stdlib.h>

enum basis { LEVEL, CUMULATIVE, ANNUAL, MEAN, BASIS_MAX };

struct ranked {
    struct decimal number;
    struct matrix_cell *cell;
    enum basis basis;
    int height; /* at the same number: 1 above it, -1 below it, by the comparator */
};

struct ranking {
    const struct matrix_row *row;
    struct ranked *all; /* room for all cells of a row */
    size_t count;
};

static enum basis basis_of(struct slice basis)
{
    return slice_eq(basis, SLICE("cumulative")) ? CUMULATIVE
           : slice_eq(basis, SLICE("annual"))   ? ANNUAL
           : slice_eq(basis, SLICE("mean"))     ? MEAN
                                                : LEVEL;
}

/* An upper bound where more is better says nothing of how good it is; so does a lower one where less is. */
static bool bound_against(const struct figure *f, enum direction direction)
{
    char first = f->op.n ? f->op.p[0] : 0;
    return (first == '<' && direction == DIRECTION_UP) ||
           (first == '>' && direction == DIRECTION_DOWN);
}

/* >95 lies above 95 and ≥95, about 95 below them; <35 lies below 35. */
static int height_of(const struct figure *f, enum direction direction)
{
    int more = claim_demand(f->op, direction) - claim_demand(SLICE("="), direction);
    return direction == DIRECTION_DOWN ? -more : more;
}

static void gather(struct ranking *x, const struct matrix *m, size_t peers)
{
    for (size_t i = 0; i < x->row->count; i++) {
        struct matrix_cell *c = &x->row->cells[i];
        const struct figure *f = c->role[MATRIX_TARGET];
        struct ranked *r = &x->all[x->count];
        if (m->peers_of[c->plan] != peers || !figure_number(f, &r->number) ||
            bound_against(f, x->row->direction) || !slice_eq(f->unit, x->row->unit))
            continue;
        r->cell = c;
        r->basis = basis_of(f->basis);
        r->height = height_of(f, x->row->direction);
        x->count++;
    }
}

/* Keeps the figures of the basis that most have; the earlier one of the enumeration when two are even. */
static void keep_one_basis(struct ranking *x)
{
    size_t counts[BASIS_MAX] = { 0 }, kept = 0;
    enum basis best = LEVEL;
    for (size_t i = 0; i < x->count; i++)
        counts[x->all[i].basis]++;
    for (int b = 0; b < BASIS_MAX; b++)
        if (counts[b] > counts[best])
            best = (enum basis)b;
    for (size_t i = 0; i < x->count; i++) {
        x->all[i].cell->other_basis = x->all[i].basis != best;
        if (x->all[i].basis == best)
            x->all[kept++] = x->all[i];
    }
    x->count = kept;
}

static int compare(const struct ranked *a, const struct ranked *b)
{
    int by = decimal_compare(a->number, b->number);
    return by ? by : (a->height > b->height) - (a->height < b->height);
}

static int by_number(const void *left, const void *right)
{
    const struct ranked *a = left, *b = right;
    int by = compare(a, b);
    return by ? by : (a->cell > b->cell) - (a->cell < b->cell);
}

bool median_of(const struct decimal *sorted, size_t count, struct decimal *out)
{
    static const struct decimal half = { 5, 1 };
    *out = sorted[count / 2];
    return count % 2 || (decimal_add(sorted[count / 2 - 1], sorted[count / 2], out) &&
                         decimal_multiply(*out, half, out));
}

static bool spread(const struct ranking *x, struct spread *out)
{
    struct decimal *numbers = mem_alloc((x->count + 1) * sizeof *numbers);
    for (size_t i = 0; i < x->count; i++)
        numbers[i] = x->all[i].number;
    bool good = x->count && median_of(numbers, x->count, &out->median);
    if (good) {
        out->least = numbers[0];
        out->most = numbers[x->count - 1];
        out->count = x->count;
    }
    free(numbers);
    return good;
}

/* The i-th from the best. */
static struct ranked *from_best(const struct ranking *x, size_t i)
{
    return &x->all[x->row->direction == DIRECTION_UP ? x->count - 1 - i : i];
}

enum {
    PALE = 400
}; /* the heat of the worse of two, which are always the best and the worst: no more than a tinge */

static int heat(const struct ranking *x, const struct spread *s, struct decimal number)
{
    struct decimal above, range, share;
    if (!decimal_subtract(number, s->least, &above) ||
        !decimal_subtract(s->most, s->least, &range) || !decimal_quotient(above, range, 3, &share))
        return -1;
    while (share.scale < 3) {
        share.mantissa *= 10;
        share.scale++;
    }
    int height = x->row->direction == DIRECTION_UP ? (int)share.mantissa : 1000 - (int)share.mantissa;
    return x->count > 2 ? height : PALE + height * (1000 - 2 * PALE) / 1000;
}

static void give_ranks(struct ranking *x, const struct spread *s)
{
    for (size_t i = 0; i < x->count; i++) {
        struct ranked *r = from_best(x, i);
        const struct ranked *better = i ? from_best(x, i - 1) : NULL;
        bool even = better && compare(better, r) == 0;
        r->cell->rank = even ? better->cell->rank : (int)i + 1;
        r->cell->heat = heat(x, s, r->number);
    }
}

static int by_lexicon(const void *left, const void *right)
{
    const struct matrix_row *a = left, *b = right;
    int by = (a->order > b->order) - (a->order < b->order);
    return by ? by : slice_cmp(a->code, b->code);
}

void matrix_rank(struct matrix *m)
{
    struct ranking x = { .all = mem_alloc((m->plan_count + 1) * sizeof *x.all) };
    if (m->count)
        qsort(m->rows, m->count, sizeof *m->rows, by_lexicon);
    for (size_t i = 0; i < m->count; i++) {
        struct matrix_row *row = &m->rows[i];
        *index_put(&m->by_code, row->code) = i;
        row->spreads = arena_alloc(&m->arena, (m->peer_count + 1) * sizeof *row->spreads);
        x.row = row;
        for (size_t peers = 0; peers < m->peer_count; peers++) {
            x.count = 0;
            if (m->peers[peers].end_year) /* targets of unknown years are not comparable */
                gather(&x, m, peers);
            keep_one_basis(&x);
            qsort(x.all, x.count, sizeof *x.all, by_number);
            if (spread(&x, &row->spreads[peers]) && x.count > 1 &&
                row->direction != DIRECTION_UNKNOWN)
                give_ranks(&x, &row->spreads[peers]);
        }
    }
    free(x.all);
}
