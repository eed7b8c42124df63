/* Periods, years and deadlines. */
#include "review/check.h"

#include "base/particle.h"
#include "base/text.h"
#include "extract/quantity.h"

/* ---- “十四五”规划（2021—2025年） ---- */

static int four_digits(struct slice s, size_t at)
{
    int year = 0;
    for (size_t i = at; i < at + 4; i++) {
        if (i >= s.n || s.p[i] < '0' || s.p[i] > '9')
            return 0;
        year = year * 10 + (s.p[i] - '0');
    }
    return year;
}

/* A word between the two ends of a range: 至, —, also twice. */
static size_t dash_at(struct grammar *g, struct slice s, size_t at)
{
    size_t n = particle_at(g, s, at, PARTICLE_RANGE);
    return n ? n + particle_at(g, s, at + n, PARTICLE_RANGE) : 0;
}

/* A span of years at byte `at`: 2021—2025年; its length, or 0. */
static size_t years_at(struct grammar *g, struct slice s, size_t at, int years[2])
{
    size_t i = at + 4, n;
    if (!(years[0] = four_digits(s, at)) || i > s.n)
        return 0;
    if (slice_starts(slice_of(s.p + i, s.n - i), SLICE("年")))
        i += 3;
    if (!(n = dash_at(g, s, i)) || !(years[1] = four_digits(s, i + n)))
        return 0;
    i += n + 4;
    return i - at;
}

/* The period whose name ends before `end`, perhaps with 规划 behind it: its row; *name is what it is called. */
static bool period_before(struct check_job *job, struct slice s, size_t end, size_t *row,
                          struct slice *name)
{
    enum { NAME_CHARS = 12 };
    size_t tail = check_word_before(job->grammar, s, end, "period-tail"), begin;
    end -= tail;
    begin = end;
    for (int i = 0; i < NAME_CHARS && begin > 0; i++) {
        struct lexicon_hit hit;
        begin = text_before(s, begin);
        *name = slice_of(s.p + begin, end - begin);
        if (name->n > 6 && lexicon_find(grammar_lexicon(job->grammar, LEX_PERIODS), *name, &hit)) {
            *row = hit.row;
            return true;
        }
    }
    return false;
}

static void check_bracket(struct check_job *job, struct slice s, size_t open, size_t at, struct span own)
{
    int years[2];
    size_t row, n = years_at(job->grammar, s, at, years);
    struct slice name;
    if (!n || !period_before(job, s, open, &row, &name))
        return;
    uint32_t place = check_span(job, slice_of(s.p + at, n)).begin;
    if (own.begin <= place && place < own.end) /* said already */
        return;
    int start = check_year(grammar_cell(job->grammar, LEX_PERIODS, row, "start"));
    int end = check_year(grammar_cell(job->grammar, LEX_PERIODS, row, "end"));
    if (start == years[0] && end == years[1])
        return;
    struct buf right = { 0 };
    buf_printf(&right, "%d—%d", start, end);
    if (slice_starts(name, SLICE("“")) && slice_ends(name, SLICE("”")))
        name = slice_of(name.p + 3, name.n - 6);
    findings_add(job->out, CHECK_PERIOD_UNFIT, job->plan,
                 check_span(job, slice_of(name.p, (size_t)(s.p + at + n - name.p))), name,
                 buf_view(&right), slice_of(s.p + at, n), SLICE_NONE);
    buf_done(&right);
}

static void check_periods(struct check_job *job, struct span own)
{
    for (size_t i = 0; i < job->block_count; i++) {
        struct slice s = job->blocks[i].text;
        for (size_t at = 0; at < s.n;) {
            size_t open = at;
            uint32_t c = text_next(s.p, s.n, &at);
            if (c == 0xFF08 || c == '(')
                check_bracket(job, s, open, at, own);
        }
    }
}

