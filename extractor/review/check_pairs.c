/* Marks that stand in pairs (GB/T 15834), and marks of notes. 《》 is seen to when a plan is read. */
#include "review/check.h"

#include "base/index.h"
#include "base/sentence.h"
#include "base/text.h"

enum { DEPTH = 16 }; /* limit: brackets inside one another */

/* Opening and closing marks; half-width and full-width brackets are one. */
static const struct {
    uint32_t open, close;
    bool nests;
} pairs[] = {
    { 0x201C, 0x201D, false }, /* “” */
    { 0x2018, 0x2019, false }, /* ‘’ */
    { 0xFF08, 0xFF09, true },  /* （） */
    { 0x3010, 0x3011, true },  /* 【】 */
    { 0x3014, 0x3015, true },  /* 〔〕 */
};

enum { PAIRS = sizeof pairs / sizeof *pairs };

struct open_mark {
    struct slice mark;
    int pair;
};

struct pair_state {
    struct open_mark open[DEPTH];
    size_t depth;
};

static uint32_t full_width(uint32_t c)
{
    return c == '(' ? 0xFF08 : c == ')' ? 0xFF09 : c;
}

static void say(struct check_job *job, struct slice mark)
{
    check_say_at(job, CHECK_PAIR_UNBALANCED, mark, mark, SLICE_NONE);
}

static void open_pair(struct check_job *job, struct pair_state *s, int pair, struct slice mark)
{
    for (size_t i = 0; i < s->depth && !pairs[pair].nests; i++)
        if (s->open[i].pair ==
            pair) { /* “绿盾”行动“等“…: the one before was meant to close, or was never closed */
            say(job, s->open[i].mark);
            s->open[i].mark = mark;
            return;
        }
    if (s->depth < DEPTH)
        s->open[s->depth++] = (struct open_mark){ mark, pair };
}

/* 1）, a), 一） at the start of a clause number it. */
static bool is_number(struct slice text, size_t at)
{
    size_t begin = at, n = 0;
    while (begin > 0 && n < 3) {
        size_t before = text_before(text, begin), i = before;
        uint32_t c = text_next(text.p, text.n, &i);
        bool counts =
            (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
            slice_find(SLICE("一二三四五六七八九十"), slice_of(text.p + before, i - before)) >= 0;
        if (!counts)
            return n > 0 && !text_is_han(c);
        begin = before;
        n++;
    }
    return n > 0 && begin == 0;
}

static void close_pair(struct check_job *job, struct pair_state *s, int pair, struct slice text,
                       size_t at, size_t n)
{
    for (size_t i = s->depth; i > 0; i--) {
        if (s->open[i - 1].pair != pair)
            continue;
        memmove(s->open + i - 1, s->open + i, (s->depth - i) * sizeof *s->open);
        s->depth--;
        return;
    }
    if (pairs[pair].close != 0xFF09 || !is_number(text, at))
        say(job, slice_of(text.p + at, n));
}

static void scan(struct check_job *job, struct slice text, struct pair_state *s)
{
    for (size_t at = 0; at < text.n;) {
        size_t begin = at;
        uint32_t c = full_width(text_next(text.p, text.n, &at));
        for (int pair = 0; pair < PAIRS; pair++) {
            if (c == pairs[pair].open)
                open_pair(job, s, pair, slice_of(text.p + begin, at - begin));
            else if (c == pairs[pair].close)
                close_pair(job, s, pair, text, begin, at - begin);
        }
    }
}

static void say_open(struct check_job *job, struct pair_state *s)
{
    for (size_t i = 0; i < s->depth; i++)
        say(job, s->open[i].mark);
    s->depth = 0;
}

static bool is_prose(const struct check_block *b)
{
    return b->node->kind == NODE_PARA || b->node->kind == NODE_DASH || b->node->kind == NODE_NOTE;
}

static bool is_wrapped(const struct plan *p)
{
    const struct diag *d = p->diags;
    while (d && d->id != DIAG_LINES_WRAPPED)
        d = d->next;
    return d != NULL;
}

/* Whether a block goes on where the one before broke off. What ends a sentence ends a paragraph, but where all lines
 * are wrapped a sentence may end with its line. */
static bool goes_on(const struct check_block *before, const struct check_block *b, bool wrapped)
{
    bool ended = sentence_ends(text_last(text_trim(before->text)));
    return is_prose(before) && is_prose(b) && before->section == b->section &&
           (!ended || (wrapped && b->node->span.begin == before->node->span.end + 1));
}

static void check_marks(struct check_job *job)
{
    struct pair_state s = { .depth = 0 };
    bool wrapped = is_wrapped(job->plan);
    for (size_t i = 0; i < job->block_count; i++) {
        if (i && !goes_on(&job->blocks[i - 1], &job->blocks[i], wrapped))
            say_open(job, &s);
        scan(job, job->blocks[i].text, &s);
    }
    say_open(job, &s);
}

/* Notes under a table that begin with a mark: (2)…, *…; those that numbers list are of the table as a whole. */
static bool is_marked(const struct note *n)
{
    uint32_t c = n->marker.n ? full_width(text_first(n->marker)) : 0;
    return slice_eq(n->kind, SLICE("table")) && (c == 0xFF08 || c == '*');
}

/* A mark whose number no note has, though names were alike. */
static void say_unbound(struct check_job *job, const struct note *mark)
{
    struct span at = { mark->anchor_begin, mark->anchor_begin + (uint32_t)mark->marker.n };
    bool written = at.end <= job->plan->source.text.n && slice_eq(plan_slice(job->plan, at), mark->marker);
    check_say(job, CHECK_MARK_UNBOUND, written ? at : (struct span){ at.begin, at.begin }, mark->marker, SLICE_NONE);
}

static void check_notes(struct check_job *job)
{
    struct index used = {0};
    for (const struct note *n = job->plan->notes; n; n = n->next) {
        if (!slice_eq(n->kind, SLICE("mark")))
            continue;
        const struct note *note = check_note_of(job->plan, n);
        if (note)
            *index_put(&used, check_number(job, note->span.begin, "")) = 1;
        else
            say_unbound(job, n);
    }
    for (const struct note *n = job->plan->notes; n; n = n->next)
        if (is_marked(n) && !index_get(&used, check_number(job, n->span.begin, "")))
            check_say(job, CHECK_NOTE_UNUSED, n->span, n->marker, SLICE_NONE);
    index_done(&used);
}

void check_pairs(struct check_job *job)
{
    check_marks(job);
    check_notes(job);
}
