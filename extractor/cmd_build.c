/* gangmu build: documents into a corpus directory. */
#include "cmd.h"

#include "build_report.h"
#include "build_run.h"
#include "compile.h"

#include <errno.h>
#include <getopt.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define TABLE_MAX 40     /* plans shown on the terminal */
#define WORKERS_MAX 256
#define TIMEOUT 60000    /* milliseconds for a document */

static int cores(void)
{
    cpu_set_t set;
    int n = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
    return n < 1 ? 1 : n > WORKERS_MAX ? WORKERS_MAX : n;
}

/* ---- options ---- */

static bool read_outputs(const char *list, int *outputs)
{
    static const struct {
        const char *name;
        int output;
    } names[] = {{"xml", OUTPUT_XML}, {"csv", OUTPUT_CSV}, {"db", OUTPUT_DB}};
    struct slice rest = slice_cstr(list), name;
    *outputs = 0;
    while (slice_split(&rest, ',', &name)) {
        int found = 0;
        for (size_t i = 0; i < sizeof names / sizeof *names; i++)
            if (slice_eq(name, slice_cstr(names[i].name)))
                found = names[i].output;
        if (!found)
            return false;
        *outputs |= found;
    }
    return *outputs != 0;
}

/* A number of bytes: 60000000, 60M, 1G. */
static bool read_size(const char *text, size_t *size)
{
    static const char units[] = "KMG";
    char *end;
    errno = 0;
    unsigned long long n = strtoull(text, &end, 10);
    if (errno || end == text || *text == '-')
        return false;
    const char *unit = *end ? strchr(units, *end & ~0x20) : NULL;
    int shift = unit ? 10 * (int)(unit - units + 1) : 0;
    if ((*end && (!unit || end[1])) || n == 0 || n > (SIZE_MAX >> 8) >> shift)
        return false;
    *size = (size_t)n << shift;
    return true;
}

static bool read_workers(const char *text, int *workers)
{
    char *end;
    long n = strtol(text, &end, 10);
    *workers = (int)n;
    return end != text && !*end && n >= 1 && n <= WORKERS_MAX;
}

/* Seconds with at most three decimals. */
static bool read_seconds(const char *text, int64_t *milliseconds)
{
    int64_t n = 0, scale = 1000;
    const char *at = text;
    for (; *at >= '0' && *at <= '9' && n < 1000000; at++)
        n = n * 10 + (*at - '0');
    n *= scale;
    if (*at == '.' && at > text)
        for (at++; *at >= '0' && *at <= '9' && scale > 1; at++)
            n += (*at - '0') * (scale /= 10);
    *milliseconds = n;
    return !*at && n > 0;
}

static bool take_option(struct build_options *o, int option, const char *value)
{
    switch (option) {
    case 'o': o->dir = value; return *value != 0;
    case 'j': return read_workers(value, &o->workers);
    case 'O': return read_outputs(value, &o->outputs);
    case 'm': return read_size(value, &o->max_size);
    case 't': return read_seconds(value, &o->timeout);
    default: o->verbose = true; return true;
    }
}

static int read_options(const struct context *ctx, int argc, char **argv, struct build_options *o)
{
    static const struct option longs[] = {
        {"output", required_argument, NULL, 'o'},   {"jobs", required_argument, NULL, 'j'},
        {"only", required_argument, NULL, 'O'},     {"max-size", required_argument, NULL, 'm'},
        {"timeout", required_argument, NULL, 't'},  {"verbose", no_argument, NULL, 'v'},
        {NULL, 0, NULL, 0}};
    *o = (struct build_options){.dir = "output",
                                .workers = cores(),
                                .outputs = OUTPUT_ALL,
                                .max_size = COMPILE_MAX_SIZE,
                                .timeout = TIMEOUT};
    opterr = 0;
    optind = 1;
    for (int c; (c = getopt_long(argc, argv, ":o:j:v", longs, NULL)) != -1;) {
        const char *word = optind > 1 && optind <= argc ? argv[optind - 1] : "";
        if (c == '?')
            return cmd_trouble(ctx, "没有这个选项", "no such option", word);
        if (c == ':')
            return cmd_trouble(ctx, "选项缺少值", "option without its value", word);
        if (!take_option(o, c, optarg))
            return cmd_trouble(ctx, "选项的值不对", "bad value of an option", optarg);
    }
    if (optind == argc)
        return cmd_trouble(ctx, "没有给出文件或目录；用法见 gangmu build --help",
                           "no files or directories given; see gangmu build --help", NULL);
    return EXIT_GOOD;
}

/* ---- the end, on standard output ---- */

