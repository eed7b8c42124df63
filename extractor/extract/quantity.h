/* quantity: figures in running text, as tables and prose alike write them. Shared by the extractors. */
#ifndef GM_EXTRACT_QUANTITY_H
#define GM_EXTRACT_QUANTITY_H

#include "base/grammar.h"
#include "model/plan.h"

/* One figure. Slices point into the text that was scanned, or into the grammar. */
struct quantity {
    struct slice whole;      /* comparator before … comparator behind */
    struct slice value;      /* the number as written: 5,000 92.9 */
    struct slice value_high; /* of a range, or empty */
    struct slice op;         /* = >= <= > < ~ */
    struct slice behind_op;  /* of the comparator behind alone, or empty */
    struct slice unit;       /* as written behind the number: % 万亩; empty when there is none */
    struct slice unit_code;  /* empty when the unit is not known */
    struct slice basis;      /* level, cumulative, annual */
};

/* A year with 年: 2025年, 二〇三五年. */
struct year_mention {
    struct slice whole;
    int year;
};

/* Finds the next figure at or after byte *at of text, and moves *at behind it. Years, ordinals (第3),
 * numbers inside names (PM2.5, 12345) and numbers without anything measured are no figures. */
bool quantity_next(struct grammar *g, struct slice text, size_t *at, struct quantity *out);

/* Finds the next year at or after *at: four digits and 年 (Arabic or Chinese). */
bool quantity_next_year(struct slice text, size_t *at, struct year_mention *out);

/* A number as written without what is writing and not value: full-width digits, thousands commas (１，２３４ is 1234).
 * A copy in the arena where it differs. */
struct slice quantity_plain(struct arena *arena, struct slice s);

/* The code of a unit as written; empty when it is not known. */
struct slice quantity_unit_code(struct grammar *g, struct slice unit);

#endif
