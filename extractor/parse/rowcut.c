/* Where a table's rows begin: fragments between blank lines are joined or cut into rows so that most
 * rows have the same few lengths. */
#include "parse/grid.h"

enum {
    JOIN_MAX = 12,       /* fragments that may make one row */
    COST_JOIN = 2,       /* for each fragment joined to a row */
    COST_FULL_WIDTH = 1, /* a row of one cell: a group heading or a summary */
    COST_ODD = 3,        /* a row of a length no other row has */
    COST_ODD_JOIN = 12,  /* and joined besides */
};

/* Whether rows are mostly parted by one blank line; then two of them stand inside a broken cell. */
static bool one_blank_parts(const struct raw_cells *cells)
{
    size_t gaps[3] = {0, 0, 0};
    for (size_t i = 1; i < cells->count; i++)
        gaps[cells->list[i].gap]++;
    return gaps[1] > gaps[2];
}

/* Fragments: runs of cells that no blank line parts. A single cell with more blank lines behind it than
 * rows have was broken by them and goes on in its row. */
static size_t find_fragments(const struct raw_cells *cells, size_t *begins)
{
    size_t count = 0;
    bool one = one_blank_parts(cells);
    for (size_t i = 0; i < cells->count; i++) {
        bool broken = one && i > 0 && cells->list[i].gap == 2 && count && begins[count - 1] == i - 1;
        if (i == 0 || (cells->list[i].may_begin && !broken))
            begins[count++] = i;
    }
    begins[count] = cells->count;
    return count;
}

/* Lengths that at least two fragments have, and that of the first one (the header). */
static void find_lengths(const size_t *begins, size_t count, bool usual[GRID_COLS_MAX + 1])
{
    size_t seen[GRID_COLS_MAX + 1] = {0};
    for (size_t i = 0; i < count; i++) {
        size_t n = begins[i + 1] - begins[i];
        if (n <= GRID_COLS_MAX)
            seen[n]++;
    }
    for (size_t n = 2; n <= GRID_COLS_MAX; n++)
        usual[n] = seen[n] >= 2;
    size_t first = begins[1] - begins[0];
    if (first > 1 && first <= GRID_COLS_MAX)
        usual[first] = true;
}

static uint32_t row_cost(size_t cells, size_t fragments, const bool *usual)
{
    uint32_t join = (uint32_t)(fragments - 1) * COST_JOIN;
    if (cells <= GRID_COLS_MAX && usual[cells])
        return join;
    if (fragments == 1)
        return cells == 1 ? COST_FULL_WIDTH : COST_ODD;
    return join + COST_ODD_JOIN;
}

/* The cheapest way to make rows of fragments: cost[i] of the first i, from[i] where its last row begins. */
static size_t join_fragments(struct arena *a, const size_t *begins, size_t count, const bool *usual,
                             bool fixed, size_t *rows)
{
    uint32_t *cost = arena_alloc(a, (count + 1) * sizeof *cost);
    size_t *from = arena_alloc(a, (count + 1) * sizeof *from);
    for (size_t i = 1; i <= count; i++) {
        cost[i] = UINT32_MAX;
        for (size_t j = i; j-- > 0 && i - j <= (fixed ? 1 : JOIN_MAX);) {
            uint32_t c = cost[j] + row_cost(begins[i] - begins[j], i - j, usual);
            if (c < cost[i]) {
                cost[i] = c;
                from[i] = j;
            }
        }
    }
    size_t n = 0;
    for (size_t i = count; i > 0; i = from[i])
        rows[n++] = begins[from[i]];
    for (size_t i = 0; i < n / 2; i++) {
        size_t swap = rows[i];
        rows[i] = rows[n - 1 - i];
        rows[n - 1 - i] = swap;
    }
    return n;
}

/* A table without any blank line between its rows: as many columns as header words begin it. */
static size_t cut_evenly(const struct raw_cells *cells, size_t width, size_t *rows)
{
    size_t n = 0;
    for (size_t i = 0; i < cells->count; i += width)
        rows[n++] = i;
    return n;
}

size_t grid_cut_rows(struct parse *ps, const struct raw_cells *cells, size_t *rows)
{
    struct arena *a = &ps->p->arena;
    size_t *begins = arena_alloc(a, (cells->count + 1) * sizeof *begins);
    size_t count = find_fragments(cells, begins);
    size_t header = grid_header_run(ps, cells);
    if (count == 1 && header >= 2 && cells->count > header && cells->count % header == 0)
        return cut_evenly(cells, header, rows);
    bool usual[GRID_COLS_MAX + 1] = {false};
    find_lengths(begins, count, usual);
    bool fixed = cells->list[0].must_begin;
    return join_fragments(a, begins, count, usual, fixed, rows);
}
