/* A total of the prose, 其中 (among which) its parts. */
#include "review/check.h"

#include "base/sentence.h"
#include "base/text.h"
#include "extract/canonical_unit.h"
#include "extract/quantity.h"

enum {
    NEAR = 20,     /* parts that fall short by less than one in so many are meant to be all */
    NEAR_OVER = 5, /* parts of other things than money that exceed by less than that were meant to add up */
};

/* A total, and its parts as far as they were read. */
struct among {
    struct quantity total;
    bool money;
    struct decimal stated, sum, largest;
    size_t parts;
    bool all;  /* to the end of the sentence */
    bool sure; /* the largest one is plainly a part: the first, or parted by 、 */
};

static bool is_money(struct grammar *g, struct slice unit)
{
    struct decimal factor[2];
    return unit.n && unit_factor(g, unit, SLICE("万元"), factor);
}

static bool in_unit(struct grammar *g, const struct quantity *q, struct slice unit, struct decimal *out)
{
    struct decimal factor[2];
    if (!decimal_read(q->value, out))
        return false;
    return slice_eq(q->unit, unit) || (unit_factor(g, q->unit, unit, factor) && decimal_multiply(*out, factor[0], out) &&
                                       decimal_divide(*out, factor[1], out));
}

/* The last figure before 其中. */
static bool read_total(struct check_job *job, struct slice head, struct among *a)
{
    struct quantity q;
    size_t at = 0;
    *a = (struct among){ .all = true };
    while (quantity_next(job->grammar, head, &at, &q))
        a->total = q;
    a->money = is_money(job->grammar, a->total.unit);
    return a->total.unit.n && slice_eq(a->total.op, SLICE("=")) && !a->total.value_high.n &&
           decimal_read(a->total.value, &a->stated);
}

/* Of other things than money, only what stands right before (18个，其中) and can be counted or measured. */
static bool is_whole(struct slice head, const struct among *a)
{
    struct slice gap = slice_of(a->total.whole.p + a->total.whole.n, 0);
    gap.n = (size_t)(head.p + head.n - gap.p);
    return a->money || (text_chars(text_trim(gap)) <= 1 && !slice_eq(a->total.unit_code, SLICE("%")) &&
                        slice_eq(a->total.basis, SLICE("level")));
}

static void add_part(struct among *a, struct decimal d, bool plain)
{
    if (!a->parts || decimal_compare(d, a->largest) > 0) {
        a->largest = d;
        a->sure = plain;
    }
    a->parts++;
}

/* Amounts of money: all of the sentence. */
static bool add_money(struct check_job *job, struct slice tail, struct among *a)
{
    struct quantity q;
    struct decimal d;
    size_t at = 0;
    while (quantity_next(job->grammar, tail, &at, &q)) {
        if (!is_money(job->grammar, q.unit))
            continue;
        if (q.value_high.n || !in_unit(job->grammar, &q, a->total.unit, &d) || !decimal_add(a->sum, d, &a->sum))
            return false;
        add_part(a, d, true);
    }
    return true;
}

/* The end of the clause at byte `at`, and what ends it; a list may go on with 、 and 和. */
static size_t clause_end(struct check_job *job, struct slice s, size_t at, bool *comma)
{
    *comma = false;
    while (at < s.n) {
        size_t next = at;
        uint32_t c = text_next(s.p, s.n, &next);
        *comma = c == 0xFF0C || c == ',';
        bool thousands = c == ',' && next < s.n && s.p[next] >= '0' && s.p[next] <= '9';
        if (c == 0x3001 || (*comma && !thousands) || check_word(job->grammar, slice_of(s.p + at, next - at), "and"))
            break;
        at = next;
    }
    return at;
}

/* Other things: one figure of the total's unit a clause, until one speaks of something else. */
static bool add_things(struct check_job *job, struct slice tail, struct among *a)
{
    bool comma = false;
    for (size_t at = 0; at < tail.n;) {
        bool plain = !comma;
        struct quantity q, more;
        struct decimal d;
        size_t end = clause_end(job, tail, at, &comma), from = 0;
        struct slice clause = text_trim(slice_of(tail.p + at, end - at));
        at = end < tail.n ? text_onward(tail, end + 1) : end;
        if (!clause.n)
            continue;
        bool other = (a->parts && check_word_at(job->grammar, clause, 0, "new-matter")) ||
                     !quantity_next(job->grammar, clause, &from, &q);
        if (other || q.value_high.n || !slice_eq(q.op, SLICE("=")) || !in_unit(job->grammar, &q, a->total.unit, &d) ||
            quantity_next(job->grammar, clause, &from, &more)) {
            a->all = false;
            return a->parts > 0;
        }
        if (!decimal_add(a->sum, d, &a->sum))
            return false;
        add_part(a, d, plain);
    }
    return true;
}

static bool differs_a_little(struct decimal a, struct decimal b, int near)
{
    struct decimal left;
    return decimal_subtract(a, b, &left) && decimal_multiply(left, (struct decimal){ near, 0 }, &left) &&
           decimal_compare(left, a) <= 0;
}

/* Whether the parts contradict the total. Groups of people and firms overlap. */
static bool contradicts(struct check_job *job, const struct among *a)
{
    int order = a->parts >= 2 ? decimal_compare(a->sum, a->stated) : 0;
    if (!a->money && a->sure && decimal_compare(a->largest, a->stated) > 0)
        return true;
    if (order == 0 || check_rounds_to(a->sum, a->stated))
        return false;
    if (order < 0)
        return a->all && a->parts >= 3 && differs_a_little(a->stated, a->sum, NEAR);
    return a->money || (differs_a_little(a->sum, a->stated, NEAR_OVER) &&
                        !check_word(job->grammar, a->total.unit, "overlaps"));
}

static void check_parts_of(struct check_job *job, struct slice text, size_t at, struct slice word)
{
    size_t begin = sentence_begin(text, at), end = sentence_end(text, at), from = at + word.n;
    struct slice head = slice_of(text.p + begin, at - begin), tail = slice_of(text.p + from, end - from);
    struct among a;
    if (slice_ends(head, SLICE("（")) || slice_ends(head, SLICE("("))) { /* （其中…） */
        ptrdiff_t close = slice_find(tail, slice_ends(head, SLICE("(")) ? SLICE(")") : SLICE("）"));
        tail.n = close < 0 ? tail.n : (size_t)close;
    }
    if (!read_total(job, head, &a) || !is_whole(head, &a))
        return;
    bool read = a.money ? add_money(job, tail, &a) : add_things(job, tail, &a);
    if (!read || !contradicts(job, &a))
        return;
    struct finding *x = check_say_at(job, CHECK_SUM_DIFFERS, a.total.whole, word, a.total.whole);
    findings_args(job->out, x, check_decimal(job, a.sum, a.total.unit), check_number(job, (long long)a.parts, ""));
    if (!a.money && decimal_compare(a.largest, a.stated) <= 0)
        x->level = LEVEL_WARNING; /* they may overlap */
}

void check_among(struct check_job *job)
{
    for (size_t i = 0; i < job->block_count; i++) {
        struct slice text = job->blocks[i].text;
        for (size_t at = 0; at < text.n;) {
            size_t n = (unsigned char)text.p[at] >= 0x80 ? check_word_at(job->grammar, text, at, "among") : 0;
            if (n)
                check_parts_of(job, text, at, slice_of(text.p + at, n));
            at = n ? sentence_end(text, at) : at;
            text_next(text.p, text.n, &at);
        }
    }
}
