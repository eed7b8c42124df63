/* Wording: known slips, punctuation, names of bodies that are out of use, text that stands twice. */
#include "review/check.h"

#include "base/index.h"
#include "base/sentence.h"
#include "base/text.h"

enum {
    PARAGRAPH_CHARS = 40, /* shorter ones may well stand twice */
    SENTENCE_CHARS = 30,
    NEAR_CHARS = 8, /* of a sentence that does not stand twice in one paragraph */
    HABIT = 5, /* more half-width marks between hanzi than these are a habit, said once */
};

static bool is_prose(const struct check_block *b)
{
    return b->node->kind == NODE_PARA || b->node->kind == NODE_DASH;
}

/* ---- slips ---- */

static bool stands_at(struct slice text, size_t at, struct slice word)
{
    return slice_starts(slice_of(text.p + at, text.n - at), word);
}

/* Whether a word of `list` covers the slip at `at`: 截止阀 covers 截止. */
static bool is_covered(struct slice text, size_t at, struct slice slip, struct slice list)
{
    struct slice word;
    while (slice_split(&list, '|', &word)) {
        ptrdiff_t inner = word.n ? slice_find(word, slip) : -1;
        if (inner >= 0 && at >= (size_t)inner && stands_at(text, at - (size_t)inner, word))
            return true;
    }
    return false;
}

/* Whether one of the words of `list` follows; `#` stands for a digit. An empty list asks for nothing. */
static bool is_followed(struct slice text, size_t at, struct slice list)
{
    struct slice word;
    if (!list.n)
        return true;
    while (slice_split(&list, '|', &word))
        if (slice_eq(word, SLICE("#")) ? at < text.n && text.p[at] >= '0' && text.p[at] <= '9'
                                       : word.n && stands_at(text, at, word))
            return true;
    return false;
}

/* Whether it is one; then it is said. */
static bool judge_slip(struct check_job *job, struct slice text, size_t at,
                       const struct lexicon_hit *hit)
{
    struct slice kind = grammar_cell(job->grammar, LEX_SLIPS, hit->row, "kind");
    struct slice slip = slice_of(text.p + at, hit->length);
    if (slice_eq(kind, SLICE("unit")) ||
        is_covered(text, at, slip, grammar_cell(job->grammar, LEX_SLIPS, hit->row, "unless")) ||
        !is_followed(text, at + hit->length,
                     grammar_cell(job->grammar, LEX_SLIPS, hit->row, "follow")))
        return false;
    struct slice as = grammar_cell(job->grammar, LEX_SLIPS, hit->row, "as");
    if (slice_eq(kind, SLICE("punct")))
        check_say_at(job, CHECK_PUNCTUATION, slip, slip, SLICE_NONE);
    else
        check_say_at(job, slice_eq(kind, SLICE("form")) ? CHECK_WORD_FORM : CHECK_SLIP, slip, slip,
                     as);
    return true;
}

static void scan_slips(struct check_job *job, struct slice text)
{
    const struct lexicon *lex = grammar_lexicon(job->grammar, LEX_SLIPS);
    int titles = 0; /* what others wrote stays as it is */
    for (size_t at = 0; at < text.n;) {
        struct lexicon_hit hit;
        if (!titles && lexicon_longest(lex, text, at, &hit) && judge_slip(job, text, at, &hit)) {
            at += hit.length;
            continue;
        }
        uint32_t c = text_next(text.p, text.n, &at);
        titles += c == 0x300A ? 1 : c == 0x300B && titles > 0 ? -1 : 0; /* 《》 */
    }
}

/* ---- half-width marks between hanzi ---- */

struct half_width {
    struct slice first[HABIT];
    size_t count;
};

static bool is_half_width(char c)
{
    return c == ',' || c == ';' || c == '.' || c == '?' || c == '!';
}

static void scan_half_width(struct slice text, struct half_width *h)
{
    uint32_t before = 0;
    for (size_t at = 0; at < text.n;) {
        size_t mark = at, behind = at + 1;
        bool half = is_half_width(text.p[at]) && text_is_han(before) && behind < text.n &&
                    text_is_han(text_next(text.p, text.n, &behind));
        if (half) {
            if (h->count < HABIT)
                h->first[h->count] = slice_of(text.p + mark, 1);
            h->count++;
        }
        before = text_next(text.p, text.n, &at);
    }
}

