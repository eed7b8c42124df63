#include "review/check.h"

#include "base/numeral.h"
#include "base/text.h"

#include <stdlib.h>

int check_year(struct slice s)
{
    int year = s.n ? numeral_count(s) : 0;
    return year >= 1949 && year < 2100 ? year : 0;
}

struct finding *check_say(struct check_job *job, enum check_id id, struct span span, struct slice a,
                          struct slice b)
{
    return findings_add(job->out, id, job->plan, span, a, b, SLICE_NONE, SLICE_NONE);
}

struct finding *check_say_at(struct check_job *job, enum check_id id, struct slice at,
                             struct slice a, struct slice b)
{
    return check_say(job, id, check_span(job, at), a, b);
}

static const struct check_block *block_around(const struct check_job *job, const char *p)
{
    for (size_t i = 0; i < job->block_count; i++) {
        const struct check_block *b = &job->blocks[i];
        if (b->lines && p >= b->text.p && p <= b->text.p + b->text.n)
            return b;
    }
    return NULL;
}

static uint32_t source_offset(const struct check_block *b, size_t at)
{
    size_t line = b->line_count - 1;
    while (line > 0 && b->lines[line].at > at)
        line--;
    return b->lines[line].source + (uint32_t)(at - b->lines[line].at);
}

struct span check_span(const struct check_job *job, struct slice s)
{
    const struct check_block *b = plan_within(job->plan, s) ? NULL : block_around(job, s.p);
    if (!b)
        return plan_span(job->plan, s);
    size_t begin = (size_t)(s.p - b->text.p);
    uint32_t from = source_offset(b, begin);
    return (struct span){ from, s.n ? source_offset(b, begin + s.n - 1) + 1 : from };
}

void check_limit(struct check_job *job, const char *name, int limit, struct span span)
{
    check_say(job, CHECK_LIMIT, span, slice_cstr(name), check_number(job, limit, ""));
}

/* ---- words ---- */

static bool row_is(struct grammar *g, size_t row, const char *class)
{
    struct slice rest = grammar_cell(g, LEX_REVIEW, row, "class"), one;
    while (slice_split(&rest, ' ', &one))
        if (slice_eq(one, slice_cstr(class)))
            return true;
    return false;
}

bool check_word(struct grammar *g, struct slice word, const char *class)
{
    struct lexicon_hit hit;
    return lexicon_find(grammar_lexicon(g, LEX_REVIEW), word, &hit) && row_is(g, hit.row, class);
}

enum { WORD_CHARS = 8 }; /* of a word of the lexicon */

size_t check_word_at(struct grammar *g, struct slice text, size_t at, const char *class)
{
    size_t end = at, longest = 0;
    for (int i = 0; i < WORD_CHARS && end < text.n; i++) {
        text_next(text.p, text.n, &end);
        if (check_word(g, slice_of(text.p + at, end - at), class))
            longest = end - at;
    }
    return longest;
}

size_t check_word_before(struct grammar *g, struct slice text, size_t end, const char *class)
{
    size_t begin = end, longest = 0;
    for (int i = 0; i < WORD_CHARS && begin > 0; i++) {
        begin = text_before(text, begin);
        if (check_word(g, slice_of(text.p + begin, end - begin), class))
            longest = end - begin;
    }
    return longest;
}

size_t check_number_before(struct slice text, size_t end, int *out)
{
    size_t begin = end, digits = end;
    *out = -1;
    for (int i = 0; i < 4 && begin > 0; i++) {
        begin = text_before(text, begin);
        int value = numeral_count(slice_of(text.p + begin, end - begin));
        if (value < 0)
            break;
        *out = value;
        digits = begin;
    }
    return digits;
}

struct slice check_number(struct check_job *job, long long number, const char *behind)
{
    struct buf out = { 0 };
    buf_printf(&out, "%lld%s", number, behind);
    struct slice s = slice_of(arena_dup(&job->arena, out.p, out.n), out.n);
    buf_done(&out);
    return s;
}

struct slice check_decimal(struct check_job *job, struct decimal d, struct slice unit)
{
    struct buf out = { 0 };
    decimal_write(d, &out);
    buf_slice(&out, unit);
    struct slice s = slice_of(arena_dup(&job->arena, out.p, out.n), out.n);
    buf_done(&out);
    return s;
}

