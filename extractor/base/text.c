#include "base/text.h"

#include <stdlib.h>
#include <unicode/uchar.h>
#include <unicode/ucnv.h>
#include <unicode/ucnv_cb.h>
#include <unicode/ucnv_err.h>
#include <unicode/ucsdet.h>
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

/* Length of the well-formed sequence at s (limit bytes left), 0 when there is none. */
static size_t sequence(const unsigned char *s, size_t limit)
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
        size_t len = sequence(s + i, n - i);
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

static uint32_t utf16_next(const UChar *units, int32_t len, int32_t *at)
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
        folded_add(f, utf16_next(units, len, &i), from);
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
    return len ? utf16_next(units, len, &at) : simple ? simple : cp;
}

/* ---- decoding ---- */

static void note_bad(struct decoded *out, size_t at)
{
    size_t room = sizeof out->bad_at / sizeof *out->bad_at;
    if (out->bad_count < room) {
        out->bad_at[out->bad_count] = at;
        out->bad_text_at[out->bad_count] = out->text.n;
    }
    out->bad_count++;
}

/* Copies UTF-8, each byte that fits nowhere replaced by U+FFFD. */
static void repair_utf8(const char *p, size_t n, size_t base, struct decoded *out)
{
    size_t at = 0;
    while (at < n) {
        size_t good = text_check_utf8(p + at, n - at);
        buf_add(&out->text, p + at, good);
        at += good;
        if (at < n) {
            note_bad(out, base + at);
            buf_utf8(&out->text, 0xFFFD);
            at++;
        }
    }
}

/* Share of the bytes >= 0x80 that stand in well-formed UTF-8 sequences, in percent. */
static unsigned utf8_share(const char *p, size_t n)
{
    const unsigned char *s = (const unsigned char *)p;
    size_t good = 0, bad = 0;
    for (size_t i = 0; i < n;) {
        size_t len = sequence(s + i, n - i);
        if (len > 1)
            good += len;
        else if (len == 0)
            bad++;
        i += len ? len : 1;
    }
    return good + bad ? (unsigned)(good * 100 / (good + bad)) : 100;
}

/* UTF-16 without a mark: the zero bytes of its ASCII chars stand all on one side. */
static enum text_encoding utf16_by_zeros(const char *p, size_t n)
{
    size_t zeros[2] = {0, 0}, limit = n < 4096 ? n : 4096;
    for (size_t i = 0; i < limit; i++)
        zeros[i % 2] += p[i] == 0;
    size_t much = limit / 50 + 1;
    if (n % 2 || (zeros[0] < much && zeros[1] < much))
        return ENC_MAX;
    if (zeros[1] > zeros[0] * 20)
        return ENC_UTF16LE;
    return zeros[0] > zeros[1] * 20 ? ENC_UTF16BE : ENC_MAX;
}

static void add_units(const UChar *units, int32_t len, size_t near, struct decoded *out)
{
    for (int32_t i = 0; i < len;) {
        uint32_t c = utf16_next(units, len, &i);
        if (c >= 0xD800 && c < 0xE000) {
            note_bad(out, near);
            c = 0xFFFD;
        }
        buf_utf8(&out->text, c);
    }
}

/* Converts with a converter that stops at what it cannot decode; each stop is noted and passed. The
 * first half of a pair that the buffer's end cuts waits for the second. */
static void convert(UConverter *cnv, const char *p, size_t n, size_t base, struct decoded *out)
{
    const char *at = p, *end = p + n;
    UChar units[2048];
    UErrorCode status;
    int32_t held = 0;
    do {
        status = U_ZERO_ERROR;
        UChar *to = units + held;
        ucnv_toUnicode(cnv, &to, units + 2048, &at, end, NULL, 1, &status);
        int32_t len = (int32_t)(to - units);
        held = status == U_BUFFER_OVERFLOW_ERROR && U16_IS_LEAD(units[len - 1]);
        add_units(units, len - held, base + (size_t)(at - p), out);
        if (held)
            units[0] = units[len - 1];
        if (status == U_BUFFER_OVERFLOW_ERROR || U_SUCCESS(status))
            continue;
        char wrong[16];
        int8_t wrong_len = sizeof wrong;
        UErrorCode ignored = U_ZERO_ERROR;
        ucnv_getInvalidChars(cnv, wrong, &wrong_len, &ignored);
        size_t back = U_SUCCESS(ignored) && wrong_len > 0 ? (size_t)wrong_len : 0;
        size_t done = (size_t)(at - p);
        note_bad(out, base + (done > back ? done - back : 0));
        buf_utf8(&out->text, 0xFFFD);
        ucnv_resetToUnicode(cnv);
    } while (at < end || status == U_BUFFER_OVERFLOW_ERROR);
}

