/* claim: what a plan states of an indicator for a year, in a table or in the prose, made comparable. */
#ifndef GM_REVIEW_CLAIM_H
#define GM_REVIEW_CLAIM_H

#include "base/decimal.h"
#include "base/grammar.h"
#include "model/plan.h"

/* One observation of a table or one target of the prose; slices and records are the plan's. */
struct claim {
    const struct plan *plan;
    const struct indicator *observation; /* or NULL … */
    const struct target *target;         /* … then this one */
    struct slice code;      /* of the canonical indicator; empty when unknown */
    struct slice name, breakdown, scope; /* breakdown: observations only; scope: targets only */
    struct slice nature;    /* 约束性, 预期性, or empty */
    struct slice role;      /* base, target, actual, change; a target of the prose is `target` */
    struct slice op, value, high, unit, unit_code, basis, raw; /* as in the tables */
    struct slice norm_value, norm_unit;
    int year, base_year;    /* 0: none */
    bool of_the_period;     /* taken for what others write as [14.5] (over_period()): kind and basis say so */
    enum value_kind kind;
    struct span span;
    const char *id;
};

/* A year known of a plan as a whole, 0: unknown. */
int claim_plan_year(const struct plan *p, enum meta_id id);

/* All claims of a sealed plan: observations in document order, then targets. The caller frees *out. */
size_t claims_of(struct grammar *g, const struct plan *p, struct claim **out);

/* Whether more of an indicator is better. */
enum direction { DIRECTION_UNKNOWN, DIRECTION_UP, DIRECTION_DOWN };

/* By the lexicon `indicators`. */
enum direction claim_direction(struct grammar *g, struct slice code);

/* How the figure of b lies to that of a. */
enum claim_order {
    CLAIM_APART,   /* not comparable: other kind, basis, dimension, or no number in one of them */
    CLAIM_SAME,
    CLAIM_RAISED,
    CLAIM_LOWERED,
    CLAIM_BOUND,   /* the same number behind another comparator: ≥46 and 46 */
    CLAIM_SPREAD   /* ranges of which neither lies above the other */
};

/* Compares in one unit, exactly: ≥46 and 47 is raised. Values in different units are converted where
 * the lexicon of units knows how; *difference (or NULL) is b - a in the unit of a's comparison, set
 * when the order is SAME, RAISED, LOWERED or BOUND. */
enum claim_order claim_compare(struct grammar *g, const struct claim *a, const struct claim *b,
                               struct decimal *difference);

/* How much a comparator asks for at one number, where more or less is better: 3 for > (or <), 2 for ≥ (or ≤) and
 * the plain number, 1 for ~, 0 for a bound against the direction. */
int claim_demand(struct slice op, enum direction direction);

/* What b asks for beside a. A bound in the direction of the indicator (≥ where more is better) and the
 * plain number ask for the same; > asks for more than ≥; 约 for less than the plain number. Of totals of two regions nothing is said. */
enum claim_strictness { CLAIM_UNKNOWN, CLAIM_EQUAL, CLAIM_STRICTER, CLAIM_LOOSER };

enum claim_strictness claim_strictness(struct grammar *g, const struct claim *a, const struct claim *b);

/* Whether the figure is a total, of which a county's is part of its province's: nothing follows from its being
 * less. By name, unit and basis. */
bool claim_is_total(struct grammar *g, const struct claim *c);

#endif
