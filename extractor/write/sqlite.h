/* sqlite: the tables as an SQLite database.
 *
 * STRICT tables with primary and foreign keys, the same names and order as everywhere; the views
 * `observations` and `target_list` join indicators and targets with their plans; `gangmu_meta` says
 * what made the database. */
#ifndef GM_WRITE_SQLITE_H
#define GM_WRITE_SQLITE_H

#include "write/pack.h"

#define SQLITE_FILE_VERSION 2 /* PRAGMA user_version: raised when columns change */

struct sqlite;

/* One thread uses the library, and nobody asks how much memory it has. Without effect when it is in use already. */
void sqlite_configure(void);

/* Makes the database at path, which must not exist: the file is meant to be renamed into place when
 * whole, so it is written without a journal. Returns NULL and fills error. sqlite_close() frees. */
struct sqlite *sqlite_open(const char *path, const char *version, const char *grammar_hash,
                           struct buf *error);

/* Adds the records of a plan. A failure is kept and reported by sqlite_close(). */
void sqlite_add(struct sqlite *db, struct slice plan_id, const struct pack_view *p);

/* True as long as everything could be written. */
bool sqlite_good(const struct sqlite *db);

/* Makes the index and the views, commits, closes, frees. False, with the reason in error, when
 * anything failed. */
bool sqlite_close(struct sqlite *db, struct buf *error);

/* Closes and frees without completing the file. */
void sqlite_abandon(struct sqlite *db);

#endif
