/* align: which section, measure, project and paragraph of one plan is which of the other. */
#ifndef GM_REVIEW_ALIGN_H
#define GM_REVIEW_ALIGN_H

#include "base/index.h"
#include "review/diff.h"
#include "review/match.h"

/* What of the other plan is near a record that has no partner. */
struct near {
    uint32_t place;  /* in its group, or ASSIGN_NONE */
    int likeness;    /* 0 to 1000 */
    bool other_kind; /* a measure near a section, a section near a measure */
};

/* The records of one kind of both plans in document order, and how they are paired. */
struct aligned {
    struct match match;
    const void **items[2];
    struct pairs *heads[2]; /* of the titles or leads */
    uint32_t *parent[2]; /* place of what each stands in, in the group above, or ASSIGN_NONE */
    struct near *near[2];
    struct index places[2]; /* id → place; paragraphs have none */
};

struct alignment {
    struct aligned sections;   /* struct section; parents are sections */
    struct aligned measures;   /* struct measure; parents are sections */
    struct aligned projects;   /* struct project; parents are projects */
    struct aligned paragraphs; /* struct node; parents are sections */
};

void align_make(struct diff *d, struct alignment *al);
void align_done(struct alignment *al);

/* Finds what is near what is left of a match, a pair worth `least` or more, in the assignment best over all; pairs none. */
void align_near(struct match *m, int least, struct near *near[2]);

/* Finds headings of one plan that are leads of measures in the other, measures that are left. */
void align_headings(struct diff *d, struct alignment *al);

/* The place of a record by its id, or ASSIGN_NONE. */
uint32_t align_place(const struct aligned *g, int side, const char *id);

/* Marks the pairs that stand elsewhere, by their place in A: in parents that are no pair, or (`order`) out of order
 * among the pairs of their parents. `above` pairs the parents. */
void align_moved(const struct aligned *g, const struct aligned *above, bool order, bool *moved);

/* The same among all pairs of a match: moved[0 … count[0]) is set for the pairs. */
void align_disorder(const struct match *m, bool *moved);

#endif
