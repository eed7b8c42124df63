#include "review/sharing.h"

#include "base/text.h"
#include "review/likeness.h"

#include <stdlib.h>

/* The wording of a plan's paragraphs as chars, with a 0 between them. */
struct stream {
    uint32_t *chars;
    size_t count;
    size_t *begin; /* of each paragraph, and the end */
    uint8_t *kind; /* by char */
};

enum { OWN, TAKEN, FORMULA };

/* Where each run of SHARING_RUN chars of a stream stands first: an open hash table of places + 1. */
struct runs {
    const struct stream *of;
    uint32_t *slots;
    size_t room;
};

static void add_chars(struct stream *s, struct slice text)
{
    struct buf wording = {0};
    wording_of(text, &wording);
    for (size_t at = 0; at < wording.n;)
        s->chars[s->count++] = text_next(wording.p, wording.n, &at);
    s->chars[s->count++] = 0;
    buf_done(&wording);
}

static void stream_init(struct stream *s, const struct paragraph *p, size_t n)
{
    size_t most = 1;
    for (size_t i = 0; i < n; i++)
        most += p[i].text.n * 6 + 1;
    *s = (struct stream){.chars = mem_alloc(most * sizeof *s->chars), .begin = mem_alloc((n + 1) * sizeof *s->begin)};
    for (size_t i = 0; i < n; i++) {
        s->begin[i] = s->count;
        add_chars(s, p[i].text);
    }
    s->begin[n] = s->count;
    s->chars = mem_realloc(s->chars, (s->count + 1) * sizeof *s->chars);
    s->kind = mem_zalloc(s->count + 1);
}

static void stream_done(struct stream *s)
{
    free(s->chars);
    free(s->begin);
    free(s->kind);
}

/* false when the run would leave its paragraph. */
static bool run_hash(const struct stream *s, size_t at, uint64_t *hash)
{
    uint64_t h = 0;
    if (at + SHARING_RUN > s->count)
        return false;
    for (size_t i = 0; i < SHARING_RUN; i++) {
        if (!s->chars[at + i])
            return false;
        h = (h ^ s->chars[at + i]) * 0x9E3779B97F4A7C15u;
        h ^= h >> 29;
    }
    *hash = h;
    return true;
}

/* The place of the slot where the run stands or would stand. */
static size_t slot_of(const struct runs *r, const struct stream *s, size_t at, uint64_t hash)
{
    size_t slot = hash & (r->room - 1);
    while (r->slots[slot] && memcmp(r->of->chars + r->slots[slot] - 1, s->chars + at, SHARING_RUN * sizeof *s->chars) != 0)
        slot = (slot + 1) & (r->room - 1);
    return slot;
}

static void runs_init(struct runs *r, const struct stream *s)
{
    *r = (struct runs){.of = s, .room = 1024};
    while (r->room < s->count * 2)
        r->room *= 2;
    r->slots = mem_zalloc(r->room * sizeof *r->slots);
    uint64_t hash;
    for (size_t at = 0; at < s->count; at++) {
        if (!run_hash(s, at, &hash))
            continue;
        size_t slot = slot_of(r, s, at, hash);
        if (!r->slots[slot])
            r->slots[slot] = (uint32_t)at + 1;
    }
}

/* ---- formulas ---- */

/* A phrase as chars, and where each plan has it first found. */
static bool phrase_at(const struct stream *s, size_t at, const uint32_t *phrase, size_t n)
{
    return at + n <= s->count && memcmp(s->chars + at, phrase, n * sizeof *phrase) == 0;
}

struct phrases {
    uint32_t *chars;
    size_t *begin; /* of each phrase, and the end */
    size_t count;
    uint32_t *next;             /* of the phrases that begin with one pair of chars */
    uint32_t first[1 << 12];    /* by a hash of the pair: number + 1 */
    bool *stands[2];            /* in each plan */
};

static size_t pair_hash(const uint32_t *c)
{
    return (c[0] * 31 + c[1] * 131) & ((1u << 12) - 1);
}

static void phrases_init(struct phrases *p, struct grammar *g)
{
    const struct lexicon *lex = grammar_lexicon(g, LEX_FORMULAS);
    struct buf text = {0};
    size_t words = lexicon_words(lex), most = 0;
    for (size_t i = 0; i < words; i++)
        most += lexicon_word(lex, i).n * 6 + 2;
    *p = (struct phrases){.chars = mem_zalloc((most + 1) * sizeof *p->chars),
                          .begin = mem_zalloc((words + 1) * sizeof *p->begin),
                          .next = mem_zalloc((words + 1) * sizeof *p->next)};
    for (int s = 0; s < 2; s++)
        p->stands[s] = mem_zalloc(words + 1);
    for (size_t i = 0, n = 0; i < words; i++) {
        text.n = 0;
        wording_of(lexicon_word(lex, i), &text);
        for (size_t at = 0; at < text.n;)
            p->chars[n++] = text_next(text.p, text.n, &at);
        if (n - p->begin[p->count] < 2) {
            n = p->begin[p->count];
            continue;
        }
        uint32_t *first = &p->first[pair_hash(p->chars + p->begin[p->count])];
        p->next[p->count] = *first;
        *first = (uint32_t)++p->count;
        p->begin[p->count] = n;
    }
    buf_done(&text);
}

