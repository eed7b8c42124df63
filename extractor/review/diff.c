#include "review/diff.h"

#include "base/text.h"
#include "review/align.h"
#include "review/duty_objects.h"
#include "review/figures.h"
#include "review/promise.h"
#include "review/wording.h"

#include <stdlib.h>

struct slice diff_joined(struct diff *d, struct slice a, struct slice b)
{
    if (!a.n || !b.n)
        return a.n ? a : b;
    char *text = arena_text(&d->arena, a.n + b.n + 1);
    memcpy(text, a.p, a.n);
    text[a.n] = ' ';
    memcpy(text + a.n + 1, b.p, b.n);
    return slice_of(text, a.n + b.n + 1);
}

struct slice diff_heading(struct diff *d, const struct section *s)
{
    return s ? diff_joined(d, s->label, s->title) : SLICE_NONE;
}

static struct change *add_pair(struct diff *d, struct entry *e, enum change_kind kind, const char *field, struct side a,
                               struct side b)
{
    struct change *c = change_add(&d->arena, e, kind, field);
    c->side[0] = a;
    c->side[1] = b;
    return c;
}

/* A side with another text: a title, a lead. */
static struct side with_text(struct side s, struct slice text)
{
    s.text = text;
    return s;
}

/* Walks a group: pairs and what only A has in the order of A, then what only B has. side_at() gives a record as a
 * side, compare() adds the changes of a pair. */
struct walk {
    struct diff *d;
    struct alignment *al;
    enum diff_group group;
    const struct match *match;
    const struct aligned *aligned; /* or NULL */
    const bool *moved, *elsewhere; /* out of place; under headings that are no pair (otherwise out of order) */
    void *ctx;
    struct side (*side_at)(struct walk *w, int side, size_t i);
    void (*compare)(struct walk *w, struct entry *e, size_t a, size_t b);
};

static struct side section_side(struct walk *w, int side, size_t i);
static struct side measure_side(struct walk *w, int side, size_t i);

/* What the other plan has near it: a measure or a section. */
static void add_near(struct walk *w, struct entry *e, int side, size_t i)
{
    const struct near *n = w->aligned ? &w->aligned->near[side][i] : NULL;
    if (!n || n->place == ASSIGN_NONE)
        return;
    bool measure = n->other_kind == (w->group == DIFF_OUTLINE);
    e->near = measure ? measure_side(w, !side, n->place) : section_side(w, !side, n->place);
    e->near_group = measure ? DIFF_MEASURES : DIFF_OUTLINE;
    e->near_likeness = n->likeness;
}

static void walk_alone(struct walk *w, int side, size_t i)
{
    struct entry *e = entry_add(&w->d->arena, &w->d->group[w->group]);
    e->side[side] = w->side_at(w, side, i);
    struct change *c = change_add(&w->d->arena, e, side ? CHANGE_ADDED : CHANGE_DROPPED, "record");
    c->side[side] = e->side[side];
    add_near(w, e, side, i);
}

static void walk_pair(struct walk *w, size_t a, size_t b)
{
    struct entry *e = entry_add(&w->d->arena, &w->d->group[w->group]);
    e->side[0] = w->side_at(w, 0, a);
    e->side[1] = w->side_at(w, 1, b);
    e->how = w->match->items[0][a].how;
    e->likeness = w->match->items[0][a].likeness;
    w->compare(w, e, a, b);
    if (w->moved && w->moved[a] && w->elsewhere[a])
        add_pair(w->d, e, CHANGE_MOVED, "place", with_text(e->side[0], e->side[0].under),
                 with_text(e->side[1], e->side[1].under));
    else if (w->moved && w->moved[a])
        add_pair(w->d, e, CHANGE_MOVED, "order", e->side[0], e->side[1]);
}

static void walk_all(struct walk *w)
{
    for (size_t i = 0; i < w->match->count[0]; i++) {
        if (w->match->items[0][i].mate == ASSIGN_NONE)
            walk_alone(w, 0, i);
        else
            walk_pair(w, i, w->match->items[0][i].mate);
    }
    for (size_t i = 0; i < w->match->count[1]; i++)
        if (w->match->items[1][i].mate == ASSIGN_NONE)
            walk_alone(w, 1, i);
}

/* ---- outline ---- */

static struct side section_side(struct walk *w, int side, size_t i)
{
    const struct section *s = w->al->sections.items[side][i];
    return (struct side){.there = true, .text = diff_heading(w->d, s), .under = diff_heading(w->d, s->parent),
                         .span = s->head, .id = s->id};
}

