/* Figures of one plan that contradict one another, or that no plan can have. */
#include "review/check.h"

#include "base/index.h"
#include "base/text.h"
#include "review/likeness.h"

enum {
    COMPARED = 8, /* limit: different values of one indicator that a further one is compared with */
    NAMES_ALIKE = 450, /* likeness of two names of one figure */
};

/* ---- what may be compared ---- */

static bool is_role(const struct claim *c, const char *role)
{
    return slice_eq(c->role, slice_cstr(role));
}

static bool is_territory(struct grammar *g, struct slice scope)
{
    struct lexicon_hit hit;
    return !scope.n || (lexicon_find(grammar_lexicon(g, LEX_WORDINGS), scope, &hit) &&
                        slice_eq(grammar_cell(g, LEX_WORDINGS, hit.row, "place"), SLICE("front")));
}

static bool is_counted(struct grammar *g, struct slice unit)
{
    struct lexicon_hit hit;
    return lexicon_find(grammar_lexicon(g, LEX_UNITS), unit, &hit) &&
           slice_eq(grammar_cell(g, LEX_UNITS, hit.row, "kind"), SLICE("count"));
}

static const struct cell *cell_of(const struct claim *c)
{
    return c->observation ? c->observation->cell : NULL;
}

static bool one_row(const struct claim *a, const struct claim *b)
{
    return a->observation && b->observation && a->observation->box == b->observation->box &&
           cell_of(a) && cell_of(b) && cell_of(a)->row == cell_of(b)->row;
}

static bool same_name(const struct claim *a, const struct claim *b)
{
    return slice_eq(a->name, b->name) && slice_eq(a->breakdown, b->breakdown);
}

/* Two places of the prose: things to build may well be counted in portions, and what stands in one paragraph (城市和县城
 * 分别达到95%和85%) was told apart by its writer. */
static bool prose_comparable(struct grammar *g, const struct claim *a, const struct claim *b)
{
    const struct claim *first = a->span.begin < b->span.begin ? a : b, *later = first == a ? b : a;
    struct slice between = slice_of(a->plan->source.text.p + first->span.end, later->span.begin - first->span.end);
    return a->code.n && !a->target->act.n && !b->target->act.n && !is_counted(g, a->unit) &&
           later->span.begin > first->span.end && memchr(between.p, '\n', between.n);
}

/* Whether both speak of one thing, by all that is known of their names. */
static bool one_thing(struct grammar *g, const struct claim *a, const struct claim *b)
{
    if (one_row(a, b) || !is_territory(g, a->scope) || !is_territory(g, b->scope))
        return false;
    if (a->breakdown.n && b->breakdown.n && !slice_eq(a->breakdown, b->breakdown))
        return false;
    if (a->observation && b->observation && a->observation->box == b->observation->box)
        return same_name(a, b);
    if (a->kind == VALUE_GRADE || b->kind == VALUE_GRADE)
        return same_name(a, b);
    return !a->target || !b->target || prose_comparable(g, a, b);
}

/* ---- one indicator, one year, two values ---- */

static bool is_number(const struct claim *c)
{
    return c->kind == VALUE_NUMBER || c->kind == VALUE_RANGE || c->kind == VALUE_GRADE ||
           c->kind == VALUE_RELATIVE;
}

static bool is_elsewhere(const struct claim *c)
{
    return c->kind == VALUE_DELEGATED && !c->value.n;
}

static enum check_id difference(struct check_job *job, const struct claim *a, const struct claim *b)
{
    enum claim_order order = claim_compare(job->grammar, a, b, NULL);
    bool target = is_role(a, "target");
    if (order == CLAIM_RAISED || order == CLAIM_LOWERED || order == CLAIM_SPREAD)
        return is_role(a, "base") != is_role(b, "base") ? CHECK_BASE_DIFFERS : CHECK_VALUE_DIFFERS;
    if (target && ((is_number(a) && is_elsewhere(b)) || (is_number(b) && is_elsewhere(a))))
        return CHECK_VALUE_KIND_DIFFERS;
    return CHECK_MAX;
}

