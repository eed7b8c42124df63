/* csv_read: a CSV file (RFC 4180) in memory. */
#ifndef GM_BASE_CSV_READ_H
#define GM_BASE_CSV_READ_H

#include "base/buf.h"

/* Cells point into text. csv_done() frees. */
struct csv_file {
    struct buf text;
    struct slice *cells; /* row by row, the header row first */
    size_t *lines;       /* of the file, from 1: where each row begins */
    size_t columns;
    size_t rows; /* without the header row */
};

/* Reads a UTF-8 file with a header row; a byte order mark and CRLF are taken as they come, quotes may
 * hold line breaks. Every row must have as many cells as the header. On failure returns false, fills
 * error with `file:line: reason` and leaves *f empty. */
bool csv_read(struct csv_file *f, const char *path, struct buf *error);
void csv_done(struct csv_file *f);

int csv_column(const struct csv_file *f, const char *name);   /* -1: no such column */
struct slice csv_name(const struct csv_file *f, size_t column);
struct slice csv_cell(const struct csv_file *f, size_t row, int column); /* empty for column -1 */
size_t csv_line(const struct csv_file *f, size_t row);

#endif
