/* panel: the figures of one plan, from its tables and its prose, side by side: which of them say the same,
 * which contradict each other, and which one stands for the indicator. */
#ifndef GM_REVIEW_PANEL_H
#define GM_REVIEW_PANEL_H

#include "base/decimal.h"
#include "base/grammar.h"
#include "base/mem.h"

/* In the order of the file; see panel.def. */
enum panel_column {
#define PANEL(id, name) PANEL_##id,
#include "review/panel.def"
#undef PANEL
    PANEL_MAX
};

extern const char *const panel_column_names[PANEL_MAX];

/* Why a row was taken or not, of the rows of one indicator, year and role in one plan. */
enum panel_why {
    WHY_ONLY,     /* taken: the only one */
    WHY_FIRST,    /* taken: the first of several that state the same number */
    WHY_TABLE,    /* taken: a table goes before the prose */
    WHY_WHOLE,    /* taken: the whole region goes before parts and breakdowns */
    WHY_SAME,     /* not taken: states the number of the one that was */
    WHY_PROSE,    /* not taken: prose beside a table */
    WHY_BESIDE,   /* not taken: prose with a figure beside a table that leaves it to the superior or to words */
    WHY_PART,     /* not taken: a breakdown or part of the region */
    WHY_EMPTY,    /* not taken: no value is given */
    WHY_SEVERAL,  /* not taken: several stand side by side and differ */
    WHY_TOO_MANY, /* not taken: more than PANEL_GROUP rows, not looked into */
    WHY_MAX
};

extern const char *const panel_why_names[WHY_MAX];

/* One plan of the corpus. */
struct panel_plan {
    struct slice id, file, title, region_code, region_name, region_level, field, period, inferred;
    int start_year, end_year; /* 0: unknown */
};

enum {
    PANEL_GROUP = 200
}; /* rows of one indicator, year and role in one plan that are set side by side */

struct panel_row {
    struct slice v[PANEL_MAX];
    int year; /* 0: none */
    enum panel_why why;
    bool taken;
    bool over_period; /* not written as a total over the period but taken for one: BASIS and INFERRED say so */
};

/* Rows of one plan, tables before prose, in document order; everything lives in the arena. */
struct panel {
    struct arena arena;
    struct panel_row *rows;
    size_t count;
};

/* Sets BASIS where a figure is a total over the period (over_period()); fills AGREES, CONFLICT, TAKEN and WHY. Two
 * rows state the same when indicator, year, role and basis are the same and so is the number in one unit;
 * comparators may differ. They contradict each other when the numbers differ though both are of the whole region
 * and, in tables, of rows of the same name; where one line of the prose gives figures to two names of the indicator
 * (城市、县城…分别), only those of one name are set against each other; two amounts of the prose may be of two works
 * and do neither. A table that says 市级下达 and prose that says 16% do not contradict but name each other likewise.
 * Rows without a code are compared by the name as read. */
void panel_join(struct panel *p, const struct panel_plan *plan, struct grammar *g);

/* Whether a figure comes from a table: where none does the plan has no indicator table or it could not be read. */
bool panel_has_table(const struct panel *p);

#endif