static struct slice full_name(struct check_job *job, const struct claim *c)
{
    struct buf out = { 0 };
    buf_slice(&out, c->name);
    if (c->breakdown.n) {
        buf_str(&out, "（");
        buf_slice(&out, c->breakdown);
        buf_str(&out, "）");
    }
    struct slice s = slice_of(arena_dup(&job->arena, out.p ? out.p : "", out.n), out.n);
    buf_done(&out);
    return s;
}

static struct slice year_text(struct check_job *job, int year)
{
    return year ? check_number(job, year, "") : SLICE("—");
}

static struct finding *say_two(struct check_job *job, enum check_id id, const struct claim *a,
                               const struct claim *b)
{
    const struct claim *first = a->span.begin <= b->span.begin ? a : b, *later = first == a ? b : a;
    struct finding *x =
        findings_add(job->out, id, job->plan, later->span, full_name(job, later),
                     year_text(job, later->year), check_value(job, first), check_value(job, later));
    findings_see(job->out, x, job->plan, first->span, SLICE_NONE);
    return x;
}

/* Claims of one key: those whose values differ so far. */
struct group {
    const struct claim *seen[COMPARED];
    size_t count;
};

/* Targets with targets; states (base, actual) with states. */
static struct slice key_of(struct check_job *job, const struct claim *c)
{
    struct buf key = { 0 };
    if (is_role(c, "change") || !c->year)
        return SLICE_NONE;
    buf_printf(&key, "%c%d ", is_role(c, "target") ? 't' : 's', c->year);
    buf_slice(&key, c->code.n ? c->code : c->name);
    if (!c->code.n) {
        buf_char(&key, '\t');
        buf_slice(&key, c->breakdown);
    }
    struct slice s = slice_of(arena_dup(&job->arena, key.p, key.n), key.n);
    buf_done(&key);
    return s;
}

static void compare_with(struct check_job *job, struct group *seen, const struct claim *c)
{
    bool known = false;
    for (size_t i = 0; i < seen->count; i++) {
        if (!one_thing(job->grammar, seen->seen[i], c))
            continue;
        enum check_id id = difference(job, seen->seen[i], c);
        if (id != CHECK_MAX) {
            say_two(job, id, seen->seen[i], c);
            break;
        }
        known |= claim_compare(job->grammar, seen->seen[i], c, NULL) == CLAIM_SAME;
    }
    if (!known && seen->count < COMPARED)
        seen->seen[seen->count++] = c;
}

static void check_differences(struct check_job *job)
{
    struct index keys = { 0 };
    struct group *groups = NULL;
    size_t count = 0;
    for (size_t i = 0; i < job->claim_count; i++) {
        struct slice key = key_of(job, &job->claims[i]);
        if (!key.n)
            continue;
        size_t *at = index_put(&keys, key);
        if (!*at) {
            groups = arena_grow(&job->arena, groups, count, sizeof *groups);
            groups[count] = (struct group){ .count = 0 };
            *at = ++count;
        }
        compare_with(job, &groups[*at - 1], &job->claims[i]);
    }
    index_done(&keys);
}

/* ---- two measures of one concept ---- */

static const struct comparable *comparable_of(const struct claim *c)
{
    return c->observation ? &c->observation->comparable : &c->target->comparable;
}

/* As claims of the concept, so that they compare. */
static struct claim as_concept(const struct claim *c)
{
    struct claim out = *c;
    const struct comparable *as = comparable_of(c);
    out.value = as->value;
    out.unit = as->unit;
    out.high = out.unit_code = out.norm_value = out.norm_unit = out.code = SLICE_NONE;
    return out;
}

static void compare_concepts(struct check_job *job, const struct claim *a, const struct claim *b)
{
    struct claim x = as_concept(a), y = as_concept(b);
    enum claim_order order =
        slice_eq(a->code, b->code) ? CLAIM_SAME : claim_compare(job->grammar, &x, &y, NULL);
    if (order != CLAIM_RAISED && order != CLAIM_LOWERED)
        return;
    const struct claim *converted = comparable_of(b)->note.n ? b : a;
    struct buf note = { 0 };
    struct finding *f = say_two(job, CHECK_CONCEPT_DIFFERS, a, b);
    buf_slice(&note, comparable_of(converted)->note);
    buf_str(&note, "：");
    buf_slice(&note, converted->raw);
    buf_str(&note, " = ");
    buf_slice(&note, comparable_of(converted)->value);
    buf_slice(&note, comparable_of(converted)->unit);
    findings_see(job->out, f, job->plan, converted->span, buf_view(&note));
    buf_done(&note);
}

