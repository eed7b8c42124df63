/* build_stage: results are made aside and put in place together.
 *
 * DIR/.gangmu/lock is held while a build runs. Everything is written below DIR/.gangmu/stage; when all
 * is whole the folder is renamed to DIR/.gangmu/commit, and from there every file is renamed to where
 * it belongs. A build that was killed leaves the old results; one that was killed in the midst of the
 * renames is completed by the next one. */
#ifndef GM_BUILD_STAGE_H
#define GM_BUILD_STAGE_H

#include "base/buf.h"

struct stage {
    char *dir; /* the output directory */
    int lock;
};

enum stage_result { STAGE_GOOD, STAGE_BUSY, STAGE_TROUBLE };

/* Makes DIR and DIR/.gangmu when they are not there, takes the lock, completes a commit that was
 * interrupted and removes what a killed build has left. BUSY: another build holds the lock. */
enum stage_result stage_open(struct stage *s, const char *dir, struct buf *error);

/* Makes the empty stage with its folders. */
bool stage_begin(const struct stage *s, struct buf *error);

/* Paths, into out (emptied before): below the stage, below DIR. */
const char *stage_path(const struct stage *s, const char *name, struct buf *out);
const char *stage_target(const struct stage *s, const char *name, struct buf *out);

/* Puts everything in place; files in DIR/xml named in `gone` (one name a line) are removed. */
bool stage_commit(const struct stage *s, struct slice gone, struct buf *error);

/* Removes the stage, if any, and gives the lock back. */
void stage_close(struct stage *s);

#endif
