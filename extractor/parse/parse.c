#include "parse/parse.h"

#include "base/particle.h"
#include "base/sentence.h"
#include "base/text.h"
#include "parse/bare.h"
#include "parse/box.h"
#include "parse/outline.h"
#include "parse/pages.h"
#include "parse/preamble.h"

#include <stdio.h>

enum { FULL_COLUMNS = 3 }; /* a line that is shorter by less is as long */

struct node *parse_block(struct parse *ps, struct node *parent, enum node_kind kind, struct span span)
{
    struct node *n = plan_node(ps->p, parent, kind, span);
    n->number = ++ps->counts[kind];
    return n;
}

/* ---- paragraphs ---- */

/* A line that begins with blanks begins a paragraph. */
static bool is_indented(const struct parse *ps, const struct line *l)
{
    return l->body_begin > l->begin && ps->p->source.text.p[l->begin] != '[';
}

/* The columns of a line. */
static size_t width(const struct parse *ps, size_t i)
{
    return text_width(line_body(ps->p, &ps->lines.list[i]));
}

/* Whether a line begins as paragraphs do: with a lead sentence, or a year to come. */
static bool begins_paragraph(const struct parse *ps, size_t i)
{
    struct rule_match m;
    struct slice s = line_body(ps->p, &ps->lines.list[i]);
    return rules_match(ps->g->rules, PLACE_LEAD, s, &m) || rules_match(ps->g->rules, PLACE_HORIZON, s, &m);
}

/* A full line of a wrapped text says nothing by its end: the paragraph goes on when it is as long as the
 * line before it, even where a sentence ends with it, unless the next line begins as a paragraph. */
static bool is_full(const struct parse *ps, size_t before, size_t last, size_t next)
{
    uint32_t c = text_last(line_body(ps->p, &ps->lines.list[last]));
    if (!ps->lines.wrapped)
        return false;
    if (!sentence_ends(c) && c != 0xFF1A)
        return true;
    if (before == last)
        return c == 0xFF1B;
    return width(ps, last) + FULL_COLUMNS >= width(ps, before) && c != 0xFF1A && !begins_paragraph(ps, next);
}

/* Ends of lines that close no sentence are joined to the next line, over page numbers; short lines
 * (signatures, names) are left alone. Returns the index of the last line of the paragraph. */
