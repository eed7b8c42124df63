#include "write/rows.h"

#include "base/text.h"

#include <assert.h>

size_t rows_keys(const struct rows_definition *d)
{
    size_t keys = 0;
    for (size_t i = 0; i < d->count; i++)
        keys += d->columns[i].key;
    return keys;
}

bool rows_is_keyed(const struct rows_definition *d)
{
    return rows_keys(d) > 2;
}

uint64_t rows_number(struct slice digits)
{
    uint64_t n = 0;
    for (size_t i = 0; i < digits.n; i++)
        n = n * 10 + (uint64_t)(digits.p[i] - '0');
    return n;
}

bool rows_is_integer(const struct rows_column *column, struct slice value)
{
    if (column->integer || !column->mixed)
        return column->integer;
    for (size_t i = 0; i < value.n; i++)
        if (value.p[i] < '0' || value.p[i] > '9')
            return false;
    return value.n > 0 && value.n < 10 && (value.p[0] != '0' || value.n == 1);
}

/* A place in the source whose line and column are known. The next place asked for is mostly near,
 * so chars are counted from here: a line of a megabyte with thousands of records stays cheap. */
struct cursor {
    uint32_t offset, line, col;
};

struct emitter {
    const struct plan *plan;
    rows_sink sink;
    void *ctx;
    struct cursor at;
    size_t count;                          /* values of the row so far */
    struct slice values[ROWS_COLUMNS_MAX];
    char digits[ROWS_COLUMNS_MAX][12];     /* room for the integers of the row */
};

static uint32_t chars_between(const struct plan *p, uint32_t from, uint32_t to)
{
    return (uint32_t)text_chars(slice_of(p->source.text.p + from, to - from));
}

static void go_to(struct emitter *e, uint32_t offset)
{
    const uint32_t *begin = e->plan->source.line_begin;
    struct cursor *at = &e->at;
    uint32_t way = offset > at->offset ? offset - at->offset : at->offset - offset;
    bool elsewhere = offset < begin[at->line - 1] ||
                     (at->line < e->plan->source.line_count && offset >= begin[at->line]);
    if (elsewhere)
        at->line = plan_line(e->plan, offset);
    if (elsewhere || way > COLUMN_STEP)
        at->col = plan_col(e->plan, offset);
    else if (offset >= at->offset)
        at->col += chars_between(e->plan, at->offset, offset);
    else
        at->col -= chars_between(e->plan, offset, at->offset);
    at->offset = offset;
}

/* ---- values of a row, left to right ---- */

static void put(struct emitter *e, struct slice value)
{
    e->values[e->count++] = value.n ? value : SLICE_NONE; /* empty is "no value" */
}

static void put_name(struct emitter *e, const char *name)
{
    put(e, slice_cstr(name));
}

static void put_int(struct emitter *e, uint32_t value)
{
    char *end = e->digits[e->count] + sizeof e->digits[0], *at = end;
    do {
        *--at = (char)('0' + value % 10);
        value /= 10;
    } while (value);
    put(e, slice_of(at, (size_t)(end - at)));
}

static void put_int_if(struct emitter *e, bool known, int value)
{
    if (known && value >= 0)
        put_int(e, (uint32_t)value);
    else
        put(e, SLICE_NONE);
}

/* Digits for a column of integers; what is not a small number is no value. */
static void put_digits(struct emitter *e, struct slice digits)
{
    bool good = digits.n < 10;
    for (size_t i = 0; i < digits.n; i++)
        good = good && digits.p[i] >= '0' && digits.p[i] <= '9';
    put(e, good ? digits : SLICE_NONE);
}

static void put_section(struct emitter *e, const struct section *s)
{
    put_name(e, s ? s->id : NULL);
}

static void put_line(struct emitter *e, struct span span)
{
    go_to(e, span.begin);
    put_int(e, e->at.line);
}

static void put_place(struct emitter *e, struct span span)
{
    put_line(e, span);
    put_int(e, e->at.col);
    put_int(e, span.begin);
    put_int(e, span.end);
}

