#include "extract/extract.h"

#include "base/sentence.h"
#include "base/text.h"

enum { LEAD_BYTES = 220 }; /* a paragraph's beginning that the lead sentence is looked for in */

/* The lead sentence of a text, or none. */
static struct slice find_lead(struct grammar *g, struct slice text)
{
    struct rule_match m;
    struct slice head = slice_of(text.p, text.n < LEAD_BYTES ? text.n : LEAD_BYTES);
    size_t stop = sentence_stop(head);
    if (stop == head.n)
        return SLICE_NONE;
    size_t end = stop + 3; /* and one char more, so that the rule sees that the text goes on */
    if (end < text.n)
        text_next(text.p, text.n, &end);
    struct slice begin = slice_of(text.p, end);
    if (!rules_match(g->rules, PLACE_LEAD, begin, &m))
        return SLICE_NONE;
    return m.field[FIELD_TITLE];
}

/* The end of a paragraph's own text: footnotes printed behind it are left out. */
static uint32_t text_end(const struct plan *p, struct span span, size_t *mark)
{
    while (*mark < p->mark_count && p->marks[*mark].span.begin < span.begin)
        ++*mark;
    uint32_t end = span.end;
    for (size_t i = *mark; i < p->mark_count && p->marks[i].span.begin < span.end; i++)
        if (p->marks[i].kind == NODE_FOOTNOTE) {
            end = p->marks[i].span.begin;
            break;
        }
    struct slice s = slice_of(p->source.text.p + span.begin, end - span.begin);
    struct slice trimmed = text_trim(s);
    return span.begin + (uint32_t)(trimmed.p + trimmed.n - s.p);
}

static void add_measure(struct plan *p, struct node *para, struct section *section, struct slice lead,
                        struct span span)
{
    struct measure *m = arena_alloc(&p->arena, sizeof *m);
    m->node = para;
    m->section = section;
    m->lead = lead;
    m->span = span;
    m->text = plan_flat(p, span, true);
    m->id = plan_id(p, "m", ++p->measure_count);
    *p->measures_end = m;
    p->measures_end = &m->next;
}

bool extract_runs_in(const struct plan *p, const struct section *section, const struct node *para)
{
    const struct node *head = section->node->first;
    if (!head || head->kind != NODE_HEAD || head->next != para)
        return false;
    struct slice text = plan_slice(p, section->head);
    return slice_ends(text, SLICE("。")) && section->head.end <= para->span.begin && plan_within(p, section->title) &&
           !memchr(text.p + text.n, '\n', para->span.begin - section->head.end);
}

/* （一）加强…。深化…: the heading itself is the lead of the paragraph behind it, unless that has a number and a lead of its
 * own: （一）…行动。 1.加快…。 */
static bool run_in_lead(struct plan *p, struct grammar *g, struct node *para, struct section *section,
                        struct span *span, struct slice *lead)
{
    struct slice text = plan_slice(p, *span);
    if (!extract_runs_in(p, section, para) ||
        (text.n && !text_is_han(text_first(text)) && find_lead(g, text).p > text.p))
        return false;
    *lead = section->title;
    span->begin = plan_span(p, section->title).begin;
    return true;
}

static void read_paragraph(struct plan *p, struct grammar *g, struct node *para, struct section *section,
                           size_t *mark)
{
    struct span span = {para->span.begin, text_end(p, para->span, mark)};
    struct slice lead = SLICE_NONE;
    if (!run_in_lead(p, g, para, section, &span, &lead)) {
        lead = find_lead(g, plan_slice(p, span));
        if (!lead.n)
            return;
        struct span lead_span = plan_span(p, lead);
        lead_span.end += 3; /* the full stop belongs to the sentence, not to the lead's text */
        plan_node(p, para, NODE_LEAD, lead_span);
        lead = plan_flat(p, (struct span){lead_span.begin, lead_span.end - 3}, false);
    }
    add_measure(p, para, section, lead, span);
}

static void walk(struct plan *p, struct grammar *g, struct node *division, size_t *mark)
{
    struct section *section = node_is_division(division->kind) ? division->u.section : NULL;
    for (struct node *n = division->first; n; n = n->next) {
        if (node_is_division(n->kind))
            walk(p, g, n, mark);
        else if (n->kind == NODE_PARA && section && section->task)
            read_paragraph(p, g, n, section, mark);
    }
}

void extract_measures(struct plan *p, struct grammar *g)
{
    size_t mark = 0;
    walk(p, g, p->root, &mark);
}
