#include "build_merge.h"

#include "base/file.h"
#include "build_names.h"
#include "write/csv.h"
#include "write/pack.h"
#include "write/sqlite.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#define FLUSH_AT (32u * 1024)

/* A file that grows; bytes are kept until there are enough of them. */
struct tail {
    const char *name;
    int fd;
    struct buf out;
    uint64_t written;
};

struct merge {
    const struct stage *stage;
    struct csv *csv;   /* or NULL */
    struct sqlite *db; /* or NULL */
    struct tail said;
    int pack;           /* what the workers append to */
    struct buf results; /* of one plan */
    struct build_names names;
    struct buf error;
};

static void fail(struct merge *m, const char *name)
{
    if (!m->error.n)
        buf_printf(&m->error, "%s: %s", name, strerror(errno));
}

/* ---- files that grow ---- */

static int open_new(struct merge *m, const char *name, int flags)
{
    struct buf path = {0};
    int fd = open(stage_path(m->stage, name, &path), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC | flags, 0666);
    if (fd < 0)
        fail(m, name);
    buf_done(&path);
    return fd;
}

static void tail_open(struct merge *m, struct tail *t, const char *name)
{
    t->name = name;
    t->fd = open_new(m, name, 0);
}

static void tail_write(struct merge *m, struct tail *t, struct slice bytes)
{
    if (bytes.n && merge_good(m) && !file_write_fd(t->fd, bytes.p, bytes.n))
        fail(m, t->name);
    t->written += bytes.n;
}

static void tail_flush(struct merge *m, struct tail *t)
{
    tail_write(m, t, buf_view(&t->out));
    t->out.n = 0;
}

static void tail_add(struct merge *m, struct tail *t, struct slice bytes)
{
    if (t->out.n + bytes.n >= FLUSH_AT)
        tail_flush(m, t);
    if (bytes.n >= FLUSH_AT)
        tail_write(m, t, bytes);
    else
        buf_slice(&t->out, bytes);
}

static void tail_close(struct merge *m, struct tail *t)
{
    tail_flush(m, t);
    if (t->fd >= 0 && close(t->fd) != 0)
        fail(m, t->name);
    t->fd = -1;
    buf_done(&t->out);
}

/* ---- open and add ---- */

struct merge *merge_open(const struct merge_options *o, struct buf *error)
{
    struct merge *m = mem_zalloc(sizeof *m);
    struct buf path = {0};
    m->stage = o->stage;
    m->pack = open_new(m, MERGE_PACK, O_APPEND);
    tail_open(m, &m->said, "said");
    if (o->outputs & OUTPUT_CSV)
        m->csv = csv_open(stage_path(o->stage, "csv", &path), &m->error);
    if (o->outputs & OUTPUT_DB)
        m->db = sqlite_open(stage_path(o->stage, "gangmu.db", &path), o->version, o->grammar_hash, &m->error);
    buf_done(&path);
    if (merge_good(m))
        return m;
    buf_slice(error, buf_view(&m->error));
    merge_abandon(m);
    return NULL;
}

bool merge_good(const struct merge *m)
{
    return !m->error.n && (!m->csv || csv_good(m->csv)) && (!m->db || sqlite_good(m->db));
}

static bool add_rows(struct merge *m, struct slice pack)
{
    struct slice rows[ROWS_MAX], values[ROWS_COLUMNS_MAX];
    if (!pack_open(pack, rows))
        return false;
    for (int i = 0; i < ROWS_MAX; i++) {
        enum rows_table table = (enum rows_table)i;
        if (m->db)
            sqlite_add(m->db, table, rows[i]);
        while (m->csv && pack_next(&rows[i], table, values))
            csv_row(m->csv, table, values, rows_definitions[i].count);
        if (m->csv && rows[i].n)
            return false;
    }
    return true;
}

