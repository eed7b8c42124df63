/* image: the grammars made ready and taken up again are the grammars; any doubt and they are read. */
#include "base/file.h"
#include "base/grammar.h"
#include "base/image.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static int points, failed;

static void ok(bool good, const char *what)
{
    points++;
    failed += !good;
    printf("%sok %d - %s\n", good ? "" : "not ", points, what);
}

static struct grammar *open_in(const char *dir, const char *overlay, struct slice image)
{
    struct buf error = {0};
    struct grammar *g = grammar_open(dir, overlay, image, &error);
    if (!g)
        printf("# %s\n", buf_cstr(&error));
    buf_done(&error);
    return g;
}

static bool is_used(const struct grammar *g)
{
    return g->pieces[LEX_REGIONS].lexicon.n > 0;
}

/* Whether two images hold the same. In a pattern taken up again PCRE2 sets a flag, which says whose its tables
 * are, so that a pattern may differ in a few bits. */
static bool alike(struct slice a, struct slice b)
{
    size_t differ = 0, patterns = 0;
    struct slice x, y;
    while (image_next(&a, &x) && image_next(&b, &y)) {
        patterns += x.n > 1088; /* the tables alone are so long */
        if (x.n != y.n)
            return false;
        for (size_t i = 0; i < x.n; i++)
            differ += x.p[i] != y.p[i];
    }
    return a.n == 0 && b.n == 0 && differ <= patterns;
}

/* Whether grammars opened with the image become the same image again: all that it holds is then the same. */
static bool same_again(const char *dir, struct slice image, struct slice expected, bool used)
{
    struct buf again = {0};
    struct grammar *g = open_in(dir, NULL, image);
    bool good = g && is_used(g) == used && grammar_save(g, &again) && alike(buf_view(&again), expected);
    printf("# %zu of %zu bytes\n", again.n, expected.n);
    buf_done(&again);
    grammar_close(g);
    return good;
}

static void check_words(struct slice image)
{
    struct grammar *read = open_in("grammars", NULL, SLICE_NONE), *taken = open_in("grammars", NULL, image);
    const struct lexicon *a = grammar_lexicon(read, LEX_REGIONS), *b = grammar_lexicon(taken, LEX_REGIONS);
    struct lexicon_hit x = {0}, y = {0};
    bool same = lexicon_words(a) == lexicon_words(b) && lexicon_rows(a) == lexicon_rows(b);
    for (size_t i = 0; same && i < lexicon_words(a); i++) {
        struct slice word = lexicon_word(a, i);
        same = lexicon_find(a, word, &x) && lexicon_find(b, word, &y) && x.row == y.row &&
               lexicon_longest(b, word, 0, &y) && y.length == word.n;
    }
    ok(same, "every word is found in the same row");
    same = true;
    int columns = lexicon_column(a, "short") + 1; /* the last one */
    for (size_t row = 0; row <= lexicon_rows(a); row++)
        for (int column = -1; column < columns; column++)
            same = same && slice_eq(lexicon_cell(a, row, column), lexicon_cell(b, row, column));
    ok(same, "every cell is the same");
    grammar_close(read);
    grammar_close(taken);
}

static void check_rules(struct slice image)
{
    struct grammar *g = open_in("grammars", NULL, image);
    struct buf report = {0};
    struct rule_match m;
    size_t examples;
    ok(rules_match(g->rules, PLACE_LINE, SLICE("第十一章　总则"), &m) &&
           slice_eq(m.field[FIELD_NUMBER], SLICE("十一")),
       "a rule matches with its fields");
    ok(rules_check(g->rules, &report, &examples) == 0 && examples > 100, "the examples hold, patterns compiled anew");
    buf_done(&report);
    grammar_close(g);
}

