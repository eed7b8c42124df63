#include "write/sqlite.h"

#include "base/file.h"
#include "write/btree.h"
#include "write/record.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define SORT_PAGES 32 /* of memory for sorting an index */
#define STRINGIFY(x) #x
#define TO_STRING(x) STRINGIFY(x)

/* The index entries of a plan, put aside until the order of the plans is known. */
struct aside {
    struct slice plan_id;
    off_t at;
    size_t n;
};

struct sqlite {
    sqlite3 *handle; /* NULL while rows are added */
    char *path;
    struct pages pages;
    struct btree tables[ROWS_MAX], indexes[ROWS_MAX];
    uint32_t table_root[ROWS_MAX], index_root[ROWS_MAX];
    int keys;           /* the file of index entries, gone when closed */
    struct buf entries; /* of the plan being added: for each table how many bytes, then these, as in a pack */
    struct arena arena; /* of the plan ids */
    struct aside *aside;
    size_t aside_count;
    off_t aside_end;
    struct buf error; /* the first failure */
};

bool sqlite_good(const struct sqlite *db)
{
    return db->error.n == 0 && !db->pages.error;
}

static void fail(struct sqlite *db, const char *where)
{
    if (db->error.n)
        return;
    int code = db->handle ? sqlite3_extended_errcode(db->handle) : SQLITE_NOMEM;
    const char *why = db->handle ? sqlite3_errmsg(db->handle) : "out of memory";
    buf_printf(&db->error, "gangmu.db: %s: %s (%d)", where, why, code);
}

static void fail_system(struct sqlite *db, int error)
{
    if (!db->error.n)
        buf_printf(&db->error, "gangmu.db: %s", strerror(error));
}

static void run(struct sqlite *db, const char *where, const char *sql)
{
    if (sqlite_good(db) && sqlite3_exec(db->handle, sql, NULL, NULL, NULL) != SQLITE_OK)
        fail(db, where);
}

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
    buf_printf(sql, "\n) STRICT%s;\n", rows_is_keyed(d) ? ", WITHOUT ROWID" : "");
}

/* ---- open, add, close ---- */

#define SETTINGS                                                                                      \
    "PRAGMA cache_size = -512;"                                                                       \
    "PRAGMA journal_mode = OFF;"                                                                      \
    "PRAGMA synchronous = OFF;"                                                                       \
    "PRAGMA locking_mode = EXCLUSIVE;"

static const char setup[] =
    "PRAGMA page_size = " TO_STRING(BTREE_PAGE) ";"
    SETTINGS
    "PRAGMA application_id = 0x474D504C;" /* GMPL */
    "PRAGMA user_version = " TO_STRING(SQLITE_FILE_VERSION) ";"
    "BEGIN;"
    "CREATE TABLE gangmu_meta ( -- 由何程序、何语法生成\n"
    "    \"key\" TEXT NOT NULL PRIMARY KEY,\n"
    "    \"value\" TEXT NOT NULL\n"
    ") STRICT, WITHOUT ROWID;";

static const char completion[] =
    SETTINGS
    "BEGIN;"
    "CREATE INDEX indicators_by_name ON indicators (indicator);"
    "CREATE VIEW observations AS -- 指标观测值及其规划的地区与规划期\n"
    "SELECT p.region_code, p.region_name, p.region_level, p.field, p.period, i.*\n"
    "FROM indicators i JOIN plans p USING (plan_id);"
    "CREATE VIEW target_list AS -- 行文中承诺的数量及其规划的地区与规划期\n"
    "SELECT p.region_code, p.region_name, p.region_level, p.field, p.period, t.*\n"
    "FROM targets t JOIN plans p USING (plan_id);"
    "COMMIT;";

