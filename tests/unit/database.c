/* database: whatever the number and size of rows and keys, SQLite finds no fault in the file and gives back what was
 * put in; so does the reader of the next build, but not from a file that was damaged. */
#include "base/file.h"
#include "write/pack.h"
#include "write/sqlite.h"
#include "write/sqlite_read.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static int points, failed;

static void ok(bool good, const char *what)
{
    points++;
    failed += !good;
    printf("%sok %d - %s\n", good ? "" : "not ", points, what);
}

/* The first value of a query as a number, `ok` being 1; -1 when it fails. */
static int64_t ask(const char *path, const char *sql)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *s = NULL;
    int64_t value = -1;
    if (sqlite3_open(path, &db) == SQLITE_OK && sqlite3_prepare_v2(db, sql, -1, &s, NULL) == SQLITE_OK &&
        sqlite3_step(s) == SQLITE_ROW) {
        const char *text = (const char *)sqlite3_column_text(s, 0);
        value = text && strcmp(text, "ok") == 0 ? 1 : sqlite3_column_int64(s, 0);
    }
    sqlite3_finalize(s);
    sqlite3_close(db);
    return value;
}

/* ---- rows: terms whose ids and texts have the lengths wanted ---- */

struct shape {
    size_t rows, id, text;
};

static void number(struct buf *out, size_t n, size_t width)
{
    out->n = 0;
    buf_printf(out, "%zu-", n * 7919 % 100003); /* not in order */
    while (out->n < width)
        buf_char(out, 'x');
}

/* False when the rows are refused. */
static bool give(struct sqlite *db, const char *plan, struct pack *pack)
{
    struct buf bytes = {0};
    struct pack_view view;
    bool good = pack_end(pack);
    buf_reserve(&bytes, pack_size(pack));
    pack_copy(pack, bytes.p);
    good = pack_open(slice_of(bytes.p, pack_size(pack)), &view) && good;
    if (good)
        sqlite_add(db, slice_cstr(plan), &view);
    buf_done(&bytes);
    pack_done(pack);
    return good;
}

static void add_terms(struct sqlite *db, const char *plan, struct shape shape)
{
    struct buf id = {0}, text = {0};
    struct pack pack = {.records = true};
    pack_begin(&pack);
    for (size_t i = 0; i < shape.rows; i++) {
        number(&id, i + 1, shape.id);
        number(&text, i + 1, shape.text ? (i * 131) % shape.text : 0);
        struct slice values[] = {slice_cstr(plan), buf_view(&id), SLICE_NONE,  slice_cstr("term"), buf_view(&text),
                                 SLICE("1"),       SLICE("0"),    SLICE("127"), SLICE("4294967295")};
        pack_add(&pack, ROWS_TERMS, values, sizeof values / sizeof *values);
    }
    give(db, plan, &pack);
    buf_done(&id);
    buf_done(&text);
}

static bool build(const char *path, struct shape shape)
{
    struct buf error = {0};
    unlink(path);
    struct sqlite *db = sqlite_open(path, "1", "x", &error);
    add_terms(db, "b", shape);
    add_terms(db, "a", shape);
    bool good = sqlite_close(db, &error) && !error.n;
    buf_done(&error);
    return good;
}

static bool is_whole(const char *path, struct shape shape)
{
    static const char right[] =
        "SELECT count(*) FROM terms WHERE term = 'term' AND no IS NULL AND line = 1 AND col = 0 AND \"begin\" = 127"
        " AND \"end\" = 4294967295 AND substr(definition, 1, instr(definition, '-')) = substr(term_id, 1, instr(term_id, '-'))";
    static const char by_key[] = "SELECT count(*) FROM terms t JOIN terms u USING (plan_id, term_id)";
    int64_t rows = 2 * (int64_t)shape.rows;
    return ask(path, "PRAGMA integrity_check") == 1 && ask(path, right) == rows && ask(path, by_key) == rows;
}

static void test_shapes(const char *path)
{
    static const struct {
        struct shape step;
        const char *what;
    } kinds[] = {
        {{1, 10, 20}, "few small rows"},
        {{5, 3000, 0}, "keys of which a page holds five: levels of every height"},
        {{3, 4060, 9000}, "keys about as long as a page takes"},
        {{7, 20000, 60000}, "keys and rows longer than pages"},
        {{997, 12, 100}, "many rows"},
    };
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        bool good = true;
        for (size_t i = 0; i < 33; i++) {
            struct shape s = kinds[k].step;
            s.rows = i < 30 ? i * (s.rows > 7 ? 41 : 1) : i * s.rows;
            s.id += s.id > 4000 && s.id < 5000 ? i : 0;
            good = good && build(path, s) && is_whole(path, s);
        }
        ok(good, kinds[k].what);
    }
}

