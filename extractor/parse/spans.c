/* Rows of differing cell counts laid over one grid: which cell of a short row covers more columns. */
#include "parse/grid.h"

#include "base/particle.h"
#include "base/text.h"

#include <limits.h>
#include <stdlib.h>

/* What a cell looks like, and what a column mostly holds. */
enum look { LOOK_BLANK, LOOK_COUNT, LOOK_VALUE, LOOK_UNIT, LOOK_NATURE, LOOK_TEXT, LOOK_MAX };

struct layout {
    struct parse *ps;
    struct cell *cells;
    const size_t *rows;
    size_t row_count;
    int cols, header_rows;
    bool profiled;                    /* found when the first short row needs it */
    enum look profile[GRID_COLS_MAX]; /* LOOK_BLANK: unknown */
    int header_spans[HEADER_ROWS_MAX][GRID_COLS_MAX]; /* by header row and cell */
};

static int row_length(const struct layout *l, size_t r)
{
    return (int)(l->rows[r + 1] - l->rows[r]);
}

static bool is_count(struct slice s)
{
    size_t digits = 0;
    while (digits < s.n && s.p[digits] >= '0' && s.p[digits] <= '9')
        digits++;
    struct slice rest = text_trim(slice_of(s.p + digits, s.n - digits));
    return digits && digits <= 3 && (!rest.n || slice_eq(rest, SLICE(".")) || slice_eq(rest, SLICE("．")));
}

/* Figures begin with a digit, a comparator, a bracket or a dash; laying out needs no more. */
static bool begins_as_value(uint32_t c)
{
    static const uint32_t signs[] = {'<', '>', '[', '-', '~', 0x3010, 0x3014, 0x2014, 0x2013, 0x2265, 0x2264,
                                     0x2267, 0x2266}; /* 【〔—–≥≤≧≦ */
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (c == signs[i])
            return true;
    return c >= '0' && c <= '9';
}

/* 约5, 不低于36.91. */
static bool begins_with_comparator(struct parse *ps, struct slice s)
{
    struct lexicon_hit hit;
    size_t digit = 0;
    while (digit < s.n && (s.p[digit] < '0' || s.p[digit] > '9'))
        digit++;
    return digit && digit < s.n && lexicon_longest(grammar_lexicon(ps->g, LEX_COMPARATORS), s, 0, &hit) &&
           hit.length == digit;
}

static enum look look_of(struct parse *ps, struct slice s)
{
    struct lexicon_hit hit;
    if (!s.n)
        return LOOK_BLANK;
    if (s.n <= 9 && particle_ends(ps->g, s, PARTICLE_NATURE))
        return LOOK_NATURE;
    if (is_count(s))
        return LOOK_COUNT;
    if (s.n < 60 && (begins_as_value(text_fold_first(s)) || begins_with_comparator(ps, s)))
        return LOOK_VALUE;
    if (lexicon_find(grammar_lexicon(ps->g, LEX_UNITS), s, &hit))
        return LOOK_UNIT;
    return LOOK_TEXT;
}

/* The column's usual look, from the rows that have a cell for every column. */
static void find_profile(struct layout *l)
{
    l->profiled = true;
    int votes[GRID_COLS_MAX][LOOK_MAX] = {{0}};
    for (size_t r = (size_t)l->header_rows; r < l->row_count; r++) {
        if (row_length(l, r) != l->cols)
            continue;
        for (int c = 0; c < l->cols; c++)
            votes[c][look_of(l->ps, l->cells[l->rows[r] + (size_t)c].text)]++;
    }
    for (int c = 0; c < l->cols; c++) {
        int best = LOOK_BLANK;
        votes[c][LOOK_BLANK] = 0;
        for (int k = 1; k < LOOK_MAX; k++)
            if (votes[c][k] > votes[c][best])
                best = k;
        l->profile[c] = (enum look)best;
    }
}

/* How badly a look fits a column's. */
static int misfit(enum look cell, enum look column)
{
    if (column == LOOK_BLANK || cell == column)
        return 0;
    bool numbers = (cell == LOOK_COUNT || cell == LOOK_VALUE) && (column == LOOK_COUNT || column == LOOK_VALUE);
    if (cell == LOOK_BLANK || numbers)
        return 2;
    return cell == LOOK_TEXT && column == LOOK_VALUE ? 4 : 10;
}

