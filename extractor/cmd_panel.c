/* gangmu panel: the long panel, a row a figure. */
#include "cmd_store.h"

#include "base/outfile.h"
#include "write/panel_csv.h"

struct options {
    const char *dir, *format, *output;
};

static int read_options(const struct context *ctx, int argc, char **argv, struct options *o)
{
    static const struct option longs[] = { { "corpus", required_argument, NULL, 'C' },
                                           { "format", required_argument, NULL, 'f' },
                                           { "output", required_argument, NULL, 'o' },
                                           { NULL, 0, NULL, 0 } };
    *o = (struct options){ .dir = "output", .format = "csv" };
    optind = 1;
    for (int c; (c = cmd_option(ctx, argc, argv, "C:f:o:", longs)) != -1;) {
        if (c == 'C')
            o->dir = optarg;
        else if (c == 'f')
            o->format = optarg;
        else if (c == 'o')
            o->output = strcmp(optarg, "-") == 0 ? NULL : optarg;
        else
            return EXIT_TROUBLE;
    }
    if (optind != argc)
        return cmd_trouble(ctx, "panel 不要文件名，语料库用 -C 指定",
                           "panel takes no file, name the corpus with -C", argv[optind]);
    if (strcmp(o->format, "dta") == 0 || strcmp(o->format, "xlsx") == 0)
        return cmd_trouble(ctx, "这个版本只写 csv，还不能写这种格式",
                           "this version writes csv only, not yet this format", o->format);
    if (strcmp(o->format, "csv") != 0)
        return cmd_trouble(ctx, "没有这种格式（csv）", "no such format (csv)", o->format);
    return EXIT_GOOD;
}

static void write_plans(const struct context *ctx, struct store *c, struct grammar *g, struct outfile *out)
{
    size_t count;
    const struct panel_plan *plans = store_plans(c, &count);
    struct panel panel = { 0 };
    struct buf rows = { 0 };
    panel_csv_header(&rows);
    for (size_t i = 0; i < count && outfile_good(out) && store_state(c) == STORE_GOOD; i++) {
        store_panel(c, &plans[i], g, &panel);
        if (store_state(c) == STORE_GOOD)
            cmd_store_unread(ctx, &plans[i], &panel);
        panel_csv_rows(&panel, &rows);
        outfile_add(out, buf_view(&rows));
        rows.n = 0;
    }
    outfile_add(out, buf_view(&rows)); /* the header of a corpus without plans */
    panel_done(&panel);
    buf_done(&rows);
}

static int run(struct context *ctx, int argc, char **argv)
{
    struct options o;
    int status = read_options(ctx, argc, argv, &o);
    if (status != EXIT_GOOD)
        return status;
    struct store *c = cmd_store(ctx, o.dir);
    struct grammar *g = c ? cmd_grammar(ctx) : NULL;
    if (g) {
        struct buf error = { 0 };
        struct outfile *out = outfile_open(o.output);
        write_plans(ctx, c, g, out);
        status = cmd_store_end(ctx, c, o.dir);
        if (!outfile_close(out, status == EXIT_GOOD, &error))
            status = cmd_trouble(ctx, "写不出结果", "cannot write the result", buf_cstr(&error));
        buf_done(&error);
    } else {
        status = EXIT_TROUBLE;
    }
    grammar_close(g);
    store_close(c);
    return status;
}

const struct command cmd_panel = {
    .name = "panel",
    .run = run,
    .summary = { "跨地区的指标长表，一个数一行，供统计软件用",
                 "the long indicator panel, a row a figure, for statistics" },
    .usage = { "用法：gangmu panel [-C 目录] [-f csv] [-o 文件]\n\n"
               "把语料库中表格和行文里的全部指标数值写成一张长表：地区 × 指标 × 年份 × "
               "角色（现状、目标、\n"
               "完成、变化），一个数一行，每行有它在原文中的位置（文件、行、列、起止字节）。\n\n"
               "同一规划中说的是一回事的几行：数相同的，agrees 列同号；数不同的，conflict "
               "列写出对方的\n"
               "编号。一份规划、一个指标、一个年份、一种角色要只取一个数时，取 taken 为 1 "
               "的行；why 列\n"
               "说明为什么取或不取。各列的含义见 docs/panel.md。\n\n"
               "  -C, --corpus 目录 gangmu build 建好的语料库（缺省 output）\n"
               "  -f, --format 格式 csv（UTF-8 带 BOM，Excel 可直接打开）\n"
               "  -o, --output 文件 写到文件（缺省写到标准输出）\n\n"
               "例：gangmu build -o output 规划/ && gangmu panel -o panel.csv\n",
               "usage: gangmu panel [-C DIR] [-f csv] [-o FILE]\n\n"
               "Writes every figure of an indicator in the corpus, from tables and prose, as one "
               "long table:\n"
               "region x indicator x year x role (base, target, actual, change), a row a figure, "
               "each with its\n"
               "place in the source (file, line, column, bytes).\n\n"
               "Rows of one plan about one thing: equal figures bear the same mark in the column "
               "agrees, others\n"
               "name each other's record in conflict. For one figure a plan, indicator, year and "
               "role take the\n"
               "rows with taken = 1; why says why. Columns: docs/panel.md.\n\n"
               "  -C, --corpus DIR  a corpus made by gangmu build (default output)\n"
               "  -f, --format F    csv (UTF-8 with BOM, opens in Excel)\n"
               "  -o, --output FILE write to a file (default: standard output)\n\n"
               "example: gangmu build -o output plans/ && gangmu panel -o panel.csv\n" },
};