static void start(struct emitter *e)
{
    e->count = 0;
    put_name(e, e->plan->id);
}

static void finish(struct emitter *e, enum rows_table table)
{
    assert(e->count == rows_definitions[table].count);
    e->sink(e->ctx, table, e->values, e->count);
}

/* ---- one function a table ---- */

static void emit_plan(struct emitter *e)
{
    const struct plan *p = e->plan;
    struct buf inferred = {0};
    start(e);
    put(e, p->source.file);
    put_name(e, p->source.sha256);
    put_name(e, p->source.format);
    put_name(e, p->source.encoding);
    for (int i = 0; i < META_MAX; i++) {
        put(e, p->meta[i].value);
        if (p->meta[i].inferred) {
            buf_str(&inferred, inferred.n ? " " : "");
            buf_str(&inferred, meta_names[i]);
        }
    }
    put(e, buf_view(&inferred));
    finish(e, ROWS_PLANS);
    buf_done(&inferred);
}

/* What a heading or caption was read from; all of the node when it has none. */
static struct span head_of(struct span head, const struct node *node)
{
    return head.end > head.begin || !node ? head : node->span;
}

static void emit_sections(struct emitter *e)
{
    for (const struct section *s = e->plan->sections; s; s = s->next) {
        start(e);
        put_name(e, s->id);
        put_section(e, s->parent);
        put_name(e, node_name(s->node->kind));
        put_int_if(e, true, s->level);
        put(e, s->label);
        put_int_if(e, true, s->number);
        put(e, s->title);
        put_place(e, head_of(s->head, s->node));
        finish(e, ROWS_SECTIONS);
    }
}

static void emit_measures(struct emitter *e)
{
    for (const struct measure *m = e->plan->measures; m; m = m->next) {
        start(e);
        put_name(e, m->id);
        put_section(e, m->section);
        put(e, m->lead);
        put(e, m->text);
        put_place(e, m->span);
        finish(e, ROWS_MEASURES);
    }
}

static void emit_boxes(struct emitter *e)
{
    for (const struct box *b = e->plan->boxes; b; b = b->next) {
        start(e);
        put_name(e, b->id);
        put_section(e, b->section);
        put(e, b->label);
        put(e, b->number);
        put(e, b->title);
        put_name(e, box_kind_names[b->kind]);
        put_int_if(e, true, b->table.rows);
        put_int_if(e, true, b->table.cols);
        put_place(e, head_of(b->head, b->node));
        finish(e, ROWS_BOXES);
    }
}

static void emit_cell(struct emitter *e, const struct box *b, const struct cell *c)
{
    start(e);
    put_name(e, b->id);
    put_int_if(e, true, c->row);
    put_int_if(e, true, c->col);
    put_int_if(e, true, c->rowspan);
    put_int_if(e, true, c->colspan);
    put_int(e, c->header);
    put(e, c->text);
    put_int(e, c->from != NULL);
    put_line(e, c->span);
    put_int(e, c->span.begin);
    put_int(e, c->span.end);
    finish(e, ROWS_CELLS);
}

static void emit_cells(struct emitter *e)
{
    for (const struct box *b = e->plan->boxes; b; b = b->next) {
        const struct table *t = &b->table;
        for (int i = 0; t->grid && i < t->rows * t->cols; i++) {
            const struct cell *c = t->grid[i]; /* stands in every place it covers: take its first */
            if (c && c->row == i / t->cols && c->col == i % t->cols)
                emit_cell(e, b, c);
        }
    }
}

static void put_observation(struct emitter *e, const struct indicator *i)
{
    put_int_if(e, i->year != 0, i->year);
    put(e, i->role);
    put(e, i->raw);
    put_name(e, value_kind_names[i->kind]);
    put(e, i->op);
    put(e, i->value);
    put(e, i->value_high);
    put(e, i->basis);
    put_int_if(e, i->base_year != 0, i->base_year);
    put(e, i->marks);
    put_int(e, i->inherited);
}

