/* Tables whose cells have no TAB before them. Rows of cells parted by TABs, the first one where the line begins: found
 * by their header words. Cells one a line, parted by blank lines, without any TAB: found by their running numbers. 序号 begins the header; the cell that reads 1 begins the first row, so the distance between
 * the two is the number of columns; rows go on as long as the numbers do. */
#include "parse/bare.h"

#include "base/numeral.h"
#include "base/text.h"
#include "parse/grid.h"

enum { COLUMNS_MIN = 3, COLUMNS_MAX = 16, ROWS_MIN = 2, CELLS_MAX = 2000, CELL_LINES = 60, CELL_CHARS = 40 };

/* The first line of the next cell: a line with text behind a blank one. Many lines are no cell. */
static size_t next_cell(const struct parse *ps, size_t i)
{
    const struct line *list = ps->lines.list;
    size_t count = ps->lines.count, begin = i;
    while (i < count && i - begin < CELL_LINES && !line_is_blank(&list[i]))
        i++;
    if (i - begin == CELL_LINES)
        return count;
    i = parse_next(ps, i);
    bool ends = i < count && (line_is_strong(&list[i]) || line_is_caption(&list[i]) ||
                              list[i].kind == LINE_CELL);
    return ends ? count : i;
}

static bool is_number(const struct parse *ps, size_t i, int number)
{
    struct slice s = line_body(ps->p, &ps->lines.list[i]);
    return s.n && s.n <= 6 && numeral_count(s) == number;
}

/* Cells between 序号 at line i and the cell that reads 1; 0 when there is none near. */
static int count_columns(const struct parse *ps, size_t i)
{
    for (int n = 1; n <= COLUMNS_MAX; n++) {
        i = next_cell(ps, i);
        if (i >= ps->lines.count)
            return 0;
        if (is_number(ps, i, 1))
            return n;
    }
    return 0;
}

/* The line after `n` cells from line i; lines.count when the text ends before. */
static size_t skip_cells(const struct parse *ps, size_t i, int n)
{
    while (n-- > 0 && i < ps->lines.count)
        i = next_cell(ps, i);
    return i;
}

static void mark_cells(struct parse *ps, size_t i, size_t cells, int columns)
{
    for (size_t n = 0; n < cells && i < ps->lines.count; n++) {
        ps->lines.list[i].kind = LINE_CELL;
        ps->lines.list[i].match = 0;
        ps->lines.list[i].bare = n % (size_t)columns == 0 ? BARE_ROW : BARE_CELL;
        size_t next = next_cell(ps, i);
        for (size_t k = i + 1; k < next && k < ps->lines.count && !line_is_blank(&ps->lines.list[k]); k++)
            ps->lines.list[k].kind = LINE_TEXT;
        i = next;
    }
}

/* Lines from i to the next blank one, counted up to more than may be columns. */
static size_t block_length(const struct parse *ps, size_t i)
{
    size_t n = 0;
    while (n <= COLUMNS_MAX && i + n < ps->lines.count && !line_is_blank(&ps->lines.list[i + n]))
        n++;
    return n;
}

static void mark_row(struct parse *ps, size_t i, size_t columns)
{
    for (size_t k = 0; k < columns; k++) {
        ps->lines.list[i + k].kind = LINE_CELL;
        ps->lines.list[i + k].match = 0;
        ps->lines.list[i + k].bare = k == 0 ? BARE_ROW : BARE_CELL;
    }
}

/* Under a caption: a block of header words, one a line, and blocks of as many lines, one a row. */
static bool find_blocks(struct parse *ps, size_t caption)
{
    struct column c;
    size_t first = parse_next(ps, caption + 1), columns = block_length(ps, first), rows = 0;
    if (columns < COLUMNS_MIN || columns > COLUMNS_MAX)
        return false;
    for (size_t k = 0; k < columns; k++)
        if (!grid_header_word(ps, line_body(ps->p, &ps->lines.list[first + k]), &c))
            return false;
    for (size_t i = first; i < ps->lines.count && block_length(ps, i) == columns;
         i = parse_next(ps, i + columns), rows++) {
        const struct line *l = &ps->lines.list[i];
        if (line_is_strong(l) || line_is_caption(l) || l->kind == LINE_CELL)
            break;
        mark_row(ps, i, columns);
    }
    return rows >= ROWS_MIN;
}

