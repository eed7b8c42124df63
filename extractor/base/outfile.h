/* outfile: a result written piece by piece, to a file that appears only when it is whole, or to standard output. */
#ifndef GM_BASE_OUTFILE_H
#define GM_BASE_OUTFILE_H

#include "base/buf.h"

struct outfile;

/* path NULL is standard output. Never NULL; a failure is kept and told by outfile_close(). */
struct outfile *outfile_open(const char *path);

/* Writes the bytes, which are not needed afterwards. */
void outfile_add(struct outfile *f, struct slice bytes);

bool outfile_good(const struct outfile *f);

/* Renames the file into place, or with `whole` false throws it away; frees. False, with the reason in error,
 * when anything failed. */
bool outfile_close(struct outfile *f, bool whole, struct buf *error);

#endif