static UConverter *open_strict(const char *name)
{
    UErrorCode status = U_ZERO_ERROR;
    UConverter *cnv = ucnv_open(name, &status);
    if (U_FAILURE(status))
        return NULL;
    ucnv_setToUCallBack(cnv, UCNV_TO_U_CALLBACK_STOP, NULL, NULL, NULL, &status);
    return cnv;
}

static void decode_as(const char *name, const char *p, size_t n, size_t base, struct decoded *out)
{
    UConverter *cnv = open_strict(name);
    if (!cnv) {
        repair_utf8(p, n, base, out);
        return;
    }
    size_t len = strlen(name) < sizeof out->encoding ? strlen(name) : sizeof out->encoding - 1;
    memcpy(out->encoding, name, len);
    out->encoding[len] = 0;
    convert(cnv, p, n, base, out);
    ucnv_close(cnv);
}

/* Chars that Chinese texts are made of. */
static bool is_usual(uint32_t c)
{
    return (c >= 0x20 && c < 0x7F) || c == '\t' || c == '\n' || c == '\r' || (c >= 0x4E00 && c < 0xA000) ||
           (c >= 0x3000 && c < 0x3040) || (c >= 0xFF00 && c < 0xFFF0) || (c >= 0x2010 && c < 0x2030);
}

/* UTF-16 without a mark and with hardly any ASCII: nearly all of its units are usual chars. */
static enum text_encoding utf16_by_chars(const char *p, size_t n)
{
    const unsigned char *s = (const unsigned char *)p;
    size_t usual[2] = {0, 0}, units = 0;
    for (size_t i = 0; i + 1 < n && units < 4096; i += 2, units++) {
        usual[0] += is_usual((uint32_t)s[i] | (uint32_t)s[i + 1] << 8);
        usual[1] += is_usual((uint32_t)s[i + 1] | (uint32_t)s[i] << 8);
    }
    if (units < 8)
        return ENC_MAX;
    return usual[0] * 20 >= units * 19 ? ENC_UTF16LE : usual[1] * 20 >= units * 19 ? ENC_UTF16BE : ENC_MAX;
}

/* The statistical guess, used only when the bytes are neither UTF-8 nor GB18030. */
static const char *guess_encoding(const char *p, size_t n, char name[32])
{
    UErrorCode status = U_ZERO_ERROR;
    UCharsetDetector *d = ucsdet_open(&status);
    ucsdet_setText(d, p, (int32_t)(n < 65536 ? n : 65536), &status);
    const UCharsetMatch *m = ucsdet_detect(d, &status);
    const char *found = m && U_SUCCESS(status) ? ucsdet_getName(m, &status) : NULL;
    int32_t sure = m && U_SUCCESS(status) ? ucsdet_getConfidence(m, &status) : 0;
    bool use = found && U_SUCCESS(status) && sure >= 50 && strlen(found) < 32;
    strcpy(name, use ? found : "GB18030");
    ucsdet_close(d);
    return name;
}

/* Decodes as UTF-16; takes it back, and returns false, when too much cannot be decoded. */
static bool try_utf16(enum text_encoding wide, const char *p, size_t n, struct decoded *out)
{
    if (wide == ENC_MAX)
        return false;
    decode_as(wide == ENC_UTF16LE ? "UTF-16LE" : "UTF-16BE", p, n, 0, out);
    if (out->bad_count * 100 < n)
        return true;
    out->text.n = 0;
    out->bad_count = 0;
    strcpy(out->encoding, "UTF-8");
    return false;
}

void text_decode(struct buf *bytes, struct decoded *out)
{
    const char *p = bytes->p;
    size_t n = bytes->n;
    *out = (struct decoded){.encoding = "UTF-8"};
    if (n >= 3 && memcmp(p, "\xEF\xBB\xBF", 3) == 0) {
        repair_utf8(p + 3, n - 3, 3, out);
        return;
    }
    if (n >= 2 && (memcmp(p, "\xFF\xFE", 2) == 0 || memcmp(p, "\xFE\xFF", 2) == 0)) {
        decode_as(p[0] == '\xFF' ? "UTF-16LE" : "UTF-16BE", p + 2, n - 2, 2, out);
        return;
    }
    if (try_utf16(utf16_by_zeros(p, n), p, n, out))
        return;
    if (text_check_utf8(p, n) == n) {
        out->text = *bytes;
        *bytes = (struct buf){0};
        return;
    }
    if (utf8_share(p, n) >= 90) {
        repair_utf8(p, n, 0, out);
        return;
    }
    if (try_utf16(utf16_by_chars(p, n), p, n, out))
        return;
    decode_as("GB18030", p, n, 0, out);
    if (!out->bad_count)
        return;
    char name[32];
    guess_encoding(p, n, name);
    if (strcmp(name, "GB18030") == 0)
        return;
    out->text.n = 0;
    out->bad_count = 0;
    decode_as(name, p, n, 0, out);
}
