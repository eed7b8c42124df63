#include "extract/extract.h"

#include "base/numeral.h"
#include "base/sentence.h"
#include "base/text.h"
#include "extract/horizon.h"

/* ——环境质量持续改善。到2025年…: the sentence behind the dash. */
static struct slice headline_of(struct grammar *g, struct slice text)
{
    struct rule_match m;
    while (text.n && (slice_starts(text, SLICE("—")) || slice_starts(text, SLICE("-")) || slice_starts(text, SLICE("–"))))
        text = slice_of(text.p + (text.p[0] == '-' ? 1 : 3), text.n - (text.p[0] == '-' ? 1 : 3));
    struct slice head = slice_of(text.p, text_prefix(text, 70));
    return rules_match(g->rules, PLACE_LEAD, head, &m) ? m.field[FIELD_TITLE] : SLICE_NONE;
}

static void add_goal(struct plan *p, struct section *s, struct slice text, const char *kind, int year,
                     struct slice headline)
{
    struct goal *o = arena_alloc(&p->arena, sizeof *o);
    o->id = plan_id(p, "g", ++p->goal_count);
    o->section = s;
    o->kind = slice_cstr(kind);
    o->horizon_year = year;
    o->headline = headline;
    o->span = plan_span(p, text);
    o->text = plan_flat(p, o->span, true);
    *p->goals_end = o;
    p->goals_end = &o->next;
}

/* Where a sentence, or a part of one behind ；, begins with a later year than `front`: 到2025年…；到2035年…. That year, and
 * its place; 0 when there is none. */
static int later_front(struct grammar *g, struct slice text, int front, size_t *at)
{
    for (*at = 0; *at < text.n;) {
        *at += sentence_length(slice_of(text.p + *at, text.n - *at));
        struct slice rest = text_trim_start(slice_of(text.p + *at, text.n - *at));
        int year = rest.n ? horizon_front(g, rest) : 0;
        if (year > front) {
            *at = (size_t)(rest.p - text.p);
            return year;
        }
    }
    return 0;
}

static void read_paragraph(struct plan *p, struct grammar *g, struct horizon *h, struct section *s, const struct node *n)
{
    struct slice text = plan_slice(p, n->span);
    int front = horizon_front(g, text), year = horizon_next(h, s, front);
    while (front) {
        size_t end;
        int later = later_front(g, text, front, &end);
        add_goal(p, s, text_trim(slice_of(text.p, end)), h->end_year && front > h->end_year ? "vision" : "overall", front,
                 SLICE_NONE);
        text = slice_of(text.p + end, text.n - end);
        front = later;
        if (!front)
            return;
    }
    struct slice headline = headline_of(g, text);
    if (headline.n && (n->kind == NODE_DASH || text_chars(headline) <= 24))
        add_goal(p, s, text, "specific", year, headline);
}

static bool names_goals(struct grammar *g, struct slice title)
{
    struct rule_match m;
    return rules_match(g->rules, PLACE_TASK, title, &m) && slice_eq(m.field[FIELD_KIND], SLICE("goals"));
}

/* （一）救援能力全面加强。…: a paragraph that runs in behind its heading is the goal that the heading names, for its year or that
 * of the goals around; false where the heading only says that goals follow: （一）总体目标。到2025年…. */
static bool read_item(struct plan *p, struct grammar *g, struct horizon *h, struct section *s, const struct node *para)
{
    if (!s->parent || !s->parent->goals || para->kind != NODE_PARA || !extract_runs_in(p, s, para))
        return false;
    int front = horizon_front(g, plan_slice(p, para->span));
    if (front && names_goals(g, s->title))
        return false;
    struct span span = {plan_span(p, s->title).begin, para->span.end};
    int around = horizon_next(h, s->parent, 0);
    add_goal(p, s, plan_slice(p, span), "specific", front ? front : around, s->title);
    return true;
}

/* Paragraphs of the sections whose title names goals (主要目标, 规划目标), and items of those that are one paragraph. */
void extract_goals(struct plan *p, struct grammar *g)
{
    struct slice end = p->meta[META_END_YEAR].value;
    struct horizon h = {.end_year = end.n ? numeral_count(end) : 0};
    for (struct section *s = p->sections; s; s = s->next)
        for (const struct node *n = s->node->first; s->goals && n; n = n->next)
            if ((n->kind == NODE_PARA || n->kind == NODE_DASH) && !read_item(p, g, &h, s, n))
                read_paragraph(p, g, &h, s, n);
}
