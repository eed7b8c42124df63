#include "build_list.h"

#include "base/file.h"
#include "base/text.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <strings.h>
#include <sys/stat.h>
#include <time.h>

#define FRESH_SECONDS 2

/* What a document found in a directory is called. Other suffixes (.csv, .db, .md ...) are none. */
static const char *const suffixes[] = {".txt", ".text", ".docx", ".html", ".htm",
                                       ".pdf", ".doc",  ".wps",  ".ofd"};

/* What a build writes beside the documents when they lie in the output directory. */
static const char *const own_names[] = {"report.txt", "xml", "csv"};

static const char *keep(struct list *l, const char *s)
{
    return arena_dup(&l->arena, s, strlen(s));
}

/* Marks a file in an index; false when it was there. */
static bool mark(struct list *l, struct index *index, const struct stat *st)
{
    uint64_t id[2] = {(uint64_t)st->st_dev, (uint64_t)st->st_ino};
    struct slice key = slice_of((const char *)id, sizeof id);
    if (index_get(index, key))
        return false;
    *index_put(index, slice_of(arena_dup(&l->arena, key.p, key.n), key.n)) = 1;
    return true;
}

/* File names are bytes; results are UTF-8 without control characters. Caller frees. */
static char *clean_name(const char *bytes)
{
    struct buf out = {0};
    size_t n = strlen(bytes);
    for (size_t at = 0; at < n;) {
        size_t good = text_check_utf8(bytes + at, n - at);
        buf_add(&out, bytes + at, good);
        at += good;
        if (at < n) {
            buf_utf8(&out, 0xFFFD);
            at++;
        }
    }
    for (size_t i = 0; i < out.n; i++)
        if ((unsigned char)out.p[i] < 0x20 || out.p[i] == 0x7F)
            out.p[i] = '?';
    buf_cstr(&out);
    return out.p;
}

/* The end of whole when it reads like part: the three names of a document mostly share their text. */
static const char *share(const char *whole, const char *part)
{
    size_t n = strlen(whole), m = strlen(part);
    return m <= n && strcmp(whole + n - m, part) == 0 ? whole + n - m : NULL;
}

static struct document *append(struct list *l, const char *path, const char *real, const char *name)
{
    if ((l->count & (l->count - 1)) == 0)
        l->items = mem_realloc(l->items, (l->count ? l->count * 2 : 1) * sizeof *l->items);
    struct document *d = &l->items[l->count++];
    *d = (struct document){.real = keep(l, real)};
    d->path = share(d->real, path);
    if (!d->path)
        d->path = keep(l, path);
    char *clean = clean_name(name);
    d->name = share(d->path, clean);
    if (!d->name)
        d->name = keep(l, clean);
    free(clean);
    return d;
}

static void append_trouble(struct list *l, const char *path, const char *real, const char *name)
{
    const char *why = strerror(errno);
    struct document *d = append(l, path, real, name);
    d->trouble = keep(l, why);
    d->named = true;
}

/* Clocks of file systems tick seldom. */
static bool is_fresh(int64_t mtime)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return mtime < 0 || mtime > ((int64_t)now.tv_sec - FRESH_SECONDS) * 1000000000;
}

static struct document *append_file(struct list *l, const char *path, const char *real, const char *name,
                                    const struct stat *st)
{
    if (!mark(l, &l->seen, st))
        return NULL;
    struct document *d = append(l, path, real, name);
    d->regular = S_ISREG(st->st_mode);
    d->size = d->regular ? (uint64_t)st->st_size : 0;
    d->mtime = (int64_t)st->st_mtim.tv_sec * 1000000000 + st->st_mtim.tv_nsec;
    d->fresh = is_fresh(d->mtime);
    return d;
}

/* Whether a file in a directory is a document by its name; *guessed: it has no suffix at all. */
static bool is_document(const char *name, bool *guessed)
{
    const char *dot = strrchr(name, '.');
    *guessed = dot == NULL;
    for (size_t i = 0; dot && i < sizeof suffixes / sizeof *suffixes; i++)
        if (strcasecmp(dot, suffixes[i]) == 0)
            return true;
    return *guessed;
}

/* A directory on the walk, as three ways to name it. */
struct place {
    const char *path, *real, *name;
};

static void add_directory(struct list *l, struct place at);

static void add_entry(struct list *l, struct place at, const char *entry)
{
    struct stat st;
    bool guessed;
    if (stat(at.path, &st) != 0) {
        if (is_document(entry, &guessed) && !guessed)
            append_trouble(l, at.path, at.real, at.name);
        return;
    }
    uint64_t id[2] = {(uint64_t)st.st_dev, (uint64_t)st.st_ino};
    if (index_get(&l->own, slice_of((const char *)id, sizeof id)))
        return;
    if (S_ISDIR(st.st_mode)) {
        if (mark(l, &l->seen, &st))
            add_directory(l, at);
        return;
    }
    if (!S_ISREG(st.st_mode) || !is_document(entry, &guessed))
        return;
    struct document *d = append_file(l, at.path, at.real, at.name, &st);
    if (d)
        d->guessed = guessed;
}

static void join(struct buf *out, const char *dir, const char *entry)
{
    size_t n = strlen(dir);
    buf_str(out, dir);
    if (n && dir[n - 1] != '/')
        buf_char(out, '/');
    buf_str(out, entry);
}

/* Marks what a build has written here, when there was one. */
static void mark_own(struct list *l, const char *dir)
{
    struct buf path = {0};
    struct stat st;
    join(&path, dir, ".gangmu");
    bool corpus = stat(buf_cstr(&path), &st) == 0;
    for (size_t i = 0; corpus && i < sizeof own_names / sizeof *own_names; i++) {
        path.n = 0;
        join(&path, dir, own_names[i]);
        if (stat(buf_cstr(&path), &st) == 0)
            mark(l, &l->own, &st);
    }
    buf_done(&path);
}

static void add_directory(struct list *l, struct place at)
{
    char **names;
    size_t count;
    if (!file_names(at.path, &names, &count, NULL)) {
        append_trouble(l, at.path, at.real, *at.name ? at.name : at.path);
        return;
    }
    mark_own(l, at.path);
    for (size_t i = 0; i < count; i++) {
        struct buf path = {0}, real = {0}, name = {0};
        join(&path, at.path, names[i]);
        join(&real, at.real, names[i]);
        join(&name, at.name, names[i]);
        if (names[i][0] != '.')
            add_entry(l, (struct place){buf_cstr(&path), buf_cstr(&real), buf_cstr(&name)}, names[i]);
        buf_done(&path);
        buf_done(&real);
        buf_done(&name);
    }
    file_names_free(names, count);
}

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static void list_standard_input(struct list *l)
{
    for (size_t i = 0; i < l->count; i++)
        if (strcmp(l->items[i].real, "-") == 0)
            return;
    append(l, "-", "-", "-")->named = true;
}

void list_add(struct list *l, const char *path)
{
    struct stat st;
    if (strcmp(path, "-") == 0) {
        list_standard_input(l);
        return;
    }
    char *real = realpath(path, NULL);
    if (!real || stat(real, &st) != 0) {
        append_trouble(l, path, path, base_name(path));
    } else if (S_ISDIR(st.st_mode)) {
        if (mark(l, &l->seen, &st))
            add_directory(l, (struct place){path, real, ""});
    } else {
        struct document *d = append_file(l, path, real, base_name(path), &st);
        if (d)
            d->named = true;
    }
    free(real);
}

void list_done(struct list *l)
{
    index_done(&l->seen);
    index_done(&l->own);
    arena_done(&l->arena);
    free(l->items);
    *l = (struct list){0};
}
