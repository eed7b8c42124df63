#include "parse/parse.h"

#include "base/text.h"
#include "parse/bare.h"
#include "parse/box.h"
#include "parse/outline.h"
#include "parse/preamble.h"

#include <stdio.h>

struct node *parse_block(struct parse *ps, struct node *parent, enum node_kind kind, struct span span)
{
    struct node *n = plan_node(ps->p, parent, kind, span);
    n->number = ++ps->counts[kind];
    return n;
}

/* ---- paragraphs ---- */

/* A line that stops in the middle of a sentence. */
static bool is_broken_off(struct slice s)
{
    uint32_t last = text_last(s);
    return text_is_han(last) || last == 0xFF0C || last == 0x3001 || (last < 0x80 && last > ' ' && last != ':' &&
           last != ';' && last != '.' && last != ')');
}

/* A line that begins with blanks begins a paragraph. */
static bool is_indented(const struct parse *ps, const struct line *l)
{
    return l->body_begin > l->begin && ps->p->source.text.p[l->begin] != '[';
}

/* Ends of lines that close no sentence are joined to the next line; short lines (signatures, names)
 * are left alone. Returns the index of the last line of the paragraph. */
static size_t paragraph_end(struct parse *ps, size_t i)
{
    const struct lines *ls = &ps->lines;
    size_t last = i;
    while (last + 1 < ls->count) {
        const struct line *next = &ls->list[last + 1];
        struct slice s = line_body(ps->p, &ls->list[last]), t = line_body(ps->p, next);
        if (next->kind != LINE_TEXT || next->begin == ls->list[last].end || !is_broken_off(s) ||
            text_chars(s) < 16 || t.n < 6 || is_indented(ps, next))
            break;
        last++;
    }
    return last;
}

/* Says where lines were joined; where all of them are wrapped, once. */
static void report_joins(struct parse *ps)
{
    char count[24];
    if (ps->join_count <= JOINS_SAID) {
        for (size_t i = 0; i < ps->join_count; i++)
            plan_diag(ps->p, DIAG_LINE_BROKEN, ps->joins[i], SLICE_NONE, SLICE_NONE);
        return;
    }
    snprintf(count, sizeof count, "%zu", ps->join_count);
    plan_diag(ps->p, DIAG_LINES_WRAPPED, ps->joins[0], slice_cstr(count), SLICE_NONE);
}

static size_t read_paragraph(struct parse *ps, size_t i)
{
    const struct line *l = &ps->lines.list[i];
    bool dash = l->kind == LINE_DASH;
    size_t last = paragraph_end(ps, i);
    struct span span = {l->body_begin, ps->lines.list[last].body_end};
    struct node *n = parse_block(ps, ps->at, dash ? NODE_DASH : NODE_PARA, span);
    if (l->match)
        n->rule = line_match(&ps->lines, l)->rule;
    if (last > i && ps->join_count++ < JOINS_SAID)
        ps->joins[ps->join_count - 1] = (struct span){l->body_end, l->body_end};
    return last + 1;
}

/* ---- 目录 ---- */

static bool same_heading(const struct parse *ps, const struct line *a, const struct line *b)
{
    const struct line_match *x = line_match(&ps->lines, a), *y = line_match(&ps->lines, b);
    return x && y && a->kind == b->kind && slice_eq(x->label, y->label);
}

/* The contents go on to the line whose heading is that of the first entry again. */
static size_t read_toc(struct parse *ps, size_t i)
{
    const struct lines *ls = &ps->lines;
    size_t first = parse_next(ps, i + 1), end = first, last = i;
    for (; end < ls->count && end - i < 2000; end++) {
        const struct line *l = &ls->list[end];
        struct slice body = line_body(ps->p, l);
        bool again = end > first && first < ls->count && same_heading(ps, &ls->list[first], l);
        if (again || text_last(body) == 0x3002 || l->kind == LINE_CELL)
            break;
        if (!line_is_blank(l))
            last = end;
        if (body.n > 400) { /* all on one line */
            end++;
            break;
        }
    }
    /* no second time: what is no entry is not contents */
    if (end < ls->count && ls->list[end].kind == LINE_TEXT)
        while (last > i && ls->list[last].kind != LINE_TOC_ENTRY && ls->list[last].kind != LINE_PAGE)
            last--;
    parse_block(ps, ps->at, NODE_TOC, (struct span){ls->list[i].body_begin, ls->list[last].body_end});
    return last + 1;
}

/* ---- all ---- */

static size_t read_block(struct parse *ps, size_t i)
{
    const struct line *l = &ps->lines.list[i];
    if (line_is_strong(l) || l->kind == LINE_ITEM || l->kind == LINE_SUBITEM)
        return outline_open(ps, i);
    if (line_is_caption(l))
        return box_read(ps, i);
    if (l->kind == LINE_CELL)
        return box_bare(ps, i);
    if (l->kind == LINE_TOC)
        return read_toc(ps, i);
    if (l->kind == LINE_PAGE || l->kind == LINE_TOC_ENTRY) {
        parse_block(ps, ps->at, NODE_NOISE, (struct span){l->body_begin, l->body_end});
        return i + 1;
    }
    return read_paragraph(ps, i);
}

/* A division ends where its last block does. */
static void close_divisions(struct node *n)
{
    while (n) {
        struct node *c = n->first;
        if (c) {
            n = c;
            continue;
        }
        while (n && !n->next) {
            n = n->parent;
            if (n && n->last && n->kind != NODE_PLAN && n->span.end < n->last->span.end)
                n->span.end = n->last->span.end;
        }
        if (n)
            n = n->next;
    }
}

void parse_plan(struct plan *p, struct grammar *g)
{
    struct parse ps = {.p = p, .g = g};
    lines_read(p, g, &ps.lines);
    bare_tables_find(&ps);
    p->root = plan_node(p, NULL, NODE_PLAN, (struct span){0, (uint32_t)p->source.text.n});
    ps.at = p->root;
    size_t i = preamble_read(&ps);
    for (i = parse_next(&ps, i); i < ps.lines.count; i = parse_next(&ps, i))
        i = read_block(&ps, i);
    close_divisions(p->root);
    report_joins(&ps);
    outline_finish(&ps);
}
