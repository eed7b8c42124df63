#include "extract/extract.h"

#include "base/numeral.h"
#include "base/text.h"

enum { FRONT_BYTES = 60 }; /* of a paragraph, looked at for the year it is about */

/* The year of 到2025年，… at the front; 0 when there is none. */
static int front_year(struct grammar *g, struct slice text)
{
    struct rule_match m;
    if (!rules_match(g->rules, PLACE_HORIZON, text_head(text, FRONT_BYTES), &m))
        return 0;
    int year = numeral_count(m.field[FIELD_YEAR]);
    return year >= 1949 && year <= 2100 ? year : 0;
}

/* ——环境质量持续改善。到2025年…: the sentence behind the dash. */
static struct slice headline_of(struct grammar *g, struct slice text)
{
    struct rule_match m;
    while (text.n && (slice_starts(text, SLICE("—")) || slice_starts(text, SLICE("-")) || slice_starts(text, SLICE("–"))))
        text = slice_of(text.p + (text.p[0] == '-' ? 1 : 3), text.n - (text.p[0] == '-' ? 1 : 3));
    struct slice head = slice_of(text.p, text_prefix(text, 70));
    return rules_match(g->rules, PLACE_LEAD, head, &m) ? m.field[FIELD_TITLE] : SLICE_NONE;
}

static void add_goal(struct plan *p, struct section *s, const struct node *n, const char *kind, int year,
                     struct slice headline)
{
    struct goal *o = arena_alloc(&p->arena, sizeof *o);
    o->id = plan_id(p, "g", ++p->goal_count);
    o->section = s;
    o->kind = slice_cstr(kind);
    o->horizon_year = year;
    o->headline = headline;
    o->span = n->span;
    o->text = plan_flat(p, n->span, true);
    *p->goals_end = o;
    p->goals_end = &o->next;
}

/* The year that specific goals have: the plan's end, else that of the step before them. */
static int horizon_of(const struct plan *p, const struct section *s, const struct goal *last)
{
    struct slice end = p->meta[META_END_YEAR].value;
    if (end.n)
        return numeral_count(end);
    return last && last->section == s ? last->horizon_year : 0;
}

static void read_paragraph(struct plan *p, struct grammar *g, struct section *s, const struct node *n,
                           const struct goal *last)
{
    struct slice text = plan_slice(p, n->span);
    bool known = p->meta[META_END_YEAR].value.n > 0;
    int year = front_year(g, text), end = horizon_of(p, s, last);
    if (year && (!known || year <= end))
        add_goal(p, s, n, "overall", year, SLICE_NONE);
    else if (year)
        add_goal(p, s, n, "vision", year, SLICE_NONE);
    else {
        struct slice headline = headline_of(g, text);
        if (headline.n && (n->kind == NODE_DASH || text_chars(headline) <= 24))
            add_goal(p, s, n, "specific", end, headline);
    }
}

/* Paragraphs of the sections whose title names goals (主要目标, 规划目标). */
void extract_goals(struct plan *p, struct grammar *g)
{
    const struct goal *last = NULL;
    for (struct section *s = p->sections; s; s = s->next)
        for (const struct node *n = s->node->first; s->goals && n; n = n->next)
            if (n->kind == NODE_PARA || n->kind == NODE_DASH) {
                read_paragraph(p, g, s, n, last);
                while (last ? last->next : p->goals)
                    last = last ? last->next : p->goals;
            }
}