/* An image cut short anywhere: what is whole of it is taken, or nothing. */
static void check_cut(struct slice image)
{
    bool good = true;
    for (size_t n = 0; n < image.n; n += n < 4096 || image.n - n < 4096 ? 97 : image.n / 60) {
        char *part = malloc(n + 1); /* of its own, so that a step beyond it shows */
        if (!part)
            abort();
        memcpy(part, image.p, n);
        struct grammar *g = open_in("grammars", NULL, slice_of(part, n));
        struct rule_match m;
        good = good && g && lexicon_rows(grammar_lexicon(g, LEX_AGENCIES)) > 0 &&
               rules_match(g->rules, PLACE_LINE, SLICE("第十一章　总则"), &m);
        grammar_close(g);
        free(part);
    }
    ok(good, "an image cut short does no harm");
}

static void put(const char *dir, const char *name, struct slice text)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s", dir, name);
    if (!file_write(path, text, NULL))
        abort();
}

static const char rule[] = "rule a.b\nin line\nmatch ^(?<number>\\d+)甲$\nyes 1甲 => number=1\n";
static const char table[] = "unit\tkind\n亩\tarea\n";

static void make_small(const char *dir)
{
    char path[256];
    snprintf(path, sizeof path, "%s/rules", dir);
    file_make_dirs(path, NULL);
    snprintf(path, sizeof path, "%s/lexicon", dir);
    file_make_dirs(path, NULL);
    put(dir, "rules/a.rules", SLICE(rule));
    put(dir, "lexicon/units.tsv", SLICE(table));
}

static bool used_now(const char *dir, const char *overlay, struct slice image)
{
    struct grammar *g = open_in(dir, overlay, image);
    bool used = g && g->pieces[LEX_UNITS].lexicon.n > 0;
    grammar_close(g);
    return used;
}

/* Every change of the files is seen, and taken back it is as before. */
static void check_changes(void)
{
    char dir[] = "/tmp/gangmu-image-XXXXXX", path[64];
    if (!mkdtemp(dir))
        abort();
    make_small(dir);
    struct buf image = {0}, other = {0};
    struct grammar *g = open_in(dir, NULL, SLICE_NONE);
    ok(g && grammar_save(g, &image), "a small grammar with lexicons missing is made ready");
    put(dir, "lexicon/units.tsv", SLICE("unit\tkind\n町\tarea\n"));
    ok(g && !grammar_save(g, &other), "not when its files changed since");
    grammar_close(g);
    struct slice all = buf_view(&image);
    ok(!used_now(dir, NULL, all), "a word of the same length");
    put(dir, "lexicon/units.tsv", SLICE(table));
    ok(used_now(dir, NULL, all) && same_again(dir, all, all, true), "and back");
    put(dir, "rules/a.rules", SLICE("rule a.c\nin line\nmatch ^(?<number>\\d+)甲$\nyes 1甲 => number=1\n"));
    ok(!used_now(dir, NULL, all), "a rule of the same length");
    put(dir, "rules/a.rules", SLICE(rule));
    put(dir, "rules/b.rules", SLICE("# nothing\n"));
    ok(!used_now(dir, NULL, all), "one file more");
    snprintf(path, sizeof path, "%s/rules/b.rules", dir);
    unlink(path);
    put(dir, "lexicon/units2.tsv", SLICE(""));
    snprintf(path, sizeof path, "%s/lexicon/units2.tsv", dir);
    ok(!used_now(dir, NULL, all), "an empty file more");
    unlink(path);
    ok(used_now(dir, NULL, all) && !used_now(dir, dir, all), "an overlay");
    ok(!used_now("grammars", NULL, all), "other grammars");
    snprintf(path, sizeof path, "%s/lexicon/units.tsv", dir);
    unlink(path);
    ok(!used_now(dir, NULL, all), "one file less");
    buf_done(&image);
    buf_done(&other);
    file_remove_tree(dir);
}

int main(void)
{
    struct buf image = {0};
    struct grammar *g = open_in("grammars", NULL, SLICE_NONE);
    ok(g && !is_used(g) && grammar_save(g, &image), "the grammars are made ready");
    grammar_close(g);
    struct slice all = buf_view(&image);
    ok(same_again("grammars", SLICE_NONE, all, false), "twice the same");
    ok(same_again("grammars", all, all, true), "and taken up again the same");
    check_words(all);
    check_rules(all);
    check_cut(all);
    check_changes();
    buf_done(&image);
    printf("1..%d\n", points);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
