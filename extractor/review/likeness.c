#include "review/likeness.h"

#include "base/text.h"

#include <stdlib.h>
#include <uchar.h>

/* Folding leaves these as the marks that no comparison of wording should see; . and % and signs stay. */
static bool is_silent(uint32_t c)
{
    static const char32_t silent[] = U",;:!?\"'()[]{}<>、。〈〉《》「」『』【】〔〕〖〗“”‘’…—–·•*#_`\\/";
    if (text_is_blank(c) || c < 0x20)
        return true;
    if (c > U'〗') /* hanzi, mostly */
        return false;
    for (const char32_t *s = silent; *s; s++)
        if (*s == c)
            return true;
    return false;
}

void wording_of(struct slice s, struct buf *out)
{
    struct folded f = {0};
    text_fold(s, &f);
    buf_reserve(out, f.n);
    for (size_t at = 0; at < f.n;) {
        size_t from = at;
        if (!is_silent(text_next(f.p, f.n, &at)))
            buf_add(out, f.p + from, at - from);
    }
    folded_done(&f);
}

bool wording_same(struct slice a, struct slice b)
{
    struct buf x = {0}, y = {0};
    if (slice_eq(a, b))
        return true;
    wording_of(a, &x);
    wording_of(b, &y);
    bool same = slice_eq(buf_view(&x), buf_view(&y));
    buf_done(&x);
    buf_done(&y);
    return same;
}

static int by_value(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

struct pairs pairs_of(struct arena *a, struct slice s)
{
    struct buf text = {0};
    wording_of(s, &text);
    size_t chars = text_chars(buf_view(&text)), n = 0;
    struct pairs out = {.items = arena_alloc(a, (chars + 1) * sizeof *out.items)};
    uint64_t before = 0;
    for (size_t at = 0; at < text.n; n++) {
        uint64_t c = text_next(text.p, text.n, &at);
        if (n || chars == 1)
            out.items[out.count++] = (n ? before : c) << 32 | c;
        before = c;
    }
    qsort(out.items, out.count, sizeof *out.items, by_value);
    buf_done(&text);
    return out;
}

static size_t in_common(const struct pairs *a, const struct pairs *b)
{
    size_t i = 0, j = 0, common = 0;
    while (i < a->count && j < b->count) {
        uint64_t x = a->items[i], y = b->items[j];
        common += x == y;
        i += x <= y;
        j += y <= x;
    }
    return common;
}

int pairs_likeness(const struct pairs *a, const struct pairs *b)
{
    size_t all = a->count + b->count;
    return all ? (int)(in_common(a, b) * 2000 / all) : 1000;
}
