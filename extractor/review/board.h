/* board: the sheets of `gangmu compare`, made from a matrix. */
#ifndef GM_REVIEW_BOARD_H
#define GM_REVIEW_BOARD_H

#include "review/matrix.h"
#include "review/sheet.h"

/* What the sheets are made of and how. */
struct board {
    const struct matrix *matrix;
    enum lang lang;
    bool by_region;     /* plans of one region side by side, instead of plans of one period */
    size_t least_plans; /* rows that fewer plans have are left out */
    const struct slice *headings; /* of each row of the matrix, or NULL */
};

/* A row an indicator: target, nature, rank, base, actual of each plan; least, median, most of its peers. */
void board_indicators(const struct board *b, struct sheet *s);

/* A row an indicator that is binding in a plan: which of its peers have it binding, have it, or lack it. */
void board_gaps(const struct board *b, struct sheet *s);

/* A row an indicator of a plan: its target beside the superior plan's, its own past and its neighbours' median.
 * superior: index of the plan to compare with, or SIZE_MAX to find one for each. */
void board_ratchet(const struct board *b, size_t superior, struct sheet *s);

/* Columns for plans, in groups: called for each plan by the boards. Sets up s->groups; `add` adds the plan's columns. */
void board_plans(const struct board *b, struct sheet *s,
                 void (*add)(const struct board *b, struct sheet *s, size_t plan, int group),
                 void (*close)(const struct board *b, struct sheet *s, size_t peers, int group));

/* Adds a column of that key, head and ref. */
struct sheet_column *board_column(struct sheet *s, struct slice key, struct slice head, size_t ref);

/* Adds the one column of a plan, under its id, with places. */
struct sheet_column *board_plan_column(const struct board *b, struct sheet *s, size_t plan, int group, size_t ref);

/* Names the plan in the note of its group when none of its figures comes from a table. */
void board_note_unread(const struct board *b, struct sheet *s, size_t plan, struct sheet_group *g);

/* How a plan is called in heads: region, and what else tells it from the others of its group. */
struct slice board_plan_name(const struct board *b, struct sheet *s, size_t plan);

/* What is shown of a figure, with a word when it was inferred. */
struct slice board_shown(const struct board *b, struct sheet *s, const struct figure *f);

/* What is said of a figure beside its place: year, record, name as written, nature, why it was taken, its remark. */
struct slice board_note(const struct board *b, struct sheet *s, const struct figure *f);

static inline struct slice board_text(const struct board *b, const char *zh, const char *en)
{
    return slice_cstr(b->lang == LANG_ZH ? zh : en);
}

/* What the signs in the cells of figures mean. */
const char *board_legend(const struct board *b);

#endif
