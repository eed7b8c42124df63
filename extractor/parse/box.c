#include "parse/box.h"

#include "base/numeral.h"
#include "base/text.h"
#include "parse/box_items.h"
#include "parse/outline.h"
#include "parse/table.h"

#include <stdio.h>
#include <stdlib.h>

enum { GAP_LINES = 4, STRAY_CHARS = 4 };

static struct box *new_box(struct parse *ps, uint32_t begin)
{
    struct plan *p = ps->p;
    struct box *b = arena_alloc(&p->arena, sizeof *b);
    b->node = parse_block(ps, ps->at, NODE_BOX, (struct span){begin, begin});
    b->node->u.box = b;
    b->section = ps->at->kind == NODE_PLAN ? NULL : ps->at->u.section;
    b->id = plan_id(p, "b", b->node->number);
    b->order = -1;
    b->head = (struct span){begin, begin};
    *p->boxes_end = b;
    p->boxes_end = &b->next;
    return b;
}

/* ---- caption ---- */

/* 专栏一 → 1, 表2-1 → 2-1 */
static void set_number(struct plan *p, struct box *b, struct slice number)
{
    struct slice plain = text_without_blanks(&p->arena, number);
    int count = numeral_count(plain);
    char digits[24];
    b->order = count;
    if (count < 0) {
        b->number = plain;
        return;
    }
    size_t n = (size_t)snprintf(digits, sizeof digits, "%d", count);
    b->number = slice_of(arena_dup(&p->arena, digits, n), n);
}

/* The caption, over several lines when unfinished. Returns the line after it. */
static size_t read_caption(struct parse *ps, struct box *b, size_t i)
{
    const struct line *l = &ps->lines.list[i];
    const struct line_match *m = line_match(&ps->lines, l);
    struct slice title = m->title;
    uint32_t end = l->body_end;
    size_t next = i + 1;
    while (title.n && outline_unfinished(ps, title) && next < ps->lines.count &&
           ps->lines.list[next].kind == LINE_TEXT && next - i < 3) {
        title = line_body(ps->p, &ps->lines.list[next]);
        end = ps->lines.list[next++].body_end;
    }
    b->head = (struct span){l->body_begin, end};
    b->label = text_without_blanks(&ps->p->arena, m->label);
    set_number(ps->p, b, m->number);
    uint32_t begin = m->title.n ? plan_span(ps->p, m->title).begin : plan_span(ps->p, m->label).end;
    b->title = text_trim(plan_flat(ps->p, (struct span){begin, end}, false));
    b->boxed = l->kind == LINE_BOX;
    b->node->rule = m->rule;
    parse_block(ps, b->node, NODE_CAPTION, b->head);
    return next;
}

/* ---- kind ---- */

static bool has_column(const struct table *t, enum column_role role)
{
    for (int c = 0; c < t->cols; c++)
        if (t->columns && t->columns[c].role == role)
            return true;
    return false;
}

static bool is_indicator_table(const struct table *t)
{
    bool value = false;
    for (int c = 0; c < t->cols && t->columns; c++)
        value |= column_is_value(t->columns[c].role);
    return value && has_column(t, COLUMN_NAME);
}

static void set_kind(struct parse *ps, struct box *b)
{
    struct rule_match m;
    struct slice named = SLICE_NONE;
    if (b->title.n && rules_match(ps->g->rules, PLACE_CAPTION, b->title, &m)) {
        named = m.field[FIELD_KIND];
        b->nature = m.field[FIELD_NATURE];
    }
    b->kind = BOX_TEXT;
    if (is_indicator_table(&b->table))
        b->kind = has_column(&b->table, COLUMN_ACTUAL) ? BOX_COMPLETION : BOX_INDICATORS;
    else if (has_column(&b->table, COLUMN_PROJECT) || slice_eq(named, SLICE("projects")))
        b->kind = BOX_PROJECTS;
}

/* ---- notes ---- */

enum note_start { NOTE_NONE, NOTE_LEAD, NOTE_MARKED, NOTE_NUMBERED };

static enum note_start note_start(struct parse *ps, const struct line *l, int *number)
{
    struct rule_match m;
    *number = 0;
    if (l->kind == LINE_CELL || line_is_strong(l) || line_is_caption(l) ||
        !rules_match(ps->g->rules, PLACE_NOTE, line_body(ps->p, l), &m))
        return NOTE_NONE;
    *number = numeral_count(m.field[FIELD_NUMBER]);
    if (slice_eq(m.field[FIELD_KIND], SLICE("lead")))
        return NOTE_LEAD;
    return slice_eq(m.field[FIELD_KIND], SLICE("marked")) ? NOTE_MARKED : NOTE_NUMBERED;
}

/* Whether line i begins the notes of the table that ended before it. */
static bool begins_notes(struct parse *ps, const struct box *b, size_t i)
{
    int number;
    struct rule_match m;
    const struct line *l = &ps->lines.list[i];
    enum note_start start = note_start(ps, l, &number);
    if (start != NOTE_MARKED || !b->table.cols)
        return start == NOTE_LEAD && b->table.cols;
    rules_match(ps->g->rules, PLACE_NOTE, line_body(ps->p, l), &m);
    struct slice table = plan_slice(ps->p, b->node->last->span);
    return slice_find(table, m.field[FIELD_NUMBER]) >= 0;
}

