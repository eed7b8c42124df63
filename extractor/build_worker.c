#include "build_worker.h"

#include "base/file.h"
#include "build_diag.h"
#include "write/pack.h"
#include "write/xml.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>

#define KEEP ((size_t)8 * 1024 * 1024) /* bytes of a buffer kept for the next document */

/* What a worker keeps from document to document. */
struct desk {
    const struct worker *w;
    struct worker_line line;
    struct worker_order next; /* a COMPILE that came while a NAME was waited for */
    bool has_next;
    struct buf xml, head, said, large;
    struct pack pack;
};

/* ---- talking with the parent: when it is gone there is nothing left to do ---- */

static void send_bytes(struct desk *d, const void *bytes, size_t n)
{
    if (!file_write_fd(d->line.answers, bytes, n))
        _exit(0);
}

static void answer(struct desk *d, enum worker_answer_kind kind, uint32_t document, const void *bytes,
                   size_t n)
{
    struct worker_answer head = {.kind = kind, .document = document, .size = n};
    send_bytes(d, &head, sizeof head);
    send_bytes(d, bytes, n);
}

static struct worker_order take_order(struct desk *d)
{
    struct worker_order order;
    char *at = (char *)&order;
    for (size_t left = sizeof order; left;) {
        ssize_t got = read(d->line.orders, at, left);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            _exit(0);
        at += got;
        left -= (size_t)got;
    }
    return order;
}

/* ---- one document ---- */

/* An id becomes a file name: nothing but letters, digits and `-` may stand in it. */
static void make_plain(char *id)
{
    if (!*id)
        strcpy(id, "x");
    for (; *id; id++)
        if (!((*id >= '0' && *id <= '9') || (*id >= 'a' && *id <= 'z') || (*id >= 'A' && *id <= 'Z')))
            *id = '-';
}

