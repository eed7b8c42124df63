/* store: what packs, indexes and CSV files take in, they give back. */
#include "base/csv_read.h"
#include "base/file.h"
#include "base/index.h"
#include "write/csv.h"
#include "write/pack.h"
#include "write/record.h"

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

/* ---- rows of every kind of value ---- */

enum { ROWS = 600 };

static struct slice value_of(size_t row, size_t column, struct buf *text)
{
    static const char *const odd[] = {"a,b", "\"", "a\"b\"", "\n", "x\r\ny", "\xE8\xA7\x84", "", "\t", "=1+1"};
    size_t kind = (row * 7 + column) % 16;
    text->n = 0;
    if (kind < sizeof odd / sizeof *odd)
        buf_str(text, odd[kind]);
    for (size_t i = 0; kind > 12 && i < (row * row) % 700; i++)
        buf_char(text, kind == 13 && i == 300 ? '"' : 'x');
    return buf_view(text);
}

/* Calls the sink with made-up rows of a table; empty values stand for no value, as in rows_emit(). */
static void make_rows(enum rows_table table, rows_sink sink, void *ctx)
{
    struct slice values[ROWS_COLUMNS_MAX];
    struct buf texts[ROWS_COLUMNS_MAX] = {{0}};
    size_t count = rows_definitions[table].count;
    for (size_t row = 0; row < ROWS; row++) {
        for (size_t i = 0; i < count; i++) {
            values[i] = value_of(row, i, &texts[i]);
            if (!values[i].n)
                values[i] = SLICE_NONE;
        }
        sink(ctx, table, values, count);
    }
    for (size_t i = 0; i < count; i++)
        buf_done(&texts[i]);
}

static bool same_row(size_t row, const struct slice *values, size_t count)
{
    struct buf text = {0};
    bool same = true;
    for (size_t i = 0; i < count; i++)
        same &= slice_eq(values[i], value_of(row, i, &text));
    buf_done(&text);
    return same;
}

/* Terms whose ids come in no order. */
static void add_terms(struct pack *pack)
{
    struct buf id = {0};
    for (size_t i = 0; i < ROWS; i++) {
        id.n = 0;
        buf_printf(&id, i % 3 ? "b%zu" : "term-a-%zu", i * 7919 % 10007);
        struct slice values[] = {SLICE("p"), buf_view(&id), SLICE_NONE, SLICE("t"), SLICE("d"),
                                 SLICE("1"), SLICE("2"), SLICE("3"), SLICE("4")};
        pack_add(pack, ROWS_TERMS, values, sizeof values / sizeof *values);
    }
    buf_done(&id);
}

/* Entries ascend, and each is of the record whose number it tells. */
static bool in_order(const struct pack_view *v)
{
    struct slice records[ROWS], rest = v->records[ROWS_TERMS], entry, before = SLICE_NONE;
    uint32_t number, n = 0;
    while (n < ROWS && pack_next(&rest, &number, &records[n]) && number == n)
        n++;
    bool good = n == ROWS && !rest.n;
    rest = v->entries[ROWS_TERMS];
    for (n = 0; good && pack_next(&rest, &number, &entry); n++, before = entry)
        good = number < ROWS && record_compare(entry, records[number], 2) == 0 &&
               (!n || record_compare(before, entry, 2) < 0);
    return good && n == ROWS && !rest.n;
}

static void test_pack(void)
{
    struct pack pack = {.lines = true, .records = true};
    struct pack_view view;
    struct slice record;
    uint32_t number;
    pack_begin(&pack);
    add_terms(&pack);
    ok(pack_end(&pack), "rows are packed");
    size_t n = pack_size(&pack);
    char *bytes = malloc(n);
    pack_copy(&pack, bytes);
    ok(pack_open(slice_of(bytes, n), &view) && in_order(&view), "a pack opens; records in their order, entries in that of the key");
    size_t lines = 0;
    for (size_t i = 0; i < view.lines[ROWS_TERMS].n; i++)
        lines += view.lines[ROWS_TERMS].p[i] == '\n';
    ok(lines == ROWS && slice_starts(view.lines[ROWS_TERMS], SLICE("p,term-a-0,,t,d,1,2,3,4\n")), "and lines");
    ok(!view.lines[ROWS_NOTES].n && !pack_next(&view.records[ROWS_NOTES], &number, &record), "a table without rows");
    bool refused = true;
    for (size_t cut = 1; cut < 200; cut++)
        refused &= !pack_open(slice_of(bytes, n - cut), &view);
    ok(refused, "a pack cut short does not open");
    struct slice part = slice_of(view.records[ROWS_TERMS].p, view.records[ROWS_TERMS].n - 1);
    while (pack_next(&part, &number, &record))
        continue;
    ok(part.n > 0, "records cut short end with something left");
    free(bytes);
    pack_done(&pack);
}

