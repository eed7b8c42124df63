/* Totals and their parts, counts and what is counted, base and change and target. */
#include "review/check.h"

#include "base/text.h"
#include "extract/canonical_unit.h"
#include "extract/quantity.h"

#include <stdlib.h>

/* ---- programmes of a box and the totals stated beside it ---- */

enum { BOXES = 256 }; /* limit `programme-boxes`: whose totals are compared */

struct totals {
    struct decimal count, amount;
    size_t programmes, counted, funded;
};

static void add_programme(struct totals *t, const struct project *p)
{
    struct decimal d;
    t->programmes++;
    if (decimal_read(p->count, &d) && decimal_add(t->count, d, &t->count))
        t->counted++;
    if (decimal_read(p->amount, &d) && decimal_add(t->amount, d, &t->amount))
        t->funded++;
}

/* The first target of a box's section whose subject is of a class, with a plain number. */
static const struct target *stated_total(const struct check_job *job, const struct box *b,
                                         const char *class, struct slice unit)
{
    struct decimal factor[2];
    for (const struct target *t = job->plan->targets; t; t = t->next) {
        if (t->section != b->section || t->span.begin > b->node->span.end)
            continue;
        bool plain = slice_eq(t->op, SLICE("=")) && !t->value_high.n &&
                     check_word(job->grammar, t->subject, class);
        if (plain && (unit.n ? unit_factor(job->grammar, unit, t->unit, factor)
                             : check_word(job->grammar, t->unit, "counter")))
            return t;
    }
    return NULL;
}

static void compare_total(struct check_job *job, const struct box *b, const struct target *t,
                          struct decimal sum, size_t parts, struct slice unit)
{
    struct decimal stated, factor[2] = { { 1, 0 }, { 1, 0 } }, converted;
    if (!t || !decimal_read(t->value, &stated) ||
        (unit.n && !unit_factor(job->grammar, unit, t->unit, factor)))
        return;
    if (!decimal_multiply(sum, factor[0], &converted) ||
        !decimal_divide(converted, factor[1], &converted) || check_rounds_to(converted, stated))
        return;
    struct finding *x = findings_add(job->out, CHECK_SUM_DIFFERS, job->plan, t->span, t->subject,
                                     t->raw, check_decimal(job, converted, t->unit),
                                     check_number(job, (long long)parts, ""));
    findings_see(job->out, x, job->plan, b->head.end > b->head.begin ? b->head : b->node->span,
                 SLICE_NONE);
}

static void check_programmes(struct check_job *job)
{
    const struct project *p = job->plan->projects;
    size_t boxes = 0;
    while (p) {
        struct totals t = { 0 };
        const struct box *b = p->box;
        for (; p && p->box == b; p = p->next)
            if (!p->parent)
                add_programme(&t, p);
        if (!b || t.programmes < 2)
            continue;
        if (boxes++ == BOXES) {
            check_limit(job, "programme-boxes", BOXES, b->node->span);
            return;
        }
        if (t.counted == t.programmes)
            compare_total(job, b, stated_total(job, b, "project", SLICE_NONE), t.count, t.counted,
                          SLICE_NONE);
        if (t.funded == t.programmes)
            compare_total(job, b, stated_total(job, b, "fund", SLICE("万元")), t.amount, t.funded,
                          SLICE("万元"));
    }
}

/* ---- the row 合计 of a table ---- */

static const struct cell *cell_at(const struct table *t, int row, int col)
{
    return t->grid[(size_t)row * (size_t)t->cols + (size_t)col];
}

static bool row_is(struct check_job *job, const struct table *t, int row, const char *class)
{
    for (int col = 0; col < t->cols && col < 3; col++) {
        const struct cell *c = cell_at(t, row, col);
        if (c && !c->from && check_word(job->grammar, c->text, class))
            return true;
    }
    return false;
}

