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

static bool is_role(const struct claim *c, struct slice role)
{
    return slice_eq(c->role, role);
}

static struct figure_row row_of(const struct claim *claims, size_t left)
{
    struct figure_row r = {.claims = claims, .count = 1, .lead = claims};
    while (r.count < left && one_row(claims, claims + r.count))
        r.count++;
    for (size_t i = 0; i < r.count; i++)
        if (is_role(&claims[i], SLICE("target")))
            r.lead = &claims[i];
    return r;
}

static const struct claim *claim_at(const struct figure_row *r, const struct claim *like)
{
    for (size_t i = 0; i < r->count; i++)
        if (is_role(&r->claims[i], like->role) && claim_time(&r->claims[i]) == claim_time(like))
            return &r->claims[i];
    return NULL;
}

static size_t common_times(const struct figure_row *x, const struct figure_row *y)
{
    size_t n = 0;
    for (size_t i = 0; i < x->count; i++)
        n += claim_at(y, &x->claims[i]) != NULL;
    return n;
}

static size_t rows_of(struct diff *d, int side, bool prose, struct figure_row *rows)
{
    size_t n = 0;
    const struct claim *claims = d->claims[side];
    for (size_t i = 0; i < d->claim_count[side];) {
        struct figure_row r = row_of(claims + i, d->claim_count[side] - i);
        if ((claims[i].target != NULL) == prose)
            rows[n++] = r;
        i += r.count;
    }
    return n;
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
            bool rival = common_times(&rows[i], &rows[j - 1]) > 0;
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

static void figures_init(struct diff *d, bool prose, struct figures *f)
{
    struct buf name = {0};
    *f = (struct figures){.d = d, .match = {.arena = &d->arena, .swapped = d->swapped}};
    for (int s = 0; s < 2; s++) {
        f->rows[s] = arena_alloc(&d->arena, (d->claim_count[s] + 1) * sizeof *f->rows[s]);
        f->count[s] = rows_of(d, s, prose, f->rows[s]);
        count_rivals(f->rows[s], f->count[s]);
    }
    match_init(&f->match, f->count[0], f->count[1]);
    for (int s = 0; s < 2; s++) {
        for (size_t i = 0; i < f->count[s]; i++) {
            name.n = 0;
            full_name(f->rows[s][i].lead, &name);
            f->match.items[s][i].text = slice_of(arena_dup(&d->arena, name.p, name.n), name.n);
        }
    }
    buf_done(&name);
}

/* ---- pairing ---- */

enum stage { BY_NAME, BY_CODE, BY_CONCEPT, BY_NAME_ALONE, BY_LIKENESS };

struct pairing {
    struct figures *f;
    enum stage stage;
};

static bool is_whole_area(struct grammar *g, struct slice scope)
{
    struct lexicon_hit hit;
    if (!scope.n)
        return true;
    return lexicon_find(grammar_lexicon(g, LEX_WORDS), scope, &hit) &&
           slice_eq(grammar_cell(g, LEX_WORDS, hit.row, "class"), SLICE("scope"));
}

/* 全县 and nothing are one scope; 城区 and 乡镇 are two. */
static bool scopes_differ(const struct figures *f, const struct claim *x, const struct claim *y)
{
    struct grammar *g = f->d->grammar;
    if (is_whole_area(g, x->scope) && is_whole_area(g, y->scope))
        return false;
    return !wording_same(x->scope, y->scope);
}

static bool acts_differ(const struct claim *x, const struct claim *y)
{
    return x->target && y->target && !slice_eq(x->target->act, y->target->act);
}

/* A grade or a count of one kind of thing is told by the name of the place: 大沙河 and 卧龙河 are two. */
static bool needs_name(const struct claim *x, const struct claim *y)
{
    return x->kind == VALUE_GRADE || y->kind == VALUE_GRADE || (x->breakdown.n && y->breakdown.n);
}

static struct comparable comparable_of(const struct claim *c)
{
    return c->observation ? c->observation->comparable : c->target->comparable;
}

/* Whether a value of both at one time was converted: 优良天数 and 优良天数比例. A rate and an amount were not. */
static bool converted(const struct figure_row *r, const struct figure_row *s)
{
    for (size_t i = 0; i < r->count; i++) {
        const struct claim *other = claim_at(s, &r->claims[i]);
        if (other && comparable_of(&r->claims[i]).value.n && comparable_of(other).value.n)
            return true;
    }
    return false;
}

static int refine_row(void *ctx, size_t a, size_t b, int likeness)
{
    const struct pairing *p = ctx;
    const struct figure_row *r = &p->f->rows[0][a], *s = &p->f->rows[1][b];
    const struct claim *x = r->lead, *y = s->lead;
    size_t times = common_times(r, s);
    bool alone = !r->rivals && !s->rivals;
    struct pairs n = pairs_of(p->f->match.arena, p->f->match.items[0][a].text);
    struct pairs m = pairs_of(p->f->match.arena, p->f->match.items[1][b].text);
    int name = pairs_likeness(&n, &m);
    if (!times || scopes_differ(p->f, x, y) || (p->stage != BY_NAME && !x->code.n && acts_differ(x, y)))
        return -1;
    if (p->stage == BY_CODE && (!alone || (needs_name(x, y) && name < 600)))
        return -1;
    if (p->stage == BY_CONCEPT && (!alone || !converted(r, s)))
        return -1;
    if (p->stage == BY_LIKENESS && ((x->code.n && y->code.n) || !slice_eq(x->unit_code, y->unit_code)))
        return -1;
    if (p->stage == BY_LIKENESS)
        return likeness < name ? likeness : name;
    return 400 + name / 2 + (int)(times > 2 ? 2 : times) * 50;
}

static struct slice concept_of(const struct figure_row *r)
{
    return comparable_of(r->lead).concept;
}

static void key_row(void *ctx, int side, size_t i, struct buf *out)
{
    const struct pairing *p = ctx;
    const struct figure_row *r = &p->f->rows[side][i];
    if (p->stage == BY_CODE || p->stage == BY_NAME)
        buf_slice(out, r->lead->code);
    if (p->stage == BY_CONCEPT)
        buf_slice(out, concept_of(r));
    if (p->stage == BY_NAME && out->n)
        buf_char(out, '/');
    if ((p->stage == BY_NAME && out->n) || p->stage == BY_NAME_ALONE)
        buf_slice(out, p->f->match.items[side][i].text);
}

static void pair_rows(struct figures *f)
{
    static const char *const names[] = {"code", "code", "concept", "name"};
    struct pairing p = {.f = f};
    f->match.ctx = &p;
    f->match.refine = refine_row;
    f->match.key = key_row;
    for (p.stage = BY_NAME; p.stage < BY_LIKENESS; p.stage++)
        match_keys(&f->match, names[p.stage]);
    match_alike(&f->match, 720);
    f->match.ctx = NULL;
    f->d->rough += f->match.rough;
    f->d->ordered += f->match.ordered;
    f->d->thinned += f->match.thinned;
}

void figures_tables(struct diff *d, struct figures *out)
{
    figures_init(d, false, out);
    pair_rows(out);
}

/* The row of the tables that states what a target of the prose states. */
static uint32_t table_row(const struct figures *prose, const struct figures *tables, int side, size_t i)
{
    const struct figure_row *r = &prose->rows[side][i];
    const struct claim *c = r->lead;
    uint32_t found = ASSIGN_NONE;
    for (size_t j = 0; c->code.n && j < tables->count[!side]; j++) {
        const struct figure_row *t = &tables->rows[!side][j];
        if (!slice_eq(t->lead->code, c->code) || t->rivals || !claim_at(t, c) || !is_whole_area(prose->d->grammar, c->scope))
            continue;
        found = (uint32_t)j;
        break;
    }
    return found;
}

void figures_prose(struct diff *d, const struct figures *tables, struct figures *out)
{
    figures_init(d, true, out);
    pair_rows(out);
    for (int s = 0; s < 2; s++) {
        out->in_table[s] = arena_alloc(&d->arena, (out->count[s] + 1) * sizeof *out->in_table[s]);
        for (size_t i = 0; i < out->count[s]; i++)
            out->in_table[s][i] = out->match.items[s][i].mate == ASSIGN_NONE ? table_row(out, tables, s, i) : ASSIGN_NONE;
    }
}
