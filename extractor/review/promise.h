/* promise: two periods of one region: what the old plan promised for its end, what came of it, what the new one
 * promises. */
#ifndef GM_REVIEW_PROMISE_H
#define GM_REVIEW_PROMISE_H

#include "review/align.h"

/* Fills in periods, older and promises, when both plans are of one region_code and of different periods that are
 * known; otherwise nothing. An indicator is the same when its code and breakdown are (or, without codes, its name);
 * where a plan has several of one code at a time, their names must be the same too. What came of it and what is
 * promised next may also be of another code of the concept (days and their share); the new target may stand in one
 * for several indicators, or be that of a near one, which is named and not compared. */
void promise_make(struct diff *d);

/* Looks in the prose of the new plan, where it does not describe what is and was, for the indicators it sets no
 * target for. */
void promise_mentions(struct diff *d, const struct alignment *al);

#endif
