/* horizon: the year that paragraphs of a section of goals are about, their own or that of those before them. */
#ifndef GM_EXTRACT_HORIZON_H
#define GM_EXTRACT_HORIZON_H

#include "base/grammar.h"
#include "model/plan.h"

/* Walks the paragraphs of a plan; begins as {.end_year = last year of the plan, or 0}. */
struct horizon {
    int end_year;
    const struct section *section;
    int step; /* 第一步，到2020年…: the last year at the front of a paragraph of the section, up to the plan's end; or 0 */
};

/* The year at the front of a text: 到2025年，…; 2025年的主要目标是：; 0: there is none. */
int horizon_front(struct grammar *g, struct slice text);

/* The year of the next paragraph, which has `front` at its front: that, else that of the step before it, else the
 * plan's last. 0: not known. */
int horizon_next(struct horizon *h, const struct section *s, int front);

#endif
