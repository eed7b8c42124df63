/* text: the fast ways say what slow and simple ones say. */
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>

static int points, failed;

static void ok(bool good, const char *what)
{
    points++;
    failed += !good;
    printf("%sok %d - %s\n", good ? "" : "not ", points, what);
}

static bool goes_on(const unsigned char *s, size_t n, size_t i)
{
    return i < n && s[i] >= 0x80 && s[i] < 0xC0;
}

/* Length of the well-formed char at i, 0 for none: RFC 3629, table 3-7 of Unicode. */
static size_t slow_char(const unsigned char *s, size_t n, size_t i)
{
    unsigned c = s[i], next = i + 1 < n ? s[i + 1] : 0;
    if (c < 0x80)
        return 1;
    if (c < 0xC2 || c > 0xF4 || !goes_on(s, n, i + 1))
        return 0;
    if (c < 0xE0)
        return 2;
    if ((c == 0xE0 && next < 0xA0) || (c == 0xED && next > 0x9F) || !goes_on(s, n, i + 2))
        return 0;
    if (c < 0xF0)
        return 3;
    return (c == 0xF0 && next < 0x90) || (c == 0xF4 && next > 0x8F) || !goes_on(s, n, i + 3) ? 0 : 4;
}

static size_t slow_check(const char *p, size_t n)
{
    size_t i = 0;
    for (size_t len; i < n && (len = slow_char((const unsigned char *)p, n, i)) > 0;)
        i += len;
    return i;
}

/* A copy of just this size, so that a sanitiser sees what is read beyond. */
static bool check_agrees(const char *p, size_t n)
{
    char *exact = malloc(n + !n);
    if (!exact)
        abort();
    memcpy(exact, p, n);
    bool same = text_check_utf8(exact, n) == slow_check(exact, n);
    free(exact);
    return same;
}

/* Long runs of hanzi, with a char or a stray byte of every kind at every place, cut at every place. */
static void test_check(void)
{
    static const char *const odd[] = {"", "a", "\n", "é", "·", "ࠀ", "퟿", "，", "😀", "\x80", "\xBF\xBF", "\xC0\x80",
                                      "\xC3", "\xE0\x80\x80", "\xE4", "\xE4\xB8", "\xED\xA0\x80", "\xEF\xBF",
                                      "\xF0\x8F\xBF\xBF", "\xF0\x9F", "\xF4\x90\x80\x80", "\xF5", "\xFF"};
    for (size_t o = 0; o < sizeof odd / sizeof *odd; o++) {
        bool good = true;
        for (size_t before = 0; before < 90; before++) {
            struct buf b = {0};
            for (size_t i = 0; i < before; i++)
                buf_str(&b, i % 7 == 6 ? "x" : "汉");
            buf_str(&b, odd[o]);
            for (size_t i = 0; i < 50; i++)
                buf_str(&b, "字");
            for (size_t cut = 0; cut < 200 && cut < b.n; cut++)
                good &= check_agrees(b.p, b.n - cut);
            buf_done(&b);
        }
        char what[48];
        snprintf(what, sizeof what, "well-formed up to odd bytes %zu", o);
        ok(good, what);
    }
}

/* What is said to fold to itself does; a text keeps its beginning. */
static void test_fold_none(void)
{
    size_t wrong = 0, plain = 0;
    for (uint32_t c = 1; c < 0x11000; c++) {
        struct buf b = {0};
        if (c >= 0xD800 && c < 0xE000)
            continue;
        buf_utf8(&b, c);
        size_t none = text_fold_none(buf_view(&b), false);
        wrong += none != 0 && (none != b.n || text_fold_first(buf_view(&b)) != c);
        plain += none != 0;
        buf_done(&b);
    }
    ok(!wrong, "what is plain is its own folding");
    ok(plain > 20000, "hanzi are plain");
    ok(text_fold_none(SLICE("汉“字”、a。（"), false) == 19, "a plain beginning ends before the first other char");
    ok(text_fold_none(SLICE("汉“字”、a。（"), true) == 16, "where stops become a byte, it ends before the stop");
}

static void test_fold_map(void)
{
    struct folded f = {0};
    text_fold(SLICE("Ａ汉①（Ⅲ）"), &f);
    ok(slice_eq(slice_of(f.p, f.n), SLICE("A汉①(III)")), "folded");
    ok(f.map[0] == 0 && f.map[1] == 3 && f.map[7] == 9 && f.map[8] == 12 && f.map[10] == 12 && f.map[11] == 15,
       "each byte with its source");
    ok(f.map[f.n] == 18, "and the end");
    folded_done(&f);
}

static bool cuts(const char *text, size_t columns, const char *expected)
{
    struct buf b = {0};
    text_cut(slice_cstr(text), columns, &b);
    bool good = slice_eq(buf_view(&b), slice_cstr(expected)) && text_width(buf_view(&b)) <= columns;
    buf_done(&b);
    return good;
}

static bool pads(const char *text, size_t columns, bool right, const char *expected)
{
    struct buf b = {0};
    text_pad(slice_cstr(text), columns, right, &b);
    bool good = slice_eq(buf_view(&b), slice_cstr(expected));
    buf_done(&b);
    return good;
}

static void test_columns(void)
{
    ok(text_columns(SLICE("汉字ab"), 4) == 6 && text_columns(SLICE("汉字ab"), 3) == 3, "a hanzi takes two columns or none");
    ok(text_columns(SLICE("汉字ab"), 99) == 8 && text_columns(SLICE("汉"), 1) == 0, "all, and nothing");
    ok(text_columns(SLICE("e\u0301a"), 1) == 3, "a combining char stays with its base");
    ok(cuts("汉字ab", 6, "汉字ab") && cuts("汉字abc", 6, "汉字…"), "cut when it is wider");
    ok(cuts("汉字汉字", 5, "汉…") && cuts("汉字汉字", 2, "…"), "no wider with the mark");
    ok(cuts("汉字", 1, "") && cuts("abc", 1, "a") && cuts("", 0, ""), "where the mark does not fit it is left out");
    ok(pads("汉a", 5, false, "汉a  ") && pads("汉a", 5, true, "  汉a"), "filled to either side");
    ok(pads("汉字", 3, false, "汉字") && pads("", 2, true, "  "), "a wider one stays, an empty one is blanks");
}

int main(void)
{
    test_columns();
    test_check();
    test_fold_none();
    test_fold_map();
    printf("1..%d\n", points);
    return failed > 0;
}
