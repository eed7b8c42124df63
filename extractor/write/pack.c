#include "write/pack.h"

#include "write/csv.h"
#include "write/record.h"

#include <stdlib.h>

enum { LINES, RECORDS, ENTRIES };

/* What a record is sorted by: the bytes of its key behind plan_id as far as they go into two numbers. */
struct key {
    uint64_t first, second;
    size_t at;  /* of the entry in pack.own */
    bool whole; /* the numbers are all of the key */
};

void pack_begin(struct pack *p)
{
    for (int i = 0; i < PACK_KINDS; i++)
        p->bytes[i].n = 0;
    p->keys.n = p->own.n = 0;
    p->error.n = 0;
    p->table = (enum rows_table)0;
    memset(p->ends, 0, sizeof p->ends);
}

/* ---- the order of the primary key ---- */

static struct key key_of(const struct rows_definition *d, const struct slice *values, size_t at)
{
    struct key k = {.at = at, .whole = true};
    size_t texts = 0, numbers = 0;
    for (size_t i = 1; i < d->count; i++) {
        struct slice v = values[i];
        if (d->columns[i].key && d->columns[i].integer) {
            uint64_t n = rows_number(v);
            k.whole = k.whole && n <= UINT32_MAX && ++numbers <= 2;
            k.second = k.second << 32 | n;
        } else if (d->columns[i].key) {
            for (size_t j = 0; j < 8; j++)
                k.first = k.first << 8 | (j < v.n ? (unsigned char)v.p[j] : 0);
            k.whole = k.whole && v.n <= 8 && !texts++ && !numbers;
        }
    }
    return k;
}

struct sorting {
    const char *entries;
    size_t columns;
};

static struct slice entry_at(const char *entries, size_t at)
{
    uint32_t n;
    memcpy(&n, entries + at + sizeof n, sizeof n);
    return slice_of(entries + at, 2 * sizeof n + n);
}

static int compare_keys(const void *a, const void *b, void *ctx)
{
    const struct key *x = a, *y = b;
    const struct sorting *s = ctx;
    if (x->whole && y->whole && x->first != y->first)
        return x->first < y->first ? -1 : 1;
    if (x->whole && y->whole)
        return (x->second > y->second) - (x->second < y->second);
    const size_t head = 2 * sizeof(uint32_t);
    struct slice u = entry_at(s->entries, x->at), v = entry_at(s->entries, y->at);
    return record_compare(slice_of(u.p + head, u.n - head), slice_of(v.p + head, v.n - head), s->columns);
}

/* The entries of the table being added, in the order of its key. */
static void add_entries(struct pack *p)
{
    struct key *keys = (struct key *)(void *)p->keys.p;
    size_t count = p->keys.n / sizeof *keys;
    struct sorting s = {p->own.p, rows_keys(&rows_definitions[p->table])};
    bool sorted = true;
    for (size_t i = 1; i < count && sorted; i++)
        sorted = compare_keys(&keys[i - 1], &keys[i], &s) < 0;
    if (!sorted)
        qsort_r(keys, count, sizeof *keys, compare_keys, &s);
    for (size_t i = 0; i < count; i++) {
        if (!sorted && i && compare_keys(&keys[i - 1], &keys[i], &s) == 0 && !p->error.n)
            buf_printf(&p->error, "%s: a key comes twice", rows_definitions[p->table].name);
        buf_slice(&p->bytes[ENTRIES], entry_at(p->own.p, keys[i].at));
    }
    p->keys.n = p->own.n = 0;
}

/* ---- adding ---- */

/* The tables up to one are whole. */
static void go_to(struct pack *p, enum rows_table table)
{
    for (; p->table < table; p->table++) {
        add_entries(p);
        for (int i = 0; i < PACK_KINDS; i++)
            p->ends[i][p->table] = p->bytes[i].n;
    }
}

/* Where the length and number of a record will stand. */
static size_t begin_record(struct buf *out)
{
    size_t at = out->n;
    buf_reserve(out, 2 * sizeof(uint32_t));
    out->n += 2 * sizeof(uint32_t);
    return at;
}

