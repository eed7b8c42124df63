/* Patterns of rules: macros and lexicons put in, then compiled, or taken from an image. */
#include "base/rules_parts.h"

#include "base/image.h"
#include "base/mem.h"

#include <stdlib.h>

static bool is_special(char c)
{
    return strchr("\\^$.[]|()?*+{}-", c) != NULL && c;
}

static void add_escaped(struct buf *out, struct slice s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (is_special(s.p[i]))
            buf_char(out, '\\');
        buf_char(out, s.p[i]);
    }
}

/* Appends text folded, so that a pattern may be written as the plans write; a char that folds to one
 * with a meaning in patterns is escaped: （ becomes \( . */
static void add_folded(struct buf *out, struct slice s, bool escape_all)
{
    struct folded f = {.stops = true};
    for (size_t at = 0; at < s.n;) {
        struct slice plain = slice_of(s.p + at, text_fold_none(slice_of(s.p + at, s.n - at), true));
        if (escape_all)
            add_escaped(out, plain);
        else
            buf_slice(out, plain);
        at += plain.n;
        if (at == s.n)
            break;
        size_t begin = at;
        text_next(s.p, s.n, &at);
        struct slice one = slice_of(s.p + begin, at - begin);
        text_fold(one, &f);
        struct slice folded = slice_of(f.p, f.n);
        if (escape_all || !slice_eq(one, folded))
            add_escaped(out, folded);
        else
            buf_slice(out, folded);
    }
    folded_done(&f);
}

static int by_bytes(const void *a, const void *b)
{
    return slice_cmp(*(const struct slice *)a, *(const struct slice *)b);
}

/* Adds (?=[…]) with the first chars of the words: one look, so that not each word is tried everywhere. */
static void add_look(struct buf *out, const struct slice *words, size_t n)
{
    struct slice last = SLICE_NONE;
    buf_str(out, "(?=[");
    for (size_t i = 0; i < n; i++) {
        struct slice first = slice_of(words[i].p, text_prefix(words[i], 1));
        if (last.n && slice_eq(first, last))
            continue;
        add_escaped(out, first);
        last = first;
    }
    buf_str(out, "])");
}

/* Adds words, sorted by bytes and the same up to byte `skip`, as what follows each next char, the longest first:
 * 不低于 不高于 → 不(?:低于|高于). */
static void add_tree(struct buf *out, const struct slice *words, size_t n, size_t skip)
{
    size_t ends = 0;
    while (ends < n && words[ends].n == skip)
        ends++;
    buf_str(out, "(?:");
    for (size_t i = ends, next; i < n; i = next) {
        struct slice rest = slice_of(words[i].p + skip, words[i].n - skip);
        struct slice first = slice_of(rest.p, text_prefix(rest, 1));
        for (next = i + 1; next < n && slice_starts(slice_of(words[next].p + skip, words[next].n - skip), first);)
            next++;
        if (i > ends)
            buf_char(out, '|');
        add_escaped(out, next == i + 1 ? rest : first);
        if (next > i + 1)
            add_tree(out, words + i, next - i, skip + first.n);
    }
    buf_str(out, ends && n > ends ? "|)" : ")");
}

static bool add_lexicon(struct rules *r, struct slice name, struct buf *out)
{
    const struct lexicon *lex = r->lexicon(r->lexicon_ctx, name);
    if (!lex)
        return false;
    struct arena arena;
    arena_init(&arena);
    size_t n = lexicon_words(lex);
    struct slice *words = arena_alloc(&arena, (n + 1) * sizeof *words);
    struct folded f = {.stops = true};
    for (size_t i = 0; i < n; i++) {
        text_fold(lexicon_word(lex, i), &f);
        words[i] = slice_of(arena_dup(&arena, f.p, f.n), f.n);
    }
    folded_done(&f);
    qsort(words, n, sizeof *words, by_bytes);
    buf_str(out, "(?:");
    if (n) {
        add_look(out, words, n);
        add_tree(out, words, n, 0);
    }
    buf_char(out, ')');
    arena_done(&arena);
    return true;
}