static void say_half_width(struct check_job *job, const struct half_width *h)
{
    struct buf what = { 0 };
    for (size_t i = 0; i < h->count && i < (h->count > HABIT ? 1 : HABIT); i++) {
        what.n = 0;
        buf_slice(&what, h->first[i]);
        buf_str(&what, "（半角）");
        if (h->count > HABIT)
            buf_printf(&what, " ×%zu", h->count);
        check_say_at(job, CHECK_PUNCTUATION, h->first[i], buf_view(&what), SLICE_NONE);
    }
    buf_done(&what);
}

/* ---- names of bodies ---- */

static int plan_year(const struct check_job *job)
{
    struct slice issued = job->plan->meta[META_ISSUED_ON].value;
    int year = issued.n >= 4 ? check_year(slice_of(issued.p, 4)) : 0;
    return year ? year : job->start_year;
}

/* What the functions of a row are called now. */
static void name_successors(struct grammar *g, size_t row, struct buf *out)
{
    struct slice codes = grammar_cell(g, LEX_AGENCIES, row, "successor"), code;
    size_t rows = lexicon_rows(grammar_lexicon(g, LEX_AGENCIES));
    while (slice_split(&codes, '|', &code))
        for (size_t i = 0; i < rows; i++) {
            if (!slice_eq(grammar_cell(g, LEX_AGENCIES, i, "code"), code) ||
                grammar_cell(g, LEX_AGENCIES, i, "to").n)
                continue;
            if (out->n)
                buf_str(out, "、");
            buf_slice(out, grammar_cell(g, LEX_AGENCIES, i, "name"));
            break;
        }
}

/* A proper name (环保局), not a word for whoever does it (环保部门); one of two chars (农委) only behind its level or
 * another body. */
static bool is_proper(struct grammar *g, struct slice text, size_t at, struct slice name)
{
    if (!check_word_before(g, name, name.n, "body-end"))
        return false;
    if (text_chars(name) >= 3 || check_word_before(g, text, at, "level"))
        return true;
    size_t before = at ? text_before(text, at) : 0;
    return slice_eq(slice_of(text.p + before, at - before), SLICE("、")) && check_word_before(g, text, before, "body-end");
}

/* Names of departments of other bodies go on to the left (生态环境监察局). */
static bool begins_name(struct grammar *g, struct slice text, size_t at)
{
    size_t before = at ? text_before(text, at) : 0, i = before;
    return !at || !text_is_han(text_next(text.p, text.n, &i)) ||
           check_word_before(g, text, at, "body-before");
}

/* 原县国土资源局: what it was called once. */
static bool is_former(struct grammar *g, struct slice text, size_t at)
{
    enum { CHARS = 8 };
    for (int i = 0; i < CHARS && at > 0; i++) {
        size_t before = text_before(text, at), next = before;
        if (check_word_before(g, text, at, "former"))
            return true;
        if (!text_is_han(text_next(text.p, text.n, &next)))
            return false;
        at = before;
    }
    return false;
}

static void judge_body(struct check_job *job, struct slice text, size_t at,
                       const struct lexicon_hit *hit, int year)
{
    int until = check_year(grammar_cell(job->grammar, LEX_AGENCIES, hit->row, "to"));
    struct slice name = slice_of(text.p + at, hit->length);
    if (!until || year <= until + 1 || !is_proper(job->grammar, text, at, name) ||
        !begins_name(job->grammar, text, at) ||
        is_former(job->grammar, text, at) ||
        check_word_at(job->grammar, text, at + hit->length, "body-behind"))
        return;
    struct buf now = { 0 };
    name_successors(job->grammar, hit->row, &now);
    if (now.n && slice_find(name, buf_view(&now)) < 0)
        findings_add(job->out, CHECK_BODY_OUTDATED, job->plan, check_span(job, name), name,
                     check_number(job, until, ""), buf_view(&now), SLICE_NONE);
    buf_done(&now);
}

static void scan_bodies(struct check_job *job, struct slice text, int year)
{
    const struct lexicon *lex = grammar_lexicon(job->grammar, LEX_AGENCIES);
    int titles = 0;
    for (size_t at = 0; at < text.n;) {
        struct lexicon_hit hit;
        if (!titles && lexicon_longest(lex, text, at, &hit)) {
            judge_body(job, text, at, &hit, year);
            at += hit.length;
            continue;
        }
        uint32_t c = text_next(text.p, text.n, &at);
        titles += c == 0x300A ? 1 : c == 0x300B && titles > 0 ? -1 : 0;
    }
}

/* ---- text that stands twice ---- */