/* The plan's own years, read and not inferred; where they were found unfit. */
static struct span check_own_period(struct check_job *job)
{
    struct span none = {0, 0};
    const struct meta *period = &job->plan->meta[META_PERIOD],
                      *start = &job->plan->meta[META_START_YEAR];
    const struct meta *end = &job->plan->meta[META_END_YEAR];
    struct lexicon_hit hit;
    if (!period->value.n || start->inferred || end->inferred || !job->start_year ||
        !job->end_year ||
        !lexicon_find(grammar_lexicon(job->grammar, LEX_PERIODS), period->value, &hit))
        return none;
    int from = check_year(grammar_cell(job->grammar, LEX_PERIODS, hit.row, "start"));
    int to = check_year(grammar_cell(job->grammar, LEX_PERIODS, hit.row, "end"));
    if (from == job->start_year && to == job->end_year)
        return none;
    struct buf right = { 0 }, written = { 0 };
    buf_printf(&right, "%d—%d", from, to);
    buf_printf(&written, "%d—%d", job->start_year, job->end_year);
    struct span span = { start->span.begin,
                         end->span.end > start->span.begin ? end->span.end : start->span.end };
    findings_add(job->out, CHECK_PERIOD_UNFIT, job->plan, span, period->value, buf_view(&right),
                 buf_view(&written), SLICE_NONE);
    buf_done(&right);
    buf_done(&written);
    return span;
}

/* ---- deadlines ---- */

/* Years of the long view are round: 2030 (carbon), 2035, 2050, 2060; 到2028年 is none, unless it is called so. */
static bool is_vision(const struct check_job *job, struct slice s, size_t at, int year)
{
    enum { CALLED_BYTES = 30 };
    if (year % 5 == 0)
        return true;
    size_t begin = text_onward(s, at > CALLED_BYTES ? at - CALLED_BYTES : 0);
    for (; year == job->horizon_year && begin < at; text_next(s.p, s.n, &begin))
        if (check_word_at(job->grammar, s, begin, "vision"))
            return true;
    return false;
}

/* A deadline behind a year: 年底前, 年底, 年前; its length, or 0. */
static size_t deadline_at(struct check_job *job, struct slice s, size_t at)
{
    return check_word_at(job->grammar, s, at, "deadline");
}

/* What promises something for a year without 底 or 前: 到2028年, 2028年建成; its length behind the year, or 0. */
static size_t promise_at(struct check_job *job, struct slice s, size_t year, size_t behind)
{
    size_t n = check_word_at(job->grammar, s, behind, "promised");
    return n || !check_word_before(job->grammar, s, year, "by") ? n : check_word_at(job->grammar, s, behind, "year");
}

static void judge_deadline(struct check_job *job, struct slice s, struct slice at, int year, bool task)
{
    if (year > job->end_year && !is_vision(job, s, (size_t)(at.p - s.p), year))
        check_say_at(job, CHECK_DEADLINE_LATE, at, check_number(job, year, ""),
                     check_number(job, job->end_year, ""));
    else if (year < job->start_year && task)
        check_say_at(job, CHECK_DEADLINE_PAST, at, check_number(job, year, ""),
                     check_number(job, job->start_year, ""));
}

/* Inside 《》 and “” stand the years of other papers and names. */
static bool opens(uint32_t c)
{
    return c == 0x300A || c == 0x201C;
}

static bool closes(uint32_t c)
{
    return c == 0x300B || c == 0x201D;
}

static void scan_deadlines(struct check_job *job, struct slice s, bool task)
{
    int depth = 0;
    bool digit = false;
    for (size_t at = 0; at < s.n;) {
        int year = digit || depth > 0 ? 0 : four_digits(s, at);
        size_t from = at, behind = at + 4, n;
        bool named = year > 1949 && year < 2100 && !check_word_before(job->grammar, s, at, "no-deadline");
        if (named && (n = deadline_at(job, s, behind)))
            judge_deadline(job, s, slice_of(s.p + from, behind + n - from), year, task);
        else if (named && year > job->end_year && (n = promise_at(job, s, at, behind)))
            judge_deadline(job, s, slice_of(s.p + from, behind + n - from), year, task);
        uint32_t c = text_next(s.p, s.n, &at);
        depth += opens(c) ? 1 : closes(c) && depth > 0 ? -1 : 0;
        digit = c >= '0' && c <= '9';
    }
}

