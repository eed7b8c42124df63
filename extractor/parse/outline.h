/* outline: divisions opened and closed by headings; their labels, numbers, titles. */
#ifndef GM_PARSE_OUTLINE_H
#define GM_PARSE_OUTLINE_H

#include "parse/parse.h"

/* Opens the division of the heading at line i (and the lines its title goes on over) and makes it
 * ps->at. Returns the index of the line after the heading. */
size_t outline_open(struct parse *ps, size_t i);

/* Opens a division without heading line (the notice); span.begin is where it starts. */
struct section *outline_bare(struct parse *ps, enum node_kind kind, uint32_t begin);

/* Closes the open divisions up to the root. */
void outline_close(struct parse *ps);

/* After all is read: levels, ids, task or not, faults in the numbering of headings and boxes. */
void outline_finish(struct parse *ps);

/* Whether a text that goes on in the next line is unfinished: ends with ， 、 和 or within quotes. */
bool outline_unfinished(const struct parse *ps, struct slice text);

#endif
