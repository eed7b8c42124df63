#include "build_manifest.h"

#include "base/file.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#define FORMAT "gangmu-manifest 2"
#define FLUSH_AT (16u * 1024)

/* ---- lines of fields ---- */

static void add_field(struct buf *out, const char *text)
{
    buf_char(out, '\t');
    for (; *text; text++) {
        switch (*text) {
        case '\t': buf_str(out, "\\t"); break;
        case '\n': buf_str(out, "\\n"); break;
        case '\\': buf_str(out, "\\\\"); break;
        default: buf_char(out, *text);
        }
    }
}

static void add_number(struct buf *out, uint64_t n)
{
    buf_char(out, '\t');
    buf_uint(out, n);
}

/* A line being read; good turns false when a field is missing or malformed. */
struct line {
    struct arena *arena;
    struct slice rest;
    bool good;
};

static const char *take_text(struct line *l)
{
    struct slice field;
    if (!slice_split(&l->rest, '\t', &field)) {
        l->good = false;
        return "";
    }
    char *text = arena_dup(l->arena, field.p, field.n);
    if (!memchr(text, '\\', field.n))
        return text;
    size_t n = 0;
    for (size_t i = 0; i < field.n; i++) {
        char c = text[i];
        if (c == '\\' && i + 1 < field.n) {
            c = text[++i];
            c = c == 't' ? '\t' : c == 'n' ? '\n' : c;
        }
        text[n++] = c;
    }
    text[n] = 0;
    return text;
}

static uint64_t take_number(struct line *l)
{
    struct slice field;
    uint64_t n = 0;
    if (!slice_split(&l->rest, '\t', &field) || !field.n || field.n > 20) {
        l->good = false;
        return 0;
    }
    for (size_t i = 0; i < field.n; i++) {
        if (field.p[i] < '0' || field.p[i] > '9')
            l->good = false;
        n = n * 10 + (uint64_t)(field.p[i] - '0');
    }
    return n;
}

/* ---- outcomes ---- */

static void add_plan(const struct outcome *o, struct buf *out)
{
    const char *texts[] = {o->sha256, o->base, o->id, o->region, o->period};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        add_field(out, texts[i]);
    for (size_t i = 0; i < SUMMARY_MAX; i++)
        add_number(out, o->counts[i]);
    add_number(out, o->xml);
    add_number(out, o->db);
    add_number(out, o->at);
    add_number(out, o->said);
}

static void take_plan(struct line *l, struct outcome *o)
{
    const char **texts[] = {&o->sha256, &o->base, &o->id, &o->region, &o->period};
    o->kind = OUTCOME_PLAN;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        *texts[i] = take_text(l);
    for (size_t i = 0; i < SUMMARY_MAX; i++)
        o->counts[i] = (uint32_t)take_number(l);
    o->xml = take_number(l) != 0;
    o->db = take_number(l) != 0;
    o->at = take_number(l);
    o->said = take_number(l);
}

static void take_refusal(struct line *l, struct outcome *o)
{
    const char *code = take_text(l);
    o->kind = OUTCOME_REFUSED;
    o->arg = take_text(l);
    for (o->why = 0; o->why < DIAG_MAX; o->why++)
        if (strcmp(diag_kind(o->why)->code, code) == 0)
            return;
    l->good = false;
}

static void take_entry(struct manifest *m, struct line *l, bool plan)
{
    m->entries = arena_grow(&m->arena, m->entries, m->count, sizeof *m->entries);
    struct entry *e = &m->entries[m->count++];
    *e = (struct entry){0};
    e->real = take_text(l);
    e->name = take_text(l);
    e->size = take_number(l);
    e->mtime = (int64_t)take_number(l);
    if (plan)
        take_plan(l, &e->outcome);
    else
        take_refusal(l, &e->outcome);
}

/* ---- the whole ---- */

static void take_state(struct manifest *m, struct line *l)
{
    m->max_size = take_number(l);
    m->current = (int)take_number(l);
    m->db.size = take_number(l);
    m->db.inode = take_number(l);
    m->db.mtime = (int64_t)take_number(l);
    m->said = take_number(l);
}

