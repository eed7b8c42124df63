#include "parse/outline.h"

#include "base/numeral.h"
#include "base/particle.h"
#include "base/sentence.h"
#include "base/text.h"

#include <stdio.h>

enum { TITLE_CHARS = 60, DEPTH_MAX = 16 };

static const enum node_kind node_of_line[LINE_KIND_MAX] = {
    [LINE_PART] = NODE_PART,       [LINE_CHAPTER] = NODE_CHAPTER, [LINE_SECTION] = NODE_SECTION,
    [LINE_ARTICLE] = NODE_ARTICLE, [LINE_ITEM] = NODE_ITEM,       [LINE_SUBITEM] = NODE_SUBITEM,
    [LINE_FRONT] = NODE_FRONT,     [LINE_GLOSSARY] = NODE_GLOSSARY, [LINE_ANNEX] = NODE_ANNEX,
};

/* Divisions of a lower rank hold those of a higher one. */
static int rank_of(enum node_kind kind)
{
    switch (kind) {
    case NODE_PLAN:
        return 0;
    case NODE_PART:
    case NODE_NOTICE:
    case NODE_GLOSSARY:
    case NODE_ANNEX:
    case NODE_FRONT:
        return 1;
    case NODE_CHAPTER:
        return 2;
    case NODE_SECTION:
        return 3;
    case NODE_ARTICLE:
        return 4;
    case NODE_ITEM:
        return 5;
    default:
        return 6;
    }
}

/* Quotes and brackets opened in text and not closed. */
static int open_pairs(struct slice s)
{
    int depth = 0;
    for (size_t at = 0; at < s.n;) {
        uint32_t c = text_next(s.p, s.n, &at);
        depth += c == 0x201C || c == 0x300A || c == 0xFF08;
        depth -= c == 0x201D || c == 0x300B || c == 0xFF09;
    }
    return depth;
}

bool outline_unfinished(const struct parse *ps, struct slice s)
{
    uint32_t last = text_last(s);
    return last == 0xFF0C || last == ',' || particle_ends(ps->g, s, PARTICLE_JOINT) || open_pairs(s) > 0;
}

static bool is_title_line(const struct parse *ps, const struct line *l)
{
    struct slice s = line_body(ps->p, l);
    uint32_t last = text_last(s);
    return l->kind == LINE_TEXT && s.n && text_chars(s) <= TITLE_CHARS && last != 0x3002 &&
           last != 0xFF1B && last != 0xFF1A;
}

size_t parse_next(const struct parse *ps, size_t i)
{
    while (i < ps->lines.count && line_is_blank(&ps->lines.list[i]))
        i++;
    return i;
}

/* A heading's text may go on over the next lines, blank ones between. Returns the line after it. */
static size_t find_end(struct parse *ps, size_t i, uint32_t *end)
{
    const struct line *l = &ps->lines.list[i];
    struct slice title = line_match(&ps->lines, l)->title;
    size_t last = i;
    *end = l->body_end;
    for (int n = 0; n < 3; n++) {
        size_t next = parse_next(ps, last + 1);
        if (title.n && !outline_unfinished(ps, title))
            break;
        if (next >= ps->lines.count || next - last > 3 || !is_title_line(ps, &ps->lines.list[next]))
            break;
        last = next;
        *end = ps->lines.list[next].body_end;
        title = line_body(ps->p, &ps->lines.list[next]);
    }
    return last + 1;
}

/* Prefaces and glossaries hold no other divisions. */
static bool holds(enum node_kind outer, int rank)
{
    return outer != NODE_FRONT && outer != NODE_NOTICE && outer != NODE_GLOSSARY && rank_of(outer) < rank;
}

static struct node *holder(struct node *at, int rank)
{
    while (at->kind != NODE_PLAN && !holds(at->kind, rank))
        at = at->parent;
    return at;
}

static struct section *new_section(struct parse *ps, struct node *n)
{
    struct plan *p = ps->p;
    struct section *s = arena_alloc(&p->arena, sizeof *s);
    s->node = n;
    s->number = -1;
    s->head = (struct span){n->span.begin, n->span.begin};
    n->u.section = s;
    s->parent = n->parent->kind == NODE_PLAN ? NULL : n->parent->u.section;
    *p->sections_end = s;
    p->sections_end = &s->next;
    ps->at = n;
    return s;
}

