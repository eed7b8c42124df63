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
        if (slice_starts(rest, words[w].word)) {
            add_hit(p, (uint32_t)at, words[w].kind);
            return;
        }
}

/* Two bits a byte: may begin a word, may be the third byte of one. */
static void find_bytes(unsigned char classes[256])
{
    memset(classes, 0, 256);
    for (size_t w = 0; w < sizeof words / sizeof *words; w++) {
        classes[(unsigned char)words[w].word.p[0]] |= 1;
        classes[(unsigned char)words[w].word.p[2]] |= 2;
    }
}

void read_hits(struct plan *p)
{
    const char *s = p->source.text.p;
    size_t n = p->source.text.n;
    unsigned char classes[256];
    find_bytes(classes);
    for (size_t i = 0; i + 2 < n;) {
        unsigned char c = (unsigned char)s[i];
        if (c < 0x80) {
            i++;
            continue;
        }
        if ((classes[c] & 1) && (classes[(unsigned char)s[i + 2]] & 2))
            look(p, i);
        i += c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
    }
}