static size_t read_notes(struct parse *ps, struct box *b, size_t i)
{
    size_t next = parse_next(ps, i);
    if (next >= ps->lines.count || next - i > GAP_LINES || !begins_notes(ps, b, next))
        return i;
    size_t end = i;
    for (bool first = true; next < ps->lines.count && next - end <= 2 + (first ? GAP_LINES : 0);
         first = false) {
        int number;
        const struct line *l = &ps->lines.list[next];
        enum note_start start = note_start(ps, l, &number);
        if (!first && start != NOTE_MARKED && start != NOTE_NUMBERED)
            break;
        parse_block(ps, b->node, NODE_NOTE, (struct span){l->body_begin, l->body_end});
        end = next + 1;
        next = parse_next(ps, end);
    }
    return end;
}

/* ---- body ---- */

/* The paragraph of a box at line i: to the end of its line, or of what is wrapped. */
static size_t read_text(struct parse *ps, struct box *b, size_t i)
{
    const struct line *l = &ps->lines.list[i];
    size_t last = ps->lines.wrapped && l->kind != LINE_ENTRY ? parse_paragraph_end(ps, i) : i;
    if (l->kind == LINE_FLAT_TABLE)
        plan_diag(ps->p, DIAG_TABLE_FLAT, (struct span){l->body_begin, l->body_begin}, SLICE_NONE, SLICE_NONE);
    parse_block(ps, b->node, NODE_PARA, (struct span){l->body_begin, ps->lines.list[last].body_end});
    parse_joined(ps, i, last);
    return last + 1;
}

/* The text from line i on of a box without cells. Returns the line after it. */
static size_t read_text_body(struct parse *ps, struct box *b, size_t caption, size_t i)
{
    struct box_items items;
    size_t next = parse_next(ps, i), end = i;
    box_items_begin(&items, ps, b, caption);
    for (; next < ps->lines.count && next - end <= 2; next = parse_next(ps, end)) {
        if (!box_items_take(&items, next, next - end))
            break;
        end = read_text(ps, b, next);
    }
    if (end == i)
        plan_diag(ps->p, DIAG_BOX_EMPTY, b->head, b->label, SLICE_NONE);
    return end;
}

static void keep_as_text(struct parse *ps, struct node *parent, size_t i, size_t end)
{
    for (; i < end; i++) {
        const struct line *l = &ps->lines.list[i];
        if (!line_is_blank(l) && l->body_end > l->body_begin)
            parse_block(ps, parent, NODE_PARA, (struct span){l->body_begin, l->body_end});
    }
}

/* The table of the cells collected from lines i to end. Returns the line after it and its notes. */
static size_t read_table(struct parse *ps, struct box *b, const struct raw_cells *cells, size_t i,
                         size_t end)
{
    if (cells->count && table_build(ps, b, cells))
        return read_notes(ps, b, end);
    b->table = (struct table){0};
    keep_as_text(ps, b->node, i, end);
    return end;
}

size_t box_read(struct parse *ps, size_t i)
{
    struct box *b = new_box(ps, ps->lines.list[i].body_begin);
    size_t after = read_caption(ps, b, i), next = parse_next(ps, after);
    bool table = next < ps->lines.count && next - after <= GAP_LINES &&
                 ps->lines.list[next].kind == LINE_CELL;
    struct raw_cells cells;
    size_t end = table ? table_collect(ps, next, &cells) : after;
    if (!table)
        set_kind(ps, b); /* what it is by its caption says what may be its text */
    end = table ? read_table(ps, b, &cells, next, end) : read_text_body(ps, b, i, after);
    if (table)
        set_kind(ps, b);
    return end;
}

static bool is_stray(struct parse *ps, const struct raw_cells *cells)
{
    struct slice s = plan_slice(ps->p, cells->list[0].span);
    return cells->count == 1 && text_chars(s) <= STRAY_CHARS && (!s.n || numeral_count(s) >= 0);
}

size_t box_bare(struct parse *ps, size_t i)
{
    struct raw_cells cells;
    size_t end = table_collect(ps, i, &cells);
    if (cells.count && is_stray(ps, &cells)) {
        struct span span = cells.list[0].span;
        parse_block(ps, ps->at, NODE_NOISE, span);
        plan_diag(ps->p, DIAG_STRAY_CELL, span, plan_slice(ps->p, span), SLICE_NONE);
        return end;
    }
    if (cells.count < 2) {
        keep_as_text(ps, ps->at, i, end);
        return end;
    }
    uint32_t begin = ps->lines.list[i].body_begin; /* the first | stands before the first cell */
    struct box *b = new_box(ps, begin < cells.span.begin ? begin : cells.span.begin);
    end = read_table(ps, b, &cells, i, end);
    set_kind(ps, b);
    return end;
}
