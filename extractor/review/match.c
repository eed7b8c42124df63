#include "review/match.h"

#include "base/index.h"
#include "review/match_words.h"

#include <stdlib.h>

void match_init(struct match *m, size_t na, size_t nb)
{
    size_t n[2] = {na, nb};
    m->rough = m->ordered = m->thinned = 0;
    m->words = NULL;
    for (int s = 0; s < 2; s++) {
        m->count[s] = n[s];
        m->items[s] = arena_alloc(m->arena, (n[s] + 1) * sizeof *m->items[s]);
        for (size_t i = 0; i < n[s]; i++)
            m->items[s][i].mate = ASSIGN_NONE;
    }
}

void match_pair(struct match *m, size_t a, size_t b, int likeness, const char *how)
{
    struct match_item *x = &m->items[0][a], *y = &m->items[1][b];
    x->mate = (uint32_t)b;
    y->mate = (uint32_t)a;
    x->likeness = y->likeness = likeness;
    x->how = y->how = how;
}

/* ---- what a pair weighs ---- */

enum { WORTH_SHIFT = 21 }; /* the place weighs less than the least difference of worth */

/* Likeness first (squared: one good pair before two poor ones), then the place in the plan: order is kept. */
static int64_t weight_of(const struct match *m, size_t x, size_t y, int worth)
{
    size_t nx = m->count[m->swapped], ny = m->count[!m->swapped];
    int64_t here = (int64_t)(x * 1023 / (nx ? nx : 1)), there = (int64_t)(y * 1023 / (ny ? ny : 1));
    return (int64_t)worth * worth * (1 << WORTH_SHIFT) + (1 << 20) - (here - there) * (here - there);
}

static int worth_of(const struct match *m, size_t x, size_t y, int likeness)
{
    size_t a = m->swapped ? y : x, b = m->swapped ? x : y;
    int worth = m->refine ? m->refine(m->ctx, a, b, likeness) : likeness;
    return worth > 1000 ? 1000 : worth;
}

struct edges {
    struct edge *items;
    size_t count, room;
};

static void add_edge(const struct match *m, struct edges *e, size_t x, size_t y, int worth)
{
    if (e->count == e->room) {
        e->room = e->room ? e->room * 2 : 256;
        e->items = mem_realloc(e->items, e->room * sizeof *e->items);
    }
    e->items[e->count++] = (struct edge){(uint32_t)x, (uint32_t)y, weight_of(m, x, y, worth)};
}

static void take_pairs(struct match *m, struct edges *e, const char *how)
{
    size_t nx = m->count[m->swapped], ny = m->count[!m->swapped];
    uint32_t *mate = mem_alloc((nx + 1) * sizeof *mate);
    m->rough += assign_best(e->items, e->count, nx, ny, mate);
    for (size_t i = 0; i < e->count; i++) {
        size_t x = e->items[i].a, y = e->items[i].b;
        if (mate[x] != y)
            continue;
        int64_t square = e->items[i].weight >> WORTH_SHIFT;
        int worth = 0;
        while ((int64_t)(worth + 1) * (worth + 1) <= square && worth < 1000)
            worth++;
        match_pair(m, m->swapped ? y : x, m->swapped ? x : y, worth, how);
    }
    free(mate);
    free(e->items);
}

/* ---- by keys ---- */

/* Records of one key: where each list begins, and the next of each. */
struct chains {
    struct index index; /* key → number of its list + 1 */
    uint32_t *first[2], *last[2], *size[2], *next[2];
    size_t count;
};

static void chain_side(struct match *m, struct chains *c, int side)
{
    struct buf key = {0};
    for (size_t i = 0; i < m->count[side]; i++) {
        key.n = 0;
        if (m->items[side][i].mate == ASSIGN_NONE)
            m->key(m->ctx, side, i, &key);
        if (!key.n)
            continue;
        struct slice known = buf_view(&key);
        const size_t *found = index_get(&c->index, known);
        if (!found)
            known = slice_of(arena_dup(m->arena, known.p, known.n), known.n);
        size_t *list = index_put(&c->index, known);
        if (!*list)
            *list = ++c->count;
        size_t l = *list;
        c->next[side][i] = ASSIGN_NONE;
        if (c->size[side][l]++)
            c->next[side][c->last[side][l]] = (uint32_t)i;
        else
            c->first[side][l] = (uint32_t)i;
        c->last[side][l] = (uint32_t)i;
    }
    buf_done(&key);
}

