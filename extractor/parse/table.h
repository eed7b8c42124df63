/* table: the grid of a table from cells written one after the other. */
#ifndef GM_PARSE_TABLE_H
#define GM_PARSE_TABLE_H

#include "parse/parse.h"

/* A cell as written: its text's place, and whether a row may begin with it. */
struct raw_cell {
    struct span span; /* trimmed; empty when blank */
    bool may_begin;   /* a blank line, or a new line of a row-a-line table, stands before it */
    bool must_begin;  /* the rows of this table are lines */
    uint8_t gap;      /* blank lines before it, 2 for more */
};

struct raw_cells {
    struct raw_cell *list;
    size_t count;
    struct span span; /* of the whole region, first TAB to the last cell's end */
};

/* Collects the cells that begin at line i (a LINE_CELL); returns the index of the first line that
 * does not belong to the table. */
size_t table_collect(struct parse *ps, size_t i, struct raw_cells *out);

/* Lays the cells on a grid and hangs TABLE, ROW and CELL nodes (and a NOTE for a closing summary row)
 * under box->node. Column roles are set from the header, merged blanks point to the cell they
 * continue. Returns false, leaving the box without table, when a limit is exceeded. */
bool table_build(struct parse *ps, struct box *box, const struct raw_cells *cells);

#endif
