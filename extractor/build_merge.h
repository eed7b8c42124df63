/* build_merge: the results of the documents, in their order, into tables, database, pack and report. */
#ifndef GM_BUILD_MERGE_H
#define GM_BUILD_MERGE_H

#include "build_job.h"
#include "build_stage.h"

#define MERGE_PACK "rows.pack" /* in the stage: diagnostics and rows of all plans */

struct merge;

struct merge_options {
    const struct stage *stage;
    int outputs;          /* enum output: CSV and database, when they are to be written */
    const char *version, *grammar_hash;
};

/* Opens the files in the stage. Returns NULL and fills error. */
struct merge *merge_open(const struct merge_options *o, struct buf *error);

/* Adds the diagnostics and rows of a plan, which stand in the new pack where the outcome says. shown, or
 * NULL, is given the diagnostics. False when they are not there or damaged. A failure to write is kept:
 * merge_good(), merge_close(). */
bool merge_plan(struct merge *m, const char *file, const struct outcome *outcome, struct slice *shown);

/* Copies the diagnostics and rows of the outcome from an older pack into the new one and adds them. */
bool merge_kept(struct merge *m, const char *file, struct outcome *outcome, int pack);

/* Adds a refused document to the report. */
void merge_refused(struct merge *m, const char *file, const struct job *job);

bool merge_good(const struct merge *m);

/* Completes the tables. */
void merge_finish(struct merge *m);

/* Writes report.txt (the summary, names without a code, an empty line, all diagnostics), closes, frees. False, with the
 * reason in error, when anything failed since merge_open(). */
bool merge_close(struct merge *m, struct slice summary, uint64_t *pack_size, struct buf *error);

/* Closes and frees without completing anything. */
void merge_abandon(struct merge *m);

#endif
