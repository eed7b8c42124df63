#include "cmd.h"

#include "base/file.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

const char *cmd_text(const struct context *ctx, const char *zh, const char *en)
{
    return ctx->lang == LANG_ZH ? zh : en;
}

int cmd_trouble(const struct context *ctx, const char *zh, const char *en, const char *what)
{
    fprintf(stderr, "gangmu: %s", cmd_text(ctx, zh, en));
    if (what && *what)
        fprintf(stderr, ctx->lang == LANG_ZH ? "：%s" : ": %s", what);
    fputc('\n', stderr);
    return EXIT_TROUBLE;
}

/* The grammars as they were when the program was built; image.S. */
extern const char gangmu_image[], gangmu_image_end[];

struct grammar *cmd_grammar(struct context *ctx)
{
    struct buf error = {0};
    struct slice image = slice_of(gangmu_image, (size_t)(gangmu_image_end - gangmu_image));
    if (ctx->overlay && !file_exists(ctx->overlay)) {
        cmd_trouble(ctx, "没有这个语法目录", "no such folder of grammars", ctx->overlay);
        return NULL;
    }
    struct grammar *g = grammar_open(ctx->grammar_dir, ctx->overlay, image, &error);
    if (!g) {
        cmd_trouble(ctx, "语法读不了", "cannot read the grammars", NULL);
        fputs(buf_cstr(&error), stderr);
    }
    buf_done(&error);
    return g;
}

void cmd_print_diag(const struct context *ctx, const char *file, uint32_t line, uint32_t col,
                    enum diag_id id, const struct slice args[2])
{
    static const char *const colors[] = {"\033[36m", "\033[33m", "\033[31m"};
    const struct diag_kind *kind = diag_kind(id);
    struct buf out = {0};
    buf_str(&out, file);
    if (line)
        buf_printf(&out, ":%u:%u", line, col);
    buf_str(&out, ": ");
    if (ctx->color)
        buf_str(&out, colors[kind->level]);
    buf_str(&out, diag_level_name(kind->level, ctx->lang));
    if (ctx->color)
        buf_str(&out, "\033[0m");
    buf_str(&out, ": ");
    diag_message(id, args, ctx->lang, &out);
    buf_printf(&out, " [%s]\n", kind->code);
    fwrite(out.p, 1, out.n, stderr);
    buf_done(&out);
}

void cmd_print_diags(const struct context *ctx, const char *name, const struct plan *p)
{
    for (const struct diag *d = p->diags; d; d = d->next)
        cmd_print_diag(ctx, name, plan_line(p, d->span.begin), plan_col(p, d->span.begin), d->id, d->args);
}

int cmd_output(const struct context *ctx, const char *path, struct slice bytes)
{
    struct buf error = {0};
    bool good;
    if (path) {
        good = file_write(path, bytes, &error);
    } else {
        good = fwrite(bytes.p, 1, bytes.n, stdout) == bytes.n && fflush(stdout) == 0;
        if (!good)
            buf_str(&error, strerror(errno));
    }
    if (!good)
        cmd_trouble(ctx, "写不出结果", "cannot write the result", buf_cstr(&error));
    buf_done(&error);
    return good ? EXIT_GOOD : EXIT_TROUBLE;
}

int cmd_option(const struct context *ctx, int argc, char **argv, const char *shorts,
               const struct option *longs)
{
    opterr = 0;
    int c = getopt_long(argc, argv, shorts, longs, NULL);
    if (c == '?')
        cmd_trouble(ctx, "选项有误，看 --help", "wrong option, see --help", argv[optind - 1]);
    return c;
}

bool cmd_size(const struct context *ctx, const char *text, size_t *out)
{
    char *end = NULL;
    unsigned long long value = strtoull(text, &end, 10);
    bool good = *text >= '0' && *text <= '9' && !*end && value > 0 && value < SIZE_MAX / 2;
    if (good)
        *out = (size_t)value;
    else
        cmd_trouble(ctx, "要一个正整数", "a positive whole number is needed", text);
    return good;
}
