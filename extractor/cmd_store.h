/* cmd_store: what the commands over a corpus built before share. */
#ifndef GM_CMD_STORE_H
#define GM_CMD_STORE_H

#include "cmd.h"
#include "write/store.h"

/* Opens the corpus in dir or says why not (then NULL). */
struct store *cmd_store(const struct context *ctx, const char *dir);

/* EXIT_GOOD, or says that the corpus could not be read to the end. */
int cmd_store_end(const struct context *ctx, const struct store *c, const char *dir);

/* Says on standard error when no figure of a plan comes from a table. */
void cmd_store_unread(const struct context *ctx, const struct panel_plan *plan, const struct panel *p);

#endif
