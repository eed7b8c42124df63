#include "write/csv.h"

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#define FLUSH_AT (24u * 1024) /* bytes kept before a write */

struct csv {
    struct {
        int fd;
        struct buf out;
    } file[ROWS_MAX];
    struct buf error; /* the first failure */
};

static void fail(struct csv *c, enum rows_table table)
{
    if (!c->error.n)
        buf_printf(&c->error, "%s.csv: %s", rows_definitions[table].name, strerror(errno));
}

static void flush(struct csv *c, enum rows_table table)
{
    struct buf *out = &c->file[table].out;
    if (out->n && csv_good(c) && !file_write_fd(c->file[table].fd, out->p, out->n))
        fail(c, table);
    out->n = 0;
}

static bool has(struct slice s, char c)
{
    return memchr(s.p, c, s.n) != NULL;
}

static bool needs_quotes(struct slice s)
{
    static const char special[256] = {['"'] = 1, [','] = 1, ['\n'] = 1, ['\r'] = 1};
    if (s.n >= 64) /* long texts: four passes with memchr() are faster than one by bytes */
        return has(s, '"') || has(s, ',') || has(s, '\n') || has(s, '\r');
    for (size_t i = 0; i < s.n; i++)
        if (special[(unsigned char)s.p[i]])
            return true;
    return false;
}

static void add_quoted(struct slice s, struct buf *out)
{
    buf_char(out, '"');
    while (s.n) {
        const char *quote = memchr(s.p, '"', s.n);
        size_t n = quote ? (size_t)(quote - s.p) + 1 : s.n;
        buf_add(out, s.p, n);
        if (quote)
            buf_char(out, '"');
        s = slice_of(s.p + n, s.n - n);
    }
    buf_char(out, '"');
}

void csv_row(struct csv *c, enum rows_table table, const struct slice *values, size_t count)
{
    struct buf *out = &c->file[table].out;
    for (size_t i = 0; i < count; i++) {
        if (i)
            buf_char(out, ',');
        if (needs_quotes(values[i]))
            add_quoted(values[i], out);
        else
            buf_slice(out, values[i]);
    }
    buf_char(out, '\n');
    if (out->n >= FLUSH_AT)
        flush(c, table);
}

static void add_header(struct csv *c, enum rows_table table)
{
    const struct rows_definition *d = &rows_definitions[table];
    struct slice names[ROWS_COLUMNS_MAX];
    for (size_t i = 0; i < d->count; i++)
        names[i] = slice_cstr(d->columns[i].name);
    buf_str(&c->file[table].out, "\xEF\xBB\xBF");
    csv_row(c, table, names, d->count);
}

struct csv *csv_open(const char *dir, struct buf *error)
{
    struct csv *c = mem_zalloc(sizeof *c);
    struct buf path = {0};
    for (int i = 0; i < ROWS_MAX; i++) {
        path.n = 0;
        buf_printf(&path, "%s/%s.csv", dir, rows_definitions[i].name);
        c->file[i].fd = open(buf_cstr(&path), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
        if (c->file[i].fd < 0)
            fail(c, (enum rows_table)i);
        add_header(c, (enum rows_table)i);
    }
    buf_done(&path);
    if (csv_good(c))
        return c;
    csv_close(c, error);
    return NULL;
}

bool csv_good(const struct csv *c)
{
    return c->error.n == 0;
}

bool csv_close(struct csv *c, struct buf *error)
{
    for (int i = 0; i < ROWS_MAX; i++) {
        flush(c, (enum rows_table)i);
        if (c->file[i].fd >= 0 && close(c->file[i].fd) != 0)
            fail(c, (enum rows_table)i);
        buf_done(&c->file[i].out);
    }
    bool good = csv_good(c);
    buf_slice(error, buf_view(&c->error));
    buf_done(&c->error);
    free(c);
    return good;
}
