/* sqlite: the tables as an SQLite database. The only user of the SQLite library.
 *
 * STRICT tables with primary and foreign keys, the same names and order as everywhere; the views
 * `observations` and `target_list` join indicators and targets with their plans; `gangmu_meta` says
 * what made the database. */
#ifndef GM_WRITE_SQLITE_H
#define GM_WRITE_SQLITE_H

#include "write/rows.h"

#define SQLITE_FILE_VERSION 2 /* PRAGMA user_version: raised when columns change */

struct sqlite;

/* Makes the database at path, which must not exist: the file is meant to be renamed into place when
 * whole, so it is written without a journal. Returns NULL and fills error. sqlite_close() frees. */
struct sqlite *sqlite_open(const char *path, const char *version, const char *grammar_hash,
                           struct buf *error);

/* Adds packed rows (see pack.h) of one table. A failure is kept and reported by sqlite_close(). */
void sqlite_add(struct sqlite *db, enum rows_table table, struct slice rows);

/* True as long as everything could be written. */
bool sqlite_good(const struct sqlite *db);

/* Makes the index and the views, commits, closes, frees. False, with the reason in error, when
 * anything failed. */
bool sqlite_close(struct sqlite *db, struct buf *error);

/* Closes and frees without completing the file. */
void sqlite_abandon(struct sqlite *db);

/* ---- reading a database that was made by this program and has not been changed ---- */

struct sqlite_reader;

/* NULL when it cannot be read. sqlite_read_done() frees. */
struct sqlite_reader *sqlite_read(const char *path);

/* Gives the rows of a plan as rows_emit() gave them. False when they cannot be read; NULL cannot. */
bool sqlite_read_plan(struct sqlite_reader *r, const char *plan_id, rows_sink sink, void *ctx);
void sqlite_read_done(struct sqlite_reader *r);

#endif