static void add_said(struct merge *m, const char *file, struct slice bytes)
{
    struct buf lines = {0};
    struct said said;
    while (said_next(&bytes, &said)) {
        said_print(&lines, file, &said, diag_kind(said.id)->level, LANG_ZH, false);
        names_add(&m->names, file, &said);
    }
    tail_add(m, &m->said, buf_view(&lines));
    buf_done(&lines);
}

static bool add_results(struct merge *m, const char *file, const struct outcome *outcome, struct slice *shown)
{
    struct slice said = slice_of(m->results.p, (size_t)outcome->said);
    struct slice rows = slice_of(m->results.p + said.n, (size_t)outcome->rows);
    if (shown)
        *shown = said;
    add_said(m, file, said);
    return !rows.n || (!m->csv && !m->db) || add_rows(m, rows);
}

bool merge_plan(struct merge *m, const char *file, const struct outcome *outcome, struct slice *shown)
{
    return file_read_at(m->pack, outcome->at, (size_t)(outcome->said + outcome->rows), &m->results) &&
           add_results(m, file, outcome, shown);
}

bool merge_kept(struct merge *m, const char *file, struct outcome *outcome, int pack)
{
    if (!file_read_at(pack, outcome->at, (size_t)(outcome->said + outcome->rows), &m->results))
        return false;
    if (!file_append(m->pack, buf_view(&m->results), &outcome->at))
        fail(m, MERGE_PACK);
    return add_results(m, file, outcome, NULL);
}

void merge_refused(struct merge *m, const char *file, const struct job *job)
{
    struct buf line = {0};
    struct said said = {.id = job->outcome.why, .args = {slice_cstr(job->outcome.arg)}};
    enum diag_level level = job->skipped ? LEVEL_WARNING : diag_kind(said.id)->level;
    said_print(&line, file, &said, level, LANG_ZH, false);
    tail_add(m, &m->said, buf_view(&line));
    buf_done(&line);
}

/* ---- close ---- */

/* The lines were put aside while the summary was not known. */
static void write_report(struct merge *m, struct slice summary)
{
    struct tail report = {.fd = -1};
    struct buf names = {0};
    char chunk[16384];
    ssize_t got = 0;
    tail_flush(m, &m->said);
    tail_open(m, &report, "report.txt");
    tail_add(m, &report, summary);
    names_print(&m->names, &names);
    tail_add(m, &report, buf_view(&names));
    buf_done(&names);
    if (m->said.written)
        tail_add(m, &report, SLICE("\n"));
    if (lseek(m->said.fd, 0, SEEK_SET) != 0)
        fail(m, report.name);
    while (merge_good(m) && (got = read(m->said.fd, chunk, sizeof chunk)) > 0)
        tail_add(m, &report, slice_of(chunk, (size_t)got));
    if (got < 0)
        fail(m, report.name);
    tail_close(m, &report);
}

void merge_finish(struct merge *m)
{
    if (m->csv)
        csv_close(m->csv, &m->error);
    if (m->db && m->error.n)
        sqlite_abandon(m->db);
    else if (m->db)
        sqlite_close(m->db, &m->error);
    m->csv = NULL;
    m->db = NULL;
}

static void drop(struct merge *m)
{
    if (m->pack >= 0 && close(m->pack) != 0)
        fail(m, MERGE_PACK);
    tail_close(m, &m->said);
    buf_done(&m->results);
    names_done(&m->names);
}

bool merge_close(struct merge *m, struct slice summary, uint64_t *pack_size, struct buf *error)
{
    merge_finish(m);
    if (merge_good(m))
        write_report(m, summary);
    off_t size = lseek(m->pack, 0, SEEK_END);
    *pack_size = size > 0 ? (uint64_t)size : 0;
    drop(m);
    bool good = merge_good(m);
    buf_slice(error, buf_view(&m->error));
    buf_done(&m->error);
    free(m);
    return good;
}

void merge_abandon(struct merge *m)
{
    if (!m)
        return;
    buf_str(&m->error, "abandoned"); /* nothing is completed */
    merge_finish(m);
    drop(m);
    buf_done(&m->error);
    free(m);
}
