/* figures: the indicators of the tables and the targets of the prose of two plans, paired and compared. */
#ifndef GM_REVIEW_FIGURES_H
#define GM_REVIEW_FIGURES_H

#include "review/diff.h"
#include "review/match.h"

/* Where an indicator stands: in a table of what came of the last plan, in a table of targets, in the prose. */
enum figure_sort { FIGURE_RESULT, FIGURE_ROW, FIGURE_PROSE };

/* One indicator as a table or the prose of a plan states it: its claims, which follow each other. */
struct figure_row {
    const struct claim *claims;
    size_t count;
    const struct claim *lead; /* the one that names it: a target, or the first */
    enum figure_sort sort;
    size_t rivals;            /* other rows of its sort with the same code and a value of the same time */
    uint32_t row;             /* of the prose: the row of targets of its own plan that it says again, or ASSIGN_NONE */
    uint32_t said, next_said; /* of a row: the first of the prose that says it again; of the prose: the next */
    uint32_t joint;           /* the row of the other plan that names this one beside others: 氨氮 in 化学需氧量、氨氮 */
    uint32_t part, next_part; /* of such a row: the first that it names; of those: the next */
};

struct figures {
    struct diff *d;
    struct match match;
    struct figure_row *rows[2]; /* of the tables, then of the prose */
    size_t count[2];
};

/* Pairs results with results of the same year, rows with rows, what is left of the rows with the other plan's prose,
 * and prose with prose: by code, concept, name and likeness. Prose that says a row of its own plan again stays with it. */
void figures_make(struct diff *d, struct figures *out);

/* The pairing of figures_make(). */
void figures_pair(struct figures *f);

/* Meets rows that are left with a row of the other plan that is left and names them beside others. */
void figures_join(struct figures *f);

/* The entries of the groups results, indicators and targets. */
void figures_entries(const struct figures *f);

/* When a claim is for: years before the end of its plan's period; years after it as they are. Two claims of one
 * role and time of two plans can be compared. */
int claim_time(const struct claim *c);

/* The claim of a row of that role and time, or NULL. */
const struct claim *figure_at(const struct figure_row *r, const struct claim *like);

struct comparable figure_comparable(const struct claim *c);

/* Whether nothing or a word for the whole region: 全县. */
bool figure_whole_area(struct grammar *g, struct slice scope);

/* Two figures as they are compared, converted within their concept where their codes differ (*converted); false:
 * nothing converts them. */
bool figures_convert(const struct claim *a, const struct claim *b, struct claim *x, struct claim *y, bool *converted);

/* How the figure of b lies to that of a, converted within their concept where their codes differ. */
enum claim_order figures_order(struct diff *d, const struct claim *a, const struct claim *b);

/* Adds what changed from row a to row b. */
void figures_compare(struct diff *d, struct entry *e, const struct figure_row *a, const struct figure_row *b);

/* Adds how b's figure differs from a's as a change of that field: value, said. */
void figures_compare_values(struct diff *d, struct entry *e, const char *field, const struct claim *a,
                            const struct claim *b);

#endif
