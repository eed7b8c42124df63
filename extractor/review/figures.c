#include "review/figures.h"

#include "base/index.h"

#include <limits.h>
#include <stdlib.h>

/* ---- rows ---- */

enum { NO_TIME = INT_MIN, FAR = 10000 };

int claim_time(const struct claim *c)
{
    int end = claim_plan_year(c->plan, META_END_YEAR);
    if (!c->year)
        return NO_TIME;
    if (!end)
        return c->year;
    return c->year > end ? FAR + c->year : c->year - end;
}

static bool one_row(const struct claim *x, const struct claim *y)
{
    const struct indicator *i = x->observation, *j = y->observation;
    return i && j && i->box == j->box && slice_eq(i->row_no, j->row_no) && slice_eq(i->name, j->name) &&
           slice_eq(i->breakdown, j->breakdown);
}

static enum figure_sort sort_of(const struct claim *c)
{
    if (!c->observation)
        return FIGURE_PROSE;
    return c->observation->box->kind == BOX_COMPLETION ? FIGURE_RESULT : FIGURE_ROW;
}

static struct figure_row row_of(const struct claim *claims, size_t left)
{
    struct figure_row r = {.claims = claims, .count = 1, .lead = claims, .sort = sort_of(claims), .row = ASSIGN_NONE,
                           .said = ASSIGN_NONE, .next_said = ASSIGN_NONE, .joint = ASSIGN_NONE,
                           .part = ASSIGN_NONE, .next_part = ASSIGN_NONE};
    while (r.count < left && one_row(claims, claims + r.count))
        r.count++;
    for (size_t i = 0; i < r.count; i++)
        if (slice_eq(claims[i].role, SLICE("target")))
            r.lead = &claims[i];
    return r;
}

const struct claim *figure_at(const struct figure_row *r, const struct claim *like)
{
    for (size_t i = 0; i < r->count; i++)
        if (slice_eq(r->claims[i].role, like->role) && claim_time(&r->claims[i]) == claim_time(like))
            return &r->claims[i];
    return NULL;
}

static bool is_rival(const struct figure_row *x, const struct figure_row *y)
{
    for (size_t i = 0; x->sort == y->sort && i < x->count; i++)
        if (figure_at(y, &x->claims[i]))
            return true;
    return false;
}

/* Rows of one code and time in one plan: 大沙河 and 卧龙河 of 水质. Chained by code, so that few are compared. */
static void count_rivals(struct figure_row *rows, size_t n)
{
    struct index codes = {0};
    size_t *next = mem_zalloc((n + 1) * sizeof *next);
    for (size_t i = 0; i < n; i++) {
        if (!rows[i].lead->code.n)
            continue;
        size_t *last = index_put(&codes, rows[i].lead->code), compared = 0;
        for (size_t j = *last; j && compared < 64; j = next[j - 1], compared++) {
            bool rival = is_rival(&rows[i], &rows[j - 1]);
            rows[i].rivals += rival;
            rows[j - 1].rivals += rival;
        }
        next[i] = *last;
        *last = i + 1;
    }
    free(next);
    index_done(&codes);
}

static void full_name(const struct claim *c, struct buf *out)
{
    wording_of(c->name, out);
    if (c->breakdown.n) {
        buf_char(out, '/');
        wording_of(c->breakdown, out);
    }
}

/* ---- prose that says a row again ---- */

struct comparable figure_comparable(const struct claim *c)
{
    return c->observation ? c->observation->comparable : c->target->comparable;
}

bool figure_whole_area(struct grammar *g, struct slice scope)
{
    struct lexicon_hit hit;
    if (!scope.n)
        return true;
    return lexicon_find(grammar_lexicon(g, LEX_WORDS), scope, &hit) &&
           slice_eq(grammar_cell(g, LEX_WORDS, hit.row, "class"), SLICE("scope"));
}

static bool is_number(const struct claim *c)
{
    return c->kind == VALUE_NUMBER || c->kind == VALUE_RANGE || c->kind == VALUE_RELATIVE;
}

/* Two numbers that cannot be compared, by year and over the period, are of two things. */
static bool says_again(const struct figures *f, const struct figure_row *r, const struct claim *c)
{
    const struct claim *own = figure_at(r, c);
    if (!own || r->rivals || !figure_whole_area(f->d->grammar, c->scope))
        return false;
    return !is_number(own) || !is_number(c) || figures_order(f->d, own, c) != CLAIM_APART;
}

/* The first row of each code and concept. */
static void index_targets(const struct figures *f, int side, struct index *codes, struct index *concepts)
{
    for (size_t i = f->count[side]; i-- > 0;) {
        const struct figure_row *r = &f->rows[side][i];
        struct slice concept = figure_comparable(r->lead).value.n ? figure_comparable(r->lead).concept : SLICE_NONE;
        if (r->sort == FIGURE_ROW && r->lead->code.n)
            *index_put(codes, r->lead->code) = i + 1;
        if (r->sort == FIGURE_ROW && concept.n)
            *index_put(concepts, concept) = i + 1;
    }
}

static void find_said(struct figures *f, int side)
{
    struct index codes = {0}, concepts = {0};
    index_targets(f, side, &codes, &concepts);
    for (size_t i = f->count[side]; i-- > 0;) {
        struct figure_row *r = &f->rows[side][i];
        struct comparable k = figure_comparable(r->lead);
        const size_t *found = r->sort != FIGURE_PROSE || !r->lead->code.n ? NULL : index_get(&codes, r->lead->code);
        if (!found && r->sort == FIGURE_PROSE && k.concept.n && k.value.n)
            found = index_get(&concepts, k.concept);
        if (!found || !says_again(f, &f->rows[side][*found - 1], r->lead))
            continue;
        struct figure_row *own = &f->rows[side][*found - 1];
        r->row = (uint32_t)(*found - 1);
        r->next_said = own->said;
        own->said = (uint32_t)i;
    }
    index_done(&codes);
    index_done(&concepts);
}

/* ---- all ---- */

static void make_side(struct figures *f, int side)
{
    struct diff *d = f->d;
    struct figure_row *rows = f->rows[side] = arena_alloc(&d->arena, (d->claim_count[side] + 1) * sizeof *rows);
    for (size_t i = 0; i < d->claim_count[side];) {
        struct figure_row r = row_of(d->claims[side] + i, d->claim_count[side] - i);
        rows[f->count[side]++] = r;
        i += r.count;
    }
    count_rivals(rows, f->count[side]);
    find_said(f, side);
}

void figures_make(struct diff *d, struct figures *f)
{
    struct buf name = {0};
    *f = (struct figures){.d = d, .match = {.arena = &d->arena, .swapped = d->swapped}};
    make_side(f, 0);
    make_side(f, 1);
    match_init(&f->match, f->count[0], f->count[1]);
    for (int s = 0; s < 2; s++) {
        for (size_t i = 0; i < f->count[s]; i++) {
            name.n = 0;
            full_name(f->rows[s][i].lead, &name);
            f->match.items[s][i].text = slice_of(arena_dup(&d->arena, name.p, name.n), name.n);
        }
    }
    buf_done(&name);
    figures_pair(f);
}
