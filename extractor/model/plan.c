#include "model/plan.h"

#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>

enum { ARG_CHARS = 200 }; /* of a diagnostic's argument */

const char *const box_kind_names[BOX_KIND_MAX] = {"indicators", "completion", "projects", "text"};

const char *const value_kind_names[VALUE_KIND_MAX] = {"number",    "range",       "grade",    "relative",
                                                      "delegated", "qualitative", "compound", "none"};

const char *const column_names[COLUMN_MAX] = {
#define COLUMN(id, word) [COLUMN_##id] = word,
    PLAN_COLUMNS(COLUMN)
#undef COLUMN
};

const char *const meta_names[META_MAX] = {
#define META(id, name) [META_##id] = name,
    PLAN_META(META)
#undef META
};

static const char *const node_names[NODE_MAX] = {
#define NODE(id, name) [NODE_##id] = name,
    PLAN_NODES(NODE)
#undef NODE
};

const char *node_name(enum node_kind kind)
{
    return node_names[kind];
}

bool node_is_division(enum node_kind kind)
{
    return kind >= NODE_NOTICE && kind < NODE_HEAD;
}

struct plan *plan_new(void)
{
    struct plan *p = mem_zalloc(sizeof *p);
    arena_init(&p->arena);
    p->sections_end = &p->sections;
    p->boxes_end = &p->boxes;
    p->measures_end = &p->measures;
    p->indicators_end = &p->indicators;
    p->targets_end = &p->targets;
    p->notes_end = &p->notes;
    p->goals_end = &p->goals;
    p->projects_end = &p->projects;
    p->duties_end = &p->duties;
    p->citations_end = &p->citations;
    p->crossrefs_end = &p->crossrefs;
    p->terms_end = &p->terms;
    p->bookmarks_end = &p->bookmarks;
    p->diags_end = &p->diags;
    return p;
}

void plan_free(struct plan *p)
{
    if (!p)
        return;
    arena_done(&p->arena);
    buf_done(&p->text_owner);
    free(p);
}

struct node *plan_node(struct plan *p, struct node *parent, enum node_kind kind, struct span span)
{
    struct node *n = arena_alloc(&p->arena, sizeof *n);
    n->kind = kind;
    n->span = span;
    n->parent = parent;
    if (!parent)
        return n;
    if (parent->last)
        parent->last->next = n;
    else
        parent->first = n;
    parent->last = n;
    return n;
}

/* A copy of an argument; one that is a whole paragraph is cut. */
static struct slice keep_arg(struct plan *p, struct slice s)
{
    static const char more[] = "…";
    size_t n = text_prefix(s, ARG_CHARS);
    if (!s.n || n == s.n)
        return s.n ? slice_of(arena_dup(&p->arena, s.p, s.n), s.n) : SLICE_NONE;
    char *out = arena_text(&p->arena, n + sizeof more);
    memcpy(out, s.p, n);
    memcpy(out + n, more, sizeof more);
    return slice_of(out, n + sizeof more - 1);
}

void plan_diag(struct plan *p, enum diag_id id, struct span span, struct slice a, struct slice b)
{
    struct diag *d = arena_alloc(&p->arena, sizeof *d);
    d->id = id;
    d->span = span;
    d->args[0] = keep_arg(p, a);
    d->args[1] = keep_arg(p, b);
    *p->diags_end = d;
    p->diags_end = &d->next;
    p->diag_count++;
}

const char *plan_id(struct plan *p, const char *letters, size_t number)
{
    char digits[20];
    size_t i = sizeof digits, n = strlen(letters);
    do {
        digits[--i] = (char)('0' + number % 10);
        number /= 10;
    } while (number);
    char *id = arena_text(&p->arena, n + sizeof digits - i + 1);
    memcpy(id, letters, n);
    memcpy(id + n, digits + i, sizeof digits - i);
    id[n + sizeof digits - i] = 0;
    return id;
}

void plan_limit(struct plan *p, const char *name, size_t limit, struct span span)
{
    char digits[24];
    size_t i = 0;
    while (i < LIMITS_SAID && p->limits[i] && strcmp(p->limits[i], name) != 0)
        i++;
    if (i == LIMITS_SAID || p->limits[i])
        return;
    p->limits[i] = name;
    snprintf(digits, sizeof digits, "%zu", limit);
    plan_diag(p, DIAG_LIMIT, span, slice_cstr(name), slice_cstr(digits));
}

