/* check: judges one sealed plan by the checks of check.def. */
#ifndef GM_REVIEW_CHECK_H
#define GM_REVIEW_CHECK_H

#include "base/grammar.h"
#include "review/claim.h"
#include "review/finding.h"

/* What the checks of one plan share. */
struct check_job {
    const struct plan *plan;
    struct grammar *grammar;
    struct findings *out;
    struct arena arena; /* for the time of the check */
    struct claim *claims;
    size_t claim_count;
    int start_year, end_year, horizon_year; /* 0: unknown */
};

/* Adds all findings on a plan. The plan must live as long as the findings. */
void check_plan(const struct plan *p, struct grammar *g, struct findings *out);

/* The families of checks, a file each. */
void check_numbering(struct check_job *job); /* lists, row numbers, contents */
void check_values(struct check_job *job);    /* figures that contradict one another */
void check_sums(struct check_job *job);      /* totals and counts */
void check_units(struct check_job *job);
void check_parts(struct check_job *job);   /* parts that lack, responsibility, years */
void check_wording(struct check_job *job); /* names of bodies, slips, repeated text, pairs */

/* Adds a finding with up to two arguments; more with findings_add(). */
struct finding *check_say(struct check_job *job, enum check_id id, struct span span, struct slice a,
                          struct slice b);

/* A year as a number, 0 when there is none. */
int check_year(struct slice s);

#endif