/* Columns that add up: no running numbers, no years, no shares. */
static bool adds_up(struct check_job *job, const struct table *t, int col)
{
    enum column_role role = t->columns[col].role;
    if (role == COLUMN_NUMBER || role == COLUMN_TIME || role == COLUMN_CHANGE ||
        t->columns[col].annual)
        return false;
    for (int row = 0; row < t->header_rows; row++) {
        const struct cell *c = cell_at(t, row, col);
        if (c && (slice_find(c->text, SLICE("%")) >= 0 || slice_find(c->text, SLICE("％")) >= 0 ||
                  check_word_before(job->grammar, c->text, c->text.n, "share")))
            return false;
    }
    return true;
}

static bool is_blank_value(struct slice s)
{
    return !s.n || slice_eq(s, SLICE("-")) || slice_eq(s, SLICE("—")) || slice_eq(s, SLICE("/")) ||
           slice_eq(s, SLICE("－")) || slice_eq(s, SLICE("——"));
}

/* Adds the rows of a column but those of totals; false when one of them is no number. */
static bool add_column(struct check_job *job, const struct table *t, int col, int whole,
                       struct decimal *sum, size_t *parts)
{
    int from = whole == t->header_rows ? whole + 1 : t->header_rows,
        to = whole == t->header_rows ? t->rows : whole;
    *sum = (struct decimal){ 0, 0 };
    *parts = 0;
    for (int row = from; row < to; row++) {
        const struct cell *c = cell_at(t, row, col);
        struct decimal d;
        if (!c || c->row != row || c->from || is_blank_value(c->text) ||
            row_is(job, t, row, "part"))
            continue;
        if (row_is(job, t, row, "whole") || !decimal_read(c->text, &d) ||
            !decimal_add(*sum, d, sum))
            return false;
        ++*parts;
    }
    return *parts >= 2;
}

/* What a total is of: its column; else what the row is called. */
static struct slice name_of_total(const struct table *t, int row, int col)
{
    const struct cell *head = t->header_rows ? cell_at(t, t->header_rows - 1, col) : NULL, *first = cell_at(t, row, 0);
    return head ? head->text : first ? first->text : SLICE_NONE;
}

static void check_whole_row(struct check_job *job, const struct table *t, int row)
{
    for (int col = 0; col < t->cols; col++) {
        const struct cell *c = cell_at(t, row, col);
        struct decimal stated, sum;
        size_t parts;
        if (!c || c->from || c->col != col || !decimal_read(c->text, &stated) ||
            !adds_up(job, t, col) || !add_column(job, t, col, row, &sum, &parts) ||
            check_rounds_to(sum, stated))
            continue;
        findings_add(job->out, CHECK_SUM_DIFFERS, job->plan, c->span, name_of_total(t, row, col), c->text,
                     check_decimal(job, sum, SLICE_NONE), check_number(job, (long long)parts, ""));
    }
}

static void check_tables(struct check_job *job)
{
    for (const struct box *b = job->plan->boxes; b; b = b->next)
        for (int row = b->table.header_rows; row < b->table.rows; row++)
            if (row_is(job, &b->table, row, "whole"))
                check_whole_row(job, &b->table, row);
}

/* ---- base, change, target ---- */

struct row {
    const struct claim *base, *target, *change;
};

/* A change said in a remark: 提升2个百分点. */
struct change {
    struct decimal by;
    bool falls,
        points; /* points: of percent, or in the unit of the indicator; else relative, in percent */
    struct slice whole;
};

static bool read_change(struct check_job *job, struct slice remark, struct change *out)
{
    for (size_t at = 0; at < remark.n; text_next(remark.p, remark.n, &at)) {
        size_t n = check_word_at(job->grammar, remark, at, "rise");
        out->falls = !n;
        if (!n && !(n = check_word_at(job->grammar, remark, at, "fall")))
            continue;
        struct quantity q;
        size_t from = at + n, rest = 0;
        struct slice tail = slice_of(remark.p + from, remark.n - from);
        if (!quantity_next(job->grammar, tail, &rest, &q) || q.whole.p != tail.p ||
            !slice_eq(q.op, SLICE("=")) || q.value_high.n ||
            !slice_eq(q.unit_code, SLICE("{pp}")) || !decimal_read(q.value, &out->by))
            return false;
        out->points = true;
        out->whole = slice_of(remark.p + at, (size_t)(q.whole.p + q.whole.n - (remark.p + at)));
        return true;
    }
    return false;
}

