#include "build_run.h"

#include "build_diag.h"
#include "build_finish.h"
#include "build_merge.h"
#include "build_pool.h"
#include "build_report.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#define MEMORY_MIN ((size_t)2 << 30)        /* address space of a worker … */
#define MEMORY_FACTOR 64                    /* … or so many times the largest document */
#define PROGRESS_AFTER 1000                 /* milliseconds */
#define PROGRESS_EVERY 100

struct build {
    const struct context *ctx;
    const struct build_options *o;
    struct jobs *j;
    const struct stage *stage;
    const struct signals *signals;
    struct worker worker;
    struct pool *pool; /* started when the first document is to be compiled */
    struct merge *merge;
    int write;                  /* enum output: tables written now */
    int said;                   /* the diagnostics of the last build, or -1 */
    struct sqlite_reader *rows; /* its database, or NULL */
    struct index ids;           /* ids given; how many plans wanted each */
    size_t next, named, merged; /* jobs sent, given ids, merged: in order, up to here */
    size_t outstanding;         /* jobs sent and not merged */
    size_t compiled, total;
    int64_t started, shown;     /* milliseconds: of the build, of the last progress line */
    bool progress;              /* the line stands on the terminal */
    struct buf error;           /* the reason to give up */
};

static int64_t now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static const char *keep(struct build *b, struct slice s)
{
    return arena_dup(&b->j->arena, s.p, s.n);
}

/* ---- standard error ---- */

static void clear_progress(struct build *b)
{
    if (b->progress)
        fputs("\r\033[K", stderr);
    b->progress = false;
}

static void show_progress(struct build *b)
{
    int64_t t = now();
    if (t - b->started < PROGRESS_AFTER || t - b->shown < PROGRESS_EVERY || !isatty(STDERR_FILENO))
        return;
    b->shown = t;
    b->progress = true;
    fprintf(stderr, cmd_text(b->ctx, "\r\033[K编译 %zu/%zu", "\r\033[Kcompiling %zu/%zu"), b->compiled,
            b->total);
}

static void print(struct build *b, struct buf *lines)
{
    if (lines->n) {
        clear_progress(b);
        fwrite(lines->p, 1, lines->n, stderr);
    }
    buf_done(lines);
}

static void print_said(struct build *b, const struct job *job, struct slice bytes)
{
    struct buf lines = {0};
    struct said said;
    while (said_next(&bytes, &said)) {
        enum diag_level level = diag_kind(said.id)->level;
        if (level != LEVEL_NOTE || b->o->verbose)
            said_print(&lines, job->doc->path, &said, level, b->ctx->lang, b->ctx->color);
    }
    print(b, &lines);
}

static void print_refused(struct build *b, const struct job *job)
{
    struct buf line = {0};
    struct said said = {.id = job->outcome.why, .args = {slice_cstr(job->outcome.arg)}};
    enum diag_level level = job->skipped ? LEVEL_WARNING : diag_kind(said.id)->level;
    said_print(&line, job->doc->path, &said, level, b->ctx->lang, b->ctx->color);
    print(b, &line);
}

/* ---- ids, in the order of the documents ---- */

/* The base id, or with -2, -3 … when it is taken. */
static const char *free_id(struct build *b, const char *base)
{
    size_t n = ++*index_put(&b->ids, slice_cstr(base));
    if (n == 1)
        return base;
    struct buf id = {0};
    do {
        id.n = 0;
        buf_printf(&id, "%.*s-%zu", WORKER_ID_MAX - 24, base, n++);
    } while (index_get(&b->ids, buf_view(&id)));
    const char *kept = keep(b, buf_view(&id));
    *index_put(&b->ids, slice_cstr(kept)) = 1;
    *index_put(&b->ids, slice_cstr(base)) = n - 1;
    buf_done(&id);
    return kept;
}

/* An unchanged document whose id must change is compiled again. */
static void check_old(struct build *b, struct job *job, size_t at, const char *id)
{
    if (!job->old || strcmp(job->old->outcome.id, id) == 0)
        return;
    job->old = NULL;
    job->state = JOB_TODO;
    b->total++;
    if (at < b->next)
        b->next = at;
}