static void make_tables(struct sqlite *db)
{
    for (int i = 0; i < ROWS_MAX; i++) {
        struct buf sql = {0};
        add_table(&rows_definitions[i], &sql);
        run(db, rows_definitions[i].name, buf_cstr(&sql));
        buf_done(&sql);
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
void sqlite_configure(void)
{
    sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    sqlite3_config(SQLITE_CONFIG_PMASZ, SORT_PAGES);
}

static void open_handle(struct sqlite *db)
{
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
    if (sqlite3_open_v2(db->path, &db->handle, flags, NULL) != SQLITE_OK)
        fail(db, "open");
}

static void close_handle(struct sqlite *db)
{
    if (sqlite3_close(db->handle) != SQLITE_OK)
        fail(db, "close");
    db->handle = NULL;
}

/* The pages that the schema gives to tables and to the indexes of their keys. */
static void read_roots(struct sqlite *db)
{
    sqlite3_stmt *s = NULL;
    if (!sqlite_good(db))
        return;
    if (sqlite3_prepare_v2(db->handle, "SELECT tbl_name, type, rootpage FROM sqlite_schema", -1, &s, NULL) != SQLITE_OK)
        fail(db, "schema");
    while (s && sqlite3_step(s) == SQLITE_ROW) {
        const char *name = (const char *)sqlite3_column_text(s, 0), *type = (const char *)sqlite3_column_text(s, 1);
        for (int i = 0; i < ROWS_MAX; i++) {
            const struct rows_definition *d = &rows_definitions[i];
            if (strcmp(d->name, name) != 0)
                continue;
            bool index = strcmp(type, "index") == 0 || rows_is_keyed(d);
            (index ? db->index_root : db->table_root)[i] = (uint32_t)sqlite3_column_int64(s, 2);
        }
    }
    sqlite3_finalize(s);
}

/* The file whose schema is made, to be filled; and one beside it for the entries of the indexes. */
static void open_pages(struct sqlite *db)
{
    struct buf keys = {0};
    struct stat status = {0};
    buf_printf(&keys, "%s-keys", db->path);
    int fd = open(db->path, O_RDWR | O_CLOEXEC);
    db->keys = open(buf_cstr(&keys), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0 || db->keys < 0 || fstat(fd, &status) != 0 || unlink(buf_cstr(&keys)) != 0)
        fail_system(db, errno);
    pages_open(&db->pages, fd, (uint32_t)(status.st_size / BTREE_PAGE) + 1);
    for (int i = 0; i < ROWS_MAX; i++)
        db->indexes[i].index = true;
    if (db->pages.error)
        fail_system(db, db->pages.error);
    buf_done(&keys);
}

struct sqlite *sqlite_open(const char *path, const char *version, const char *grammar_hash,
                           struct buf *error)
{
    struct sqlite *db = mem_zalloc(sizeof *db);
    db->path = mem_dup(path, strlen(path));
    db->keys = db->pages.fd = -1;
    sqlite_configure();
    open_handle(db);
    run(db, "setup", setup);
    add_meta(db, "program", "gangmu");
    add_meta(db, "version", version);
    add_meta(db, "grammars", grammar_hash);
    make_tables(db);
    run(db, "commit", "COMMIT");
    read_roots(db);
    close_handle(db);
    if (sqlite_good(db))
        open_pages(db);
    if (sqlite_good(db))
        return db;
    buf_slice(error, buf_view(&db->error));
    sqlite_abandon(db);
    return NULL;
}

/* ---- adding a plan ---- */

/* An entry of the index of a table's key with its rowid; of a keyed table the row itself. */
static void add_entry(struct buf *out, struct slice entry, uint64_t rowid, bool keyed)
{
    size_t at = out->n;
    uint32_t head[2] = {0};
    buf_add(out, head, sizeof head);
    if (keyed)
        buf_slice(out, entry);
    else
        record_add_rowid(out, entry, rowid);
    head[1] = (uint32_t)(out->n - at - sizeof head);
    memcpy(out->p + at, head, sizeof head);
}

/* The rows go to their table; the index has to wait for the other plans. */
static bool add_rows(struct sqlite *db, enum rows_table table, const struct pack_view *p)
{
    struct btree *t = &db->tables[table];
    struct slice records = p->records[table], entries = p->entries[table], record;
    uint64_t first = t->rowid + 1;
    bool keyed = rows_is_keyed(&rows_definitions[table]);
    size_t begin = db->entries.n, n = 0;
    uint32_t number;
    while (pack_next(&records, &number, &record))
        btree_add(t, &db->pages, first + number, record);
    buf_add(&db->entries, &n, sizeof n);
    while (pack_next(&entries, &number, &record))
        add_entry(&db->entries, record, first + number, keyed);
    n = db->entries.n - begin - sizeof n;
    memcpy(db->entries.p + begin, &n, sizeof n);
    return !records.n && !entries.n;
}

void sqlite_add(struct sqlite *db, struct slice plan_id, const struct pack_view *p)
{
    bool good = sqlite_good(db);
    db->entries.n = 0;
    for (int i = 0; i < ROWS_MAX && good; i++)
        good = add_rows(db, (enum rows_table)i, p);
    if (!good) {
        fail_system(db, EPROTO);
        return;
    }
    if ((db->aside_count & (db->aside_count - 1)) == 0)
        db->aside = mem_realloc(db->aside, (db->aside_count ? 2 * db->aside_count : 1) * sizeof *db->aside);
    plan_id.p = arena_dup(&db->arena, plan_id.p, plan_id.n);
    db->aside[db->aside_count++] = (struct aside){plan_id, db->aside_end, db->entries.n};
    db->aside_end += (off_t)db->entries.n;
    if (!file_write_fd(db->keys, db->entries.p, db->entries.n))
        fail_system(db, errno);
}

/* ---- closing ---- */

static int compare_aside(const void *a, const void *b)
{
    return slice_cmp(((const struct aside *)a)->plan_id, ((const struct aside *)b)->plan_id);
}

static void index_plan(struct sqlite *db, const struct aside *a)
{
    if (!file_read_at(db->keys, (uint64_t)a->at, a->n, &db->entries)) {
        fail_system(db, errno);
        return;
    }
    struct slice rest = buf_view(&db->entries), record;
    uint32_t number;
    for (int i = 0; i < ROWS_MAX; i++) {
        size_t n;
        memcpy(&n, rest.p, sizeof n);
        struct slice table = slice_of(rest.p + sizeof n, n);
        rest = slice_of(table.p + n, rest.n - sizeof n - n);
        while (pack_next(&table, &number, &record))
            btree_add(&db->indexes[i], &db->pages, 0, record);
    }
}

/* The indexes, plan by plan in the order of the keys; then all roots. */
static void finish_pages(struct sqlite *db)
{
    if (db->aside_count)
        qsort(db->aside, db->aside_count, sizeof *db->aside, compare_aside);
    for (size_t i = 0; i < db->aside_count && sqlite_good(db); i++) {
        if (i && slice_eq(db->aside[i - 1].plan_id, db->aside[i].plan_id))
            buf_printf(&db->error, "gangmu.db: plans: a key comes twice");
        index_plan(db, &db->aside[i]);
    }
    for (int i = 0; i < ROWS_MAX; i++) {
        btree_finish(&db->tables[i], &db->pages, db->table_root[i]);
        btree_finish(&db->indexes[i], &db->pages, db->index_root[i]);
    }
    if (!pages_close(&db->pages))
        fail_system(db, db->pages.error);
}

void sqlite_abandon(struct sqlite *db)
{
    for (int i = 0; i < ROWS_MAX; i++) {
        btree_done(&db->tables[i]);
        btree_done(&db->indexes[i]);
    }
    if (db->keys >= 0)
        close(db->keys);
    if (db->pages.fd >= 0)
        close(db->pages.fd);
    arena_done(&db->arena);
    buf_done(&db->pages.out);
    buf_done(&db->entries);
    buf_done(&db->error);
    free(db->aside);
    free(db->path);
    free(db);
}

bool sqlite_close(struct sqlite *db, struct buf *error)
{
    finish_pages(db);
    if (close(db->pages.fd) != 0)
        fail_system(db, errno);
    db->pages.fd = -1;
    if (sqlite_good(db)) {
        open_handle(db);
        run(db, "complete", completion);
        close_handle(db);
    }
    bool good = sqlite_good(db);
    buf_slice(error, buf_view(&db->error));
    sqlite_abandon(db);
    return good;
}
