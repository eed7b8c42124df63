/* Numbers inside paragraphs: 一是……二是……; ①……②……; （一）……（二）……; 1.……2.…… */
#include "review/check.h"

#include "base/numeral.h"
#include "base/text.h"

enum series { SERIES_IS, SERIES_CIRCLED, SERIES_BRACKET, SERIES_BRACKET_DIGIT, SERIES_POINT, SERIES_MAX };

struct sequence {
    int last; /* 0: none yet */
    struct slice mark;
};

/* A mark of a series at byte `at`: its length, or 0. */
static size_t is_mark(struct grammar *g, struct slice text, size_t at, int *number)
{
    size_t end = at;
    for (int i = 0; i < 3 && end < text.n; i++) {
        text_next(text.p, text.n, &end);
        struct slice rest = slice_of(text.p + end, text.n - end);
        int n = numeral_count(slice_of(text.p + at, end - at));
        if (n <= 0 || (text.p[at] >= '0' && text.p[at] <= '9'))
            return 0;
        size_t word = check_word_at(g, rest, 0, "series");
        if (word) {
            *number = n;
            return end - at + word;
        }
    }
    return 0;
}

static size_t circled_mark(struct slice text, size_t at, int *number)
{
    size_t end = at;
    uint32_t c = text_next(text.p, text.n, &end);
    if (c < 0x2460 || c > 0x2473) /* ①…⑳ */
        return 0;
    *number = (int)(c - 0x2460) + 1;
    return end - at;
}

static bool is_digit(struct slice s, size_t at)
{
    return at < s.n && s.p[at] >= '0' && s.p[at] <= '9';
}

/* （一）, (2) */
static size_t bracket_mark(struct slice text, size_t at, int *number)
{
    size_t begin = at, end;
    uint32_t c = text_next(text.p, text.n, &begin);
    if (c != '(' && c != 0xFF08)
        return 0;
    end = begin;
    for (int i = 0; i < 4 && end < text.n; i++) {
        size_t stop = end;
        c = text_next(text.p, text.n, &end);
        if (c != ')' && c != 0xFF09)
            continue;
        *number = numeral_count(slice_of(text.p + begin, stop - begin));
        return *number > 0 ? end - at : 0;
    }
    return 0;
}

/* 1. 2、 but not 1.5 */
static size_t point_mark(struct slice text, size_t at, int *number)
{
    size_t end = at;
    while (is_digit(text, end) && end < at + 2)
        end++;
    if (end == at || end >= text.n)
        return 0;
    *number = numeral_count(slice_of(text.p + at, end - at));
    uint32_t c = text_next(text.p, text.n, &end);
    return (c == '.' || c == 0xFF0E || c == 0x3001) && !is_digit(text, end) && *number > 0 ? end - at : 0;
}

/* The mark of any series at byte `at`: its length, or 0; behind `before`. */
static size_t mark_at(struct grammar *g, struct slice text, size_t at, uint32_t before, enum series *which, int *number)
{
    size_t n = circled_mark(text, at, number);
    *which = SERIES_CIRCLED;
    if (n || !check_begins_member(before))
        return n;
    *which = SERIES_IS;
    if ((n = is_mark(g, text, at, number)))
        return n;
    *which = SERIES_POINT;
    if ((n = point_mark(text, at, number)))
        return n;
    n = bracket_mark(text, at, number);
    size_t first = at;
    if (n)
        text_next(text.p, text.n, &first);
    *which = is_digit(text, first) ? SERIES_BRACKET_DIGIT : SERIES_BRACKET;
    return n;
}

static void step(struct check_job *job, struct sequence *s, int number, struct slice mark)
{
    if (number != 1 && s->last && number != s->last + 1)
        findings_see(job->out, check_say_at(job, CHECK_LIST_NUMBER, mark, s->mark, mark), job->plan,
                     check_span(job, s->mark), SLICE_NONE);
    if (number == 1 || s->last)
        *s = (struct sequence){ number, mark };
}

bool check_begins_member(uint32_t before)
{
    static const uint32_t marks[] = {
        0, 0x3002, 0xFF1B, 0xFF1A, 0xFF0C, ';', ':', ',', '\n', 0xFF01
    };
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (before == marks[i])
            return true;
    return text_is_blank(before);
}

static void scan_series(struct check_job *job, struct slice text, struct sequence *series)
{
    uint32_t before = 0;
    for (size_t at = 0; at < text.n;) {
        int number;
        enum series which;
        size_t n = mark_at(job->grammar, text, at, before, &which, &number);
        bool comma = before == 0xFF0C || before == ','; /* 2023年，（5）号线 */
        if (n && (!comma || which < SERIES_BRACKET || number == series[which].last + 1))
            step(job, &series[which], number, slice_of(text.p + at, n));
        before = text_next(text.p, text.n, &at);
    }
}

void check_series(struct check_job *job)
{
    struct sequence series[SERIES_MAX] = { { 0, SLICE_NONE } };
    const struct section *section = NULL;
    for (size_t i = 0; i < job->block_count; i++) {
        const struct check_block *b = &job->blocks[i];
        if (b->node->kind != NODE_PARA && b->node->kind != NODE_DASH)
            continue;
        if (b->section != section)
            series[SERIES_IS] = (struct sequence){ 0, SLICE_NONE };
        for (int k = SERIES_IS + 1; k < SERIES_MAX; k++) /* those begin anew in each paragraph */
            series[k] = (struct sequence){ 0, SLICE_NONE };
        section = b->section;
        scan_series(job, b->text, series);
    }
}