/* ---- the period that the text states beside the title's ---- */

/* Where the plan says what its period is: mostly its title. */
static struct span own_period(const struct check_job *job)
{
    const struct meta *end = &job->plan->meta[META_END_YEAR];
    return end->span.end > end->span.begin ? end->span : job->plan->meta[META_TITLE].span;
}

/* Whether a clause of its own begins there, or 本: not 国土空间规划期限. */
static bool begins_clause(struct check_job *job, struct slice s, size_t at)
{
    size_t before = at ? text_before(s, at) : 0;
    return !at || !text_is_han(text_next(s.p, s.n, &before)) || check_word_before(job->grammar, s, at, "own");
}

/* 规划期限为2021—2025年: years that are not those of the plan. */
static void check_stated(struct check_job *job, struct slice s)
{
    for (size_t at = 0; at < s.n; text_next(s.p, s.n, &at)) {
        bool begins = begins_clause(job, s, at);
        size_t n = begins ? check_word_at(job->grammar, s, at, "period-of") : 0, begin = at + n, length;
        int years[2];
        for (int i = 0; n && i < 2 && begin < s.n && !four_digits(s, begin); i++) /* 为 ： */
            text_next(s.p, s.n, &begin);
        if (!n || begin >= s.n || !(length = years_at(job->grammar, s, begin, years)) ||
            (years[0] == job->start_year && years[1] == job->end_year))
            continue;
        struct buf own = { 0 };
        buf_printf(&own, "%d—%d", job->start_year, job->end_year);
        findings_see(job->out,
                     findings_add(job->out, CHECK_PERIOD_UNFIT, job->plan, check_span(job, slice_of(s.p + begin, length)),
                                  slice_of(s.p + at, n), buf_view(&own), slice_of(s.p + begin, length), SLICE_NONE),
                     job->plan, own_period(job), SLICE_NONE);
        buf_done(&own);
    }
}

/* Targets of tables, none of which is for a year of the period: a title of the last period. */
static void check_target_years(struct check_job *job)
{
    enum { LEAST = 2 };
    const struct claim *late = NULL;
    size_t count = 0;
    for (size_t i = 0; i < job->claim_count; i++) {
        const struct claim *c = &job->claims[i];
        if (!slice_eq(c->role, SLICE("target")) || !c->year || c->year < job->start_year)
            continue;
        if (c->year <= job->end_year)
            return;
        count += c->observation != NULL;
        late = late || !c->observation ? late : c;
    }
    if (count >= LEAST)
        findings_see(job->out,
                     check_say(job, CHECK_PERIOD_TARGETS, late->span, check_number(job, job->end_year, ""),
                               check_number(job, late->year, "")),
                     job->plan, own_period(job), SLICE_NONE);
}

static bool is_prose(const struct check_block *b)
{
    return b->node->kind == NODE_PARA || b->node->kind == NODE_DASH;
}

void check_times(struct check_job *job)
{
    struct span own = check_own_period(job);
    check_periods(job, own);
    check_dates(job);
    if (own.end == own.begin && job->start_year && job->end_year) {
        check_target_years(job);
        for (size_t i = 0; i < job->block_count; i++)
            if (is_prose(&job->blocks[i]))
                check_stated(job, job->blocks[i].text);
    }
    for (size_t i = 0; i < job->block_count && job->end_year && job->start_year; i++) {
        const struct check_block *b = &job->blocks[i];
        if (is_prose(b) && b->section && !b->section->situation && b->section->node->kind != NODE_NOTICE)
            scan_deadlines(job, b->text, b->section->task);
    }
}