static void add_stale(const struct context *ctx, int stale, struct buf *out)
{
    if (!stale)
        return;
    buf_str(out, cmd_text(ctx, "未更新，仍是旧内容：", "left as it was, out of date:"));
    if (stale & OUTPUT_XML)
        buf_str(out, " xml/");
    if (stale & OUTPUT_CSV)
        buf_str(out, " csv/");
    if (stale & OUTPUT_DB)
        buf_str(out, " gangmu.db");
    buf_char(out, '\n');
}

static void add_place(const struct context *ctx, const struct build_options *o, struct buf *out)
{
    buf_printf(out, cmd_text(ctx, "结果在 %s：", "results in %s:"), o->dir);
    if (o->outputs & OUTPUT_XML)
        buf_str(out, " xml/");
    if (o->outputs & OUTPUT_CSV)
        buf_str(out, " csv/");
    if (o->outputs & OUTPUT_DB)
        buf_str(out, " gangmu.db");
    buf_str(out, " report.txt\n");
}

static void print_end(const struct context *ctx, const struct build_options *o, const struct jobs *j,
                      const struct run_report *report, double seconds)
{
    struct buf out = {0};
    report_table(j, ctx->lang, TABLE_MAX, &out);
    buf_printf(&out,
               cmd_text(ctx, "编译 %zu 份，未变 %zu 份，移除 %zu 份，用时 %.2f 秒\n",
                        "%zu compiled, %zu unchanged, %zu removed, %.2f s\n"),
               report->compiled, report->kept, report->removed, seconds);
    add_place(ctx, o, &out);
    add_stale(ctx, report->stale, &out);
    fwrite(out.p, 1, out.n, stdout);
    buf_done(&out);
}

/* ---- the build ---- */

static double seconds_since(const struct timespec *start)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)(t.tv_sec - start->tv_sec) + (double)(t.tv_nsec - start->tv_nsec) / 1e9;
}

static int conclude(const struct context *ctx, const struct build_options *o, const struct jobs *j,
                    enum run_result result, const struct run_report *report, struct buf *error,
                    double seconds)
{
    switch (result) {
    case RUN_TROUBLE:
        return cmd_trouble(ctx, "编译中止，原有结果未动",
                           "the build was given up, old results were left as they are", buf_cstr(error));
    case RUN_NOTHING:
        return cmd_trouble(ctx, "没有一份文档能够编译，原有结果未动",
                           "no document could be compiled, old results were left as they are", NULL);
    case RUN_STOPPED:
        return cmd_trouble(ctx, "已中断，原有结果未动", "interrupted, old results were left as they are", NULL);
    case RUN_GOOD:
    case RUN_SAME: break;
    }
    print_end(ctx, o, j, report, seconds);
    return report_failures(j) ? EXIT_TROUBLE : EXIT_GOOD;
}

static int run_staged(struct context *ctx, struct grammar *g, const struct build_options *o,
                      const struct list *l, const struct stage *stage, struct run_report *report)
{
    struct timespec start;
    struct jobs jobs;
    struct signals signals;
    struct buf error = {0};
    clock_gettime(CLOCK_MONOTONIC, &start);
    signals_hold(&signals);
    char *tool = jobs_tool(GANGMU_VERSION, g->hash);
    struct job_options plan = {o->dir, tool, o->outputs, o->max_size};
    jobs_plan(&jobs, l, &plan);
    enum run_result result = build_run(ctx, g, o, &jobs, stage, &signals, report, &error);
    signals_release(&signals);
    int status = conclude(ctx, o, &jobs, result, report, &error, seconds_since(&start));
    jobs_done(&jobs);
    free(tool);
    buf_done(&error);
    return status;
}

static int with_stage(struct context *ctx, struct grammar *g, const struct build_options *o,
                      const struct list *l)
{
    struct stage stage;
    struct run_report report = {0};
    struct buf error = {0};
    int status = EXIT_TROUBLE;
    switch (stage_open(&stage, o->dir, &error)) {
    case STAGE_BUSY:
        cmd_trouble(ctx, "另一个 build 正在写这个目录", "another build is writing this directory", o->dir);
        break;
    case STAGE_TROUBLE:
        cmd_trouble(ctx, "不能写结果目录", "cannot write the directory of results", buf_cstr(&error));
        break;
    case STAGE_GOOD:
        status = run_staged(ctx, g, o, l, &stage, &report);
        stage_close(&stage);
        break;
    }
    buf_done(&error);
    if (report.signal) { /* all is cleaned up: end as the signal wants it */
        signal(report.signal, SIG_DFL);
        raise(report.signal);
    }
    return status;
}