static void compare_sections(struct walk *w, struct entry *e, size_t a, size_t b)
{
    const struct section *x = w->al->sections.items[0][a], *y = w->al->sections.items[1][b];
    if (!wording_same(x->title, y->title))
        add_pair(w->d, e, CHANGE_RENAMED, "title", with_text(e->side[0], x->title), with_text(e->side[1], y->title));
}

/* ---- measures ---- */

static struct side measure_side(struct walk *w, int side, size_t i)
{
    const struct measure *m = w->al->measures.items[side][i];
    return (struct side){.there = true, .text = m->lead, .under = diff_heading(w->d, m->section), .span = m->span,
                         .id = m->id};
}

static void compare_measures(struct walk *w, struct entry *e, size_t a, size_t b)
{
    const struct measure *x = w->al->measures.items[0][a], *y = w->al->measures.items[1][b];
    if (!wording_same(x->lead, y->lead))
        add_pair(w->d, e, CHANGE_RENAMED, "lead", e->side[0], e->side[1]);
    if (!wording_same(x->text, y->text))
        add_pair(w->d, e, CHANGE_REWORDED, "text", with_text(e->side[0], x->text), with_text(e->side[1], y->text));
}

/* ---- projects ---- */

static struct side project_side(struct walk *w, int side, size_t i)
{
    const struct project *p = w->al->projects.items[side][i];
    struct slice under = p->parent ? p->parent->title : p->box ? p->box->title : diff_heading(w->d, p->section);
    return (struct side){.there = true, .text = p->title, .under = under, .span = p->span, .id = p->id};
}

static void compare_number(struct walk *w, struct entry *e, const char *field, struct slice was, struct slice is)
{
    struct decimal a, b;
    if (slice_eq(was, is) || (was.n && is.n && decimal_read(was, &a) && decimal_read(is, &b) && decimal_compare(a, b) == 0))
        return;
    enum change_kind kind = !was.n ? CHANGE_GIVEN : !is.n ? CHANGE_OMITTED : CHANGE_RECAST;
    if (was.n && is.n && decimal_read(was, &a) && decimal_read(is, &b))
        kind = decimal_compare(b, a) > 0 ? CHANGE_RAISED : CHANGE_LOWERED;
    add_pair(w->d, e, kind, field, with_text(e->side[0], was), with_text(e->side[1], is));
}

static void compare_projects(struct walk *w, struct entry *e, size_t a, size_t b)
{
    const struct project *x = w->al->projects.items[0][a], *y = w->al->projects.items[1][b];
    bool renamed = !wording_same(x->title, y->title);
    if (renamed)
        add_pair(w->d, e, CHANGE_RENAMED, "title", e->side[0], e->side[1]);
    if (!wording_same(x->text, y->text) && !(renamed && slice_eq(x->text, x->title) && slice_eq(y->text, y->title)))
        add_pair(w->d, e, CHANGE_REWORDED, "text", with_text(e->side[0], x->text), with_text(e->side[1], y->text));
    compare_number(w, e, "amount", x->amount, y->amount);
    compare_number(w, e, "count", x->count, y->count);
}

/* ---- duties ---- */

struct duties {
    struct match match;
    const struct duty **items[2];
    struct alignment *al;
    const struct figures *figures;
    struct diff *d;
    struct index rows[2]; /* id of an observation → row + 1 */
    enum { BY_AGENCY, BY_OBJECT, BY_BODIES } by;
    struct duty_objects objects; /* met by their bodies */
};

static void index_rows(struct duties *x)
{
    for (int s = 0; s < 2; s++)
        for (size_t i = 0; i < x->figures->count[s]; i++)
            for (size_t k = 0; k < x->figures->rows[s][i].count; k++)
                *index_put(&x->rows[s], slice_cstr(x->figures->rows[s][i].claims[k].id)) = i + 1;
}

/* The object as its place in A when it has a partner, or as a place of its own. */
static void object_key(const struct duties *x, int side, const struct duty *y, struct buf *out)
{
    const struct match *m = NULL;
    uint32_t place = ASSIGN_NONE;
    if (slice_eq(y->object_kind, SLICE("measure"))) {
        m = &x->al->measures.match;
        place = align_place(&x->al->measures, side, y->object_id);
    } else if (slice_eq(y->object_kind, SLICE("project"))) {
        m = &x->al->projects.match;
        place = align_place(&x->al->projects, side, y->object_id);
    } else if (slice_eq(y->object_kind, SLICE("indicator"))) {
        const size_t *row = y->object_id ? index_get(&x->rows[side], slice_cstr(y->object_id)) : NULL;
        m = &x->figures->match;
        place = row ? (uint32_t)*row - 1 : ASSIGN_NONE;
    } else {
        m = &x->al->sections.match;
        place = y->section ? align_place(&x->al->sections, side, y->section->id) : ASSIGN_NONE;
    }
    bool paired = place != ASSIGN_NONE && m->items[side][place].mate != ASSIGN_NONE;
    if (!paired)
        return;
    buf_slice(out, y->object_kind);
    buf_printf(out, " %u ", side ? m->items[1][place].mate : place);
}

