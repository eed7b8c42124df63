/* The indicators of a superior plan against those of a draft. */
#include "review/comply.h"

#include "review/likeness.h"

#include <stdlib.h>

enum { NAMES_LIKE = 850 }; /* likeness from which names without a code mean one indicator */

/* A claim with what looking for its partner needs. */
struct entry {
    const struct claim *claim;
    struct slice concept; /* of indicators that are measured in two ways; empty otherwise */
    struct pairs name;    /* with its breakdown */
    int year;             /* the plan's last one where the claim has none */
    bool taken;           /* an indicator of the superior plan met it */
};

struct side {
    struct entry *items;
    size_t count;
};

struct desk {
    struct comply *c;
    struct grammar *g;
    struct side superior, draft;
    bool same_region;
};

/* ---- which claims ---- */

static const struct comparable *comparable_of(const struct claim *c)
{
    return c->observation ? &c->observation->comparable : &c->target->comparable;
}

static bool is_promise(const struct claim *c)
{
    int start = claim_plan_year(c->plan, META_START_YEAR);
    bool past = (c->observation && c->observation->box && c->observation->box->kind == BOX_COMPLETION) ||
                (c->year && start && c->year < start);
    bool change = slice_eq(c->role, SLICE("change")) && c->kind != VALUE_NONE;
    return !past && (change || slice_eq(c->role, SLICE("target")));
}

static struct pairs name_pairs(struct arena *a, const struct claim *c)
{
    struct buf name = {0};
    buf_slice(&name, c->name);
    buf_slice(&name, c->breakdown);
    struct pairs pairs = pairs_of(a, buf_view(&name));
    buf_done(&name);
    return pairs;
}

/* What the draft leaves to its superior without a row or target of its own. */
static void add_left(struct comply *c, struct grammar *g, struct side *side)
{
    struct comply_left *left = NULL;
    size_t count = comply_left(c, g, &left);
    for (size_t i = 0; i < count; i++) {
        side->items = arena_grow(&c->arena, side->items, side->count, sizeof *side->items);
        side->items[side->count++] = (struct entry){.claim = &left[i].claim,
                                                    .concept = left[i].concept,
                                                    .name = name_pairs(&c->arena, &left[i].claim),
                                                    .year = left[i].claim.year};
    }
}

static struct side read_side(struct comply *c, int which)
{
    const struct plan *p = which ? c->draft : c->superior;
    struct side side = {.count = 0};
    for (size_t i = 0; i < c->claim_count[which]; i++) {
        const struct claim *claim = &c->claims[which][i];
        side.items = arena_grow(&c->arena, side.items, side.count, sizeof *side.items);
        side.items[side.count++] = (struct entry){.claim = claim,
                                                  .concept = comparable_of(claim)->concept,
                                                  .name = name_pairs(&c->arena, claim),
                                                  .year = claim->year ? claim->year : claim_plan_year(p, META_END_YEAR)};
    }
    return side;
}

/* ---- whether two claims are of one indicator ---- */

enum kinship { KIN_NONE, KIN_NAME, KIN_CONCEPT, KIN_WORDING, KIN_CODE };

static enum kinship kinship_of(const struct entry *a, const struct entry *b)
{
    struct slice x = a->claim->code, y = b->claim->code;
    if (x.n && y.n && slice_eq(x, y))
        return KIN_CODE;
    if (a->concept.n && slice_eq(a->concept, b->concept))
        return KIN_CONCEPT;
    if (x.n && y.n)
        return KIN_NONE;
    int likeness = pairs_likeness(&a->name, &b->name);
    return !a->name.count ? KIN_NONE : likeness == 1000 ? KIN_WORDING : likeness >= NAMES_LIKE ? KIN_NAME : KIN_NONE;
}

static bool one_indicator(const struct entry *a, const struct entry *b)
{
    enum kinship kin = kinship_of(a, b);
    return kin == KIN_CODE || kin == KIN_WORDING;
}

static bool has_figure(const struct claim *c)
{
    return c->kind != VALUE_NONE;
}

static bool is_number(enum value_kind kind)
{
    return kind == VALUE_NUMBER || kind == VALUE_RANGE || kind == VALUE_GRADE || kind == VALUE_RELATIVE;
}

/* A figure, or a row of a table that leaves it to the superior: there a sentence that tells one stands beside. */
static bool is_answer(const struct claim *c)
{
    return is_number(c->kind) || (c->kind == VALUE_DELEGATED && c->observation);
}

/* How well b answers to a: kinship, a figure before words, then year, sort of figure, table. 0: not at all; what
 * was promised for the last period or is only stated answers to nothing. */
