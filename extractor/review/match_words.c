#include "review/match_words.h"

#include "base/text.h"

#include <stdlib.h>

enum { NO_WORD = 0 };

/* ---- words ---- */

static uint64_t mix(uint64_t x)
{
    x ^= x >> 31;
    x *= 0x9E3779B97F4A7C15u;
    return x ^ x >> 29;
}

static void grow(struct match_words *w)
{
    size_t old_room = w->room;
    uint64_t *old = w->slots;
    uint32_t *numbers = w->numbers;
    w->room = old_room ? old_room * 2 : 1024;
    w->slots = arena_alloc(w->m->arena, w->room * sizeof *w->slots);
    w->numbers = arena_alloc(w->m->arena, w->room * sizeof *w->numbers);
    for (size_t i = 0; i < old_room; i++) {
        if (numbers[i] == NO_WORD)
            continue;
        size_t at = mix(old[i]) & (w->room - 1);
        while (w->numbers[at] != NO_WORD)
            at = (at + 1) & (w->room - 1);
        w->slots[at] = old[i];
        w->numbers[at] = numbers[i];
    }
    uint32_t *stamp = arena_alloc(w->m->arena, w->room * sizeof *stamp);
    if (w->words)
        memcpy(stamp, w->stamp, (w->words + 1) * sizeof *stamp);
    w->stamp = stamp;
}

/* The number of a pair of chars, from 1. */
static uint32_t number_of(struct match_words *w, uint64_t pair)
{
    if ((w->words + 1) * 2 > w->room)
        grow(w);
    size_t at = mix(pair) & (w->room - 1);
    while (w->numbers[at] != NO_WORD && w->slots[at] != pair)
        at = (at + 1) & (w->room - 1);
    if (w->numbers[at] == NO_WORD) {
        w->slots[at] = pair;
        w->numbers[at] = (uint32_t)++w->words;
    }
    return w->numbers[at];
}

static void add_word(struct match_words *w, struct word_list *list, uint64_t pair)
{
    uint32_t word = number_of(w, pair);
    if (w->stamp[word] == w->stamps)
        return;
    w->stamp[word] = w->stamps;
    list->items[list->count++] = word;
}

/* The words of a record, found once. A text of one char is one pair with itself. */
static const struct word_list *words_of(struct match_words *w, int side, size_t i)
{
    struct word_list *list = &w->lists[side][i];
    if (list->known)
        return list;
    struct buf wording = {0};
    uint64_t before = 0;
    size_t n = 0;
    wording_of(w->m->items[side][i].text, &wording);
    size_t chars = text_chars(buf_view(&wording));
    list->items = arena_alloc(w->m->arena, (chars + 1) * sizeof *list->items);
    w->stamps++;
    for (size_t at = 0; at < wording.n; n++) {
        uint64_t c = text_next(wording.p, wording.n, &at);
        if (n || chars == 1)
            add_word(w, list, (n ? before : c) << 32 | c);
        before = c;
    }
    list->known = true;
    buf_done(&wording);
    return list;
}

struct match_words *match_words_of(struct match *m)
{
    if (m->words)
        return m->words;
    struct match_words *w = m->words = arena_alloc(m->arena, sizeof *w);
    w->m = m;
    grow(w);
    for (int s = 0; s < 2; s++)
        w->lists[s] = arena_alloc(m->arena, (m->count[s] + 1) * sizeof *w->lists[s]);
    return w;
}

/* ---- the index ---- */

static bool takes_part(const struct match *m, int side, size_t i)
{
    return m->items[side][i].mate == ASSIGN_NONE && (!m->part || m->part(m->ctx, side, i));
}

static uint32_t log2_of(size_t n)
{
    uint32_t log = 0;
    while (n >>= 1)
        log++;
    return log;
}

/* Counts the records of each word and weighs the words; returns how many records there are. */
static void weigh(struct match_words *w)
{
    size_t all = 0;
    w->spread = mem_zalloc((w->words + 1) * sizeof *w->spread);
    w->weight = mem_zalloc((w->words + 1) * sizeof *w->weight);
    for (int s = 0; s < 2; s++)
        for (size_t i = 0; i < w->m->count[s]; i++) {
            if (!takes_part(w->m, s, i))
                continue;
            all++;
            for (uint32_t k = 0; k < w->lists[s][i].count; k++)
                w->spread[w->lists[s][i].items[k]]++;
        }
    for (size_t i = 1; i <= w->words; i++)
        w->weight[i] = 2 + log2_of(all / (w->spread[i] ? w->spread[i] : 1));
    for (int s = 0; s < 2; s++)
        for (size_t i = 0; i < w->m->count[s]; i++) {
            struct word_list *list = &w->lists[s][i];
            list->weight = 0;
            for (uint32_t k = 0; takes_part(w->m, s, i) && k < list->count; k++)
                list->weight += w->weight[list->items[k]];
        }
}

