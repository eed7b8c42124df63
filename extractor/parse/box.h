/* box: 专栏 and captioned tables with their extent, and the notes under them. */
#ifndef GM_PARSE_BOX_H
#define GM_PARSE_BOX_H

#include "parse/parse.h"

/* Reads the box whose caption is line i. Returns the index of the line after it. */
size_t box_read(struct parse *ps, size_t i);

/* Reads the table without caption that begins at line i; a lone page number becomes noise. */
size_t box_bare(struct parse *ps, size_t i);

#endif
