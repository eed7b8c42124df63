/* gangmu eval: scores a corpus against gold CSV files. */
#include "cmd.h"

#include "base/file.h"
#include "base/text.h"
#include "eval_score.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

#define TABLES_MAX 16

struct options {
    const char *corpus;
    const char *gold;
    const char *tables[TABLES_MAX]; /* those asked for; none: all */
    size_t table_count;
    unsigned min; /* millionths */
};

/* ---- options ---- */

/* A number from 0 to 1, in millionths. */
static bool read_score(const char *text, unsigned *score)
{
    unsigned n = 0, scale = SCORE_ONE;
    if (*text != '0' && *text != '1' && *text != '.')
        return false;
    if (*text != '.')
        n = (unsigned)(*text++ - '0') * SCORE_ONE;
    if (*text == '.')
        for (text++; *text >= '0' && *text <= '9'; text++)
            n += (unsigned)(*text - '0') * (scale /= 10);
    *score = n;
    return !*text && n <= SCORE_ONE;
}

static bool take_option(struct options *o, int option, const char *value)
{
    switch (option) {
    case 'C': o->corpus = value; return true;
    case 'm': return read_score(value, &o->min);
    default:
        if (o->table_count == TABLES_MAX || !eval_find(slice_cstr(value)))
            return false;
        o->tables[o->table_count++] = value;
        return true;
    }
}

static int read_options(const struct context *ctx, int argc, char **argv, struct options *o)
{
    static const struct option longs[] = {{"corpus", required_argument, NULL, 'C'},
                                          {"min", required_argument, NULL, 'm'},
                                          {"table", required_argument, NULL, 't'},
                                          {NULL, 0, NULL, 0}};
    *o = (struct options){.corpus = "output", .min = SCORE_ONE};
    opterr = 0;
    optind = 1;
    for (int c; (c = getopt_long(argc, argv, ":C:", longs, NULL)) != -1;) {
        const char *word = optind > 1 && optind <= argc ? argv[optind - 1] : "";
        if (c == '?')
            return cmd_trouble(ctx, "没有这个选项", "no such option", word);
        if (c == ':')
            return cmd_trouble(ctx, "选项缺少值", "option without its value", word);
        if (!take_option(o, c, optarg))
            return cmd_trouble(ctx, "选项的值不对", "bad value of an option", optarg);
    }
    if (optind + 1 != argc)
        return cmd_trouble(ctx, "要恰好一个金标准目录", "exactly one directory of gold files is needed", NULL);
    o->gold = argv[optind];
    return EXIT_GOOD;
}

/* ---- all gold files ---- */

struct result {
    const struct eval_table *table;
    struct score score;
};

struct results {
    struct result items[TABLES_MAX];
    size_t count;
    struct buf notices;
};

static bool is_wanted(const struct options *o, const struct eval_table *t)
{
    bool wanted = !o->table_count;
    for (size_t i = 0; i < o->table_count; i++)
        wanted |= strcmp(o->tables[i], t->name) == 0;
    return wanted;
}

/* Scores one gold file; false when it cannot be read. What cannot be compared is a notice. */
static bool score_file(const struct context *ctx, struct corpus *c, const struct eval_table *t,
                       const char *path, struct results *r, struct buf *error)
{
    struct csv_file gold;
    struct buf why = {0};
    if (!csv_read(&gold, path, error))
        return false;
    struct score_input in = {.table = t, .gold = &gold, .gold_path = path, .lang = ctx->lang};
    struct result *result = &r->items[r->count];
    result->table = t;
    if (score_table(c, &in, &result->score, &why)) {
        buf_slice(&r->notices, buf_view(&result->score.notices));
        r->count++;
    } else {
        buf_printf(&r->notices, "%s: %s\n", path, buf_cstr(&why));
        score_done(&result->score);
    }
    buf_done(&why);
    csv_done(&gold);
    return true;
}

static void note_unknown(const struct context *ctx, const struct options *o, struct results *r)
{
    char **names = NULL;
    size_t count = 0;
    struct buf ignored = {0};
    file_names(o->gold, &names, &count, &ignored);
    for (size_t i = 0; i < count; i++) {
        struct slice name = slice_cstr(names[i]);
        if (slice_ends(name, SLICE(".csv")) && !eval_find(slice_of(name.p, name.n - 4)))
            buf_printf(&r->notices, "%s/%s: %s\n", o->gold, names[i],
                       cmd_text(ctx, "不认识的表，跳过", "unknown table, skipped"));
    }
    file_names_free(names, count);
    buf_done(&ignored);
}

