#include "base/csv_read.h"

#include "base/file.h"
#include "base/mem.h"

#include <stdlib.h>

struct reader {
    struct csv_file *f;
    char *at, *end; /* cells are unquoted in place */
    size_t line, count, room, rows;
    const char *fault;
};

static void add_cell(struct reader *r, struct slice cell)
{
    if (r->count == r->room) {
        r->room = r->room ? r->room * 2 : 256;
        r->f->cells = mem_realloc(r->f->cells, r->room * sizeof *r->f->cells);
    }
    r->f->cells[r->count++] = cell;
}

static void add_line(struct reader *r)
{
    if ((r->rows & (r->rows - 1)) == 0)
        r->f->lines = mem_realloc(r->f->lines, (r->rows ? r->rows * 2 : 1) * sizeof *r->f->lines);
    r->f->lines[r->rows++] = r->line;
}

static bool at_line_end(const struct reader *r)
{
    return r->at == r->end || *r->at == '\n' || (*r->at == '\r' && r->at + 1 < r->end && r->at[1] == '\n');
}

static void read_plain(struct reader *r)
{
    char *start = r->at;
    while (r->at < r->end && *r->at != ',' && *r->at != '"' && !at_line_end(r))
        r->at++;
    if (r->at < r->end && *r->at == '"')
        r->fault = "quote in the midst of a cell";
    add_cell(r, slice_of(start, (size_t)(r->at - start)));
}

static void read_quoted(struct reader *r)
{
    char *start = ++r->at, *to = start;
    for (; r->at < r->end; r->at++) {
        if (*r->at == '\n')
            r->line++;
        if (*r->at == '"') {
            if (r->at + 1 == r->end || r->at[1] != '"')
                break;
            r->at++;
        }
        *to++ = *r->at;
    }
    if (r->at == r->end) {
        r->fault = "quote without its end";
        return;
    }
    r->at++;
    if (!at_line_end(r) && *r->at != ',')
        r->fault = "text after a quoted cell";
    add_cell(r, slice_of(start, (size_t)(to - start)));
}

static void read_row(struct reader *r)
{
    size_t before = r->count;
    add_line(r);
    for (;;) {
        if (r->at < r->end && *r->at == '"')
            read_quoted(r);
        else
            read_plain(r);
        if (r->fault || at_line_end(r))
            break;
        r->at++;
    }
    if (r->rows == 1)
        r->f->columns = r->count;
    else if (!r->fault && r->count - before != r->f->columns)
        r->fault = "number of cells differs from the header";
}

static void skip_line_end(struct reader *r)
{
    if (r->at < r->end && *r->at == '\r')
        r->at++;
    if (r->at < r->end)
        r->at++;
    r->line++;
}

bool csv_read(struct csv_file *f, const char *path, struct buf *error)
{
    *f = (struct csv_file){0};
    if (!file_read(path, &f->text, SIZE_MAX, error)) {
        csv_done(f);
        return false;
    }
    struct reader r = {.f = f, .at = f->text.p, .end = f->text.p + f->text.n, .line = 1};
    if (slice_starts(buf_view(&f->text), SLICE("\xEF\xBB\xBF")))
        r.at += 3;
    while (r.at < r.end && !r.fault) {
        read_row(&r);
        if (!r.fault)
            skip_line_end(&r);
    }
    if (!r.fault && !r.rows)
        r.fault = "no header row";
    if (r.fault) {
        buf_printf(error, "%s:%zu: %s", path, r.rows ? f->lines[r.rows - 1] : 1, r.fault);
        csv_done(f);
        return false;
    }
    f->rows = r.rows - 1;
    return true;
}

void csv_done(struct csv_file *f)
{
    buf_done(&f->text);
    free(f->cells);
    free(f->lines);
    *f = (struct csv_file){0};
}

int csv_column(const struct csv_file *f, const char *name)
{
    for (size_t i = 0; i < f->columns; i++)
        if (slice_eq(f->cells[i], slice_cstr(name)))
            return (int)i;
    return -1;
}

struct slice csv_name(const struct csv_file *f, size_t column)
{
    return f->cells[column];
}

struct slice csv_cell(const struct csv_file *f, size_t row, int column)
{
    return column < 0 ? SLICE_NONE : f->cells[(row + 1) * f->columns + (size_t)column];
}

size_t csv_line(const struct csv_file *f, size_t row)
{
    return f->lines[row + 1];
}