struct section *outline_bare(struct parse *ps, enum node_kind kind, uint32_t begin)
{
    struct node *parent = holder(ps->at, rank_of(kind));
    return new_section(ps, parse_block(ps, parent, kind, (struct span){begin, begin}));
}

void outline_close(struct parse *ps)
{
    ps->at = ps->p->root;
}

/* （一）加强…。深化…: the heading runs into its text; the title is the first sentence. A long sentence
 * is no title: then the number alone is the heading. */
static bool runs_in(const struct line_match *m, const struct line *l, const struct plan *p,
                    uint32_t *head_end, struct slice *title)
{
    struct slice rest = slice_of(m->title.p, l->body_end - (size_t)(m->title.p - p->source.text.p));
    struct slice sentence = slice_of(rest.p, sentence_stop(rest));
    if (m->text.n) { /* 第一节 总体要求 以…为指导，… */
        *title = m->title;
        *head_end = plan_span(p, m->text).begin;
        return true;
    }
    uint32_t begin = plan_span(p, rest).begin;
    if (m->doubtful) { /* the line is the text as well: nothing is lost */
        *title = m->title;
        *head_end = begin;
        return true;
    }
    bool is_long = text_prefix(sentence, TITLE_CHARS) < sentence.n;
    if (sentence.n == rest.n && !is_long)
        return false;
    *title = is_long ? SLICE("") : sentence;
    *head_end = is_long ? begin : begin + (uint32_t)sentence.n + 3;
    return true;
}

static struct slice join_title(struct parse *ps, const struct line_match *m, uint32_t end)
{
    uint32_t begin = m->title.n ? plan_span(ps->p, m->title).begin : plan_span(ps->p, m->label).end;
    struct slice title = text_trim(plan_flat(ps->p, (struct span){begin, end}, false));
    return m->label.n ? title : text_without_blanks(&ps->p->arena, title); /* 前  言 */
}

static struct span trimmed_span(const struct plan *p, struct span span)
{
    struct slice s = text_trim(plan_slice(p, span));
    return plan_span(p, s);
}

/* A division that opens with a long paragraph instead of a heading has no title of its own. Returns the
 * line after the paragraph. */
static size_t add_run_in(struct parse *ps, struct node *n, size_t i, uint32_t head_end)
{
    const char *base = ps->p->source.text.p;
    const struct line *l = &ps->lines.list[i];
    if (!text_trim(slice_of(base + head_end, l->body_end - head_end)).n)
        return i + 1;
    size_t last = ps->lines.wrapped ? parse_paragraph_end(ps, i) : i;
    struct slice rest = text_trim(slice_of(base + head_end, ps->lines.list[last].body_end - head_end));
    parse_block(ps, n, NODE_PARA, plan_span(ps->p, rest));
    parse_joined(ps, i, last);
    return last + 1;
}

size_t outline_open(struct parse *ps, size_t i)
{
    const struct line *l = &ps->lines.list[i];
    const struct line_match *m = line_match(&ps->lines, l);
    enum node_kind kind = node_of_line[l->kind];
    struct node *parent = holder(ps->at, rank_of(kind));
    struct node *n = parse_block(ps, parent, kind, (struct span){l->body_begin, l->body_begin});
    struct section *s = new_section(ps, n);
    uint32_t end = l->body_end, head_end = end;
    struct slice title = m->title;
    bool run_in = (m->text.n || m->doubtful || kind == NODE_ITEM || kind == NODE_SUBITEM || kind == NODE_ARTICLE) &&
                  runs_in(m, l, ps->p, &head_end, &title);
    size_t next = run_in ? i + 1 : find_end(ps, i, &end);
    n->rule = m->rule;
    s->label = m->label;
    s->number = m->number.n ? numeral_count(m->number) : -1;
    s->title = run_in ? title : join_title(ps, m, end);
    s->head = trimmed_span(ps->p, (struct span){l->body_begin, run_in ? head_end : end});
    parse_block(ps, n, NODE_HEAD, s->head);
    if (m->inferred || m->doubtful)
        plan_diag(ps->p, m->inferred ? DIAG_TITLE_INFERRED : DIAG_TITLE_DOUBTFUL, s->head, s->title, SLICE_NONE);
    if (run_in)
        next = add_run_in(ps, n, i, head_end);
    else if (next > i + 1)
        plan_diag(ps->p, DIAG_HEADING_JOINED, s->head, s->title, SLICE_NONE);
    return next;
}

