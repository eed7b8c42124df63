/* cmd: what the commands share. One file a command, one row in the table of main.c. */
#ifndef GM_CMD_H
#define GM_CMD_H

#include "base/diag.h"
#include "base/grammar.h"
#include "model/plan.h"

#include <getopt.h>

#define GANGMU_VERSION "0.1.0"

enum { EXIT_GOOD = 0, EXIT_NO = 1, EXIT_TROUBLE = 2 };

struct context {
    enum lang lang;
    bool color; /* diagnostics in colour: standard error is a terminal and NO_COLOR is not set */
    char *grammar_dir;
    const char *overlay; /* --grammars DIR, or NULL */
};

struct command {
    const char *name;
    int (*run)(struct context *ctx, int argc, char **argv); /* argv[0] is the command's name */
    const char *summary[2]; /* one line; by enum lang, as below */
    const char *usage[2];   /* the whole help text */
};

extern const struct command cmd_build, cmd_parse, cmd_check, cmd_diff, cmd_compare, cmd_panel, cmd_eval, cmd_rules,
    cmd_explain;

/* Opens the grammars or says why not (then NULL). */
struct grammar *cmd_grammar(struct context *ctx);

/* The text of the context's language. */
const char *cmd_text(const struct context *ctx, const char *zh, const char *en);

/* Writes `gangmu: …` to standard error and returns EXIT_TROUBLE. */
int cmd_trouble(const struct context *ctx, const char *zh, const char *en, const char *what);

/* Prints `file:line:col: level: message [code]` to standard error. line 0: no place. */
void cmd_print_diag(const struct context *ctx, const char *file, uint32_t line, uint32_t col,
                    enum diag_id id, const struct slice args[2]);
void cmd_print_diags(const struct context *ctx, const char *file, const struct plan *p); /* a plan's */

/* The next option of getopt_long(), -1 at the end; a wrong one is said and gives '?'. */
int cmd_option(const struct context *ctx, int argc, char **argv, const char *shorts,
               const struct option *longs);

/* Reads a positive whole number, or says that it is none. */
bool cmd_size(const struct context *ctx, const char *text, size_t *out);

/* Writes bytes to path, or to standard output when path is NULL; never half a file. */
int cmd_output(const struct context *ctx, const char *path, struct slice bytes);

#endif
