#include "base/start.h"

#include "base/mem.h"
#include "base/text.h"

#include <stdlib.h>

static const struct start signs[] = {
    {{"《", 3}, HIT_TITLE_OPEN, 0}, {{"》", 3}, HIT_TITLE_CLOSE, 0}, {{"　　", 6}, HIT_GAP, 0},
};

static enum hit_kind kind_named(struct slice class)
{
    static const struct slice names[] = {
#define KIND(id, name) {name, sizeof name - 1},
        HIT_KINDS(KIND)
#undef KIND
    };
    int k = 0;
    while (k < HIT_KIND_MAX && (!class.n || !slice_eq(class, names[k])))
        k++;
    return (enum hit_kind)k;
}

static bool may_start(struct slice word)
{
    return word.n >= 3 && word.n <= START_BYTES && ((unsigned char)word.p[0] & 0xF0) == 0xE0;
}

/* The group of a word, a new one for a first char that has none yet; 0 when there are too many. */
static unsigned group_of(struct starts *s, struct slice word, unsigned *groups)
{
    unsigned char *group = &s->group[start_end(word.p)];
    if (!*group && *groups + 1 < START_GROUPS)
        *group = (unsigned char)++*groups;
    return *group;
}

/* Adds a word to its group, before those that are shorter. */
static void add_word(struct starts *s, struct start one, unsigned *groups)
{
    unsigned group = group_of(s, one.word, groups);
    uint32_t *at = &s->first[group];
    if (!group)
        return;
    while (*at && s->words[*at].word.n >= one.word.n)
        at = &s->words[*at].next;
    s->sixth[group] |= one.word.n < 6 ? UINT64_MAX : (uint64_t)1 << (one.word.p[5] & 63);
    one.next = *at;
    *at = (uint32_t)s->count;
    s->words[s->count++] = one;
}

static struct starts *read_starts(struct grammar *g)
{
    const struct lexicon *lex = grammar_lexicon(g, LEX_STARTS);
    struct starts *s = mem_zalloc(sizeof *s);
    size_t rows = lexicon_rows(lex);
    unsigned groups = 0;
    s->words = mem_zalloc((1 + sizeof signs / sizeof *signs + rows) * sizeof *s->words);
    s->count = 1;
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        add_word(s, signs[i], &groups);
    struct start one = {.kind = HIT_KIND_MAX};
    struct slice last = SLICE_NONE;
    for (size_t row = 0; row < rows; row++) { /* rows of a class stand together */
        struct slice class = grammar_cell(g, LEX_STARTS, row, "class");
        one.word = grammar_cell(g, LEX_STARTS, row, "word");
        if (!row || !slice_eq(class, last))
            one.kind = kind_named(class);
        last = class;
        if (one.kind < HIT_KIND_MAX && may_start(one.word))
            add_word(s, one, &groups);
    }
    return s;
}

const struct starts *starts_of(struct grammar *g)
{
    if (!g->starts)
        g->starts = read_starts(g);
    return g->starts;
}

void starts_free(struct starts *s)
{
    if (s)
        free(s->words);
    free(s);
}

/* ---- examples ---- */

/* Whether an example shows the word, and no longer one in its place. */
static bool shows(const struct lexicon *lex, struct slice example, struct slice word)
{
    struct lexicon_hit hit;
    for (size_t at = 0; at < example.n; text_next(example.p, example.n, &at))
        if (lexicon_longest(lex, example, at, &hit) && slice_eq(slice_of(example.p + at, hit.length), word))
            return true;
    return false;
}

static size_t complain(struct buf *report, const char *zh, const char *en, struct slice word, struct slice what)
{
    buf_printf(report, "starts.tsv: %.*s: %s / %s: %.*s\n", (int)word.n, word.p, zh, en, (int)what.n, what.p);
    return 1;
}

size_t starts_check(struct grammar *g, struct buf *report, size_t *examples)
{
    const struct lexicon *lex = grammar_lexicon(g, LEX_STARTS);
    const struct starts *s = starts_of(g);
    size_t findings = 0;
    for (size_t row = 0; row < lexicon_rows(lex); row++) {
        struct slice word = grammar_cell(g, LEX_STARTS, row, "word"), one;
        struct slice class = grammar_cell(g, LEX_STARTS, row, "class");
        struct slice all = grammar_cell(g, LEX_STARTS, row, "example");
        if (kind_named(class) == HIT_KIND_MAX)
            findings += complain(report, "没有这个类别", "no such class", word, class);
        else if (!may_start(word) || !s->group[start_end(word.p)])
            findings += complain(report, "不能从它找起", "nothing can be found by it", word, class);
        if (!all.n)
            findings += complain(report, "没有例子", "without example", word, class);
        for (; all.n && slice_split(&all, '|', &one); ++*examples)
            if (!shows(lex, one, word))
                findings += complain(report, "例子里认不出它", "not found in its example", word, one);
    }
    return findings;
}
