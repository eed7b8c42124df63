/* grid: the steps of table_build(): rows, spans, header, merges. */
#ifndef GM_PARSE_GRID_H
#define GM_PARSE_GRID_H

#include "parse/table.h"

enum {
    GRID_COLS_MAX = 60,          /* limit `table-columns` */
    GRID_PLACES_MAX = 2000000,   /* limit `table-places`: rows × columns of a table */
    HEADER_ROWS_MAX = 3,
    HEADER_BYTES = 400,          /* a longer text is no header word */
    MERGED_TEXT_MAX = 1000,      /* limit `merged-text`: bytes of a text that blanks below take */
};

/* Fills rows[] with the index of each row's first cell; returns the number of rows. rows has room
 * for cells->count entries. */
size_t grid_cut_rows(struct parse *ps, const struct raw_cells *cells, size_t *rows);

/* How many of the first cells are header words. */
size_t grid_header_run(struct parse *ps, const struct raw_cells *cells);

/* A written cell's text: line breaks out. */
struct slice grid_text(struct parse *ps, const struct raw_cell *cell);

/* What a header text says: role and year (0: none). false when it is no header word. */
bool grid_header_word(struct parse *ps, struct slice text, struct column *out);

/* Lays rows[r] .. cells over cols columns: col and colspan of every cell. */
void grid_place(struct parse *ps, struct cell *cells, const size_t *rows, size_t row_count, int cols,
                int header_rows);

/* Sets table->columns from the header rows. */
void grid_columns(struct parse *ps, struct table *t);

/* Points merged blanks to the cell they continue and sets rowspans. */
void grid_merge(struct parse *ps, struct table *t);

#endif
