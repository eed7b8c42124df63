/* ratchet: targets beside those of the superior plan, of the own past and of the neighbours (层层加码). */
#ifndef GM_REVIEW_RATCHET_H
#define GM_REVIEW_RATCHET_H

#include "review/matrix.h"

/* The difference of a target to something: target minus that, in the preferred unit. */
struct gap {
    bool known;
    struct decimal absolute;
    bool has_share;
    struct decimal share; /* in percent of what it is compared with, rounded to one place */
};

/* One target of one plan. Figures are the matrix's, NULL when there is none. */
struct ratchet {
    uint32_t plan, row;
    const struct figure *target, *last, *superior;
    const struct figure *base; /* the latest of base and actual */
    uint32_t superior_plan;
    enum claim_strictness strictness; /* of the target beside the superior's */
    bool skips;                       /* a level lies between: the nation beside a county */
    bool delegated;                   /* the superior sets it: neither stricter nor looser */
    size_t neighbours;     /* other plans of the same level, parent region, period and field */
    struct decimal median; /* of their targets of the same basis, when neighbours > 0 */
    struct gap to_superior, to_base, to_last, to_median;
};

/* All targets of all plans for which there is something to compare with, by plan, then as the matrix. The superior
 * of a plan is the nearest higher region (GB/T 2260: prefecture by four digits, province by two, nation) whose plan
 * of the same period and field, or else outline (规划纲要), has a target for the indicator; `superior` names
 * one plan for all of its period, or is SIZE_MAX. The caller frees *out. */
size_t ratchet_of(const struct matrix *m, size_t superior, struct ratchet **out);

#endif
