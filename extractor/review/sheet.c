#include "review/sheet.h"

#include <stdarg.h>
#include <stdio.h>

void sheet_init(struct sheet *s, const char *what)
{
    *s = (struct sheet){ .what = slice_cstr(what) };
    arena_init(&s->arena);
    arena_init(&s->scratch);
}

void sheet_done(struct sheet *s)
{
    if (s->done)
        s->done(s->data);
    arena_done(&s->arena);
    arena_done(&s->scratch);
}

void sheet_forget(struct sheet *s)
{
    arena_done(&s->scratch);
}

static struct arena *arena_of(struct sheet *s)
{
    return s->in_cell ? &s->scratch : &s->arena;
}

struct sheet_column *sheet_column(struct sheet *s)
{
    s->columns = arena_grow(&s->arena, s->columns, s->column_count, sizeof *s->columns);
    struct sheet_column *c = &s->columns[s->column_count++];
    *c = (struct sheet_column){ .group = -1 };
    return c;
}

struct sheet_group *sheet_group(struct sheet *s, struct slice title)
{
    s->groups = arena_grow(&s->arena, s->groups, s->group_count, sizeof *s->groups);
    struct sheet_group *g = &s->groups[s->group_count++];
    *g = (struct sheet_group){ .title = title };
    return g;
}

struct sheet_cell sheet_cell(struct sheet *s, size_t row, size_t column)
{
    struct sheet_cell cell = { .heat = -1 };
    s->in_cell = true;
    s->cell(s, row, column, &cell);
    s->in_cell = false;
    return cell;
}

struct slice sheet_text(struct sheet *s, const char *format, ...)
{
    char text[512];
    va_list args;
    va_start(args, format);
    int n = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    size_t length = n < 0 ? 0 : (size_t)n < sizeof text ? (size_t)n : sizeof text - 1;
    return slice_of(arena_dup(arena_of(s), text, length), length);
}

struct slice sheet_join(struct sheet *s, struct slice a, const char *between, struct slice b)
{
    size_t n = strlen(between);
    char *text = arena_text(arena_of(s), a.n + n + b.n + 1);
    if (a.n)
        memcpy(text, a.p, a.n);
    memcpy(text + a.n, between, n);
    if (b.n)
        memcpy(text + a.n + n, b.p, b.n);
    return slice_of(text, a.n + n + b.n);
}

struct slice sheet_number(struct sheet *s, struct decimal d)
{
    struct buf b = { 0 };
    decimal_write(d, &b);
    struct slice text = slice_of(arena_dup(arena_of(s), b.p, b.n), b.n);
    buf_done(&b);
    return text;
}
