/* compare: the sheets of `gangmu compare` as text for the terminal, CSV, JSON and HTML. */
#ifndef GM_WRITE_COMPARE_H
#define GM_WRITE_COMPARE_H

#include "review/sheet.h"

struct compare_look {
    enum lang lang;
    size_t width; /* of the terminal, in columns */
    bool color;
    struct slice source; /* which corpus */
};

/* Aligned by display width; a group with more columns than fit is cut into blocks, each with the key columns. Rows
 * without anything in a group are left out of it. */
void compare_text(struct sheet *s, const struct compare_look *look, struct buf *out);

/* RFC 4180, UTF-8 with byte order mark: a row a row, every column of every group; behind a column with places
 * one called <key>.place. */
void compare_csv(struct sheet *s, const struct compare_look *look, struct buf *out);

/* RFC 8259: {"what": …, "corpus": …, "groups": [{"title", "note", "columns": [key …]} …], "rows": [{key: text or
 * {"text", "place", "note"}} …]}; empty cells are left out; numbers are exact decimals in strings. */
void compare_json(struct sheet *s, const struct compare_look *look, struct buf *out);

/* One page with a heat map: a table a group, places and reasons shown on pointing and as small text in print. */
void compare_html(struct sheet *s, const struct compare_look *look, struct buf *out);

/* The columns of a group that are cells on pages and screens: owners and main columns, key columns first; the
 * caller frees. Each is the index of its first column. */
size_t compare_columns(const struct sheet *s, size_t group, size_t **out);

/* One cell on pages and screens, parts of the owner joined. */
struct compare_line {
    struct slice head; /* of a SHEET_LINE; empty: the main line */
    struct sheet_cell cell;
    struct sheet_cell suffix[4];
    size_t suffixes;
};

enum { COMPARE_LINES = 6 };

/* The lines of a cell that has its first column at `column`; 0 when it is empty. */
size_t compare_lines(struct sheet *s, size_t row, size_t column,
                     struct compare_line out[COMPARE_LINES]);

/* Takes the next place off a cell's list; false when none is left. */
bool compare_place(struct slice *places, struct slice *place);

/* line:col of a place, without the file. */
struct slice compare_spot(struct slice place);

/* What is shown of a cell. */
static inline struct slice compare_shown(const struct sheet_cell *c)
{
    return c->brief.n ? c->brief : c->text;
}

/* Whether a row has anything in a group besides the key columns. */
bool compare_has(struct sheet *s, size_t row, const size_t *columns, size_t count);

#endif
