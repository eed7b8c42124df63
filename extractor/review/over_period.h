/* over_period: figures that are totals over the period though they are not written as [14.5]. */
#ifndef GM_REVIEW_OVER_PERIOD_H
#define GM_REVIEW_OVER_PERIOD_H

#include "base/grammar.h"
#include "model/plan.h"

/* What is known of a figure and its plan. */
struct period_figure {
    struct slice code, name, role, basis; /* as in the table `indicators` */
    enum value_kind kind;
    bool fits;                /* it has a value in the preferred unit of the code */
    int year, base_year;      /* 0: none */
    int start_year, end_year; /* of the plan; 0: unknown */
};

/* Whether a figure of basis `level` is one over the period, of which it is the last year, or over the period before:
 * 较2020年下降14.5% against the year before the period; a cut (code ….cut) that is a target or was
 * reached; a name that says so by the rules of the place `cumulation` (五年累计治理面积). An inference: callers say so. */
bool over_period(struct grammar *g, const struct period_figure *f);

#endif
