#include "write/compare.h"

#include "base/text.h"

#include <stdlib.h>

enum { CELL_WIDTH = 24, KEY_WIDTH = 22, GAP = 2 };

/* ---- cells: lines parted by \n ---- */

static void add_line(const struct compare_line *l, struct buf *out)
{
    struct slice places = l->cell.place, place;
    if (out->n)
        buf_char(out, '\n');
    if (l->head.n) {
        buf_slice(out, l->head);
        buf_char(out, ' ');
    }
    buf_slice(out, compare_shown(&l->cell));
    for (size_t i = 0; i < l->suffixes; i++) {
        buf_char(out, ' ');
        buf_slice(out, compare_shown(&l->suffix[i]));
    }
    while (compare_place(&places, &place)) {
        buf_str(out, " @");
        buf_slice(out, l->cell.far ? place : compare_spot(place));
    }
}

static bool is_word(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' ||
           c == ':';
}

/* Bytes of a beginning of at most `width` columns, one char at least; up to the last blank when there is one, and
 * not within a number or word when that can be. */
static size_t fit(struct slice s, size_t width)
{
    size_t blank = 0, end = 0;
    for (size_t at = 0, used = 0; at < s.n;) {
        size_t from = at;
        text_next(s.p, s.n, &at);
        used += text_width(slice_of(s.p + from, at - from));
        if (from && !(is_word(s.p[from]) && is_word(s.p[from - 1])))
            end = from;
        if (used > width && from)
            return blank ? blank : end ? end : from;
        if (s.p[from] == ' ')
            blank = from;
    }
    return s.n;
}

/* Breaks lines wider than `width`. */
static void wrap(struct slice s, size_t width, struct buf *out)
{
    struct slice line;
    for (bool first = true; slice_split(&s, '\n', &line); first = false) {
        if (!first)
            buf_char(out, '\n');
        while (text_width(line) > width) {
            size_t n = fit(line, width);
            if (n >= line.n)
                break;
            buf_add(out, line.p, n);
            buf_char(out, '\n');
            line = text_trim_start(slice_of(line.p + n, line.n - n));
        }
        buf_slice(out, line);
    }
}

/* The head of a column and what stands below it. */
static void compose_head(const struct sheet_column *c, struct buf *out)
{
    struct buf whole = { 0 };
    buf_slice(&whole, c->head);
    if (c->sub.n) {
        buf_char(&whole, '\n');
        buf_slice(&whole, c->sub);
    }
    out->n = 0;
    wrap(buf_view(&whole), CELL_WIDTH, out);
    buf_done(&whole);
}

static void compose(struct sheet *s, size_t row, size_t column, struct buf *out)
{
    struct compare_line lines[COMPARE_LINES];
    struct buf whole = { 0 };
    size_t n = compare_lines(s, row, column, lines);
    for (size_t i = 0; i < n; i++)
        add_line(&lines[i], &whole);
    out->n = 0;
    wrap(buf_view(&whole), s->columns[column].group < 0 ? KEY_WIDTH : CELL_WIDTH, out);
    buf_done(&whole);
}

static size_t widest(struct slice s)
{
    size_t most = 0;
    struct slice line;
    while (slice_split(&s, '\n', &line)) {
        size_t width = text_width(line);
        most = width > most ? width : most;
    }
    return most;
}

/* ---- a block: key columns and some of the others ---- */

struct block {
    struct sheet *s;
    const struct compare_look *look;
    const size_t *rows;
    size_t row_count;
    size_t *columns; /* of the whole group */
    size_t *widths;
    size_t count, keys;
};

static void measure(struct block *b)
{
    struct buf text = { 0 };
    for (size_t i = 0; i < b->count; i++) {
        compose_head(&b->s->columns[b->columns[i]], &text);
        b->widths[i] = widest(buf_view(&text));
        for (size_t row = 0; row < b->row_count; row++) {
            compose(b->s, b->rows[row], b->columns[i], &text);
            size_t width = widest(buf_view(&text));
            b->widths[i] = width > b->widths[i] ? width : b->widths[i];
        }
        sheet_forget(b->s);
    }
    buf_done(&text);
}

/* The `wanted`-th line; false when there are not as many. */
static bool line_of(struct slice s, size_t wanted, struct slice *line)
{
    for (size_t i = 0; slice_split(&s, '\n', line); i++)
        if (i == wanted)
            return true;
    *line = SLICE_NONE;
    return false;
}

static void drop_blanks(struct buf *out)
{
    while (out->n && out->p[out->n - 1] == ' ')
        out->n--;
}

/* Writes the cells of a row side by side, line by line. which[i] is an index into b->columns. */
static void put_row(const struct block *b, const size_t *which, const struct buf *cells,
                    size_t count, struct buf *out)
{
    bool more = true;
    for (size_t line = 0; more; line++) {
        struct slice text;
        size_t begin = out->n;
        more = false;
        for (size_t i = 0; i < count; i++) {
            more = line_of(buf_view(&cells[i]), line, &text) || more;
            text_pad(SLICE_NONE, i ? GAP : 0, false, out);
            text_pad(text, b->widths[which[i]], b->s->columns[b->columns[which[i]]].number, out);
        }
        drop_blanks(out);
        if (more)
            buf_char(out, '\n');
        else
            out->n = begin;
    }
}

