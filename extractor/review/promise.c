#include "review/promise.h"

#include "base/index.h"
#include "review/figures.h"
#include "review/joint.h"
#include "review/likeness.h"

/* The least likeness of the names of two indicators that are near. */
enum { LIKE_NEAR = 650 };

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

/* The only claim of the concept that converts. */
static const struct claim *claim_of_concept(const struct diff *d, int side, const struct claim *like, const char *role,
                                            int year)
{
    const struct claim *found = NULL;
    struct claim x, y;
    bool converted;
    for (size_t i = 0; figure_comparable(like).value.n && i < d->claim_count[side]; i++) {
        const struct claim *c = &d->claims[side][i];
        if (!is(c, role, year) || !c->code.n || slice_eq(c->code, like->code) ||
            !figures_convert(like, c, &x, &y, &converted))
            continue;
        if (found)
            return NULL;
        found = c;
    }
    return found;
}

/* A claim that names the indicator beside others. */
static const struct claim *claim_joint(const struct diff *d, int side, const struct claim *like, const char *role, int year)
{
    struct buf code = {0};
    const struct claim *found = NULL;
    if (joint_code(like->code, &code)) {
        struct slice own = joint_own(d->grammar, like->code, buf_view(&code));
        for (size_t i = 0; own.n && !found && i < d->claim_count[side]; i++) {
            const struct claim *c = &d->claims[side][i];
            if (is(c, role, year) && slice_eq(c->code, buf_view(&code)) && slice_find(c->name, own) >= 0)
                found = c;
        }
    }
    buf_done(&code);
    return found;
}

/* ---- reached or not ---- */

/* What the order of the figure reached to the one promised means for a bound; by the direction for a plain number. */
static enum promise_result judge(struct diff *d, const struct claim *promised, const struct claim *reached)
{
    enum claim_order order = figures_order(d, promised, reached);
    enum direction direction = claim_direction(d->grammar, promised->code);
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

static void judge_trend(struct diff *d, struct promise *p)
{
    const struct claim *before = p->reached ? p->reached : p->promised;
    struct claim x, y;
    bool converted;
    if (!p->next_target || !before || p->next_by == NEXT_JOINT || p->next_by == NEXT_NEAR)
        return;
    if (p->reached && figures_order(d, p->reached, p->next_target) == CLAIM_APART && p->promised)
        before = p->promised;
    p->trend_of_reached = before == p->reached;
    p->trend = figures_order(d, before, p->next_target);
    if (figures_convert(before, p->next_target, &x, &y, &converted))
        p->strictness = claim_strictness(d->grammar, &x, &y);
}

static struct slice conversion_note(const struct claim *a, const struct claim *b)
{
    if (!a || !b || !a->code.n || !b->code.n || slice_eq(a->code, b->code))
        return SLICE_NONE;
    return figure_comparable(a).note.n ? figure_comparable(a).note : figure_comparable(b).note;
}

static void judge_promise(struct diff *d, struct promise *p)
{
    const struct claim *wanted = p->promised ? p->promised : p->restated;
    const struct claim *told = p->reached && p->reached->observation ? p->reached : p->restated;
    p->by_restated = !p->promised && p->restated;
    if (wanted && p->reached)
        p->result = judge(d, wanted, p->reached);
    p->differs = p->promised && p->restated && restates_otherwise(d->grammar, p->promised, p->restated);
    p->note = conversion_note(wanted, p->reached);
    if (told && told->observation && told->observation->box->kind == BOX_COMPLETION)
        p->judged = told->observation->remark;
    p->trend = CLAIM_APART;
    judge_trend(d, p);
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

/* Limit: with more targets than that the near ones are not looked for. */
enum { NEAR_LOOK = 2000 };

struct listing {
    struct diff *d;
    const struct claim **next; /* the targets of the new plan */
    struct pairs *names;       /* theirs */
    size_t count;
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

static bool is_given(const struct claim *c)
{
    return c && c->kind != VALUE_NONE;
}

/* The likest of name and of the same unit that the old plan has not. */
static const struct claim *claim_near(const struct listing *l, const struct claim *like)
{
    struct diff *d = l->d;
    struct pairs name = pairs_of(&d->arena, like->name);
    const struct claim *found = NULL;
    int best = LIKE_NEAR - 1;
    for (size_t i = 0; i < l->count; i++) {
        const struct claim *c = l->next[i];
        int likeness = pairs_likeness(&name, &l->names[i]);
        if (likeness <= best || !slice_eq(c->unit_code, like->unit_code) || !wording_same(c->breakdown, like->breakdown) ||
            claim_like(d, d->older, c, "target", l->old_end) || claim_like(d, !d->older, c, "target", l->old_end))
            continue;
        best = likeness;
        found = c;
    }
    return found;
}

static void list_next(struct listing *l)
{
    struct diff *d = l->d;
    int new = !d->older;
    for (int pass = 0; pass < 2; pass++) {
        size_t n = 0;
        for (size_t i = 0; i < d->claim_count[new]; i++) {
            const struct claim *c = &d->claims[new][i];
            if (!is(c, "target", l->new_end))
                continue;
            if (pass) {
                l->next[n] = c;
                l->names[n] = pairs_of(&d->arena, c->name);
            }
            n++;
        }
        l->count = n <= NEAR_LOOK ? n : 0;
        if (!l->count)
            return;
        if (!pass) {
            l->next = arena_alloc(&d->arena, n * sizeof *l->next);
            l->names = arena_alloc(&d->arena, n * sizeof *l->names);
        }
    }
}

/* What came of it: by a table of results, else by what the new plan starts from. */
static void find_reached(const struct listing *l, const struct claim *c, struct promise *p)
{
    const struct diff *d = l->d;
    int new = !d->older;
    p->reached = claim_like(d, new, c, "actual", l->old_end);
    const struct claim *base = is_given(p->reached) ? NULL : claim_like(d, new, c, "base", l->old_end);
    p->reached = base ? base : p->reached;
    if (!p->reached)
        p->reached = claim_of_concept(d, new, c, "actual", l->old_end);
    if (!p->reached)
        p->reached = claim_of_concept(d, new, c, "base", l->old_end);
}

static void find_next(const struct listing *l, const struct claim *c, struct promise *p)
{
    struct diff *d = l->d;
    int new = !d->older;
    p->next_target = claim_like(d, new, c, "target", l->new_end);
    if (p->next_target)
        return;
    if ((p->next_target = claim_of_concept(d, new, c, "target", l->new_end)))
        p->next_by = NEXT_CONVERTED;
    else if ((p->next_target = claim_joint(d, new, c, "target", l->new_end)))
        p->next_by = NEXT_JOINT;
    else if ((p->next_target = claim_near(l, c)))
        p->next_by = NEXT_NEAR;
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
    find_reached(l, c, &p);
    find_next(l, c, &p);
    const struct claim *named = p.promised ? p.promised : p.restated ? p.restated : c;
    bool shared = p.next_by == NEXT_JOINT || p.next_by == NEXT_CONVERTED;
    bool own = p.reached && slice_eq(p.reached->code, c->code);
    const struct claim *others[] = {p.promised, p.restated, own ? p.reached : NULL, shared ? NULL : p.next_target};
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
    list_next(&l);
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
