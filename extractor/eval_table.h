/* eval_table: how gold files and the tables of a corpus answer to each other. */
#ifndef GM_EVAL_TABLE_H
#define GM_EVAL_TABLE_H

#include "base/csv_read.h"
#include "base/index.h"
#include "base/mem.h"

#define EVAL_SOURCES 2

/* How the corpus knows a column of the gold, when not under the same name. */
enum eval_how {
    EVAL_COLUMN, /* the column named */
    EVAL_PLAN,   /* that column of the row's plan */
    EVAL_BOX,    /* that column of the row's box */
    EVAL_BASIS,  /* 1 when the column `basis` holds the word named, else 0 */
    EVAL_WORD    /* always the word named */
};

struct eval_column {
    const char *gold;
    enum eval_how how;
    const char *what;
};

/* Rows of one corpus table that are judged. */
struct eval_source {
    const char *table;                 /* NULL: none */
    const struct eval_column *columns; /* ends with gold NULL */
    const char *kinds;                 /* words the column `kind` may hold, by blanks; NULL: any */
    const char *levels;                /* the same for `level` */
    const char *unset;                 /* a column that must be empty; NULL: none */
    const char *set;                   /* a column that must not be; NULL: none */
};

struct eval_table {
    const char *name;  /* of the gold file, without .csv */
    const char *keys;  /* gold columns that say which row is meant, by blanks; plan first */
    const char *scope; /* gold columns that say which part of the corpus the gold covers */
    struct eval_source sources[EVAL_SOURCES];
};

extern const struct eval_table eval_tables[];
extern const size_t eval_table_count;
const struct eval_table *eval_find(struct slice name); /* or NULL */

/* The CSV files of a corpus, read when first needed; zero-initialised with dir set. */
struct corpus {
    const char *dir; /* holds csv/ */
    struct arena arena;
    struct corpus_table *tables;
    struct index plans, boxes; /* plan_id, and plan_id with box_id: row + 1 */
};

/* A table by name. NULL when the corpus has none (error stays empty) or it cannot be read. */
const struct csv_file *corpus_table(struct corpus *c, const char *name, struct buf *error);
bool corpus_open(struct corpus *c, const char *dir, struct buf *error); /* reads plans and boxes */
void corpus_done(struct corpus *c);

/* Which column of a source answers to a gold column. */
struct eval_place {
    enum eval_how how;
    int column;       /* in the table it is taken from; -1 with EVAL_WORD */
    const char *word; /* EVAL_BASIS, EVAL_WORD */
};

/* False when the corpus does not know the gold column. */
bool eval_locate(struct corpus *c, const struct eval_source *s, const struct csv_file *rows,
                 struct slice gold, struct eval_place *place);

/* The value of a row there. */
struct slice eval_value(const struct corpus *c, const struct csv_file *rows, size_t row,
                        const struct eval_place *place);

/* Whether kinds, levels and unset of the source admit the row. */
bool eval_admits(const struct eval_source *s, const struct csv_file *rows, size_t row);

#endif
