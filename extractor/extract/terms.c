#include "extract/extract.h"

#include "base/text.h"

static void add_term(struct plan *p, const struct rule_match *m, struct span span)
{
    struct term *t = arena_alloc(&p->arena, sizeof *t);
    t->id = plan_id(p, "k", ++p->term_count);
    t->no = m->field[FIELD_NUMBER];
    t->term = text_trim(m->field[FIELD_NAME]);
    t->definition = text_trim(m->field[FIELD_TEXT]);
    t->rule = m->rule;
    t->span = span;
    *p->terms_end = t;
    p->terms_end = &t->next;
}

/* Entries of the glossary: 1、“一带一路”：…. */
void extract_terms(struct plan *p, struct grammar *g)
{
    for (const struct section *s = p->sections; s; s = s->next) {
        if (s->node->kind != NODE_GLOSSARY)
            continue;
        for (const struct node *n = s->node->first; n; n = n->next) {
            struct rule_match m;
            if (n->kind == NODE_PARA && rules_match(g->rules, PLACE_TERM, plan_flat(p, n->span, false), &m))
                add_term(p, &m, n->span);
        }
    }
}