static void end_record(struct pack *p, struct buf *out, size_t at, size_t number)
{
    size_t n = out->n - at - 2 * sizeof(uint32_t);
    if ((n > UINT32_MAX || number > UINT32_MAX) && !p->error.n)
        buf_printf(&p->error, "%s: too large", rows_definitions[p->table].name);
    memcpy(out->p + at, (uint32_t[]){(uint32_t)number, (uint32_t)n}, 2 * sizeof(uint32_t));
}

static void add_record(struct pack *p, const struct rows_definition *d, const struct slice *values)
{
    bool keyed = rows_is_keyed(d);
    size_t number = p->keys.n / sizeof(struct key);
    for (size_t i = 0; i < d->count; i++)
        if (d->columns[i].required && !values[i].p && !p->error.n)
            buf_printf(&p->error, "%s.%s: no value", d->name, d->columns[i].name);
    struct buf *out = keyed ? &p->own : &p->bytes[RECORDS];
    size_t at = begin_record(out);
    record_add(out, d->columns, values, d->count);
    end_record(p, out, at, number);
    if (!keyed) {
        at = begin_record(&p->own);
        record_add_key(&p->own, d, values);
        end_record(p, &p->own, at, number);
    }
    struct key key = key_of(d, values, at);
    buf_add(&p->keys, &key, sizeof key);
}

void pack_add(void *ctx, enum rows_table table, const struct slice *values, size_t count)
{
    struct pack *p = ctx;
    go_to(p, table);
    if (p->lines)
        csv_put_row(&p->bytes[LINES], values, count);
    if (p->records)
        add_record(p, &rows_definitions[table], values);
}

bool pack_end(struct pack *p)
{
    go_to(p, ROWS_MAX);
    return !p->error.n;
}

/* ---- as bytes: the ends, then lines, records, entries ---- */

size_t pack_size(const struct pack *p)
{
    return sizeof p->ends + p->bytes[LINES].n + p->bytes[RECORDS].n + p->bytes[ENTRIES].n;
}

void pack_copy(const struct pack *p, char *to)
{
    memcpy(to, p->ends, sizeof p->ends);
    to += sizeof p->ends;
    for (int i = 0; i < PACK_KINDS; i++) {
        if (p->bytes[i].n)
            memcpy(to, p->bytes[i].p, p->bytes[i].n);
        to += p->bytes[i].n;
    }
}

void pack_done(struct pack *p)
{
    for (int i = 0; i < PACK_KINDS; i++)
        buf_done(&p->bytes[i]);
    buf_done(&p->keys);
    buf_done(&p->own);
    buf_done(&p->error);
}

bool pack_open(struct slice bytes, struct pack_view *view)
{
    size_t ends[PACK_KINDS][ROWS_MAX];
    struct slice *kinds[PACK_KINDS] = {view->lines, view->records, view->entries};
    if (bytes.n < sizeof ends)
        return false;
    memcpy(ends, bytes.p, sizeof ends);
    struct slice rest = slice_of(bytes.p + sizeof ends, bytes.n - sizeof ends);
    for (int kind = 0; kind < PACK_KINDS; kind++) {
        size_t begin = 0;
        for (int t = 0; t < ROWS_MAX; t++) {
            size_t end = ends[kind][t];
            if (end < begin || end > rest.n)
                return false;
            kinds[kind][t] = slice_of(rest.p + begin, end - begin);
            begin = end;
        }
        rest = slice_of(rest.p + begin, rest.n - begin);
    }
    return rest.n == 0;
}

bool pack_next(struct slice *rest, uint32_t *number, struct slice *record)
{
    uint32_t n;
    const size_t head = sizeof n + sizeof *number;
    if (rest->n < head)
        return false;
    memcpy(number, rest->p, sizeof *number);
    memcpy(&n, rest->p + sizeof *number, sizeof n);
    if (n > rest->n - head)
        return false;
    *record = slice_of(rest->p + head, n);
    *rest = slice_of(rest->p + head + n, rest->n - head - n);
    return true;
}
