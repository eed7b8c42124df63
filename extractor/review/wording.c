#include "review/wording.h"

#include "base/text.h"
#include "review/pieces.h"
#include "review/sharing.h"

#include <stdlib.h>

/* Sentences less like than this are others (0 to 1000); of other paragraphs, they must be liker, and so long. */
enum { LIKE_BESIDE = 400, LIKE_ELSEWHERE = 650, MOVED_CHARS = 10 };

struct sentence {
    struct span span;
    struct slice text;
    uint32_t paragraph;
    bool settled;
};

struct sentences {
    struct sentence *items;
    size_t count, room;
    size_t *begin; /* of each paragraph, and the end */
};

struct work {
    struct diff *d;
    const struct aligned *paragraphs;
    struct sentences side[2];
    struct entry **entries[2]; /* by paragraph */
    size_t first[2];           /* of the sentences that a match is about */
};

/* ---- sentences ---- */

static bool ends_sentence(uint32_t c)
{
    return c == 0x3002 || c == 0xFF01 || c == '!' || c == 0xFF1F || c == '?' || c == 0xFF1B || c == ';';
}

static bool closes(uint32_t c)
{
    return c == 0x201D || c == 0x2019 || c == 0xFF09 || c == ')' || c == 0x300D || c == 0x300F;
}

static void add_sentence(struct diff *d, int side, struct sentences *s, struct span span, uint32_t paragraph)
{
    struct buf wording = {0};
    struct slice raw = plan_slice(d->plan[side], span), inner = text_trim(raw);
    span.begin += (uint32_t)(inner.n ? inner.p - raw.p : 0);
    span.end = span.begin + (uint32_t)inner.n;
    struct slice text = inner.n ? plan_flat(d->plan[side], span, false) : SLICE_NONE;
    wording_of(text, &wording);
    if (wording.n) {
        if (s->count == s->room) {
            s->room = s->room ? s->room * 2 : 1024;
            s->items = mem_realloc(s->items, s->room * sizeof *s->items);
        }
        s->items[s->count++] = (struct sentence){span, text, paragraph, false};
    }
    buf_done(&wording);
}

static void cut(struct diff *d, int side, struct sentences *s, struct span span, uint32_t paragraph)
{
    struct slice text = plan_slice(d->plan[side], span);
    size_t from = 0;
    for (size_t at = 0; at < text.n;) {
        bool end = ends_sentence(text_next(text.p, text.n, &at));
        for (size_t next = at; end && at < text.n; at = next)
            if (!closes(text_next(text.p, text.n, &next)))
                break;
        if (!end && at < text.n)
            continue;
        add_sentence(d, side, s, (struct span){span.begin + (uint32_t)from, span.begin + (uint32_t)at}, paragraph);
        from = at;
    }
}

static void cut_all(struct diff *d, int side, struct sentences *s)
{
    size_t n = d->paragraph_count[side];
    s->begin = mem_alloc((n + 1) * sizeof *s->begin);
    for (size_t i = 0; i < n; i++) {
        s->begin[i] = s->count;
        cut(d, side, s, d->paragraphs[side][i].span, (uint32_t)i);
    }
    s->begin[n] = s->count;
}

/* ---- changes ---- */

static struct side sentence_side(const struct work *w, int side, const struct sentence *s)
{
    return (struct side){.there = true, .text = s->text, .span = s->span,
                         .under = w->d->paragraphs[side][s->paragraph].under};
}

static struct change *add_change(struct work *w, struct entry *e, enum change_kind kind, const char *field,
                                 const struct sentence *a, const struct sentence *b)
{
    struct change *c = change_add(&w->d->arena, e, kind, field);
    if (a)
        c->side[0] = sentence_side(w, 0, a);
    if (b)
        c->side[1] = sentence_side(w, 1, b);
    if (a && b && !wording_same(a->text, b->text)) {
        bool whole = false;
        c->pieces = pieces_of(&w->d->arena, a->text, b->text, w->d->swapped, &whole);
        w->d->uncut += whole;
    }
    return c;
}

/* ---- pairing ---- */

static void key_sentence(void *ctx, int side, size_t i, struct buf *out)
{
    const struct work *w = ctx;
    wording_of(w->side[side].items[w->first[side] + i].text, out);
}

/* A match of the sentences [from, to) of both sides, settled ones left out by having mates of their own. */
static void match_sentences(struct work *w, struct match *m, const size_t from[2], const size_t to[2], struct arena *arena)
{
    *m = (struct match){.arena = arena, .swapped = w->d->swapped, .key = key_sentence, .ctx = w};
    match_init(m, to[0] - from[0], to[1] - from[1]);
    for (int s = 0; s < 2; s++) {
        w->first[s] = from[s];
        for (size_t i = from[s]; i < to[s]; i++)
            m->items[s][i - from[s]].text = w->side[s].items[i].text;
    }
}

static void note_limits(struct diff *d, const struct match *m)
{
    d->rough += m->rough;
    d->ordered += m->ordered;
    d->thinned += m->thinned;
}

