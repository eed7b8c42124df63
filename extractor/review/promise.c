#include "review/promise.h"

#include "base/index.h"
#include "review/likeness.h"

static bool is(const struct claim *c, const char *role, int year)
{
    return slice_eq(c->role, slice_cstr(role)) && c->year == year;
}

static bool same_name(const struct claim *x, const struct claim *y)
{
    return wording_same(x->name, y->name) && wording_same(x->breakdown, y->breakdown);
}

static bool same_code(const struct claim *x, const struct claim *y)
{
    return x->code.n && y->code.n ? slice_eq(x->code, y->code) : false;
}

/* The only claim of the indicator with that role and year; among several of its code, the one of its name. */
static const struct claim *claim_like(const struct diff *d, int side, const struct claim *like, const char *role, int year)
{
    const struct claim *by_code = NULL, *by_name = NULL;
    size_t of_code = 0;
    for (size_t i = 0; i < d->claim_count[side]; i++) {
        const struct claim *c = &d->claims[side][i];
        if (!is(c, role, year) || (c->target && (by_code || by_name)))
            continue;
        if (!by_name && same_name(c, like) && (same_code(c, like) || !c->code.n || !like->code.n))
            by_name = c;
        if (same_code(c, like) && c->kind != VALUE_NONE) {
            of_code++;
            by_code = c;
        }
    }
    if (by_name)
        return by_name;
    return of_code == 1 && by_code->kind != VALUE_GRADE ? by_code : NULL;
}

/* ---- reached or not ---- */

/* What the order of the figure reached to the one promised means for a bound; by the direction for a plain number. */
static enum promise_result judge(struct grammar *g, const struct claim *promised, const struct claim *reached)
{
    enum claim_order order = claim_compare(g, promised, reached, NULL);
    enum direction direction = claim_direction(g, promised->code);
    struct slice op = promised->op.n ? promised->op : SLICE("=");
    bool up = op.p[0] == '>' || (op.p[0] == '=' && direction == DIRECTION_UP);
    bool down = op.p[0] == '<' || (op.p[0] == '=' && direction == DIRECTION_DOWN);
    bool strict = slice_eq(op, SLICE(">")) || slice_eq(op, SLICE("<"));
    bool plain = !reached->op.n || slice_eq(reached->op, SLICE("="));
    if (order == CLAIM_APART || order == CLAIM_SPREAD || op.p[0] == '~' || !plain || promised->high.n || reached->high.n)
        return RESULT_UNKNOWN;
    if (order == CLAIM_SAME || order == CLAIM_BOUND)
        return strict ? RESULT_MISSED : RESULT_MET;
    if (!up && !down)
        return RESULT_UNKNOWN;
    return (order == CLAIM_RAISED) == up ? RESULT_MET : RESULT_MISSED;
}

static bool restates_otherwise(struct grammar *g, const struct claim *promised, const struct claim *restated)
{
    enum claim_order order = claim_compare(g, promised, restated, NULL);
    return order == CLAIM_APART ? !wording_same(promised->raw, restated->raw) : order != CLAIM_SAME;
}

static struct promise *add_promise(struct diff *d, struct promise ***end, struct promise p)
{
    struct promise *out = arena_alloc(&d->arena, sizeof *out);
    *out = p;
    out->next = NULL;
    **end = out;
    *end = &out->next;
    return out;
}

static void judge_promise(struct diff *d, struct promise *p)
{
    const struct claim *before = p->reached ? p->reached : p->promised;
    const struct claim *wanted = p->promised ? p->promised : p->restated;
    p->by_restated = !p->promised && p->restated;
    if (wanted && p->reached)
        p->result = judge(d->grammar, wanted, p->reached);
    p->differs = p->promised && p->restated && restates_otherwise(d->grammar, p->promised, p->restated);
    p->trend = CLAIM_APART;
    if (p->next_target && before) {
        if (p->reached && claim_compare(d->grammar, p->reached, p->next_target, NULL) == CLAIM_APART && p->promised)
            before = p->promised;
        p->trend_of_reached = before == p->reached;
        p->trend = claim_compare(d->grammar, before, p->next_target, NULL);
        p->strictness = claim_strictness(d->grammar, before, p->next_target);
    }
}

/* A key under which an indicator is listed once. */
static void promise_key(const struct claim *c, struct buf *out)
{
    out->n = 0;
    buf_slice(out, c->code);
    buf_char(out, '/');
    if (!c->code.n || c->kind == VALUE_GRADE || c->breakdown.n)
        wording_of(c->name, out);
    buf_char(out, '/');
    wording_of(c->breakdown, out);
}

struct listing {
    struct diff *d;
    struct index said;
    struct promise **end;
    struct buf key;
    int old_end, new_end;
};

static bool said_before(struct listing *l, const struct claim *c)
{
    promise_key(c, &l->key);
    struct slice key = buf_view(&l->key);
    if (index_get(&l->said, key))
        return true;
    *index_put(&l->said, slice_of(arena_dup(&l->d->arena, key.p, key.n), key.n)) = 1;
    return false;
}

/* One line: of what the old plan promises, then of what the new one restates or promises besides. */
static void list_indicator(struct listing *l, const struct claim *c)
{
    struct diff *d = l->d;
    int old = d->older;
    struct promise p = {.name = c->name};
    if (said_before(l, c))
        return;
    p.promised = claim_like(d, old, c, "target", l->old_end);
    p.restated = claim_like(d, !old, c, "target", l->old_end);
    p.reached = claim_like(d, !old, c, "actual", l->old_end);
    if (!p.reached || p.reached->kind == VALUE_NONE) {
        const struct claim *base = claim_like(d, !old, c, "base", l->old_end);
        p.reached = base ? base : p.reached;
    }
    p.next_target = claim_like(d, !old, c, "target", l->new_end);
    const struct claim *named = p.promised ? p.promised : p.restated ? p.restated : c;
    const struct claim *others[] = {p.promised, p.restated, p.reached, p.next_target};
    for (size_t i = 0; i < 4; i++)
        if (others[i])
            said_before(l, others[i]);
    p.name = named->name;
    judge_promise(d, add_promise(d, &l->end, p));
}

void promise_make(struct diff *d)
{
    const struct plan *a = d->plan[0], *b = d->plan[1];
    int ends[2] = {claim_plan_year(a, META_END_YEAR), claim_plan_year(b, META_END_YEAR)};
    if (!a->meta[META_REGION_CODE].value.n || !ends[0] || !ends[1] || ends[0] == ends[1] ||
        !slice_eq(a->meta[META_REGION_CODE].value, b->meta[META_REGION_CODE].value))
        return;
    d->periods = true;
    d->older = ends[1] < ends[0];
    struct listing l = {.d = d, .end = &d->promises, .old_end = ends[d->older], .new_end = ends[!d->older]};
    for (int s = 0; s < 2; s++) {
        int side = s ? !d->older : d->older;
        for (size_t i = 0; i < d->claim_count[side]; i++) {
            const struct claim *c = &d->claims[side][i];
            if (is(c, "target", l.old_end) || (s && is(c, "target", l.new_end)))
                list_indicator(&l, c);
        }
    }
    buf_done(&l.key);
    index_done(&l.said);
}
