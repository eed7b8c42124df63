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

/* ---- fields, into room that is there: at most 2 n + 2 bytes ---- */

static char *put_quoted(char *to, struct slice s)
{
    *to++ = '"';
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '"')
            *to++ = '"';
        *to++ = s.p[i];
    }
    *to++ = '"';
    return to;
}

/* Sixteen bytes at once; gcc and clang make SSE2 or NEON of it. */
typedef uint8_t block __attribute__((vector_size(16)));
enum { BLOCK = sizeof(block) };

/* Copies a block; returns marks where it has a byte that asks for quotes. */
static inline block copy_block(char *to, const char *from)
{
    block a;
    memcpy(&a, from, sizeof a);
    memcpy(to, &a, sizeof a);
    return (block)(a == '"') | (block)(a == ',') | (block)(a == '\n') | (block)(a == '\r');
}

/* Copies at least a block; the last one overlaps those before. False when quotes are needed. */
static bool copy_blocks(char *to, struct slice s)
{
    block odd = copy_block(to + s.n - BLOCK, s.p + s.n - BLOCK);
    for (size_t i = 0; i + BLOCK < s.n; i += BLOCK)
        odd |= copy_block(to + i, s.p + i);
    uint64_t half[2];
    memcpy(half, &odd, sizeof half);
    return !(half[0] | half[1]);
}

static char *put_field(char *to, struct slice s)
{
    static const char special[256] = {['"'] = 1, [','] = 1, ['\n'] = 1, ['\r'] = 1};
    char odd = 0;
    if (s.n >= BLOCK)
        return copy_blocks(to, s) ? to + s.n : put_quoted(to, s);
    for (size_t i = 0; i < s.n; i++) {
        odd |= special[(unsigned char)s.p[i]];
        to[i] = s.p[i];
    }
    return odd ? put_quoted(to, s) : to + s.n;
}

void csv_put_row(struct buf *out, const struct slice *values, size_t count)
{
    size_t most = 3 * count;
    for (size_t i = 0; i < count; i++)
        most += 2 * values[i].n;
    buf_reserve(out, most);
    char *to = out->p + out->n;
    for (size_t i = 0; i < count; i++) {
        to = put_field(to, values[i]);
        *to++ = i + 1 < count ? ',' : '\n';
    }
    out->n = (size_t)(to - out->p);
}

void csv_add(struct csv *c, enum rows_table table, struct slice lines)
{
    struct buf *out = &c->file[table].out;
    if (out->n + lines.n > FLUSH_AT)
        flush(c, table);
    if (lines.n <= FLUSH_AT)
        buf_slice(out, lines);
    else if (csv_good(c) && !file_write_fd(c->file[table].fd, lines.p, lines.n))
        fail(c, table);
}

static void add_header(struct csv *c, enum rows_table table)
{
    const struct rows_definition *d = &rows_definitions[table];
    struct slice names[ROWS_COLUMNS_MAX];
    for (size_t i = 0; i < d->count; i++)
        names[i] = slice_cstr(d->columns[i].name);
    buf_str(&c->file[table].out, "\xEF\xBB\xBF");
    csv_put_row(&c->file[table].out, names, d->count);
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
