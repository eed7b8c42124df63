#include "write/json.h"

struct writer {
    struct buf *out;
    int table; /* whose array is open */
    bool any;  /* a row stands in it */
};

void json_string(struct slice s, struct buf *out)
{
    buf_char(out, '"');
    for (size_t i = 0, from = 0; i <= s.n; i++) {
        unsigned char c = i < s.n ? (unsigned char)s.p[i] : 0;
        if (i < s.n && c >= 0x20 && c != '"' && c != '\\')
            continue;
        buf_add(out, s.p + from, i - from);
        from = i + 1;
        if (i == s.n)
            break;
        if (c == '"' || c == '\\')
            buf_printf(out, "\\%c", c);
        else if (c == '\n')
            buf_str(out, "\\n");
        else if (c == '\t')
            buf_str(out, "\\t");
        else
            buf_printf(out, "\\u%04x", c);
    }
    buf_char(out, '"');
}

static void add_row(struct buf *out, const struct rows_definition *d, const struct slice *values)
{
    for (size_t i = 0; i < d->count; i++) {
        buf_printf(out, "%s\"%s\": ", i ? ", " : "{", d->columns[i].name);
        if (!values[i].p)
            buf_str(out, "null");
        else if (rows_is_integer(&d->columns[i], values[i]))
            buf_slice(out, values[i]);
        else
            json_string(values[i], out);
    }
    buf_char(out, '}');
}

/* Closes the open array and opens the next ones, up to table (ROWS_MAX: to the end). */
static void move_to(struct writer *w, int table)
{
    while (w->table < table) {
        if (w->table > ROWS_PLANS)
            buf_str(w->out, w->any ? "\n]" : "]");
        w->any = false;
        if (++w->table < ROWS_MAX)
            buf_printf(w->out, ",\n\"%s\": [", rows_definitions[w->table].name);
    }
}

static void take_row(void *ctx, enum rows_table table, const struct slice *values, size_t count)
{
    struct writer *w = ctx;
    (void)count;
    move_to(w, (int)table);
    if (table == ROWS_PLANS)
        buf_str(w->out, "{\n\"plan\": ");
    else
        buf_str(w->out, w->any ? ",\n" : "\n");
    add_row(w->out, &rows_definitions[table], values);
    w->any = true;
}

void json_plan(const struct plan *p, struct buf *out)
{
    struct writer w = {.out = out, .table = ROWS_PLANS};
    rows_emit(p, take_row, &w);
    move_to(&w, ROWS_MAX);
    buf_str(out, "\n}\n");
}