static void take_orphan(struct manifest *m, struct line *l)
{
    m->orphans = arena_grow(&m->arena, m->orphans, m->orphan_count, sizeof *m->orphans);
    m->orphans[m->orphan_count++] = take_text(l);
}

/* Reads one line; *end: it was the last. */
static bool take_line(struct manifest *m, struct slice text, bool *end)
{
    struct line l = {.arena = &m->arena, .rest = text, .good = true};
    struct slice kind;
    slice_split(&l.rest, '\t', &kind);
    if (slice_eq(kind, SLICE("plan")) || slice_eq(kind, SLICE("refused")))
        take_entry(m, &l, kind.p[0] == 'p');
    else if (slice_eq(kind, SLICE("orphan")))
        take_orphan(m, &l);
    else if (slice_eq(kind, SLICE("tool")))
        m->tool = take_text(&l);
    else if (slice_eq(kind, SLICE("state")))
        take_state(m, &l);
    else
        *end = slice_eq(kind, SLICE("end"));
    return l.good;
}

static bool take_all(struct manifest *m, struct slice rest)
{
    struct slice line;
    bool end = false;
    if (!slice_split(&rest, '\n', &line) || !slice_eq(line, SLICE(FORMAT)))
        return false;
    while (!end && slice_split(&rest, '\n', &line))
        if (!take_line(m, line, &end))
            return false;
    for (size_t i = 0; i < m->count; i++)
        *index_put(&m->by_real, slice_cstr(m->entries[i].real)) = i + 1;
    return end && m->tool != NULL;
}

bool manifest_read(struct manifest *m, const char *path)
{
    struct buf text = {0};
    *m = (struct manifest){0};
    arena_init(&m->arena);
    bool good = file_read(path, &text, SIZE_MAX, NULL) && take_all(m, buf_view(&text));
    if (!good)
        manifest_done(m);
    buf_done(&text);
    return good;
}

void manifest_done(struct manifest *m)
{
    index_done(&m->by_real);
    arena_done(&m->arena);
    *m = (struct manifest){0};
}

const struct entry *manifest_find(const struct manifest *m, const char *real)
{
    const size_t *at = index_get(&m->by_real, slice_cstr(real));
    return at ? &m->entries[*at - 1] : NULL;
}

/* ---- writing ---- */

static void flush(struct manifest_writer *w)
{
    if (!w->failed && !file_write_fd(w->fd, w->out.p, w->out.n))
        w->failed = true;
    w->out.n = 0;
}

static void end_line(struct manifest_writer *w)
{
    buf_char(&w->out, '\n');
    if (w->out.n >= FLUSH_AT)
        flush(w);
}

void manifest_begin(struct manifest_writer *w, const char *path, const struct manifest *head)
{
    *w = (struct manifest_writer){.fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666)};
    w->failed = w->fd < 0;
    buf_str(&w->out, FORMAT "\ntool");
    add_field(&w->out, head->tool);
    buf_str(&w->out, "\nstate");
    add_number(&w->out, head->max_size);
    add_number(&w->out, (uint64_t)head->current);
    add_number(&w->out, head->db.size);
    add_number(&w->out, head->db.inode);
    add_number(&w->out, (uint64_t)head->db.mtime);
    add_number(&w->out, head->said);
    end_line(w);
}

void manifest_add(struct manifest_writer *w, const struct entry *e)
{
    const struct outcome *o = &e->outcome;
    buf_str(&w->out, o->kind == OUTCOME_PLAN ? "plan" : "refused");
    add_field(&w->out, e->real);
    add_field(&w->out, e->name);
    add_number(&w->out, e->size);
    add_number(&w->out, (uint64_t)e->mtime);
    if (o->kind == OUTCOME_PLAN) {
        add_plan(o, &w->out);
    } else {
        add_field(&w->out, diag_kind(o->why)->code);
        add_field(&w->out, o->arg);
    }
    end_line(w);
}

void manifest_add_orphan(struct manifest_writer *w, const char *id)
{
    buf_str(&w->out, "orphan");
    add_field(&w->out, id);
    end_line(w);
}

bool manifest_end(struct manifest_writer *w)
{
    buf_str(&w->out, "end");
    end_line(w);
    flush(w);
    if (w->fd >= 0 && close(w->fd) != 0)
        w->failed = true;
    buf_done(&w->out);
    return !w->failed;
}