static void give_names(struct build *b)
{
    for (; b->named < b->j->count; b->named++) {
        struct job *job = &b->j->items[b->named];
        if (job->outcome.kind == OUTCOME_REFUSED)
            continue;
        if (!job->outcome.base)
            return;
        job->outcome.id = free_id(b, job->outcome.base);
        check_old(b, job, b->named, job->outcome.id);
        if (job->state == JOB_PARSED) {
            job->state = JOB_NAMED;
            pool_name(b->pool, (uint32_t)b->named, job->outcome.id);
        }
    }
}

/* ---- merging ---- */

static struct slice take(struct slice *rest, uint64_t n)
{
    struct slice part = slice_of(rest->p, (size_t)n);
    *rest = slice_of(rest->p + n, rest->n - (size_t)n);
    return part;
}

/* What a worker said of a document: its result, region and period in bytes, diagnostics and rows in parts. */
static bool merge_result(struct build *b, struct job *job, struct slice bytes, struct slice parts)
{
    struct worker_result r;
    struct slice rest = bytes;
    struct slice head = take(&rest, sizeof r);
    memcpy(&r, head.p, sizeof r);
    job->outcome.kind = OUTCOME_PLAN;
    job->outcome.sha256 = keep(b, slice_of(r.sha256, HASH_HEX));
    job->outcome.region = keep(b, take(&rest, r.region));
    job->outcome.period = keep(b, take(&rest, r.period));
    job->outcome.xml = (b->o->outputs & OUTPUT_XML) || (job->xml && strcmp(job->xml, job->outcome.id) == 0);
    job->outcome.db = (b->write & OUTPUT_DB) != 0;
    memcpy(job->outcome.counts, r.counts, sizeof r.counts);
    rest = parts.n ? parts : rest; /* of a large document they came with the bytes */
    struct slice said = take(&rest, r.said);
    print_said(b, job, said);
    return merge_plan(b->merge, job->doc->name, &job->outcome, said, take(&rest, r.rows));
}

static bool merge_old(struct build *b, struct job *job)
{
    struct buf path = {0};
    if (b->write && !b->rows)
        b->rows = sqlite_read(stage_target(b->stage, "gangmu.db", &path));
    buf_done(&path);
    bool good = merge_kept(b->merge, job->doc->name, &job->outcome, b->said, b->rows);
    job->outcome.db = (b->write & OUTPUT_DB) || (job->outcome.db && b->j->rows);
    return good;
}

static void merged(struct build *b, struct job *job, bool good)
{
    if (!good && !b->error.n)
        buf_printf(&b->error, "%s: %s", b->o->dir,
                   cmd_text(b->ctx, "内容损坏，请删除 .gangmu 后重新编译",
                            "damaged; remove .gangmu and build again"));
    buf_done(&job->result);
    job->state = JOB_MERGED;
    b->merged++;
    b->outstanding -= job->sent;
}

static void merge_job(struct build *b, struct job *job)
{
    bool good = true;
    if (job->outcome.kind == OUTCOME_REFUSED) {
        print_refused(b, job);
        merge_refused(b->merge, job->doc->name, job);
    } else {
        good = job->old ? merge_old(b, job) : merge_result(b, job, buf_view(&job->result), SLICE_NONE);
    }
    merged(b, job, good);
}

static bool can_merge(const struct build *b)
{
    /* what is kept must have its id first: it may have to be compiled again */
    return b->merged < b->named && b->j->items[b->merged].state == JOB_READY;
}

/* ---- answers of the workers ---- */

static void on_parsed(struct build *b, struct job *job, const struct pool_event *e)
{
    job->state = JOB_PARSED;
    if (!job->outcome.base)
        job->outcome.base = keep(b, e->bytes);
    if (e->document < b->named) { /* compiled again: its id is known */
        job->state = JOB_NAMED;
        pool_name(b->pool, e->document, job->outcome.id);
    }
}