/* Paragraphs in a row that stood before: said as one. */
struct run {
    struct span first, before; /* of the first of them, and where it stood */
    size_t paragraphs, chars;
};

static void say_run(struct check_job *job, struct run *r)
{
    struct buf size = {0};
    if (r->paragraphs > 1)
        buf_printf(&size, "%zu 段，", r->paragraphs);
    buf_printf(&size, "%zu 字", r->chars);
    if (r->paragraphs)
        findings_see(job->out, check_say(job, CHECK_TEXT_REPEATED, r->first, buf_view(&size), SLICE_NONE), job->plan,
                     r->before, SLICE_NONE);
    buf_done(&size);
    *r = (struct run){.paragraphs = 0};
}

/* Texts seen so far. */
struct seen {
    struct index places; /* in texts, + 1 */
    struct slice *texts;
    size_t count;
};

/* Whether the text stood before, and where; remembers it else. */
static bool stood_before(struct check_job *job, struct seen *seen, struct slice text, struct span *where)
{
    size_t *at = index_put(&seen->places, text);
    if (*at) {
        *where = check_span(job, seen->texts[*at - 1]);
        return true;
    }
    seen->texts = arena_grow(&job->arena, seen->texts, seen->count, sizeof *seen->texts);
    seen->texts[seen->count] = text;
    *at = ++seen->count;
    return false;
}

/* Forms to be filled in are no sentences: they do not end as such, or are blank for the most part. */
static bool is_long(struct slice text, size_t least)
{
    size_t han = 0;
    for (size_t at = 0; at < text.n;)
        han += text_is_han(text_next(text.p, text.n, &at));
    return han >= least && sentence_ends(text_last(text));
}

static void say_sentence(struct check_job *job, struct slice sentence, struct span where)
{
    struct slice size = check_number(job, (long long)text_chars(sentence), "");
    findings_see(job->out, check_say_at(job, CHECK_SENTENCE_REPEATED, sentence, size, SLICE_NONE), job->plan, where,
                 SLICE_NONE);
}

/* Long sentences are looked for in the whole text, others in their paragraph. */
static void scan_sentences(struct check_job *job, struct seen *seen, struct slice text)
{
    struct seen near = {.count = 0};
    for (size_t at = 0; at < text.n;) {
        struct span where;
        struct slice rest = slice_of(text.p + at, text.n - at), sentence = text_trim(slice_of(rest.p, sentence_length(rest)));
        at += sentence_length(rest);
        if (!is_long(sentence, NEAR_CHARS))
            continue;
        bool twice = stood_before(job, &near, sentence, &where);
        if (is_long(sentence, SENTENCE_CHARS))
            twice = stood_before(job, seen, sentence, &where) || twice;
        if (twice)
            say_sentence(job, sentence, where);
    }
    index_done(&near.places);
}

static bool add_paragraph(struct check_job *job, struct seen *seen, struct slice text, struct run *r)
{
    struct span where;
    if (text.n < PARAGRAPH_CHARS || !is_long(text, PARAGRAPH_CHARS) || !stood_before(job, seen, text, &where)) {
        if (text.n >= PARAGRAPH_CHARS)
            say_run(job, r);
        return false;
    }
    if (!r->paragraphs) {
        r->first = check_span(job, text);
        r->before = where;
    }
    r->paragraphs++;
    r->chars += text_chars(text);
    return true;
}

static void check_repeats(struct check_job *job)
{
    struct seen paragraphs = {.count = 0}, sentences = {.count = 0};
    struct run run = {.paragraphs = 0};
    for (size_t i = 0; i < job->block_count; i++) {
        const struct check_block *b = &job->blocks[i];
        struct slice text = text_trim(b->text);
        if (!is_prose(b) || (b->section && b->section->node->kind == NODE_NOTICE))
            continue;
        if (!add_paragraph(job, &paragraphs, text, &run))
            scan_sentences(job, &sentences, text);
    }
    say_run(job, &run);
    index_done(&paragraphs.places);
    index_done(&sentences.places);
}

void check_wording(struct check_job *job)
{
    struct half_width half = { .count = 0 };
    int year = plan_year(job);
    for (size_t i = 0; i < job->block_count; i++) {
        const struct check_block *b = &job->blocks[i];
        bool past = b->section && b->section->situation;
        scan_slips(job, b->text);
        scan_half_width(b->text, &half);
        if (year && !past && b->node->kind != NODE_NOTE)
            scan_bodies(job, b->text, year);
    }
    say_half_width(job, &half);
    check_repeats(job);
}
