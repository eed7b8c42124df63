/* build_merge: the results of the documents, in their order, into tables, database and report. */
#ifndef GM_BUILD_MERGE_H
#define GM_BUILD_MERGE_H

#include "build_job.h"
#include "build_stage.h"
#include "write/sqlite.h"
#include "write/sqlite_read.h"

struct merge;

struct merge_options {
    const struct stage *stage;
    int outputs;          /* enum output: CSV and database, when they are to be written */
    const char *version, *grammar_hash;
};

/* Opens the files in the stage. Returns NULL and fills error. */
struct merge *merge_open(const struct merge_options *o, struct buf *error);

/* Adds diagnostics (build_diag.h) and rows (write/pack.h) of a plan; the outcome is told where the diagnostics stand
 * for the next build. False when the rows are damaged. A failure to write is kept: merge_good(), merge_close(). */
bool merge_plan(struct merge *m, const char *file, struct outcome *outcome, struct slice said, struct slice rows);

/* The same from what the last build has left: the file of diagnostics and, when tables are written, the database. */
bool merge_kept(struct merge *m, const char *file, struct outcome *outcome, int said, struct sqlite_reader *rows);

/* Adds a refused document to the report. */
void merge_refused(struct merge *m, const char *file, const struct job *job);

bool merge_good(const struct merge *m);

/* Completes the tables. */
void merge_finish(struct merge *m);

/* Writes report.txt (the summary, names without a code, an empty line, all diagnostics), closes, frees. False, with the
 * reason in error, when anything failed since merge_open(). said_size: bytes of diagnostics for the next build. */
bool merge_close(struct merge *m, struct slice summary, uint64_t *said_size, struct buf *error);

/* Closes and frees without completing anything. */
void merge_abandon(struct merge *m);

#endif