/* Same object, same body, same role; then the same body in another role; then another body in the same role; then the
 * same body of objects that are met by their bodies alone. */
static void key_duty(void *ctx, int side, size_t i, struct buf *out)
{
    struct duties *x = ctx;
    const struct duty *y = x->items[side][i];
    if (x->by == BY_BODIES && x->objects.number[side][i] != ASSIGN_NONE)
        buf_printf(out, "%u ", x->objects.number[side][i]);
    else if (x->by != BY_BODIES)
        object_key(x, side, y, out);
    if (!out->n)
        return;
    if (x->by == BY_OBJECT)
        buf_slice(out, y->role);
    else
        duty_agency(y, out);
}

static int refine_duty(void *ctx, size_t a, size_t b, int likeness)
{
    struct duties *x = ctx;
    const struct duty *y = x->items[0][a], *z = x->items[1][b];
    return likeness * 6 / 10 + (slice_eq(y->role, z->role) ? 400 : 0) + 1;
}

static const struct section *object_name(const struct duties *x, int side, const struct duty *y, struct slice *name)
{
    uint32_t place;
    *name = SLICE_NONE;
    if (slice_eq(y->object_kind, SLICE("measure")) &&
        (place = align_place(&x->al->measures, side, y->object_id)) != ASSIGN_NONE)
        *name = ((const struct measure *)x->al->measures.items[side][place])->lead;
    if (slice_eq(y->object_kind, SLICE("project")) &&
        (place = align_place(&x->al->projects, side, y->object_id)) != ASSIGN_NONE)
        *name = ((const struct project *)x->al->projects.items[side][place])->title;
    if (slice_eq(y->object_kind, SLICE("indicator")) && y->object_id) {
        const size_t *row = index_get(&x->rows[side], slice_cstr(y->object_id));
        *name = row ? x->figures->rows[side][*row - 1].lead->name : SLICE_NONE;
    }
    return y->section;
}

static struct side duty_side(struct walk *w, int side, size_t i)
{
    const struct duties *x = w->ctx;
    const struct duty *y = x->items[side][i];
    struct slice name;
    const struct section *s = object_name(x, side, y, &name);
    return (struct side){.there = true, .text = y->agency, .under = name.n ? name : diff_heading(w->d, s),
                         .span = y->span, .id = y->id};
}

static void compare_duties(struct walk *w, struct entry *e, size_t a, size_t b)
{
    const struct duties *x = w->ctx;
    const struct duty *y = x->items[0][a], *z = x->items[1][b];
    struct buf k = {0}, l = {0};
    duty_agency(y, &k);
    duty_agency(z, &l);
    if (!slice_eq(buf_view(&k), buf_view(&l)))
        add_pair(w->d, e, CHANGE_AGENCY, "agency", e->side[0], e->side[1]);
    if (!slice_eq(y->role, z->role))
        add_pair(w->d, e, CHANGE_AGENCY, "role", with_text(e->side[0], y->role), with_text(e->side[1], z->role));
    if (strcmp(e->how, "bodies") == 0)
        add_pair(w->d, e, CHANGE_MOVED, "place", with_text(e->side[0], e->side[0].under),
                 with_text(e->side[1], e->side[1].under));
    buf_done(&k);
    buf_done(&l);
}

/* What is left and of objects without a partner. */
static void meet_objects(struct duties *x)
{
    struct buf key = {0};
    for (int s = 0; s < 2; s++) {
        bool *left = arena_alloc(&x->d->arena, x->match.count[s] + 1);
        x->objects.items[s] = x->items[s];
        x->objects.count[s] = x->match.count[s];
        x->objects.left[s] = left;
        for (size_t i = 0; i < x->match.count[s]; i++) {
            key.n = 0;
            object_key(x, s, x->items[s][i], &key);
            left[i] = !key.n && x->match.items[s][i].mate == ASSIGN_NONE;
        }
    }
    buf_done(&key);
    duty_objects_meet(x->d, &x->objects);
}

