/* csv: the tables as CSV files (RFC 4180): UTF-8 with byte order mark, header row, \n line ends, an
 * empty field for "no value". */
#ifndef GM_WRITE_CSV_H
#define GM_WRITE_CSV_H

#include "write/rows.h"

struct csv;

/* Makes <dir>/<table>.csv for every table, with its header row. Returns NULL and fills error when a
 * file cannot be made. csv_close() frees. */
struct csv *csv_open(const char *dir, struct buf *error);

/* Adds a row. A failure to write is kept and reported by csv_close(). */
void csv_row(struct csv *c, enum rows_table table, const struct slice *values, size_t count);

/* True as long as everything could be written. */
bool csv_good(const struct csv *c);

/* Writes what is left, closes, frees. False, with the reason in error, when anything failed. */
bool csv_close(struct csv *c, struct buf *error);

#endif
