#include "build_finish.h"

#include "base/file.h"
#include "write/rows.h"

#include <stdlib.h>
#include <time.h>

#define FRESH 2000000000 /* nanoseconds */

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

/* A file changed within the clock's last ticks may change again without its time showing it: such a
 * time is not trusted, the next build looks at the bytes. */
static int64_t trusted_time(const struct document *d)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    int64_t t = (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
    return d->regular && d->mtime >= 0 && d->mtime < t - FRESH ? d->mtime : 0;
}

/* The manifest borrows all texts from the jobs; the caller frees m->entries. */
static void make_manifest(const struct jobs *j, const struct build_options *o, int written,
                          struct manifest *m)
{
    *m = (struct manifest){.tool = j->tool, .max_size = o->max_size, .full = j->rows};
    m->current = current(j, written);
    m->entries = mem_zalloc((j->count + 1) * sizeof *m->entries);
    for (size_t i = 0; i < j->count; i++) {
        const struct document *d = j->items[i].doc;
        if (!d->trouble)
            m->entries[m->count++] = (struct entry){.real = d->real,
                                                    .name = d->name,
                                                    .size = d->size,
                                                    .mtime = trusted_time(d),
                                                    .outcome = j->items[i].outcome};
    }
}

bool finish_touch(const struct jobs *j, const struct build_options *o, struct buf *error)
{
    struct manifest m;
    struct buf text = {0}, path = {0};
    make_manifest(j, o, 0, &m);
    m.full = j->last.full;
    m.pack_size = j->last.pack_size;
    m.orphans = j->last.orphans;
    m.orphan_count = j->last.orphan_count;
    manifest_print(&m, &text);
    buf_printf(&path, "%s/.gangmu/manifest", o->dir);
    bool good = file_write(buf_cstr(&path), buf_view(&text), error);
    buf_done(&text);
    buf_done(&path);
    free(m.entries);
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

bool finish_commit(const struct jobs *j, const struct build_options *o, const struct stage *stage,
                   int written, uint64_t pack_size, struct buf *error)
{
    struct manifest m;
    struct left left;
    struct buf text = {0}, path = {0}, gone = {0};
    make_manifest(j, o, written, &m);
    find_left(j, &left);
    m.pack_size = pack_size;
    if (o->outputs & OUTPUT_XML) {
        for (size_t i = 0; i < left.count; i++)
            buf_printf(&gone, "%s.xml\n", left.ids[i]);
    } else { /* not touched now: the next build that writes XML removes them */
        m.orphans = left.ids;
        m.orphan_count = left.count;
    }
    manifest_print(&m, &text);
    bool good = file_write(stage_path(stage, "manifest", &path), buf_view(&text), error) &&
                stage_commit(stage, buf_view(&gone), error);
    buf_done(&text);
    buf_done(&path);
    buf_done(&gone);
    free(left.ids);
    free(m.entries);
    return good;
}
