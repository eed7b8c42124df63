/* Sealing: marks become nodes, places and order are settled, invariants are checked. */
#include "model/plan.h"

#include "base/text.h"

#include <stdlib.h>

/* ---- marks as nodes ---- */

static struct node *mark_node(struct plan *p, struct node *parent, const struct mark *m)
{
    struct node *n = arena_alloc(&p->arena, sizeof *n);
    n->kind = m->kind;
    n->span = m->span;
    n->parent = parent;
    n->u.name = m->name;
    return n;
}

/* Hangs the marks that lie inside n among its children, the deepest node first. Depth is that of the
 * outline (a dozen). Returns the first mark that does not lie in n. */
static size_t attach_marks(struct plan *p, struct node *n, size_t m)
{
    struct node **at = &n->first;
    while (m < p->mark_count && p->marks[m].span.begin < n->span.end) {
        const struct mark *mark = &p->marks[m];
        while (*at && (*at)->span.end <= mark->span.begin)
            at = &(*at)->next;
        if (*at && (*at)->span.begin <= mark->span.begin) {
            size_t next = attach_marks(p, *at, m);
            m = next > m ? next : m + 1;
            continue;
        }
        bool fits = mark->span.end <= n->span.end && (!*at || mark->span.end <= (*at)->span.begin);
        if (fits) {
            struct node *made = mark_node(p, n, mark);
            made->next = *at;
            *at = made;
            at = &made->next;
            if (!made->next)
                n->last = made;
        } else if (mark->span.end > n->span.end) {
            return m; /* reaches beyond: a gap of the parent, or nowhere */
        }
        m++;
    }
    return m;
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

/* Where lines are long, columns are counted from marks set every few kilobytes. */
static void index_columns(struct plan *p)
{
    struct source *s = &p->source;
    uint32_t longest = 0, chars = 0, n = (uint32_t)s->text.n;
    for (uint32_t i = 0; i < s->line_count; i++)
        if (s->line_begin[i + 1] - s->line_begin[i] > longest)
            longest = s->line_begin[i + 1] - s->line_begin[i];
    if (longest <= COLUMN_STEP)
        return;
    s->chars_before = arena_alloc(&p->arena, (n / COLUMN_STEP + 1) * sizeof *s->chars_before);
    for (uint32_t i = 1; i <= n / COLUMN_STEP; i++) {
        chars += (uint32_t)text_chars(slice_of(s->text.p + (i - 1) * COLUMN_STEP, COLUMN_STEP));
        s->chars_before[i] = chars;
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

static bool records_sound(const struct plan *p)
{
    uint32_t n = (uint32_t)p->source.text.n;
    bool sound = true;
    for (const struct section *s = p->sections; s; s = s->next)
        sound &= s->head.begin <= s->head.end && s->head.end <= n;
    for (const struct measure *m = p->measures; m; m = m->next)
        sound &= m->span.begin <= m->span.end && m->span.end <= n;
    for (const struct indicator *o = p->indicators; o; o = o->next)
        sound &= o->span.begin <= o->span.end && o->span.end <= n;
    for (const struct note *t = p->notes; t; t = t->next)
        sound &= t->span.begin <= t->span.end && t->span.end <= n;
    return sound;
}

bool plan_seal(struct plan *p)
{
    struct walk w = {.p = p, .line = 1, .sound = true};
    attach_marks(p, p->root, 0);
    settle(&w, p->root);
    index_columns(p);
    sort_diags(p);
    return w.sound && records_sound(p);
}
