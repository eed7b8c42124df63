/* One pass over the text for the few words that extractors start from. */
#include "read/read.h"

#include "base/buf.h"

static const struct {
    struct slice word;
    enum hit_kind kind;
} words[] = {
    {{"《", 3}, HIT_TITLE_OPEN}, {{"》", 3}, HIT_TITLE_CLOSE}, {{"表", 3}, HIT_TABLE},
    {{"专栏", 6}, HIT_BOX},      {{"规划期", 9}, HIT_PERIOD},   {{"远景", 6}, HIT_HORIZON},
    {{"　　", 6}, HIT_GAP},      {{"年", 3}, HIT_YEAR},         {{"期", 3}, HIT_TERM},
    {{"牵头", 6}, HIT_CHARGE},   {{"负责", 6}, HIT_CHARGE},     {{"部门", 6}, HIT_BODY},
    {{"单位", 6}, HIT_BODY},     {{"机关", 6}, HIT_BODY},       {{"机构", 6}, HIT_BODY},
    {{"委员会", 9}, HIT_BODY},     {{"办公室", 9}, HIT_BODY},     {{"专班", 6}, HIT_BODY},
    {{"联席", 6}, HIT_BODY},       {{"乡镇", 6}, HIT_BODY},       {{"街道", 6}, HIT_BODY},
    {{"镇街", 6}, HIT_BODY},       {{"政府", 6}, HIT_BODY},       {{"党委", 6}, HIT_BODY},
    {{"小组", 6}, HIT_BODY},       {{"工会", 6}, HIT_BODY},       {{"各地", 6}, HIT_BODY},
    {{"局", 3}, HIT_BODY_END},     {{"委", 3}, HIT_BODY_END},     {{"厅", 3}, HIT_BODY_END},
    {{"部", 3}, HIT_BODY_END},     {{"署", 3}, HIT_BODY_END},     {{"院", 3}, HIT_BODY_END},
    {{"办", 3}, HIT_BODY_END},     {{"联", 3}, HIT_BODY_END},     {{"各省", 6}, HIT_BODY},
    {{"各市", 6}, HIT_BODY},       {{"各县", 6}, HIT_BODY},       {{"各区", 6}, HIT_BODY},
    {{"各州", 6}, HIT_BODY},       {{"各镇", 6}, HIT_BODY},       {{"各城市", 9}, HIT_BODY},
    {{"国务院", 9}, HIT_BODY},
};

static void add_hit(struct plan *p, uint32_t at, enum hit_kind kind)
{
    p->hits = arena_grow(&p->arena, p->hits, p->hit_count, sizeof *p->hits);
    p->hits[p->hit_count++] = (struct hit){at, (uint8_t)kind};
}

_Static_assert(sizeof words / sizeof *words <= 64, "a bit for each word");

/* By the last two bytes of a char: whether a word begins with one that ends so, and which words do. */
struct filter {
    unsigned char begins[1 << 14];
    uint64_t having[3][256]; /* a bit for each word, by its first, second and third byte */
};

/* The last two bytes of a char of three, without the bits that are always the same. */
static size_t char_end(const char *p)
{
    const unsigned char *s = (const unsigned char *)p;
    return (s[1] & 0x3Fu) | (s[2] & 0x3Fu) << 8;
}

/* Eight bytes, the first one lowest. */
static inline uint64_t eight_bytes(const char *p)
{
    const unsigned char *s = (const unsigned char *)p;
    return (uint64_t)s[0] | (uint64_t)s[1] << 8 | (uint64_t)s[2] << 16 | (uint64_t)s[3] << 24 | (uint64_t)s[4] << 32 |
           (uint64_t)s[5] << 40 | (uint64_t)s[6] << 48 | (uint64_t)s[7] << 56;
}

static void fill_filter(struct filter *f)
{
    memset(f, 0, sizeof *f);
    for (size_t w = 0; w < sizeof words / sizeof *words; w++) {
        f->begins[char_end(words[w].word.p)] = 1;
        for (int i = 0; i < 3; i++)
            f->having[i][(unsigned char)words[w].word.p[i]] |= (uint64_t)1 << w;
    }
}

/* The first of the words that stands at a place. */
static void look(struct plan *p, const struct filter *f, size_t at)
{
    struct slice rest = slice_of(p->source.text.p + at, p->source.text.n - at);
    const unsigned char *s = (const unsigned char *)rest.p;
    uint64_t candidates = f->having[0][s[0]] & f->having[1][s[1]] & f->having[2][s[2]];
    for (; candidates; candidates &= candidates - 1) {
        size_t w = (size_t)__builtin_ctzll(candidates);
        if (slice_starts(rest, words[w].word)) {
            add_hit(p, (uint32_t)at, words[w].kind);
            return;
        }
    }
}

/* Past the chars of three bytes, two at a time, that no word begins with. */
static size_t skip(const struct filter *f, const char *s, size_t n, size_t at)
{
    for (; at + 8 <= n; at += 6) {
        uint64_t two = eight_bytes(s + at);
        if ((two & 0xF00000F0) != 0xE00000E0 || f->begins[two >> 8 & 0x3F3F] | f->begins[two >> 32 & 0x3F3F])
            break;
    }
    return at;
}

void read_hits(struct plan *p)
{
    const char *s = p->source.text.p;
    size_t n = p->source.text.n;
    struct filter f;
    fill_filter(&f);
    for (size_t i = 0; (i = skip(&f, s, n, i)) + 2 < n;) {
        unsigned char c = (unsigned char)s[i];
        if ((c & 0xF0) == 0xE0)
            look(p, &f, i);
        i += c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
    }
}
