#include "cmd_store.h"
static int run(struct context *ctx, int argc, char **argv){(void)ctx;(void)argc;(void)argv;return 2;}
const struct command cmd_compare = {.name="compare",.run=run,.summary={"",""},.usage={"",""}};
