/* gangmu parse: one document to standard output. */
#include "cmd.h"

#include "compile.h"
#include "write/json.h"
#include "write/tree.h"
#include "write/xml.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

struct options {
    const char *to;
    const char *output;
    size_t max_size;
    bool quiet;
};

static int read_options(const struct context *ctx, int argc, char **argv, struct options *o)
{
    static const struct option longs[] = {{"to", required_argument, NULL, 't'},
                                          {"output", required_argument, NULL, 'o'},
                                          {"max-size", required_argument, NULL, 'm'},
                                          {"quiet", no_argument, NULL, 'q'},
                                          {NULL, 0, NULL, 0}};
    *o = (struct options){.to = "xml", .max_size = COMPILE_MAX_SIZE};
    optind = 1;
    for (int c; (c = cmd_option(ctx, argc, argv, "t:o:q", longs)) != -1;) {
        if (c == 't')
            o->to = optarg;
        else if (c == 'o')
            o->output = optarg;
        else if (c == 'q')
            o->quiet = true;
        else if (c != 'm' || !cmd_size(ctx, optarg, &o->max_size))
            return EXIT_TROUBLE;
    }
    if (optind + 1 != argc)
        return cmd_trouble(ctx, "要恰好一个文件", "exactly one file is needed", NULL);
    return EXIT_GOOD;
}

static void to_xml(const struct plan *p, const struct grammar *g, const struct context *ctx, struct buf *out)
{
    (void)ctx;
    xml_write(p, GANGMU_VERSION, g->hash, out);
}

static void to_tree(const struct plan *p, const struct grammar *g, const struct context *ctx, struct buf *out)
{
    (void)g;
    const char *no_color = getenv("NO_COLOR");
    tree_write(p, isatty(STDOUT_FILENO) && !(no_color && *no_color), ctx->lang, out);
}

static void to_json(const struct plan *p, const struct grammar *g, const struct context *ctx, struct buf *out)
{
    (void)g;
    (void)ctx;
    json_plan(p, out);
}

static void to_source(const struct plan *p, const struct grammar *g, const struct context *ctx,
                      struct buf *out)
{
    (void)g;
    (void)ctx;
    xml_source(p, out);
}

static const struct {
    const char *name;
    void (*write)(const struct plan *, const struct grammar *, const struct context *, struct buf *);
} formats[] = {{"xml", to_xml}, {"tree", to_tree}, {"json", to_json}, {"source", to_source}};

static int write_plan(const struct context *ctx, const struct grammar *g, const struct plan *p,
                      const struct options *o)
{
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        if (strcmp(formats[i].name, o->to) != 0)
            continue;
        struct buf out = {0};
        formats[i].write(p, g, ctx, &out);
        int status = cmd_output(ctx, o->output, buf_view(&out));
        buf_done(&out);
        return status;
    }
    return cmd_trouble(ctx, "没有这种格式（xml tree json source）", "no such format (xml tree json source)",
                       o->to);
}

static bool known_format(const char *name)
{
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (strcmp(formats[i].name, name) == 0)
            return true;
    return false;
}

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static int run(struct context *ctx, int argc, char **argv)
{
    struct options o;
    int status = read_options(ctx, argc, argv, &o);
    if (status != EXIT_GOOD)
        return status;
    if (!known_format(o.to))
        return cmd_trouble(ctx, "没有这种格式（xml tree json source）",
                           "no such format (xml tree json source)", o.to);
    struct grammar *g = cmd_grammar(ctx);
    if (!g)
        return EXIT_TROUBLE;
    struct refusal why;
    struct plan *p = compile_file(g, argv[optind], base_name(argv[optind]), o.max_size, &why);
    if (p) {
        if (!o.quiet)
            cmd_print_diags(ctx, argv[optind], p);
        status = write_plan(ctx, g, p, &o);
    } else {
        struct slice args[2] = {slice_cstr(why.arg), SLICE_NONE};
        cmd_print_diag(ctx, argv[optind], 0, 0, why.id, args);
        status = EXIT_TROUBLE;
    }
    plan_free(p);
    grammar_close(g);
    return status;
}

const struct command cmd_parse = {
    .name = "parse",
    .run = run,
    .summary = {"编译一个文件，写到标准输出", "compile one document to standard output"},
    .usage = {"用法：gangmu parse [-t xml|tree|json|source] [-o 文件] 文件\n\n"
              "编译一个文件（- 为标准输入）。信息写到标准错误。\n\n"
              "  -t, --to 格式     xml（缺省）；tree 终端上的提纲；json 各表；\n"
              "                    source 由模型还原的原文，逐字节同解码后的原文\n"
              "  -o, --output 文件 写到文件\n"
              "  -q, --quiet       不显示诊断\n"
              "  --max-size 字节   单个文件的上限（缺省 33554432）\n",
              "usage: gangmu parse [-t xml|tree|json|source] [-o FILE] FILE\n\n"
              "Compiles one document (- is standard input). Diagnostics go to standard error.\n\n"
              "  -t, --to FORMAT   xml (default); tree, an outline for the terminal; json, the tables;\n"
              "                    source, the source given back from the model byte for byte\n"
              "  -o, --output FILE write to a file\n"
              "  -q, --quiet       no diagnostics\n"
              "  --max-size BYTES  limit for a document (default 33554432)\n"},
};
