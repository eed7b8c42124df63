#include "write/compare.h"

#include <stdlib.h>

/* Whether a column begins a cell on pages and screens. */
static bool begins(const struct sheet *s, size_t i)
{
    const struct sheet_column *c = &s->columns[i];
    if (c->part == SHEET_DATA && !c->owner)
        return false;
    return !c->owner || !i || s->columns[i - 1].owner != c->owner ||
           s->columns[i - 1].group != c->group;
}

size_t compare_columns(const struct sheet *s, size_t group, size_t **out)
{
    size_t n = 0;
    *out = mem_alloc((s->column_count + 1) * sizeof **out);
    for (size_t i = 0; i < s->column_count; i++)
        if ((s->columns[i].group < 0 || (size_t)s->columns[i].group == group) && begins(s, i))
            (*out)[n++] = i;
    return n;
}

size_t compare_lines(struct sheet *s, size_t row, size_t column,
                     struct compare_line out[COMPARE_LINES])
{
    size_t owner = s->columns[column].owner, n = 0;
    for (size_t i = column;
         i < s->column_count && (i == column || (owner && s->columns[i].owner == owner)); i++) {
        enum sheet_part part = s->columns[i].part;
        struct sheet_cell cell =
            part == SHEET_DATA ? (struct sheet_cell){ .heat = -1 } : sheet_cell(s, row, i);
        if (!cell.text.n)
            continue;
        if (part == SHEET_SUFFIX && n && out[n - 1].suffixes < 4)
            out[n - 1].suffix[out[n - 1].suffixes++] = cell;
        else if (part != SHEET_SUFFIX && n < COMPARE_LINES)
            out[n++] =
                (struct compare_line){ .head = part == SHEET_LINE ? s->columns[i].head : SLICE_NONE,
                                       .cell = cell };
    }
    return n;
}

bool compare_place(struct slice *places, struct slice *place)
{
    ptrdiff_t bar = slice_find(*places, SLICE(" | "));
    size_t n = bar < 0 ? places->n : (size_t)bar, skip = bar < 0 ? 0 : 3;
    *place = slice_of(places->p, n);
    *places = slice_of(places->p + n + skip, places->n - n - skip);
    return n > 0;
}

struct slice compare_spot(struct slice place)
{
    size_t at = place.n;
    for (int colons = 0; at > 0; at--)
        if (place.p[at - 1] == ':' && ++colons == 2)
            break;
    return slice_of(place.p + at, place.n - at);
}

bool compare_has(struct sheet *s, size_t row, const size_t *columns, size_t count)
{
    struct compare_line lines[COMPARE_LINES];
    for (size_t i = 0; i < count; i++)
        if (s->columns[columns[i]].group >= 0 && compare_lines(s, row, columns[i], lines))
            return true;
    return false;
}
