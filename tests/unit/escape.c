/* escape: the fast way says what a slow and simple one says, for every place of every odd char. */
#include "write/escape.h"

#include "base/text.h"

#include <stdio.h>

static int points, failed;

static void ok(bool good, const char *what)
{
    points++;
    failed += !good;
    printf("%sok %d - %s\n", good ? "" : "not ", points, what);
}

enum place { TEXT, PLAIN, ATTR };

static bool allowed(uint32_t c)
{
    return c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c != 0xFFFE && c != 0xFFFF);
}

static void slow_char(uint32_t c, enum place place, struct buf *out)
{
    if (!allowed(c) && place == TEXT)
        buf_printf(out, "<c code=\"%X\"/>", c);
    else if (!allowed(c))
        buf_utf8(out, 0xFFFD);
    else if (c == '&')
        buf_str(out, "&amp;");
    else if (c == '<')
        buf_str(out, "&lt;");
    else if (c == '>' && place != ATTR)
        buf_str(out, "&gt;");
    else if (c == '"' && place == ATTR)
        buf_str(out, "&quot;");
    else if (c == '\r' || (place == ATTR && c < 0x20))
        buf_printf(out, "&#%u;", c);
    else
        buf_utf8(out, c);
}

static bool agrees(struct slice s, enum place place)
{
    static void (*const fast[])(struct slice, struct buf *) = { escape_text, escape_plain,
                                                                escape_attr };
    struct buf want = { 0 }, got = { 0 };
    for (size_t at = 0; at < s.n;)
        slow_char(text_next(s.p, s.n, &at), place, &want);
    /* a copy of just this size, so that a sanitiser sees what is read beyond */
    struct buf copy = { 0 };
    buf_reserve(&copy, s.n + 1);
    char *exact = copy.p + copy.room - s.n;
    if (s.n)
        memcpy(exact, s.p, s.n);
    fast[place](slice_of(exact, s.n), &got);
    bool same = slice_eq(buf_view(&want), buf_view(&got));
    buf_done(&want);
    buf_done(&got);
    buf_done(&copy);
    return same;
}

/* One odd char at every place of texts of every length up to 100 bytes. */
static bool everywhere(uint32_t c, const char *filler)
{
    bool good = true;
    for (size_t length = 0; length < 100 / strlen(filler); length++) {
        for (size_t at = 0; at <= length; at++) {
            struct buf s = { 0 };
            for (size_t i = 0; i < length; i++) {
                if (i == at)
                    buf_utf8(&s, c);
                buf_str(&s, filler);
            }
            for (int place = TEXT; place <= ATTR; place++)
                good = good && agrees(buf_view(&s), (enum place)place);
            buf_done(&s);
        }
    }
    return good;
}

static bool at_random(void)
{
    static const uint32_t chars[] = { 'a',    ' ',    '\t',   '\n',   '\r',   '"',      '&',
                                      '<',    '>',    1,      31,     127,    0x85,     0x3002,
                                      0xFF0C, 0xFFBE, 0xFFFD, 0xFFFE, 0xFFFF, 0x10FFFF, 0 };
    uint32_t seed = 1;
    bool good = true;
    for (int round = 0; round < 3000; round++) {
        struct buf s = { 0 };
        for (int i = 0; i < round % 97; i++) {
            seed = seed * 1664525 + 1013904223;
            uint32_t pick = seed >> 16;
            buf_utf8(&s, pick % 8 ? 0x4E00 + pick % 5000
                                  : chars[pick / 8 % (sizeof chars / sizeof *chars)]);
        }
        for (int place = TEXT; place <= ATTR; place++)
            good = good && agrees(buf_view(&s), (enum place)place);
        buf_done(&s);
    }
    return good;
}

int main(void)
{
    static const struct {
        uint32_t c;
        const char *name;
    } odd[] = {
        { 'x', "an ordinary char" },
        { '&', "an ampersand" },
        { '<', "less than" },
        { '>', "greater than" },
        { '"', "a quote" },
        { '\t', "a TAB" },
        { '\n', "a LF" },
        { '\r', "a CR" },
        { 0, "NUL" },
        { 0x1F, "U+001F" },
        { 0x7F, "U+007F" },
        { 0xFFFE, "U+FFFE" },
        { 0xFFFF, "U+FFFF" },
        { 0xFFFD, "U+FFFD" },
        { 0xFFBE, "U+FFBE" },
        { 0xFF0C, "a comma" },
    };
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++)
        ok(everywhere(odd[i].c, "a") && everywhere(odd[i].c, "\xE6\xBF\xBE"), odd[i].name);
    ok(at_random(), "texts at random");
    printf("1..%d\n", points);
    return failed > 0;
}