static void diff_duties(struct walk *w, const struct figures *figures)
{
    struct diff *d = w->d;
    struct duties x = {.match = {.arena = &d->arena, .swapped = d->swapped}, .al = w->al, .figures = figures, .d = d};
    match_init(&x.match, d->plan[0]->duty_count, d->plan[1]->duty_count);
    index_rows(&x);
    for (int s = 0; s < 2; s++) {
        size_t i = 0;
        x.items[s] = arena_alloc(&d->arena, (x.match.count[s] + 1) * sizeof *x.items[s]);
        for (const struct duty *y = d->plan[s]->duties; y; y = y->next, i++) {
            x.items[s][i] = y;
            x.match.items[s][i].text = y->agency;
        }
    }
    x.match.ctx = &x;
    x.match.key = key_duty;
    x.match.refine = refine_duty;
    match_keys(&x.match, "agency");
    x.by = BY_OBJECT;
    match_keys(&x.match, "object");
    x.by = BY_BODIES;
    meet_objects(&x);
    match_keys(&x.match, "bodies");
    w->match = &x.match;
    w->ctx = &x;
    w->side_at = duty_side;
    w->compare = compare_duties;
    w->moved = NULL;
    w->group = DIFF_DUTIES;
    walk_all(w);
    index_done(&x.rows[0]);
    index_done(&x.rows[1]);
}

/* ---- all ---- */

static void diff_records(struct diff *d, struct alignment *al)
{
    const struct {
        enum diff_group group;
        const struct aligned *aligned, *above;
        bool order;
        struct side (*side_at)(struct walk *, int, size_t);
        void (*compare)(struct walk *, struct entry *, size_t, size_t);
    } kinds[] = {{DIFF_OUTLINE, &al->sections, &al->sections, true, section_side, compare_sections},
                 {DIFF_MEASURES, &al->measures, &al->sections, true, measure_side, compare_measures},
                 {DIFF_PROJECTS, &al->projects, &al->projects, false, project_side, compare_projects}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        bool *moved = mem_zalloc(kinds[i].aligned->match.count[0] + 1);
        bool *elsewhere = mem_zalloc(kinds[i].aligned->match.count[0] + 1);
        align_moved(kinds[i].aligned, kinds[i].above, false, elsewhere);
        align_moved(kinds[i].aligned, kinds[i].above, kinds[i].order, moved);
        struct walk w = {.d = d, .al = al, .group = kinds[i].group, .match = &kinds[i].aligned->match, .moved = moved, .aligned = kinds[i].aligned,
                         .elsewhere = elsewhere, .side_at = kinds[i].side_at, .compare = kinds[i].compare};
        walk_all(&w);
        free(moved);
        free(elsewhere);
    }
}

static void count_group(struct group *g)
{
    bool counted = g->count[0] || g->count[1];
    for (const struct entry *e = g->entries; e; e = e->next) {
        for (int s = 0; s < 2; s++)
            g->count[s] += !counted && e->side[s].there;
        bool paired = e->side[0].there && e->side[1].there;
        g->paired += paired;
        g->same += paired && !e->changes;
        for (const struct change *c = e->changes; c; c = c->next)
            g->changes[c->kind] += strcmp(c->field, "sentence-out") != 0;
    }
}

static void diff_all(struct diff *d)
{
    struct alignment al;
    struct figures figures;
    align_make(d, &al);
    diff_records(d, &al);
    promise_make(d);
    figures_make(d, &figures);
    figures_entries(&figures);
    diff_duties(&(struct walk){.d = d, .al = &al}, &figures);
    wording_make(d, &al, d->only >> DIFF_WORDING & 1);
    promise_mentions(d, &al);
    align_done(&al);
}

struct diff *diff_make(struct grammar *g, struct plan *a, struct plan *b, unsigned only)
{
    struct diff *d = mem_zalloc(sizeof *d);
    arena_init(&d->arena);
    d->plan[0] = a;
    d->plan[1] = b;
    d->grammar = g;
    d->only = only;
    d->swapped = slice_cmp(a->source.text, b->source.text) > 0;
    for (int i = 0; i < DIFF_GROUP_MAX; i++)
        d->group[i].entries_end = &d->group[i].entries;
    for (int s = 0; s < 2; s++)
        d->claim_count[s] = claims_of(g, d->plan[s], &d->claims[s]);
    diff_all(d);
    for (int i = 0; i < DIFF_GROUP_MAX; i++)
        count_group(&d->group[i]);
    return d;
}

void diff_free(struct diff *d)
{
    if (!d)
        return;
    free(d->claims[0]);
    free(d->claims[1]);
    arena_done(&d->arena);
    free(d);
}

bool diff_any(const struct diff *d)
{
    for (int i = 0; i < DIFF_GROUP_MAX; i++)
        for (int k = 0; k < CHANGE_MAX; k++)
            if (d->only >> i & 1 && d->group[i].changes[k])
                return true;
    return false;
}