/* What the sink is given is held against the rows that were put in, in their order. */
struct check {
    size_t rows;
    bool good;
};

static void check_row(void *ctx, enum rows_table table, const struct slice *values, size_t count)
{
    struct check *c = ctx;
    struct buf id = {0};
    c->good = c->good && table == ROWS_TERMS && count == rows_definitions[table].count;
    if (c->good) {
        number(&id, ++c->rows, 12);
        c->good = slice_eq(values[0], SLICE("b")) && slice_eq(values[1], buf_view(&id)) && !values[2].p &&
                  slice_eq(values[6], SLICE("0")) && slice_eq(values[8], SLICE("4294967295"));
    }
    buf_done(&id);
}

static void test_reading(const char *path)
{
    struct check c = {.good = true};
    struct buf error = {0}, whole = {0};
    ok(build(path, (struct shape){5000, 12, 100}), "a database to be read");
    struct sqlite_reader *r = sqlite_read(path);
    ok(sqlite_read_plan(r, "b", check_row, &c) && c.good && c.rows == 5000, "a plan's rows come back in order");
    c = (struct check){.good = true};
    ok(sqlite_read_plan(r, "nobody", check_row, &c) && !c.rows, "a plan that is not there has none");
    sqlite_read_done(r);
    file_read(path, &whole, SIZE_MAX, &error);
    memset(whole.p + whole.n / 4, 0xA5, whole.n / 2);
    file_write(path, buf_view(&whole), &error);
    r = sqlite_read(path);
    c = (struct check){.good = true};
    ok(!sqlite_read_plan(r, "b", check_row, &c) || !c.good || c.rows != 5000, "a damaged file does not give them");
    sqlite_read_done(r);
    file_write(path, SLICE("nonsense"), &error);
    ok(!sqlite_read(path) && !sqlite_read_plan(NULL, "b", check_row, &c), "what is no database is not read");
    buf_done(&error);
    buf_done(&whole);
}

/* Whether these bookmarks, the same one so many times, are refused. */
static bool is_refused(const char *path, struct slice plan, int times)
{
    struct buf error = {0};
    struct pack pack = {.records = true};
    struct slice values[] = {plan, SLICE("b1"), SLICE_NONE, SLICE("5"), SLICE("6"), SLICE("7"), SLICE("8")};
    unlink(path);
    struct sqlite *db = sqlite_open(path, "1", "x", &error);
    pack_begin(&pack);
    for (int i = 0; i < times; i++)
        pack_add(&pack, ROWS_BOOKMARKS, values, sizeof values / sizeof *values);
    bool refused = !give(db, "p", &pack);
    sqlite_abandon(db);
    buf_done(&error);
    return refused;
}

/* A plan whose id was there already. */
static bool is_second_refused(const char *path)
{
    struct buf error = {0};
    unlink(path);
    struct sqlite *db = sqlite_open(path, "1", "x", &error);
    add_terms(db, "a", (struct shape){1, 4, 4});
    add_terms(db, "a", (struct shape){1, 5, 4});
    bool refused = !sqlite_close(db, &error) && error.n;
    buf_done(&error);
    return refused;
}

static void test_faults(const char *path)
{
    struct buf error = {0};
    ok(!is_refused(path, SLICE("p"), 1), "a row is taken");
    ok(is_refused(path, SLICE("p"), 2), "a key that comes twice is refused");
    ok(is_refused(path, SLICE_NONE, 1), "so is a row without a value that it must have");
    ok(is_second_refused(path), "and a plan that comes twice");
    ok(!sqlite_open("/nowhere/x.db", "1", "x", &error) && error.n, "no database where there is no folder");
    buf_done(&error);
}

int main(void)
{
    char dir[] = "/tmp/gangmu-database-XXXXXX";
    if (!mkdtemp(dir))
        return 1;
    struct buf path = {0};
    buf_printf(&path, "%s/x.db", dir);
    test_shapes(buf_cstr(&path));
    test_reading(path.p);
    test_faults(path.p);
    unlink(path.p);
    rmdir(dir);
    buf_done(&path);
    printf("1..%d\n", points);
    return failed != 0;
}
