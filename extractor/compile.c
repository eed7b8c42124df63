#include "compile.h"

#include "base/file.h"
#include "extract/extract.h"
#include "parse/parse.h"
#include "read/read.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

static struct plan *refuse(struct refusal *why, enum diag_id id, const char *arg)
{
    why->id = id;
    snprintf(why->arg, sizeof why->arg, "%s", arg);
    return NULL;
}

/* What rules gave up on is said once for the document. */
static void say_given_up(struct plan *p, struct grammar *g)
{
    struct rules_given_up what = rules_given_up(g->rules);
    if (what.steps)
        plan_limit(p, "rule-steps", what.steps, (struct span){0, 0});
    if (what.text)
        plan_limit(p, "rule-text", what.text, (struct span){0, 0});
}

struct plan *compile_bytes(struct grammar *g, struct buf *bytes, const char *name, size_t max_size,
                           struct refusal *why)
{
    struct read_refusal refusal;
    if (bytes->n > max_size) {
        char limit[24];
        snprintf(limit, sizeof limit, "%zu", max_size);
        return refuse(why, DIAG_TOO_LARGE, limit);
    }
    struct plan *p = plan_new();
    p->source.file = slice_of(arena_dup(&p->arena, name, strlen(name)), strlen(name));
    if (!read_document(p, bytes, &refusal)) {
        plan_free(p);
        return refuse(why, refusal.id, refusal.arg);
    }
    read_hits(p, starts_of(g));
    parse_plan(p, g);
    extract_all(p, g);
    say_given_up(p, g);
    if (!plan_seal(p)) {
        plan_free(p);
        return refuse(why, DIAG_CRASHED, "invariant");
    }
    return p;
}

struct plan *compile_file(struct grammar *g, const char *path, const char *name, size_t max_size,
                          struct refusal *why)
{
    struct buf bytes = {0}, error = {0};
    struct plan *p = NULL;
    if (file_read(path, &bytes, max_size, &error)) {
        p = compile_bytes(g, &bytes, name, max_size, why);
    } else if (errno == EFBIG || bytes.n > max_size) {
        char limit[24];
        snprintf(limit, sizeof limit, "%zu", max_size);
        refuse(why, DIAG_TOO_LARGE, limit);
    } else {
        const char *reason = strrchr(buf_cstr(&error), ':'); /* the path is said before anyway */
        refuse(why, DIAG_UNREADABLE, reason ? reason + 2 : error.p);
    }
    buf_done(&bytes);
    buf_done(&error);
    return p;
}
