/* build_pool: worker processes as their parent sees them: started, fed, timed, and replaced when a
 * document brings one down. */
#ifndef GM_BUILD_POOL_H
#define GM_BUILD_POOL_H

#include "build_worker.h"

enum pool_event_kind {
    POOL_REFUSED, /* bytes: struct refusal; also for a worker that broke down (DIAG_CRASHED) */
    POOL_PARSED,  /* bytes: the plan's id; pool_name() is expected */
    POOL_DONE,    /* bytes and shared, one behind the other: struct worker_result and its parts */
    POOL_TROUBLE  /* bytes: why the results cannot be written */
};

struct pool_event {
    enum pool_event_kind kind;
    uint32_t document;
    struct slice bytes, shared; /* valid until the handler returns */
};

typedef void (*pool_handler)(void *ctx, const struct pool_event *event);

struct pool_options {
    int workers;
    int ahead;      /* documents a worker may have at once: the one it is at, and those waiting */
    int64_t timeout; /* milliseconds for a document */
    int lock;       /* a descriptor the workers close, or -1 */
};

struct pool;

/* Starts the workers; w must live as long as the pool. Returns NULL and fills error. */
struct pool *pool_open(const struct worker *w, const struct pool_options *o, struct buf *error);

/* Whether a worker can take another document now. */
bool pool_has_room(const struct pool *p);
void pool_compile(struct pool *p, uint32_t document); /* only when it has room */
void pool_name(struct pool *p, uint32_t document, const char *id);

/* Waits for answers, at most so long (milliseconds; 0: takes what is there), and hands them to the
 * handler, which may call pool_name(). Returns early when the descriptor `wake` (or -1) is readable. */
void pool_wait(struct pool *p, int milliseconds, int wake, pool_handler handler, void *ctx);

/* Ends all workers at once and frees. */
void pool_close(struct pool *p);

#endif
