/* btree: SQLite reads tables and indexes whose pages lie on both sides of the page on which locks lie, at 1 GiB, and that
 * page stays empty. The file is sparse. (Whole databases: database.c.) */
#include "write/btree.h"
#include "write/record.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define LOCK_AT ((off_t)1 << 30)
#define ROWS 60

static int points, failed;

static void ok(bool good, const char *what)
{
    points++;
    failed += !good;
    printf("%sok %d - %s\n", good ? "" : "not ", points, what);
}

static bool run(const char *path, const char *sql)
{
    sqlite3 *db = NULL;
    bool good = sqlite3_open(path, &db) == SQLITE_OK && sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK;
    return sqlite3_close(db) == SQLITE_OK && good;
}

static int64_t ask(const char *path, const char *sql)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *s = NULL;
    int64_t value = -1;
    if (sqlite3_open(path, &db) == SQLITE_OK && sqlite3_prepare_v2(db, sql, -1, &s, NULL) == SQLITE_OK &&
        sqlite3_step(s) == SQLITE_ROW)
        value = sqlite3_column_int64(s, 0);
    sqlite3_finalize(s);
    sqlite3_close(db);
    return value;
}

/* Rows of n bytes each, to a table (root 2) or an index (root 3) whose pages begin so many before the lock page. */
static bool fill(const char *path, bool index, uint32_t before, size_t n)
{
    static const struct rows_column columns[] = {{.name = "k", .integer = true}, {.name = "x"}};
    struct pages pages;
    struct btree t = {.index = index};
    struct buf record = {0};
    char *text = malloc(n), digits[12];
    memset(text, 'x', n);
    unlink(path);
    bool good = run(path, "PRAGMA page_size = 8192; CREATE TABLE t (k, x);"
                          "CREATE TABLE i (k, x, PRIMARY KEY (k, x)) WITHOUT ROWID;");
    int fd = open(path, O_RDWR);
    pages_open(&pages, fd, (uint32_t)(LOCK_AT / BTREE_PAGE) + 1 - before);
    for (unsigned i = 1; i <= ROWS; i++) {
        snprintf(digits, sizeof digits, "%u", i);
        record.n = 0;
        record_add(&record, columns, (struct slice[]){slice_cstr(digits), slice_of(text, n)}, 2);
        btree_add(&t, &pages, i, buf_view(&record));
    }
    btree_finish(&t, &pages, index ? 3 : 2);
    good = pages_close(&pages) && good;
    char page[BTREE_PAGE], none[BTREE_PAGE] = {0};
    good = pread(fd, page, sizeof page, LOCK_AT) == BTREE_PAGE && memcmp(page, none, sizeof page) == 0 && good;
    good = lseek(fd, 0, SEEK_END) > LOCK_AT + BTREE_PAGE && good;
    close(fd);
    free(text);
    buf_done(&record);
    return good;
}

static bool holds(const char *path, const char *table, size_t n)
{
    char sql[200];
    snprintf(sql, sizeof sql, "SELECT count(*) FROM %s WHERE length(x) = %zu AND ltrim(x, 'x') = '' AND typeof(k) = 'integer'",
             table, n);
    bool good = ask(path, sql) == ROWS;
    snprintf(sql, sizeof sql, "SELECT sum(k * k) FROM %s", table);
    good = good && ask(path, sql) == ROWS * (ROWS + 1) * (2 * ROWS + 1) / 6;
    snprintf(sql, sizeof sql, "SELECT count(*) FROM %s WHERE k = 57", table);
    return good && ask(path, sql) == 1;
}

int main(void)
{
    char dir[] = "/tmp/gangmu-btree-XXXXXX";
    if (!mkdtemp(dir))
        return 1;
    struct buf path = {0};
    buf_printf(&path, "%s/x.db", dir);
    static const size_t sizes[] = {3000, 9000, 30000};
    for (size_t s = 0; s < 3; s++) {
        bool table = true, index = true;
        for (uint32_t before = 0; before < 9; before++) {
            table = fill(buf_cstr(&path), false, before, sizes[s]) && holds(path.p, "t", sizes[s]) && table;
            index = fill(path.p, true, before, sizes[s]) && holds(path.p, "i", sizes[s]) && index;
        }
        ok(table, "a table around the lock page");
        ok(index, "an index around the lock page");
    }
    unlink(path.p);
    rmdir(dir);
    buf_done(&path);
    printf("1..%d\n", points);
    return failed != 0;
}
