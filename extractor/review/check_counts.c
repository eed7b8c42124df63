/* Counts that are stated, and what is listed or marked. */
#include "review/check.h"

#include "base/sentence.h"
#include "base/text.h"

enum {
    LIST_BYTES = 900, /* limit: how far back a list before its count is looked for */
    REMARKS = 8,      /* limit: different remarks of one table */
    TABLES = 64,       /* limit `completion-tables`: whose remarks are counted */
    NOUN_CHARS = 12, /* of what is counted, before its list */
    COUNT_MAX = 99,   /* a larger number counts no list, nor does one twice that of the members */
};

static uint32_t char_before(struct slice text, size_t at)
{
    size_t begin = at ? text_before(text, at) : 0;
    return at ? text_next(text.p, text.n, &begin) : 0;
}

/* ---- N项指标超额完成 ---- */

struct remark {
    struct slice text;
    int rows;
};

static size_t remarks_of(const struct box *b, const struct indicator *first, struct remark *out)
{
    size_t n = 0;
    const struct indicator *before = NULL;
    for (const struct indicator *i = first; i && i->box == b; before = i, i = i->next) {
        bool new_row = !before || !before->cell || !i->cell || before->cell->row != i->cell->row;
        size_t at = 0;
        while (at < n && !slice_eq(out[at].text, i->remark))
            at++;
        if (!i->remark.n || !new_row || at == REMARKS)
            continue;
        if (at == n)
            out[n++] = (struct remark){ i->remark, 0 };
        out[at].rows++;
    }
    return n;
}

/* What stands before a remark: 其中9项指标. */
static void judge_remark(struct check_job *job, struct slice text, size_t at,
                         const struct remark *r, const struct box *b)
{
    size_t end = at, n;
    int stated;
    while ((n = check_word_before(job->grammar, text, end, "counted")))
        end -= n;
    if (!(n = check_word_before(job->grammar, text, end, "counter")))
        return;
    size_t begin = check_number_before(text, end - n, &stated);
    if (stated <= 0 || stated == r->rows)
        return;
    struct finding *x = findings_add(
        job->out, CHECK_COUNT_DIFFERS, job->plan,
        check_span(job, slice_of(text.p + begin, at + r->text.n - begin)), r->text,
        check_number(job, stated, ""), check_number(job, r->rows, ""), SLICE_NONE);
    findings_see(job->out, x, job->plan, b->head.end > b->head.begin ? b->head : b->node->span,
                 SLICE_NONE);
}

static void find_remark(struct check_job *job, struct slice text, const struct remark *r,
                        const struct box *b)
{
    for (size_t at = 0; at < text.n;) {
        ptrdiff_t found = slice_find(slice_of(text.p + at, text.n - at), r->text);
        if (found < 0)
            return;
        judge_remark(job, text, at + (size_t)found, r, b);
        at += (size_t)found + r->text.n;
    }
}

static void check_table(struct check_job *job, const struct indicator *first)
{
    struct remark remarks[REMARKS];
    size_t n = remarks_of(first->box, first, remarks);
    for (size_t k = 0; n && k < job->block_count; k++)
        for (size_t m = 0; m < n; m++)
            if (job->blocks[k].section == first->box->section)
                find_remark(job, job->blocks[k].text, &remarks[m], first->box);
}

static void check_remarks(struct check_job *job)
{
    size_t tables = 0;
    for (const struct indicator *i = job->plan->indicators; i;) {
        const struct box *b = i->box;
        if (b->kind == BOX_COMPLETION && tables++ == TABLES)
            check_limit(job, "completion-tables", TABLES, b->head);
        if (b->kind == BOX_COMPLETION && tables <= TABLES)
            check_table(job, i);
        while (i && i->box == b)
            i = i->next;
    }
}

/* ---- A、B、C三个 ---- */

/* The bracket or quotation mark that a closing one belongs to, or 0. */
static uint32_t opener_of(uint32_t c)
{
    switch (c) {
    case 0xFF09:
        return 0xFF08; /* ） （ */
    case ')':
        return '(';
    case 0x201D:
        return 0x201C; /* ” “ */
    case 0x300B:
        return 0x300A; /* 》 《 */
    case 0x3011:
        return 0x3010; /* 】 【 */
    default:
        return 0;
    }
}

static bool ends_list(uint32_t c)
{
    static const uint32_t ends[] = { 0x3002, 0xFF0C, 0xFF1B, 0xFF1A, 0xFF1F, 0xFF01, ',',    ';',
                                     ':',    '\n',   '\t',   0xFF08, '(',    0x201C, 0x2014, ']' };
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (c == ends[i])
            return true;
    return false;
}

/* Members parted by 、 before `end`, and how many 和 there are that may part two more. */
struct listed {
    size_t begin;
    int marks, ands;
};

/* Moves back over what stands between a closing mark before `at` and its opening one. */
static size_t over_brackets(struct slice text, size_t at, size_t stop, uint32_t close)
{
    uint32_t open = opener_of(close);
    int depth = 0;
    while (at > stop) {
        uint32_t c = char_before(text, at);
        at = text_before(text, at);
        depth += c == close ? 1 : c == open ? -1 : 0;
        if (depth == 0)
            break;
    }
    return at;
}

static struct listed list_before(struct check_job *job, struct slice text, size_t end)
{
    struct listed l = { .begin = end };
    size_t at = end, stop = end > LIST_BYTES ? text_onward(text, end - LIST_BYTES) : 0;
    while (at > stop) {
        uint32_t c = char_before(text, at);
        size_t before = text_before(text, at);
        if (ends_list(c))
            break;
        if (opener_of(c)) {
            at = over_brackets(text, at, stop, c);
            continue;
        }
        if (c >= '0' && c <= '9') { /* 32个、8个: a row of counts */
            l.marks = 0;
            break;
        }
        l.marks += c == 0x3001; /* 、 */
        l.ands += check_word(job->grammar, slice_of(text.p + before, at - before), "and");
        at = before;
    }
    l.begin = at;
    return l;
}

