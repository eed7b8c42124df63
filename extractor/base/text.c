#include "base/text.h"

#include <stdlib.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>

uint32_t text_next_rare(const char *p, size_t n, size_t *at)
{
    const unsigned char *s = (const unsigned char *)p + *at;
    uint32_t c = s[0];
    size_t len = c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
    if (len > n - *at)
        len = n - *at;
    *at += len;
    if (len == 1)
        return c;
    if (len == 2)
        return (c & 0x1F) << 6 | (s[1] & 0x3Fu);
    if (len == 3)
        return (c & 0x0F) << 12 | (s[1] & 0x3Fu) << 6 | (s[2] & 0x3Fu);
    return (c & 0x07) << 18 | (s[1] & 0x3Fu) << 12 | (s[2] & 0x3Fu) << 6 | (s[3] & 0x3Fu);
}

uint32_t text_first(struct slice s)
{
    size_t at = 0;
    return s.n ? text_next(s.p, s.n, &at) : 0;
}

static bool goes_on(char c)
{
    return ((unsigned char)c & 0xC0) == 0x80;
}

size_t text_before(struct slice s, size_t at)
{
    do
        at--;
    while (at && goes_on(s.p[at]));
    return at;
}

size_t text_onward(struct slice s, size_t at)
{
    while (at < s.n && goes_on(s.p[at]))
        at++;
    return at;
}

struct slice text_head(struct slice s, size_t most)
{
    if (s.n <= most)
        return s;
    while (most && goes_on(s.p[most]))
        most--;
    return slice_of(s.p, most);
}

uint32_t text_last(struct slice s)
{
    if (!s.n)
        return 0;
    size_t at = text_before(s, s.n);
    return text_next(s.p, s.n, &at);
}

size_t text_chars(struct slice s)
{
    size_t count = 0;
    for (size_t i = 0; i < s.n; i++)
        count += ((unsigned char)s.p[i] & 0xC0) != 0x80;
    return count;
}

size_t text_prefix(struct slice s, size_t chars)
{
    size_t at = 0;
    while (at < s.n && chars--)
        text_next(s.p, s.n, &at);
    return at;
}

size_t text_width(struct slice s)
{
    size_t width = 0;
    for (size_t at = 0; at < s.n;) {
        uint32_t c = text_next(s.p, s.n, &at);
        if (c < 0x20 || (c >= 0x300 && u_getCombiningClass((UChar32)c)))
            continue;
        int wide = c < 0x1100 ? U_EA_NEUTRAL : u_getIntPropertyValue((UChar32)c, UCHAR_EAST_ASIAN_WIDTH);
        /* ambiguous ones (“ ” — ·) are drawn wide by the fonts that draw hanzi */
        bool ambiguous = c >= 0x2010 && c < 0x2027 && wide == U_EA_AMBIGUOUS;
        width += wide == U_EA_WIDE || wide == U_EA_FULLWIDTH || ambiguous ? 2 : 1;
    }
    return width;
}

size_t text_columns(struct slice s, size_t columns)
{
    size_t end = 0, width = 0;
    for (size_t at = 0; at < s.n; end = at) {
        text_next(s.p, s.n, &at);
        width += text_width(slice_of(s.p + end, at - end));
        if (width > columns)
            break;
    }
    return end;
}

void text_cut(struct slice s, size_t columns, struct buf *out)
{
    struct slice more = SLICE("…");
    size_t whole = text_columns(s, columns), mark = text_width(more);
    buf_add(out, s.p, whole == s.n || columns < mark ? whole : text_columns(s, columns - mark));
    if (whole < s.n && columns >= mark)
        buf_slice(out, more);
}

void text_pad(struct slice s, size_t columns, bool right, struct buf *out)
{
    size_t width = text_width(s), blanks = columns > width ? columns - width : 0;
    for (size_t i = 0; right && i < blanks; i++)
        buf_char(out, ' ');
    buf_slice(out, s);
    for (size_t i = 0; !right && i < blanks; i++)
        buf_char(out, ' ');
}

bool text_is_han(uint32_t c)
{
    return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) || c == 0x3007 ||
           (c >= 0x20000 && c <= 0x3FFFF) || (c >= 0xF900 && c <= 0xFAFF);
}

bool text_is_blank(uint32_t c)
{
    if (c < 0x80)
        return c == ' ' || (c >= '\t' && c <= '\r');
    return c == 0xA0 || c == 0x85 || c == 0x1680 || (c >= 0x2000 && c <= 0x200B) || c == 0x2028 ||
           c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000 || c == 0xFEFF;
}

/* Printable ASCII or a common hanzi: told by its first byte. */
static bool is_ink(char lead)
{
    unsigned char c = (unsigned char)lead;
    return (c > ' ' && c < 0x7F) || (c >= 0xE4 && c <= 0xE9);
}

struct slice text_trim_start(struct slice s)
{
    if (s.n && is_ink(s.p[0]))
        return s;
    for (size_t at = 0; at < s.n;) {
        size_t start = at;
        if (!text_is_blank(text_next(s.p, s.n, &at)))
            return slice_of(s.p + start, s.n - start);
    }
    return slice_of(s.n ? s.p + s.n : s.p, 0);
}