static void chains_init(struct match *m, struct chains *c)
{
    size_t lists = m->count[0] + m->count[1] + 1;
    *c = (struct chains){.count = 0};
    for (int s = 0; s < 2; s++) {
        c->first[s] = mem_zalloc(lists * sizeof(uint32_t));
        c->last[s] = mem_zalloc(lists * sizeof(uint32_t));
        c->size[s] = mem_zalloc(lists * sizeof(uint32_t));
        c->next[s] = mem_zalloc((m->count[s] + 1) * sizeof(uint32_t));
        chain_side(m, c, s);
    }
}

static void chains_done(struct chains *c)
{
    for (int s = 0; s < 2; s++) {
        free(c->first[s]);
        free(c->last[s]);
        free(c->size[s]);
        free(c->next[s]);
    }
    index_done(&c->index);
}

static void pair_in_order(struct match *m, const struct chains *c, size_t l, const char *how)
{
    uint32_t a = c->first[0][l], b = c->first[1][l];
    if (c->size[0][l] != c->size[1][l])
        m->ordered += c->size[0][l] + c->size[1][l];
    for (; a != ASSIGN_NONE && b != ASSIGN_NONE; a = c->next[0][a], b = c->next[1][b])
        if (!m->refine || m->refine(m->ctx, a, b, 1000) >= 0)
            match_pair(m, a, b, 1000, how);
}

/* Edges of all pairs of a list; a lone pair needs no likeness. */
static void add_list(struct match *m, const struct chains *c, size_t l, struct edges *e)
{
    bool lone = c->size[0][l] == 1 && c->size[1][l] == 1;
    for (uint32_t a = c->first[0][l]; a != ASSIGN_NONE; a = c->next[0][a]) {
        for (uint32_t b = c->first[1][l]; b != ASSIGN_NONE; b = c->next[1][b]) {
            size_t x = m->swapped ? b : a, y = m->swapped ? a : b;
            int worth = worth_of(m, x, y, lone ? 1000 : match_words_alike(match_words_of(m), a, b));
            if (worth >= 0)
                add_edge(m, e, x, y, worth + 1);
        }
    }
}

void match_keys(struct match *m, const char *how)
{
    struct chains c;
    struct edges e = {0};
    chains_init(m, &c);
    for (size_t l = 1; l <= c.count; l++) {
        size_t all = (size_t)c.size[0][l] * c.size[1][l];
        if (all > MATCH_SAME)
            pair_in_order(m, &c, l, how);
        else if (all)
            add_list(m, &c, l, &e);
    }
    take_pairs(m, &e, how);
    chains_done(&c);
}

/* ---- by likeness ---- */

static int by_likeness(const void *p, const void *q)
{
    const struct likely *x = p, *y = q;
    if (x->likeness != y->likeness)
        return x->likeness > y->likeness ? -1 : 1;
    return (x->place > y->place) - (x->place < y->place);
}

void match_alike(struct match *m, int least)
{
    struct match_words *w = match_words_of(m);
    struct edges e = {0};
    struct likely *found = mem_alloc((m->count[!m->swapped] + 1) * sizeof *found);
    match_words_index(w);
    for (size_t x = 0; x < m->count[m->swapped]; x++) {
        size_t n = match_words_like(w, x, found), kept = 0;
        for (size_t i = 0; i < n; i++) {
            int worth = worth_of(m, x, found[i].place, found[i].likeness);
            if (worth >= least && worth > 0)
                found[kept++] = (struct likely){found[i].place, worth};
        }
        qsort(found, kept, sizeof *found, by_likeness);
        for (size_t i = 0; i < kept && i < MATCH_BEST; i++)
            add_edge(m, &e, x, found[i].place, found[i].likeness);
        m->thinned += w->thinned && n > 0;
    }
    match_words_unindex(w);
    free(found);
    take_pairs(m, &e, "likeness");
}
