/* themes: every example of the lexicon is of its theme, words that are everywhere decide nothing; medians are exact. */
#include "review/matrix.h"
#include "review/theme.h"

#include <stdio.h>

static int points, failed;

static void ok(bool good, const char *what, struct slice of)
{
    points++;
    failed += !good;
    printf("%sok %d - %s %.*s\n", good ? "" : "not ", points, what, (int)of.n, of.p);
}

static void test_examples(struct grammar *g)
{
    size_t rows = lexicon_rows(grammar_lexicon(g, LEX_THEMES));
    for (size_t row = 0; row < rows; row++) {
        struct slice rest = grammar_cell(g, LEX_THEMES, row, "example"), example;
        ok(rest.n > 0, "has examples:", grammar_cell(g, LEX_THEMES, row, "code"));
        ok(grammar_cell(g, LEX_THEMES, row, "source").n > 0,
           "has a source:", grammar_cell(g, LEX_THEMES, row, "code"));
        while (slice_split(&rest, '|', &example)) {
            ok(theme_of(g, example, NULL, 0) == (int)row, "as a lead:", example);
            ok(theme_of(g, SLICE("加强管理"), &example, 1) == (int)row, "as a heading:", example);
        }
    }
}

static int of(struct grammar *g, const char *lead, const char *own, const char *above)
{
    struct slice headings[2] = { slice_cstr(own), slice_cstr(above) };
    return theme_of(g, slice_cstr(lead), headings, 2);
}

static void test_rule(struct grammar *g)
{
    int water = theme_find(g, SLICE("water")), rural = theme_find(g, SLICE("农业农村")),
        none = THEME_NONE;
    ok(water >= 0 && rural >= 0 && water != rural, "themes by code and by name", SLICE(""));
    ok(of(g, "治理生活污水", "推进噪声防治", "") == water, "the lead counts twice the heading",
       SLICE(""));
    ok(of(g, "治理农村生活污水", "加强农业农村污染防治", "") == rural,
       "at a draw of the lead the heading decides", SLICE(""));
    ok(of(g, "治理农村生活污水", "改善水环境", "") == water, "either way", SLICE(""));
    ok(of(g, "加强管理", "深化治理", "改善水环境") == water, "no word: the heading above",
       SLICE(""));
    ok(of(g, "加强管理", "深化噪声治理", "改善水环境") != water, "not when the own one has a word",
       SLICE(""));
    ok(of(g, "加强污染治理", "改善生态环境质量", "主要任务") == none,
       "words found everywhere decide nothing", SLICE(""));
    ok(theme_of_code(g, SLICE("water.source_city")) == water, "a code by its prefix", SLICE(""));
    ok(theme_of_code(g, SLICE("waters.x")) == none && theme_of_code(g, SLICE("")) == none,
       "an unknown prefix", SLICE(""));
    ok(theme_find(g, SLICE("天")) == none, "no such theme", SLICE(""));
}

/* Every first part of a code of the lexicon of indicators has its theme. */
static void test_codes(struct grammar *g)
{
    size_t rows = lexicon_rows(grammar_lexicon(g, LEX_INDICATORS)), without = 0;
    for (size_t row = 0; row < rows; row++)
        without += theme_of_code(g, grammar_cell(g, LEX_INDICATORS, row, "code")) == THEME_NONE;
    printf("# %zu of %zu codes without a theme\n", without, rows);
    ok(rows > 1000 && without == 0, "every indicator has a theme", SLICE(""));
}

static void median(const char *const *numbers, size_t count, const char *expected)
{
    struct decimal all[8], d = { 0, 0 };
    struct buf b = { 0 };
    for (size_t i = 0; i < count; i++)
        decimal_read(slice_cstr(numbers[i]), &all[i]);
    bool good = median_of(all, count, &d);
    decimal_write(d, &b);
    ok(good && slice_eq(buf_view(&b), slice_cstr(expected)), "median", slice_cstr(expected));
    buf_done(&b);
}

int main(void)
{
    struct buf error = { 0 };
    struct grammar *g = grammar_open("grammars", NULL, SLICE_NONE, &error);
    if (!g) {
        printf("Bail out! %s\n", buf_cstr(&error));
        return 1;
    }
    test_examples(g);
    test_rule(g);
    test_codes(g);
    median((const char *const[]){ "7" }, 1, "7");
    median((const char *const[]){ "1", "2" }, 2, "1.5");
    median((const char *const[]){ "0.1", "0.2", "0.30", "0.35" }, 4, "0.25");
    median((const char *const[]){ "-3", "-2.5", "8" }, 3, "-2.5");
    median((const char *const[]){ "123456789012345.67", "123456789012345.68" }, 2,
           "123456789012345.675");
    printf("1..%d\n", points);
    grammar_close(g);
    buf_done(&error);
    return failed != 0;
}
