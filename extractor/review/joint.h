/* joint: an indicator that names several, 主要污染物（化学需氧量、氨氮）排放总量减少 beside 氨氮排放总量下降率. The code of
 * such a one lacks the middle: emission.cut, emission.nh3n.cut. */
#ifndef GM_REVIEW_JOINT_H
#define GM_REVIEW_JOINT_H

#include "base/grammar.h"

/* Appends the code that an indicator has when it is named beside others; false: it has none. */
bool joint_code(struct slice part, struct buf *out);

/* What tells a part from the others, by its and the joint one's preferred names: 氨氮. Empty when nothing does. */
struct slice joint_own_name(struct slice part, struct slice joint);

/* The same by their codes. */
struct slice joint_own(struct grammar *g, struct slice part, struct slice joint);

#endif