static bool score_all(const struct context *ctx, const struct options *o, struct corpus *c, struct results *r,
                      struct buf *error)
{
    bool good = true;
    for (size_t i = 0; i < eval_table_count && good; i++) {
        struct buf path = {0};
        buf_printf(&path, "%s/%s.csv", o->gold, eval_tables[i].name);
        if (is_wanted(o, &eval_tables[i]) && file_exists(buf_cstr(&path)))
            good = score_file(ctx, c, &eval_tables[i], path.p, r, error);
        buf_done(&path);
    }
    if (good && !o->table_count)
        note_unknown(ctx, o, r);
    return good;
}

/* ---- what is printed ---- */

enum { NAME_WIDTH = 24, NUMBER_WIDTH = 8 };

static void add_padded(struct buf *out, const char *text, size_t width, bool right)
{
    text_pad(slice_cstr(text), width, right, out);
}

static void add_number(struct buf *out, size_t n)
{
    char text[24];
    snprintf(text, sizeof text, "%zu", n);
    add_padded(out, text, NUMBER_WIDTH, true);
}

/* Four decimals, cut off: 0.9999 is never printed as 1. */
static void add_score(struct buf *out, unsigned score)
{
    char text[24];
    snprintf(text, sizeof text, "%u.%04u", score / SCORE_ONE, score % SCORE_ONE / 100);
    add_padded(out, text, NUMBER_WIDTH, true);
}

static void add_tables(const struct context *ctx, const struct results *r, struct buf *out)
{
    static const char *const heads[][2] = {{"金标准", "gold"},     {"语料", "corpus"}, {"相符", "matched"},
                                           {"精确率", "precis."}, {"召回率", "recall"}, {"F1", "F1"}};
    add_padded(out, cmd_text(ctx, "表", "table"), NAME_WIDTH, false);
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        add_padded(out, heads[i][ctx->lang], NUMBER_WIDTH, true);
    buf_char(out, '\n');
    for (size_t i = 0; i < r->count; i++) {
        const struct score *s = &r->items[i].score;
        add_padded(out, r->items[i].table->name, NAME_WIDTH, false);
        add_number(out, s->gold);
        add_number(out, s->corpus);
        add_number(out, s->matched);
        add_score(out, score_precision(s));
        add_score(out, score_recall(s));
        add_score(out, score_f1(s));
        buf_char(out, '\n');
    }
}

static void add_fields(const struct context *ctx, const struct results *r, struct buf *out)
{
    buf_char(out, '\n');
    add_padded(out, cmd_text(ctx, "字段（相符的行）", "field (matched rows)"), NAME_WIDTH, false);
    add_padded(out, cmd_text(ctx, "对", "right"), NUMBER_WIDTH, true);
    add_padded(out, cmd_text(ctx, "错", "wrong"), NUMBER_WIDTH, true);
    add_padded(out, cmd_text(ctx, "正确率", "accuracy"), NUMBER_WIDTH + 2, true);
    buf_char(out, '\n');
    for (size_t i = 0; i < r->count; i++) {
        for (size_t f = 0; f < r->items[i].score.field_count; f++) {
            const struct score_field *field = &r->items[i].score.fields[f];
            char name[64];
            snprintf(name, sizeof name, "%s.%s", r->items[i].table->name, field->name);
            add_padded(out, name, NAME_WIDTH, false);
            add_number(out, field->right);
            add_number(out, field->wrong);
            buf_str(out, "  ");
            add_score(out, score_field_accuracy(field));
            buf_char(out, '\n');
        }
    }
}

static void add_verdict(const struct context *ctx, unsigned least, unsigned min, struct buf *out)
{
    buf_str(out, cmd_text(ctx, "\n最低分", "\nlowest score"));
    add_score(out, least);
    buf_str(out, cmd_text(ctx, "，要求", ", wanted"));
    add_score(out, min);
    buf_str(out, least >= min ? cmd_text(ctx, "：通过\n", ": passed\n")
                              : cmd_text(ctx, "：未达到\n", ": not reached\n"));
}

