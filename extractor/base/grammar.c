#include "base/grammar.h"

#include "base/file.h"
#include "base/image.h"
#include "base/mem.h"
#include "base/particle.h"
#include "base/start.h"

#include <stdio.h>
#include <stdlib.h>

enum { FILES_MAX = 96 };

static const struct {
    const char *name;
    const char *keys;
} lexicons[] = {
    [LEX_REGIONS] = {"regions", "name,short"}, [LEX_UNITS] = {"units", "unit"},
    [LEX_FIELDS] = {"fields", "name,alias"},   [LEX_PERIODS] = {"periods", "name,alias"},
    [LEX_HEADERS] = {"headers", "word"},       [LEX_COMPARATORS] = {"comparators", "word"},
    [LEX_WORDS] = {"words", "word"},       [LEX_PARTICLES] = {"particles", "word"},
    [LEX_STARTS] = {"starts", "word"},         [LEX_LEVELS] = {"levels", "word"},
    [LEX_INDICATORS] = {"indicators", "name,alias"},
    [LEX_WORDINGS] = {"wordings", "word"},
    [LEX_CONVERSIONS] = {"conversions", "from_code,to_code"},
    [LEX_AGENCIES] = {"agencies", "name,alias,short"},
    [LEX_REVIEW] = {"review", "word"},     [LEX_SLIPS] = {"slips", "word"},
    [LEX_PARTS] = {"parts", "part,alias"},
    [LEX_THEMES] = {"themes", "word"},
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

/* The files of a grammar: first the rules, those of an overlay behind the others, then the lexicons. */
struct listing {
    char *paths[FILES_MAX];
    struct slice texts[FILES_MAX]; /* of an image; p NULL: none */
    size_t count, rules, base_rules;
};

/* Adds the files of dir/sub that end so, in order of their names. */
static void list_files(const char *dir, const char *sub, const char *end, struct listing *files)
{
    struct buf path = {0};
    char **names = NULL;
    size_t n = 0;
    buf_printf(&path, "%s/%s", dir, sub);
    size_t folder = path.n;
    if (file_exists(buf_cstr(&path)) && file_names(buf_cstr(&path), &names, &n, NULL)) {
        for (size_t i = 0; i < n && files->count < FILES_MAX; i++) {
            if (!slice_ends(slice_cstr(names[i]), slice_cstr(end)) || names[i][0] == '.')
                continue;
            path.n = folder;
            buf_char(&path, '/');
            buf_str(&path, names[i]);
            files->paths[files->count++] = mem_dup(path.p, path.n);
        }
        file_names_free(names, n);
    }
    buf_done(&path);
}

static void list_all(const char *dir, const char *overlay, struct listing *files)
{
    list_files(dir, "rules", ".rules", files);
    files->base_rules = files->count;
    if (overlay)
        list_files(overlay, "rules", ".rules", files);
    files->rules = files->count;
    list_files(dir, "lexicon", ".tsv", files);
    if (overlay)
        list_files(overlay, "lexicon", ".tsv", files);
}

static void free_paths(struct listing *files)
{
    for (size_t i = 0; i < files->count; i++)
        free(files->paths[i]);
}

/* What a file is called in hash and image: below the grammar's folder, or as it is. */
static const char *name_in(const char *dir, const char *path)
{
    size_t n = strlen(dir);
    return strncmp(path, dir, n) == 0 ? path + n : path;
}

static void hash_files(const char *dir, const struct listing *files, char out[HASH_QUICK_HEX + 1])
{
    struct buf all = {0}, text = {0};
    char hex[HASH_QUICK_HEX + 1];
    for (size_t i = 0; i < files->count; i++) {
        text.n = 0;
        file_read(files->paths[i], &text, SIZE_MAX, NULL);
        hash_quick(text.p, text.n, hex);
        buf_printf(&all, "%s %s\n", name_in(dir, files->paths[i]), hex);
    }
    hash_quick(all.p, all.n, out);
    buf_done(&all);
    buf_done(&text);
}

/* ---- images: the hash; name and text of each file, and an empty name; the lexicons; the patterns ---- */

static bool is_file(const char *path, struct slice text, struct buf *bytes)
{
    buf_done(bytes); /* growing it would copy what nobody needs any more */
    return file_read(path, bytes, text.n, NULL) && slice_eq(buf_view(bytes), text);
}

/* Reads the files' part of an image, as long as they are the files that are there. */
static bool take_files(const char *dir, struct listing *files, struct slice *image)
{
    struct buf bytes = {0};
    struct slice name;
    bool same = true;
    for (size_t i = 0; same && i < files->count; i++)
        same = image_next(image, &name) && image_next(image, &files->texts[i]) &&
               slice_eq(name, slice_cstr(name_in(dir, files->paths[i]))) &&
               is_file(files->paths[i], files->texts[i], &bytes);
    buf_done(&bytes);
    return same && image_next(image, &name) && !name.n;
}

/* The text of a lexicon's file in an image; p NULL: none. */
static struct slice text_of(const struct listing *files, const char *dir, enum lexicon_id id)
{
    struct buf path = {0};
    struct slice text = SLICE_NONE;
    buf_printf(&path, "%s/lexicon/%s.tsv", dir, lexicons[id].name);
    for (size_t i = files->rules; i < files->count; i++)
        if (slice_eq(buf_view(&path), slice_cstr(files->paths[i])))
            text = files->texts[i];
    buf_done(&path);
    return text;
}

/* Takes the image over when it is one of the files; what is left of it are the patterns. */
static bool take_image(struct grammar *g, struct listing *files, struct slice *image)
{
    struct slice hash;
    bool good = image_next(image, &hash) && hash.n == sizeof g->hash && take_files(g->dir, files, image);
    for (int i = 0; good && i < LEX_MAX; i++) {
        g->pieces[i].text = text_of(files, g->dir, (enum lexicon_id)i);
        good = image_next(image, &g->pieces[i].lexicon);
    }
    if (good)
        memcpy(g->hash, hash.p, hash.n);
    return good;
}

static void drop_image(struct grammar *g, struct listing *files)
{
    memset(g->pieces, 0, sizeof g->pieces);
    memset(files->texts, 0, sizeof files->texts);
}

static void save_files(const char *dir, const struct listing *files, struct buf *image)
{
    struct buf text = {0};
    for (size_t i = 0; i < files->count; i++) {
        text.n = 0;
        file_read(files->paths[i], &text, SIZE_MAX, NULL);
        image_add(image, slice_cstr(name_in(dir, files->paths[i])));
        image_add(image, buf_view(&text));
    }
    image_add(image, SLICE_NONE);
    buf_done(&text);
}

bool grammar_save(struct grammar *g, struct buf *image)
{
    struct buf lexicon = {0};
    char hash[sizeof g->hash];
    struct listing files = {.count = 0};
    list_all(g->dir, NULL, &files);
    image_add(image, slice_of(g->hash, sizeof g->hash));
    save_files(g->dir, &files, image);
    for (int i = 0; i < LEX_MAX; i++) {
        lexicon.n = 0;
        lexicon_save(grammar_lexicon(g, (enum lexicon_id)i), &lexicon);
        image_add(image, buf_view(&lexicon));
    }
    rules_save(g->rules, image);
    buf_done(&lexicon);
    hash_files(g->dir, &files, hash);
    free_paths(&files);
    return strcmp(hash, g->hash) == 0;
}

/* ---- opening ---- */

static struct rules *open_rules(struct grammar *g, const struct listing *files, struct buf *error)
{
    struct rules_file rules[FILES_MAX];
    for (size_t i = 0; i < files->rules; i++)
        rules[i] = (struct rules_file){files->paths[i], files->texts[i]};
    if (files->base_rules)
        return rules_read(rules, files->base_rules, files->rules, by_name, g, error);
    buf_printf(error, "%s/rules: 没有规则文件 / no rule files\n", g->dir);
    return NULL;
}

struct grammar *grammar_open(const char *dir, const char *overlay, struct slice image, struct buf *error)
{
    struct grammar *g = mem_zalloc(sizeof *g);
    struct listing files = {.count = 0};
    g->dir = mem_dup(dir, strlen(dir));
    g->overlay = overlay ? mem_dup(overlay, strlen(overlay)) : NULL;
    list_all(dir, overlay, &files);
    bool known = !overlay && take_image(g, &files, &image);
    if (!known)
        drop_image(g, &files);
    g->rules = open_rules(g, &files, error);
    if (g->rules && known)
        rules_load(g->rules, image);
    else if (g->rules)
        hash_files(dir, &files, g->hash);
    free_paths(&files);
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
    particles_free(g->particles);
    starts_free(g->starts);
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
    if (g->pieces[id].text.p)
        g->lexicons[id] = lexicon_load(g->pieces[id].lexicon, g->pieces[id].text);
    if (!g->lexicons[id])
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
