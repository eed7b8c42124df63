/* bare: tables written one cell a line without TABs. */
#ifndef GM_PARSE_BARE_H
#define GM_PARSE_BARE_H

#include "parse/parse.h"

/* Turns the lines of such tables into cell lines. */
void bare_tables_find(struct parse *ps);

#endif
