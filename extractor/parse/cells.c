/* Where a table ends: collecting its cells line by line. */
#include "parse/table.h"

#include "base/index.h"
#include "base/numeral.h"
#include "base/text.h"

enum {
    LOOK_AHEAD = 10,    /* lines looked at for the next cell */
    PROSE_CHARS = 15,   /* a continuation longer than this is a paragraph of its own inside the cell */
    MARK_BYTES = 12,    /* the longest mark a cell may bear: [ ] */
    CELLS_MAX = 400000, /* limit `table-cells` of a document */
};

struct collector {
    struct parse *ps;
    struct raw_cells *out;
    uint32_t last_end;  /* where the text of the open cell ends */
    bool bare;          /* cells without TABs: only lines without a blank one between go on */
    bool tabbed;        /* rows of cells parted by TABs: only lines between rows go on */
    uint8_t gap;        /* blank lines before the cell being added, 2 for more */
    bool prose_inside;  /* this table's cells hold paragraphs parted by blank lines */
    struct index marks; /* asked for in the cells, and up to which offset they are not there */
};

static void add_cell(struct collector *c, uint32_t begin, uint32_t end, bool may_begin, bool must_begin)
{
    struct plan *p = c->ps->p;
    struct raw_cells *out = c->out;
    if (c->ps->cells == CELLS_MAX) {
        plan_limit(p, "table-cells", CELLS_MAX, (struct span){begin, begin});
        return;
    }
    c->ps->cells++;
    struct slice s = text_trim(slice_of(p->source.text.p + begin, end - begin));
    if (!s.n)
        s.p = p->source.text.p + begin;
    out->list = arena_grow(&p->arena, out->list, out->count, sizeof *out->list);
    out->list[out->count++] = (struct raw_cell){plan_span(p, s), may_begin, must_begin, c->gap};
    if (!out->span.end)
        out->span.begin = begin;
    out->span.end = out->list[out->count - 1].span.end;
}

/* One line with several cells is a whole row. */
static void add_tabs(struct collector *c, const struct line *l, bool blank_before)
{
    const char *base = c->ps->p->source.text.p;
    uint32_t at = l->begin + (l->bare != BARE_TABBED);
    bool several = memchr(base + at, '\t', l->end - at) != NULL, first = true;
    while (at <= l->end) {
        const char *tab = at < l->end ? memchr(base + at, '\t', l->end - at) : NULL;
        uint32_t end = tab ? (uint32_t)(tab - base) : l->end;
        add_cell(c, at, end, first && (blank_before || several), first && several);
        first = false;
        at = end + 1;
    }
}

static bool pipe_rule(struct slice s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!strchr("|-: +=", s.p[i]))
            return false;
    return true;
}

static void add_pipes(struct collector *c, const struct line *l)
{
    const char *base = c->ps->p->source.text.p;
    struct slice body = line_body(c->ps->p, l);
    if (pipe_rule(body))
        return;
    uint32_t at = l->body_begin + 1, limit = l->body_end;
    if (base[limit - 1] == '|')
        limit--;
    for (bool first = true; at <= limit; first = false) {
        const char *bar = at < limit ? memchr(base + at, '|', limit - at) : NULL;
        uint32_t end = bar ? (uint32_t)(bar - base) : limit;
        add_cell(c, at, end, first, first);
        at = end + 1;
    }
}

static void add_line_cells(struct collector *c, const struct line *l, size_t blanks)
{
    c->gap = blanks > 2 ? 2 : (uint8_t)blanks;
    if (l->bare == BARE_TABBED)
        add_tabs(c, l, true);
    else if (l->bare != BARE_NONE)
        add_cell(c, l->body_begin, l->body_end, l->bare == BARE_ROW, l->bare == BARE_ROW);
    else if (c->ps->p->source.text.p[l->begin] == '\t')
        add_tabs(c, l, blanks > 0 || c->out->count == 0);
    else
        add_pipes(c, l);
}

/* Whether another cell follows within a few lines, before any heading or caption. */
static bool cell_follows(const struct parse *ps, size_t i)
{
    for (size_t n = 0; i < ps->lines.count && n < LOOK_AHEAD; i++) {
        const struct line *l = &ps->lines.list[i];
        if (l->kind == LINE_CELL)
            return true;
        if (line_is_strong(l) || line_is_caption(l))
            return false;
        n += !line_is_blank(l);
    }
    return false;
}

