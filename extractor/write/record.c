#include "write/record.h"

/* Serial types: what a value is, and its length. */
enum { TYPE_NULL = 0, TYPE_INT8 = 1, TYPE_INT48 = 5, TYPE_INT64 = 6, TYPE_ZERO = 8, TYPE_ONE = 9, TYPE_TEXT = 13 };

static const unsigned int_bytes[] = {0, 1, 2, 3, 4, 6, 8};

unsigned char *record_put_varint(unsigned char *to, uint64_t value)
{
    unsigned groups = 1;
    while (groups < VARINT_MOST && value >> (7 * groups))
        groups++;
    while (groups-- > 1)
        *to++ = (unsigned char)(0x80 | (value >> (7 * groups) & 0x7F));
    *to++ = value & 0x7F;
    return to;
}

static const unsigned char *take_varint(const unsigned char *at, uint64_t *value)
{
    *value = *at & 0x7F;
    while (*at++ & 0x80)
        *value = *value << 7 | (*at & 0x7F);
    return at;
}

static unsigned char *put_int(unsigned char *to, uint64_t value, unsigned bytes)
{
    while (bytes-- > 0)
        *to++ = (unsigned char)(value >> (8 * bytes));
    return to;
}

static unsigned int_type(uint64_t value)
{
    unsigned type = TYPE_INT8;
    if (value < 2)
        return value ? TYPE_ONE : TYPE_ZERO;
    while (type < TYPE_INT64 && value >> (8 * int_bytes[type] - 1))
        type++;
    return type;
}

static size_t type_bytes(uint64_t type)
{
    if (type >= TYPE_TEXT)
        return (size_t)(type - TYPE_TEXT) / 2;
    return type <= TYPE_INT64 ? int_bytes[type] : 0;
}

/* Values and what they are, gathered one by one. */
struct draft {
    size_t count, bytes;
    unsigned char types[ROWS_COLUMNS_MAX * VARINT_MOST], *type;
    struct slice text[ROWS_COLUMNS_MAX];
    uint64_t kind[ROWS_COLUMNS_MAX], number[ROWS_COLUMNS_MAX];
};

static void gather(struct draft *d, const struct rows_column *column, struct slice value)
{
    size_t i = d->count++;
    uint64_t kind = TYPE_NULL;
    d->number[i] = 0;
    d->text[i] = value;
    if (value.p && rows_is_integer(column, value))
        kind = int_type(d->number[i] = rows_number(value));
    else if (value.p)
        kind = TYPE_TEXT + 2 * (uint64_t)value.n;
    d->kind[i] = kind;
    d->type = record_put_varint(d->type, kind);
    d->bytes += type_bytes(kind);
}

/* The header says its own length, then a type a column, and has room for the type of a rowid when there will be one. */
static void add_draft(struct buf *out, struct draft *d, bool rowid)
{
    if (rowid)
        *d->type++ = TYPE_NULL;
    size_t types = (size_t)(d->type - d->types);
    buf_reserve(out, types + 2 + d->bytes);
    unsigned char *to = (unsigned char *)out->p + out->n;
    to = record_put_varint(to, types + (types + 1 < 0x80 ? 1 : 2));
    to = (unsigned char *)memcpy(to, d->types, types) + types;
    for (size_t i = 0; i < d->count; i++) {
        if (d->kind[i] < TYPE_TEXT)
            to = put_int(to, d->number[i], (unsigned)type_bytes(d->kind[i]));
        else if (d->text[i].n)
            to = (unsigned char *)memcpy(to, d->text[i].p, d->text[i].n) + d->text[i].n;
    }
    out->n = (size_t)((char *)to - out->p);
}

void record_add(struct buf *out, const struct rows_column *columns, const struct slice *values, size_t count)
{
    struct draft d;
    d.count = d.bytes = 0;
    d.type = d.types;
    for (size_t i = 0; i < count; i++)
        gather(&d, &columns[i], values[i]);
    add_draft(out, &d, false);
}

void record_add_key(struct buf *out, const struct rows_definition *definition, const struct slice *values)
{
    struct draft d;
    d.count = d.bytes = 0;
    d.type = d.types;
    for (size_t i = 0; i < definition->count; i++)
        if (definition->columns[i].key)
            gather(&d, &definition->columns[i], values[i]);
    add_draft(out, &d, true);
}

void record_add_rowid(struct buf *out, struct slice key, uint64_t rowid)
{
    unsigned char number[8];
    unsigned type = int_type(rowid), header = (unsigned char)key.p[0]; /* short: a byte tells it */
    size_t at = out->n;
    buf_slice(out, key);
    out->p[at + header - 1] = (char)type;
    buf_add(out, number, (size_t)(put_int(number, rowid, (unsigned)type_bytes(type)) - number));
}

/* A record being read, column by column. */
struct reader {
    const unsigned char *type, *body;
};

static struct reader read_from(struct slice record)
{
    uint64_t header;
    const unsigned char *begin = (const unsigned char *)record.p;
    struct reader r = {.type = take_varint(begin, &header)};
    r.body = begin + header;
    return r;
}

static struct slice next_value(struct reader *r, uint64_t *type)
{
    r->type = take_varint(r->type, type);
    struct slice value = slice_of((const char *)r->body, type_bytes(*type));
    r->body += value.n;
    return value;
}

/* Numbers of our records are not negative: shorter ones are smaller. */
static int compare_numbers(struct slice a, uint64_t a_type, struct slice b, uint64_t b_type)
{
    if (!a.n && !b.n)
        return (a_type > b_type) - (a_type < b_type);
    return a.n != b.n ? (a.n > b.n ? 1 : -1) : memcmp(a.p, b.p, a.n);
}

int record_compare(struct slice a, struct slice b, size_t columns)
{
    struct reader in_a = read_from(a), in_b = read_from(b);
    int order = 0;
    for (size_t i = 0; i < columns && !order; i++) {
        uint64_t a_type, b_type;
        struct slice x = next_value(&in_a, &a_type), y = next_value(&in_b, &b_type);
        bool a_text = a_type >= TYPE_TEXT, b_text = b_type >= TYPE_TEXT;
        if (a_text != b_text)
            order = a_text ? 1 : -1;
        else
            order = a_text ? slice_cmp(x, y) : compare_numbers(x, a_type, y, b_type);
    }
    return order;
}