static bool holds_values(const struct column *c)
{
    return column_is_value(c->role) || c->year;
}

/* Whether a line may stand in a column: a value, a number, a name with hanzi that is no value. */
static bool fits_column(struct parse *ps, const struct line *l, const struct column *c)
{
    struct rule_match m;
    struct slice s = line_body(ps->p, l);
    if (line_is_blank(l) || line_is_caption(l) || l->kind == LINE_CELL || text_chars(s) > CELL_CHARS)
        return false;
    bool value = rules_match(ps->g->rules, PLACE_VALUE, s, &m) && !slice_eq(m.field[FIELD_KIND], SLICE("qualitative"));
    if (holds_values(c))
        return value;
    if (c->role == COLUMN_NUMBER)
        return numeral_count(s) > 0;
    return c->role != COLUMN_NAME || (!value && text_is_han(text_first(s)));
}

/* Under a caption, without a blank line anywhere: header words, and rows of as many lines that fit their columns. One
 * cell lost would move all values behind it, so the rows must fill the block to its end. *header: whether there is one. */
static bool find_run(struct parse *ps, size_t caption, bool *header)
{
    struct column columns[COLUMNS_MAX];
    size_t first = parse_next(ps, caption + 1), n = 0, rows = 0, values = 0;
    const struct line *list = ps->lines.list;
    while (n < COLUMNS_MAX && first + n < ps->lines.count && list[first + n].kind == LINE_TEXT &&
           grid_header_word(ps, line_body(ps->p, &list[first + n]), &columns[n]))
        values += holds_values(&columns[n++]);
    size_t i = first + n;
    *header = n >= COLUMNS_MIN && values;
    if (!*header)
        return false;
    for (; i + n <= ps->lines.count && !line_is_blank(&list[i]); i += n, rows++)
        for (size_t k = 0; k < n; k++)
            if (!fits_column(ps, &list[i + k], &columns[k]))
                return false;
    if (rows < ROWS_MIN || (i < ps->lines.count && !line_is_blank(&list[i])))
        return false;
    for (size_t r = 0; r <= rows; r++)
        mark_row(ps, first + r * n, n);
    return true;
}

/* Under a caption: header words one a line, and behind them as many full rows as there are cells. */
static bool find_captioned(struct parse *ps, size_t caption)
{
    struct column c;
    size_t i = next_cell(ps, caption), first = i, cells = 0, columns = 0;
    bool header = true;
    for (; i < ps->lines.count && cells < CELLS_MAX; i = next_cell(ps, i), cells++) {
        const struct line *l = &ps->lines.list[i];
        if (text_last(line_body(ps->p, l)) == 0x3002 || l->kind == LINE_ITEM || l->kind == LINE_SUBITEM)
            break;
        header = header && grid_header_word(ps, line_body(ps->p, l), &c);
        columns += header;
    }
    bool full = columns >= COLUMNS_MIN && cells > columns && cells % columns == 0;
    if (full)
        mark_cells(ps, first, cells, (int)columns);
    return full;
}

/* ---- rows of cells parted by TABs ---- */

/* Cells of a line that TABs part; a TAB that it begins with follows a blank cell. */
static size_t tabbed_cells(const struct parse *ps, const struct line *l)
{
    const char *base = ps->p->source.text.p;
    size_t cells = 1;
    for (uint32_t at = l->begin; at < l->end; cells++) {
        const char *tab = memchr(base + at, '\t', l->end - at);
        if (!tab)
            break;
        at = (uint32_t)(tab - base) + 1;
    }
    return cells;
}

