/* Entries of the glossary: 1、“一带一路”：…; 【河长制】…; a name and its definition on two lines; several on one. */
#include "extract/extract.h"

#include "base/numeral.h"
#include "base/text.h"

enum { HEAD_BYTES = 240 }; /* of an entry, looked at for its number and name */

struct terms_reader {
    struct plan *p;
    struct grammar *g;
    struct rule_match name; /* of an entry whose definition is in the next line */
    struct span name_span;
    bool waits;
};

static void add_term(struct plan *p, const struct rule_match *m, struct slice definition, struct span span)
{
    struct term *t = arena_alloc(&p->arena, sizeof *t);
    t->id = plan_id(p, "k", ++p->term_count);
    t->no = m->field[FIELD_NUMBER];
    t->term = text_trim(m->field[FIELD_NAME]);
    t->definition = text_trim(definition);
    t->rule = m->rule;
    t->span = span;
    *p->terms_end = t;
    p->terms_end = &t->next;
}

static int number_of(const struct rule_match *m)
{
    struct slice s = m->field[FIELD_NUMBER];
    size_t at = 0;
    uint32_t c = s.n ? text_next(s.p, s.n, &at) : 0;
    return c >= 0x2460 && c <= 0x2473 && at == s.n ? (int)(c - 0x2460) + 1 : s.n ? numeral_count(s) : -1;
}

/* One entry, or a line that defines the name of the line before. */
static void read_entry(struct terms_reader *r, struct span span)
{
    struct rule_match m;
    struct slice text = plan_flat(r->p, span, false);
    bool found = rules_match(r->g->rules, PLACE_TERM, text_head(text, HEAD_BYTES), &m);
    bool waited = r->waits;
    struct slice begin = found ? m.field[FIELD_TEXT] : SLICE_NONE;
    r->waits = found && !begin.n;
    if (begin.n && !(waited && number_of(&m) < 0)) {
        add_term(r->p, &m, slice_of(begin.p, (size_t)(text.p + text.n - begin.p)), span);
    } else if (r->waits) {
        r->name = m;
        r->name_span = span;
    } else if (waited) {
        add_term(r->p, &r->name, text, (struct span){r->name_span.begin, span.end});
        r->waits = false;
    }
}

/* Whether an entry's number may begin with the char: a digit, an opening bracket, ①, after a blank perhaps. */
static bool may_begin(uint32_t c)
{
    return (c >= '0' && c <= '9') || c == ' ' || c == '(' || c == '[' || c == 0xFF08 || c == 0x3014 || c == 0x3010 ||
           (c >= 0x2460 && c <= 0x2473) || (c >= 0xFF10 && c <= 0xFF19);
}

/* Past the next 。 from `at` on that the number of an entry may follow; s.n: none. */
static size_t next_stop(struct slice s, size_t at)
{
    while (at < s.n) {
        ptrdiff_t stop = slice_find(slice_of(s.p + at, s.n - at), SLICE("。"));
        at = stop < 0 ? s.n : at + (size_t)stop + 3;
        if (at < s.n && may_begin(text_first(slice_of(s.p + at, s.n - at))))
            return at;
    }
    return s.n;
}

static int number_at(struct terms_reader *r, struct slice s, size_t at)
{
    struct rule_match m;
    struct slice head = text_head(text_trim(slice_of(s.p + at, s.n - at)), HEAD_BYTES);
    return rules_match(r->g->rules, PLACE_TERM, head, &m) ? number_of(&m) : -1;
}

/* A paragraph, which may hold several entries, numbered one after the other. */
static void read_paragraph(struct terms_reader *r, struct span span)
{
    struct slice s = plan_slice(r->p, span);
    size_t begin = 0, stop = next_stop(s, 0);
    int number = stop < s.n ? number_at(r, s, 0) : -1;
    for (; number >= 0 && stop < s.n; stop = next_stop(s, stop)) {
        if (number_at(r, s, stop) != number + 1)
            continue;
        read_entry(r, plan_span(r->p, text_trim(slice_of(s.p + begin, stop - begin))));
        begin = stop;
        number++;
    }
    read_entry(r, plan_span(r->p, text_trim(slice_of(s.p + begin, s.n - begin))));
}

void extract_terms(struct plan *p, struct grammar *g)
{
    for (const struct section *s = p->sections; s; s = s->next) {
        struct terms_reader r = {.p = p, .g = g};
        if (s->node->kind != NODE_GLOSSARY)
            continue;
        for (const struct node *n = s->node->first; n; n = n->next)
            if (n->kind == NODE_PARA || n->kind == NODE_DASH)
                read_paragraph(&r, n->span);
    }
}
