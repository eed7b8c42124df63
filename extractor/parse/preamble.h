/* preamble: what stands before the first heading: 印发通知, title, date. */
#ifndef GM_PARSE_PREAMBLE_H
#define GM_PARSE_PREAMBLE_H

#include "parse/parse.h"

/* Reads the lines from the first to the one before the first heading; returns the index of the line
 * to go on with. Document number, issuer, date and title found on the way go to p->meta. */
size_t preamble_read(struct parse *ps);

#endif
