/* tally: things counted in each plan: measures by theme, duties by agency. */
#ifndef GM_REVIEW_TALLY_H
#define GM_REVIEW_TALLY_H

#include "review/board.h"

struct tally_cell {
    uint32_t count;
    uint32_t line, col; /* of the first */
    uint64_t amount;    /* chars */
};

struct tally_row {
    struct slice code, name;
    uint64_t total;           /* counts of all plans */
    struct tally_cell *cells; /* of each plan */
};

struct tally {
    struct arena arena;
    size_t plan_count;
    struct tally_row *rows;
    size_t count;
    struct index by_code;
    uint64_t *totals; /* of each plan: chars or counts, of all rows */
};

void tally_init(struct tally *t, size_t plan_count);
void tally_done(struct tally *t);

/* Counts one thing of that many chars in a plan; code, name: copied. */
void tally_add(struct tally *t, struct slice code, struct slice name, size_t plan, uint64_t amount,
               uint32_t line, uint32_t col);

/* A row a theme: its share of the chars of all measures of a plan. */
void board_themes(const struct board *b, struct tally *t, struct sheet *s);

/* A row a function of agencies: how many duties a plan gives to it. */
void board_agencies(const struct board *b, struct tally *t, struct sheet *s);

#endif