bool plan_within(const struct plan *p, struct slice s)
{
    return s.p >= p->source.text.p && s.p + s.n <= p->source.text.p + p->source.text.n;
}

struct span plan_span(const struct plan *p, struct slice s)
{
    uint32_t begin = (uint32_t)(s.p - p->source.text.p);
    return (struct span){begin, begin + (uint32_t)s.n};
}

uint32_t plan_line(const struct plan *p, uint32_t offset)
{
    const uint32_t *begin = p->source.line_begin;
    uint32_t low = 0, high = p->source.line_count;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (begin[middle] <= offset)
            low = middle;
        else
            high = middle;
    }
    return low + 1;
}

static uint32_t chars_between(const struct plan *p, uint32_t begin, uint32_t end)
{
    return (uint32_t)text_chars(slice_of(p->source.text.p + begin, end - begin));
}

static uint32_t chars_before(const struct plan *p, uint32_t offset)
{
    uint32_t step = offset / COLUMN_STEP;
    return p->source.chars_before[step] + chars_between(p, step * COLUMN_STEP, offset);
}

uint32_t plan_col(const struct plan *p, uint32_t offset)
{
    uint32_t begin = p->source.line_begin[plan_line(p, offset) - 1];
    if (offset - begin > COLUMN_STEP && p->source.chars_before)
        return chars_before(p, offset) - chars_before(p, begin) + 1;
    return chars_between(p, begin, offset) + 1;
}

/* ---- flat text ---- */

static bool is_letter(char c)
{
    return (c | 32) >= 'a' && (c | 32) <= 'z';
}

/* Appends s without its line breaks and the blanks around them; two Latin words broken apart keep
 * one blank between them. */
static size_t add_flat(char *out, size_t n, struct slice s)
{
    bool first = true;
    for (size_t i = 0; i < s.n;) {
        size_t end = i;
        while (end < s.n && s.p[end] != '\n' && s.p[end] != '\r')
            end++;
        struct slice piece = slice_of(s.p + i, end - i);
        if (!first)
            piece = text_trim_start(piece);
        struct slice inner = end < s.n ? text_trim(piece) : piece;
        piece.n = (size_t)(inner.p + inner.n - piece.p);
        if (!first && n && piece.n && is_letter(out[n - 1]) && is_letter(piece.p[0]))
            out[n++] = ' ';
        if (piece.n)
            memcpy(out + n, piece.p, piece.n);
        n += piece.n;
        while (end < s.n && (s.p[end] == '\n' || s.p[end] == '\r'))
            end++;
        first = false;
        i = end;
    }
    return n;
}

static size_t mark_after(const struct plan *p, uint32_t begin)
{
    size_t low = 0, high = p->mark_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (p->marks[middle].span.begin < begin)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

const char *target_inferred(const struct target *t)
{
    static const char *const names[2][2] = {{"", "year"}, {"subject", "subject year"}};
    return names[t->subject_inferred][t->year_inferred];
}

struct slice plan_flat(struct plan *p, struct span span, bool verbatim)
{
    struct slice s = plan_slice(p, span);
    size_t i = verbatim && !p->marks_pages ? p->mark_count : mark_after(p, span.begin);
    bool marked = i < p->mark_count && p->marks[i].span.begin < span.end;
    if (!marked && !memchr(s.p, '\n', s.n) && !memchr(s.p, '\r', s.n))
        return s;
    char *out = arena_text(&p->arena, s.n + s.n / 2 + 1);
    size_t n = 0;
    uint32_t at = span.begin;
    for (; i < p->mark_count && p->marks[i].span.begin < span.end; i++) {
        const struct mark *m = &p->marks[i];
        if (m->span.begin < at || (verbatim && m->kind != NODE_NOISE))
            continue;
        n = add_flat(out, n, plan_slice(p, (struct span){at, m->span.begin}));
        at = m->span.end < span.end ? m->span.end : span.end;
    }
    n = add_flat(out, n, plan_slice(p, (struct span){at, span.end}));
    return text_trim(slice_of(out, n));
}

const struct hit *plan_next_hit(const struct plan *p, enum hit_kind kind, size_t *at)
{
    while (*at < p->hit_count) {
        const struct hit *h = &p->hits[(*at)++];
        if (h->kind == kind)
            return h;
    }
    return NULL;
}
