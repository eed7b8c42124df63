#include "build_merge.h"

#include "base/file.h"
#include "build_names.h"
#include "write/csv.h"
#include "write/pack.h"

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
    struct tail lines; /* of the report */
    struct tail said;  /* the same diagnostics, for the next build */
    struct buf old;    /* diagnostics, then rows, of the last build, of one plan */
    struct pack pack;  /* these rows */
    struct build_names names;
    struct buf error;
};

static void fail(struct merge *m, const char *name)
{
    if (!m->error.n)
        buf_printf(&m->error, "%s: %s", name, strerror(errno));
}

/* ---- files that grow ---- */

static void tail_open(struct merge *m, struct tail *t, const char *name)
{
    struct buf path = {0};
    t->name = name;
    t->fd = open(stage_path(m->stage, name, &path), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (t->fd < 0)
        fail(m, name);
    buf_done(&path);
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
    m->pack.lines = o->outputs & OUTPUT_CSV;
    m->pack.records = o->outputs & OUTPUT_DB;
    tail_open(m, &m->lines, "lines");
    tail_open(m, &m->said, "diagnostics");
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

static bool add_rows(struct merge *m, const struct outcome *outcome, struct slice bytes)
{
    struct pack_view view;
    if (!pack_open(bytes, &view))
        return false;
    for (int i = 0; i < ROWS_MAX && m->csv; i++)
        csv_add(m->csv, (enum rows_table)i, view.lines[i]);
    if (m->db)
        sqlite_add(m->db, slice_cstr(outcome->id), &view);
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
    tail_add(m, &m->lines, buf_view(&lines));
    buf_done(&lines);
}

static void keep_said(struct merge *m, const char *file, struct outcome *outcome, struct slice said)
{
    outcome->at = m->said.written + m->said.out.n;
    outcome->said = said.n;
    tail_add(m, &m->said, said);
    add_said(m, file, said);
}

bool merge_plan(struct merge *m, const char *file, struct outcome *outcome, struct slice said, struct slice rows)
{
    keep_said(m, file, outcome, said);
    if (!m->csv && !m->db)
        return true;
    return add_rows(m, outcome, rows);
}

bool merge_kept(struct merge *m, const char *file, struct outcome *outcome, int said, struct sqlite_reader *rows)
{
    if (!file_read_at(said, outcome->at, (size_t)outcome->said, &m->old))
        return false;
    keep_said(m, file, outcome, buf_view(&m->old));
    if (!m->csv && !m->db)
        return true;
    struct pack *pack = &m->pack;
    pack_begin(pack);
    if (!sqlite_read_plan(rows, outcome->id, pack_add, pack) || !pack_end(pack))
        return false;
    m->old.n = 0;
    buf_reserve(&m->old, pack_size(pack));
    pack_copy(pack, m->old.p);
    m->old.n = pack_size(pack);
    return add_rows(m, outcome, buf_view(&m->old));
}

void merge_refused(struct merge *m, const char *file, const struct job *job)
{
    struct buf line = {0};
    struct said said = {.id = job->outcome.why, .args = {slice_cstr(job->outcome.arg)}};
    enum diag_level level = job->skipped ? LEVEL_WARNING : diag_kind(said.id)->level;
    said_print(&line, file, &said, level, LANG_ZH, false);
    tail_add(m, &m->lines, buf_view(&line));
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
    tail_flush(m, &m->lines);
    tail_open(m, &report, "report.txt");
    tail_add(m, &report, summary);
    names_print(&m->names, &names);
    tail_add(m, &report, buf_view(&names));
    buf_done(&names);
    if (m->lines.written)
        tail_add(m, &report, SLICE("\n"));
    if (lseek(m->lines.fd, 0, SEEK_SET) != 0)
        fail(m, report.name);
    while (merge_good(m) && (got = read(m->lines.fd, chunk, sizeof chunk)) > 0)
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
    tail_close(m, &m->lines);
    tail_close(m, &m->said);
    buf_done(&m->old);
    pack_done(&m->pack);
    names_done(&m->names);
}

bool merge_close(struct merge *m, struct slice summary, uint64_t *said_size, struct buf *error)
{
    merge_finish(m);
    if (merge_good(m))
        write_report(m, summary);
    drop(m);
    *said_size = m->said.written;
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