static int print_results(const struct context *ctx, const struct options *o, const struct results *r)
{
    struct buf out = {0};
    unsigned least = SCORE_ONE;
    for (size_t i = 0; i < r->count; i++) {
        unsigned score = score_least(&r->items[i].score);
        least = score < least ? score : least;
        buf_slice(&out, buf_view(&r->items[i].score.findings));
    }
    if (out.n)
        buf_char(&out, '\n');
    add_tables(ctx, r, &out);
    add_fields(ctx, r, &out);
    add_verdict(ctx, least, o->min, &out);
    fwrite(out.p, 1, out.n, stdout);
    buf_done(&out);
    return least >= o->min ? EXIT_GOOD : EXIT_NO;
}

/* ---- the command ---- */

static int evaluate(const struct context *ctx, const struct options *o, struct corpus *c)
{
    struct results r = {0};
    struct buf error = {0};
    int status;
    bool good = score_all(ctx, o, c, &r, &error);
    if (r.notices.n)
        fwrite(r.notices.p, 1, r.notices.n, stderr);
    if (!good)
        status = cmd_trouble(ctx, "读不了金标准", "cannot read the gold", buf_cstr(&error));
    else if (!r.count)
        status = cmd_trouble(ctx, "没有可以比较的金标准文件", "no gold file that can be compared", o->gold);
    else
        status = print_results(ctx, o, &r);
    for (size_t i = 0; i < r.count; i++)
        score_done(&r.items[i].score);
    buf_done(&r.notices);
    buf_done(&error);
    return status;
}

static int run(struct context *ctx, int argc, char **argv)
{
    struct options o;
    struct corpus corpus;
    struct buf error = {0};
    int status = read_options(ctx, argc, argv, &o);
    if (status != EXIT_GOOD)
        return status;
    if (corpus_open(&corpus, o.corpus, &error)) {
        status = evaluate(ctx, &o, &corpus);
        corpus_done(&corpus);
    } else if (error.n) {
        status = cmd_trouble(ctx, "读不了语料", "cannot read the corpus", buf_cstr(&error));
    } else {
        status = cmd_trouble(ctx, "这里没有编译好的语料（csv/plans.csv）；请先运行 gangmu build",
                             "no corpus here (csv/plans.csv); run gangmu build first", o.corpus);
    }
    buf_done(&error);
    return status;
}

const struct command cmd_eval = {
    .name = "eval",
    .run = run,
    .summary = {"用金标准给语料评分：精确率、召回率、逐字段",
                "score a corpus against gold: precision, recall, each field"},
    .usage = {"用法：gangmu eval [-C 语料目录] [--min 分数] [--table 表]… 金标准目录\n"
              "\n"
              "把语料（语料目录/csv 下的表）与金标准目录中同名的 CSV 文件相比：plans、sections、boxes、\n"
              "cells、indicators、targets、projects。只评金标准提到的规划（按 region_code 或 plan_id）。\n"
              "行按键列相配，其余列逐一比较；列出每一处缺、多、错，再列各表和各字段的分数。\n"
              "\n"
              "  -C, --corpus 目录  build 的结果目录（缺省 output）\n"
              "      --min 分数     要求的最低分，0 到 1（缺省 1）：各表的 F1 和各字段的正确率都要达到\n"
              "      --table 表     只评这个表，可以多次给出\n"
              "\n"
              "退出码：0 达到要求；1 未达到；2 用法不对或文件读不了。\n",
              "usage: gangmu eval [-C DIR] [--min SCORE] [--table NAME]... GOLDDIR\n"
              "\n"
              "Compares a corpus (the tables in DIR/csv) with the CSV files of the same names in GOLDDIR:\n"
              "plans, sections, boxes, cells, indicators, targets, projects. Only plans that the gold names\n"
              "(by region_code or plan_id) are judged. Rows are matched by key columns, the other columns\n"
              "compared one by one; every missing, surplus and wrong one is listed, then the scores.\n"
              "\n"
              "  -C, --corpus DIR   what build wrote (default: output)\n"
              "      --min SCORE    lowest score wanted, 0 to 1 (default 1): the F1 of every table and the\n"
              "                     accuracy of every field must reach it\n"
              "      --table NAME   judge this table only; may be given several times\n"
              "\n"
              "exit status: 0 reached; 1 not reached; 2 used wrongly, or a file cannot be read.\n"},
};