static void post(struct match_words *w, int other)
{
    size_t n = w->m->count[other];
    uint32_t *begin = mem_zalloc((w->words + 2) * sizeof *begin), *at;
    for (size_t i = 0; i < n; i++)
        for (uint32_t k = 0; takes_part(w->m, other, i) && k < w->lists[other][i].count; k++)
            begin[w->lists[other][i].items[k] + 1]++;
    for (size_t i = 1; i <= w->words + 1; i++)
        begin[i] += begin[i - 1];
    at = mem_alloc((w->words + 2) * sizeof *at);
    memcpy(at, begin, (w->words + 2) * sizeof *at);
    w->postings = mem_alloc((begin[w->words + 1] + 1) * sizeof *w->postings);
    for (size_t i = 0; i < n; i++)
        for (uint32_t k = 0; takes_part(w->m, other, i) && k < w->lists[other][i].count; k++)
            w->postings[at[w->lists[other][i].items[k]]++] = (uint32_t)i;
    w->posting_begin = begin;
    free(at);
}

/* Above MATCH_WORK steps, words that many records have are not looked up. */
static void thin(struct match_words *w)
{
    uint64_t work = 0;
    for (size_t i = 1; i <= w->words; i++) {
        uint64_t other = w->posting_begin[i + 1] - w->posting_begin[i];
        work += other * (w->spread[i] - other);
    }
    w->thinned = work > MATCH_WORK;
    w->most = w->thinned ? MATCH_SPREAD : UINT32_MAX;
}

void match_words_index(struct match_words *w)
{
    for (int s = 0; s < 2; s++)
        for (size_t i = 0; i < w->m->count[s]; i++)
            if (takes_part(w->m, s, i))
                words_of(w, s, i);
    weigh(w);
    post(w, !w->m->swapped);
    thin(w);
    w->shared = mem_zalloc((w->m->count[!w->m->swapped] + 1) * sizeof *w->shared);
}

void match_words_unindex(struct match_words *w)
{
    free(w->spread);
    free(w->weight);
    free(w->posting_begin);
    free(w->postings);
    free(w->shared);
}

/* ---- likeness ---- */

static void stamp_words(struct match_words *w, const struct word_list *list)
{
    w->stamps++;
    for (uint32_t k = 0; k < list->count; k++)
        w->stamp[list->items[k]] = w->stamps;
}

int match_words_alike(struct match_words *w, size_t a, size_t b)
{
    const struct word_list *x = words_of(w, 0, a), *y = words_of(w, 1, b);
    size_t common = 0, all = (size_t)x->count + y->count;
    stamp_words(w, x);
    for (uint32_t k = 0; k < y->count; k++)
        common += w->stamp[y->items[k]] == w->stamps;
    return all ? (int)(common * 2000 / all) : 1000;
}

/* The whole weight a record has in common with the one whose words were stamped last. */
static uint64_t common_weight(const struct match_words *w, const struct word_list *y)
{
    uint64_t sum = 0;
    for (uint32_t k = 0; k < y->count; k++)
        sum += w->stamp[y->items[k]] == w->stamps ? w->weight[y->items[k]] : 0;
    return sum;
}

static size_t collect(struct match_words *w, const struct word_list *list, struct likely *out)
{
    size_t n = 0;
    for (uint32_t k = 0; k < list->count; k++) {
        uint32_t word = list->items[k];
        if (w->spread[word] > w->most)
            continue;
        for (uint32_t i = w->posting_begin[word]; i < w->posting_begin[word + 1]; i++) {
            uint32_t y = w->postings[i];
            if (!w->shared[y])
                out[n++].place = y;
            w->shared[y] += w->weight[word];
        }
    }
    return n;
}

static size_t least_shared(const struct match_words *w, const struct likely *found)
{
    size_t least = 0;
    for (size_t k = 1; k < MATCH_LOOK; k++)
        least = w->shared[found[k].place] < w->shared[found[least].place] ? k : least;
    return least;
}

/* Keeps the MATCH_LOOK records that share most; the scratch of the others is cleared. */
static size_t keep_best(struct match_words *w, struct likely *found, size_t n)
{
    size_t least = n > MATCH_LOOK ? least_shared(w, found) : 0;
    for (size_t i = MATCH_LOOK; i < n; i++) {
        uint32_t place = found[i].place;
        if (w->shared[place] > w->shared[found[least].place]) {
            w->shared[found[least].place] = 0;
            found[least].place = place;
            least = least_shared(w, found);
        } else {
            w->shared[place] = 0;
        }
    }
    return n < MATCH_LOOK ? n : MATCH_LOOK;
}

size_t match_words_like(struct match_words *w, size_t x, struct likely *out)
{
    int from = w->m->swapped;
    const struct word_list *list = &w->lists[from][x], *others = w->lists[!from];
    if (!takes_part(w->m, from, x))
        return 0;
    size_t n = collect(w, list, out);
    if (w->thinned) {
        n = keep_best(w, out, n);
        stamp_words(w, list);
    }
    for (size_t i = 0; i < n; i++) {
        const struct word_list *y = &others[out[i].place];
        uint64_t common = w->thinned ? common_weight(w, y) : w->shared[out[i].place];
        out[i].likeness = (int)(common * 2000 / (list->weight + y->weight));
        w->shared[out[i].place] = 0;
    }
    return n;
}