/* Whether a line holds several header words parted by TABs. */
static bool is_tabbed_header(struct parse *ps, const struct line *l)
{
    struct slice rest = slice_of(ps->p->source.text.p + l->begin, l->end - l->begin), cell;
    struct column c;
    int words = 0;
    while (slice_split(&rest, '\t', &cell))
        words += text_trim(cell).n && grid_header_word(ps, text_trim(cell), &c);
    return words >= 2;
}

/* A header of several cells at line i, and rows of no more cells under it, blank lines between or not. Returns the line
 * behind them, or i. */
static size_t find_tabbed(struct parse *ps, size_t i)
{
    struct line *list = ps->lines.list;
    size_t columns = tabbed_cells(ps, &list[i]), end = i + 1, rows = 0;
    if (columns < COLUMNS_MIN || columns > COLUMNS_MAX || !is_tabbed_header(ps, &list[i]))
        return i;
    for (size_t k = parse_next(ps, i + 1); k < ps->lines.count; k = parse_next(ps, k + 1)) {
        size_t cells = tabbed_cells(ps, &list[k]);
        if (cells < 2 || cells > columns || line_is_caption(&list[k]))
            break;
        rows++;
        end = k + 1;
    }
    if (!rows)
        return i;
    for (size_t k = i; k < end; k++)
        if (!line_is_blank(&list[k])) {
            list[k].kind = LINE_CELL;
            list[k].match = 0;
            list[k].bare = BARE_TABBED;
        }
    return end;
}

/* A header whose first cell is blank begins with a TAB; then the rows under it do not. */
static bool is_header_of_tabbed(const struct parse *ps, size_t i)
{
    const char *base = ps->p->source.text.p;
    const struct line *l = &ps->lines.list[i];
    size_t k = parse_next(ps, i + 1);
    if (k >= ps->lines.count)
        return false;
    const struct line *next = &ps->lines.list[k];
    return base[l->begin] == '\t' && base[next->begin] != '\t' && tabbed_cells(ps, next) >= COLUMNS_MIN &&
           tabbed_cells(ps, l) == tabbed_cells(ps, next);
}

static void find_all_tabbed(struct parse *ps)
{
    const struct source *s = &ps->p->source;
    if (ps->lines.tabs_indent || !memchr(s->text.p, '\t', s->text.n))
        return;
    for (size_t i = 0; i < ps->lines.count; i++) {
        const struct line *l = &ps->lines.list[i];
        if (l->begin < l->end && (l->kind != LINE_CELL || is_header_of_tabbed(ps, i)) && memchr(s->text.p + l->begin, '\t', l->end - l->begin)) {
            size_t end = find_tabbed(ps, i);
            i = end > i ? end - 1 : i;
        }
    }
}

void bare_tables_find(struct parse *ps)
{
    struct column c;
    find_all_tabbed(ps);
    for (size_t i = 0; i < ps->lines.count; i++) {
        const struct line *l = &ps->lines.list[i];
        bool header = false;
        if (line_is_caption(l) && !find_blocks(ps, i) && !find_run(ps, i, &header) && !find_captioned(ps, i) && header)
            plan_diag(ps->p, DIAG_TABLE_FLAT, (struct span){l->body_begin, l->body_begin}, SLICE_NONE, SLICE_NONE);
        if (l->kind != LINE_TEXT || l->body_end - l->body_begin > 12 ||
            !grid_header_word(ps, line_body(ps->p, l), &c) || c.role != COLUMN_NUMBER)
            continue;
        int columns = count_columns(ps, i), rows = 0;
        if (columns < COLUMNS_MIN)
            continue;
        size_t at = skip_cells(ps, i, columns);
        while (at < ps->lines.count && is_number(ps, at, rows + 1)) {
            rows++;
            at = skip_cells(ps, at, columns);
        }
        if (rows >= ROWS_MIN)
            mark_cells(ps, i, (size_t)(rows + 1) * (size_t)columns, columns);
    }
}