static int fitness(const struct entry *a, const struct entry *b)
{
    enum kinship kin = kinship_of(a, b);
    const struct claim *x = a->claim, *y = b->claim;
    if (kin == KIN_NONE || !is_promise(y))
        return 0;
    int year = a->year && a->year == b->year ? 2 : b->year ? 0 : 1;
    bool whole = !y->scope.n && (y->observation || slice_eq(x->breakdown, y->breakdown));
    return (int)kin * 1000 + is_answer(y) * 400 + has_figure(y) * 200 + year * 50 +
           (y->kind == VALUE_DELEGATED || slice_eq(x->basis, y->basis)) * 20 + whole * 10 + (y->observation != NULL) * 5 +
           slice_eq(x->breakdown, y->breakdown);
}

static struct entry *find_partner(struct desk *d, const struct entry *a)
{
    struct entry *best = NULL;
    int most = 0;
    for (size_t i = 0; i < d->draft.count; i++) {
        int fits = fitness(a, &d->draft.items[i]);
        if (fits > most) {
            most = fits;
            best = &d->draft.items[i];
        }
    }
    return best;
}

/* ---- the verdict ---- */

static bool is_kind(struct grammar *g, struct slice text, const char *kind)
{
    struct rule_match m;
    return rules_match(g->rules, PLACE_EXTENT, text, &m) && slice_eq(m.field[FIELD_KIND], slice_cstr(kind));
}

/* Whether the draft's figure is of a part only: 主要农作物, not 全县. */
static bool is_of_part(struct grammar *g, const struct claim *superior, const struct claim *draft)
{
    return draft->scope.n && !slice_eq(superior->scope, draft->scope) && !is_kind(g, draft->scope, "whole");
}

static bool in_words(enum value_kind kind)
{
    return kind == VALUE_QUALITATIVE || kind == VALUE_DELEGATED || kind == VALUE_NONE;
}

/* Why the figures are not to be compared; NONE when they are. */
static enum comply_reason obstacle(const struct desk *d, const struct entry *a, const struct entry *b)
{
    const struct claim *x = a->claim, *y = b->claim;
    bool relative = x->kind == VALUE_RELATIVE || y->kind == VALUE_RELATIVE;
    if (y->kind == VALUE_NONE)
        return REASON_NO_TARGET;
    if (in_words(x->kind))
        return REASON_NO_FIGURE;
    if (y->kind == VALUE_QUALITATIVE)
        return REASON_QUALITATIVE;
    if (x->kind == VALUE_COMPOUND || y->kind == VALUE_COMPOUND || is_of_part(d->g, x, y))
        return REASON_SCOPE;
    if (a->year && b->year && a->year != b->year)
        return REASON_YEAR;
    if (relative && (slice_eq(x->basis, SLICE("cumulative")) || slice_eq(y->basis, SLICE("cumulative")) ||
                     (x->base_year && y->base_year && x->base_year != y->base_year)))
        return REASON_BASE_YEAR; /* those over the period were taken for cumulative ones */
    if (!slice_eq(x->basis, y->basis))
        return REASON_BASIS;
    return !d->same_region && claim_is_total(d->g, x) ? REASON_EXTENT : REASON_NONE;
}

/* The claim in the unit that all measures of its concept meet in. */
static struct claim converted(const struct claim *c)
{
    struct claim out = *c;
    const struct comparable *by = comparable_of(c);
    out.value = by->value;
    out.unit = by->unit;
    out.high = out.unit_code = out.norm_value = out.norm_unit = SLICE_NONE;
    return out;
}

static enum comply_reason why_unknown(enum claim_order order)
{
    return order == CLAIM_APART ? REASON_UNIT : order == CLAIM_SPREAD ? REASON_SPREAD : REASON_DIRECTION;
}

static void compare_figures(const struct desk *d, const struct entry *a, const struct entry *b,
                            struct comply_indicator *out)
{
    bool convert = kinship_of(a, b) == KIN_CONCEPT;
    if (a->claim->of_the_period != b->claim->of_the_period && !out->inferred)
        out->inferred = REASON_PERIOD;
    struct claim x = convert ? converted(a->claim) : *a->claim, y = convert ? converted(b->claim) : *b->claim;
    enum claim_strictness strictness = claim_strictness(d->g, &x, &y);
    out->verdict = strictness == CLAIM_UNKNOWN ? COMPLY_DIFFERS : strictness == CLAIM_LOOSER ? COMPLY_WEAKER
                                                                                             : COMPLY_COVERED;
    if (strictness == CLAIM_UNKNOWN)
        out->reason = why_unknown(claim_compare(d->g, &x, &y, NULL));
}

