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

/* The words that have a byte in first, second or third place, a bit for each. */
struct filter {
    uint64_t having[3][256];
};

static void fill_filter(struct filter *f)
{
    memset(f, 0, sizeof *f);
    for (size_t w = 0; w < sizeof words / sizeof *words; w++)
        for (int i = 0; i < 3; i++)
            f->having[i][(unsigned char)words[w].word.p[i]] |= (uint64_t)1 << w;
}

/* The first of the candidates that stands at a place. */
static void look(struct plan *p, size_t at, uint64_t candidates)
{
    struct slice rest = slice_of(p->source.text.p + at, p->source.text.n - at);
    for (; candidates; candidates &= candidates - 1) {
        size_t w = (size_t)__builtin_ctzll(candidates);
        if (slice_starts(rest, words[w].word)) {
            add_hit(p, (uint32_t)at, words[w].kind);
            return;
        }
    }
}

void read_hits(struct plan *p)
{
    const char *s = p->source.text.p;
    size_t n = p->source.text.n;
    struct filter f;
    fill_filter(&f);
    for (size_t i = 0; i + 2 < n;) {
        unsigned char c = (unsigned char)s[i];
        if (c < 0xE0) {
            i += c < 0x80 ? 1 : 2;
            continue;
        }
        uint64_t candidates = f.having[0][c] & f.having[1][(unsigned char)s[i + 1]] &
                              f.having[2][(unsigned char)s[i + 2]];
        if (candidates)
            look(p, i, candidates);
        i += c < 0xF0 ? 3 : 4;
    }
}
