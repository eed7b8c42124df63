/* eval_score: one gold table against the corpus: what was found, what was missed, what reads
 * otherwise. */
#ifndef GM_EVAL_SCORE_H
#define GM_EVAL_SCORE_H

#include "base/diag.h"
#include "eval_table.h"

#define SCORE_FIELDS_MAX 48
#define SCORE_ONE 1000000 /* scores are in millionths */

struct score_field {
    char name[40];
    size_t right, wrong;
};

struct score {
    size_t gold, corpus, matched; /* rows */
    struct score_field fields[SCORE_FIELDS_MAX]; /* gold columns that are no keys, over matched rows */
    size_t field_count;
    struct buf findings; /* a line each: missing, wrong, surplus */
    struct buf notices;  /* a line each: what was not compared, and why */
};

struct score_input {
    const struct eval_table *table;
    const struct csv_file *gold;
    const char *gold_path;
    enum lang lang;
};

/* Scores a gold table. False, with the reason in error, when it cannot be compared at all: a key
 * column is missing, or the corpus has no such table. score_done() frees. */
bool score_table(struct corpus *c, const struct score_input *in, struct score *s, struct buf *error);
void score_done(struct score *s);

/* In millionths; 1 when there is nothing to be found. */
unsigned score_precision(const struct score *s);
unsigned score_recall(const struct score *s);
unsigned score_f1(const struct score *s);
unsigned score_field_accuracy(const struct score_field *f);
unsigned score_least(const struct score *s); /* the least of F1 and all accuracies */

#endif
