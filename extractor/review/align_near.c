/* What is near a record without a partner, but not near enough to be one. */
#include "review/align.h"

#include <stdlib.h>

/* A heading and a lead are of one thing from this likeness on (0 to 1000). */
enum { LIKE_HEADING = 600 };

static void note_near(const struct match *m, const bool *paired, struct near *near[2])
{
    for (uint32_t a = 0; a < m->count[0]; a++) {
        struct match_item *x = &m->items[0][a];
        if (paired[a] || x->mate == ASSIGN_NONE)
            continue;
        near[0][a] = (struct near){.place = x->mate, .likeness = x->likeness};
        near[1][x->mate] = (struct near){.place = a, .likeness = x->likeness};
    }
}

void align_near(struct match *m, int least, struct near *near[2])
{
    size_t rough = m->rough, thinned = m->thinned;
    bool *paired = mem_alloc(m->count[0] + 1);
    for (size_t a = 0; a < m->count[0]; a++)
        paired[a] = m->items[0][a].mate != ASSIGN_NONE;
    match_alike(m, least);
    note_near(m, paired, near);
    for (size_t a = 0; a < m->count[0]; a++) {
        struct match_item *x = &m->items[0][a];
        if (paired[a] || x->mate == ASSIGN_NONE)
            continue;
        m->items[1][x->mate] = (struct match_item){.text = m->items[1][x->mate].text, .mate = ASSIGN_NONE};
        *x = (struct match_item){.text = x->text, .mate = ASSIGN_NONE};
    }
    m->rough = rough;
    m->thinned = thinned;
    free(paired);
}

/* The sections of a plan, then its measures. */
struct headings {
    struct match match;
    const struct alignment *al;
};

static bool is_section(const struct headings *h, int side, size_t i)
{
    return i < h->al->sections.match.count[side];
}

static int refine_heading(void *ctx, size_t a, size_t b, int likeness)
{
    return is_section(ctx, 0, a) == is_section(ctx, 1, b) ? -1 : likeness;
}

static void fill_headings(struct headings *h, int side)
{
    const struct aligned *sections = &h->al->sections, *measures = &h->al->measures;
    for (size_t i = 0; i < h->match.count[side]; i++) {
        bool is = is_section(h, side, i);
        size_t place = is ? i : i - sections->match.count[side];
        const struct aligned *g = is ? sections : measures;
        if (is)
            h->match.items[side][i].text = ((const struct section *)g->items[side][place])->title;
        else
            h->match.items[side][i].text = ((const struct measure *)g->items[side][place])->lead;
        if (!is && g->match.items[side][place].mate != ASSIGN_NONE)
            h->match.items[side][i].mate = 0; /* takes no part */
    }
}

void align_headings(struct diff *d, struct alignment *al)
{
    struct headings h = {.match = {.arena = &d->arena, .swapped = d->swapped, .refine = refine_heading}, .al = al};
    size_t sections[2] = {al->sections.match.count[0], al->sections.match.count[1]};
    struct near *near[2];
    h.match.ctx = &h;
    match_init(&h.match, sections[0] + al->measures.match.count[0], sections[1] + al->measures.match.count[1]);
    for (int s = 0; s < 2; s++) {
        fill_headings(&h, s);
        near[s] = mem_alloc((h.match.count[s] + 1) * sizeof *near[s]);
        for (size_t i = 0; i < h.match.count[s]; i++)
            near[s][i].place = ASSIGN_NONE;
    }
    align_near(&h.match, LIKE_HEADING, near);
    for (int s = 0; s < 2; s++) {
        for (size_t i = 0; i < h.match.count[s]; i++) {
            if (near[s][i].place == ASSIGN_NONE)
                continue;
            bool is = is_section(&h, s, i);
            struct near *own = is ? &al->sections.near[s][i] : &al->measures.near[s][i - sections[s]];
            *own = (struct near){near[s][i].place - (is ? (uint32_t)sections[!s] : 0), near[s][i].likeness, true};
        }
        free(near[s]);
    }
}
