/* One pass over the text for the few words that extractors start from. */
#include "read/read.h"

#include "base/buf.h"

static const struct {
    struct slice word;
    enum hit_kind kind;
} words[] = {
    {{"《", 3}, HIT_TITLE_OPEN}, {{"》", 3}, HIT_TITLE_CLOSE}, {{"表", 3}, HIT_TABLE}, {{"专栏", 6}, HIT_BOX},
    {{"规划期", 9}, HIT_PERIOD}, {{"远景", 6}, HIT_HORIZON},   {{"　　", 6}, HIT_GAP},
    {{"年", 3}, HIT_YEAR},      {{"期", 3}, HIT_TERM},     {{"部门", 6}, HIT_BODY}, {{"单位", 6}, HIT_BODY},
    {{"牵头", 6}, HIT_BODY},    {{"负责", 6}, HIT_BODY},
};

static void add_hit(struct plan *p, uint32_t at, enum hit_kind kind)
{
    p->hits = arena_grow(&p->arena, p->hits, p->hit_count, sizeof *p->hits);
    p->hits[p->hit_count++] = (struct hit){at, (uint8_t)kind};
}

static void look(struct plan *p, size_t at)
{
    struct slice rest = slice_of(p->source.text.p + at, p->source.text.n - at);
    for (size_t w = 0; w < sizeof words / sizeof *words; w++)
        if (memcmp(rest.p, words[w].word.p, 3) == 0 && slice_starts(rest, words[w].word)) {
            add_hit(p, (uint32_t)at, words[w].kind);
            return;
        }
}

/* A bit for each second and third byte that a word begins with; the first byte tells little. */
struct pairs {
    uint64_t bits[64];
};

static unsigned low6(char c)
{
    return (unsigned char)c & 0x3F;
}

static void find_pairs(struct pairs *p)
{
    memset(p, 0, sizeof *p);
    for (size_t w = 0; w < sizeof words / sizeof *words; w++)
        p->bits[low6(words[w].word.p[1])] |= (uint64_t)1 << low6(words[w].word.p[2]);
}

void read_hits(struct plan *p)
{
    const char *s = p->source.text.p;
    size_t n = p->source.text.n;
    struct pairs pairs;
    find_pairs(&pairs);
    for (size_t i = 0; i + 2 < n;) {
        unsigned char c = (unsigned char)s[i];
        if (c < 0xE0) {
            i += c < 0x80 ? 1 : 2;
            continue;
        }
        if (pairs.bits[low6(s[i + 1])] >> low6(s[i + 2]) & 1)
            look(p, i);
        i += c < 0xF0 ? 3 : 4;
    }
}
