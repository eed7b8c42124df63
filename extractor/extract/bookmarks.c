#include "extract/extract.h"

#include "base/text.h"

/* Whether nothing but blanks and marks stands between two offsets. */
static bool nothing_between(const struct plan *p, size_t mark, uint32_t from, uint32_t to)
{
    while (from < to) {
        size_t at = from;
        if (text_is_blank(text_next(p->source.text.p, p->source.text.n, &at))) {
            from = (uint32_t)at;
            continue;
        }
        while (mark < p->mark_count && p->marks[mark].span.begin < from)
            mark++;
        if (mark == p->mark_count || p->marks[mark].span.begin != from)
            return false;
        from = p->marks[mark].span.end;
    }
    return true;
}

/* A bookmark marks the heading it stands before, in or after; else the section around it. */
void extract_bookmarks(struct plan *p, struct grammar *g)
{
    (void)g;
    struct section *around = NULL, *ahead = p->sections;
    struct section *checked = NULL;
    bool reaches = false;
    for (size_t i = 0; i < p->mark_count; i++) {
        const struct mark *m = &p->marks[i];
        if (m->kind != NODE_BOOKMARK)
            continue;
        while (ahead && ahead->head.begin < m->span.begin) {
            around = ahead;
            ahead = ahead->next;
        }
        /* several in a row: what one reaches, the next one reaches too */
        if (!(reaches && checked == ahead))
            reaches = ahead && ahead->head.begin - m->span.end < 4096 &&
                      nothing_between(p, i, m->span.end, ahead->head.begin);
        checked = ahead;
        struct bookmark *b = arena_alloc(&p->arena, sizeof *b);
        b->name = m->name;
        b->section = reaches ? ahead : around;
        b->span = m->span;
        *p->bookmarks_end = b;
        p->bookmarks_end = &b->next;
    }
}