static void phrases_done(struct phrases *p)
{
    free(p->chars);
    free(p->begin);
    free(p->next);
    free(p->stands[0]);
    free(p->stands[1]);
}

/* Finds the phrases; first only which stand in the plan, then (mark) marks those that stand in both. */
static void find_phrases(struct phrases *p, struct stream *s, int side, bool mark)
{
    for (size_t at = 0; at + 1 < s->count; at++) {
        for (uint32_t i = p->first[pair_hash(s->chars + at)]; i; i = p->next[i - 1]) {
            size_t n = p->begin[i] - p->begin[i - 1];
            if (!phrase_at(s, at, p->chars + p->begin[i - 1], n))
                continue;
            p->stands[side][i - 1] = true;
            if (mark && p->stands[!side][i - 1])
                memset(s->kind + at, FORMULA, n);
        }
    }
}

/* ---- runs ---- */

/* How far the run at `at` goes on in the other stream from `there`. */
static size_t run_length(const struct stream *s, size_t at, const struct stream *o, size_t there)
{
    size_t n = 0;
    while (at + n < s->count && there + n < o->count && s->chars[at + n] && s->chars[at + n] == o->chars[there + n])
        n++;
    return n;
}

static void find_runs(struct stream *s, const struct runs *r, size_t *from)
{
    uint64_t hash;
    for (size_t at = 0; at < s->count; at++) {
        if (!run_hash(s, at, &hash))
            continue;
        uint32_t there = r->slots[slot_of(r, s, at, hash)];
        if (!there)
            continue;
        size_t n = run_length(s, at, r->of, there - 1), plain = 0;
        for (size_t i = at; i < at + n; i++)
            plain += s->kind[i] != FORMULA;
        for (size_t i = at; i < at + n && plain >= SHARING_RUN / 2; i++) {
            from[i] = from[i] ? from[i] : there + (i - at);
            s->kind[i] = s->kind[i] == FORMULA ? FORMULA : TAKEN;
        }
        at += n - SHARING_RUN;
    }
}

/* ---- counting ---- */

static struct span place_in(const struct diff *d, int side, const struct stream *o, size_t at)
{
    size_t low = 0, high = d->paragraph_count[side];
    while (low + 1 < high) {
        size_t middle = (low + high) / 2;
        if (o->begin[middle] <= at)
            low = middle;
        else
            high = middle;
    }
    return d->paragraphs[side][low].span;
}

static void count_side(struct diff *d, int side, const struct stream *s, const struct stream *o, const size_t *from)
{
    for (size_t p = 0; p < d->paragraph_count[side]; p++) {
        struct paragraph *par = &d->paragraphs[side][p];
        struct sharing *n = &par->sharing, *all = &d->sharing[side];
        for (size_t i = s->begin[p]; i + 1 < s->begin[p + 1]; i++) {
            n->all++;
            n->taken += s->kind[i] == TAKEN;
            n->formula += s->kind[i] == FORMULA;
            n->own += s->kind[i] == OWN;
            if (s->kind[i] == TAKEN && par->from.end == 0)
                par->from = place_in(d, !side, o, from[i] - 1);
        }
        all->all += n->all;
        all->taken += n->taken;
        all->formula += n->formula;
        all->own += n->own;
    }
}

void sharing_make(struct diff *d)
{
    struct stream streams[2];
    struct phrases phrases;
    for (int s = 0; s < 2; s++)
        stream_init(&streams[s], d->paragraphs[s], d->paragraph_count[s]);
    phrases_init(&phrases, d->grammar);
    for (int s = 0; s < 2; s++)
        find_phrases(&phrases, &streams[s], s, false);
    for (int s = 0; s < 2; s++)
        find_phrases(&phrases, &streams[s], s, true);
    for (int s = 0; s < 2; s++) {
        struct runs runs;
        size_t *from = mem_zalloc((streams[s].count + 1) * sizeof *from);
        runs_init(&runs, &streams[!s]);
        find_runs(&streams[s], &runs, from);
        count_side(d, s, &streams[s], &streams[!s], from);
        free(from);
        free(runs.slots);
    }
    phrases_done(&phrases);
    for (int s = 0; s < 2; s++)
        stream_done(&streams[s]);
}
