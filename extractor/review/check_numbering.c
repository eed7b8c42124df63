/* Numbers inside paragraphs and tables, and the contents beside the headings. */
#include "review/check.h"

#include "base/index.h"
#include "base/numeral.h"
#include "base/text.h"

/* ---- row numbers ---- */

static int number_of(struct slice s)
{
    size_t n = 0;
    while (n < s.n && s.p[n] >= '0' && s.p[n] <= '9')
        n++;
    return n ? numeral_count(slice_of(s.p, n)) : numeral_count(text_trim(s));
}

static int number_column(const struct table *t)
{
    for (int col = 0; col < t->cols; col++)
        if (t->columns && t->columns[col].role == COLUMN_NUMBER)
            return col;
    return -1;
}

static void check_column(struct check_job *job, const struct table *t, int col)
{
    const struct cell *before = NULL;
    int last = 0;
    for (int row = t->header_rows; row < t->rows; row++) {
        const struct cell *c = t->grid[(size_t)row * (size_t)t->cols + (size_t)col];
        int number = c && c->row == row && !c->from ? number_of(c->text) : -1;
        if (number <= 0)
            continue;
        if (before && number != 1 && number != last + 1)
            findings_see(job->out, check_say(job, CHECK_ROW_NUMBER, c->span, before->text, c->text),
                         job->plan, before->span, SLICE_NONE);
        before = c;
        last = number;
    }
}

/* Numbers written before the names. */
static void check_names(struct check_job *job, const struct indicator *first)
{
    const struct indicator *before = NULL;
    int last = 0;
    for (const struct indicator *i = first; i && i->box == first->box; i = i->next) {
        int number = i->row_no.n ? numeral_count(i->row_no) : -1;
        if (number <= 0 || (number == last && before))
            continue;
        if (before && number != 1 && number != last + 1)
            findings_see(job->out,
                         check_say(job, CHECK_ROW_NUMBER, i->span, before->row_no, i->row_no),
                         job->plan, before->span, SLICE_NONE);
        before = i;
        last = number;
    }
}

static void check_row_numbers(struct check_job *job)
{
    for (const struct box *b = job->plan->boxes; b; b = b->next) {
        int col = b->table.rows ? number_column(&b->table) : -1;
        if (col >= 0)
            check_column(job, &b->table, col);
    }
    const struct box *seen = NULL;
    for (const struct indicator *i = job->plan->indicators; i; i = i->next) {
        if (i->box != seen && number_column(&i->box->table) < 0)
            check_names(job, i);
        seen = i->box;
    }
}

/* ---- numbers that jump ---- */

enum {
    JUMP_BYTES = 1 << 16, /* limit: how far back the heading that seems to lack is looked for */
    JUMPS = 200,          /* limit: jumps looked at so */
};

/* A label taken apart: 第 五 节, （ 三 ）. */
struct label {
    struct slice before, behind;
    int number;
};

static bool read_label(struct slice s, struct label *out)
{
    for (size_t begin = 0; begin < s.n; text_next(s.p, s.n, &begin))
        for (size_t end = s.n; end > begin; end = text_before(s, end)) {
            out->number = numeral_count(slice_of(s.p + begin, end - begin));
            if (out->number < 0)
                continue;
            out->before = slice_of(s.p, begin);
            out->behind = slice_of(s.p + end, s.n - end);
            return out->before.n && out->behind.n;
        }
    return false;
}

/* The number of a label of the same form at byte `at`, or -1. */
static int number_at(struct slice text, size_t at, const struct label *like)
{
    size_t begin = at + like->before.n, end = begin;
    for (int i = 0; i < 4 && end < text.n; i++) {
        text_next(text.p, text.n, &end);
        if (slice_starts(slice_of(text.p + end, text.n - end), like->behind))
            return numeral_count(slice_of(text.p + begin, end - begin));
    }
    return -1;
}

static const struct section *section_headed_at(const struct check_job *job, uint32_t begin)
{
    const struct section *s = job->plan->sections;
    while (s && s->head.begin != begin)
        s = s->next;
    return s;
}

