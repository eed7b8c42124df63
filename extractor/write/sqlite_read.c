#include "write/sqlite_read.h"

#include "write/sqlite.h"

#include <sqlite3.h>
#include <stdlib.h>

struct sqlite_reader {
    sqlite3 *handle;
    sqlite3_stmt *select[ROWS_MAX];
};

/* Rows of a plan stand together, in the order of their rowids; keyed ones are in the order of the rows they belong to. */
static void select_sql(const struct rows_definition *d, struct buf *sql)
{
    sql->n = 0;
    if (rows_is_keyed(d))
        buf_printf(sql,
                   "SELECT t.* FROM %s p CROSS JOIN %s t USING (plan_id, %s) WHERE p.plan_id = ?1"
                   " ORDER BY p.rowid, t.\"%s\", t.\"%s\"",
                   d->columns[1].references, d->name, d->columns[1].name, d->columns[2].name, d->columns[3].name);
    else
        buf_printf(sql,
                   "SELECT * FROM %s WHERE rowid >= (SELECT min(rowid) FROM %s WHERE plan_id = ?1)"
                   " ORDER BY rowid",
                   d->name, d->name);
}

/* The file is read as it is, whatever another program has put beside it. */
static void add_uri(struct buf *out, const char *path)
{
    buf_str(out, "file:");
    for (; *path; path++) {
        bool plain = (*path >= 'a' && *path <= 'z') || (*path >= '0' && *path <= '9');
        buf_printf(out, plain ? "%c" : "%%%02X", (unsigned char)*path);
    }
    buf_str(out, "?immutable=1");
}

struct sqlite_reader *sqlite_read(const char *path)
{
    struct sqlite_reader *r = mem_zalloc(sizeof *r);
    struct buf text = {0};
    sqlite_configure();
    add_uri(&text, path);
    int flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_URI;
    bool good = sqlite3_open_v2(buf_cstr(&text), &r->handle, flags, NULL) == SQLITE_OK;
    for (int i = 0; good && i < ROWS_MAX; i++) {
        select_sql(&rows_definitions[i], &text);
        good = sqlite3_prepare_v2(r->handle, buf_cstr(&text), -1, &r->select[i], NULL) == SQLITE_OK;
    }
    buf_done(&text);
    if (good)
        return r;
    sqlite_read_done(r);
    return NULL;
}

static bool read_row(sqlite3_stmt *s, const char *plan_id, struct slice *values, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const void *text = sqlite3_column_text(s, (int)i);
        values[i] = slice_of(text, text ? (size_t)sqlite3_column_bytes(s, (int)i) : 0);
    }
    return slice_eq(values[0], slice_cstr(plan_id));
}

static bool read_table(struct sqlite_reader *r, enum rows_table table, const char *plan_id, rows_sink sink, void *ctx)
{
    sqlite3_stmt *s = r->select[table];
    struct slice values[ROWS_COLUMNS_MAX];
    size_t count = rows_definitions[table].count;
    bool good = sqlite3_bind_text(s, 1, plan_id, -1, SQLITE_STATIC) == SQLITE_OK;
    int code = SQLITE_DONE;
    while (good && (code = sqlite3_step(s)) == SQLITE_ROW && read_row(s, plan_id, values, count))
        sink(ctx, table, values, count);
    sqlite3_reset(s);
    return good && (code == SQLITE_DONE || code == SQLITE_ROW);
}

bool sqlite_read_plan(struct sqlite_reader *r, const char *plan_id, rows_sink sink, void *ctx)
{
    bool good = r != NULL;
    for (int i = 0; good && i < ROWS_MAX; i++)
        good = read_table(r, (enum rows_table)i, plan_id, sink, ctx);
    return good;
}

void sqlite_read_done(struct sqlite_reader *r)
{
    if (!r)
        return;
    for (int i = 0; i < ROWS_MAX; i++)
        sqlite3_finalize(r->select[i]);
    sqlite3_close(r->handle);
    free(r);
}