/* Merged at once when it is its turn, else put aside. */
static void on_done(struct build *b, struct job *job, const struct pool_event *e)
{
    b->compiled++;
    if (e->document == b->merged && merge_good(b->merge)) {
        merged(b, job, merge_result(b, job, e->bytes, e->shared));
        return;
    }
    buf_reserve(&job->result, e->bytes.n + e->shared.n);
    buf_slice(&job->result, e->bytes);
    buf_slice(&job->result, e->shared);
    job->state = JOB_READY;
}

static void on_refused(struct build *b, struct job *job, const struct pool_event *e)
{
    struct refusal why;
    struct buf path = {0}, name = {0};
    memcpy(&why, e->bytes.p, sizeof why);
    if (job->state == JOB_NAMED) { /* its file may have been begun */
        buf_printf(&name, "xml/%s.xml", job->outcome.id);
        unlink(stage_path(b->stage, buf_cstr(&name), &path));
    }
    job_refuse(b->j, job, why.id, why.arg);
    b->compiled++;
    buf_done(&path);
    buf_done(&name);
}

static void on_event(void *ctx, const struct pool_event *e)
{
    struct build *b = ctx;
    struct job *job = &b->j->items[e->document];
    switch (e->kind) {
    case POOL_PARSED: on_parsed(b, job, e); break;
    case POOL_DONE: on_done(b, job, e); break;
    case POOL_REFUSED: on_refused(b, job, e); break;
    case POOL_TROUBLE:
        if (!b->error.n)
            buf_slice(&b->error, e->bytes);
        break;
    }
}

/* ---- sending ---- */

static bool start_pool(struct build *b)
{
    size_t most = (size_t)b->o->workers;
    struct pool_options o = {.timeout = b->o->timeout, .lock = b->stage->lock};
    o.workers = (int)(b->total < most ? b->total : most);
    o.workers = o.workers < 1 ? 1 : o.workers;
    o.ahead = b->o->workers > 1 ? 2 : 1;
    b->pool = pool_open(&b->worker, &o, &b->error);
    return b->pool != NULL;
}

/* The first job that is not merged may always go: everything waits for it. */
static bool may_send(const struct build *b, size_t at)
{
    size_t window = b->o->workers > 1 ? 4 * (size_t)b->o->workers : 1;
    return pool_has_room(b->pool) && (at == b->merged || b->outstanding < window);
}

static void send_jobs(struct build *b)
{
    for (; b->next < b->j->count; b->next++) {
        struct job *job = &b->j->items[b->next];
        if (job->state != JOB_TODO)
            continue;
        if ((!b->pool && !start_pool(b)) || !may_send(b, b->next))
            return;
        job->state = JOB_SENT;
        job->sent = true;
        b->outstanding++;
        pool_compile(b->pool, (uint32_t)b->next);
    }
}

/* ---- the whole ---- */

static void count_todo(struct build *b)
{
    for (size_t i = 0; i < b->j->count; i++)
        b->total += b->j->items[i].state == JOB_TODO;
}

static bool open_all(struct build *b, struct grammar *g)
{
    struct merge_options o = {b->stage, b->write, GANGMU_VERSION, g->hash};
    struct buf path = {0};
    b->said = open(stage_target(b->stage, ".gangmu/diagnostics", &path), O_RDONLY | O_CLOEXEC);
    bool good = stage_begin(b->stage, &b->error) && (b->merge = merge_open(&o, &b->error)) != NULL;
    buf_done(&path);
    return good;
}

static void set_worker(struct build *b, struct grammar *g, const char *xml_dir)
{
    size_t memory = b->o->max_size > MEMORY_MIN / MEMORY_FACTOR ? b->o->max_size * MEMORY_FACTOR : MEMORY_MIN;
    b->worker = (struct worker){.grammar = g,
                                .documents = b->j->items[0].doc,
                                .version = GANGMU_VERSION,
                                .xml_dir = b->o->outputs & OUTPUT_XML ? xml_dir : NULL,
                                .write = b->write,
                                .max_size = b->o->max_size,
                                .memory = memory};
}

