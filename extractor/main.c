/* gangmu: finds the command, the language and the grammars, and runs it. */
#include "cmd.h"

#include "base/file.h"
#include "base/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static const struct command *const commands[] = {&cmd_build,   &cmd_parse, &cmd_check, &cmd_diff,   &cmd_compare,
                                                 &cmd_panel, &cmd_eval,  &cmd_rules, &cmd_explain};

static bool is_lang(const char *name)
{
    return strncmp(name, "zh", 2) == 0 || strncmp(name, "en", 2) == 0;
}

static enum lang lang_of(const char *name)
{
    return name && strncmp(name, "zh", 2) == 0 ? LANG_ZH : LANG_EN;
}

static enum lang lang_of_environment(void)
{
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < 3; i++) {
        const char *value = getenv(names[i]);
        if (value && *value)
            return lang_of(value);
    }
    return LANG_EN;
}

static void print_help(const struct context *ctx, FILE *out)
{
    fputs(cmd_text(ctx,
                   "纲目：编译中国政府规划文本\n\n用法：gangmu [--lang zh|en] [--grammars 目录] 命令 …\n\n命令：\n",
                   "gangmu: a compiler for Chinese government plans\n\n"
                   "usage: gangmu [--lang zh|en] [--grammars DIR] COMMAND ...\n\ncommands:\n"),
          out);
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        fprintf(out, "  %-9s %s\n", commands[i]->name, commands[i]->summary[ctx->lang]);
    fputs(cmd_text(ctx,
                   "\n选项：\n  --lang zh|en      信息的语言（缺省看 LANG）\n"
                   "  --grammars 目录   叠加在自带语法之上的语法目录\n  --help            本页；gangmu 命令 --help 看各命令\n"
                   "  --version         版本\n",
                   "\noptions:\n  --lang zh|en      language of messages (default: by LANG)\n"
                   "  --grammars DIR    grammars laid over the built-in ones\n"
                   "  --help            this page; gangmu COMMAND --help for a command\n"
                   "  --version         version\n"),
          out);
}

static char *beside_program(const char *tail)
{
    char path[4096];
    ssize_t n = readlink("/proc/self/exe", path, sizeof path - 64);
    if (n <= 0)
        return NULL;
    path[n] = 0;
    char *slash = strrchr(path, '/');
    strcpy(slash ? slash + 1 : path, tail);
    return mem_dup(path, strlen(path));
}

/* GANGMU_GRAMMARS, or grammars/ beside the program, or the installed share folder. */
static char *find_grammars(void)
{
    static const char *const tails[] = {"grammars", "../share/gangmu/grammars"};
    const char *named = getenv("GANGMU_GRAMMARS");
    if (named && *named)
        return mem_dup(named, strlen(named));
    for (size_t i = 0; i < 2; i++) {
        char *dir = beside_program(tails[i]);
        if (dir && file_exists(dir))
            return dir;
        free(dir);
    }
    return mem_dup("grammars", 8);
}

static const struct command *find_command(const char *name)
{
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        if (strcmp(commands[i]->name, name) == 0)
            return commands[i];
    return NULL;
}

/* Takes an option that every command knows out of argv; returns how many words it took. */
static int common_option(struct context *ctx, char **argv, int left)
{
    const char *word = argv[0];
    if (strncmp(word, "--lang=", 7) == 0) {
        ctx->lang = lang_of(word + 7);
        return 1;
    }
    if (strncmp(word, "--grammars=", 11) == 0) {
        ctx->overlay = word + 11;
        return 1;
    }
    if (left < 2)
        return 0;
    if (strcmp(word, "--lang") == 0)
        ctx->lang = lang_of(argv[1]);
    else if (strcmp(word, "--grammars") == 0)
        ctx->overlay = argv[1];
    else
        return 0;
    return 2;
}

static int strip_common(struct context *ctx, int argc, char **argv)
{
    int kept = 1;
    for (int i = 1; i < argc;) {
        int taken = strcmp(argv[i], "--") == 0 ? 0 : common_option(ctx, argv + i, argc - i);
        if (strcmp(argv[i], "--") == 0) {
            while (i < argc)
                argv[kept++] = argv[i++];
            break;
        }
        if (!taken)
            argv[kept++] = argv[i++];
        i += taken;
    }
    argv[kept] = NULL;
    return kept;
}

/* The value of --lang that is no language of the program, or NULL. */
static const char *wrong_lang(int argc, char **argv)
{
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
        const char *value = strncmp(argv[i], "--lang=", 7) == 0 ? argv[i] + 7 : NULL;
        if (strcmp(argv[i], "--lang") == 0)
            value = argv[i + 1] ? argv[i + 1] : "";
        if (value && !is_lang(value))
            return *value ? value : "--lang";
    }
    return NULL;
}

static bool wants(int argc, char **argv, const char *option)
{
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++)
        if (strcmp(argv[i], option) == 0)
            return true;
    return false;
}

static int run(struct context *ctx, int argc, char **argv)
{
    if (argc < 2) {
        print_help(ctx, stderr);
        return EXIT_TROUBLE;
    }
    if (strcmp(argv[1], "--version") == 0 || wants(argc, argv, "--version")) {
        puts("gangmu " GANGMU_VERSION);
        return EXIT_GOOD;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 || strcmp(argv[1], "help") == 0) {
        const struct command *about = argc > 2 ? find_command(argv[2]) : NULL;
        if (about)
            fputs(about->usage[ctx->lang], stdout);
        else
            print_help(ctx, stdout);
        return EXIT_GOOD;
    }
    const struct command *command = find_command(argv[1]);
    if (!command)
        return cmd_trouble(ctx, "没有这个命令", "no such command", argv[1]);
    if (wants(argc - 1, argv + 1, "--help")) {
        fputs(command->usage[ctx->lang], stdout);
        return EXIT_GOOD;
    }
    return command->run(ctx, argc - 1, argv + 1);
}

int main(int argc, char **argv)
{
    const char *no_color = getenv("NO_COLOR");
    struct context ctx = {.lang = lang_of_environment(),
                          .color = isatty(STDERR_FILENO) && !(no_color && *no_color)};
    ctx.grammar_dir = find_grammars();
    const char *wrong = wrong_lang(argc, argv);
    argc = strip_common(&ctx, argc, argv);
    int status = wrong ? cmd_trouble(&ctx, "--lang 要 zh 或 en", "--lang takes zh or en", wrong)
                       : run(&ctx, argc, argv);
    if (fflush(stdout) != 0 || ferror(stdout))
        status = cmd_trouble(&ctx, "写标准输出失败", "cannot write standard output", NULL);
    free(ctx.grammar_dir);
    return status;
}