/* ---- CSV ---- */

static void to_csv(void *ctx, enum rows_table table, const struct slice *values, size_t count)
{
    struct buf line = {0};
    csv_put_row(&line, values, count);
    csv_add(ctx, table, buf_view(&line));
    buf_done(&line);
}

static void test_csv(const char *dir)
{
    struct buf error = {0}, path = {0};
    struct csv_file f;
    struct csv *csv = csv_open(dir, &error);
    ok(csv != NULL, "CSV files are made");
    make_rows(ROWS_INDICATORS, to_csv, csv);
    ok(csv_close(csv, &error) && !error.n, "and written");
    buf_printf(&path, "%s/indicators.csv", dir);
    bool same = csv_read(&f, buf_cstr(&path), &error) && f.rows == ROWS;
    for (size_t row = 0; same && row < ROWS; row++)
        same = same_row(row, &f.cells[(row + 1) * f.columns], f.columns);
    ok(same, "and read back as they were");
    ok(csv_column(&f, "plan_id") == 0 && csv_column(&f, "nothing") == -1, "columns are found by name");
    csv_done(&f);
    ok(csv_open("/dev/null", &error) == NULL && error.n, "no CSV files where there is no folder");
    buf_done(&error);
    buf_done(&path);
}

static void refuses(const char *path, struct slice text, const char *where, const char *what)
{
    struct buf error = {0};
    struct csv_file f;
    file_write(path, text, &error);
    bool read = csv_read(&f, path, &error);
    ok(!read && slice_find(buf_view(&error), slice_cstr(where)) > 0, what);
    buf_done(&error);
}

static void test_csv_faults(const char *dir)
{
    struct buf path = {0}, error = {0};
    struct csv_file f;
    buf_printf(&path, "%s/fault.csv", dir);
    const char *p = buf_cstr(&path);
    refuses(p, SLICE(""), ":1: ", "an empty file has no header");
    refuses(p, SLICE("a,b\n1,2\n1\n"), ":3: ", "too few cells");
    refuses(p, SLICE("a,b\n\"1\n\n\",2\n1,2,3\n"), ":5: ", "lines in quotes are counted");
    refuses(p, SLICE("a\n\"x"), ":2: ", "an open quote");
    refuses(p, SLICE("a\n\"x\"y\n"), ":2: ", "text behind a quote");
    refuses(p, SLICE("a\nx\"y\"\n"), ":2: ", "a quote in a cell");
    file_write(p, SLICE("\xEF\xBB\xBF" "a,b\r\n,\"\"\r\n\"x\"\"y\",z"), &error);
    bool read = csv_read(&f, p, &error);
    ok(read && f.rows == 2 && slice_eq(csv_cell(&f, 1, 0), SLICE("x\"y")) && slice_eq(csv_cell(&f, 1, 1), SLICE("z")) &&
           !csv_cell(&f, 0, 0).n && !csv_cell(&f, 0, 1).n && csv_line(&f, 1) == 3,
       "byte order mark, CRLF, empty cells, no line end at the end");
    csv_done(&f);
    buf_done(&path);
    buf_done(&error);
}

/* ---- index ---- */

static void test_index(void)
{
    enum { KEYS = 5000 };
    struct index x = {0};
    char(*keys)[12] = calloc(KEYS, sizeof *keys);
    ok(!index_get(&x, SLICE("a")), "an empty index knows nothing");
    for (size_t i = 0; i < KEYS; i++) {
        snprintf(keys[i], sizeof keys[i], "k%zu", i);
        *index_put(&x, slice_cstr(keys[i])) = i + 1;
    }
    bool good = x.count == KEYS;
    for (size_t i = 0; i < KEYS; i++) {
        const size_t *at = index_get(&x, slice_cstr(keys[i]));
        good &= at && *at == i + 1 && *index_put(&x, slice_cstr(keys[i])) == i + 1;
    }
    ok(good && x.count == KEYS, "every key has its number");
    ok(!index_get(&x, SLICE("k")) && !index_get(&x, SLICE("k5000")), "others have none");
    ok(*index_put(&x, SLICE_NONE) == 0 && index_get(&x, SLICE("")), "the empty key is a key");
    index_done(&x);
    free(keys);
}

int main(void)
{
    char dir[] = "/tmp/gangmu-store-XXXXXX";
    if (!mkdtemp(dir))
        return 1;
    test_pack();
    test_csv(dir);
    test_csv_faults(dir);
    test_index();
    file_remove_tree(dir);
    printf("1..%d\n", points);
    return failed != 0;
}
