/* matrix: the figures of all plans of a corpus set side by side: a row an indicator, a cell a plan, with ranks and
 * spread among the plans of one period, level and field. */
#ifndef GM_REVIEW_MATRIX_H
#define GM_REVIEW_MATRIX_H

#include "base/index.h"
#include "review/claim.h"
#include "review/panel.h"

/* What a cell holds of a plan: the target for the end of its period, the latest base and actual figures, and the
 * target of the period before, when the plan reports on it. */
enum matrix_role { MATRIX_TARGET, MATRIX_BASE, MATRIX_ACTUAL, MATRIX_LAST, MATRIX_ROLES };

/* One figure taken from the panel. */
struct figure {
    struct slice shown;       /* ≥46 in the preferred unit; as written when that cannot be */
    struct slice value, unit; /* to reckon with, in the preferred unit; empty: no plain number */
    struct slice op, basis, kind, nature, raw, record;
    struct slice read;   /* the name as written, its breakdown or scope behind it in brackets */
    struct slice remark; /* what the plan's own mark at the figure stands for */
    struct slice place;  /* file:line:col; of several that differ all, parted by " | " */
    struct slice note;   /* of what it was inferred */
    int year, base_year;
    enum panel_why why;
    bool inferred; /* converted from another indicator of the concept */
    bool year_inferred;
    bool basis_inferred; /* by a note under the table */
    bool from_change;   /* a target that only the column 年均/累计 gives */
    bool of_the_period; /* not written as [14.5] but reckoned as cumulative: over_period() */
    bool relative;      /* … since it is written as 较2020年下降14.5% */
};

struct matrix_cell {
    uint32_t plan;
    struct figure *role[MATRIX_ROLES]; /* NULL: not there */
    int rank;                          /* 1 best; 0: none */
    int heat;                          /* 0 worst … 1000 best; -1: none */
    bool other_basis;                  /* not ranked: cumulative beside levels, … */
};

/* Of the ranked figures of a row among peers. */
struct spread {
    size_t count;
    struct decimal least, median, most;
};

struct matrix_row {
    struct slice code, name, unit, concept;
    enum direction direction;
    size_t order;              /* in the lexicon */
    struct matrix_cell *cells; /* in order of plans */
    size_t count;
    struct spread *spreads; /* of each peer group; NULL before matrix_rank() */
};

/* Plans of one period, level and field: comparable. */
struct peers {
    struct slice period, level, field;
    int start_year, end_year;
    uint32_t *plans; /* by region code */
    size_t count;
};

struct matrix {
    struct arena arena;
    struct grammar *g;
    const struct panel_plan *plans;
    size_t plan_count;
    struct peers *peers;
    size_t peer_count;
    uint32_t *peers_of; /* of each plan */
    struct matrix_row *rows;
    size_t count;
    struct index by_code, lexicon; /* rows of the matrix; rows of the lexicon `indicators` */
    const bool *wanted;            /* of each row of the lexicon; NULL: all */
    bool whole;                    /* the others have rows too: what is wanted is judged by them */
    size_t uncoded;                /* figures left out for want of a code */
    bool *without_table;           /* of each plan that was added: no figure comes from a table */
};

/* A matrix over these plans, which must outlive it as `wanted` must, without figures; matrix_done() frees. */
void matrix_init(struct matrix *m, struct grammar *g, const struct panel_plan *plans, size_t count,
                 const bool *wanted);
void matrix_done(struct matrix *m);

/* Adds the figures of one plan, joined; plans are added in order. An indicator of a concept that the plan does not
 * state is filled from another one that converts to it (percent of good air, as days), as inferred. */
void matrix_add(struct matrix *m, size_t plan, const struct panel *p);

/* When all plans are added: sorts the rows as the lexicon, ranks and spreads the targets. Plain numbers of one basis
 * are ranked, that of most plans; equal ones share a rank (1, 2, 2, 4): ≥95 and 95 do, >95 goes before them, ~95 behind. */
void matrix_rank(struct matrix *m);

/* NULL when there is none. */
const struct matrix_cell *matrix_cell(const struct matrix_row *row, size_t plan);
const struct matrix_row *matrix_row(const struct matrix *m, struct slice code);

/* Whether an indicator is among those wanted. */
bool matrix_wanted(const struct matrix *m, struct slice code);

bool figure_number(const struct figure *f, struct decimal *out); /* what is reckoned with */

/* The median of sorted numbers, count > 0, exact. */
bool median_of(const struct decimal *sorted, size_t count, struct decimal *out);

#endif
