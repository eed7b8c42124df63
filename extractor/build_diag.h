/* build_diag: diagnostics of many documents: as bytes that travel and are kept, and as lines. */
#ifndef GM_BUILD_DIAG_H
#define GM_BUILD_DIAG_H

#include "base/diag.h"

/* One diagnostic apart from its plan. */
struct said {
    enum diag_id id;
    uint32_t line, col; /* line 0: no place */
    struct slice args[2];
};

/* Appends one as bytes; said_next() takes it out again (args point into the bytes). Both processes run
 * the same program: the bytes are kept for that program only. */
void said_add(struct buf *out, const struct said *said);
bool said_next(struct slice *bytes, struct said *said); /* false at the end, or at a fault */

/* Appends `file:line:col: level: message [code]` and a line end. */
void said_print(struct buf *out, const char *file, const struct said *said, enum diag_level level,
                enum lang lang, bool color);

#endif
