/* sqlite_read: the rows of a database that was made by this program and has not been changed since. */
#ifndef GM_WRITE_SQLITE_READ_H
#define GM_WRITE_SQLITE_READ_H

#include "write/rows.h"

struct sqlite_reader;

/* NULL when it cannot be read. sqlite_read_done() frees. */
struct sqlite_reader *sqlite_read(const char *path);

/* Gives the rows of a plan as rows_emit() gave them. False when they cannot be read; NULL cannot. */
bool sqlite_read_plan(struct sqlite_reader *r, const char *plan_id, rows_sink sink, void *ctx);
void sqlite_read_done(struct sqlite_reader *r);

#endif