/* Members more than the count may be qualities of one (森林、草地防火预防、扑救、保障三大体系): only where single things
 * are counted. */
static void judge_list(struct check_job *job, struct slice text, size_t number, size_t end,
                       int stated, bool things)
{
    size_t rest = check_word_before(job->grammar, text, number, "rest");
    if (check_word_before(job->grammar, text, number, "no-list"))
        return;
    struct listed l = list_before(job, text, number - rest);
    int least = l.marks + 1, most = least + l.ands;
    if (l.marks < 2 || stated > 2 * most || (stated >= least && stated <= most) ||
        (stated > most ? rest > 0 : !things))
        return;
    findings_add(job->out, CHECK_LIST_COUNT, job->plan,
                 check_span(job, slice_of(text.p + l.begin, end - l.begin)),
                 slice_of(text.p + number, end - number),
                 check_number(job, stated > most ? most : least, ""), SLICE_NONE, SLICE_NONE);
}

/* ---- 八大工程：A、B、C。 ---- */

/* Where the list behind a count begins: behind its noun and ：, 即, （ …; 0: no list follows. */
static size_t list_behind(struct check_job *job, struct slice text, size_t at)
{
    for (int chars = 0; chars < NOUN_CHARS && at < text.n; chars++) {
        size_t n = check_word_at(job->grammar, text, at, "lists");
        if (n)
            return at + n;
        if (!text_is_han(text_next(text.p, text.n, &at)))
            return 0;
    }
    return 0;
}

/* Counts the members to where the list ends; no count when it goes on (等), or holds figures or clauses. */
static struct listed members_behind(struct check_job *job, struct slice text, size_t at, size_t *end)
{
    struct listed l = { .begin = at };
    int depth = 0;
    for (*end = at; at < text.n; *end = at) {
        uint32_t c = text_next(text.p, text.n, &at);
        bool opens = c == 0xFF08 || c == '(' || c == 0x201C || c == 0x300A, closes = opener_of(c) != 0;
        if (depth == 0 && (c == 0xFF1B || c == ';')) /* ；: the members may be clauses */
            return (struct listed){ .begin = 0 };
        if (depth == 0 && (sentence_ends(c) || (closes && !opens)))
            break;
        depth += opens - closes;
        if (depth == 0 && (ends_list(c) || (c >= '0' && c <= '9') || check_word_at(job->grammar, text, *end, "rest")))
            return (struct listed){ .begin = 0 };
        l.marks += depth == 0 && c == 0x3001; /* 、 */
        l.ands += depth == 0 && check_word_at(job->grammar, text, *end, "and") > 0;
    }
    return l;
}

static void judge_list_behind(struct check_job *job, struct slice text, size_t number, size_t at, int stated)
{
    size_t end, begin = list_behind(job, text, at);
    if (!begin || check_word_before(job->grammar, text, number, "rest") ||
        check_word_before(job->grammar, text, number, "no-whole"))
        return;
    struct listed l = members_behind(job, text, begin, &end);
    int least = l.marks + 1, most = least + l.ands;
    if (l.marks < 2 || stated > 2 * most || (stated >= least && stated <= most))
        return;
    findings_add(job->out, CHECK_LIST_COUNT, job->plan, check_span(job, slice_of(text.p + number, end - number)),
                 slice_of(text.p + number, at - number), check_number(job, stated > most ? most : least, ""), SLICE_NONE,
                 SLICE_NONE);
}

/* A digit, or a Chinese one: 一二三四五六七八九十两. */
static bool may_end_number(uint32_t c)
{
    static const uint32_t digits[] = { 0x4E00, 0x4E8C, 0x4E09, 0x56DB, 0x4E94, 0x516D,
                                       0x4E03, 0x516B, 0x4E5D, 0x5341, 0x4E24 };
    for (size_t i = 0; i < sizeof digits / sizeof *digits; i++)
        if (c == digits[i])
            return true;
    return c >= '0' && c <= '9';
}

/* A count: its list ends there when its number stands right behind hanzi or a closing mark, or follows behind its noun. */
static void look_at_counter(struct check_job *job, struct slice text, size_t at, size_t n)
{
    int stated;
    size_t number = check_number_before(text, at, &stated), behind = at + n;
    uint32_t before = char_before(text, number);
    if (number == at || stated < 2 || stated > COUNT_MAX || check_word_at(job->grammar, text, at + n, "no-count"))
        return;
    judge_list_behind(job, text, number, at + n, stated);
    if (behind < text.n && text_is_han(text_next(text.p, text.n, &behind)) && (text_is_han(before) || opener_of(before)))
        judge_list(job, text, number, at + n, stated, check_word(job->grammar, slice_of(text.p + at, n), "thing"));
}

static void check_lists(struct check_job *job)
{
    for (size_t i = 0; i < job->block_count; i++) {
        struct slice text = job->blocks[i].text;
        uint32_t before = 0;
        for (size_t at = 0; at < text.n;) {
            size_t n = before && may_end_number(before)
                           ? check_word_at(job->grammar, text, at, "counter")
                           : 0;
            if (n)
                look_at_counter(job, text, at, n);
            before = text_next(text.p, text.n, &at);
        }
    }
}

void check_counts(struct check_job *job)
{
    check_remarks(job);
    check_lists(job);
}
