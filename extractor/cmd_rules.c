/* gangmu rules: the grammars checked, listed, shown. */
#include "cmd.h"

#include "base/particle.h"
#include "base/start.h"

#include <stdio.h>

static int check(struct context *ctx, struct grammar *g)
{
    struct buf report = {0};
    size_t examples;
    size_t findings = rules_check(g->rules, &report, &examples);
    findings += grammar_check_lexicons(g, &report);
    findings += particle_check(g, &report, &examples);
    findings += starts_check(g, &report, &examples);
    fputs(buf_cstr(&report), stderr);
    printf(cmd_text(ctx, "%zu 条规则，%zu 个例子，%zu 处问题\n", "%zu rules, %zu examples, %zu findings\n"),
           rules_count(g->rules), examples, findings);
    buf_done(&report);
    return findings ? EXIT_NO : EXIT_GOOD;
}

static int list(const struct grammar *g)
{
    for (size_t i = 0; i < rules_count(g->rules); i++) {
        struct rule_info info = rules_info(g->rules, i);
        printf("%-28s %-9s %s:%zu\n", info.id, info.place, info.file, info.line);
    }
    return EXIT_GOOD;
}

static int show(struct context *ctx, const struct grammar *g, const char *id)
{
    for (size_t i = 0; i < rules_count(g->rules); i++) {
        struct rule_info info = rules_info(g->rules, i);
        if (strcmp(info.id, id) != 0)
            continue;
        printf("%s:%zu\n%.*s\n", info.file, info.line, (int)info.source.n, info.source.p);
        return EXIT_GOOD;
    }
    return cmd_trouble(ctx, "没有这条规则", "no such rule", id);
}

static int dispatch(struct context *ctx, struct grammar *g, int argc, char **argv)
{
    const char *what = argc > 1 ? argv[1] : "check";
    if (strcmp(what, "check") == 0 && argc <= 2)
        return check(ctx, g);
    if (strcmp(what, "list") == 0 && argc == 2)
        return list(g);
    if (strcmp(what, "show") == 0 && argc == 3)
        return show(ctx, g, argv[2]);
    return cmd_trouble(ctx, "要 check、list 或 show 规则", "check, list or show RULE is needed", NULL);
}

static int run(struct context *ctx, int argc, char **argv)
{
    struct grammar *g = cmd_grammar(ctx);
    if (!g)
        return EXIT_TROUBLE;
    int status = dispatch(ctx, g, argc, argv);
    grammar_close(g);
    return status;
}

const struct command cmd_rules = {
    .name = "rules",
    .run = run,
    .summary = {"检查、列出语法规则", "check and list the grammar rules"},
    .usage = {"用法：gangmu rules [check|list|show 规则]\n\n"
              "  check      读全部语法，运行每条规则旁的例子（缺省）；有问题时退出状态为 1\n"
              "  list       列出规则：编号、位置、文件与行\n"
              "  show 规则  显示一条规则\n\n"
              "gangmu --grammars 目录 rules check 检查叠加的语法。\n",
              "usage: gangmu rules [check|list|show RULE]\n\n"
              "  check      reads all grammars and runs the examples beside each rule (default);\n"
              "             exit status 1 when something is wrong\n"
              "  list       lists the rules: id, place, file and line\n"
              "  show RULE  shows one rule\n\n"
              "gangmu --grammars DIR rules check checks grammars laid over the built-in ones.\n"},
};
