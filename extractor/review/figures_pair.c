/* Which indicator of one plan is which of the other. */
#include "review/figures.h"

enum stage { BY_NAME, BY_CODE, BY_CONCEPT, BY_NAME_ALONE, BY_LIKENESS };

struct pairing {
    struct figures *f;
    enum stage stage;
    enum figure_sort sort; /* both are of this sort … */
    bool across;           /* … or one is a row of a table, the other prose */
};

/* The least likeness of names of figures without a code, and of grades and breakdowns. */
enum { LIKE_FIGURE = 720, LIKE_PLACE = 600 };

/* 全县 and nothing are one scope; 城区 and 乡镇 are two. */
static bool scopes_differ(const struct figures *f, const struct claim *x, const struct claim *y)
{
    struct grammar *g = f->d->grammar;
    if (figure_whole_area(g, x->scope) && figure_whole_area(g, y->scope))
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

static bool has_words(const struct claim *c)
{
    return c->kind == VALUE_DELEGATED || c->kind == VALUE_QUALITATIVE;
}

static bool converts(const struct figure_row *r)
{
    for (size_t i = 0; i < r->count; i++)
        if (figure_comparable(&r->claims[i]).value.n)
            return true;
    return false;
}

/* Whether values of both at one time were converted or left to the superior: 优良天数 and 优良天数比例. A rate and an
 * amount were not. */
static bool converted(const struct figure_row *r, const struct figure_row *s)
{
    for (size_t i = 0; (converts(r) || converts(s)) && i < r->count; i++) {
        const struct claim *c = &r->claims[i], *other = figure_at(s, c);
        if (other && (figure_comparable(c).value.n || has_words(c)) && (figure_comparable(other).value.n || has_words(other)))
            return true;
    }
    return false;
}

static int common_times(const struct figure_row *x, const struct figure_row *y)
{
    int n = 0;
    for (size_t i = 0; i < x->count; i++)
        n += figure_at(y, &x->claims[i]) != NULL;
    return n;
}

static bool takes_part(void *ctx, int side, size_t i)
{
    const struct pairing *p = ctx;
    const struct figure_row *r = &p->f->rows[side][i];
    if (r->row != ASSIGN_NONE)
        return false;
    return p->across ? r->sort != FIGURE_RESULT : r->sort == p->sort;
}

/* Of several with one code and time none is told by the code alone; of the prose across, the likest. */
static bool code_is_enough(const struct pairing *p, const struct figure_row *r, const struct figure_row *s)
{
    return !(r->rivals && (!p->across || r->sort == FIGURE_ROW)) && !(s->rivals && (!p->across || s->sort == FIGURE_ROW));
}

static int refine_row(void *ctx, size_t a, size_t b, int likeness)
{
    const struct pairing *p = ctx;
    const struct figure_row *r = &p->f->rows[0][a], *s = &p->f->rows[1][b];
    const struct claim *x = r->lead, *y = s->lead;
    int times = common_times(r, s);
    bool enough = code_is_enough(p, r, s);
    struct pairs n = pairs_of(p->f->match.arena, p->f->match.items[0][a].text);
    struct pairs m = pairs_of(p->f->match.arena, p->f->match.items[1][b].text);
    int name = pairs_likeness(&n, &m);
    if (p->across ? r->sort == s->sort : r->sort == FIGURE_RESULT && x->year != y->year)
        return -1;
    if (!times || scopes_differ(p->f, x, y) || (p->stage != BY_NAME && !x->code.n && acts_differ(x, y)))
        return -1;
    if (p->stage == BY_CODE && (!enough || (needs_name(x, y) && name < LIKE_PLACE)))
        return -1;
    if (p->stage == BY_CONCEPT && (!enough || !converted(r, s)))
        return -1;
    if (p->stage == BY_LIKENESS && ((x->code.n && y->code.n) || !slice_eq(x->unit_code, y->unit_code)))
        return -1;
    if (p->stage == BY_LIKENESS)
        return likeness < name ? likeness : name;
    return 400 + name / 2 + (times > 2 ? 2 : times) * 50;
}

static void key_row(void *ctx, int side, size_t i, struct buf *out)
{
    const struct pairing *p = ctx;
    const struct figure_row *r = &p->f->rows[side][i];
    if (!takes_part(ctx, side, i))
        return;
    if (p->stage == BY_CODE || p->stage == BY_NAME)
        buf_slice(out, r->lead->code);
    if (p->stage == BY_CONCEPT)
        buf_slice(out, figure_comparable(r->lead).concept);
    if (p->stage == BY_NAME && out->n)
        buf_char(out, '/');
    if ((p->stage == BY_NAME && out->n) || p->stage == BY_NAME_ALONE)
        buf_slice(out, p->f->match.items[side][i].text);
}

static void pair_by(struct pairing *p, enum stage first, enum stage last)
{
    static const char *const names[] = {"code", "code", "concept", "name"};
    for (p->stage = first; p->stage <= last && p->stage < BY_LIKENESS; p->stage++)
        match_keys(&p->f->match, names[p->stage]);
    if (p->stage == BY_LIKENESS)
        match_alike(&p->f->match, LIKE_FIGURE);
}

void figures_pair(struct figures *f)
{
    struct pairing p = {.f = f, .sort = FIGURE_RESULT};
    f->match.ctx = &p;
    f->match.refine = refine_row;
    f->match.key = key_row;
    f->match.part = takes_part;
    pair_by(&p, BY_NAME, BY_LIKENESS);
    p.sort = FIGURE_ROW;
    pair_by(&p, BY_NAME, BY_LIKENESS);
    p.across = true;
    pair_by(&p, BY_CODE, BY_CONCEPT);
    figures_join(f);
    p.across = false;
    p.sort = FIGURE_PROSE;
    pair_by(&p, BY_NAME, BY_LIKENESS);
    f->match.ctx = NULL;
    f->d->rough += f->match.rough;
    f->d->ordered += f->match.ordered;
    f->d->thinned += f->match.thinned;
}