/* Whether a number in between begins a line or sentence further up: a heading run into its text, as conversion leaves it. */
static bool is_run_in(const struct check_job *job, uint32_t place, const struct label *here, int from)
{
    size_t begin = place > JUMP_BYTES ? text_onward(job->plan->source.text, place - JUMP_BYTES) : 0;
    const struct section *section = section_headed_at(job, place);
    if (section && section->parent && section->parent->head.end > begin) /* numbers begin anew there */
        begin = section->parent->head.end;
    for (size_t i = 0; i < job->block_count && job->blocks[i].node->span.begin < place; i++)
        if (job->blocks[i].node->kind == NODE_TOC && job->blocks[i].node->span.end > begin)
            begin = job->blocks[i].node->span.end;
    struct slice text = slice_of(job->plan->source.text.p + begin, begin < place ? place - begin : 0);
    for (size_t at = 0; at < text.n;) {
        ptrdiff_t found = slice_find(slice_of(text.p + at, text.n - at), here->before);
        if (found < 0)
            return false;
        at += (size_t)found;
        size_t before = at ? text_before(text, at) : 0, next = before;
        bool begins = !at || check_begins_member(text_next(text.p, text.n, &next));
        int number = begins ? number_at(text, at, here) : -1;
        if (number > from && number < here->number)
            return true;
        at += here->before.n;
    }
    return false;
}

/* Takes away the jumps over headings that are there but not on a line of their own. */
static void mend_jumps(struct check_job *job)
{
    int looked = 0;
    for (size_t i = job->out->count; i > 0 && looked < JUMPS && job->out->items[i - 1]->plan == job->plan; i--) {
        struct finding *x = job->out->items[i - 1];
        struct label last, here;
        if (x->id != CHECK_NUMBER_JUMPS || !read_label(x->args[1], &here))
            continue;
        looked++;
        int from = read_label(x->args[0], &last) ? last.number : 0;
        if (is_run_in(job, x->span.begin, &here, from))
            findings_drop(job->out, i - 1);
    }
}

/* ---- headings ---- */

enum {
    ENTRIES_AHEAD = 64
}; /* limit: how far ahead the entry of a heading that reads differently is looked for */

/* A heading as compared: label and title without blanks, dots and the number of the page. */
static struct slice plain_entry(struct check_job *job, struct slice s)
{
    char *out = arena_text(&job->arena, s.n + 1);
    size_t n = 0;
    for (size_t at = 0; at < s.n;) {
        size_t begin = at;
        uint32_t c = text_next(s.p, s.n, &at);
        if (text_is_blank(c) || c == 0x2026 || c == 0x00B7 || c == '.' || c == 0xFF0E ||
            c == 0x22EF)
            continue;
        memcpy(out + n, s.p + begin, at - begin);
        n += at - begin;
    }
    size_t end = n;
    while (end && ((out[end - 1] >= '0' && out[end - 1] <= '9') || out[end - 1] == '-'))
        end--;
    return slice_of(out, end);
}

static struct slice plain_heading(struct check_job *job, const struct section *s)
{
    struct buf both = { 0 };
    buf_slice(&both, s->label);
    buf_slice(&both, s->title);
    struct slice out = plain_entry(job, buf_view(&both));
    buf_done(&both);
    return out;
}

/* An entry of the contents. */
struct entry {
    struct slice written, plain;
    const struct section *section; /* the heading it stands for */
};

static struct entry *entries_of(struct check_job *job, const struct node *toc, size_t *count)
{
    struct entry *out = NULL;
    struct slice rest = plan_slice(job->plan, toc->span), line;
    *count = 0;
    while (slice_split(&rest, '\n', &line)) {
        struct slice plain = plain_entry(job, line);
        if (!plain.n || check_word(job->grammar, plain, "contents"))
            continue;
        out = arena_grow(&job->arena, out, *count, sizeof *out);
        out[(*count)++] = (struct entry){ text_trim(line), plain, NULL };
    }
    return out;
}

/* Finds each entry's heading: the one that reads the same, in any order. */
static void bind_entries(struct check_job *job, struct entry *entries, size_t count,
                         const struct section **unlisted, size_t *lacking)
{
    struct index known = { 0 };
    *lacking = 0;
    for (size_t i = 0; i < count; i++)
        *index_put(&known, entries[i].plain) = i + 1;
    for (const struct section *s = job->plan->sections; s; s = s->next) {
        const size_t *at = index_get(&known, plain_heading(job, s));
        if (at && *at)
            entries[*at - 1].section = s;
        else if (unlisted)
            unlisted[(*lacking)++] = s;
    }
    index_done(&known);
}

