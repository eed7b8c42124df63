/* store: a corpus built before, read back from its database. With sqlite.c the only user of the SQLite library.
 *
 * Nothing is written: the database is opened read-only. */
#ifndef GM_WRITE_STORE_H
#define GM_WRITE_STORE_H

#include "review/panel.h"

struct store;

enum store_fault {
    STORE_GOOD,
    STORE_MISSING, /* there is no gangmu.db */
    STORE_FOREIGN, /* it is no database of gangmu */
    STORE_OLD,     /* made by another version: to be built again */
    STORE_BROKEN   /* cannot be read to the end */
};

/* Opens DIR/gangmu.db. Returns NULL and sets *fault when that fails. store_close() frees. */
struct store *store_open(const char *dir, enum store_fault *fault);
void store_close(struct store *c);

/* The first failure to read, or STORE_GOOD. After a failure all reads come to nothing. */
enum store_fault store_state(const struct store *c);

/* All plans in the order of the corpus; they live as long as the corpus. */
const struct panel_plan *store_plans(struct store *c, size_t *count);

/* The figures of a plan, joined (panel_join()). Replaces what p held; panel_done() frees. Zero-initialised is empty. */
void store_panel(struct store *c, const struct panel_plan *plan, struct grammar *g,
                 struct panel *p);
void panel_done(struct panel *p);

enum store_table {
    STORE_SECTIONS, /* section_id, parent_id, title */
    STORE_MEASURES, /* measure_id, section_id, lead, text, line, col */
    STORE_DUTIES,   /* agency_code, agency, role, line, col */
    STORE_TABLE_MAX
};

/* Gives the rows of a plan in document order; p NULL is "no value", valid until the callback returns. */
typedef void (*store_row)(void *ctx, const struct slice *values);
void store_rows(struct store *c, enum store_table table, const struct panel_plan *plan,
                store_row row, void *ctx);

#endif
