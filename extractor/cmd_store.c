#include "cmd_store.h"

#include <stdio.h>

static int say(const struct context *ctx, enum store_fault fault, const char *dir)
{
    static const char *const words[][2] = {
        [STORE_MISSING] = { "没有建好的语料库（目录中无 gangmu.db），先运行 gangmu build -o 目录 "
                            "文件…",
                            "no corpus there (no gangmu.db in the folder), first run gangmu build "
                            "-o DIR FILE..." },
        [STORE_FOREIGN] = { "gangmu.db 不是本程序的数据库",
                            "gangmu.db is no database of this program" },
        [STORE_OLD] = { "gangmu.db 由另一版本的程序生成，请重新运行 gangmu build",
                        "gangmu.db was made by another version, run gangmu build again" },
        [STORE_BROKEN] = { "gangmu.db 读不完，可能已损坏，请重新运行 gangmu build",
                           "gangmu.db cannot be read to the end, it may be damaged, run gangmu "
                           "build again" },
    };
    return cmd_trouble(ctx, words[fault][LANG_ZH], words[fault][LANG_EN], dir);
}

struct store *cmd_store(const struct context *ctx, const char *dir)
{
    enum store_fault fault;
    struct store *c = store_open(dir, &fault);
    if (!c)
        say(ctx, fault, dir);
    return c;
}

int cmd_store_end(const struct context *ctx, const struct store *c, const char *dir)
{
    return store_state(c) == STORE_GOOD ? EXIT_GOOD : say(ctx, store_state(c), dir);
}

void cmd_store_unread(const struct context *ctx, const struct panel_plan *plan, const struct panel *p)
{
    if (!panel_has_table(p))
        fprintf(stderr, "gangmu: %s%.*s\n", cmd_text(ctx, "没有读出指标表：", "no indicator table read: "),
                (int)plan->file.n, plan->file.p);
}
