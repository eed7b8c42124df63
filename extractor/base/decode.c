#include "base/decode.h"

#include "base/text.h"

#include <stdlib.h>
#include <unicode/ucnv.h>
#include <unicode/ucnv_cb.h>
#include <unicode/ucnv_err.h>
#include <unicode/ucsdet.h>

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
        size_t len = text_sequence(s + i, n - i);
        if (len > 1)
            good += len;
        else if (len == 0)
            bad++;
        i += len ? len : 1;
    }
    return good + bad ? (unsigned)(good * 100 / (good + bad)) : 100;
}

/* UTF-16 without a mark: the zero bytes of its ASCII chars stand all on one side. */
static enum decode_encoding utf16_by_zeros(const char *p, size_t n)
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
        uint32_t c = text_next_utf16(units, len, &i);
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
static enum decode_encoding utf16_by_chars(const char *p, size_t n)
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
static bool try_utf16(enum decode_encoding wide, const char *p, size_t n, struct decoded *out)
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

void decode_bytes(struct buf *bytes, struct decoded *out)
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
