#include "build_report.h"

#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>

#define WORST 10 /* plans shown of a corpus too large for one table */

/* A column of the table: its heading, and its value in a row of texts or in the counts. */
struct column {
    const char *heading[2];
    const char *(*text)(const struct job *job); /* NULL: a count */
    enum summary_count count;
    bool last; /* not padded */
};

static const char *plan_id(const struct job *job)
{
    return job->outcome.id;
}

static const char *region(const struct job *job)
{
    return *job->outcome.region ? job->outcome.region : "—";
}

static const char *period(const struct job *job)
{
    return *job->outcome.period ? job->outcome.period : "—";
}

static const char *file(const struct job *job)
{
    return job->doc->name;
}

static const struct column columns[] = {
    {.heading = {"规划", "plan"}, .text = plan_id},
    {.heading = {"地区", "region"}, .text = region},
    {.heading = {"规划期", "period"}, .text = period},
    {.heading = {"章", "chapters"}, .count = SUMMARY_CHAPTERS},
    {.heading = {"专栏", "boxes"}, .count = SUMMARY_BOXES},
    {.heading = {"指标", "indicators"}, .count = SUMMARY_INDICATORS},
    {.heading = {"观测值", "observations"}, .count = SUMMARY_OBSERVATIONS},
    {.heading = {"提示", "notes"}, .count = SUMMARY_NOTES},
    {.heading = {"警告", "warnings"}, .count = SUMMARY_WARNINGS},
    {.heading = {"错误", "errors"}, .count = SUMMARY_ERRORS},
    {.heading = {"文件", "file"}, .text = file, .last = true},
};

enum { COLUMNS = sizeof columns / sizeof *columns };

struct table {
    const struct job **rows;
    size_t count;
    uint64_t totals[SUMMARY_MAX];
    size_t widths[COLUMNS];
    enum lang lang;
};

/* ---- counting ---- */

static bool is_plan(const struct job *job)
{
    return job->outcome.kind == OUTCOME_PLAN;
}

size_t report_plans(const struct jobs *j)
{
    size_t n = 0;
    for (size_t i = 0; i < j->count; i++)
        n += is_plan(&j->items[i]);
    return n;
}

size_t report_failures(const struct jobs *j)
{
    size_t n = 0;
    for (size_t i = 0; i < j->count; i++)
        n += j->items[i].outcome.kind == OUTCOME_REFUSED && !j->items[i].skipped;
    return n;
}

static size_t skipped(const struct jobs *j)
{
    size_t n = 0;
    for (size_t i = 0; i < j->count; i++)
        n += j->items[i].skipped;
    return n;
}

static uint64_t badness(const struct job *job)
{
    return (uint64_t)job->outcome.counts[SUMMARY_ERRORS] << 32 | job->outcome.counts[SUMMARY_WARNINGS];
}

static int by_badness(const void *a, const void *b)
{
    const struct job *x = *(const struct job *const *)a, *y = *(const struct job *const *)b;
    if (badness(x) != badness(y))
        return badness(x) < badness(y) ? 1 : -1;
    return (x > y) - (x < y);
}

static void collect(struct table *t, const struct jobs *j, size_t most)
{
    t->rows = mem_alloc((j->count + 1) * sizeof *t->rows);
    for (size_t i = 0; i < j->count; i++) {
        if (!is_plan(&j->items[i]))
            continue;
        t->rows[t->count++] = &j->items[i];
        for (int c = 0; c < SUMMARY_MAX; c++)
            t->totals[c] += j->items[i].outcome.counts[c];
    }
    if (t->count <= most)
        return;
    qsort(t->rows, t->count, sizeof *t->rows, by_badness);
    t->count = 0;
    while (t->count < WORST && badness(t->rows[t->count]))
        t->count++;
}

/* ---- columns ---- */

static size_t width_of(const char *text)
{
    return text_width(slice_cstr(text));
}

static size_t digits_of(uint64_t n)
{
    size_t digits = 1;
    while (n /= 10)
        digits++;
    return digits;
}

static void measure(struct table *t)
{
    for (int c = 0; c < COLUMNS; c++) {
        t->widths[c] = width_of(columns[c].heading[t->lang]);
        if (!columns[c].text) {
            size_t digits = digits_of(t->totals[columns[c].count]);
            t->widths[c] = digits > t->widths[c] ? digits : t->widths[c];
        }
        for (size_t r = 0; columns[c].text && r < t->count; r++) {
            size_t width = width_of(columns[c].text(t->rows[r]));
            t->widths[c] = width > t->widths[c] ? width : t->widths[c];
        }
    }
}

