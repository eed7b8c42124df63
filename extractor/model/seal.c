/* Sealing: marks and mentions become nodes, places and order are settled, invariants are checked. */
#include "model/plan.h"

#include "base/text.h"

#include <stdlib.h>

/* ---- records in the order of the text, where they are found in another ---- */

struct placed {
    uint32_t begin;
    size_t order; /* of making, for a stable sort */
    void *record;
};

static int by_begin(const void *a, const void *b)
{
    const struct placed *x = a, *y = b;
    if (x->begin != y->begin)
        return x->begin < y->begin ? -1 : 1;
    return x->order < y->order ? -1 : 1;
}

/* The records of a list sorted; free() it. */
#define SORTED(type, head, list, count)                                                               \
    for (const struct type *r = head; r; r = r->next)                                                 \
        ++count;                                                                                      \
    struct placed *list = mem_alloc((count + 1) * sizeof *list);                                      \
    count = 0;                                                                                        \
    for (struct type *r = head; r; r = r->next, ++count)                                              \
        list[count] = (struct placed){r->span.begin, count, r};                                       \
    qsort(list, count, sizeof *list, by_begin)

/* Found word by word: one a place. Gives the ids. */
static void order_crossrefs(struct plan *p)
{
    size_t n = 0, number = 0;
    SORTED(crossref, p->crossrefs, list, n);
    p->crossrefs_end = &p->crossrefs;
    for (size_t i = 0; i < n; i++) {
        struct crossref *c = list[i].record;
            if (i && list[i].begin == list[i - 1].begin)
            continue;
        c->id = plan_id(p, "x", ++number);
        *p->crossrefs_end = c;
        p->crossrefs_end = &c->next;
    }
    *p->crossrefs_end = NULL;
    free(list);
}

/* Found in the tables first, then in the prose. The ids change hands, so that they count up. */
static void order_duties(struct plan *p)
{
    size_t n = 0, i = 0;
    SORTED(duty, p->duties, list, n);
    const char **ids = mem_alloc((n + 1) * sizeof *ids);
    for (const struct duty *d = p->duties; d; d = d->next)
        ids[i++] = d->id;
    p->duties_end = &p->duties;
    for (i = 0; i < n; i++) {
        struct duty *d = list[i].record;
        d->id = ids[i];
        *p->duties_end = d;
        p->duties_end = &d->next;
    }
    *p->duties_end = NULL;
    free(ids);
    free(list);
}

/* ---- inline nodes: marks, and mentions of records ---- */

struct inlined {
    struct span span;
    enum node_kind kind;
    struct slice name; /* of a mark */
    const char *ref;   /* id of a record */
    size_t order;      /* of adding */
};

struct inlines {
    struct plan *p;
    struct inlined *items;
    size_t count, room;
};

static void add_inline(struct inlines *l, struct inlined item)
{
    if (l->count == l->room) {
        l->room = l->room ? l->room * 2 : 256;
        l->items = mem_realloc(l->items, l->room * sizeof *l->items);
    }
    item.order = l->count;
    l->items[l->count++] = item;
}

static void add_mention(struct inlines *l, enum node_kind kind, struct span span, const char *ref)
{
    if (span.begin < span.end)
        add_inline(l, (struct inlined){.span = span, .kind = kind, .ref = ref});
}

/* The outer before the inner; of one span, the kind that may hold the other, then the first made. */
static int by_place_and_size(const void *a, const void *b)
{
    const struct inlined *x = a, *y = b;
    if (x->span.begin != y->span.begin)
        return x->span.begin < y->span.begin ? -1 : 1;
    if (x->span.end != y->span.end)
        return x->span.end > y->span.end ? -1 : 1;
    if (x->kind != y->kind)
        return x->kind < y->kind ? -1 : 1;
    return x->order < y->order ? -1 : 1;
}

/* A mention must not part a mark: it lies in a footnote, or has whole marks inside. next is the first
 * mark that ends behind the last mention asked for. */
static bool parts_no_mark(const struct plan *p, const struct inlined *m, size_t *next)
{
    while (*next < p->mark_count && p->marks[*next].span.end <= m->span.begin)
        ++*next;
    for (size_t i = *next; i < p->mark_count && p->marks[i].span.begin < m->span.end; i++) {
        const struct mark *k = &p->marks[i];
        bool note = k->kind == NODE_FOOTNOTE;
        bool around = k->span.begin <= m->span.begin && m->span.end <= k->span.end;
        bool inside = m->span.begin <= k->span.begin && k->span.end <= m->span.end;
        if (note ? !around : !inside)
            return false;
    }
    return true;
}

/* Drops what cannot be hung beside the marks. */
static void drop_parting(struct inlines *l)
{
    size_t kept = 0, next = 0;
    for (size_t i = 0; i < l->count; i++)
        if (!l->items[i].ref || parts_no_mark(l->p, &l->items[i], &next))
            l->items[kept++] = l->items[i];
    l->count = kept;
}

