#include "write/sqlite.h"

#include "write/pack.h"

#include <sqlite3.h>
#include <stdlib.h>

#define SORT_PAGES 32 /* of memory for sorting an index */
#define STRINGIFY(x) #x
#define TO_STRING(x) STRINGIFY(x)

struct sqlite {
    sqlite3 *handle;
    sqlite3_stmt *insert[ROWS_MAX];
    enum rows_table table; /* what the virtual table `packed` gives now */
    struct slice rows;
    struct buf error; /* the first failure */
};

bool sqlite_good(const struct sqlite *db)
{
    return db->error.n == 0;
}

static void fail(struct sqlite *db, const char *where)
{
    if (!sqlite_good(db))
        return;
    int code = db->handle ? sqlite3_extended_errcode(db->handle) : SQLITE_NOMEM;
    const char *why = db->handle ? sqlite3_errmsg(db->handle) : "out of memory";
    buf_printf(&db->error, "gangmu.db: %s: %s (%d)", where, why, code);
}

static void run(struct sqlite *db, const char *where, const char *sql)
{
    if (sqlite_good(db) && sqlite3_exec(db->handle, sql, NULL, NULL, NULL) != SQLITE_OK)
        fail(db, where);
}

/* ---- packed rows as a virtual table: one statement a table and plan, not one a row ---- */

struct packed {
    sqlite3_vtab base;
    struct sqlite *db;
};

struct packed_cursor {
    sqlite3_vtab_cursor base;
    enum rows_table table;
    const struct rows_column *columns; /* of the table */
    struct slice rest;
    struct slice values[ROWS_COLUMNS_MAX];
    sqlite3_int64 row;
    bool at_end;
};

static int packed_connect(sqlite3 *handle, void *db, int argc, const char *const *argv,
                          sqlite3_vtab **made, char **message)
{
    (void)argc, (void)argv, (void)message;
    struct buf sql = {0};
    buf_str(&sql, "CREATE TABLE x (c0");
    for (int i = 1; i < ROWS_COLUMNS_MAX; i++)
        buf_printf(&sql, ", c%d", i);
    buf_char(&sql, ')');
    int code = sqlite3_declare_vtab(handle, buf_cstr(&sql));
    buf_done(&sql);
    struct packed *t = mem_zalloc(sizeof *t);
    t->db = db;
    *made = &t->base;
    return code;
}

static int packed_disconnect(sqlite3_vtab *table)
{
    free(table);
    return SQLITE_OK;
}

static int packed_plan(sqlite3_vtab *table, sqlite3_index_info *info)
{
    (void)table;
    info->estimatedCost = 1000;
    return SQLITE_OK;
}

static int packed_open(sqlite3_vtab *table, sqlite3_vtab_cursor **made)
{
    (void)table;
    struct packed_cursor *c = mem_zalloc(sizeof *c);
    *made = &c->base;
    return SQLITE_OK;
}

static int packed_close(sqlite3_vtab_cursor *cursor)
{
    free(cursor);
    return SQLITE_OK;
}

static int packed_next(sqlite3_vtab_cursor *cursor)
{
    struct packed_cursor *c = (struct packed_cursor *)cursor;
    c->row++;
    c->at_end = !pack_next(&c->rest, c->table, c->values);
    return c->at_end && c->rest.n ? SQLITE_CORRUPT : SQLITE_OK;
}

static int packed_filter(sqlite3_vtab_cursor *cursor, int number, const char *name, int argc,
                         sqlite3_value **argv)
{
    (void)number, (void)name, (void)argc, (void)argv;
    struct packed_cursor *c = (struct packed_cursor *)cursor;
    const struct sqlite *db = ((struct packed *)cursor->pVtab)->db;
    c->table = db->table;
    c->columns = rows_definitions[c->table].columns;
    c->rest = db->rows;
    c->row = 0;
    return packed_next(cursor);
}

static int packed_eof(sqlite3_vtab_cursor *cursor)
{
    return ((struct packed_cursor *)cursor)->at_end;
}

static void give_integer(sqlite3_context *to, struct slice digits)
{
    sqlite3_int64 n = 0;
    for (size_t i = 0; i < digits.n; i++)
        n = n * 10 + (digits.p[i] - '0');
    sqlite3_result_int64(to, n);
}

static int packed_column(sqlite3_vtab_cursor *cursor, sqlite3_context *to, int column)
{
    const struct packed_cursor *c = (struct packed_cursor *)cursor;
    struct slice value = c->values[column];
    if (!value.p)
        sqlite3_result_null(to);
    else if (rows_is_integer(&c->columns[column], value))
        give_integer(to, value);
    else
        sqlite3_result_text64(to, value.p, value.n, SQLITE_STATIC, SQLITE_UTF8);
    return SQLITE_OK;
}

