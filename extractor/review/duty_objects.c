#include "review/duty_objects.h"

#include "base/index.h"

#include <stdlib.h>

/* Objects are met by so many bodies in common that have no more duties in their plan than that: 检察机关, not 水利. So many
 * of each are looked at. */
enum { COMMON_BODIES = 3, RARE_BODY = 2, MOST_BODIES = 64 };

/* The objects of one plan, by number, and their bodies without repetition. */
struct object {
    struct slice *bodies;
    size_t count;
};

struct meeting {
    struct match match;
    struct object *objects[2];
};

void duty_agency(const struct duty *y, struct buf *out)
{
    if (y->agency_code.n)
        buf_slice(out, y->agency_code);
    else
        wording_of(y->agency, out);
}

static void add_body(struct object *o, struct slice body)
{
    for (size_t i = 0; i < o->count; i++)
        if (slice_eq(o->bodies[i], body))
            return;
    if (o->count < MOST_BODIES)
        o->bodies[o->count++] = body;
}

static struct slice kept(struct diff *d, const struct buf *text)
{
    return slice_of(arena_dup(&d->arena, text->p, text->n), text->n);
}

/* Numbers the objects of the duties that take part; returns how many there are. */
static size_t number_objects(struct diff *d, struct duty_objects *x, int side)
{
    struct index numbers = {0};
    struct buf name = {0};
    size_t n = 0;
    for (size_t i = 0; i < x->count[side]; i++) {
        const struct duty *y = x->items[side][i];
        x->number[side][i] = ASSIGN_NONE;
        if (!x->left[side][i])
            continue;
        name.n = 0;
        buf_slice(&name, y->object_kind);
        buf_printf(&name, " %s", y->object_id ? y->object_id : y->section ? y->section->id : "");
        const size_t *known = index_get(&numbers, buf_view(&name));
        if (!known)
            *index_put(&numbers, kept(d, &name)) = ++n;
        x->number[side][i] = (uint32_t)(known ? *known : n) - 1;
    }
    buf_done(&name);
    index_done(&numbers);
    return n;
}

/* How many duties each body of a plan has. */
static void count_bodies(struct diff *d, const struct duty_objects *x, int side, struct index *duties)
{
    struct buf body = {0};
    for (size_t i = 0; i < x->count[side]; i++) {
        body.n = 0;
        duty_agency(x->items[side][i], &body);
        const size_t *known = index_get(duties, buf_view(&body));
        size_t *n = index_put(duties, known ? buf_view(&body) : kept(d, &body));
        ++*n;
    }
    buf_done(&body);
}

static void list_bodies(struct diff *d, const struct duty_objects *x, int side, struct object *objects, size_t n)
{
    struct index duties = {0};
    count_bodies(d, x, side, &duties);
    size_t *room = mem_zalloc((n + 1) * sizeof *room);
    struct buf body = {0};
    for (size_t i = 0; i < x->count[side]; i++)
        if (x->number[side][i] != ASSIGN_NONE)
            room[x->number[side][i]]++;
    for (size_t i = 0; i < n; i++)
        objects[i].bodies = arena_alloc(&d->arena, (room[i] + 1) * sizeof *objects[i].bodies);
    for (size_t i = 0; i < x->count[side]; i++) {
        if (x->number[side][i] == ASSIGN_NONE)
            continue;
        body.n = 0;
        duty_agency(x->items[side][i], &body);
        if (*index_get(&duties, buf_view(&body)) <= RARE_BODY)
            add_body(&objects[x->number[side][i]], kept(d, &body));
    }
    buf_done(&body);
    index_done(&duties);
    free(room);
}

static int refine_object(void *ctx, size_t a, size_t b, int likeness)
{
    const struct meeting *m = ctx;
    const struct object *x = &m->objects[0][a], *y = &m->objects[1][b];
    size_t common = 0, most = x->count > y->count ? x->count : y->count;
    (void)likeness;
    for (size_t i = 0; i < x->count; i++)
        for (size_t k = 0; k < y->count; k++)
            common += slice_eq(x->bodies[i], y->bodies[k]);
    return common >= COMMON_BODIES && common * 2 >= most ? (int)(common * 1000 / most) : -1;
}

/* What the search for candidates looks at: the bodies, one behind the other. */
static struct slice bodies_text(struct diff *d, const struct object *o)
{
    struct buf text = {0};
    for (size_t i = 0; i < o->count; i++)
        buf_slice(&text, o->bodies[i]);
    struct slice s = kept(d, &text);
    buf_done(&text);
    return s;
}

void duty_objects_meet(struct diff *d, struct duty_objects *x)
{
    struct meeting m = {.match = {.arena = &d->arena, .swapped = d->swapped, .refine = refine_object}};
    size_t n[2];
    m.match.ctx = &m;
    for (int s = 0; s < 2; s++) {
        x->number[s] = arena_alloc(&d->arena, (x->count[s] + 1) * sizeof *x->number[s]);
        n[s] = number_objects(d, x, s);
        m.objects[s] = arena_alloc(&d->arena, (n[s] + 1) * sizeof *m.objects[s]);
        list_bodies(d, x, s, m.objects[s], n[s]);
    }
    match_init(&m.match, n[0], n[1]);
    for (int s = 0; s < 2; s++)
        for (size_t i = 0; i < n[s]; i++)
            m.match.items[s][i].text = bodies_text(d, &m.objects[s][i]);
    match_alike(&m.match, 1);
    d->rough += m.match.rough;
    d->thinned += m.match.thinned;
    for (int s = 0; s < 2; s++)
        for (size_t i = 0; i < x->count[s]; i++) {
            uint32_t own = x->number[s][i], mate = own == ASSIGN_NONE ? ASSIGN_NONE : m.match.items[s][own].mate;
            x->number[s][i] = mate == ASSIGN_NONE ? ASSIGN_NONE : s ? mate : own;
        }
}
