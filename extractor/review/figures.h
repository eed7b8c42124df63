/* figures: indicators of the tables and targets of the prose of two plans, paired and compared. */
#ifndef GM_REVIEW_FIGURES_H
#define GM_REVIEW_FIGURES_H

#include "review/diff.h"
#include "review/match.h"

/* One indicator as a table or the prose of a plan states it: its claims, which follow each other. */
struct figure_row {
    const struct claim *claims;
    size_t count;
    const struct claim *lead; /* the one that names it: a target, or the first */
    size_t rivals;            /* other rows of the plan with the same code and a value of the same time */
};

struct figures {
    struct diff *d;
    struct match match;
    struct figure_row *rows[2];
    size_t count[2];
    uint32_t *in_table[2]; /* of the prose: row of the other plan's tables that states it, or ASSIGN_NONE */
};

/* Pairs the rows of the tables by code, concept, name and likeness; of the prose alike, and what is left of them
 * with the tables of the other plan. The rows of `tables` must live until then. */
void figures_tables(struct diff *d, struct figures *out);
void figures_prose(struct diff *d, const struct figures *tables, struct figures *out);

/* When a claim is for: years before the end of its plan's period; years after it as they are. Two claims of one
 * role and time of two plans can be compared. */
int claim_time(const struct claim *c);

/* Adds what changed from row a to row b. */
void figures_compare(struct diff *d, struct entry *e, const struct figure_row *a, const struct figure_row *b);

#endif
