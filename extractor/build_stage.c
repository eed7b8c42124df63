#include "build_stage.h"

#include "base/file.h"
#include "base/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <unistd.h>

static bool fail(struct buf *error, const char *path)
{
    buf_printf(error, "%s: %s", path, strerror(errno));
    return false;
}

static const char *inside(const struct stage *s, const char *folder, const char *name, struct buf *out)
{
    out->n = 0;
    buf_printf(out, "%s/%s%s", s->dir, folder, name);
    return buf_cstr(out);
}

const char *stage_path(const struct stage *s, const char *name, struct buf *out)
{
    return inside(s, ".gangmu/stage/", name, out);
}

const char *stage_target(const struct stage *s, const char *name, struct buf *out)
{
    return inside(s, "", name, out);
}

static const char *commit_path(const struct stage *s, const char *name, struct buf *out)
{
    return inside(s, ".gangmu/commit/", name, out);
}

/* ---- commit: every step may have been done before ---- */

static bool move(const struct stage *s, const char *from, const char *to, struct buf *error)
{
    struct buf source = {0}, target = {0};
    commit_path(s, from, &source);
    stage_target(s, to, &target);
    bool good = rename(source.p, target.p) == 0 || errno == ENOENT || fail(error, target.p);
    buf_done(&source);
    buf_done(&target);
    return good;
}

/* Moves every file of a folder into the folder of that name in DIR, which is made when needed. */
static bool move_folder(const struct stage *s, const char *folder, struct buf *error)
{
    struct buf path = {0}, name = {0};
    char **names = NULL;
    size_t count = 0;
    bool good = true;
    if (file_exists(commit_path(s, folder, &path))) {
        good = file_names(buf_cstr(&path), &names, &count, error);
        if (good && count)
            good = file_make_dirs(stage_target(s, folder, &path), error);
    }
    for (size_t i = 0; good && i < count; i++) {
        name.n = 0;
        buf_printf(&name, "%s/%s", folder, names[i]);
        good = move(s, buf_cstr(&name), buf_cstr(&name), error);
    }
    file_names_free(names, count);
    buf_done(&path);
    buf_done(&name);
    return good;
}

static void remove_gone(const struct stage *s)
{
    struct buf list = {0}, path = {0}, name = {0};
    struct slice rest, line;
    if (file_read(commit_path(s, "gone", &path), &list, SIZE_MAX, NULL)) {
        rest = buf_view(&list);
        while (slice_split(&rest, '\n', &line)) {
            name.n = 0;
            buf_str(&name, "xml/");
            buf_slice(&name, line);
            if (line.n && !memchr(line.p, '/', line.n))
                unlink(stage_target(s, buf_cstr(&name), &path));
        }
    }
    buf_done(&list);
    buf_done(&path);
    buf_done(&name);
}

/* The journal of an older database would be played back into the new one. */
static void remove_journals(const struct stage *s)
{
    static const char *const names[] = {"gangmu.db-journal", "gangmu.db-wal", "gangmu.db-shm"};
    struct buf path = {0};
    if (file_exists(commit_path(s, "gangmu.db", &path)))
        for (size_t i = 0; i < sizeof names / sizeof *names; i++)
            unlink(stage_target(s, names[i], &path));
    buf_done(&path);
}

static bool apply(const struct stage *s, struct buf *error)
{
    struct buf path = {0};
    remove_gone(s);
    remove_journals(s);
    bool good = move_folder(s, "xml", error) && move_folder(s, "csv", error) &&
                move(s, "gangmu.db", "gangmu.db", error) && move(s, "report.txt", "report.txt", error) &&
                move(s, "diagnostics", ".gangmu/diagnostics", error) &&
                move(s, "manifest", ".gangmu/manifest", error);
    if (good)
        file_remove_tree(inside(s, ".gangmu/commit", "", &path));
    buf_done(&path);
    return good;
}

bool stage_commit(const struct stage *s, struct slice gone, struct buf *error)
{
    struct buf from = {0}, to = {0};
    bool good = file_write(stage_path(s, "gone", &from), gone, error);
    inside(s, ".gangmu/stage", "", &from);
    inside(s, ".gangmu/commit", "", &to);
    good = good && (rename(from.p, to.p) == 0 || fail(error, to.p)) && apply(s, error);
    buf_done(&from);
    buf_done(&to);
    return good;
}

/* ---- open and close ---- */

static enum stage_result take_lock(struct stage *s, struct buf *error)
{
    struct buf path = {0};
    enum stage_result result = STAGE_GOOD;
    s->lock = open(inside(s, ".gangmu/", "lock", &path), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (s->lock < 0 || flock(s->lock, LOCK_EX | LOCK_NB) != 0) {
        result = s->lock >= 0 && errno == EWOULDBLOCK ? STAGE_BUSY : STAGE_TROUBLE;
        fail(error, path.p);
    }
    buf_done(&path);
    return result;
}

enum stage_result stage_open(struct stage *s, const char *dir, struct buf *error)
{
    struct buf path = {0};
    *s = (struct stage){.dir = mem_dup(dir, strlen(dir)), .lock = -1};
    enum stage_result result =
        file_make_dirs(inside(s, ".gangmu", "", &path), error) ? take_lock(s, error) : STAGE_TROUBLE;
    if (result == STAGE_GOOD) {
        file_remove_tree(inside(s, ".gangmu/stage", "", &path));
        if (file_exists(inside(s, ".gangmu/commit", "", &path)) && !apply(s, error))
            result = STAGE_TROUBLE;
    }
    buf_done(&path);
    if (result != STAGE_GOOD) {
        if (s->lock >= 0)
            close(s->lock);
        free(s->dir);
    }
    return result;
}

bool stage_begin(const struct stage *s, struct buf *error)
{
    struct buf path = {0};
    bool good = file_make_dirs(stage_path(s, "xml", &path), error) &&
                file_make_dirs(stage_path(s, "csv", &path), error);
    buf_done(&path);
    return good;
}

void stage_close(struct stage *s)
{
    struct buf path = {0};
    file_remove_tree(inside(s, ".gangmu/stage", "", &path));
    buf_done(&path);
    close(s->lock);
    free(s->dir);
}