static void put_comparable(struct emitter *e, const struct comparable *c)
{
    put(e, c->concept);
    put(e, c->value);
    put(e, c->unit);
    put(e, c->note);
}

static const char *noted_columns(const struct indicator *i)
{
    bool basis = i->noted_basis.n && slice_eq(i->noted_basis, i->basis);
    return i->year_noted && basis ? "year basis" : i->year_noted ? "year" : basis ? "basis" : NULL;
}

static void emit_indicators(struct emitter *e)
{
    for (const struct indicator *i = e->plan->indicators; i; i = i->next) {
        start(e);
        put_name(e, i->box ? i->box->id : NULL);
        put(e, i->box ? i->box->label : SLICE_NONE);
        put(e, i->row_no);
        put(e, i->category);
        put(e, i->name);
        put(e, i->breakdown);
        put(e, i->code);
        put(e, i->unit);
        put(e, i->unit_code);
        put(e, i->nature);
        put_observation(e, i);
        put(e, i->responsible);
        put(e, i->remark);
        put_place(e, i->span);
        put(e, i->norm_value);
        put(e, i->norm_unit);
        put(e, i->subcategory);
        put_name(e, i->id);
        put_comparable(e, &i->comparable);
        put_name(e, noted_columns(i));
        put(e, i->noted_basis);
        finish(e, ROWS_INDICATORS);
    }
}

static void put_figure(struct emitter *e, const struct target *t)
{
    put_int_if(e, t->year != 0, t->year);
    put(e, t->op);
    put(e, t->value);
    put(e, t->value_high);
    put(e, t->unit);
    put(e, t->unit_code);
    put(e, t->basis);
    put(e, t->raw);
}

static void emit_targets(struct emitter *e)
{
    for (const struct target *t = e->plan->targets; t; t = t->next) {
        start(e);
        put_name(e, t->id);
        put_section(e, t->section);
        put_name(e, t->measure ? t->measure->id : NULL);
        put(e, t->subject);
        put(e, t->indicator_code);
        put(e, t->scope);
        put_figure(e, t);
        put_place(e, t->span);
        put(e, t->norm_value);
        put(e, t->norm_unit);
        put_name(e, target_inferred(t));
        put_comparable(e, &t->comparable);
        finish(e, ROWS_TARGETS);
    }
}

static void emit_goals(struct emitter *e)
{
    for (const struct goal *g = e->plan->goals; g; g = g->next) {
        start(e);
        put_name(e, g->id);
        put_section(e, g->section);
        put_int_if(e, g->horizon_year != 0, g->horizon_year);
        put(e, g->kind);
        put(e, g->headline);
        put(e, g->text);
        put_place(e, g->span);
        finish(e, ROWS_GOALS);
    }
}

static void emit_projects(struct emitter *e)
{
    for (const struct project *r = e->plan->projects; r; r = r->next) {
        start(e);
        put_name(e, r->id);
        put_name(e, r->parent ? r->parent->id : NULL);
        put_name(e, r->box ? r->box->id : NULL);
        put_section(e, r->section);
        put(e, r->no);
        put(e, r->title);
        put(e, r->text);
        put(e, r->places);
        put(e, r->amount);
        put(e, r->amount.n ? SLICE("万元") : SLICE_NONE);
        put_digits(e, r->count);
        put_place(e, r->span);
        put(e, r->group);
        finish(e, ROWS_PROJECTS);
    }
}

static void emit_duties(struct emitter *e)
{
    for (const struct duty *d = e->plan->duties; d; d = d->next) {
        start(e);
        put_name(e, d->id);
        put(e, d->agency);
        put(e, d->agency_code);
        put(e, d->role);
        put(e, d->object_kind);
        put_name(e, d->object_id);
        put(e, d->raw);
        put_place(e, d->span);
        put_int(e, d->open_ended);
        finish(e, ROWS_DUTIES);
    }
}