static void collect_inlines(struct inlines *l)
{
    const struct plan *p = l->p;
    for (size_t i = 0; i < p->mark_count; i++)
        add_inline(l, (struct inlined){.span = p->marks[i].span,
                                       .kind = p->marks[i].kind,
                                       .name = p->marks[i].name});
    for (const struct target *t = p->targets; t; t = t->next)
        add_mention(l, NODE_QUANTITY, t->span, t->id);
    for (const struct duty *d = p->duties; d; d = d->next)
        add_mention(l, NODE_AGENCY, d->span, d->id);
    for (const struct citation *c = p->citations; c; c = c->next)
        add_mention(l, NODE_CITATION, c->span, c->id);
    for (const struct crossref *c = p->crossrefs; c; c = c->next)
        add_mention(l, NODE_CROSSREF, c->span, c->id);
    if (l->count)
        qsort(l->items, l->count, sizeof *l->items, by_place_and_size);
    drop_parting(l);
}

static struct node *inline_node(struct plan *p, struct node *parent, const struct inlined *item)
{
    struct node *n = arena_alloc(&p->arena, sizeof *n);
    n->kind = item->kind;
    n->span = item->span;
    n->parent = parent;
    if (item->ref)
        n->u.ref = item->ref;
    else
        n->u.name = item->name;
    return n;
}

/* Inline kinds hold those after them, so that nesting is never deep; blocks hold all. */
static bool may_hold(enum node_kind outer, enum node_kind inner)
{
    return outer < inner;
}

/* Hangs the items that lie inside n among its children, the deepest node first. Depth is that of the
 * outline (a dozen). Returns the first item that does not lie in n. What fits nowhere is left out. */
static size_t hang_inlines(const struct inlines *l, struct node *n, size_t i)
{
    struct node **at = &n->first;
    while (i < l->count && l->items[i].span.begin < n->span.end) {
        const struct inlined *item = &l->items[i];
        while (*at && (*at)->span.end <= item->span.begin)
            at = &(*at)->next;
        if (*at && (*at)->span.begin <= item->span.begin) {
            size_t next = hang_inlines(l, *at, i);
            i = next > i ? next : i + 1;
            continue;
        }
        if (item->span.end > n->span.end)
            return i; /* reaches beyond: a gap of the parent, or nowhere */
        bool fits = !*at || item->span.end <= (*at)->span.begin;
        if (fits && may_hold(n->kind, item->kind)) {
            struct node *made = inline_node(l->p, n, item);
            made->next = *at;
            *at = made;
            if (!made->next)
                n->last = made;
        }
        i++;
    }
    return i;
}

static void hang_all_inlines(struct plan *p)
{
    struct inlines l = {.p = p};
    collect_inlines(&l);
    hang_inlines(&l, p->root, 0);
    free(l.items);
}

/* ---- places ---- */

struct walk {
    const struct plan *p;
    uint32_t line; /* of the last offset asked for, from 1 */
    bool sound;
};

static uint32_t line_at(struct walk *w, uint32_t offset)
{
    const struct source *s = &w->p->source;
    while (w->line < s->line_count && s->line_begin[w->line] <= offset)
        w->line++;
    return w->line;
}

/* Sets lines and checks that children lie inside their parent, in order. Depth as above. */
static void settle(struct walk *w, struct node *n)
{
    n->line = line_at(w, n->span.begin);
    if (n->span.begin > n->span.end || n->span.end > w->p->source.text.n)
        w->sound = false;
    uint32_t at = n->span.begin;
    for (struct node *c = n->first; c; c = c->next) {
        if (c->span.begin < at || c->span.end > n->span.end)
            w->sound = false;
        settle(w, c);
        at = c->span.end;
    }
}

/* ---- diagnostics in order of place ---- */

static int by_place(const void *a, const void *b)
{
    const struct diag *x = *(struct diag *const *)a, *y = *(struct diag *const *)b;
    if (x->span.begin != y->span.begin)
        return x->span.begin < y->span.begin ? -1 : 1;
    if (x->id != y->id)
        return x->id < y->id ? -1 : 1;
    return x->order < y->order ? -1 : x->order > y->order;
}

static void sort_diags(struct plan *p)
{
    struct diag **list = mem_alloc(p->diag_count * sizeof *list);
    size_t n = 0;
    for (struct diag *d = p->diags; d; d = d->next) {
        d->order = n;
        list[n++] = d;
    }
    qsort(list, n, sizeof *list, by_place);
    p->diags_end = &p->diags;
    for (size_t i = 0; i < n; i++) {
        *p->diags_end = list[i];
        p->diags_end = &list[i]->next;
    }
    *p->diags_end = NULL;
    free(list);
}

static bool is_sound(const struct plan *p, struct span s)
{
    return s.begin <= s.end && s.end <= p->source.text.n;
}

#define ALL_SOUND(type, list, place)                                                                  \
    for (const struct type *r = p->list; r; r = r->next)                                              \
        sound &= is_sound(p, r->place)

static bool records_sound(const struct plan *p)
{
    bool sound = true;
    ALL_SOUND(section, sections, head);
    ALL_SOUND(measure, measures, span);
    ALL_SOUND(indicator, indicators, span);
    ALL_SOUND(target, targets, span);
    ALL_SOUND(goal, goals, span);
    ALL_SOUND(project, projects, span);
    ALL_SOUND(duty, duties, span);
    ALL_SOUND(citation, citations, span);
    ALL_SOUND(crossref, crossrefs, span);
    ALL_SOUND(note, notes, span);
    ALL_SOUND(term, terms, span);
    return sound;
}

bool plan_seal(struct plan *p)
{
    struct walk w = {.p = p, .line = 1, .sound = true};
    order_crossrefs(p);
    order_duties(p);
    hang_all_inlines(p);
    settle(&w, p->root);
    sort_diags(p);
    return w.sound && records_sound(p);
}
