#include "parse/table.h"

#include "base/text.h"
#include "parse/grid.h"

#include <stdio.h>

struct slice grid_text(struct parse *ps, const struct raw_cell *cell)
{
    return plan_flat(ps->p, cell->span, false);
}

/* A last row of one cell that reads as a sentence sums up the table; it is no row of the grid. */
static bool is_summary(const struct cell *cells, const size_t *rows, size_t row_count, int cols)
{
    size_t last = row_count - 1;
    if (cols < 2 || row_count < 3 || rows[last + 1] - rows[last] != 1)
        return false;
    struct slice s = cells[rows[last]].text;
    return slice_ends(s, SLICE("。")) || text_chars(s) > 20;
}

/* 序号 over 1: the first row is a header whatever its other words are. */
static bool numbers_below(struct parse *ps, const struct cell *cells, const size_t *rows, size_t row_count)
{
    struct column c;
    return row_count > 1 && grid_header_word(ps, cells[0].text, &c) && c.role == COLUMN_NUMBER &&
           slice_eq(cells[rows[1]].text, SLICE("1"));
}

/* The first row, and those under it that only have header words and blanks. */
static int count_header_rows(struct parse *ps, const struct cell *cells, const size_t *rows,
                             size_t row_count)
{
    int header = 0;
    for (size_t r = 0; r < row_count && header < HEADER_ROWS_MAX; r++, header++) {
        size_t words = 0, blanks = 0, n = rows[r + 1] - rows[r];
        struct column c;
        for (size_t i = rows[r]; i < rows[r + 1]; i++) {
            blanks += cells[i].text.n == 0;
            words += cells[i].text.n && grid_header_word(ps, cells[i].text, &c);
        }
        bool all = words + blanks == n;
        bool first = (words * 2 >= n && words >= 2) || numbers_below(ps, cells, rows, row_count);
        if (r == 0 ? !first : !all || !words || !blanks)
            break;
    }
    return header;
}

static struct cell *make_cells(struct parse *ps, const struct raw_cells *raw)
{
    struct cell *cells = arena_alloc(&ps->p->arena, raw->count * sizeof *cells);
    for (size_t i = 0; i < raw->count; i++) {
        cells[i].text = grid_text(ps, &raw->list[i]);
        cells[i].span = raw->list[i].span;
    }
    return cells;
}

static int widest(const size_t *rows, size_t row_count)
{
    size_t most = 0;
    for (size_t r = 0; r < row_count; r++)
        if (rows[r + 1] - rows[r] > most)
            most = rows[r + 1] - rows[r];
    return most > GRID_COLS_MAX ? -1 : (int)most;
}

static struct node *make_row(struct parse *ps, struct node *table, struct cell *cells, size_t begin,
                             size_t end)
{
    struct span span = {cells[begin].span.begin, cells[end - 1].span.end};
    struct node *row = parse_block(ps, table, NODE_ROW, span);
    for (size_t i = begin; i < end; i++) {
        cells[i].node = parse_block(ps, row, NODE_CELL, cells[i].span);
        cells[i].node->u.cell = &cells[i];
    }
    return row;
}

static void fill_grid(struct parse *ps, struct table *t, struct cell *cells, const size_t *rows)
{
    t->grid = arena_alloc(&ps->p->arena, (size_t)t->rows * (size_t)t->cols * sizeof *t->grid);
    for (size_t i = rows[0]; i < rows[t->rows]; i++)
        for (int c = 0; c < cells[i].colspan; c++)
            t->grid[cells[i].row * t->cols + cells[i].col + c] = &cells[i];
}

/* A table over a limit is kept as text. */
static bool is_too_large(struct plan *p, int cols, size_t rows, struct span span)
{
    char limit[24];
    snprintf(limit, sizeof limit, "%d", GRID_COLS_MAX);
    if (cols < 1)
        plan_diag(p, DIAG_TABLE_WIDE, span, slice_cstr(limit), SLICE_NONE);
    else if (rows * (size_t)cols > GRID_PLACES_MAX)
        plan_limit(p, "table-places", GRID_PLACES_MAX, span);
    else
        return false;
    return true;
}

/* Rows whose number of cells no other row has. */
static void report_odd_rows(struct parse *ps, const struct table *t, const struct cell *cells,
                            const size_t *rows)
{
    size_t alike[GRID_COLS_MAX + 1] = {0};
    for (int r = 0; r < t->rows; r++)
        alike[rows[r + 1] - rows[r]]++;
    for (int r = t->header_rows; r < t->rows; r++) {
        size_t n = rows[r + 1] - rows[r];
        if (alike[n] >= 2 || n == 1 || (int)n == t->cols)
            continue;
        char have[24], want[24];
        snprintf(have, sizeof have, "%zu", n);
        snprintf(want, sizeof want, "%d", t->cols);
        plan_diag(ps->p, DIAG_ROW_CELLS, cells[rows[r]].span, slice_cstr(have), slice_cstr(want));
    }
}

bool table_build(struct parse *ps, struct box *box, const struct raw_cells *raw)
{
    struct plan *p = ps->p;
    size_t *rows = arena_alloc(&p->arena, (raw->count + 1) * sizeof *rows);
    size_t count = grid_cut_rows(ps, raw, rows);
    rows[count] = raw->count;
    int cols = widest(rows, count);
    if (is_too_large(p, cols, count, raw->span))
        return false;
    struct cell *cells = make_cells(ps, raw);
    bool summary = is_summary(cells, rows, count, cols);
    struct table *t = &box->table;
    t->cols = cols;
    t->rows = (int)(count - summary);
    t->header_rows = cols > 1 ? count_header_rows(ps, cells, rows, (size_t)t->rows) : 0;
    grid_place(ps, cells, rows, (size_t)t->rows, cols, t->header_rows);
    uint32_t end = cells[rows[t->rows] - 1].span.end;
    struct node *table = parse_block(ps, box->node, NODE_TABLE, (struct span){raw->span.begin, end});
    for (int r = 0; r < t->rows; r++)
        make_row(ps, table, cells, rows[r], rows[r + 1]);
    fill_grid(ps, t, cells, rows);
    grid_columns(ps, t);
    grid_merge(ps, t);
    report_odd_rows(ps, t, cells, rows);
    if (summary)
        parse_block(ps, box->node, NODE_NOTE, cells[rows[t->rows]].span);
    if (!t->header_rows && cols > 1)
        plan_diag(p, DIAG_NO_HEADER, cells[0].span, cells[0].text, SLICE_NONE);
    return true;
}