/* Pairs the sentences of a pair of paragraphs; what stands out of order was moved. */
static void compare_paragraphs(struct work *w, size_t a, size_t b)
{
    size_t from[2] = {w->side[0].begin[a], w->side[1].begin[b]};
    size_t to[2] = {w->side[0].begin[a + 1], w->side[1].begin[b + 1]};
    struct arena arena;
    struct match m;
    arena_init(&arena);
    match_sentences(w, &m, from, to, &arena);
    match_keys(&m, "text");
    match_alike(&m, LIKE_BESIDE);
    bool *moved = mem_zalloc(m.count[0] + 1);
    align_disorder(&m, moved);
    for (size_t i = 0; i < m.count[0]; i++) {
        if (m.items[0][i].mate == ASSIGN_NONE)
            continue;
        struct sentence *x = &w->side[0].items[from[0] + i], *y = &w->side[1].items[from[1] + m.items[0][i].mate];
        x->settled = y->settled = true;
        if (moved[i])
            add_change(w, w->entries[0][a], CHANGE_MOVED, "sentence", x, y);
        else if (!wording_same(x->text, y->text))
            add_change(w, w->entries[0][a], CHANGE_REWORDED, "sentence", x, y);
    }
    note_limits(w->d, &m);
    free(moved);
    arena_done(&arena);
}

/* Sentences left over, of all paragraphs: what stands in another paragraph now was moved. */
static void find_moved(struct work *w)
{
    struct match m;
    struct arena arena;
    size_t from[2] = {0, 0}, to[2] = {w->side[0].count, w->side[1].count};
    arena_init(&arena);
    match_sentences(w, &m, from, to, &arena);
    for (int s = 0; s < 2; s++)
        for (size_t i = 0; i < to[s]; i++)
            if (w->side[s].items[i].settled || text_chars(w->side[s].items[i].text) < MOVED_CHARS)
                m.items[s][i].mate = 0; /* takes no part */
    match_keys(&m, "text");
    match_alike(&m, LIKE_ELSEWHERE);
    for (size_t i = 0; i < to[0]; i++) {
        if (!m.items[0][i].how)
            continue;
        struct sentence *x = &w->side[0].items[i], *y = &w->side[1].items[m.items[0][i].mate];
        x->settled = y->settled = true;
        struct entry *out = w->entries[0][x->paragraph], *in = w->entries[1][y->paragraph];
        add_change(w, in, CHANGE_MOVED, "sentence", x, y);
        if (out != in)
            add_change(w, out, CHANGE_MOVED, "sentence-out", x, y);
    }
    note_limits(w->d, &m);
    arena_done(&arena);
}

static void add_left(struct work *w, int side)
{
    for (size_t i = 0; i < w->side[side].count; i++) {
        const struct sentence *s = &w->side[side].items[i];
        bool alone = w->paragraphs->match.items[side][s->paragraph].mate == ASSIGN_NONE;
        if (s->settled || alone)
            continue;
        add_change(w, w->entries[side][s->paragraph], side ? CHANGE_ADDED : CHANGE_DROPPED, "sentence",
                   side ? NULL : s, side ? s : NULL);
    }
}

/* ---- entries ---- */

static struct side paragraph_side(const struct paragraph *p)
{
    return (struct side){.there = true, .text = p->text, .under = p->under, .span = p->span};
}

static void make_entries(struct work *w)
{
    struct group *g = &w->d->group[DIFF_WORDING];
    const struct match *m = &w->paragraphs->match;
    for (int s = 0; s < 2; s++) {
        w->entries[s] = mem_zalloc((m->count[s] + 1) * sizeof(struct entry *));
        for (size_t i = 0; i < m->count[s]; i++) {
            uint32_t mate = m->items[s][i].mate;
            if (s == 1 && mate != ASSIGN_NONE) {
                w->entries[1][i] = w->entries[0][mate];
                continue;
            }
            struct entry *e = w->entries[s][i] = entry_add(&w->d->arena, g);
            e->side[s] = paragraph_side(&w->d->paragraphs[s][i]);
            if (mate != ASSIGN_NONE) {
                e->side[1] = paragraph_side(&w->d->paragraphs[1][mate]);
                e->how = m->items[s][i].how;
                e->likeness = m->items[s][i].likeness;
            } else {
                struct change *c = change_add(&w->d->arena, e, s ? CHANGE_ADDED : CHANGE_DROPPED, "paragraph");
                c->side[s] = e->side[s];
            }
        }
    }
}

static void compare_all(struct work *w)
{
    const struct match *m = &w->paragraphs->match;
    make_entries(w);
    for (int s = 0; s < 2; s++)
        cut_all(w->d, s, &w->side[s]);
    for (size_t i = 0; i < m->count[0]; i++)
        if (m->items[0][i].mate != ASSIGN_NONE)
            compare_paragraphs(w, i, m->items[0][i].mate);
    find_moved(w);
    for (int s = 0; s < 2; s++) {
        add_left(w, s);
        free(w->entries[s]);
        free(w->side[s].items);
        free(w->side[s].begin);
    }
}

static void fill_paragraphs(struct diff *d, const struct alignment *al)
{
    const struct aligned *g = &al->paragraphs;
    for (int s = 0; s < 2; s++) {
        size_t n = d->paragraph_count[s] = g->match.count[s];
        d->paragraphs[s] = arena_alloc(&d->arena, (n + 1) * sizeof *d->paragraphs[s]);
        for (size_t i = 0; i < n; i++) {
            const struct node *node = g->items[s][i];
            uint32_t parent = g->parent[s][i];
            const struct section *above = parent == ASSIGN_NONE ? NULL : al->sections.items[s][parent];
            d->paragraphs[s][i] = (struct paragraph){.span = node->span, .text = g->match.items[s][i].text,
                                                     .under = above ? above->title : SLICE_NONE};
        }
    }
}

void wording_make(struct diff *d, const struct alignment *al, bool entries)
{
    struct work w = {.d = d, .paragraphs = &al->paragraphs};
    fill_paragraphs(d, al);
    sharing_make(d);
    if (entries)
        compare_all(&w);
}
