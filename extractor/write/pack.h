/* pack: a plan's rows as bytes, to hand them from process to process.
 *
 * A pack begins with the length of each table's rows (ROWS_MAX times 8 bytes, little end first), then
 * the rows, table by table. A row is its values: each its length + 1 (0: no value) as LEB128, then
 * its bytes. */
#ifndef GM_WRITE_PACK_H
#define GM_WRITE_PACK_H

#include "write/rows.h"

/* A pack being appended to `out`. */
struct pack {
    struct buf *out;
    size_t head;           /* where it begins */
    size_t size[ROWS_MAX]; /* bytes of each table's rows */
};

void pack_begin(struct pack *p, struct buf *out);

/* A rows_sink that adds a row; ctx is the struct pack. Tables come in their order, as rows_emit() gives them. */
void pack_add(void *ctx, enum rows_table table, const struct slice *values, size_t count);
void pack_end(struct pack *p);

/* Finds each table's rows in a pack; they point into it. False when the bytes are no pack. */
bool pack_open(struct slice pack, struct slice rows[ROWS_MAX]);

/* Takes the next row: values has room for the table's columns and points into rows. False at the end
 * (then rows is empty) and where the bytes are no row. */
bool pack_next(struct slice *rows, enum rows_table table, struct slice *values);

#endif
