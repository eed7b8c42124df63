/* diag: everything the program can say about a document, in one table (diag.def). */
#ifndef GM_BASE_DIAG_H
#define GM_BASE_DIAG_H

#include "base/buf.h"

enum lang { LANG_ZH, LANG_EN };

enum diag_level { LEVEL_NOTE, LEVEL_WARNING, LEVEL_ERROR };

enum diag_id {
#define DIAG(id, code, level, zh, en) DIAG_##id,
#include "base/diag.def"
#undef DIAG
    DIAG_MAX
};

struct diag_kind {
    const char *code; /* stable */
    enum diag_level level;
    const char *text[2]; /* by enum lang; {0} {1} are the arguments */
};

const struct diag_kind *diag_kind(enum diag_id id);
const char *diag_level_name(enum diag_level level, enum lang lang); /* note, warning, error */

/* Appends the message with its arguments filled in. */
void diag_message(enum diag_id id, const struct slice args[2], enum lang lang, struct buf *out);

#endif
