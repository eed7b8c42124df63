/* sentence: texts cut at their stops; the punctuation that all stages part texts by. */
#ifndef GM_BASE_SENTENCE_H
#define GM_BASE_SENTENCE_H

#include "base/buf.h"

/* Bytes up to the first full stop 。, or all. */
size_t sentence_length(struct slice text);

/* Takes the next sentence off the front, without its full stop; false when nothing is left. */
bool sentence_next(struct slice *rest, struct slice *sentence);

/* ，；, and their ASCII forms. */
static inline bool sentence_is_comma(uint32_t c)
{
    return c == 0xFF0C || c == 0xFF1B || c == ',' || c == ';';
}

/* Ends of a sentence or of a part that could be one: 。；！？ */
static inline bool sentence_is_end(uint32_t c)
{
    return c == 0x3002 || c == 0xFF1B || c == 0xFF01 || c == 0xFF1F || c == ';';
}

#endif