static int packed_rowid(sqlite3_vtab_cursor *cursor, sqlite3_int64 *row)
{
    *row = ((struct packed_cursor *)cursor)->row;
    return SQLITE_OK;
}

/* no xCreate: the table is there without a statement and never in the file */
static const sqlite3_module packed_module = {
    .iVersion = 1,
    .xConnect = packed_connect,
    .xDisconnect = packed_disconnect,
    .xBestIndex = packed_plan,
    .xOpen = packed_open,
    .xClose = packed_close,
    .xFilter = packed_filter,
    .xNext = packed_next,
    .xEof = packed_eof,
    .xColumn = packed_column,
    .xRowid = packed_rowid,
};

/* ---- the schema, from the definitions ---- */

static const char *column_type(const struct rows_column *c)
{
    return c->mixed ? "ANY" : c->integer ? "INTEGER" : "TEXT";
}

/* The column that with plan_id is the key of a table; NULL for plans. */
static const char *second_key(const struct rows_definition *d)
{
    for (size_t i = 1; i < d->count; i++)
        if (d->columns[i].key)
            return d->columns[i].name;
    return NULL;
}

static const struct rows_definition *definition_of(const char *name)
{
    const struct rows_definition *d = rows_definitions;
    while (strcmp(d->name, name) != 0)
        d++;
    return d;
}

/* cells: small rows whose key is their order; the others keep document order by rowid */
static bool is_keyed(const struct rows_definition *d)
{
    int keys = 0;
    for (size_t i = 0; i < d->count; i++)
        keys += d->columns[i].key;
    return keys > 2;
}

static void add_primary_key(const struct rows_definition *d, struct buf *sql)
{
    const char *before = "    PRIMARY KEY (";
    for (size_t i = 0; i < d->count; i++) {
        if (d->columns[i].key) {
            buf_printf(sql, "%s\"%s\"", before, d->columns[i].name);
            before = ", ";
        }
    }
    buf_char(sql, ')');
}

static void add_foreign_key(const struct rows_column *c, struct buf *sql)
{
    const char *key = second_key(definition_of(c->references));
    if (key)
        buf_printf(sql, ",\n    FOREIGN KEY (plan_id, %s) REFERENCES %s (plan_id, %s)", c->name,
                   c->references, key);
    else
        buf_printf(sql, ",\n    FOREIGN KEY (plan_id) REFERENCES %s (plan_id)", c->references);
}

static void add_table(const struct rows_definition *d, struct buf *sql)
{
    buf_printf(sql, "CREATE TABLE %s ( -- %s\n", d->name, d->about[LANG_ZH]);
    for (size_t i = 0; i < d->count; i++) {
        const struct rows_column *c = &d->columns[i];
        buf_printf(sql, "    \"%s\" %s%s, -- %s\n", c->name, column_type(c),
                   c->required ? " NOT NULL" : "", c->about[LANG_ZH]);
    }
    add_primary_key(d, sql);
    for (size_t i = 0; i < d->count; i++)
        if (d->columns[i].references)
            add_foreign_key(&d->columns[i], sql);
    buf_printf(sql, "\n) STRICT%s;\n", is_keyed(d) ? ", WITHOUT ROWID" : "");
}

/* ---- open, add, close ---- */

/* 8 KiB pages, 3 MiB of them in memory: the ends of all tables and indexes, so that pages are written once */
static const char setup[] =
    "PRAGMA page_size = 8192;"
    "PRAGMA cache_size = -3072;"
    "PRAGMA journal_mode = OFF;"
    "PRAGMA synchronous = OFF;"
    "PRAGMA locking_mode = EXCLUSIVE;"
    "PRAGMA application_id = 0x474D504C;" /* GMPL */
    "PRAGMA user_version = " TO_STRING(SQLITE_FILE_VERSION) ";"
    "BEGIN;"
    "CREATE TABLE gangmu_meta ( -- 由何程序、何语法生成\n"
    "    \"key\" TEXT NOT NULL PRIMARY KEY,\n"
    "    \"value\" TEXT NOT NULL\n"
    ") STRICT, WITHOUT ROWID;";

/* The sort of an index takes as much memory as the pages do. */
static const char completion[] =
    "PRAGMA cache_size = -512;"
    "CREATE INDEX indicators_by_name ON indicators (indicator);"
    "CREATE VIEW observations AS -- 指标观测值及其规划的地区与规划期\n"
    "SELECT p.region_code, p.region_name, p.region_level, p.field, p.period, i.*\n"
    "FROM indicators i JOIN plans p USING (plan_id);"
    "CREATE VIEW target_list AS -- 行文中承诺的数量及其规划的地区与规划期\n"
    "SELECT p.region_code, p.region_name, p.region_level, p.field, p.period, t.*\n"
    "FROM targets t JOIN plans p USING (plan_id);"
    "COMMIT;";

