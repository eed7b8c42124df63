/* read: bytes to the decoded source of a plan. One row a format in the table of read.c. */
#ifndef GM_READ_READ_H
#define GM_READ_READ_H

#include "model/plan.h"

/* Why bytes are no document; arg is the message's first argument (static or from args). */
struct read_refusal {
    enum diag_id id;
    char arg[64];
};

enum {
    READ_LINES_MAX = 1000000,  /* limit `max-lines` */
    READ_TEXT_MAX = 512 << 20, /* limit `max-text`, bytes of the decoded text: places have 32 bits */
};

/* Finds the format by content, decodes into p->source (text, lines, sha256, encoding) and notes what
 * could not be decoded. Returns false, with the reason, when the bytes are no document. Bytes that are the text
 * are moved to the plan, others are left; the caller frees what is left. */
bool read_document(struct plan *p, struct buf *raw, struct read_refusal *why);

/* Fills p->hits from the decoded text. */
void read_hits(struct plan *p, const struct starts *words);

#endif
