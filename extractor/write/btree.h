/* btree: tables and indexes of an SQLite file, written page by page in the order of their keys.
 *
 * The library makes the schema, whose tables are empty; here their rows are put behind it, each page written once and
 * never read again, and the roots last. So a table that is filled only once costs a copy of its bytes instead of a
 * search and a change of pages for every row: with the library's INSERT half of a build's time went here. Everything
 * else, and the index and views of the finished tables, is the library's. Standard: Database File Format, 1.6 B-tree Pages
 * (https://www.sqlite.org/fileformat2.html#b_tree_pages). */
#ifndef GM_WRITE_BTREE_H
#define GM_WRITE_BTREE_H

#include "base/buf.h"

#define BTREE_PAGE 8192   /* bytes of a page */
#define BTREE_HEIGHT 16   /* levels: more than 2^32 pages ask for */

/* The pages of a file, appended in the order of their numbers (from 1). */
struct pages {
    int fd;
    uint32_t next;  /* number of the next page */
    struct buf out; /* pages that end before it and are not written yet */
    int error;      /* errno of the first failure */
};

void pages_open(struct pages *p, int fd, uint32_t next);

/* Writes what is left and the number of pages into the file's header; false: p->error says why. */
bool pages_close(struct pages *p);

/* One table or index being written. Zero-initialised but for its kind. */
struct btree {
    bool index; /* an index, or a table WITHOUT ROWID; else a table by rowid */
    uint64_t rowid; /* the last */
    unsigned height;
    struct btree_level {
        unsigned char *page;
        unsigned cells, begin; /* how many; where the last one begins */
    } levels[BTREE_HEIGHT];
};

/* Adds a record. Keys ascend: rowids to a table, records to an index (then rowid is not read). */
void btree_add(struct btree *t, struct pages *to, uint64_t rowid, struct slice record);

/* Writes the rest, the root to the page the schema names; frees. The file must be whole up to there. */
void btree_finish(struct btree *t, struct pages *to, uint32_t root);

/* Frees without writing. */
void btree_done(struct btree *t);

#endif
