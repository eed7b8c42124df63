/* sheet: a table of results, before it is written as text, CSV, JSON or HTML. Cells are asked for one by one, so
 * that a wide one needs no more memory than what it shows. */
#ifndef GM_REVIEW_SHEET_H
#define GM_REVIEW_SHEET_H

#include "base/decimal.h"
#include "base/diag.h"
#include "base/mem.h"

/* How a page or screen shows a column; CSV and JSON have all of them, each on its own. */
enum sheet_part {
    SHEET_MAIN,   /* a column */
    SHEET_SUFFIX, /* behind the main part of its owner, in the same cell */
    SHEET_LINE,   /* a line of its own in the cell of its owner, behind its head */
    SHEET_DATA    /* not shown */
};

struct sheet_column {
    struct slice key;  /* in CSV and JSON */
    struct slice head; /* on pages and screens */
    struct slice sub;  /* below it: the file that places are in */
    int group;         /* the section it is shown in; -1: in every one */
    size_t owner;      /* columns of one owner follow each other and share a cell; 0: none */
    enum sheet_part part;
    bool number; /* to the right */
    bool placed; /* has places: CSV gives them a column */
    size_t ref;  /* the builder's */
};

struct sheet_cell {
    struct slice text;
    struct slice brief; /* on pages and screens in place of text; empty: text */
    struct slice place; /* file:line:col; several parted by " | "; empty: none */
    struct slice note;  /* how it was inferred, why it was taken */
    int heat;           /* 0 bad … 1000 good; -1: none */
    bool far;           /* the place is in another file than the head or heading says */
};

struct sheet_group {
    struct slice title;
    struct slice note; /* a line below it */
};

struct sheet {
    struct arena arena;   /* columns, titles */
    struct arena scratch; /* texts of cells */
    bool in_cell;
    struct slice what; /* indicators, themes, … */
    struct slice title;
    struct sheet_column *columns;
    size_t column_count;
    struct sheet_group *groups; /* at least one */
    size_t group_count;
    size_t rows;
    const char *notes[12];    /* below all, NULL behind the last */
    bool amounts;             /* heat says how much, not how good */
    void *data;               /* the builder's */
    void (*done)(void *data); /* or NULL */
    /* Fills *out; an empty cell stays as it is, with heat -1. */
    void (*cell)(struct sheet *s, size_t row, size_t column, struct sheet_cell *out);
    /* The heading above a row; rows of one heading follow each other. NULL: none. */
    struct slice (*heading)(const struct sheet *s, size_t row);
};

void sheet_init(struct sheet *s, const char *what);
void sheet_done(struct sheet *s);

/* Adds a column, to be filled by the caller. */
struct sheet_column *sheet_column(struct sheet *s);
struct sheet_group *sheet_group(struct sheet *s, struct slice title);

/* The cell of a row and column; its texts live until sheet_forget(). */
struct sheet_cell sheet_cell(struct sheet *s, size_t row, size_t column);
void sheet_forget(struct sheet *s);

/* Text that lives as long as the sheet or, made for a cell, as the cell. */
struct slice sheet_text(struct sheet *s, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
struct slice sheet_join(struct sheet *s, struct slice a, const char *between, struct slice b);
struct slice sheet_number(struct sheet *s, struct decimal d);

#endif