/* The look a header word promises for its column. */
static enum look promised(struct parse *ps, struct slice s)
{
    struct column c;
    if (!grid_header_word(ps, s, &c))
        return LOOK_TEXT;
    switch (c.role) {
    case COLUMN_NUMBER:
        return LOOK_COUNT;
    case COLUMN_UNIT:
        return LOOK_UNIT;
    case COLUMN_NATURE:
        return LOOK_NATURE;
    default:
        return column_is_value(c.role) || c.year ? LOOK_VALUE : LOOK_TEXT;
    }
}

/* Cost of a cell over columns a .. b-1. Texts span readily, numbers and units hardly. */
static int cell_cost(const struct layout *l, size_t r, enum look look, int a, int b)
{
    int cost = 0;
    for (int c = a; c < b; c++)
        cost += misfit(look, l->profile[c]);
    bool header_value = (int)r < l->header_rows && look == LOOK_VALUE;
    int more = b - a - 1;
    if (header_value)
        return cost + more * more; /* years share their columns evenly */
    return cost + more * (look == LOOK_TEXT ? 1 : look == LOOK_BLANK ? 3 : 12);
}

/* In an inner header row a blank continues exactly one cell of the row above. */
static int blank_header_cost(const struct layout *l, size_t r, int a, int b)
{
    int at = 0;
    for (int i = 0; i < row_length(l, r - 1); i++) {
        int end = at + l->header_spans[r - 1][i];
        if (at == a && end == b)
            return 0;
        at = end;
    }
    return 15;
}

/* Chooses the cheapest spans of row r's cells (dynamic programming over columns). */
static void fit_row(struct layout *l, size_t r, int *spans)
{
    if (!l->profiled)
        find_profile(l);
    int k = row_length(l, r), n = l->cols;
    static const int far = INT_MAX / 2;
    int cost[GRID_COLS_MAX + 1][GRID_COLS_MAX + 1], from[GRID_COLS_MAX + 1][GRID_COLS_MAX + 1];
    bool inner_header = r > 0 && (int)r < l->header_rows;
    for (int i = 0; i <= k; i++)
        for (int c = 0; c <= n; c++)
            cost[i][c] = i == 0 && c == 0 ? 0 : far;
    for (int i = 0; i < k; i++) {
        struct slice text = l->cells[l->rows[r] + (size_t)i].text;
        enum look look = (int)r < l->header_rows && text.n ? promised(l->ps, text) : look_of(l->ps, text);
        for (int a = i; a <= n - (k - i); a++)
            for (int b = a + 1; cost[i][a] < far && b <= n - (k - i - 1); b++) {
                int c = cost[i][a] + (inner_header && look == LOOK_BLANK
                                          ? blank_header_cost(l, r, a, b)
                                          : cell_cost(l, r, look, a, b));
                if (c < cost[i + 1][b]) {
                    cost[i + 1][b] = c;
                    from[i + 1][b] = a;
                }
            }
    }
    for (int i = k, b = n; i > 0; b = from[i][b], i--)
        spans[i - 1] = b - from[i][b];
}

static bool same_length_header(const struct layout *l, size_t r, int *spans)
{
    for (int h = l->header_rows; h-- > 0;) {
        if ((size_t)h >= r || row_length(l, (size_t)h) != row_length(l, r))
            continue;
        memcpy(spans, l->header_spans[h], sizeof(int) * (size_t)row_length(l, r));
        return true;
    }
    return false;
}

static void place_row(struct layout *l, size_t r)
{
    int k = row_length(l, r), spans[GRID_COLS_MAX] = {0};
    bool header = (int)r < l->header_rows;
    if (k >= l->cols)
        for (int i = 0; i < k; i++)
            spans[i] = 1;
    else if (k == 1)
        spans[0] = l->cols;
    else if (header || !same_length_header(l, r, spans))
        fit_row(l, r, spans);
    if (header)
        memcpy(l->header_spans[r], spans, sizeof spans);
    for (int i = 0, col = 0; i < k; col += spans[i++]) {
        struct cell *c = &l->cells[l->rows[r] + (size_t)i];
        c->row = (int)r;
        c->col = col;
        c->colspan = spans[i];
        c->rowspan = 1;
        c->header = header;
    }
}

void grid_place(struct parse *ps, struct cell *cells, const size_t *rows, size_t row_count, int cols,
                int header_rows)
{
    struct layout *l = mem_zalloc(sizeof *l);
    *l = (struct layout){.ps = ps, .cells = cells, .rows = rows, .row_count = row_count,
                         .cols = cols, .header_rows = header_rows};
    for (size_t r = 0; r < row_count; r++)
        place_row(l, r);
    free(l);
}