bool check_rounds_to(struct decimal sum, struct decimal stated)
{
    struct decimal rounded, one = { 1, 0 };
    return decimal_quotient(sum, one, stated.scale > 0 ? stated.scale : 0, &rounded) &&
           decimal_compare(rounded, stated) == 0;
}

struct slice check_value(struct check_job *job, const struct claim *c)
{
    struct buf out = { 0 };
    buf_slice(&out, c->raw);
    if (c->observation && c->unit.n && c->kind != VALUE_DELEGATED && c->kind != VALUE_QUALITATIVE && c->kind != VALUE_NONE && c->kind != VALUE_COMPOUND && slice_find(c->raw, c->unit) < 0)
        buf_slice(&out, c->unit);
    struct slice s = slice_of(arena_dup(&job->arena, out.p ? out.p : "", out.n), out.n);
    buf_done(&out);
    return s;
}

/* ---- blocks ---- */

static bool is_block(enum node_kind kind)
{
    return kind >= NODE_HEAD && kind <= NODE_DASH
               ? true
               : kind == NODE_CAPTION || kind == NODE_CELL || kind == NODE_NOTE;
}

/* The text without its line breaks and the blanks around them. */
static void flatten(struct check_job *job, struct check_block *b)
{
    struct slice rest = b->text, line;
    struct check_line *lines = NULL;
    char *out = arena_text(&job->arena, rest.n + 1);
    size_t n = 0, count = 0;
    while (slice_split(&rest, '\n', &line)) {
        line = text_trim(line);
        if (!line.n)
            continue;
        lines = arena_grow(&job->arena, lines, count, sizeof *lines);
        lines[count++] = (struct check_line){ n, plan_span(job->plan, line).begin };
        memcpy(out + n, line.p, line.n);
        n += line.n;
    }
    if (!count)
        return;
    b->text = slice_of(out, n);
    b->lines = lines;
    b->line_count = count;
}

static void add_block(struct check_job *job, const struct node *n, const struct section *section)
{
    bool wraps = n->kind == NODE_PARA || n->kind == NODE_DASH || n->kind == NODE_HEAD;
    job->blocks = arena_grow(&job->arena, job->blocks, job->block_count, sizeof *job->blocks);
    struct check_block *b = &job->blocks[job->block_count++];
    *b = (struct check_block){ .node = n, .section = section, .text = plan_slice(job->plan, n->span) };
    if (wraps && b->text.n && memchr(b->text.p, '\n', b->text.n))
        flatten(job, b);
}

/* The node that follows in the order of the text, children left out when `skip`. */
static const struct node *following(const struct node *n, bool skip)
{
    if (!skip && n->first)
        return n->first;
    while (n && !n->next)
        n = n->parent;
    return n ? n->next : NULL;
}

static const struct section *section_of(const struct node *n)
{
    while (n && !node_is_division(n->kind))
        n = n->parent;
    return n ? n->u.section : NULL;
}

static void collect_blocks(struct check_job *job)
{
    for (const struct node *n = job->plan->root; n;) {
        bool block = is_block(n->kind);
        if (block)
            add_block(job, n, section_of(n->parent));
        n = following(n, block);
    }
}

static void (*const families[])(struct check_job *) = { check_values, check_facts, check_sums, check_among, check_counts,
                                                        check_units,  check_times, check_series, check_numbering,
                                                        check_pairs,  check_parts, check_wording };

void check_plan(const struct plan *p, struct grammar *g, struct findings *out)
{
    struct check_job job = { .plan = p,
                             .grammar = g,
                             .out = out,
                             .start_year = check_year(p->meta[META_START_YEAR].value),
                             .end_year = check_year(p->meta[META_END_YEAR].value),
                             .horizon_year = check_year(p->meta[META_HORIZON_YEAR].value) };
    arena_init(&job.arena);
    job.claim_count = claims_of(g, p, &job.claims);
    collect_blocks(&job);
    findings_of_diags(out, p);
    for (size_t i = 0; i < sizeof families / sizeof *families; i++)
        families[i](&job);
    findings_say_cut(out, p);
    free(job.claims);
    arena_done(&job.arena);
}
