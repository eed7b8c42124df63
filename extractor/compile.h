/* compile: one document from bytes to a sealed plan. The only place that knows all stages. */
#ifndef GM_COMPILE_H
#define GM_COMPILE_H

#include "base/grammar.h"
#include "model/plan.h"

enum { COMPILE_MAX_SIZE = 32 << 20 }; /* limit `max-size`, bytes; --max-size sets another one */

/* Why a document was not compiled. */
struct refusal {
    enum diag_id id;
    char arg[256]; /* the message's first argument */
};

/* Reads path ("-": standard input) and compiles it. name is what results call the file. Returns a
 * plan the caller frees with plan_free(), or NULL and the reason. */
struct plan *compile_file(struct grammar *g, const char *path, const char *name, size_t max_size,
                          struct refusal *why);

/* The same from bytes in memory, which may be moved to the plan; the caller frees what is left. */
struct plan *compile_bytes(struct grammar *g, struct buf *bytes, const char *name, size_t max_size,
                           struct refusal *why);

#endif
