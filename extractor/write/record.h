/* record: a row as bytes of an SQLite file.
 * Standard: Database File Format, 2.1 Record Format (https://www.sqlite.org/fileformat2.html#record_format). */
#ifndef GM_WRITE_RECORD_H
#define GM_WRITE_RECORD_H

#include "write/rows.h"

#define VARINT_MOST 9 /* bytes of a varint */

/* Writes a number of at most 63 bits, 7 bits a byte, high ones first; returns the place behind it. */
unsigned char *record_put_varint(unsigned char *to, uint64_t value);

/* Appends the record of a row: values in the order of the columns, p NULL is null. */
void record_add(struct buf *out, const struct rows_column *columns, const struct slice *values, size_t count);

/* Appends the record of a row in an index: its key columns; then, once it is known, its rowid. */
void record_add_key(struct buf *out, const struct rows_definition *d, const struct slice *values);
void record_add_rowid(struct buf *out, struct slice key, uint64_t rowid);

/* Which of two records comes first by so many of their first columns: nothing, numbers by size, text by bytes. */
int record_compare(struct slice a, struct slice b, size_t columns);

#endif