static int with_documents(struct context *ctx, const struct build_options *o, const struct list *l)
{
    if (!l->count)
        return cmd_trouble(ctx, "没有找到文档（.txt .docx .html .pdf 等）",
                           "no documents found (.txt .docx .html .pdf ...)", NULL);
    struct grammar *g = cmd_grammar(ctx);
    if (!g)
        return EXIT_TROUBLE;
    int status = with_stage(ctx, g, o, l);
    grammar_close(g);
    return status;
}

static int run(struct context *ctx, int argc, char **argv)
{
    struct build_options o;
    struct list list = {0};
    int status = read_options(ctx, argc, argv, &o);
    if (status != EXIT_GOOD)
        return status;
    for (int i = optind; i < argc; i++)
        list_add(&list, argv[i]);
    status = with_documents(ctx, &o, &list);
    list_done(&list);
    return status;
}

const struct command cmd_build = {
    .name = "build",
    .run = run,
    .summary = {"把文档编译成语料库：XML、CSV、SQLite", "compile documents into a corpus: XML, CSV, SQLite"},
    .usage = {"用法：gangmu build [-o 目录] [-j 个数] [--only xml,csv,db] 路径…\n"
              "\n"
              "把文件，或目录下的全部文档，编译到结果目录（缺省 output）：\n"
              "  xml/<规划编号>.xml   每份规划一个 XML 文件\n"
              "  csv/*.csv            各表，可用 Excel 打开\n"
              "  gangmu.db            同样的表，SQLite 数据库\n"
              "  report.txt           摘要与全部诊断\n"
              "\n"
              "目录中只取 .txt .text .docx .html .htm .pdf .doc .wps .ofd 和没有后缀的文件，\n"
              "以点开头的不取。“-”是标准输入。\n"
              "\n"
              "  -o, --output 目录    结果写到哪里\n"
              "  -j, --jobs 个数      同时编译的进程数（缺省为处理器核数）\n"
              "      --only 列表      只写 xml、csv、db 中的哪些；其余的留着不动，若已过时会说明，\n"
              "                       下次不带 --only 编译时补写\n"
              "      --max-size 字节  单个文档的上限（缺省 32M；可写 60M、1G）\n"
              "      --timeout 秒     单个文档的时限（缺省 60）\n"
              "  -v, --verbose        提示（note）也显示；report.txt 总是全有\n"
              "\n"
              "没有变化的文档不再编译（看大小、时间，必要时看 SHA-256）；语法或程序变了则全部重新编译；\n"
              "文档不在了，其结果也移除。只有本次编译的文档才显示诊断。坏文件不影响其他文件。\n"
              "结果先写在一旁，全部写完才换上；中断或磁盘写满时，原有结果不变。\n"
              "\n"
              "退出码：0 全部成功；2 用法不对，或有文档未能编译（其余照常写出）。\n",
              "usage: gangmu build [-o DIR] [-j N] [--only xml,csv,db] PATH...\n"
              "\n"
              "Compiles files, or all documents below directories, into DIR (default: output):\n"
              "  xml/<plan_id>.xml   one XML file a plan\n"
              "  csv/*.csv           the tables, ready for Excel\n"
              "  gangmu.db           the same tables as an SQLite database\n"
              "  report.txt          summary and all diagnostics\n"
              "\n"
              "In a directory, files named .txt .text .docx .html .htm .pdf .doc .wps .ofd or without a\n"
              "suffix are documents; hidden ones are not. `-` is standard input.\n"
              "\n"
              "  -o, --output DIR      where results go\n"
              "  -j, --jobs N          processes that compile at once (default: number of cores)\n"
              "      --only LIST       write only these of xml, csv, db; the others are left as they are,\n"
              "                        you are told when they are out of date, and the next build\n"
              "                        without --only writes them\n"
              "      --max-size BYTES  largest document (default 32M; 60M and 1G are understood)\n"
              "      --timeout SECONDS for one document (default 60)\n"
              "  -v, --verbose         show notes too; report.txt has them always\n"
              "\n"
              "A document that has not changed (size, time, SHA-256 where in doubt) is not compiled again;\n"
              "with new grammars or a new program all are; what is gone is removed. Diagnostics are shown\n"
              "for documents compiled in this run. One broken file does not stop the others.\n"
              "Results are written aside and put in place when all is whole: after an interruption or on a\n"
              "full disk the old ones are as they were.\n"
              "\n"
              "exit status: 0 all went well; 2 used wrongly, or a document could not be compiled (the\n"
              "others are written all the same).\n"},
};
