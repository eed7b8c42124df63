/* titles: where a heading's title ends when nothing parts it from its sentence. */
#ifndef GM_PARSE_TITLES_H
#define GM_PARSE_TITLES_H

#include "parse/lines.h"

/* Settles the titles of headings whose text follows without a blank: as the same heading stands elsewhere,
 * in the contents for one, alone; else as the rules infer, where the line is too long for a title or the
 * document has such lines. The other titles are the whole line, and doubtful where that is long. */
void titles_settle(struct plan *p, struct grammar *g, struct lines *ls);

#endif
