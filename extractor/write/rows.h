/* rows: the one mapping from a plan to relations. CSV, SQLite and JSON are written from it.
 * Names, meanings and order of the columns: docs/tables.md. */
#ifndef GM_WRITE_ROWS_H
#define GM_WRITE_ROWS_H

#include "model/plan.h"

enum rows_table {
    ROWS_PLANS,
    ROWS_SECTIONS,
    ROWS_MEASURES,
    ROWS_BOXES,
    ROWS_CELLS,
    ROWS_INDICATORS,
    ROWS_TARGETS,
    ROWS_GOALS,
    ROWS_PROJECTS,
    ROWS_DUTIES,
    ROWS_CITATIONS,
    ROWS_CROSSREFS,
    ROWS_NOTES,
    ROWS_BOOKMARKS,
    ROWS_TERMS,
    ROWS_DIAGNOSTICS,
    ROWS_MAX
};

struct rows_column {
    const char *name;
    bool integer;           /* else text */
    bool mixed;             /* an integer when it is all digits, else text: 1 and 2-1 */
    bool required;          /* never null */
    bool key;               /* part of the primary key */
    const char *references; /* `table`: with plan_id a foreign key to that table's id; or NULL */
    const char *about[2];   /* what it means, Chinese and English */
};

struct rows_definition {
    const char *name;
    const struct rows_column *columns;
    size_t count;
    const char *about[2];
};

#define ROWS_COLUMNS_MAX 40

extern const struct rows_definition rows_definitions[ROWS_MAX];

/* How many columns are the primary key. */
size_t rows_keys(const struct rows_definition *d);

/* Small rows whose key is their order (cells); the others keep document order by rowid. */
bool rows_is_keyed(const struct rows_definition *d);

/* Whether the value of a column is stored as an integer. */
bool rows_is_integer(const struct rows_column *column, struct slice value);

/* The number that an integer's digits stand for. */
uint64_t rows_number(struct slice digits);

/* One row: count values in the order of the columns; p NULL is "no value". Integers come as digits. */
typedef void (*rows_sink)(void *ctx, enum rows_table table, const struct slice *values, size_t count);

/* Gives every row of a sealed plan, table by table in the order above, rows in document order. */
void rows_emit(const struct plan *p, rows_sink sink, void *ctx);

/* The rows of one table only. */
void rows_emit_table(const struct plan *p, enum rows_table table, rows_sink sink, void *ctx);

#endif
