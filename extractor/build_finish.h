/* build_finish: the end of a build: the manifest, and everything put in place. */
#ifndef GM_BUILD_FINISH_H
#define GM_BUILD_FINISH_H

#include "build_run.h"

/* Tables (enum output) to be written, because the documents changed or because they are not there. */
int finish_tables(const struct jobs *j, const struct build_options *o);

/* Whether report.txt is missing. */
bool finish_no_report(const struct build_options *o);

/* Writes the manifest into the stage and commits it. written: the tables written in this build. */
bool finish_commit(const struct jobs *j, const struct build_options *o, const struct stage *stage,
                   int written, uint64_t said_size, struct buf *error);

/* Writes the manifest anew, with the times of the documents as they are now. */
bool finish_touch(const struct jobs *j, const struct build_options *o, struct buf *error);

/* Results that are there but out of date when `written` was written. */
int finish_stale(const struct jobs *j, const struct build_options *o, int written);

#endif