static bool expand(struct rules *r, struct slice pattern, int depth, struct buf *out, const char **bad);

static bool expand_name(struct rules *r, struct slice name, int depth, struct buf *out, const char **bad)
{
    if (slice_starts(name, SLICE("lexicon:")))
        return add_lexicon(r, slice_of(name.p + 8, name.n - 8), out);
    for (size_t i = 0; i < r->macro_count && depth < 8; i++) {
        if (!slice_eq(r->macros[i].name, name))
            continue;
        r->macros[i].used = true;
        buf_str(out, "(?:");
        bool good = expand(r, r->macros[i].text, depth + 1, out, bad);
        buf_char(out, ')');
        return good;
    }
    return false;
}

static bool expand(struct rules *r, struct slice s, int depth, struct buf *out, const char **bad)
{
    size_t plain = 0;
    for (size_t i = 0; i < s.n; i++) {
        bool property = i >= 2 && s.p[i - 2] == '\\' && strchr("pPxu", s.p[i - 1]);
        if (s.p[i] != '{' || property || i + 1 == s.n || s.p[i + 1] < 'a' || s.p[i + 1] > 'z')
            continue;
        const char *close = memchr(s.p + i, '}', s.n - i);
        struct slice name = slice_of(s.p + i + 1, close ? (size_t)(close - s.p) - i - 1 : 0);
        add_folded(out, slice_of(s.p + plain, i - plain), false);
        if (!close || !expand_name(r, name, depth, out, bad)) {
            *bad = s.p + i;
            return false;
        }
        i += name.n + 1;
        plain = i + 1;
    }
    add_folded(out, slice_of(s.p + plain, s.n - plain), false);
    return true;
}

/* The rule's pattern compiled from what is written, or NULL and what is wrong. */
static struct regex *compile_source(struct rules *r, const struct rule *rule, struct buf *error)
{
    struct buf pattern = {0};
    struct regex *regex = NULL;
    struct regex_error why;
    const char *bad = rule->pattern.p;
    if (!expand(r, rule->pattern, 0, &pattern, &bad))
        rules_complain(error, rule->pattern_where, bad, "没有这个宏或词表", "no such macro or lexicon", SLICE_NONE);
    else if (!(regex = regex_new(buf_view(&pattern), &why)))
        rules_complain(error, rule->pattern_where, rule->pattern.p, "模式有误", "pattern error",
                 slice_cstr(why.message));
    buf_done(&pattern);
    return regex;
}

bool rules_compile(struct rules *r, struct rule *rule, struct buf *error)
{
    if (rule->tried && (rule->regex || !error))
        return rule->regex != NULL;
    struct buf unused = {0};
    rule->tried = true;
    rule->regex = regex_load(rule->compiled);
    if (!rule->regex)
        rule->regex = compile_source(r, rule, error ? error : &unused);
    buf_done(&unused);
    if (!rule->regex)
        return false;
    unsigned groups = regex_group_count(rule->regex);
    rule->group_field = mem_alloc(groups * sizeof *rule->group_field);
    for (unsigned g = 0; g < groups; g++)
        rule->group_field[g] = rules_field(regex_group_name(rule->regex, g));
    return true;
}

void rules_save(struct rules *r, struct buf *image)
{
    struct buf pattern = {0};
    for (size_t i = 0; i < r->count; i++) {
        pattern.n = 0;
        if (rules_compile(r, &r->rules[i], NULL))
            regex_save(r->rules[i].regex, &pattern);
        image_add(image, buf_view(&pattern));
    }
    buf_done(&pattern);
}

void rules_load(struct rules *r, struct slice image)
{
    for (size_t i = 0; i < r->count && image_next(&image, &r->rules[i].compiled); i++)
        continue;
}
