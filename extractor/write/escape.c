#include "write/escape.h"

/* What a byte asks for in each of the three places. EF opens U+FFFE and U+FFFF (EF BF BE, EF BF BF),
 * but also every full-width comma: it is looked at closer. */
enum { PLAIN, REFERENCE, BANNED, SUSPECT };

#define CONTROLS_BELOW_TAB                                                                         \
    [0] = BANNED, [1] = BANNED, [2] = BANNED, [3] = BANNED, [4] = BANNED, [5] = BANNED,            \
    [6] = BANNED, [7] = BANNED, [8] = BANNED
#define CONTROLS_ABOVE_TAB                                                                         \
    [11] = BANNED, [12] = BANNED, [14] = BANNED, [15] = BANNED, [16] = BANNED, [17] = BANNED,      \
    [18] = BANNED, [19] = BANNED, [20] = BANNED, [21] = BANNED, [22] = BANNED, [23] = BANNED,      \
    [24] = BANNED, [25] = BANNED, [26] = BANNED, [27] = BANNED, [28] = BANNED, [29] = BANNED,      \
    [30] = BANNED, [31] = BANNED

static const uint8_t in_text[256] = {
    CONTROLS_BELOW_TAB, CONTROLS_ABOVE_TAB, ['\r'] = REFERENCE, ['&'] = REFERENCE,
    ['<'] = REFERENCE,  ['>'] = REFERENCE,  [0xEF] = SUSPECT
};

static const uint8_t in_attr[256] = { CONTROLS_BELOW_TAB, CONTROLS_ABOVE_TAB, ['\t'] = REFERENCE,
                                      ['\n'] = REFERENCE, ['\r'] = REFERENCE, ['&'] = REFERENCE,
                                      ['<'] = REFERENCE,  ['"'] = REFERENCE,  [0xEF] = SUSPECT };

/* Sixteen bytes at once; gcc and clang make SSE2 or NEON of it. */
typedef uint8_t block __attribute__((vector_size(16)));
enum { BLOCK = sizeof(block) };

/* Marks among p[0..15] every byte that may not be copied as it is, and perhaps some that may.
 * Reads p[0..16]. */
static inline block block_odd(const char *p, bool attr)
{
    block a, next;
    memcpy(&a, p, sizeof a);
    memcpy(&next, p + 1, sizeof next);
    block odd = (block)(a < 0x20);
    if (attr)
        odd |= (block)(a == '"');
    else
        odd &= (block)(a - '\t' > '\n' - '\t');
    odd |= (block)(a == '&') | (block)((a | 2) == '>'); /* '<' | 2 is '>' */
    return odd | ((block)(a == 0xEF) & (block)(next == 0xBF));
}

static inline bool block_is_clear(block odd)
{
    uint64_t half[2];
    memcpy(half, &odd, sizeof half);
    return !(half[0] | half[1]);
}

/* Skips what can be copied, as far as whole blocks tell; the last one overlaps those before. */
static inline __attribute__((always_inline)) size_t skip_blocks(struct slice s, size_t i, bool attr)
{
    while (s.n - i > 2 * BLOCK &&
           block_is_clear(block_odd(s.p + i, attr) | block_odd(s.p + i + BLOCK, attr)))
        i += 2 * BLOCK;
    if (s.n - i > BLOCK && block_is_clear(block_odd(s.p + i, attr)))
        i += BLOCK;
    bool tail = s.n > BLOCK && i < s.n && s.n - i <= BLOCK;
    if (tail && block_is_clear(block_odd(s.p + s.n - BLOCK - 1, attr)))
        i = s.n - 1;
    return i;
}

static bool is_noncharacter(const char *p, size_t left)
{
    return left >= 3 && (uint8_t)p[1] == 0xBF && (uint8_t)p[2] >= 0xBE;
}

/* What stands at p[0], where what[] has something to say about the byte. */
static int ask(const char *p, size_t left, const uint8_t what[256])
{
    int asks = what[(uint8_t)p[0]];
    if (asks == SUSPECT)
        return is_noncharacter(p, left) ? BANNED : PLAIN;
    return asks;
}

static bool is_plain(const char *p, size_t left, const uint8_t what[256])
{
    return !what[(uint8_t)p[0]] || ask(p, left, what) == PLAIN;
}

/* Where the bytes from i on end that can be copied as they are. */
static inline __attribute__((always_inline)) size_t plain_end(struct slice s, size_t i,
                                                              const uint8_t what[256])
{
    for (;;) {
        i = skip_blocks(s, i, what == in_attr);
        size_t limit = s.n - i > BLOCK ? i + BLOCK : s.n;
        while (i < limit && is_plain(s.p + i, s.n - i, what))
            i++;
        if (i < limit || i == s.n)
            return i;
    }
}

static void put_reference(char c, struct buf *out)
{
    switch (c) {
    case '&':
        buf_add(out, "&amp;", 5);
        break;
    case '<':
        buf_add(out, "&lt;", 4);
        break;
    case '>':
        buf_add(out, "&gt;", 4);
        break;
    case '"':
        buf_add(out, "&quot;", 6);
        break;
    default: /* TAB, LF, CR */
        buf_add(out, "&#", 2);
        buf_uint(out, (uint8_t)c);
        buf_char(out, ';');
    }
}

static void put_code(const char *p, struct buf *out)
{
    unsigned code = (uint8_t)p[0] < 0x20 ? (uint8_t)p[0] : 0xFF40U + (uint8_t)p[2]; /* BE, BF */
    buf_printf(out, "<c code=\"%X\"/>", code);
}

/* Writes what cannot be copied at p[0]; returns how many bytes it stood for. */
static size_t put_odd(const char *p, size_t left, const uint8_t what[256], bool element,
                      struct buf *out)
{
    if (ask(p, left, what) == REFERENCE) {
        put_reference(p[0], out);
        return 1;
    }
    if (element)
        put_code(p, out);
    else
        buf_add(out, "\xEF\xBF\xBD", 3);
    return (uint8_t)p[0] == 0xEF ? 3 : 1;
}

/* Inlined into each of the three, so that `what` is known where the blocks are compared. */
static inline __attribute__((always_inline)) void escape(struct slice s, const uint8_t what[256],
                                                         bool element, struct buf *out)
{
    buf_reserve(out, s.n);
    for (size_t i = 0; i < s.n;) {
        size_t end = plain_end(s, i, what);
        buf_add(out, s.p + i, end - i);
        i = end;
        if (i < s.n)
            i += put_odd(s.p + i, s.n - i, what, element, out);
    }
}

void escape_text(struct slice s, struct buf *out)
{
    escape(s, in_text, true, out);
}

void escape_plain(struct slice s, struct buf *out)
{
    escape(s, in_text, false, out);
}

void escape_attr(struct slice s, struct buf *out)
{
    escape(s, in_attr, false, out);
}