static bool same_label(const struct section *s, const struct entry *e)
{
    return s->label.n && slice_starts(e->plain, s->label);
}

static void say_unlisted(struct check_job *job, const struct section *s, struct entry *entries,
                         size_t count, size_t *from)
{
    for (size_t i = *from; i < count && i < *from + ENTRIES_AHEAD; i++) {
        if (entries[i].section || !same_label(s, &entries[i]))
            continue;
        entries[i].section = s;
        *from = i + 1;
        findings_see(
            job->out,
            check_say(job, CHECK_CONTENTS_DIFFER, s->head, entries[i].plain, plain_heading(job, s)),
            job->plan, plan_span(job->plan, entries[i].written), SLICE_NONE);
        return;
    }
    check_say(job, CHECK_CONTENTS_LACK, s->head, SLICE("目录"), plain_heading(job, s));
}

/* Whether an entry stands in the text though not as a heading: run into a paragraph. */
static bool stands_below(const struct check_job *job, const struct node *toc, const struct entry *e)
{
    struct slice text = slice_of(job->plan->source.text.p + toc->span.end, job->plan->source.text.n - toc->span.end);
    struct slice entry = slice_of(e->written.p, 0);
    while (entry.n < e->written.n && e->written.p[entry.n] != '.' && e->written.p[entry.n] != ' ' &&
           !slice_starts(slice_of(e->written.p + entry.n, e->written.n - entry.n), SLICE("…")))
        entry.n++;
    return entry.n > 12 && slice_find(text, entry) >= 0;
}

static void check_contents(struct check_job *job, const struct node *toc)
{
    size_t count, lacking, from = 0, sections = 0;
    struct entry *entries = entries_of(job, toc, &count);
    if (count < 2)
        return;
    for (const struct section *s = job->plan->sections; s; s = s->next)
        sections++;
    const struct section **unlisted = arena_alloc(&job->arena, (sections + 1) * sizeof *unlisted);
    bind_entries(job, entries, count, unlisted, &lacking);
    size_t bound = sections - lacking;
    if (bound * 2 < count) /* contents that were not read line by line */
        return;
    bool listed[NODE_MAX] = { false }; /* the kinds of headings that the contents have */
    for (size_t i = 0; i < count; i++)
        if (entries[i].section)
            listed[entries[i].section->node->kind] = true;
    for (size_t i = 0; i < lacking; i++)
        if (listed[unlisted[i]->node->kind])
            say_unlisted(job, unlisted[i], entries, count, &from);
    for (size_t i = 0; i < count; i++)
        if (!entries[i].section && !stands_below(job, toc, &entries[i]))
            check_say(job, CHECK_CONTENTS_LACK, plan_span(job->plan, entries[i].written),
                      SLICE("正文"), entries[i].plain);
}

/* Two headings beside each other that read the same. */
static void check_twins(struct check_job *job)
{
    struct index known = { 0 };
    const struct section **seen = NULL;
    size_t count = 0;
    for (const struct section *s = job->plan->sections; s; s = s->next) {
        if (!s->title.n || !s->label.n || s->node->kind == NODE_ANNEX)
            continue;
        struct buf key = { 0 };
        buf_printf(&key, "%p ", (const void *)s->parent);
        buf_slice(&key, s->title);
        size_t *at = index_put(&known, slice_of(arena_dup(&job->arena, key.p, key.n), key.n));
        buf_done(&key);
        if (*at) {
            findings_see(job->out,
                         check_say(job, CHECK_HEADING_TWICE, s->head, s->title, SLICE_NONE),
                         job->plan, seen[*at - 1]->head, SLICE_NONE);
            continue;
        }
        seen = arena_grow(&job->arena, seen, count, sizeof *seen);
        seen[count] = s;
        *at = ++count;
    }
    index_done(&known);
}

void check_numbering(struct check_job *job)
{
    check_row_numbers(job);
    check_twins(job);
    mend_jumps(job);
    for (size_t i = 0; i < job->block_count; i++)
        if (job->blocks[i].node->kind == NODE_TOC)
            check_contents(job, job->blocks[i].node);
}
