/* csv: the tables as CSV files (RFC 4180): UTF-8 with byte order mark, header row, \n line ends, an
 * empty field for "no value". */
#ifndef GM_WRITE_CSV_H
#define GM_WRITE_CSV_H

#include "write/rows.h"

struct csv;

/* Makes <dir>/<table>.csv for every table, with its header row. Returns NULL and fills error when a
 * file cannot be made. csv_close() frees. */
struct csv *csv_open(const char *dir, struct buf *error);

/* Appends a row as a line; p NULL is "no value". */
void csv_put_row(struct buf *out, const struct slice *values, size_t count);

/* Adds such lines to a table. A failure to write is kept and reported by csv_close(). */
void csv_add(struct csv *c, enum rows_table table, struct slice lines);

/* True as long as everything could be written. */
bool csv_good(const struct csv *c);

/* Writes what is left, closes, frees. False, with the reason in error, when anything failed. */
bool csv_close(struct csv *c, struct buf *error);

#endif
