/* Units: their form, and whether those of one indicator convert. */
#include "review/check.h"

#include "base/index.h"
#include "base/particle.h"
#include "base/text.h"
#include "extract/canonical_unit.h"
#include "extract/quantity.h"

/* ---- form ---- */

/* What a unit should be written as, by grammars/lexicon/slips.tsv; empty when it is in order. */
static struct slice better_unit(struct grammar *g, struct slice unit)
{
    struct lexicon_hit hit;
    bool found = lexicon_find(grammar_lexicon(g, LEX_SLIPS), unit, &hit) &&
                 slice_eq(grammar_cell(g, LEX_SLIPS, hit.row, "kind"), SLICE("unit"));
    return found ? grammar_cell(g, LEX_SLIPS, hit.row, "as") : SLICE_NONE;
}

/* Where the unit of an observation is written: in its row's name or unit cell; else the figure itself. */
static struct span unit_span(const struct check_job *job, const struct claim *c)
{
    return plan_within(job->plan, c->unit) ? plan_span(job->plan, c->unit) : c->span;
}

static void check_forms(struct check_job *job)
{
    struct index said = { 0 };
    for (size_t i = 0; i < job->claim_count; i++) {
        const struct claim *c = &job->claims[i];
        struct slice better = c->unit.n ? better_unit(job->grammar, c->unit) : SLICE_NONE;
        if (!better.n || index_get(&said, c->unit))
            continue;
        *index_put(&said, c->unit) = 1;
        check_say(job, CHECK_UNIT_FORM, unit_span(job, c), c->unit, better);
    }
    index_done(&said);
}

/* ---- one indicator, two units ---- */

static bool has_unit(const struct claim *c)
{
    return c->unit_code.n && (c->kind == VALUE_NUMBER || c->kind == VALUE_RANGE);
}

static void compare_units(struct check_job *job, const struct claim *a, const struct claim *b)
{
    struct decimal factor[2];
    bool one_row = a->observation && b->observation && a->observation->box == b->observation->box;
    if (one_row || slice_eq(a->unit_code, b->unit_code) ||
        unit_factor(job->grammar, a->unit, b->unit, factor) ||
        unit_fits(job->grammar, a->unit, b->unit) || unit_fits(job->grammar, b->unit, a->unit))
        return;
    struct finding *x = findings_add(job->out, CHECK_UNIT_DIFFERS, job->plan, b->span, b->name,
                                     a->unit, b->unit, SLICE_NONE);
    findings_see(job->out, x, job->plan, a->span, SLICE_NONE);
}

static void check_same(struct check_job *job)
{
    struct index names = { 0 };
    for (size_t i = 0; i < job->claim_count; i++) {
        const struct claim *c = &job->claims[i];
        if (!has_unit(c) || c->breakdown.n || !c->name.n || (c->target && c->target->act.n))
            continue;
        size_t *at = index_put(&names, c->name);
        if (*at)
            compare_units(job, &job->claims[*at - 1], c);
        else
            *at = i + 1;
    }
    index_done(&names);
}

/* ---- 29.69、29.88%、17.5%、37.8% ---- */

enum { LIST_MAX = 32 }; /* limit: figures of a list */

struct figure {
    struct slice number, unit;
};

static size_t digits_end(struct slice s, size_t at)
{
    size_t end = at;
    while (end < s.n && ((s.p[end] >= '0' && s.p[end] <= '9') || s.p[end] == '.'))
        end++;
    return end;
}

static size_t unit_length(struct check_job *job, struct slice s, size_t at)
{
    struct lexicon_hit hit;
    return lexicon_longest(grammar_lexicon(job->grammar, LEX_UNITS), s, at, &hit) ? hit.length : 0;
}

/* The figures parted by 、 or 和 from byte `at` on; *end is where they end. */
static size_t read_list(struct check_job *job, struct slice s, size_t at, struct figure *out,
                        size_t *end)
{
    size_t n = 0;
    for (;;) {
        size_t stop = digits_end(s, at);
        if (stop == at || n == LIST_MAX)
            return n;
        size_t blanks = 0;
        while (stop + blanks < s.n && s.p[stop + blanks] == ' ')
            blanks++;
        size_t unit = unit_length(job, s, stop + blanks);
        stop += unit ? blanks : 0;
        out[n++] = (struct figure){ slice_of(s.p + at, digits_end(s, at) - at),
                                    slice_of(s.p + stop, unit) };
        *end = stop + unit;
        size_t joint = particle_at(job->grammar, s, *end, PARTICLE_JOINT);
        if (!joint)
            return n;
        at = *end + joint;
    }
}

/* One unit for all at the end (80、90、95%) is in order; so is a list without any; a number broken off at the end of
 * the text is none. */
static void judge_list(struct check_job *job, struct slice text, const struct figure *list, size_t n)
{
    size_t with = 0, lost = n;
    struct slice unit = SLICE_NONE;
    for (size_t i = 0; i < n; i++) {
        if (list[i].unit.n && unit.n && !slice_eq(list[i].unit, unit))
            return;
        if (list[i].unit.n)
            unit = list[i].unit;
        else
            lost = i;
        with += list[i].unit.n > 0;
    }
    bool broken = lost < n && list[lost].number.p + list[lost].number.n == text.p + text.n;
    if (with >= 2 && lost < n && !broken)
        check_say_at(job, CHECK_UNIT_LOST, list[lost].number, list[lost].number, unit);
}

static void check_lists(struct check_job *job)
{
    struct figure list[LIST_MAX];
    for (size_t i = 0; i < job->block_count; i++) {
        struct slice s = job->blocks[i].text;
        bool inside = false; /* a name or number */
        for (size_t at = 0; at < s.n;) {
            bool digit = s.p[at] >= '0' && s.p[at] <= '9';
            size_t end = at, n = digit && !inside ? read_list(job, s, at, list, &end) : 0;
            if (n >= 3)
                judge_list(job, s, list, n);
            char c = s.p[at];
            inside = digit || c == '.' || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
            at = n >= 2 ? end : text_onward(s, at + 1);
        }
    }
}

void check_units(struct check_job *job)
{
    check_forms(job);
    check_same(job);
    check_lists(job);
}
