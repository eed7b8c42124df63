/* Vertical merges: which blank cells stand for the cell above. */
#include "parse/grid.h"

#include "base/text.h"

static struct cell *at(const struct table *t, int row, int col)
{
    return t->grid[row * t->cols + col];
}

static struct slice text_at(const struct table *t, int row, int col)
{
    const struct cell *c = at(t, row, col);
    return c ? c->text : SLICE_NONE;
}

/* Makes the blank cell stand for what `above` stands for. */
static void take(struct cell *blank, struct cell *above)
{
    struct cell *head = above->from ? above->from : above;
    blank->from = head;
    blank->text = head->text;
    blank->span = head->span;
    if (blank->row == head->row + head->rowspan)
        head->rowspan++;
}

static bool is_full_width(const struct table *t, int row)
{
    return t->cols > 1 && at(t, row, 0) && at(t, row, 0)->colspan == t->cols;
}

static int column_of(const struct table *t, enum column_role role)
{
    for (int c = 0; c < t->cols; c++)
        if (t->columns[c].role == role)
            return c;
    return -1;
}

/* A row with a name of its own but no value at all: its values stand in the rows below. */
static bool is_group_row(const struct table *t, int row)
{
    int name = column_of(t, COLUMN_NAME);
    if (name < 0 || !at(t, row, name) || at(t, row, name)->from || !text_at(t, row, name).n ||
        text_fold_first(text_at(t, row, name)) == '#')
        return false;
    for (int c = 0; c < t->cols; c++) {
        const struct cell *cell = at(t, row, c);
        if (column_is_value(t->columns[c].role) && cell && (cell->text.n || cell->from))
            return false;
    }
    /* one below must say that it is a part: #… or a breakdown under a blank name */
    if (row + 1 >= t->rows)
        return false;
    struct slice below = text_at(t, row + 1, name);
    return text_fold_first(below) == '#' || !below.n;
}

/* A value cell that words, not numbers, fill: such a cell is often merged over several rows. */
static bool is_words(struct slice s)
{
    return text_prefix(s, 2) < s.n && text_is_han(text_first(s)); /* three chars or more */
}

static bool continues_item(const struct table *t, int row)
{
    int name = column_of(t, COLUMN_NAME);
    const struct cell *c = name < 0 ? NULL : at(t, row, name);
    return !c || c->from || !c->text.n || text_fold_first(c->text) == '#';
}

static bool has_text_right(const struct table *t, int row, int col)
{
    return col + 1 < t->cols && at(t, row, col + 1) && text_at(t, row, col + 1).n &&
           t->columns[col + 1].role == COLUMN_BREAKDOWN;
}

/* Whether the blank cell at (row, col) continues the cell above it. */
static bool is_merged(const struct table *t, int row, int col, const struct cell *above)
{
    switch (t->columns[col].role) {
    case COLUMN_GROUP:
    case COLUMN_RESPONSIBLE:
    case COLUMN_NATURE:
        return true;
    case COLUMN_NUMBER:
        return continues_item(t, row) || has_text_right(t, row, column_of(t, COLUMN_NAME));
    case COLUMN_NAME:
        return has_text_right(t, row, col);
    case COLUMN_UNIT:
        return continues_item(t, row);
    case COLUMN_OTHER:
        return column_of(t, COLUMN_PROJECT) > col;
    default:
        return column_is_value(t->columns[col].role) && is_words(above->text) && !is_group_row(t, row) &&
               !is_group_row(t, above->row);
    }
}

static void merge_cell(struct parse *ps, struct table *t, int row, int col)
{
    struct cell *cell = at(t, row, col);
    if (!cell || cell->text.n || cell->from || cell->col != col || cell->row != row)
        return;
    struct cell *above = at(t, row - 1, col);
    if (!above || !above->text.n || is_full_width(t, row - 1) || (!cell->header && above->header))
        return;
    if (cell->header ? above->colspan != cell->colspan : !is_merged(t, row, col, above))
        return;
    if (above->text.n > MERGED_TEXT_MAX)
        plan_limit(ps->p, "merged-text", MERGED_TEXT_MAX, cell->span);
    else
        take(cell, above);
}

/* Names first: whether a number or value continues depends on them. */
void grid_merge(struct parse *ps, struct table *t)
{
    for (int row = 1; row < t->rows; row++) {
        for (int col = 0; col < t->cols; col++)
            if (t->columns[col].role == COLUMN_NAME)
                merge_cell(ps, t, row, col);
        for (int col = 0; col < t->cols; col++)
            merge_cell(ps, t, row, col);
    }
}
