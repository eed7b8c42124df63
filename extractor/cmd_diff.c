/* gangmu diff: what differs between two plans. */
#include "cmd.h"

#include "compile.h"
#include "review/diff.h"
#include "write/diff_html.h"
#include "write/diff_json.h"
#include "write/diff_text.h"
#include "write/diff_xml.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

struct options {
    const char *format, *output;
    size_t max_size;
    unsigned only;
    bool quiet;
};

enum { ALL = (1u << DIFF_GROUP_MAX) - 1 };

static bool read_only(const struct context *ctx, const char *text, unsigned *only)
{
    struct slice rest = slice_cstr(text), name;
    *only = 0;
    while (slice_split(&rest, ',', &name)) {
        int found = -1;
        for (int i = 0; i < DIFF_GROUP_MAX; i++)
            if (slice_eq(name, slice_cstr(diff_group_names[i])))
                found = i;
        if (found < 0) {
            cmd_trouble(ctx, "--only 里没有这一类（outline indicators results targets measures projects duties wording）",
                        "no such group for --only (outline indicators results targets measures projects duties wording)", text);
            return false;
        }
        *only |= 1u << found;
    }
    return *only != 0 || !cmd_trouble(ctx, "--only 要至少一类", "--only needs a group", text);
}

static void to_text(const struct diff *d, const struct context *ctx, bool color, struct buf *out)
{
    diff_text(d, ctx->lang, color, out);
}

static void to_json(const struct diff *d, const struct context *ctx, bool color, struct buf *out)
{
    (void)ctx;
    (void)color;
    diff_json(d, out);
}

static void to_xml(const struct diff *d, const struct context *ctx, bool color, struct buf *out)
{
    (void)ctx;
    (void)color;
    diff_xml(d, out);
}

static void to_html(const struct diff *d, const struct context *ctx, bool color, struct buf *out)
{
    (void)color;
    diff_html(d, ctx->lang, out);
}

static const struct {
    const char *name;
    void (*write)(const struct diff *, const struct context *, bool color, struct buf *);
} formats[] = {{"text", to_text}, {"json", to_json}, {"xml", to_xml}, {"html", to_html}};

static int format_at(const char *name)
{
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (strcmp(formats[i].name, name) == 0)
            return (int)i;
    return -1;
}

static int read_options(const struct context *ctx, int argc, char **argv, struct options *o)
{
    static const struct option longs[] = {{"format", required_argument, NULL, 'f'},
                                          {"output", required_argument, NULL, 'o'},
                                          {"only", required_argument, NULL, 'y'},
                                          {"max-size", required_argument, NULL, 'm'},
                                          {"quiet", no_argument, NULL, 'q'},
                                          {NULL, 0, NULL, 0}};
    *o = (struct options){.format = "text", .max_size = COMPILE_MAX_SIZE, .only = ALL};
    optind = 1;
    for (int c; (c = cmd_option(ctx, argc, argv, "f:o:q", longs)) != -1;) {
        if (c == 'f')
            o->format = optarg;
        else if (c == 'o')
            o->output = optarg;
        else if (c == 'q')
            o->quiet = true;
        else if (c == 'y' ? !read_only(ctx, optarg, &o->only) : c != 'm' || !cmd_size(ctx, optarg, &o->max_size))
            return EXIT_TROUBLE;
    }
    if (optind + 2 != argc)
        return cmd_trouble(ctx, "要恰好两个文件", "exactly two files are needed", NULL);
    if (strcmp(argv[optind], "-") == 0 && strcmp(argv[optind + 1], "-") == 0)
        return cmd_trouble(ctx, "标准输入只能用一次", "standard input can be used only once", NULL);
    if (format_at(o->format) < 0)
        return cmd_trouble(ctx, "没有这种格式（text json xml html）", "no such format (text json xml html)", o->format);
    return EXIT_GOOD;
}

static struct plan *compile(const struct context *ctx, struct grammar *g, const char *path, const struct options *o)
{
    struct refusal why;
    struct plan *p = compile_file(g, path, path, o->max_size, &why);
    if (!p) {
        struct slice args[2] = {slice_cstr(why.arg), SLICE_NONE};
        cmd_print_diag(ctx, path, 0, 0, why.id, args);
    }
    return p;
}