/* ---- after all is read ---- */

/* Tasks, goals and principles, or an account of what is: by the title, else as the division around. */
static void set_purpose(struct parse *ps, struct section *s)
{
    struct rule_match m;
    enum node_kind kind = s->node->kind;
    s->task = s->parent ? s->parent->task : true;
    s->situation = s->parent && s->parent->situation;
    s->goals = s->parent && s->parent->goals;
    if (kind == NODE_NOTICE || kind == NODE_FRONT || kind == NODE_GLOSSARY)
        s->task = false;
    else if (s->title.n && rules_match(ps->g->rules, PLACE_TASK, s->title, &m)) {
        s->task = slice_eq(m.field[FIELD_KIND], SLICE("task"));
        s->situation = slice_eq(m.field[FIELD_KIND], SLICE("situation"));
        s->goals = slice_eq(m.field[FIELD_KIND], SLICE("goals"));
    }
}

static void set_id(struct parse *ps, struct section *s, int *root_counts)
{
    static const char *const letters[NODE_MAX] = {
        [NODE_NOTICE] = "notice", [NODE_FRONT] = "front", [NODE_PART] = "pt",   [NODE_CHAPTER] = "c",
        [NODE_SECTION] = "s",     [NODE_ARTICLE] = "a",   [NODE_ITEM] = "i",    [NODE_SUBITEM] = "si",
        [NODE_GLOSSARY] = "glossary", [NODE_ANNEX] = "annex",
    };
    enum node_kind kind = s->node->kind;
    int *counts = s->parent ? s->parent->child_count : root_counts;
    int n = ++counts[kind];
    char id[160];
    int len = snprintf(id, sizeof id, "%s%s%d", s->parent ? s->parent->id : "", letters[kind], n);
    if (len >= (int)sizeof id)
        len = (int)sizeof id - 1;
    s->id = arena_dup(&ps->p->arena, id, (size_t)len);
    s->level = kind == NODE_NOTICE ? 0 : s->parent ? s->parent->level + 1 : 1;
}

struct sequence {
    int last;
    struct slice label;
};

static void check_number(struct plan *p, struct sequence *seq, int number, struct slice label,
                         struct span span, bool may_start_anywhere)
{
    int last = seq->last;
    bool starts = last == 0 && may_start_anywhere;
    if (number > 0 && last > 0 && number == last)
        plan_diag(p, DIAG_NUMBER_REPEATS, span, label, SLICE_NONE);
    else if (number > 0 && number < last)
        plan_diag(p, DIAG_NUMBER_BACK, span, seq->label, label);
    else if (number > last + 1 && !starts)
        plan_diag(p, DIAG_NUMBER_JUMPS, span, seq->label.n ? seq->label : SLICE("0"), label);
    if (number > 0) {
        seq->last = number;
        seq->label = label;
    }
}

/* Sections may run on over chapters: then the first of a chapter follows the last of the one before. */
static void check_sections(struct plan *p)
{
    static const enum node_kind kinds[] = {NODE_PART,    NODE_CHAPTER, NODE_SECTION,
                                           NODE_ARTICLE, NODE_ITEM,    NODE_SUBITEM};
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        struct sequence seq = {0, SLICE_NONE};
        const struct section *parent = NULL;
        for (struct section *s = p->sections; s; s = s->next) {
            if (s->node->kind != kinds[k])
                continue;
            bool runs_on = s->number == seq.last + 1;
            if (s->parent != parent && !runs_on)
                seq = (struct sequence){0, SLICE_NONE};
            parent = s->parent;
            check_number(p, &seq, s->number, s->label, s->head, false);
        }
    }
}

static void check_boxes(struct plan *p)
{
    struct sequence seq = {0, SLICE_NONE};
    for (struct box *b = p->boxes; b; b = b->next)
        if (b->boxed && b->order > 0)
            check_number(p, &seq, b->order, b->label, b->head, true);
}

void outline_finish(struct parse *ps)
{
    int root_counts[NODE_HEAD] = {0};
    for (struct section *s = ps->p->sections; s; s = s->next) {
        set_id(ps, s, root_counts);
        set_purpose(ps, s);
    }
    check_sections(ps->p);
    check_boxes(ps->p);
    if (!ps->p->sections)
        plan_diag(ps->p, DIAG_NO_OUTLINE, (struct span){0, 0}, SLICE_NONE, SLICE_NONE);
}
