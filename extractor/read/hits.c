/* One pass over the text for the few words that extractors start from. */
#include "read/read.h"

#include "base/buf.h"

static void add_hit(struct plan *p, uint32_t at, const struct start *word)
{
    p->hits = arena_grow(&p->arena, p->hits, p->hit_count, sizeof *p->hits);
    p->hits[p->hit_count++] = (struct hit){at, (uint8_t)word->kind, (uint8_t)word->word.n};
}

/* Eight bytes, the first one lowest. */
static inline uint64_t eight_bytes(const char *p)
{
    const unsigned char *s = (const unsigned char *)p;
    return (uint64_t)s[0] | (uint64_t)s[1] << 8 | (uint64_t)s[2] << 16 | (uint64_t)s[3] << 24 | (uint64_t)s[4] << 32 |
           (uint64_t)s[5] << 40 | (uint64_t)s[6] << 48 | (uint64_t)s[7] << 56;
}

/* The longest of the words that stands at a place. */
static void look(struct plan *p, const struct starts *words, size_t at)
{
    struct slice rest = slice_of(p->source.text.p + at, p->source.text.n - at);
    unsigned group = words->group[start_end(rest.p)];
    if (rest.n > 5 && !(words->sixth[group] >> (rest.p[5] & 63) & 1))
        return;
    for (size_t w = words->first[group]; w; w = words->words[w].next)
        if (slice_starts(rest, words->words[w].word)) {
            add_hit(p, (uint32_t)at, &words->words[w]);
            return;
        }
}

/* Past the chars of three bytes, two at a time, that no word begins with. */
static size_t skip(const struct starts *words, const char *s, size_t n, size_t at)
{
    for (; at + 8 <= n; at += 6) {
        uint64_t two = eight_bytes(s + at);
        if ((two & 0xF00000F0) != 0xE00000E0 || words->group[two >> 8 & 0x3F3F] | words->group[two >> 32 & 0x3F3F])
            break;
    }
    return at;
}

void read_hits(struct plan *p, const struct starts *words)
{
    const char *s = p->source.text.p;
    size_t n = p->source.text.n;
    for (size_t i = 0; (i = skip(words, s, n, i)) + 2 < n;) {
        unsigned char c = (unsigned char)s[i];
        if ((c & 0xF0) == 0xE0)
            look(p, words, i);
        i += c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
    }
}
