#include "write/pack.h"

#define LENGTH_BYTES 8
#define KEEP ((size_t)1024 * 1024) /* bytes a cleared table keeps */

static void add_length(struct buf *out, size_t n)
{
    while (n >= 0x80) {
        buf_char(out, (char)(n | 0x80));
        n >>= 7;
    }
    buf_char(out, (char)n);
}

void pack_add(void *ctx, enum rows_table table, const struct slice *values, size_t count)
{
    struct buf *out = &((struct pack *)ctx)->rows[table];
    for (size_t i = 0; i < count; i++) {
        add_length(out, values[i].p ? values[i].n + 1 : 0);
        buf_slice(out, values[i]);
    }
}

void pack_write(const struct pack *p, struct buf *out)
{
    for (int t = 0; t < ROWS_MAX; t++)
        for (unsigned byte = 0; byte < LENGTH_BYTES; byte++)
            buf_char(out, (char)((uint64_t)p->rows[t].n >> (8 * byte)));
    for (int t = 0; t < ROWS_MAX; t++)
        buf_slice(out, buf_view(&p->rows[t]));
}

void pack_clear(struct pack *p)
{
    for (int t = 0; t < ROWS_MAX; t++) {
        p->rows[t].n = 0;
        if (p->rows[t].room > KEEP)
            buf_done(&p->rows[t]);
    }
}

void pack_done(struct pack *p)
{
    for (int t = 0; t < ROWS_MAX; t++)
        buf_done(&p->rows[t]);
}

bool pack_open(struct slice pack, struct slice rows[ROWS_MAX])
{
    if (pack.n < ROWS_MAX * LENGTH_BYTES)
        return false;
    struct slice rest = slice_of(pack.p + ROWS_MAX * LENGTH_BYTES, pack.n - ROWS_MAX * LENGTH_BYTES);
    for (int t = 0; t < ROWS_MAX; t++) {
        uint64_t n = 0;
        for (unsigned byte = 0; byte < LENGTH_BYTES; byte++)
            n |= (uint64_t)(unsigned char)pack.p[(unsigned)t * LENGTH_BYTES + byte] << (8 * byte);
        if (n > rest.n)
            return false;
        rows[t] = slice_of(rest.p, (size_t)n);
        rest = slice_of(rest.p + n, rest.n - (size_t)n);
    }
    return rest.n == 0;
}

static bool take_length(struct slice *rest, size_t *n)
{
    size_t value = 0;
    for (unsigned shift = 0, at = 0; at < rest->n && shift < 63; shift += 7) {
        unsigned char byte = (unsigned char)rest->p[at++];
        value |= (size_t)(byte & 0x7F) << shift;
        if (byte < 0x80) {
            *rest = slice_of(rest->p + at, rest->n - at);
            *n = value;
            return true;
        }
    }
    return false;
}

bool pack_next(struct slice *rows, enum rows_table table, struct slice *values)
{
    struct slice rest = *rows;
    size_t count = rest.n ? rows_definitions[table].count : 0;
    for (size_t i = 0; i < count; i++) {
        size_t n;
        if (!take_length(&rest, &n) || (n && n - 1 > rest.n))
            return false;
        values[i] = n ? slice_of(rest.p, n - 1) : SLICE_NONE;
        if (n)
            rest = slice_of(rest.p + n - 1, rest.n - (n - 1));
    }
    *rows = rest;
    return count > 0;
}
