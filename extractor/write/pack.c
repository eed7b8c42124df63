#include "write/pack.h"

#define LENGTH_BYTES 8 /* of a table's rows */
#define LENGTH_MOST 10 /* of a value, as LEB128 */

static char *put_length(char *to, size_t n)
{
    for (; n >= 0x80; n >>= 7)
        *to++ = (char)(n | 0x80);
    *to++ = (char)n;
    return to;
}

void pack_begin(struct pack *p, struct buf *out)
{
    *p = (struct pack){.out = out, .head = out->n};
    buf_reserve(out, ROWS_MAX * LENGTH_BYTES);
    out->n += ROWS_MAX * LENGTH_BYTES;
}

void pack_add(void *ctx, enum rows_table table, const struct slice *values, size_t count)
{
    struct pack *p = ctx;
    struct buf *out = p->out;
    size_t most = count * LENGTH_MOST;
    for (size_t i = 0; i < count; i++)
        most += values[i].n;
    buf_reserve(out, most);
    char *to = out->p + out->n;
    for (size_t i = 0; i < count; i++) {
        to = put_length(to, values[i].p ? values[i].n + 1 : 0);
        if (values[i].n)
            memcpy(to, values[i].p, values[i].n);
        to += values[i].n;
    }
    p->size[table] += (size_t)(to - out->p) - out->n;
    out->n = (size_t)(to - out->p);
}

void pack_end(struct pack *p)
{
    char *to = p->out->p + p->head;
    for (int t = 0; t < ROWS_MAX; t++)
        for (unsigned byte = 0; byte < LENGTH_BYTES; byte++)
            *to++ = (char)((uint64_t)p->size[t] >> (8 * byte));
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

/* The place after the length, or NULL. */
static const char *take_length(const char *at, const char *end, size_t *n)
{
    size_t value = 0;
    for (unsigned shift = 0; at < end && shift < 63; shift += 7) {
        unsigned char byte = (unsigned char)*at++;
        value |= (size_t)(byte & 0x7F) << shift;
        if (byte < 0x80) {
            *n = value;
            return at;
        }
    }
    return NULL;
}

bool pack_next(struct slice *rows, enum rows_table table, struct slice *values)
{
    const char *at = rows->p, *end = rows->p + rows->n;
    size_t count = rows->n ? rows_definitions[table].count : 0;
    for (size_t i = 0; i < count; i++) {
        size_t n;
        at = take_length(at, end, &n);
        if (!at || (n && n - 1 > (size_t)(end - at)))
            return false;
        values[i] = n ? slice_of(at, n - 1) : SLICE_NONE;
        at += n ? n - 1 : 0;
    }
    if (count)
        *rows = slice_of(at, (size_t)(end - at));
    return count > 0;
}