struct slice text_trim(struct slice s)
{
    s = text_trim_start(s);
    while (s.n) {
        size_t at = text_before(s, s.n), start = at;
        if (is_ink(s.p[at]) || !text_is_blank(text_next(s.p, s.n, &at)))
            break;
        s.n = start;
    }
    return s;
}

struct slice text_without_blanks(struct arena *a, struct slice s)
{
    char *out = NULL;
    size_t n = 0;
    for (size_t at = 0; at < s.n;) {
        size_t begin = at;
        bool blank = text_is_blank(text_next(s.p, s.n, &at));
        if (blank && !out) {
            out = arena_text(a, s.n);
            memcpy(out, s.p, begin);
            n = begin;
        } else if (!blank && out) {
            memcpy(out + n, s.p + begin, at - begin);
            n += at - begin;
        }
    }
    return out ? slice_of(out, n) : s;
}

size_t text_sequence(const unsigned char *s, size_t limit)
{
    unsigned c = s[0];
    if (c < 0x80)
        return 1;
    if (c < 0xC2 || c > 0xF4)
        return 0;
    size_t len = c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
    if (limit < len)
        return 0;
    unsigned low = c == 0xE0 ? 0xA0 : c == 0xF0 ? 0x90 : 0x80;
    unsigned high = c == 0xED ? 0x9F : c == 0xF4 ? 0x8F : 0xBF;
    if (s[1] < low || s[1] > high)
        return 0;
    for (size_t i = 2; i < len; i++)
        if ((s[i] & 0xC0) != 0x80)
            return 0;
    return len;
}

/* Whether three bytes of any char of U+1000 to U+FFFF but the surrogates and their neighbours stand at
 * s, which has four bytes: nearly all that Chinese texts are made of. */
static bool plain_three(const unsigned char *s)
{
    uint32_t w = (uint32_t)s[0] | (uint32_t)s[1] << 8 | (uint32_t)s[2] << 16 | (uint32_t)s[3] << 24;
    return (w & 0xC0C0F0) == 0x8080E0 && 0xDFFEu >> (w & 15) & 1; /* not E0, not ED */
}

enum { BLOCK = 64 };

typedef signed char vector __attribute__((vector_size(16)));

static vector load(const unsigned char *s)
{
    vector v;
    memcpy(&v, s, sizeof v);
    return v;
}

/* Whether the bytes of a block go on with chars of one byte, or of three as above. Two bytes that are well
 * formed stand before it. */
static bool plain_block(const unsigned char *s)
{
    const vector high = (vector){0} - 0x10, three = (vector){0} - 0x20, further = (vector){0} - 0x40;
    vector odd = {0};
    for (int i = 0; i < BLOCK; i += 16) {
        vector c = load(s + i), leads = (c & high) == three, follows = c < further;
        vector wanted = ((load(s + i - 1) & high) == three) | ((load(s + i - 2) & high) == three);
        odd |= (follows ^ wanted) | (c == three) | (c == three + 0xD) | ((c < 0) ^ leads ^ follows);
    }
    uint64_t halves[2];
    memcpy(halves, &odd, sizeof halves);
    return !(halves[0] | halves[1]);
}

/* From the start of a char over whole blocks, to the start of a char again; some byte is left. */
static size_t skip_blocks(const unsigned char *s, size_t i, size_t n)
{
    size_t begin = i;
    if (i < 2)
        return i;
    while (n - i > BLOCK && plain_block(s + i))
        i += BLOCK;
    if (i == begin)
        return i;
    return (s[i - 1] & 0xF0) == 0xE0 ? i - 1 : (s[i - 2] & 0xF0) == 0xE0 ? i - 2 : i;
}

size_t text_check_utf8(const char *p, size_t n)
{
    const unsigned char *s = (const unsigned char *)p;
    size_t i = 0;
    while (i < n) {
        i = skip_blocks(s, i, n);
        size_t stop = n - i > BLOCK ? i + BLOCK : n;
        while (i < stop && n - i >= 4 && plain_three(s + i))
            i += 3;
        while (i < stop && s[i] < 0x80)
            i++;
        if (i >= stop || (n - i >= 4 && plain_three(s + i)))
            continue;
        size_t len = text_sequence(s + i, n - i);
        if (!len)
            return i;
        i += len;
    }
    return n;
}

/* ---- folding ---- */

void folded_done(struct folded *f)
{
    free(f->p);
    free(f->map);
    *f = (struct folded){0};
}

static void folded_reserve(struct folded *f, size_t more)
{
    if (f->map && f->room - f->n >= more)
        return;
    while (f->room - f->n < more)
        f->room = f->room ? f->room * 2 : 256;
    f->p = mem_realloc(f->p, f->room);
    f->map = mem_realloc(f->map, (f->room + 1) * sizeof *f->map);
}

