#include "parse/pages.h"

#include "base/numeral.h"
#include "base/text.h"

#include <stdlib.h>

enum {
    WRAP_BYTES = 300, /* no line of a wrapped text is longer */
    WRAP_LINES = 20,  /* and there are at least so many */
    PAGE_BYTES = 16,  /* of a page number with its dashes */
    GAP_LINES = 2,    /* blank lines between a page number and the text */
    PAGES_JUMP = 3,   /* page numbers that are lost between two */
};

bool pages_broken_off(struct slice s)
{
    uint32_t last = text_last(s);
    bool word = (last >= '0' && last <= '9') || (last >= 'A' && last <= 'Z') || (last >= 'a' && last <= 'z');
    return text_is_han(last) || last == 0xFF0C || last == 0x3001 || last == ',' || word;
}

bool pages_wrapped(const struct plan *p, const struct lines *ls)
{
    const struct source *s = &p->source;
    size_t texts = 0, broken = 0;
    if (s->line_count < WRAP_LINES)
        return false;
    for (uint32_t i = 0; i < s->line_count; i++)
        if (s->line_begin[i + 1] - s->line_begin[i] > WRAP_BYTES)
            return false;
    for (size_t i = 0; i < ls->count; i++) {
        const struct line *l = &ls->list[i];
        if (l->kind != LINE_TEXT)
            continue;
        texts++;
        broken += pages_broken_off(line_body(p, l));
    }
    return texts >= WRAP_LINES && broken * 2 > texts;
}

/* The nearest line before or behind that is not blank; ls->count when it is not near. */
static size_t neighbour(const struct lines *ls, size_t i, bool behind)
{
    for (int n = 0; n <= GAP_LINES; n++) {
        if (behind ? i + 1 == ls->count : i == 0)
            return ls->count;
        i = behind ? i + 1 : i - 1;
        if (!line_is_blank(&ls->list[i]))
            return i;
    }
    return ls->count;
}

/* The number of a page: the line without dashes and blanks. */
static int page_number(const struct plan *p, const struct line *l)
{
    struct slice s = line_body(p, l);
    size_t begin = 0;
    if (s.n > PAGE_BYTES) /* a footer */
        return -1;
    while (begin < s.n && (s.p[begin] < '0' || s.p[begin] > '9'))
        begin++;
    size_t end = begin;
    while (end < s.n && s.p[end] >= '0' && s.p[end] <= '9')
        end++;
    return numeral_count(slice_of(s.p + begin, end - begin));
}

/* Whether the text goes on over the page number at line i. */
static bool parts_text(const struct plan *p, const struct lines *ls, size_t i)
{
    size_t before = neighbour(ls, i, false), behind = neighbour(ls, i, true);
    if (before == ls->count || behind == ls->count)
        return false;
    const struct line *a = &ls->list[before], *b = &ls->list[behind];
    if (b->kind == LINE_ENTRY)
        return true;
    bool text = a->kind == LINE_TEXT || a->kind == LINE_DASH || a->kind == LINE_ITEM || a->kind == LINE_SUBITEM;
    return text && b->kind == LINE_TEXT && pages_broken_off(line_body(p, a));
}

static int by_place(const void *a, const void *b)
{
    const struct mark *x = a, *y = b;
    return (x->span.begin > y->span.begin) - (x->span.begin < y->span.begin);
}

void pages_mark(struct plan *p, struct lines *ls)
{
    int last = 0;
    size_t marks = p->mark_count;
    for (size_t i = 0; i < ls->count; i++) {
        struct line *l = &ls->list[i];
        int number = l->kind == LINE_PAGE ? page_number(p, l) : -1;
        bool next = number > last && number <= last + PAGES_JUMP;
        if (number < 0)
            continue;
        if (next || last == 0)
            last = number;
        if (!next || !parts_text(p, ls, i))
            continue;
        struct span span = {l->body_begin, l->body_end};
        p->marks = arena_grow(&p->arena, p->marks, p->mark_count, sizeof *p->marks);
        p->marks[p->mark_count++] = (struct mark){.span = span, .kind = NODE_NOISE, .name = line_body(p, l)};
        p->marks_pages = true;
        l->kind = LINE_MARKS;
        for (size_t k = i; k-- > 0 && line_is_blank(&ls->list[k]);)
            ls->list[k].amid = true;
        for (size_t k = i; k < ls->count && line_is_blank(&ls->list[k]); k++)
            ls->list[k].amid = true;
    }
    if (p->mark_count > marks)
        qsort(p->marks, p->mark_count, sizeof *p->marks, by_place);
}
