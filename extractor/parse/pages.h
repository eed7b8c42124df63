/* pages: texts wrapped as a page was, and the page numbers that stand inside their paragraphs. */
#ifndef GM_PARSE_PAGES_H
#define GM_PARSE_PAGES_H

#include "parse/lines.h"

/* Whether the text is wrapped at the width of a page: no long lines, and most of them break off. */
bool pages_wrapped(const struct plan *p, const struct lines *ls);

/* A line that stops in the middle of a sentence. */
bool pages_broken_off(struct slice s);

/* Makes marks of the page numbers that part a paragraph, or the entries of a box, of a wrapped text; their
 * lines count as blank, and paragraphs go on over them. */
void pages_mark(struct plan *p, struct lines *ls);

#endif
