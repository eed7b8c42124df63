/* sharing: how much of a plan's wording stands in the other plan too. */
#ifndef GM_REVIEW_SHARING_H
#define GM_REVIEW_SHARING_H

#include "review/diff.h"

/* A char is counted as
 *   formula     inside a phrase of the lexicon `formulas` that stands in the other plan too;
 *   taken over  inside a run of SHARING_RUN chars or more that stands in one paragraph of the other plan too,
 *               when the run holds more than formulas;
 *   own         otherwise.
 * Chars are those of the wording: folded, without blanks and punctuation. */
enum { SHARING_RUN = 10 };

/* Fills in the sharing of all paragraphs and of both plans. */
void sharing_make(struct diff *d);

#endif