static bool write_xml(struct desk *d, const struct plan *p, struct buf *error)
{
    struct buf path = {0};
    d->xml.n = 0;
    xml_write(p, d->w->version, d->w->grammar->hash, &d->xml);
    buf_printf(&path, "%s/%s.xml", d->w->xml_dir, p->id);
    int fd = open(buf_cstr(&path), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    bool good = fd >= 0 && file_write_fd(fd, d->xml.p, d->xml.n);
    if (fd >= 0 && close(fd) != 0)
        good = false;
    if (!good)
        buf_printf(error, "xml/%s.xml: %s", p->id, strerror(errno));
    buf_done(&path);
    return good;
}

/* Diagnostics keep their arguments, which the rows have not: they are told in two languages. */
struct teller {
    const struct diag *next;
    struct buf *out;
};

static void tell(void *ctx, enum rows_table table, const struct slice *values, size_t count)
{
    enum { LINE = 4, COL = 5 };
    struct teller *t = ctx;
    (void)table, (void)count;
    const struct diag *d = t->next;
    struct said said = {d->id, (uint32_t)rows_number(values[LINE]), (uint32_t)rows_number(values[COL]), {d->args[0], d->args[1]}};
    said_add(t->out, &said);
    t->next = d->next;
}

static void count_indicators(const struct plan *p, uint32_t *counts)
{
    const struct indicator *before = NULL;
    for (const struct indicator *i = p->indicators; i; before = i, i = i->next) {
        bool same = before && before->box == i->box && slice_eq(before->row_no, i->row_no) &&
                    slice_eq(before->name, i->name) && slice_eq(before->breakdown, i->breakdown);
        counts[SUMMARY_INDICATORS] += !same;
        counts[SUMMARY_OBSERVATIONS]++;
    }
}

#define COUNT_ALL(id, type, list)                                                                     \
    for (const struct type *r = p->list; r; r = r->next)                                              \
        counts[SUMMARY_##id]++

static void count_records(const struct plan *p, uint32_t *counts)
{
    for (const struct section *s = p->sections; s; s = s->next) {
        counts[SUMMARY_CHAPTERS] += s->node->kind == NODE_CHAPTER;
        counts[SUMMARY_SECTIONS] += s->node->kind == NODE_SECTION;
    }
    COUNT_ALL(BOXES, box, boxes);
    COUNT_ALL(MEASURES, measure, measures);
    COUNT_ALL(TARGETS, target, targets);
    COUNT_ALL(GOALS, goal, goals);
    COUNT_ALL(PROJECTS, project, projects);
    COUNT_ALL(DUTIES, duty, duties);
    COUNT_ALL(CITATIONS, citation, citations);
    COUNT_ALL(CROSSREFS, crossref, crossrefs);
    COUNT_ALL(TERMS, term, terms);
    for (const struct diag *d = p->diags; d; d = d->next) {
        counts[SUMMARY_NOTES + (int)diag_kind(d->id)->level]++;
        counts[SUMMARY_UNMAPPED] += d->id == DIAG_NAME_UNMAPPED;
    }
    count_indicators(p, counts);
}

/* Diagnostics and rows; r is told their sizes. False when the database would not take a row. */
static bool make_parts(struct desk *d, const struct plan *p, struct worker_result *r, struct buf *error)
{
    struct teller teller = {.next = p->diags, .out = &d->said};
    d->said.n = 0;
    pack_begin(&d->pack);
    rows_emit_table(p, ROWS_DIAGNOSTICS, tell, &teller);
    if (d->w->write)
        rows_emit(p, pack_add, &d->pack);
    bool good = pack_end(&d->pack);
    buf_slice(error, buf_view(&d->pack.error));
    r->said = d->said.n;
    r->rows = d->w->write ? pack_size(&d->pack) : 0;
    return good;
}

static void put_parts(const struct desk *d, const struct worker_result *r, char *to)
{
    if (r->said)
        memcpy(to, d->said.p, r->said);
    if (r->rows)
        pack_copy(&d->pack, to + r->said);
}

static void give_result(struct desk *d, const struct plan *p, uint32_t document, const struct worker_result *r)
{
    struct worker_answer head = {.kind = ANSWER_DONE, .document = document};
    struct slice region = p->meta[META_REGION_NAME].value, period = p->meta[META_PERIOD].value;
    size_t own = sizeof *r + region.n + period.n, parts = r->said + r->rows;
    bool fits = parts <= WORKER_SHARED;
    head.size = fits ? own : own + parts;
    head.shared = fits ? parts : 0;
    d->head.n = 0;
    buf_add(&d->head, &head, sizeof head);
    buf_add(&d->head, r, sizeof *r);
    buf_slice(&d->head, region);
    buf_slice(&d->head, period);
    if (fits) {
        put_parts(d, r, d->line.shared);
        send_bytes(d, d->head.p, d->head.n);
    } else {
        buf_reserve(&d->large, parts);
        put_parts(d, r, d->large.p);
        send_bytes(d, d->head.p, d->head.n);
        send_bytes(d, d->large.p, parts);
        buf_done(&d->large);
    }
}

static void finish(struct desk *d, struct plan *p, const struct worker_order *name)
{
    struct buf error = {0};
    struct worker_result r = {.region = p->meta[META_REGION_NAME].value.n, .period = p->meta[META_PERIOD].value.n};
    if (strcmp(p->id, name->id) != 0) {
        plan_diag(p, DIAG_ID_CLASH, (struct span){0, 0}, slice_cstr(p->id), slice_cstr(name->id));
        snprintf(p->id, sizeof p->id, "%s", name->id);
    }
    memcpy(r.sha256, p->source.sha256, sizeof r.sha256);
    count_records(p, r.counts);
    if (make_parts(d, p, &r, &error) && (!d->w->xml_dir || write_xml(d, p, &error)))
        give_result(d, p, name->document, &r);
    else
        answer(d, ANSWER_TROUBLE, name->document, error.p, error.n);
    buf_done(&error);
}

static void drop_large(struct buf *b)
{
    if (b->room > KEEP)
        buf_done(b);
}

static void refuse(struct desk *d, uint32_t document, struct refusal *why)
{
    const char *path = d->w->documents[document].path;
    size_t n = strlen(path);
    if (strncmp(why->arg, path, n) == 0 && strncmp(why->arg + n, ": ", 2) == 0) /* it is said already */
        memmove(why->arg, why->arg + n + 2, strlen(why->arg + n + 2) + 1);
    answer(d, ANSWER_REFUSED, document, why, sizeof *why);
}

static void compile(struct desk *d, uint32_t document)
{
    const struct document *doc = &d->w->documents[document];
    struct refusal why = {0};
    struct plan *p = compile_file(d->w->grammar, doc->path, doc->name, d->w->max_size, &why);
    if (!p) {
        refuse(d, document, &why);
        return;
    }
    make_plain(p->id);
    answer(d, ANSWER_PARSED, document, p->id, strlen(p->id));
    struct worker_order name = take_order(d);
    if (name.kind == ORDER_COMPILE) {
        d->next = name;
        d->has_next = true;
        name = take_order(d);
    }
    finish(d, p, &name);
    plan_free(p);
    drop_large(&d->xml);
    for (int i = 0; i < PACK_KINDS; i++)
        drop_large(&d->pack.bytes[i]);
}

static void stop_at_limit(void)
{
    _exit(WORKER_NO_MEMORY);
}

static void set_limits(const struct worker *w)
{
#if !defined(__SANITIZE_ADDRESS__) /* which reserves terabytes of address space */
    struct rlimit limit;
    if (getrlimit(RLIMIT_AS, &limit) == 0 && limit.rlim_cur > w->memory) {
        limit.rlim_cur = w->memory;
        setrlimit(RLIMIT_AS, &limit);
    }
#else
    (void)w;
#endif
    mem_on_failure(stop_at_limit);
}

_Noreturn void worker_run(const struct worker *w, const struct worker_line *line)
{
    struct desk d = {.w = w, .line = *line};
    d.pack.lines = w->write & OUTPUT_CSV;
    d.pack.records = w->write & OUTPUT_DB;
    set_limits(w);
    for (;;) {
        struct worker_order order = d.has_next ? d.next : take_order(&d);
        d.has_next = false;
        compile(&d, order.document);
    }
}