static struct slice join_key(struct check_job *job, char class, const struct claim *c,
                             struct slice what)
{
    struct buf key = { 0 };
    buf_printf(&key, "%c%d ", class, c->year);
    buf_slice(&key, what);
    struct slice s = slice_of(arena_dup(&job->arena, key.p, key.n), key.n);
    buf_done(&key);
    return s;
}

static bool is_broken_number(struct slice value)
{
    const char *point = value.n ? memchr(value.p, '.', value.n) : NULL;
    return point && point + 1 < value.p + value.n;
}

static struct slice concept_key(struct check_job *job, const struct claim *c)
{
    const struct comparable *as = comparable_of(c);
    bool fit = is_role(c, "target") && c->year && is_territory(job->grammar, c->scope);
    return fit && as->concept.n && as->value.n && is_number(c) ? join_key(job, 'c', c, as->concept)
                                                               : SLICE_NONE;
}

static void check_concepts(struct check_job *job)
{
    struct index keys = { 0 };
    for (size_t i = 0; i < job->claim_count; i++) {
        struct slice key = concept_key(job, &job->claims[i]);
        size_t *at = key.n ? index_put(&keys, key) : NULL;
        if (at && *at)
            compare_concepts(job, &job->claims[*at - 1], &job->claims[i]);
        else if (at)
            *at = i + 1;
    }
    index_done(&keys);
}

/* ---- one figure, which is no round number, under several names ---- */

enum { NAMES = 6 }; /* limit: names of one figure looked at */

struct names {
    const struct claim *items[NAMES];
    size_t count;
};

static int names_alike(struct check_job *job, const struct claim *a, const struct claim *b)
{
    struct pairs one = pairs_of(&job->arena, full_name(job, a)),
                 two = pairs_of(&job->arena, full_name(job, b));
    return !one_row(a, b) && pairs_likeness(&one, &two) >= NAMES_ALIKE;
}

static void add_name(struct check_job *job, struct names *n, const struct claim *c)
{
    if (n->count < NAMES && (!n->count || (slice_eq(n->items[0]->unit_code, c->unit_code) &&
                                           names_alike(job, n->items[0], c))))
        n->items[n->count++] = c;
}

/* Names of one code are known to mean one thing: something is amiss only when there are two codes. */
static void judge_names(struct check_job *job, const struct names *n)
{
    const struct claim *other = NULL;
    for (size_t i = 1; i < n->count && !other; i++)
        if (!slice_eq(n->items[i]->code, n->items[0]->code))
            other = n->items[i];
    if (!other)
        return;
    struct finding *x = findings_add(job->out, CHECK_NAME_DIFFERS, job->plan, other->span,
                                     check_value(job, other), year_text(job, other->year),
                                     full_name(job, n->items[0]), full_name(job, other));
    for (size_t i = 0; i < n->count; i++)
        if (n->items[i] != other)
            findings_see(job->out, x, job->plan, n->items[i]->span, full_name(job, n->items[i]));
}

static bool is_exact_target(const struct check_job *job, const struct claim *c)
{
    return is_role(c, "target") && c->year && c->code.n && c->kind == VALUE_NUMBER &&
           is_broken_number(c->value) && is_territory(job->grammar, c->scope);
}

static void check_names(struct check_job *job)
{
    struct index keys = { 0 };
    struct names *all = NULL;
    size_t count = 0;
    for (size_t i = 0; i < job->claim_count; i++) {
        const struct claim *c = &job->claims[i];
        if (!is_exact_target(job, c))
            continue;
        size_t *at = index_put(&keys, join_key(job, 'v', c, c->value));
        if (!*at) {
            all = arena_grow(&job->arena, all, count, sizeof *all);
            all[count] = (struct names){ .count = 0 };
            *at = ++count;
        }
        add_name(job, &all[*at - 1], c);
    }
    for (size_t i = 0; i < count; i++)
        judge_names(job, &all[i]);
    index_done(&keys);
}