static bool is_plain(const struct claim *c)
{
    return c && c->kind == VALUE_NUMBER && slice_eq(c->basis, SLICE("level"));
}

static void check_remark(struct check_job *job, const struct row *r)
{
    struct change change;
    struct decimal base, target, by;
    if (!is_plain(r->base) || !is_plain(r->target) || !r->target->observation->remark.n ||
        !read_change(job, r->target->observation->remark, &change) ||
        !decimal_read(r->base->value, &base) || !decimal_read(r->target->value, &target) ||
        !decimal_subtract(target, base, &by))
        return;
    if (change.falls)
        by.mantissa = -by.mantissa;
    if (decimal_compare(by, change.by) == 0)
        return;
    struct finding *x = findings_add(job->out, CHECK_CHANGE_DISAGREES, job->plan, r->target->span,
                                     r->target->name, r->base->raw, r->target->raw, change.whole);
    findings_see(job->out, x, job->plan, r->base->span, SLICE_NONE);
}

/* A column of changes over the period: the difference, or the growth in percent. */
static bool change_fits(struct decimal base, struct decimal target, struct decimal change)
{
    struct decimal by, share, minus = { -change.mantissa, change.scale };
    if (!decimal_subtract(target, base, &by))
        return true;
    bool fits = check_rounds_to(by, change) || check_rounds_to(by, minus);
    if (fits || !decimal_multiply(by, (struct decimal){ 100, 0 }, &share))
        return true;
    return !decimal_quotient(share, base, change.scale > 0 ? change.scale : 0, &share) ||
           decimal_compare(share, change) == 0 || decimal_compare(share, minus) == 0;
}

static void check_change(struct check_job *job, const struct row *r)
{
    struct decimal base, target, change;
    if (!is_plain(r->base) || !is_plain(r->target) || !r->change ||
        r->change->kind != VALUE_NUMBER || !slice_eq(r->change->basis, SLICE("cumulative")) ||
        !decimal_read(r->base->value, &base) || !decimal_read(r->target->value, &target) ||
        !decimal_read(r->change->value, &change) || change_fits(base, target, change))
        return;
    struct finding *x = findings_add(job->out, CHECK_CHANGE_DISAGREES, job->plan, r->change->span,
                                     r->target->name, r->base->raw, r->target->raw, r->change->raw);
    findings_see(job->out, x, job->plan, r->base->span, SLICE_NONE);
    findings_see(job->out, x, job->plan, r->target->span, SLICE_NONE);
}

static bool one_row(const struct claim *a, const struct claim *b)
{
    const struct indicator *x = a->observation, *y = b->observation;
    return x && y && x->box == y->box && x->cell && y->cell && x->cell->row == y->cell->row;
}

static void add_claim(struct row *r, const struct claim *c)
{
    const struct claim **place = slice_eq(c->role, SLICE("base"))     ? &r->base
                                 : slice_eq(c->role, SLICE("target")) ? &r->target
                                 : slice_eq(c->role, SLICE("change")) ? &r->change
                                                                      : NULL;
    if (place && (!*place || (*place)->year < c->year))
        *place = c;
}

static void check_changes(struct check_job *job)
{
    for (size_t from = 0, to; from < job->claim_count && job->claims[from].observation; from = to) {
        struct row r = { 0 };
        for (to = from;
             to < job->claim_count && (to == from || one_row(&job->claims[from], &job->claims[to]));
             to++)
            add_claim(&r, &job->claims[to]);
        check_remark(job, &r);
        check_change(job, &r);
    }
}

void check_sums(struct check_job *job)
{
    check_programmes(job);
    check_tables(job);
    check_changes(job);
}