/* The nature of an indicator in the draft's tables, also when the figure met was one of the prose. */
static struct slice nature_of(const struct desk *d, const struct entry *b)
{
    for (size_t i = 0; !b->claim->nature.n && i < d->draft.count; i++)
        if (d->draft.items[i].claim->nature.n && is_promise(d->draft.items[i].claim) &&
            kinship_of(b, &d->draft.items[i]) >= KIN_CONCEPT)
            return d->draft.items[i].claim->nature;
    return b->claim->nature;
}

static void judge(const struct desk *d, const struct entry *a, const struct entry *b, struct comply_indicator *out)
{
    static const enum comply_reason inferred[] = {[KIN_NAME] = REASON_NAMES, [KIN_CONCEPT] = REASON_CONVERTED,
                                                  [KIN_CODE] = REASON_NONE};
    out->draft = b->claim;
    out->inferred = inferred[kinship_of(a, b)];
    out->lower_nature = slice_eq(a->claim->nature, SLICE("约束性")) && slice_eq(nature_of(d, b), SLICE("预期性"));
    if (b->claim->kind == VALUE_DELEGATED) {
        out->verdict = COMPLY_DELEGATED;
        out->inferred = out->inferred == REASON_CONVERTED ? REASON_NONE : out->inferred;
        return;
    }
    out->reason = obstacle(d, a, b);
    out->verdict = COMPLY_DIFFERS;
    if (out->reason == REASON_NONE)
        compare_figures(d, a, b, out);
    if (out->reason != REASON_NONE && out->inferred != REASON_NAMES)
        out->inferred = REASON_NONE; /* nothing was compared */
    if (out->verdict == COMPLY_COVERED && out->lower_nature)
        out->verdict = COMPLY_DOWNGRADED;
}

/* ---- all of them ---- */

static void add(struct desk *d, struct comply_indicator found)
{
    struct comply *c = d->c;
    c->indicators = arena_grow(&c->arena, c->indicators, c->indicator_count, sizeof *c->indicators);
    c->indicators[c->indicator_count++] = found;
    c->counts[found.verdict]++;
}

/* Whether the same indicator and year stood before, in a table, or with a figure where this one has none. */
static bool said_before(const struct side *s, size_t at)
{
    const struct entry *e = &s->items[at];
    for (size_t i = 0; i < s->count; i++) {
        const struct entry *o = &s->items[i];
        if (i == at || !is_promise(o->claim) || !one_indicator(e, o))
            continue;
        if (!has_figure(e->claim) && (has_figure(o->claim) || i < at))
            return true;
        if (i < at && o->year == e->year && has_figure(o->claim) && (e->claim->target || slice_eq(o->claim->basis, e->claim->basis)))
            return true;
    }
    return false;
}

/* Figures of the prose count only as those of a known indicator. */
static bool is_asked(struct grammar *g, const struct side *s, size_t i)
{
    const struct claim *c = s->items[i].claim;
    return is_promise(c) && (c->observation || (c->code.n && (!c->scope.n || is_kind(g, c->scope, "whole")))) && !said_before(s, i);
}

static bool same_cell(const struct claim *a, const struct claim *b)
{
    return a->observation && a->observation == b->observation;
}

static void take_superior(struct desk *d, const struct entry *a)
{
    struct comply_indicator out = {.verdict = COMPLY_MISSING, .superior = a->claim};
    struct entry *partner = find_partner(d, a);
    if (partner)
        judge(d, a, partner, &out);
    for (size_t i = 0; partner && i < d->draft.count; i++)
        if (&d->draft.items[i] == partner || kinship_of(partner, &d->draft.items[i]) >= KIN_CONCEPT ||
            same_cell(partner->claim, d->draft.items[i].claim))
            d->draft.items[i].taken = true;
    add(d, out);
}

static void take_own(struct desk *d)
{
    for (size_t i = 0; i < d->draft.count; i++) {
        struct entry *e = &d->draft.items[i];
        if (e->taken || !e->claim->observation || !is_promise(e->claim))
            continue;
        add(d, (struct comply_indicator){.verdict = COMPLY_OWN, .draft = e->claim});
        for (size_t j = i; j < d->draft.count; j++)
            if (j == i || one_indicator(e, &d->draft.items[j]))
                d->draft.items[j].taken = true;
    }
}

void comply_indicators(struct comply *c, struct grammar *g)
{
    struct desk d = {.c = c, .g = g, .superior = read_side(c, 0), .draft = read_side(c, 1)};
    add_left(c, g, &d.draft);
    d.same_region = slice_eq(c->superior->meta[META_REGION_CODE].value, c->draft->meta[META_REGION_CODE].value);
    for (size_t i = 0; i < d.superior.count; i++)
        if (is_asked(g, &d.superior, i))
            take_superior(&d, &d.superior.items[i]);
    take_own(&d);
}
