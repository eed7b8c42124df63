/* lexicon: the longest word at a place is what going through all words finds, in C and in patterns. */
#include "base/lexicon.h"

#include "base/rules.h"

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

static const char table[] = "word\n生态\n生态环境\n生态环境局\n生态环A\n生A\n市\nA\nAB\nA态\n>=\n＞\n不低于\n不\n-\n]\n^万\n"
                            "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五\n𠀀字\né\n";

static const char rule[] = "rule t\nin value\nmatch ^(?<op>{lexicon:words})(?<unit>.*)$\nyes 市\n";

static const char *const parts[] = {"生", "态", "环", "境", "局", "A", "B", "市", ">", "=", "不", "低", "于", "-", "]", "^万",
                                    "一二三四五六七八九十", "五", "𠀀", "字", "é", "，", "生态环境"};

static void write_file(char *path, const char *text, size_t n)
{
    int fd = mkstemp(path);
    if (fd < 0 || write(fd, text, n) != (ssize_t)n || close(fd))
        abort();
}

static size_t slow_longest(const struct lexicon *lex, struct slice s)
{
    size_t best = 0;
    for (size_t i = 0; i < lexicon_words(lex); i++)
        if (slice_starts(s, lexicon_word(lex, i)) && lexicon_word(lex, i).n > best)
            best = lexicon_word(lex, i).n;
    return best;
}

static bool agrees(const struct lexicon *lex, struct slice s, size_t at)
{
    struct lexicon_hit hit = {0};
    size_t want = slow_longest(lex, slice_of(s.p + at, s.n - at));
    bool found = lexicon_longest(lex, s, at, &hit);
    return want ? found && hit.length == want : !found;
}

/* ＞ is > in patterns. */
static bool pattern_agrees(struct rules *r, const struct lexicon *lex, struct slice s)
{
    struct rule_match m;
    size_t want = slow_longest(lex, s);
    bool found = rules_match(r, PLACE_VALUE, s, &m);
    if (!want && s.n && s.p[0] == '>')
        want = 1;
    return want ? found && m.field[FIELD_OP].n == want : !found;
}

static const struct lexicon *by_name(void *ctx, struct slice name)
{
    (void)name;
    return ctx;
}

int main(void)
{
    char words[] = "/tmp/gangmu-words-XXXXXX", rules[] = "/tmp/gangmu-rules-XXXXXX";
    struct buf error = {0}, text = {0};
    const char *paths[] = {words};
    const struct rules_file rule_files[] = {{rules, SLICE_NONE}};
    write_file(words, table, sizeof table - 1);
    write_file(rules, rule, sizeof rule - 1);
    struct lexicon *lex = lexicon_read(paths, 1, "word", &error);
    struct rules *r = rules_read(rule_files, 1, 1, by_name, lex, &error);
    bool good = lex && r, good_pattern = good;
    unsigned state = 1;
    for (int round = 0; good && round < 3000; round++) {
        text.n = 0;
        for (int i = 0; i < 8; i++, state = state * 1103515245 + 12345)
            buf_str(&text, parts[(state >> 16) % (sizeof parts / sizeof *parts)]);
        for (size_t at = 0; at < text.n; at++)
            if (((unsigned char)text.p[at] & 0xC0) != 0x80)
                good &= agrees(lex, buf_view(&text), at);
        good_pattern &= pattern_agrees(r, lex, buf_view(&text));
    }
    ok(good, "the longest word at every place");
    ok(good_pattern, "a pattern takes the longest word");
    rules_free(r);
    lexicon_free(lex);
    buf_done(&text);
    buf_done(&error);
    unlink(words);
    unlink(rules);
    printf("1..%d\n", points);
    return failed > 0;
}