static void prepare_insert(struct sqlite *db, enum rows_table table)
{
    const struct rows_definition *d = &rows_definitions[table];
    struct buf sql = {0};
    /* a row that fails ends the build: no way back within the statement is needed */
    buf_printf(&sql, "INSERT OR FAIL INTO %s SELECT c0", d->name);
    for (size_t i = 1; i < d->count; i++)
        buf_printf(&sql, ", c%zu", i);
    buf_str(&sql, " FROM packed");
    if (sqlite_good(db) && sqlite3_prepare_v3(db->handle, sql.p, (int)sql.n, SQLITE_PREPARE_PERSISTENT,
                                              &db->insert[table], NULL) != SQLITE_OK)
        fail(db, d->name);
    buf_done(&sql);
}

static void make_tables(struct sqlite *db)
{
    for (int i = 0; i < ROWS_MAX; i++) {
        struct buf sql = {0};
        add_table(&rows_definitions[i], &sql);
        run(db, rows_definitions[i].name, buf_cstr(&sql));
        buf_done(&sql);
        prepare_insert(db, (enum rows_table)i);
    }
}

static void add_meta(struct sqlite *db, const char *key, const char *value)
{
    sqlite3_stmt *s = NULL;
    if (!sqlite_good(db))
        return;
    if (sqlite3_prepare_v2(db->handle, "INSERT INTO gangmu_meta VALUES (?, ?)", -1, &s, NULL) != SQLITE_OK ||
        sqlite3_bind_text(s, 1, key, -1, SQLITE_STATIC) != SQLITE_OK ||
        sqlite3_bind_text(s, 2, value, -1, SQLITE_STATIC) != SQLITE_OK || sqlite3_step(s) != SQLITE_DONE)
        fail(db, "gangmu_meta");
    sqlite3_finalize(s);
}

/* One thread uses the library, and nobody asks how much memory it has. Without effect when it is in use already. */
static void configure(void)
{
    sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    sqlite3_config(SQLITE_CONFIG_PMASZ, SORT_PAGES);
}

struct sqlite *sqlite_open(const char *path, const char *version, const char *grammar_hash,
                           struct buf *error)
{
    struct sqlite *db = mem_zalloc(sizeof *db);
    configure();
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
    if (sqlite3_open_v2(path, &db->handle, flags, NULL) != SQLITE_OK)
        fail(db, "open");
    run(db, "setup", setup);
    if (sqlite_good(db) && sqlite3_create_module(db->handle, "packed", &packed_module, db) != SQLITE_OK)
        fail(db, "packed");
    add_meta(db, "program", "gangmu");
    add_meta(db, "version", version);
    add_meta(db, "grammars", grammar_hash);
    make_tables(db);
    if (sqlite_good(db))
        return db;
    buf_slice(error, buf_view(&db->error));
    sqlite_abandon(db);
    return NULL;
}

void sqlite_add(struct sqlite *db, enum rows_table table, struct slice rows)
{
    if (!rows.n || !sqlite_good(db))
        return;
    db->table = table;
    db->rows = rows;
    if (sqlite3_step(db->insert[table]) != SQLITE_DONE)
        fail(db, rows_definitions[table].name);
    sqlite3_reset(db->insert[table]);
}

static void close_handle(struct sqlite *db)
{
    for (int i = 0; i < ROWS_MAX; i++)
        sqlite3_finalize(db->insert[i]);
    if (sqlite3_close(db->handle) != SQLITE_OK)
        fail(db, "close");
    db->handle = NULL;
}

bool sqlite_close(struct sqlite *db, struct buf *error)
{
    run(db, "complete", completion);
    close_handle(db);
    bool good = sqlite_good(db);
    buf_slice(error, buf_view(&db->error));
    buf_done(&db->error);
    free(db);
    return good;
}

void sqlite_abandon(struct sqlite *db)
{
    close_handle(db);
    buf_done(&db->error);
    free(db);
}

/* ---- reading ---- */

struct sqlite_reader {
    sqlite3 *handle;
    sqlite3_stmt *select[ROWS_MAX];
};

/* Rows of a plan stand together, in the order of their rowids; keyed ones are in the order of the rows they belong to. */
static void select_sql(const struct rows_definition *d, struct buf *sql)
{
    sql->n = 0;
    if (is_keyed(d))
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
    configure();
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
