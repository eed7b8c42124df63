/* canonical_unit: whether a unit fits an indicator, and values in another unit. */
#ifndef GM_EXTRACT_CANONICAL_UNIT_H
#define GM_EXTRACT_CANONICAL_UNIT_H

#include "base/decimal.h"
#include "base/grammar.h"

/* Whether figures in the unit `read` can be of an indicator whose preferred unit is `wanted`: one
 * dimension, both counts, or the unit without a denominator or substance that the name already says
 * (人均公园绿地面积 12平方米, 能源消费总量 30万吨). An unknown unit and no preferred one fit all. */
bool unit_fits(struct grammar *g, struct slice read, struct slice wanted);

/* The factor from `from` to `to` as multiplier and divisor, exact; false when they do not convert. */
bool unit_factor(struct grammar *g, struct slice from, struct slice to, struct decimal factor[2]);

#endif