/* Until all is merged. Returns the signal that came between, or 0. */
static int work(struct build *b)
{
    int signal = 0;
    while (b->merged < b->j->count && !b->error.n && !signal) {
        send_jobs(b);
        give_names(b);
        if (b->pool && !b->error.n)
            pool_wait(b->pool, can_merge(b) ? 0 : PROGRESS_EVERY, b->signals->fd, on_event, b);
        give_names(b);
        if (can_merge(b))
            merge_job(b, &b->j->items[b->merged]);
        if (!merge_good(b->merge))
            break;
        show_progress(b);
        signal = signals_take(b->signals);
    }
    clear_progress(b);
    pool_close(b->pool);
    b->pool = NULL;
    return signal;
}

static enum run_result complete(struct build *b, struct run_report *report)
{
    struct buf summary = {0};
    uint64_t said_size = 0;
    merge_finish(b->merge);
    report_summary(b->j, GANGMU_VERSION, &summary);
    bool good = merge_close(b->merge, buf_view(&summary), &said_size, &b->error);
    b->merge = NULL;
    buf_done(&summary);
    if (!good)
        return RUN_TROUBLE;
    if (report_plans(b->j) == 0)
        return RUN_NOTHING;
    report->signal = signals_take(b->signals);
    if (report->signal)
        return RUN_STOPPED;
    return finish_commit(b->j, b->o, b->stage, b->write, said_size, &b->error) ? RUN_GOOD : RUN_TROUBLE;
}

static enum run_result run(struct build *b, struct grammar *g, struct run_report *report)
{
    struct buf xml_dir = {0};
    set_worker(b, g, stage_path(b->stage, "xml", &xml_dir));
    enum run_result result = RUN_TROUBLE;
    if (open_all(b, g)) {
        report->signal = work(b);
        if (report->signal)
            result = RUN_STOPPED;
        else if (!b->error.n)
            result = complete(b, report);
    }
    merge_abandon(b->merge);
    buf_done(&xml_dir);
    return result;
}

static size_t count_removed(const struct jobs *j)
{
    struct index here = {0};
    size_t removed = 0;
    for (size_t i = 0; i < j->count; i++)
        *index_put(&here, slice_cstr(j->items[i].doc->real)) = 1;
    for (size_t i = 0; i < j->last.count; i++)
        removed += j->last.entries[i].outcome.kind == OUTCOME_PLAN &&
                   !index_get(&here, slice_cstr(j->last.entries[i].real));
    index_done(&here);
    return removed;
}

static void count_documents(const struct build *b, struct run_report *report)
{
    for (size_t i = 0; i < b->j->count; i++) {
        const struct job *job = &b->j->items[i];
        report->compiled += job->outcome.kind == OUTCOME_PLAN && !job->old;
        report->kept += job->outcome.kind == OUTCOME_PLAN && job->old;
    }
    report->removed = count_removed(b->j);
    report->stale = finish_stale(b->j, b->o, b->write);
}

enum run_result build_run(const struct context *ctx, struct grammar *g, const struct build_options *o,
                          struct jobs *j, const struct stage *stage, const struct signals *signals,
                          struct run_report *report, struct buf *error)
{
    struct build b = {.ctx = ctx,
                      .o = o,
                      .j = j,
                      .stage = stage,
                      .signals = signals,
                      .started = now(),
                      .said = -1};
    enum run_result result = RUN_SAME;
    *report = (struct run_report){0};
    b.write = finish_tables(j, o);
    if (b.write)
        jobs_want_rows(j);
    count_todo(&b);
    if (j->changed || b.write || finish_no_report(o)) {
        result = run(&b, g, report);
    } else {
        for (size_t i = 0; i < j->count; i++)
            if (j->items[i].outcome.kind == OUTCOME_REFUSED)
                print_refused(&b, &j->items[i]);
        if (j->touched && !finish_touch(j, o, &b.error))
            result = RUN_TROUBLE;
    }
    count_documents(&b, report);
    buf_slice(error, buf_view(&b.error));
    if (b.said >= 0)
        close(b.said);
    sqlite_read_done(b.rows);
    index_done(&b.ids);
    buf_done(&b.error);
    return result;
}