static void folded_add(struct folded *f, uint32_t cp, uint32_t from)
{
    folded_reserve(f, 8);
    if (cp < 0x80) {
        f->p[f->n] = (char)cp;
        f->map[f->n++] = from;
        return;
    }
    struct buf tail = {f->p + f->n, 0, f->room - f->n};
    buf_utf8(&tail, cp);
    for (size_t i = 0; i < tail.n; i++)
        f->map[f->n + i] = from;
    f->n += tail.n;
}

/* NFKC of one char into out (at most 18 UTF-16 units); 0 when it is its own folding. */
static int32_t nfkc(uint32_t cp, UChar out[20])
{
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *n = unorm2_getNFKCInstance(&status);
    int32_t len = U_SUCCESS(status) ? unorm2_getDecomposition(n, (UChar32)cp, out, 20, &status) : -1;
    return U_SUCCESS(status) && len > 0 ? len : 0;
}

uint32_t text_next_utf16(const uint16_t *units, int32_t len, int32_t *at)
{
    uint32_t c = units[(*at)++];
    if (c >= 0xD800 && c < 0xDC00 && *at < len && units[*at] >= 0xDC00 && units[*at] < 0xE000)
        c = 0x10000 + ((c - 0xD800) << 10) + (units[(*at)++] - 0xDC00u);
    return c;
}

/* One char that folds to one char by rule of thumb, or 0 when ICU must be asked. */
static uint32_t fold_simple(uint32_t cp)
{
    if (cp < 0xA0 || text_is_han(cp) || (cp >= 0x2010 && cp <= 0x2023) || (cp >= 0x3001 && cp <= 0x301B))
        return cp == '\t' ? ' ' : cp;
    if (cp >= 0xFF01 && cp <= 0xFF5E)
        return cp - 0xFEE0;
    if (cp == 0x3000 || cp == 0xA0)
        return ' ';
    if (cp == 0x25CB)
        return 0x3007; /* ○ typed for 〇 */
    if (cp >= 0x2460 && cp <= 0x25FF)
        return cp; /* ① is a mark, not the number 1; ■ ◆ are what they are */
    return 0;
}

static void fold_char(struct folded *f, uint32_t cp, uint32_t from)
{
    uint32_t simple = f->stops && cp == 0x3002 ? TEXT_STOP : f->stops && cp == TEXT_STOP ? ' ' : fold_simple(cp);
    UChar units[20];
    int32_t len = simple ? 0 : nfkc(cp, units);
    if (!len) {
        folded_add(f, simple ? simple : cp, from);
        return;
    }
    for (int32_t i = 0; i < len;)
        folded_add(f, text_next_utf16(units, len, &i), from);
}

/* “ ” — and the like, U+2010 to U+201F; 、 。 《 》 and the like, U+3001 to U+300F, perhaps but 。 */
static inline bool is_plain_mark(const unsigned char *s, bool stops)
{
    return s[0] == 0xE2 ? s[1] == 0x80 && s[2] >= 0x90 && s[2] < 0xA0
                        : s[1] == 0x80 && s[2] > 0x80 && s[2] < 0x90 && !(stops && s[2] == 0x82);
}

/* printable ASCII, the common hanzi and marks */
size_t text_fold_none(struct slice s, bool stops)
{
    size_t at = 0;
    while (at < s.n) {
        unsigned char c = (unsigned char)s.p[at];
        if (c >= 0xE4 && c <= 0xE9) /* U+4000 to U+9FFF */
            at += 3;
        else if (c >= 0x20 && c < 0x7F)
            at++;
        else if (c >= 0xE2 && c <= 0xE3 && is_plain_mark((const unsigned char *)s.p + at, stops))
            at += 3;
        else
            break;
    }
    return at;
}

static void folded_keep(struct folded *f, const char *p, size_t n, uint32_t from)
{
    folded_reserve(f, n + 8);
    memcpy(f->p + f->n, p, n);
    for (size_t i = 0; i < n; i++)
        f->map[f->n + i] = from + (uint32_t)i;
    f->n += n;
}

void text_fold(struct slice s, struct folded *out)
{
    text_fold_behind(s, text_fold_none(s, out->stops), out);
}

void text_fold_behind(struct slice s, size_t plain, struct folded *out)
{
    out->n = 0;
    folded_reserve(out, s.n + 8);
    for (size_t at = 0; at < s.n;) {
        size_t from = at + plain;
        if (plain)
            folded_keep(out, s.p + at, plain, (uint32_t)at);
        at = from;
        if (at < s.n)
            fold_char(out, text_next(s.p, s.n, &at), (uint32_t)from);
        plain = at < s.n ? text_fold_none(slice_of(s.p + at, s.n - at), out->stops) : 0;
    }
    folded_reserve(out, 1);
    out->map[out->n] = (uint32_t)s.n;
}

uint32_t text_fold_first(struct slice s)
{
    uint32_t cp = text_first(s);
    uint32_t simple = fold_simple(cp);
    UChar units[20];
    int32_t at = 0, len = simple ? 0 : nfkc(cp, units);
    return len ? text_next_utf16(units, len, &at) : simple ? simple : cp;
}