static bool stdout_color(void)
{
    const char *no_color = getenv("NO_COLOR");
    return isatty(STDOUT_FILENO) && !(no_color && *no_color);
}

static int compare(const struct context *ctx, struct grammar *g, struct plan *a, struct plan *b,
                   const struct options *o)
{
    struct buf out = {0};
    struct diff *d = diff_make(g, a, b, o->only);
    bool differs = diff_any(d);
    int status = EXIT_GOOD;
    if (!o->quiet) {
        formats[format_at(o->format)].write(d, ctx, !o->output && stdout_color(), &out);
        status = cmd_output(ctx, o->output, buf_view(&out));
    }
    buf_done(&out);
    diff_free(d);
    return status == EXIT_GOOD && differs ? EXIT_NO : status;
}

static int run(struct context *ctx, int argc, char **argv)
{
    struct options o;
    int status = read_options(ctx, argc, argv, &o);
    if (status != EXIT_GOOD)
        return status;
    struct grammar *g = cmd_grammar(ctx);
    if (!g)
        return EXIT_TROUBLE;
    struct plan *a = compile(ctx, g, argv[optind], &o);
    struct plan *b = a ? compile(ctx, g, argv[optind + 1], &o) : NULL;
    status = b ? compare(ctx, g, a, b, &o) : EXIT_TROUBLE;
    plan_free(a);
    plan_free(b);
    grammar_close(g);
    return status;
}

const struct command cmd_diff = {
    .name = "diff",
    .run = run,
    .summary = {"比较两份规划：两个县，或一县两期", "compare two plans: two counties, or two periods of one"},
    .usage = {"用法：gangmu diff [-f text|json|xml|html] [-o 文件] [--only 类,…] 甲 乙\n\n"
              "比较两份规划：提纲、指标、完成情况、目标值、举措、项目、责任、文字，逐项说明\n"
              "新增、删去、移动、改列、改名、提高、降低、界限变化、单位变化、性质变化、\n"
              "基期变化、责任单位变化、改写；目标并注明收严还是放松（方向不明的不注）。\n"
              "同一地区的两期另列：原定目标、达到多少、新定目标。\n"
              "甲、乙之一可以是 -（标准输入）。全角半角、空格、换行和标点不同不算变化。\n\n"
              "  -f, --format 格式 text（缺省）；json；xml；html 左右对照的网页，一个文件\n"
              "  -o, --output 文件 写到文件\n"
              "  --only 类,…       只比较这些：outline 提纲 indicators 指标 results 完成情况\n"
              "                    targets 目标值 measures 举措 projects 项目 duties 责任 wording 文字\n"
              "  -q, --quiet       不写结果，只用退出码\n"
              "  --max-size 字节   单个文件的上限（缺省 33554432）\n\n"
              "退出码：0 没有差别，1 有差别，2 用法有误或做不成\n\n"
              "例：gangmu diff --only indicators,targets 垫江.txt 开州.txt\n"
              "    gangmu diff -f html -o 对照.html 十四五.txt 十五五.txt\n",
              "usage: gangmu diff [-f text|json|xml|html] [-o FILE] [--only WHAT,...] A B\n\n"
              "Compares two plans: outline, indicators, results, targets, measures, projects, duties\n"
              "and wording. Says what was added, dropped, moved, renamed, raised, lowered, or got another\n"
              "bound, unit, nature, base year, agency or wording; for targets whether that is stricter\n"
              "or looser (nothing when the direction is not known). For two periods of one region also:\n"
              "what was promised, what was reached, what is promised now.\n"
              "A or B may be - (standard input). Width of chars, blanks, line ends and punctuation\n"
              "make no difference.\n\n"
              "  -f, --format FORMAT  text (default); json; xml; html, a page side by side, one file\n"
              "  -o, --output FILE    write to a file\n"
              "  --only WHAT,...      only these: outline indicators results targets measures projects\n"
              "                       duties wording\n"
              "  -q, --quiet          write nothing, only the exit status\n"
              "  --max-size BYTES     limit for a document (default 33554432)\n\n"
              "exit status: 0 no differences, 1 differences, 2 used wrongly or could not do it\n\n"
              "examples: gangmu diff --only indicators,targets dianjiang.txt kaizhou.txt\n"
              "          gangmu diff -f html -o pair.html old.txt new.txt\n"},
};
