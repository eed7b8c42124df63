#include "base/grammar.h"

#include "base/file.h"
#include "base/mem.h"

#include <stdio.h>
#include <stdlib.h>

static const struct {
    const char *name;
    const char *keys;
} lexicons[] = {
    [LEX_REGIONS] = {"regions", "name,short"}, [LEX_UNITS] = {"units", "unit"},
    [LEX_FIELDS] = {"fields", "name,alias"},   [LEX_PERIODS] = {"periods", "name,alias"},
    [LEX_HEADERS] = {"headers", "word"},       [LEX_COMPARATORS] = {"comparators", "word"},
    [LEX_WORDS] = {"words", "word"},       [LEX_LEVELS] = {"levels", "word"},
    [LEX_INDICATORS] = {"indicators", "name,alias"},
    [LEX_WORDINGS] = {"wordings", "word"},
    [LEX_CONVERSIONS] = {"conversions", "from_code,to_code"},
    [LEX_AGENCIES] = {"agencies", "name,alias,short"},
    [LEX_FORMULAS] = {"formulas", "phrase"},
};

_Static_assert(sizeof lexicons / sizeof *lexicons == LEX_MAX, "every lexicon has its row");

static const struct lexicon *by_name(void *ctx, struct slice name)
{
    for (int i = 0; i < LEX_MAX; i++)
        if (slice_eq(name, slice_cstr(lexicons[i].name)))
            return grammar_lexicon(ctx, (enum lexicon_id)i);
    return NULL;
}

/* Adds the files of dir/sub that end so, in order of their names. */
static void list_files(const char *dir, const char *sub, const char *end, char **paths, size_t *count,
                       size_t most)
{
    struct buf path = {0};
    char **names = NULL;
    size_t n = 0;
    buf_printf(&path, "%s/%s", dir, sub);
    if (file_exists(buf_cstr(&path)) && file_names(buf_cstr(&path), &names, &n, NULL)) {
        for (size_t i = 0; i < n && *count < most; i++) {
            if (!slice_ends(slice_cstr(names[i]), slice_cstr(end)) || names[i][0] == '.')
                continue;
            path.n = 0;
            buf_printf(&path, "%s/%s/%s", dir, sub, names[i]);
            paths[(*count)++] = mem_dup(path.p, path.n);
        }
        file_names_free(names, n);
    }
    buf_done(&path);
}

static void hash_files(char **paths, size_t count, const char *dir, struct buf *all)
{
    for (size_t i = 0; i < count; i++) {
        struct buf text = {0};
        char hex[HASH_QUICK_HEX + 1];
        file_read(paths[i], &text, SIZE_MAX, NULL);
        hash_quick(text.p, text.n, hex);
        const char *name = paths[i] + (strncmp(paths[i], dir, strlen(dir)) == 0 ? strlen(dir) : 0);
        buf_printf(all, "%s %s\n", name, hex);
        buf_done(&text);
    }
}

static void free_paths(char **paths, size_t count)
{
    for (size_t i = 0; i < count; i++)
        free(paths[i]);
}

struct grammar *grammar_open(const char *dir, const char *overlay, struct buf *error)
{
    struct grammar *g = mem_zalloc(sizeof *g);
    char *paths[96];
    size_t count = 0, base;
    struct buf all = {0};
    g->dir = mem_dup(dir, strlen(dir));
    g->overlay = overlay ? mem_dup(overlay, strlen(overlay)) : NULL;
    list_files(dir, "rules", ".rules", paths, &count, 96);
    base = count;
    if (overlay)
        list_files(overlay, "rules", ".rules", paths, &count, 96);
    if (!base)
        buf_printf(error, "%s/rules: 没有规则文件 / no rule files\n", dir);
    else
        g->rules = rules_read((const char *const *)paths, base, count, by_name, g, error);
    list_files(dir, "lexicon", ".tsv", paths, &count, 96);
    if (overlay)
        list_files(overlay, "lexicon", ".tsv", paths, &count, 96);
    hash_files(paths, count, dir, &all);
    hash_quick(all.p, all.n, g->hash);
    buf_done(&all);
    free_paths(paths, count);
    if (!g->rules) {
        grammar_close(g);
        return NULL;
    }
    return g;
}

void grammar_close(struct grammar *g)
{
    if (!g)
        return;
    for (int i = 0; i < LEX_MAX; i++)
        lexicon_free(g->lexicons[i]);
    rules_free(g->rules);
    free(g->dir);
    free(g->overlay);
    free(g);
}

static struct lexicon *read_lexicon(struct grammar *g, enum lexicon_id id, struct buf *error)
{
    struct buf base = {0}, over = {0};
    buf_printf(&base, "%s/lexicon/%s.tsv", g->dir, lexicons[id].name);
    buf_printf(&over, "%s/lexicon/%s.tsv", g->overlay ? g->overlay : "", lexicons[id].name);
    const char *paths[2] = {buf_cstr(&base), buf_cstr(&over)};
    bool two = g->overlay && file_exists(paths[1]);
    struct lexicon *lex = lexicon_read(paths, two ? 2 : 1, lexicons[id].keys, error);
    buf_done(&base);
    buf_done(&over);
    return lex;
}

void grammar_read_lexicon(struct grammar *g, enum lexicon_id id)
{
    struct buf error = {0};
    g->lexicons[id] = read_lexicon(g, id, &error);
    if (!g->lexicons[id])
        g->lexicons[id] = lexicon_read(NULL, 0, "", &error);
    buf_done(&error);
}

/* Columns are asked for by the same literals again and again. */
static int column_of(struct grammar *g, enum lexicon_id id, const struct lexicon *lex, const char *name)
{
    struct grammar_column *c = g->columns[id];
    size_t i = 0;
    while (i < GRAMMAR_COLUMNS && c[i].name && c[i].name != name)
        i++;
    if (i == GRAMMAR_COLUMNS)
        return lexicon_column(lex, name);
    if (!c[i].name)
        c[i] = (struct grammar_column){name, lexicon_column(lex, name)};
    return c[i].column;
}

struct slice grammar_cell(struct grammar *g, enum lexicon_id id, size_t row, const char *column)
{
    const struct lexicon *lex = grammar_lexicon(g, id);
    return lexicon_cell(lex, row, column_of(g, id, lex, column));
}

size_t grammar_check_lexicons(struct grammar *g, struct buf *report)
{
    size_t failures = 0;
    for (int i = 0; i < LEX_MAX; i++) {
        struct lexicon *lex = read_lexicon(g, (enum lexicon_id)i, report);
        if (!lex) {
            buf_char(report, '\n');
            failures++;
        }
        lexicon_free(lex);
    }
    return failures;
}
