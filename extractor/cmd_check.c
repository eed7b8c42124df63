/* gangmu check: judges drafts, one report for all. */
#include "cmd.h"

#include "base/file.h"
#include "base/text.h"
#include "build_list.h"
#include "compile.h"
#include "review/check.h"
#include "review/comply.h"
#include "review/profile.h"
#include "write/finding_report.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

struct options {
    const char *format, *output, *profile, *against;
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
                                           { "against", required_argument, NULL, 'a' },
                                           { "max-size", required_argument, NULL, 'm' },
                                           { "list", no_argument, NULL, 'l' },
                                           { NULL, 0, NULL, 0 } };
    *o = (struct options){ .format = "text", .fail_on = LEVEL_ERROR, .max_size = COMPILE_MAX_SIZE };
    optind = 1;
    for (int c; (c = cmd_option(ctx, argc, argv, "f:o:p:a:", longs)) != -1;) {
        if (c == 'f')
            o->format = optarg;
        else if (c == 'o')
            o->output = optarg;
        else if (c == 'p')
            o->profile = optarg;
        else if (c == 'a')
            o->against = optarg;
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

/* A profile and the path it was read from. */
struct kept_profile {
    char *path;
    struct profile *profile; /* NULL: there is none, or … */
    bool broken;
};

/* The plans of a run and what was found. */
struct run {
    struct context *ctx;
    const struct options *options;
    struct grammar *grammar;
    struct list documents;
    struct plan **plans;
    struct comply *comply; /* one a plan, with --against; or NULL */
    struct plan *superior;
    size_t plan_count;
    struct findings findings;
    struct kept_profile *profiles; /* read so far */
    size_t profile_count;
    bool trouble; /* a file could not be judged */
};

enum { PROFILE_MAX = 1 << 20 };

static struct profile *read_profile(struct run *r, const char *path)
{
    struct buf bytes = {0}, error = {0};
    struct profile *p = NULL;
    if (file_read(path, &bytes, PROFILE_MAX, &error)) {
        p = profile_read(buf_view(&bytes), path, r->ctx->lang, &error);
        if (!p)
            fputs(buf_cstr(&error), stderr);
    } else {
        cmd_trouble(r->ctx, "读不了配置", "cannot read the profile", buf_cstr(&error));
    }
    r->trouble |= !p;
    buf_done(&bytes);
    buf_done(&error);
    return p;
}

/* The profile of a path, read once. */
static const struct kept_profile *profile_at(struct run *r, const char *path, bool needed)
{
    for (size_t i = 0; i < r->profile_count; i++)
        if (strcmp(r->profiles[i].path, path) == 0)
            return &r->profiles[i];
    bool there = needed || file_exists(path);
    struct profile *p = there ? read_profile(r, path) : NULL;
    r->profiles = mem_realloc(r->profiles, (r->profile_count + 1) * sizeof *r->profiles);
    r->profiles[r->profile_count] = (struct kept_profile){mem_dup(path, strlen(path)), p, there && !p};
    return &r->profiles[r->profile_count++];
}

/* --profile, or gangmu.toml beside the draft. */
static const struct kept_profile *profile_for(struct run *r, const char *document)
{
    if (r->options->profile)
        return profile_at(r, r->options->profile, true);
    const char *slash = strrchr(document, '/');
    struct buf path = {0};
    if (slash)
        buf_add(&path, document, (size_t)(slash + 1 - document));
    buf_str(&path, "gangmu.toml");
    const struct kept_profile *p = profile_at(r, buf_cstr(&path), false);
    buf_done(&path);
    return p;
}

static void end_profiles(struct run *r)
{
    struct buf unused = {0};
    for (size_t i = 0; i < r->profile_count; i++) {
        if (r->profiles[i].profile)
            profile_say_unused(r->profiles[i].profile, r->ctx->lang, &unused);
        profile_free(r->profiles[i].profile);
        free(r->profiles[i].path);
    }
    free(r->profiles);
    if (unused.n)
        fwrite(unused.p, 1, unused.n, stderr);
    buf_done(&unused);
}

/* A path as reports show it: what is not UTF-8 becomes `?`. */
static char *shown_name(const char *path)
{
    char *name = mem_dup(path, strlen(path));
    size_t n = strlen(name);
    for (size_t at = 0; (at += text_check_utf8(name + at, n - at)) < n; at++)
        name[at] = '?';
    return name;
}

/* Compiles a document, or says why not. */
static struct plan *read_plan(struct run *r, const char *path)
{
    struct refusal why;
    char *name = shown_name(path);
    struct plan *p = compile_file(r->grammar, path, name, r->options->max_size, &why);
    if (!p) {
        struct slice args[2] = { slice_cstr(why.arg), SLICE_NONE };
        cmd_print_diag(r->ctx, path, 0, 0, why.id, args);
        r->trouble = true;
    }
    free(name);
    return p;
}

static void judge(struct run *r, const char *path)
{
    const struct kept_profile *profile = profile_for(r, path);
    struct plan *p = profile->broken ? NULL : read_plan(r, path);
    if (!p)
        return;
    check_plan(p, r->grammar, &r->findings);
    if (r->superior) {
        comply_open(&r->comply[r->plan_count], r->grammar, p, r->superior);
        comply_findings(&r->comply[r->plan_count], r->ctx->lang, &r->findings);
    }
    if (profile->profile)
        profile_apply(profile->profile, &r->findings, p);
    r->plans[r->plan_count++] = p;
}

static void judge_all(struct run *r, char **paths, int count)
{
    for (int i = 0; i < count; i++)
        list_add(&r->documents, paths[i]);
    r->plans = mem_alloc((r->documents.count + 1) * sizeof *r->plans);
    if (r->options->against) {
        r->superior = read_plan(r, r->options->against);
        r->comply = mem_zalloc((r->documents.count + 1) * sizeof *r->comply);
    }
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
                                    .comply = r->superior ? r->comply : NULL,
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

/* ---- --list ---- */

static int list_checks(const struct context *ctx, const struct options *o)
{
    struct buf out = {0};
    for (int group = 0; group < GROUP_MAX; group++) {
        bool any = false;
        for (int id = 0; id < CHECK_MAX; id++) {
            struct check_kind kind = check_kind((enum check_id)id);
            if ((int)kind.group != group)
                continue;
            if (!any)
                buf_printf(&out, "%s%s\n", out.n ? "\n" : "", finding_group_name(kind.group, ctx->lang));
            any = true;
            buf_printf(&out, "  %-20s %s%s  %s\n", kind.code, diag_level_name(kind.level, ctx->lang),
                       ctx->lang == LANG_EN && kind.level != LEVEL_WARNING ? (kind.level == LEVEL_NOTE ? "   " : "  ") : "",
                       kind.about[ctx->lang]);
        }
    }
    int status = cmd_output(ctx, o->output, buf_view(&out));
    buf_done(&out);
    return status;
}

static int run(struct context *ctx, int argc, char **argv)
{
    struct options o;
    int status = read_options(ctx, argc, argv, &o);
    if (status != EXIT_GOOD)
        return status;
    if (o.list)
        return list_checks(ctx, &o);
    struct run r = {.ctx = ctx, .options = &o, .grammar = cmd_grammar(ctx)};
    if (!r.grammar)
        return EXIT_TROUBLE;
    judge_all(&r, argv + optind, argc - optind);
    status = r.plan_count ? report(&r) : EXIT_TROUBLE;
    if (status == EXIT_GOOD)
        status = status_of(&r);
    for (size_t i = 0; i < r.plan_count; i++) {
        if (r.superior)
            comply_done(&r.comply[i]);
        plan_free(r.plans[i]);
    }
    plan_free(r.superior);
    free(r.comply);
    free(r.plans);
    end_profiles(&r);
    findings_done(&r.findings);
    list_done(&r.documents);
    grammar_close(r.grammar);
    return status;
}

const struct command cmd_check = {
    .name = "check",
    .run = run,
    .summary = {"检查规划草案：编号、数值、单位、用词……", "check a draft: numbering, figures, units, wording ..."},
    .usage = {"用法：gangmu check [选项] 文件…\n"
              "      gangmu check --list\n\n"
              "检查规划草案，逐条指出位置。目录表示其下全部文件，- 为标准输入；几个文件出一份报告。\n\n"
              "  -f, --format 格式     text（缺省，终端阅读）；html 网页报告；json；sarif（SARIF 2.1.0）\n"
              "  -o, --output 文件     写到文件\n"
              "  -a, --against 文件    上级规划：逐项对照其指标和交给本地区的任务\n"
              "  --fail-on 级别        有这一级别或更重的发现时退出状态为 1：error（缺省）、warning、note\n"
              "  -p, --profile 文件    检查配置；缺省用草案同目录的 gangmu.toml（若有）\n"
              "  --list                列出全部检查：代码、缺省级别、检查什么\n"
              "  --max-size 字节       单个文件的上限（缺省 33554432）\n\n"
              "级别：错误 几乎可以肯定有误；警告 值得逐条核对；提示 供参考。\n"
              "退出状态：0 没有达到 --fail-on 的发现；1 有；2 用法有误、文件或配置读不了。\n\n"
              "关掉一项检查或改它的级别，在 gangmu.toml 里写（理由必填，报告会列出）：\n\n"
              "  [[check]]\n"
              "  code   = \"target-weaker\"\n"
              "  level  = \"off\"              # 或 note warning error\n"
              "  reason = \"2020年受疫情影响，见表注3\"\n"
              "  text   = \"优良天数\"         # 可选：只管含这几个字的；还可写 file = \"草案.txt\"\n\n"
              "例：gangmu check 草案.txt\n"
              "    gangmu check -f html -o 报告.html 草案.txt\n"
              "    gangmu check --against 市级规划.txt 草案.txt\n",
              "usage: gangmu check [OPTIONS] FILE...\n"
              "       gangmu check --list\n\n"
              "Checks drafts of plans and points at each place. A directory means all documents below it, - is standard\n"
              "input; several files make one report.\n\n"
              "  -f, --format FORMAT   text (default, for the terminal); html, a page; json; sarif (SARIF 2.1.0)\n"
              "  -o, --output FILE     write to a file\n"
              "  -a, --against FILE    the superior plan: compare its indicators and its tasks for this region\n"
              "  --fail-on LEVEL       exit with 1 when there are findings of this level or a worse one: error\n"
              "                        (default), warning, note\n"
              "  -p, --profile FILE    settings; by default gangmu.toml beside the draft, if there is one\n"
              "  --list                list all checks: code, default level, what is looked for\n"
              "  --max-size BYTES      limit for a document (default 33554432)\n\n"
              "Levels: an error is almost certainly a fault, a warning is worth a look, a note is for information.\n"
              "Exit status: 0 nothing at or above --fail-on; 1 something; 2 wrong usage, or a file or profile that\n"
              "cannot be read.\n\n"
              "To switch a check off or change its level, write into gangmu.toml (the reason is required and shown):\n\n"
              "  [[check]]\n"
              "  code   = \"target-weaker\"\n"
              "  level  = \"off\"              # or note warning error\n"
              "  reason = \"2020 was an exception, see note 3\"\n"
              "  text   = \"优良天数\"         # optional: only where this is contained; also file = \"draft.txt\"\n\n"
              "examples: gangmu check draft.txt\n"
              "          gangmu check -f html -o report.html draft.txt\n"
              "          gangmu check --against city.txt draft.txt\n"},
};
