/* diff_json: a comparison as one JSON object (RFC 8259). Keys and values: docs/diff.md. */
#ifndef GM_WRITE_DIFF_JSON_H
#define GM_WRITE_DIFF_JSON_H

#include "review/diff.h"

void diff_json(const struct diff *d, struct buf *out);

#endif
