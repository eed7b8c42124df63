/* gangmu check: judges drafts, one report for all. */
#include "cmd.h"

#include "base/text.h"
#include "build_list.h"
#include "compile.h"
#include "review/check.h"
#include "write/finding_report.h"

#include <stdlib.h>
#include <unistd.h>

struct options {
    const char *format, *output, *profile;
    enum diag_level fail_on;
    size_t max_size;
    bool list;
};

static const struct {
    const char *name;
    finding_writer *write;
} formats[] = {{"text", finding_text}, {"json", finding_json}, {"sarif", finding_sarif}, {"html", finding_html}};

static bool read_level(const struct context *ctx, const char *text, enum diag_level *out)
{
    for (int level = LEVEL_NOTE; level <= LEVEL_ERROR; level++)
        if (strcmp(text, diag_level_name((enum diag_level)level, LANG_EN)) == 0) {
            *out = (enum diag_level)level;
            return true;
        }
    cmd_trouble(ctx, "--fail-on 要 error、warning 或 note",
                "--fail-on takes error, warning or note", text);
    return false;
}

static finding_writer *writer_of(const char *name)
{
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (strcmp(formats[i].name, name) == 0)
            return formats[i].write;
    return NULL;
}

static int read_options(const struct context *ctx, int argc, char **argv, struct options *o)
{
    static const struct option longs[] = { { "format", required_argument, NULL, 'f' },
                                           { "output", required_argument, NULL, 'o' },
                                           { "fail-on", required_argument, NULL, 'F' },
                                           { "profile", required_argument, NULL, 'p' },
                                           { "max-size", required_argument, NULL, 'm' },
                                           { "list", no_argument, NULL, 'l' },
                                           { NULL, 0, NULL, 0 } };
    *o = (struct options){ .format = "text", .fail_on = LEVEL_ERROR, .max_size = COMPILE_MAX_SIZE };
    optind = 1;
    for (int c; (c = cmd_option(ctx, argc, argv, "f:o:p:", longs)) != -1;) {
        if (c == 'f')
            o->format = optarg;
        else if (c == 'o')
            o->output = optarg;
        else if (c == 'p')
            o->profile = optarg;
        else if (c == 'l')
            o->list = true;
        else if (c == 'F' ? !read_level(ctx, optarg, &o->fail_on)
                          : c != 'm' || !cmd_size(ctx, optarg, &o->max_size))
            return EXIT_TROUBLE;
    }
    if (!writer_of(o->format))
        return cmd_trouble(ctx, "没有这种格式（text json sarif html）",
                           "no such format (text json sarif html)", o->format);
    if (optind == argc && !o->list)
        return cmd_trouble(ctx, "要至少一个文件，看 --help",
                           "at least one file is needed, see --help", NULL);
    return EXIT_GOOD;
}

/* ---- judging ---- */

/* The plans of a run and what was found. */
struct run {
    struct context *ctx;
    const struct options *options;
    struct grammar *grammar;
    struct list documents;
    struct plan **plans;
    size_t plan_count;
    struct findings findings;
    bool trouble; /* a file could not be judged */
};

/* A path as reports show it: what is not UTF-8 becomes `?`. */
static char *shown_name(const char *path)
{
    char *name = mem_dup(path, strlen(path));
    size_t n = strlen(name);
    for (size_t at = 0; (at += text_check_utf8(name + at, n - at)) < n; at++)
        name[at] = '?';
    return name;
}

static void judge(struct run *r, const char *path)
{
    struct refusal why;
    char *name = shown_name(path);
    struct plan *p = compile_file(r->grammar, path, name, r->options->max_size, &why);
    if (p) {
        r->plans[r->plan_count++] = p;
        check_plan(p, r->grammar, &r->findings);
    } else {
        struct slice args[2] = { slice_cstr(why.arg), SLICE_NONE };
        cmd_print_diag(r->ctx, path, 0, 0, why.id, args);
        r->trouble = true;
    }
    free(name);
}

static void judge_all(struct run *r, char **paths, int count)
{
    for (int i = 0; i < count; i++)
        list_add(&r->documents, paths[i]);
    r->plans = mem_alloc((r->documents.count + 1) * sizeof *r->plans);
    for (size_t i = 0; i < r->documents.count; i++)
        judge(r, r->documents.items[i].path);
    if (!r->documents.count) {
        cmd_trouble(r->ctx, "没有可读的文件", "no documents there", NULL);
        r->trouble = true;
    }
    findings_sort(&r->findings);
}

static int report(const struct run *r)
{
    const char *no_color = getenv("NO_COLOR");
    struct finding_report about = { .findings = &r->findings,
                                    .plans = (const struct plan *const *)r->plans,
                                    .plan_count = r->plan_count,
                                    .version = GANGMU_VERSION,
                                    .lang = r->ctx->lang,
                                    .color = !r->options->output && isatty(STDOUT_FILENO) &&
                                             !(no_color && *no_color) };
    struct buf out = { 0 };
    writer_of(r->options->format)(&about, &out);
    int status = cmd_output(r->ctx, r->options->output, buf_view(&out));
    buf_done(&out);
    return status;
}

static int status_of(const struct run *r)
{
    size_t n = 0;
    for (int level = (int)r->options->fail_on; level <= LEVEL_ERROR; level++)
        n += findings_at(&r->findings, (enum diag_level)level);
    return r->trouble ? EXIT_TROUBLE : n ? EXIT_NO : EXIT_GOOD;
}

static int run(struct context *ctx, int argc, char **argv)
{
    struct options o;
    int status = read_options(ctx, argc, argv, &o);
    if (status != EXIT_GOOD)
        return status;
    struct run r = { .ctx = ctx, .options = &o, .grammar = cmd_grammar(ctx) };
    if (!r.grammar)
        return EXIT_TROUBLE;
    judge_all(&r, argv + optind, argc - optind);
    status = r.plan_count ? report(&r) : EXIT_TROUBLE;
    if (status == EXIT_GOOD)
        status = status_of(&r);
    for (size_t i = 0; i < r.plan_count; i++)
        plan_free(r.plans[i]);
    free(r.plans);
    findings_done(&r.findings);
    list_done(&r.documents);
    grammar_close(r.grammar);
    return status;
}

const struct command cmd_check = {
    .name = "check",
    .run = run,
    .summary = { "检查规划草案", "check a draft plan" },
    .usage = { "用法：gangmu check [-f text|json|sarif|html] [--fail-on error|warning|note] [-o "
               "文件] 文件…\n",
               "usage: gangmu check [-f text|json|sarif|html] [--fail-on error|warning|note] [-o "
               "FILE] FILE...\n" },
};