/* ---- rows of a table: base and target ---- */

static bool is_of_this_period(const struct check_job *job, const struct indicator *target)
{
    return !target->year || !job->start_year || target->year >= job->start_year;
}

/* 用水总量 ≤1.8: how much there may be at most, or must be at least, is a limit that the superior sets. */
static bool is_limit(const struct check_job *job, const struct claim *c)
{
    return claim_is_total(job->grammar, c) && c->op.n && !slice_eq(c->op, SLICE("=")) && !slice_eq(c->op, SLICE("~"));
}

static void check_weaker(struct check_job *job, const struct claim *base,
                         const struct claim *target)
{
    if (claim_strictness(job->grammar, base, target) != CLAIM_LOOSER || target->year <= base->year)
        return;
    struct finding *x =
        findings_add(job->out, CHECK_TARGET_WEAKER, job->plan, target->span, full_name(job, target),
                     year_text(job, base->year), check_value(job, base), check_value(job, target));
    findings_see(job->out, x, job->plan, base->span, SLICE_NONE);
    if (is_limit(job, target))
        x->level = LEVEL_NOTE;
    check_explain(job, x, target);
}

/* Of claims [from, to), all of one row. */
static const struct claim *latest(const struct check_job *job, size_t from, size_t to,
                                  const char *role)
{
    const struct claim *found = NULL;
    for (size_t i = from; i < to; i++)
        if (is_role(&job->claims[i], role) && (!found || job->claims[i].year > found->year))
            found = &job->claims[i];
    return found;
}

static void check_row(struct check_job *job, size_t from, size_t to)
{
    const struct claim *base = latest(job, from, to, "base"),
                       *target = latest(job, from, to, "target");
    if (!target || !is_of_this_period(job, target->observation) ||
        target->observation->box->kind == BOX_COMPLETION)
        return;
    if (base)
        check_weaker(job, base, target);
    if (target->kind != VALUE_NONE || !slice_eq(target->nature, SLICE("约束性")))
        return;
    struct slice name = full_name(job, target);
    check_explain(job,
                  check_say(job, CHECK_TARGET_MISSING, target->span, name,
                            target->raw.n ? target->raw : SLICE("空白")),
                  target);
}

static void check_rows(struct check_job *job)
{
    for (size_t from = 0, to; from < job->claim_count && job->claims[from].observation; from = to) {
        for (to = from + 1; to < job->claim_count && one_row(&job->claims[from], &job->claims[to]);)
            to++;
        check_row(job, from, to);
    }
}

/* ---- shares ---- */

/* Whether a name is that of a share of a whole, which cannot exceed it. */
static bool is_share(struct grammar *g, struct slice name)
{
    if (!check_word_before(g, name, name.n, "share"))
        return false;
    for (size_t at = 0; at < name.n; text_next(name.p, name.n, &at))
        if (check_word_at(g, name, at, "growth"))
            return false;
    return true;
}

static bool outside(struct slice value)
{
    struct decimal d;
    return decimal_read(value, &d) &&
           (d.mantissa < 0 || decimal_compare(d, (struct decimal){ 100, 0 }) > 0);
}

static void check_shares(struct check_job *job)
{
    for (size_t i = 0; i < job->claim_count; i++) {
        const struct claim *c = &job->claims[i];
        bool percent = slice_eq(c->unit_code, SLICE("%")) &&
                       (c->kind == VALUE_NUMBER || c->kind == VALUE_RANGE);
        if (percent && (outside(c->value) || outside(c->high)) && is_share(job->grammar, c->name))
            check_say(job, CHECK_SHARE_OUTSIDE, c->span, full_name(job, c), check_value(job, c));
    }
}

void check_values(struct check_job *job)
{
    check_differences(job);
    check_concepts(job);
    check_names(job);
    check_rows(job);
    check_shares(job);
}