/* Words stand to the left, numbers to the right. */
static void add_cell(const struct table *t, int c, const char *text, bool number, struct buf *out)
{
    if (c)
        buf_str(out, "  ");
    text_pad(slice_cstr(text), columns[c].last ? 0 : t->widths[c], number, out);
}

static void add_count(const struct table *t, int c, uint64_t count, struct buf *out)
{
    char text[24], *at = text + sizeof text;
    *--at = 0;
    do
        *--at = (char)('0' + count % 10);
    while (count /= 10);
    add_cell(t, c, at, true, out);
}

static void add_heading(const struct table *t, struct buf *out)
{
    for (int c = 0; c < COLUMNS; c++)
        add_cell(t, c, columns[c].heading[t->lang], !columns[c].text, out);
    buf_char(out, '\n');
}

static void add_row(const struct table *t, const struct job *job, struct buf *out)
{
    for (int c = 0; c < COLUMNS; c++) {
        if (columns[c].text)
            add_cell(t, c, columns[c].text(job), false, out);
        else
            add_count(t, c, job->outcome.counts[columns[c].count], out);
    }
    buf_char(out, '\n');
}

/* The totals: the first column says what they are, the other words are left out. */
static void add_totals(const struct table *t, const char *what, struct buf *out)
{
    for (int c = 0; c < COLUMNS && !columns[c].last; c++) {
        if (columns[c].text)
            add_cell(t, c, c == 0 ? what : "", false, out);
        else
            add_count(t, c, t->totals[columns[c].count], out);
    }
    buf_char(out, '\n');
}

/* ---- the whole ---- */

static const char *say(enum lang lang, const char *zh, const char *en)
{
    return lang == LANG_ZH ? zh : en;
}

/* All kinds of records in one line: 记录：指标 165，观测值 353 …. */
static void add_records(const struct table *t, struct buf *out)
{
    static const char *const names[SUMMARY_MAX][2] = {
#define COUNT(id, zh, en) [SUMMARY_##id] = {zh, en},
        SUMMARY_COUNTS(COUNT)
#undef COUNT
    };
    buf_str(out, t->lang == LANG_ZH ? "记录：" : "records: ");
    for (int c = SUMMARY_INDICATORS; c < SUMMARY_NOTES; c++) {
        if (c > SUMMARY_INDICATORS)
            buf_str(out, t->lang == LANG_ZH ? "，" : ", ");
        buf_printf(out, "%s %llu", names[c][t->lang], (unsigned long long)t->totals[c]);
    }
    buf_char(out, '\n');
}

static void add_unmapped(const struct table *t, struct buf *out)
{
    uint64_t n = t->totals[SUMMARY_UNMAPPED];
    if (n)
        buf_printf(out,
                   say(t->lang, "没有规范代码的指标名称：%llu（每份规划中不同的，清单见 report.txt）\n",
                       "indicator names without a code: %llu (different ones of each plan, listed in report.txt)\n"),
                   (unsigned long long)n);
}

static void add_refused(const struct jobs *j, enum lang lang, struct buf *out)
{
    size_t failed = report_failures(j), passed_by = skipped(j);
    if (failed)
        buf_printf(out, say(lang, "未能编译的文档：%zu（见诊断）\n", "documents not compiled: %zu (see diagnostics)\n"),
                   failed);
    if (passed_by)
        buf_printf(out,
                   say(lang, "跳过的文件：%zu（没有能读它的部件）\n",
                       "files passed over: %zu (nothing here reads them)\n"),
                   passed_by);
}

void report_table(const struct jobs *j, enum lang lang, size_t most, struct buf *out)
{
    struct table t = {.lang = lang};
    size_t plans = report_plans(j);
    char what[48];
    collect(&t, j, most);
    struct buf total = {0};
    buf_printf(&total, say(lang, "合计 %zu 份", "total %zu"), plans);
    snprintf(what, sizeof what, "%s", buf_cstr(&total));
    buf_done(&total);
    measure(&t);
    if (width_of(what) > t.widths[0])
        t.widths[0] = width_of(what);
    if (t.count && t.count < plans)
        buf_str(out, say(lang, "诊断最多的规划（全部见 report.txt）\n",
                         "plans with the most findings (all are in report.txt)\n"));
    add_heading(&t, out);
    for (size_t i = 0; i < t.count; i++)
        add_row(&t, t.rows[i], out);
    add_totals(&t, what, out);
    add_records(&t, out);
    add_unmapped(&t, out);
    add_refused(j, lang, out);
    free(t.rows);
}

void report_summary(const struct jobs *j, const char *version, struct buf *out)
{
    buf_printf(out, "纲目 gangmu %s 编译报告\n", version);
    report_table(j, LANG_ZH, SIZE_MAX, out);
}