static void put_rule(const struct block *b, const size_t *which, size_t count, struct buf *out)
{
    for (size_t i = 0; i < count; i++) {
        text_pad(SLICE_NONE, i ? GAP : 0, false, out);
        for (size_t k = 0; k < b->widths[which[i]]; k++)
            buf_char(out, '-');
    }
    buf_char(out, '\n');
}

static void bold(const struct block *b, struct slice text, struct buf *out)
{
    buf_str(out, b->look->color ? "\033[1m" : "");
    wrap(text, b->look->width, out);
    buf_str(out, b->look->color ? "\033[0m" : "");
    buf_char(out, '\n');
}

static void put_heading(const struct block *b, size_t row, struct slice *last, struct buf *out)
{
    struct slice heading = b->s->heading ? b->s->heading(b->s, b->rows[row]) : SLICE_NONE;
    if (slice_eq(heading, *last))
        return;
    *last = heading;
    struct buf line = { 0 };
    buf_str(&line, "· ");
    buf_slice(&line, heading);
    bold(b, buf_view(&line), out);
    buf_done(&line);
}

static void put_block(const struct block *b, const size_t *which, size_t count, struct buf *out)
{
    struct buf *cells = mem_zalloc((count + 1) * sizeof *cells);
    struct slice heading = SLICE_NONE;
    for (size_t i = 0; i < count; i++)
        compose_head(&b->s->columns[b->columns[which[i]]], &cells[i]);
    put_row(b, which, cells, count, out);
    put_rule(b, which, count, out);
    for (size_t row = 0; row < b->row_count; row++) {
        for (size_t i = 0; i < count; i++)
            compose(b->s, b->rows[row], b->columns[which[i]], &cells[i]);
        put_heading(b, row, &heading, out);
        put_row(b, which, cells, count, out);
        sheet_forget(b->s);
    }
    for (size_t i = 0; i < count; i++)
        buf_done(&cells[i]);
    free(cells);
}

/* As many columns from `from` on as fit behind the key columns, one at least. */
static size_t take_columns(const struct block *b, size_t from, size_t *which)
{
    size_t n = 0, used = 0;
    for (size_t i = 0; i < b->keys; i++) {
        used += b->widths[i] + (i ? GAP : 0);
        which[n++] = i;
    }
    for (size_t i = from; i < b->count; i++) {
        used += b->widths[i] + GAP;
        if (i > from && used > b->look->width)
            break;
        which[n++] = i;
    }
    return n;
}

static void put_blocks(struct block *b, struct buf *out)
{
    size_t *which = mem_alloc((b->count + 1) * sizeof *which);
    for (size_t from = b->keys; from < b->count || from == b->keys;) {
        size_t n = take_columns(b, from, which);
        buf_char(out, '\n');
        put_block(b, which, n, out);
        if (n <= b->keys)
            break;
        from += n - b->keys;
    }
    free(which);
}

static void put_group(struct sheet *s, size_t group, const struct compare_look *look,
                      struct buf *out)
{
    size_t *rows = mem_alloc((s->rows + 1) * sizeof *rows);
    struct block b = { .s = s, .look = look, .rows = rows };
    b.count = compare_columns(s, group, &b.columns);
    b.widths = mem_zalloc((b.count + 1) * sizeof *b.widths);
    while (b.keys < b.count && s->columns[b.columns[b.keys]].group < 0)
        b.keys++;
    for (size_t row = 0; row < s->rows; row++) {
        if (b.keys == b.count || compare_has(s, row, b.columns, b.count))
            rows[b.row_count++] = row;
        sheet_forget(s);
    }
    buf_char(out, '\n');
    bold(&b, s->groups[group].title, out);
    if (s->groups[group].note.n) {
        wrap(s->groups[group].note, look->width, out);
        buf_char(out, '\n');
    }
    measure(&b);
    if (b.row_count)
        put_blocks(&b, out);
    else
        buf_str(out, look->lang == LANG_ZH ? "（没有）\n" : "(none)\n");
    free(b.columns);
    free(b.widths);
    free(rows);
}

void compare_text(struct sheet *s, const struct compare_look *look, struct buf *out)
{
    buf_str(out, look->color ? "\033[1m" : "");
    buf_slice(out, s->title);
    buf_str(out, look->color ? "\033[0m\n" : "\n");
    for (size_t i = 0; i < s->group_count; i++)
        put_group(s, i, look, out);
    for (size_t i = 0; s->notes[i]; i++) {
        buf_str(out, i ? "" : "\n");
        wrap(slice_cstr(s->notes[i]), look->width, out);
        buf_char(out, '\n');
    }
}