size_t parse_paragraph_end(const struct parse *ps, size_t i)
{
    const struct lines *ls = &ps->lines;
    size_t before = i, last = i;
    for (size_t n = i + 1; n < ls->count && !ls->stopless; n++) {
        const struct line *next = &ls->list[n];
        if (next->amid)
            continue;
        struct slice s = line_body(ps->p, &ls->list[last]), t = line_body(ps->p, next);
        if (next->kind != LINE_TEXT || next->begin == ls->list[last].end || next->fresh ||
            !(pages_broken_off(s) || is_full(ps, before, last, n)) ||
            (text_chars(s) < 16 && !ls->list[last].fresh) ||
            (t.n < 6 && !ls->wrapped) || t.p[0] == '[' || is_indented(ps, next))
            break;
        before = last;
        last = n;
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

void parse_joined(struct parse *ps, size_t i, size_t last)
{
    uint32_t at = ps->lines.list[i].body_end;
    if (last > i && ps->join_count++ < JOINS_SAID)
        ps->joins[ps->join_count - 1] = (struct span){at, at};
}

static size_t read_paragraph(struct parse *ps, size_t i)
{
    const struct line *l = &ps->lines.list[i];
    bool dash = l->kind == LINE_DASH;
    size_t last = parse_paragraph_end(ps, i);
    struct span span = {l->body_begin, ps->lines.list[last].body_end};
    struct node *n = parse_block(ps, ps->at, dash ? NODE_DASH : NODE_PARA, span);
    if (l->kind == LINE_FLAT_TABLE)
        plan_diag(ps->p, DIAG_TABLE_FLAT, (struct span){l->body_begin, l->body_begin}, SLICE_NONE, SLICE_NONE);
    if (l->match)
        n->rule = line_match(&ps->lines, l)->rule;
    parse_joined(ps, i, last);
    return last + 1;
}

/* ---- 目录 ---- */

enum {
    TOC_LINES = 3000,    /* limit `contents-lines`: of contents without page numbers */
    TOC_EFFORT = 100000, /* limit `contents-effort`: lines looked through for the ends of contents */
    TOC_HEADINGS = 4,
};

static bool same_heading(const struct parse *ps, const struct line *a, const struct line *b)
{
    const struct line_match *x = line_match(&ps->lines, a), *y = line_match(&ps->lines, b);
    if (!x || !y || a->kind != b->kind)
        return false;
    return x->label.n ? slice_eq(x->label, y->label) : a->kind == LINE_FRONT && !y->label.n; /* there is one 前言 */
}

/* 第一章　总则　第一节　总体思路 …: contents that conversion put on one line. */
static bool is_toc_line(const struct parse *ps, const struct line *l)
{
    struct slice s = line_body(ps->p, l);
    size_t headings = 0;
    size_t length = sentence_stop(s), total = s.n;
    for (struct slice first; headings < TOC_HEADINGS && (first = particle_find(ps->g, s, PARTICLE_HEADING)).p; headings++)
        s = slice_of(first.p + first.n, (size_t)(s.p + s.n - first.p) - first.n);
    return headings == TOC_HEADINGS && length == total;
}

/* Entries with page numbers. Returns the index after the last. */
static size_t toc_of_entries(const struct parse *ps, size_t i)
{
    const struct lines *ls = &ps->lines;
    size_t end = i;
    for (; i < ls->count; i = parse_next(ps, i + 1)) {
        if (ls->list[i].kind != LINE_TOC_ENTRY && ls->list[i].kind != LINE_PAGE)
            break;
        end = i + 1;
    }
    return end;
}

static bool toc_limit_reached(struct parse *ps, size_t lines, const struct line *l)
{
    struct span here = {l->body_begin, l->body_begin};
    if (lines >= TOC_LINES)
        plan_limit(ps->p, "contents-lines", TOC_LINES, here);
    else if (++ps->toc_effort > TOC_EFFORT)
        plan_limit(ps->p, "contents-effort", TOC_EFFORT, here);
    else
        return false;
    return true;
}

/* Headings without page numbers: up to the line where the first of them stands again; where none
 * does, as long as there are only headings. */
static size_t toc_of_headings(struct parse *ps, size_t first)
{
    const struct lines *ls = &ps->lines;
    size_t only = first;
    bool headings = true;
    for (size_t i = first; i < ls->count && (headings || ls->list[first].match); i = parse_next(ps, i + 1)) {
        const struct line *l = &ls->list[i];
        if (toc_limit_reached(ps, i - first, l))
            break;
        if (i > first && same_heading(ps, &ls->list[first], l))
            return i;
        if (l->kind == LINE_CELL || text_last(line_body(ps->p, l)) == 0x3002)
            break;
        headings &= l->match != 0;
        if (headings)
            only = i + 1;
    }
    return only;
}

static size_t read_toc(struct parse *ps, size_t i)
{
    const struct lines *ls = &ps->lines;
    size_t first = parse_next(ps, i + 1), end = i + 1;
    if (first < ls->count && is_toc_line(ps, &ls->list[first]))
        end = first + 1;
    else if (first < ls->count && ls->list[first].kind == LINE_TOC_ENTRY)
        end = toc_of_entries(ps, first);
    else if (first < ls->count)
        end = toc_of_headings(ps, first);
    size_t last = end - 1;
    while (last > i && line_is_blank(&ls->list[last]))
        last--;
    parse_block(ps, ps->at, NODE_TOC, (struct span){ls->list[i].body_begin, ls->list[last].body_end});
    return end;
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
