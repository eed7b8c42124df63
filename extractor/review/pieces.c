#include "review/pieces.h"

#include "base/text.h"
#include "review/likeness.h"

#include <stdlib.h>

/* One folded char and where its source begins. */
struct token {
    uint32_t c;
    uint32_t begin;
};

struct tokens {
    struct token *items;
    size_t count;
    struct slice text;
};

static struct tokens tokens_of(struct slice text)
{
    struct tokens t = {.items = mem_alloc((text.n * 6 + 8) * sizeof(struct token)), .text = text};
    struct buf folded = {0};
    for (size_t at = 0, from; at < text.n;) {
        from = at;
        text_next(text.p, text.n, &at);
        folded.n = 0;
        wording_of(slice_of(text.p + from, at - from), &folded);
        for (size_t i = 0; i < folded.n && t.count < text.n * 6;)
            t.items[t.count++] = (struct token){text_next(folded.p, folded.n, &i), (uint32_t)from};
    }
    buf_done(&folded);
    return t;
}

/* kept[i]: token i of x stands in y too, at place twin[i]; the rest differs. */
struct common {
    bool *kept;
    uint32_t *twin;
};

static void longest_common(const struct token *x, size_t nx, const struct token *y, size_t ny, size_t x0, size_t y0,
                           struct common *out)
{
    size_t width = ny + 1;
    uint16_t *best = mem_zalloc((nx + 1) * width * sizeof *best);
    for (size_t i = nx; i-- > 0;)
        for (size_t j = ny; j-- > 0;) {
            uint16_t down = best[(i + 1) * width + j], right = best[i * width + j + 1];
            uint16_t both = (uint16_t)(best[(i + 1) * width + j + 1] + 1);
            best[i * width + j] = x[i].c == y[j].c ? both : down > right ? down : right;
        }
    for (size_t i = 0, j = 0; i < nx && j < ny;) {
        if (x[i].c == y[j].c) {
            out->kept[x0 + i] = true;
            out->twin[x0 + i++] = (uint32_t)(y0 + j++);
        } else if (best[(i + 1) * width + j] >= best[i * width + j + 1]) {
            i++;
        } else {
            j++;
        }
    }
    free(best);
}

static void keep(struct common *c, size_t i, size_t j)
{
    c->kept[i] = true;
    c->twin[i] = (uint32_t)j;
}

static bool find_common(const struct tokens *x, const struct tokens *y, struct common *out)
{
    size_t head = 0, tail = 0;
    while (head < x->count && head < y->count && x->items[head].c == y->items[head].c)
        head++;
    while (tail < x->count - head && tail < y->count - head &&
           x->items[x->count - 1 - tail].c == y->items[y->count - 1 - tail].c)
        tail++;
    size_t nx = x->count - head - tail, ny = y->count - head - tail;
    for (size_t i = 0; i < head; i++)
        keep(out, i, i);
    for (size_t i = 0; i < tail; i++)
        keep(out, x->count - 1 - i, y->count - 1 - i);
    if (nx > UINT16_MAX - 1 || ny > UINT16_MAX - 1 || nx * ny > PIECES_CELLS)
        return false;
    longest_common(x->items + head, nx, y->items + head, ny, head, head, out);
    return true;
}

/* A lone equal char between two differences helps nobody. */
static void drop_lone(struct common *c, size_t nx, size_t ny)
{
    for (size_t i = 0; i < nx; i++) {
        if (!c->kept[i])
            continue;
        size_t to = i + 1;
        while (to < nx && c->kept[to] && c->twin[to] == c->twin[to - 1] + 1)
            to++;
        bool inside = i > 0 && to < nx, ends = c->twin[i] == 0 || c->twin[to - 1] + 1 == ny;
        if (to - i < 2 && inside && !ends)
            c->kept[i] = false;
        i = to - 1;
    }
}

struct maker {
    struct arena *arena;
    const struct tokens *side[2]; /* x, y */
    bool swapped;
    struct piece_list *out;
};

static struct slice stretch(const struct tokens *t, size_t from, size_t to)
{
    size_t begin = from == 0 ? 0 : from < t->count ? t->items[from].begin : t->text.n;
    size_t end = to < t->count ? t->items[to].begin : t->text.n;
    return slice_of(t->text.p + begin, end > begin ? end - begin : 0);
}

static void add_piece(struct maker *m, char op, struct slice x, struct slice y)
{
    if (!x.n && !y.n)
        return;
    m->out->items = arena_grow(m->arena, m->out->items, m->out->count, sizeof *m->out->items);
    struct piece *p = &m->out->items[m->out->count++];
    p->op = op;
    p->text[m->swapped] = x;
    p->text[!m->swapped] = y;
}

static void add_difference(struct maker *m, struct slice x, struct slice y)
{
    struct slice a = m->swapped ? y : x, b = m->swapped ? x : y;
    bool swapped = m->swapped;
    m->swapped = false;
    add_piece(m, '-', a, SLICE_NONE);
    add_piece(m, '+', SLICE_NONE, b);
    m->swapped = swapped;
}

static void make_pieces(struct maker *m, const struct common *c)
{
    const struct tokens *x = m->side[0], *y = m->side[1];
    size_t i = 0, j = 0;
    while (i < x->count || j < y->count) {
        size_t from_x = i, from_y = j;
        while (i < x->count && c->kept[i] && c->twin[i] == j)
            i++, j++;
        if (i > from_x)
            add_piece(m, '=', stretch(x, from_x, i), stretch(y, from_y, j));
        from_x = i;
        from_y = j;
        while (i < x->count && !c->kept[i])
            i++;
        j = i < x->count ? c->twin[i] : y->count;
        if (i > from_x || j > from_y)
            add_difference(m, i > from_x ? stretch(x, from_x, i) : SLICE_NONE,
                           j > from_y ? stretch(y, from_y, j) : SLICE_NONE);
    }
}

struct piece_list pieces_of(struct arena *arena, struct slice a, struct slice b, bool swapped, bool *whole)
{
    struct piece_list out = {0};
    struct tokens x = tokens_of(swapped ? b : a), y = tokens_of(swapped ? a : b);
    struct common c = {mem_zalloc(x.count + 1), mem_zalloc((x.count + 1) * sizeof *c.twin)};
    struct maker m = {arena, {&x, &y}, swapped, &out};
    *whole = !find_common(&x, &y, &c);
    drop_lone(&c, x.count, y.count);
    make_pieces(&m, &c);
    free(c.kept);
    free(c.twin);
    free(x.items);
    free(y.items);
    return out;
}
