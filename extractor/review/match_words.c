#include "review/match_words.h"

#include <stdlib.h>

enum { NO_WORD = 0 };

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
    w->room = old_room ? old_room * 2 : 4096;
    w->slots = mem_zalloc(w->room * sizeof *w->slots);
    w->numbers = mem_zalloc(w->room * sizeof *w->numbers);
    for (size_t i = 0; i < old_room; i++) {
        if (numbers[i] == NO_WORD)
            continue;
        size_t at = mix(old[i]) & (w->room - 1);
        while (w->numbers[at] != NO_WORD)
            at = (at + 1) & (w->room - 1);
        w->slots[at] = old[i];
        w->numbers[at] = numbers[i];
    }
    free(old);
    free(numbers);
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

static void list_words(struct match_words *w, struct slice text, struct word_list *out)
{
    struct pairs p = pairs_of(w->m->arena, text);
    out->items = arena_alloc(w->m->arena, (p.count + 1) * sizeof *out->items);
    for (size_t i = 0; i < p.count; i++)
        if (i == 0 || p.items[i] != p.items[i - 1])
            out->items[out->count++] = number_of(w, p.items[i]);
}

static uint32_t log2_of(size_t n)
{
    uint32_t log = 0;
    while (n >>= 1)
        log++;
    return log;
}

static void weigh(struct match_words *w)
{
    size_t all = w->open[0] + w->open[1];
    w->weight = mem_zalloc((w->words + 1) * sizeof *w->weight);
    for (size_t i = 1; i <= w->words; i++)
        w->weight[i] = 2 + log2_of(all / (w->spread[i] ? w->spread[i] : 1));
    for (int s = 0; s < 2; s++)
        for (size_t i = 0; i < w->m->count[s]; i++)
            for (uint32_t k = 0; k < w->lists[s][i].count; k++)
                w->lists[s][i].weight += w->weight[w->lists[s][i].items[k]];
}

static void post(struct match_words *w, int other)
{
    size_t n = w->m->count[other];
    uint32_t *begin = mem_zalloc((w->words + 2) * sizeof *begin), *at;
    for (size_t i = 0; i < n; i++)
        for (uint32_t k = 0; k < w->lists[other][i].count; k++)
            begin[w->lists[other][i].items[k] + 1]++;
    for (size_t i = 1; i <= w->words + 1; i++)
        begin[i] += begin[i - 1];
    at = mem_alloc((w->words + 2) * sizeof *at);
    memcpy(at, begin, (w->words + 2) * sizeof *at);
    w->postings = mem_alloc((begin[w->words + 1] + 1) * sizeof *w->postings);
    for (size_t i = 0; i < n; i++)
        for (uint32_t k = 0; k < w->lists[other][i].count; k++)
            w->postings[at[w->lists[other][i].items[k]]++] = (uint32_t)i;
    w->posting_begin = begin;
    free(at);
}

void match_words_init(struct match_words *w, struct match *m)
{
    *w = (struct match_words){.m = m};
    for (int s = 0; s < 2; s++) {
        w->lists[s] = arena_alloc(m->arena, (m->count[s] + 1) * sizeof *w->lists[s]);
        for (size_t i = 0; i < m->count[s]; i++) {
            if (m->items[s][i].mate != ASSIGN_NONE)
                continue;
            w->open[s != m->swapped]++;
            list_words(w, m->items[s][i].text, &w->lists[s][i]);
        }
    }
    w->spread = mem_zalloc((w->words + 1) * sizeof *w->spread);
    for (int s = 0; s < 2; s++)
        for (size_t i = 0; i < m->count[s]; i++)
            for (uint32_t k = 0; k < w->lists[s][i].count; k++)
                w->spread[w->lists[s][i].items[k]]++;
    weigh(w);
    post(w, !m->swapped);
    w->shared = mem_zalloc((m->count[!m->swapped] + 1) * sizeof *w->shared);
    w->mark = mem_zalloc((w->words + 1) * sizeof *w->mark);
}

void match_words_done(struct match_words *w)
{
    free(w->slots);
    free(w->numbers);
    free(w->spread);
    free(w->weight);
    free(w->posting_begin);
    free(w->postings);
    free(w->shared);
    free(w->mark);
}

/* The whole weight a record has in common with the one whose words are marked. */
static uint64_t common_weight(const struct match_words *w, const struct word_list *y)
{
    uint64_t sum = 0;
    for (uint32_t k = 0; k < y->count; k++)
        sum += w->mark[y->items[k]] ? w->weight[y->items[k]] : 0;
    return sum;
}

static void mark_words(struct match_words *w, const struct word_list *list, bool mark)
{
    for (uint32_t k = 0; k < list->count; k++)
        w->mark[list->items[k]] = mark;
}

size_t match_words_like(struct match_words *w, size_t x, size_t spread, struct likely *out)
{
    int from = w->m->swapped;
    const struct word_list *list = &w->lists[from][x], *others = w->lists[!from];
    size_t n = 0;
    for (uint32_t k = 0; k < list->count; k++) {
        uint32_t word = list->items[k];
        if (w->spread[word] > spread)
            continue;
        for (uint32_t i = w->posting_begin[word]; i < w->posting_begin[word + 1]; i++) {
            uint32_t y = w->postings[i];
            if (!w->shared[y])
                out[n++].place = y;
            w->shared[y] += w->weight[word];
        }
    }
    mark_words(w, list, true);
    for (size_t i = 0; i < n; i++) {
        const struct word_list *y = &others[out[i].place];
        uint64_t common = spread == SIZE_MAX ? w->shared[out[i].place] : common_weight(w, y);
        out[i].likeness = (int)(common * 2000 / (list->weight + y->weight));
        w->shared[out[i].place] = 0;
    }
    mark_words(w, list, false);
    return n;
}
