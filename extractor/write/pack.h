/* pack: a plan's rows as the bytes that CSV files and the database will have, to hand them from process to process: the
 * workers do the work that grows with the rows, the one process that writes the files copies.
 *
 * Of each table: its lines of the CSV file; its records (record.h), each behind its number and its length; the
 * entries of the index of its key in their order, without rowids, each behind the number of its record and its length. A
 * keyed table (rows.h) is its own index: it has entries only. Numbers count from 0 and are, as lengths, four bytes as the
 * machine has them: packs do not leave it. */
#ifndef GM_WRITE_PACK_H
#define GM_WRITE_PACK_H

#include "write/rows.h"

#define PACK_KINDS 3 /* lines, records, entries */

/* Each table's bytes; what is not wanted is empty. */
struct pack_view {
    struct slice lines[ROWS_MAX], records[ROWS_MAX], entries[ROWS_MAX];
};

/* Rows being packed. Zero-initialised but for what is wanted, it is empty; pack_done() frees. */
struct pack {
    bool lines, records;         /* wanted */
    struct buf bytes[PACK_KINDS];
    enum rows_table table;       /* being added */
    struct buf own, keys;        /* its entries not yet in order, and what they are sorted by */
    size_t ends[PACK_KINDS][ROWS_MAX]; /* of each table's bytes */
    struct buf error;            /* a row that the database would not take */
};

void pack_begin(struct pack *p);

/* A rows_sink that adds a row; ctx is the struct pack. Tables come in their order, as rows_emit() gives them. */
void pack_add(void *ctx, enum rows_table table, const struct slice *values, size_t count);

/* False, and p->error tells why, when a key came twice or a value lacks that must be there. */
bool pack_end(struct pack *p);

/* The pack as bytes: how many, and written to memory with room for them. */
size_t pack_size(const struct pack *p);
void pack_copy(const struct pack *p, char *to);
void pack_done(struct pack *p);

/* Finds each table's bytes; they point into the pack. False when the bytes are no pack. */
bool pack_open(struct slice bytes, struct pack_view *view);

/* Takes the next record or entry; false at the end (then rest is empty) and where the bytes are none. */
bool pack_next(struct slice *rest, uint32_t *number, struct slice *record);

#endif
