/* diff_text: a comparison for the terminal. */
#ifndef GM_WRITE_DIFF_TEXT_H
#define GM_WRITE_DIFF_TEXT_H

#include "review/diff.h"

/* Appends the summary, the promises of two periods, and the groups asked for, aligned by display width. Every line on
 * a record ends with its places. color: with ANSI sequences; without, wording is marked [-gone-] and {+new+}. */
void diff_text(const struct diff *d, enum lang lang, bool color, struct buf *out);

#endif
