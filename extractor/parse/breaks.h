/* breaks: line breaks that conversion lost: a line that holds several paragraphs is cut where they begin. */
#ifndef GM_PARSE_BREAKS_H
#define GM_PARSE_BREAKS_H

#include "parse/lines.h"

/* Cuts lines, which must have been lexed, and lexes the pieces:
 * behind a caption that runs into the text of its box; where an enumerator inside a long line continues
 * the numbers of its kind, or begins them behind a title; and, where lines are wrapped as a page was,
 * behind a sentence that a blank parts from the next. */
void breaks_mend(struct plan *p, struct grammar *g, struct lines *ls);

#endif
