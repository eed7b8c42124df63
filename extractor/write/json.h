/* json: a plan's rows as one JSON object (RFC 8259). */
#ifndef GM_WRITE_JSON_H
#define GM_WRITE_JSON_H

#include "write/rows.h"

/* Appends {"plan": {…}, "sections": [{…}, …], …}: a key for each table, columns as in the tables,
 * integers as numbers, null for no value, UTF-8 as it is, one row a line. */
void json_plan(const struct plan *p, struct buf *out);

/* Appends s, valid UTF-8, as a string in quotes. */
void json_string(struct slice s, struct buf *out);

#endif
