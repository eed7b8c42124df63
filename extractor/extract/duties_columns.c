/* Duties in the columns of tables: 责任单位, 牵头单位, 配合单位. */
#include "extract/duties_reader.h"

static const struct cell *responsible_cell(const struct table *t, int row, int col)
{
    const struct cell *cell = t->columns[col].role == COLUMN_RESPONSIBLE ? t->grid[row * t->cols + col] : NULL;
    return cell && cell->text.n && !cell->header ? cell : NULL;
}

/* The role that a header speaks of, by the note in the lexicon of headers: 牵头单位 → role lead. */
static struct slice header_role(struct duties_reader *r, const struct table *t, int col)
{
    struct lexicon_hit hit;
    const struct cell *head = t->header_rows ? t->grid[(t->header_rows - 1) * t->cols + col] : NULL;
    if (!head || !lexicon_find(grammar_lexicon(r->g, LEX_HEADERS), head->text, &hit))
        return SLICE("responsible");
    struct slice note = grammar_cell(r->g, LEX_HEADERS, hit.row, "note"), word;
    while (slice_split(&note, ' ', &word))
        if (slice_eq(word, SLICE("role")) && slice_split(&note, ' ', &word) && duties_is_role(word))
            return word;
    return SLICE("responsible");
}

/* Notes under a table may say that the first one listed leads in all its rows. */
static void read_order(struct duties_reader *r, const struct box *b)
{
    r->first_leads = NULL;
    r->order_stays = false;
    for (const struct note *n = r->p->notes; n; n = n->next)
        if (n->box == b && slice_eq(n->kind, SLICE("table")))
            duties_order(r, n->text);
    r->order_stays = r->first_leads != NULL;
}

static void read_row(struct duties_reader *r, const struct box *b, int row)
{
    const struct table *t = &b->table;
    r->section = b->section;
    for (int c = 0; c < t->cols; c++) {
        const struct cell *cell = responsible_cell(t, row, c);
        bool again = cell && c && cell == t->grid[row * t->cols + c - 1];
        size_t from = r->last_count;
        if (!cell || again)
            continue;
        struct slice bodies = plan_slice(r->p, cell->span);
        duties_parts(r, bodies, header_role(r, t, c), false);
        duties_first_leads(r, bodies, from);
    }
}

static void read_indicator_rows(struct duties_reader *r)
{
    const struct box *box = NULL;
    int row = -1;
    for (const struct indicator *o = r->p->indicators; o; o = o->next) {
        if (o->box == box && o->cell->row == row)
            continue;
        if (o->box != box)
            read_order(r, o->box);
        box = o->box;
        row = o->cell->row;
        duties_object(r, "indicator", o->id);
        read_row(r, box, row);
    }
}

static bool row_holds(const struct table *t, int row, uint32_t at)
{
    for (int c = 0; c < t->cols; c++) {
        const struct cell *cell = t->grid[row * t->cols + c];
        if (cell && cell->row == row && cell->span.begin <= at && at < cell->span.end)
            return true;
    }
    return false;
}

/* The first programme of a box that begins in the row; *next runs with the rows. */
static const struct project *programme_in(const struct box *b, int row, const struct project **next)
{
    for (const struct project *o = *next; o && o->box == b; o = o->next)
        if (!o->parent && row_holds(&b->table, row, o->span.begin)) {
            *next = o->next;
            return o;
        }
    return NULL;
}

static void read_other_rows(struct duties_reader *r, const struct box *b, const struct project *first)
{
    read_order(r, b);
    for (int row = b->table.header_rows; row < b->table.rows; row++) {
        const struct project *o = programme_in(b, row, &first);
        if (!o && (!b->section || extract_is_total(r->p, r->g, &b->table, row)))
            continue;
        duties_object(r, o ? "project" : "section", o ? o->id : b->section->id);
        read_row(r, b, row);
    }
}

static bool has_bearers(const struct table *t)
{
    for (int c = 0; c < t->cols; c++)
        if (t->columns && t->columns[c].role == COLUMN_RESPONSIBLE)
            return true;
    return false;
}

void duties_columns(struct duties_reader *r)
{
    const struct project *o = r->p->projects;
    read_indicator_rows(r);
    for (const struct box *b = r->p->boxes; b; b = b->next) {
        while (o && o->box && o->box != b && o->box->node->span.begin < b->node->span.begin)
            o = o->next;
        if (b->kind != BOX_INDICATORS && b->kind != BOX_COMPLETION && has_bearers(&b->table))
            read_other_rows(r, b, o);
    }
    r->first_leads = NULL;
    r->order_stays = false;
}
