/* diff: what differs between two plans. The one model that all output formats are written from. */
#ifndef GM_REVIEW_DIFF_H
#define GM_REVIEW_DIFF_H

#include "review/change.h"

/* How one plan's text stands to the other's, in chars of its wording (punctuation and blanks not counted). */
struct sharing {
    size_t all, taken, formula, own; /* all = taken + formula + own */
};

/* One paragraph of a plan; places[] of the other plan it is taken from most. */
struct paragraph {
    struct span span;
    struct slice text, under;
    struct sharing sharing;
    struct span from; /* the first stretch taken over, in the other plan; empty when none */
};

/* What an old plan promised for its end, what came of it, what the new plan promises. */
struct promise {
    struct promise *next;
    struct slice name;
    const struct claim *promised, *restated, *reached, *next_target; /* NULL: not said; restated: by the new plan */
    enum promise_result { RESULT_UNKNOWN, RESULT_MET, RESULT_MISSED } result;
    bool by_restated; /* the old plan does not say it: reached or not by what the new one restates */
    enum claim_order trend; /* next_target beside reached, else beside promised */
    bool trend_of_reached;
    enum claim_strictness strictness; /* the same, by the direction of the indicator */
    bool differs; /* the new plan restates another figure than the old one promised */
    enum promise_next { NEXT_SAME, NEXT_CONVERTED, NEXT_JOINT, NEXT_NEAR } next_by; /* see promise.h */
    struct slice note;    /* how figures of two codes were compared: 按365天折算 */
    struct slice judged;  /* what the new plan itself calls it: 达到 */
    struct span mention;  /* no new target, but the new plan's text names the indicator here; empty otherwise */
};

struct diff {
    struct arena arena;
    struct plan *plan[2];
    struct grammar *grammar;
    bool swapped;          /* alignment was worked out from B */
    unsigned only;         /* bits of groups that are shown; all are worked out as far as these need */
    struct group group[DIFF_GROUP_MAX];
    struct paragraph *paragraphs[2];
    size_t paragraph_count[2];
    struct sharing sharing[2];
    bool periods;          /* two periods of one region: promises are filled in */
    int older;             /* which plan is the older one */
    struct promise *promises;
    struct claim *claims[2];
    size_t claim_count[2];
    size_t rough, ordered, thinned, uncut; /* records at the limits of assign.h, match.h and wording.h */
};

/* Compares two sealed plans, which must outlive the result; diff_free() frees it. only: bits of groups, 1u << DIFF_x. */
struct diff *diff_make(struct grammar *g, struct plan *a, struct plan *b, unsigned only);
void diff_free(struct diff *d);

/* Both with a blank between; a section's label and title. In the arena. */
struct slice diff_joined(struct diff *d, struct slice a, struct slice b);
struct slice diff_heading(struct diff *d, const struct section *s);

bool diff_any(const struct diff *d); /* anything differs in the groups asked for */

#endif
