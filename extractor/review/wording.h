/* wording: paragraphs of two plans sentence by sentence. */
#ifndef GM_REVIEW_WORDING_H
#define GM_REVIEW_WORDING_H

#include "review/align.h"

/* Fills in the paragraphs of both plans and (entries) the group `wording`: an entry a pair of paragraphs, or one
 * without a partner, a change a sentence. A sentence that went to another paragraph is in both entries: as
 * `sentence-out` where it stood in A, as `sentence` where it stands in B. */
void wording_make(struct diff *d, const struct alignment *al, bool entries);

#endif
