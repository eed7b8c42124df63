#include "build_finish.h"

#include "base/file.h"
#include "write/rows.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

static bool exists(const struct build_options *o, const char *name)
{
    struct buf path = {0};
    buf_printf(&path, "%s/%s", o->dir, name);
    bool there = file_exists(buf_cstr(&path));
    buf_done(&path);
    return there;
}

static bool tables_exist(const struct build_options *o)
{
    bool all = true;
    for (int i = 0; i < ROWS_MAX && all; i++) {
        struct buf name = {0};
        buf_printf(&name, "csv/%s.csv", rows_definitions[i].name);
        all = exists(o, buf_cstr(&name));
        buf_done(&name);
    }
    return all;
}

int finish_tables(const struct jobs *j, const struct build_options *o)
{
    int good = j->changed ? 0 : j->last.current;
    if (good & OUTPUT_CSV && !tables_exist(o))
        good &= ~OUTPUT_CSV;
    if (good & OUTPUT_DB && !exists(o, "gangmu.db"))
        good &= ~OUTPUT_DB;
    return o->outputs & (OUTPUT_CSV | OUTPUT_DB) & ~good;
}

bool finish_no_report(const struct build_options *o)
{
    return !exists(o, "report.txt");
}

static int current(const struct jobs *j, int written)
{
    return written | (j->changed ? 0 : j->last.current);
}

int finish_stale(const struct jobs *j, const struct build_options *o, int written)
{
    int stale = (OUTPUT_CSV | OUTPUT_DB) & ~current(j, written);
    for (size_t i = 0; i < j->count; i++)
        if (j->items[i].outcome.kind == OUTCOME_PLAN && !j->items[i].outcome.xml)
            stale |= OUTPUT_XML;
    if (!exists(o, "xml"))
        stale &= ~OUTPUT_XML;
    if (!exists(o, "csv"))
        stale &= ~OUTPUT_CSV;
    if (!exists(o, "gangmu.db"))
        stale &= ~OUTPUT_DB;
    return stale & ~o->outputs;
}

/* ---- the manifest ---- */

/* A time that is not trusted makes the next build look at the bytes. */
static int64_t trusted_time(const struct document *d)
{
    return d->regular && !d->fresh ? d->mtime : 0;
}

static void add_entries(const struct jobs *j, struct manifest_writer *w)
{
    for (size_t i = 0; i < j->count; i++) {
        const struct document *d = j->items[i].doc;
        struct entry e = {d->real, d->name, d->size, trusted_time(d), j->items[i].outcome};
        if (!d->trouble)
            manifest_add(w, &e);
    }
}

static bool fail(struct buf *error, const char *path)
{
    buf_printf(error, "%s: %s", path, strerror(errno));
    return false;
}

bool finish_touch(const struct jobs *j, const struct build_options *o, struct buf *error)
{
    struct manifest_writer w;
    struct buf path = {0}, aside = {0};
    buf_printf(&path, "%s/.gangmu/manifest", o->dir);
    buf_printf(&aside, "%s.new", buf_cstr(&path));
    manifest_begin(&w, buf_cstr(&aside), &j->last);
    add_entries(j, &w);
    for (size_t i = 0; i < j->last.orphan_count; i++)
        manifest_add_orphan(&w, j->last.orphans[i]);
    bool good = (manifest_end(&w) && rename(aside.p, path.p) == 0) || fail(error, path.p);
    buf_done(&path);
    buf_done(&aside);
    return good;
}

/* ---- XML files without a document ---- */

struct left {
    const char **ids;
    size_t count;
};

static void add_left(struct left *l, const struct index *kept, const char *id)
{
    if (!index_get(kept, slice_cstr(id)))
        l->ids[l->count++] = id;
}

/* Ids of XML files that the last builds wrote and that no document has now. Caller frees left->ids. */
static void find_left(const struct jobs *j, struct left *left)
{
    struct index kept = {0};
    for (size_t i = 0; i < j->count; i++)
        if (j->items[i].outcome.kind == OUTCOME_PLAN && j->items[i].outcome.xml)
            *index_put(&kept, slice_cstr(j->items[i].outcome.id)) = 1;
    *left = (struct left){.ids = mem_zalloc((j->last.count + j->last.orphan_count + 1) * sizeof *left->ids)};
    for (size_t i = 0; i < j->last.count; i++)
        if (j->last.entries[i].outcome.xml)
            add_left(left, &kept, j->last.entries[i].outcome.id);
    for (size_t i = 0; i < j->last.orphan_count; i++)
        add_left(left, &kept, j->last.orphans[i]);
    index_done(&kept);
}

/* With XML written now, files that are left go; else the next build that writes XML removes them. */
static bool write_manifest(const struct jobs *j, const struct build_options *o, const char *path,
                           const struct manifest *head, struct buf *gone)
{
    struct manifest_writer w;
    struct left left;
    find_left(j, &left);
    manifest_begin(&w, path, head);
    add_entries(j, &w);
    for (size_t i = 0; i < left.count; i++) {
        if (o->outputs & OUTPUT_XML)
            buf_printf(gone, "%s.xml\n", left.ids[i]);
        else
            manifest_add_orphan(&w, left.ids[i]);
    }
    free(left.ids);
    return manifest_end(&w);
}

bool finish_commit(const struct jobs *j, const struct build_options *o, const struct stage *stage,
                   int written, uint64_t said_size, struct buf *error)
{
    struct buf path = {0}, gone = {0};
    struct manifest head = {.tool = j->tool,
                            .max_size = o->max_size,
                            .current = current(j, written),
                            .db = j->last.db,
                            .said = said_size};
    if (written & OUTPUT_DB)
        file_stamp(stage_path(stage, "gangmu.db", &path), &head.db);
    stage_path(stage, "manifest", &path);
    bool good = (write_manifest(j, o, path.p, &head, &gone) || fail(error, path.p)) &&
                stage_commit(stage, buf_view(&gone), error);
    buf_done(&path);
    buf_done(&gone);
    return good;
}
