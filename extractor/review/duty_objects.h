/* duty_objects: what duties are about, met by the bodies that carry it where nothing else meets them. */
#ifndef GM_REVIEW_DUTY_OBJECTS_H
#define GM_REVIEW_DUTY_OBJECTS_H

#include "review/diff.h"
#include "review/match.h"

/* Some of the duties of two plans, and the numbers their objects got. */
struct duty_objects {
    const struct duty **items[2];
    size_t count[2];
    const bool *left[2];   /* which of them take part */
    uint32_t *number[2];   /* of the object of each, or ASSIGN_NONE: the same in both plans where they are met */
};

/* The code of a body, or its wording. */
void duty_agency(const struct duty *y, struct buf *out);

/* Meets objects that have three bodies or more in common, and half of those of each; bodies with many duties do not
 * count. number[] is filled in. */
void duty_objects_meet(struct diff *d, struct duty_objects *x);

#endif