static bool is_note_lead(struct parse *ps, const struct line *l)
{
    struct rule_match m;
    return rules_match(ps->g->rules, PLACE_NOTE, line_body(ps->p, l), &m) &&
           slice_eq(m.field[FIELD_KIND], SLICE("lead"));
}

/* Whether a cell bears the mark. What was looked through for it once is not looked through again. */
static bool cells_bear(struct collector *c, struct slice mark)
{
    if (!mark.n || mark.n > MARK_BYTES)
        return false;
    struct span rest = c->out->span;
    size_t *seen = index_put(&c->marks, mark);
    if (*seen > rest.begin)
        rest.begin = (uint32_t)*seen;
    if (rest.begin < rest.end && slice_find(plan_slice(c->ps->p, rest), mark) >= 0)
        return true;
    *seen = rest.end > MARK_BYTES ? rest.end - MARK_BYTES : 0; /* one may lie across the end */
    return false;
}

/* A note by its mark, (1)… , under a table whose cells bear that mark. */
static bool is_marked_note(struct collector *c, const struct line *l)
{
    struct parse *ps = c->ps;
    struct rule_match m;
    return c->out->count >= 4 && rules_match(ps->g->rules, PLACE_NOTE, line_body(ps->p, l), &m) &&
           slice_eq(m.field[FIELD_KIND], SLICE("marked")) && cells_bear(c, m.field[FIELD_NUMBER]);
}

static bool is_page_number(const struct parse *ps, const struct raw_cell *cell)
{
    struct slice s = plan_slice(ps->p, cell->span);
    return s.n && s.n <= 4 && numeral_count(s) >= 0;
}

/* Does a text line after `blanks` blank lines still belong to the open cell? */
static bool continues(struct collector *c, size_t i, size_t blanks)
{
    struct parse *ps = c->ps;
    const struct line *l = &ps->lines.list[i];
    if (line_is_strong(l) || line_is_caption(l))
        return false;
    if (c->bare)
        return blanks == 0 && (!c->tabbed || cell_follows(ps, i + 1)) && !is_note_lead(ps, l);
    bool one_cell = c->out->count == 1, follows = cell_follows(ps, i + 1);
    if (one_cell && blanks && is_page_number(ps, &c->out->list[0]))
        return false;
    if (!one_cell && !c->prose_inside && (l->kind == LINE_ITEM || l->kind == LINE_SUBITEM))
        return false;
    if (!one_cell && (is_note_lead(ps, l) || is_marked_note(c, l)))
        return false;
    size_t chars = text_chars(line_body(ps->p, l));
    if (blanks == 0)
        return one_cell || follows || chars <= 40 || c->prose_inside;
    if (blanks > 1)
        return follows && chars <= PROSE_CHARS;
    if (follows && chars > PROSE_CHARS)
        c->prose_inside = true;
    return one_cell || follows || (c->prose_inside && chars > PROSE_CHARS);
}

size_t table_collect(struct parse *ps, size_t i, struct raw_cells *out)
{
    struct collector c = {.ps = ps, .out = out};
    *out = (struct raw_cells){0};
    size_t blanks = 0, end = i;
    for (; i < ps->lines.count; i++) {
        const struct line *l = &ps->lines.list[i];
        if (line_is_blank(l)) {
            if (l->kind == LINE_MARKS)
                break; /* a bookmark of what comes next */
            blanks++;
            continue;
        }
        if (l->kind == LINE_CELL) {
            if ((c.bare && l->bare == BARE_NONE) || (out->count && ps->cells == CELLS_MAX))
                break;
            c.bare = l->bare != BARE_NONE;
            c.tabbed = l->bare == BARE_TABBED;
            add_line_cells(&c, l, blanks);
        } else if (out->count && continues(&c, i, blanks)) {
            struct raw_cell *last = &out->list[out->count - 1];
            if (last->span.begin == last->span.end)
                last->span.begin = l->body_begin;
            last->span.end = out->span.end = l->body_end;
        } else {
            break;
        }
        blanks = 0;
        end = i + 1;
    }
    index_done(&c.marks);
    return end;
}
