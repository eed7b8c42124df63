#include "build_job.h"

#include "base/file.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

char *jobs_tool(const char *version, const char *grammar_hash)
{
    struct buf out = {0};
    struct stat st = {0};
    (void)!stat("/proc/self/exe", &st); /* a program built anew may give other results */
    buf_printf(&out, "%s %lld %lld.%09ld %s", version, (long long)st.st_size, (long long)st.st_mtim.tv_sec,
               st.st_mtim.tv_nsec, grammar_hash);
    char *tool = mem_dup(out.p, out.n);
    buf_done(&out);
    return tool;
}

void job_refuse(struct jobs *j, struct job *job, enum diag_id why, const char *arg)
{
    job->outcome = (struct outcome){
        .kind = OUTCOME_REFUSED, .why = why, .arg = arena_dup(&j->arena, arg, strlen(arg))};
    job->skipped = !job->doc->named && (why == DIAG_NO_READER || (why == DIAG_BINARY && job->doc->guessed));
    job->state = JOB_READY;
    job->old = NULL;
}

/* ---- can the last result be used again? ---- */

static bool same_bytes(const struct document *d, const char *sha256)
{
    struct buf bytes = {0};
    char hex[HASH_HEX + 1] = "";
    if (file_read(d->path, &bytes, SIZE_MAX, NULL))
        hash_sha256(bytes.p, bytes.n, hex);
    buf_done(&bytes);
    return strcmp(hex, sha256) == 0;
}

static bool xml_is_there(const struct job_options *o, const struct outcome *last)
{
    struct buf path = {0};
    buf_printf(&path, "%s/xml/%s.xml", o->dir, last->id);
    bool there = last->xml && file_exists(buf_cstr(&path));
    buf_done(&path);
    return there;
}

static bool plan_is_current(struct jobs *j, const struct document *d, const struct entry *e,
                            const struct job_options *o)
{
    if (e->mtime != d->mtime) {
        if (!same_bytes(d, e->outcome.sha256))
            return false;
        j->touched = true;
    }
    return !(o->outputs & OUTPUT_XML) || xml_is_there(o, &e->outcome);
}

/* A refusal stands as long as nothing has changed that could lift it. */
static bool refusal_stands(const struct jobs *j, const struct document *d, const struct entry *e,
                           const struct job_options *o)
{
    if (e->mtime != d->mtime || j->last.max_size != o->max_size || e->outcome.why == DIAG_CRASHED)
        return false;
    return e->outcome.why != DIAG_UNREADABLE || access(d->path, R_OK) != 0;
}

static bool is_current(struct jobs *j, const struct document *d, const struct entry *e,
                       const struct job_options *o)
{
    if (!d->regular || e->size != d->size || strcmp(e->name, d->name) != 0)
        return false;
    if (e->outcome.kind == OUTCOME_REFUSED)
        return refusal_stands(j, d, e, o);
    return d->size <= o->max_size && plan_is_current(j, d, e, o);
}

/* ---- the plan of a build ---- */

/* A manifest of another program serves only to know which XML files there are. */
static void read_last(struct jobs *j, const struct job_options *o)
{
    struct buf path = {0};
    struct file_stamp said, db;
    buf_printf(&path, "%s/.gangmu/manifest", o->dir);
    bool read = manifest_read(&j->last, buf_cstr(&path));
    path.n = 0;
    buf_printf(&path, "%s/.gangmu/diagnostics", o->dir);
    bool kept = file_stamp(buf_cstr(&path), &said) && said.size == j->last.said;
    path.n = 0;
    buf_printf(&path, "%s/gangmu.db", o->dir);
    j->rows = file_stamp(buf_cstr(&path), &db) && db.size == j->last.db.size && db.inode == j->last.db.inode &&
              db.mtime == j->last.db.mtime;
    buf_done(&path);
    if (!read || !kept || strcmp(j->last.tool, o->tool) != 0)
        index_done(&j->last.by_real); /* no entry is found */
}

static void plan_job(struct jobs *j, struct job *job, const struct job_options *o)
{
    const struct document *d = job->doc;
    if (d->trouble) {
        job_refuse(j, job, DIAG_UNREADABLE, d->trouble);
        return;
    }
    const struct entry *e = manifest_find(&j->last, d->real);
    if (!e || !is_current(j, d, e, o))
        return;
    if (e->outcome.kind == OUTCOME_REFUSED) {
        job_refuse(j, job, e->outcome.why, e->outcome.arg);
        job->old = e;
        return;
    }
    job->old = e;
    job->outcome = e->outcome;
    job->state = JOB_READY;
}

/* Whether the documents are those of the last build, in the same order; ones that cannot be found are
 * in no manifest. */
static bool same_documents(const struct jobs *j)
{
    size_t at = 0;
    for (size_t i = 0; i < j->count; i++) {
        const struct job *job = &j->items[i];
        if (job->doc->trouble)
            continue;
        if (!job->old || at >= j->last.count || job->old != &j->last.entries[at++])
            return false;
    }
    return at == j->last.count;
}

void jobs_plan(struct jobs *j, const struct list *l, const struct job_options *o)
{
    *j = (struct jobs){.count = l->count, .tool = o->tool};
    arena_init(&j->arena);
    read_last(j, o);
    j->items = mem_zalloc(l->count * sizeof *j->items);
    for (size_t i = 0; i < l->count; i++) {
        j->items[i].doc = &l->items[i];
        plan_job(j, &j->items[i], o);
    }
    j->changed = !same_documents(j);
}

void jobs_want_rows(struct jobs *j)
{
    for (size_t i = 0; i < j->count; i++) {
        struct job *job = &j->items[i];
        if (!job->old || job->outcome.kind != OUTCOME_PLAN || (j->rows && job->outcome.db))
            continue;
        job->xml = job->outcome.xml ? job->outcome.id : NULL;
        job->old = NULL;
        job->outcome = (struct outcome){0};
        job->state = JOB_TODO;
    }
}

void jobs_done(struct jobs *j)
{
    for (size_t i = 0; i < j->count; i++)
        buf_done(&j->items[i].result);
    free(j->items);
    manifest_done(&j->last);
    arena_done(&j->arena);
    *j = (struct jobs){0};
}