static void emit_citations(struct emitter *e)
{
    for (const struct citation *c = e->plan->citations; c; c = c->next) {
        start(e);
        put_name(e, c->id);
        put_section(e, c->section);
        put(e, c->title);
        put(e, c->doc_no);
        put(e, c->kind);
        put_place(e, c->span);
        finish(e, ROWS_CITATIONS);
    }
}

static void emit_crossrefs(struct emitter *e)
{
    for (const struct crossref *c = e->plan->crossrefs; c; c = c->next) {
        start(e);
        put_section(e, c->section);
        put(e, c->raw);
        put_name(e, c->target ? c->target->id : NULL);
        put_place(e, c->span);
        finish(e, ROWS_CROSSREFS);
    }
}

static void emit_notes(struct emitter *e)
{
    for (const struct note *n = e->plan->notes; n; n = n->next) {
        start(e);
        put_name(e, n->id);
        put(e, n->kind);
        put(e, n->marker);
        put(e, n->text);
        put_name(e, n->anchor);
        put_int_if(e, n->anchored, (int)n->anchor_begin);
        put_place(e, n->span);
        put_int(e, n->inferred);
        finish(e, ROWS_NOTES);
    }
}

static void emit_bookmarks(struct emitter *e)
{
    for (const struct bookmark *b = e->plan->bookmarks; b; b = b->next) {
        start(e);
        put(e, b->name);
        put_section(e, b->section);
        put_place(e, b->span);
        finish(e, ROWS_BOOKMARKS);
    }
}

static void emit_terms(struct emitter *e)
{
    for (const struct term *t = e->plan->terms; t; t = t->next) {
        start(e);
        put_name(e, t->id);
        put(e, t->no);
        put(e, t->term);
        put(e, t->definition);
        put_place(e, t->span);
        finish(e, ROWS_TERMS);
    }
}

static void emit_diagnostics(struct emitter *e)
{
    struct buf message = {0};
    uint32_t seq = 0;
    for (const struct diag *d = e->plan->diags; d; d = d->next) {
        const struct diag_kind *kind = diag_kind(d->id);
        message.n = 0;
        diag_message(d->id, d->args, LANG_ZH, &message);
        start(e);
        put_name(e, kind->code);
        put_name(e, diag_level_name(kind->level, LANG_EN));
        put(e, buf_view(&message));
        put_place(e, d->span);
        put_int(e, ++seq);
        finish(e, ROWS_DIAGNOSTICS);
    }
    buf_done(&message);
}

static void (*const emit[])(struct emitter *) = {
    [ROWS_PLANS] = emit_plan,           [ROWS_SECTIONS] = emit_sections,
    [ROWS_MEASURES] = emit_measures,    [ROWS_BOXES] = emit_boxes,
    [ROWS_CELLS] = emit_cells,          [ROWS_INDICATORS] = emit_indicators,
    [ROWS_TARGETS] = emit_targets,      [ROWS_GOALS] = emit_goals,
    [ROWS_PROJECTS] = emit_projects,    [ROWS_DUTIES] = emit_duties,
    [ROWS_CITATIONS] = emit_citations,  [ROWS_CROSSREFS] = emit_crossrefs,
    [ROWS_NOTES] = emit_notes,          [ROWS_BOOKMARKS] = emit_bookmarks,
    [ROWS_TERMS] = emit_terms,          [ROWS_DIAGNOSTICS] = emit_diagnostics,
};

_Static_assert(sizeof emit / sizeof *emit == ROWS_MAX, "every table has its function");

void rows_emit_table(const struct plan *p, enum rows_table table, rows_sink sink, void *ctx)
{
    struct emitter e = {.plan = p, .sink = sink, .ctx = ctx, .at = {.line = 1, .col = 1}};
    emit[table](&e);
}

void rows_emit(const struct plan *p, rows_sink sink, void *ctx)
{
    for (int table = 0; table < ROWS_MAX; table++)
        rows_emit_table(p, (enum rows_table)table, sink, ctx);
}
