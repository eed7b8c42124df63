/* promise: two periods of one region: what the old plan promised for its end, what came of it, what the new one
 * promises. */
#ifndef GM_REVIEW_PROMISE_H
#define GM_REVIEW_PROMISE_H

#include "review/diff.h"

/* Fills in periods, older and promises, when both plans are of one region_code and of different periods that are
 * known; otherwise nothing. An indicator is the same when its code and breakdown are (or, without codes, its name);
 * where a plan has several of one code at a time, their names must be the same too. */
void promise_make(struct diff *d);

#endif
