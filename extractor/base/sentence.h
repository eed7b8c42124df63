/* sentence: where sentences end (GB/T 15834), and the punctuation that all stages part texts by. */
#ifndef GM_BASE_SENTENCE_H
#define GM_BASE_SENTENCE_H

#include "base/buf.h"

/* Whether the char ends a sentence, or a part that could be one: 。！？； and their half-width forms; a half-width point
 * ends none. */
static inline bool sentence_ends(uint32_t c)
{
    return c == 0x3002 || c == 0xFF01 || c == 0xFF1F || c == 0xFF1B || c == ';' || c == '!' || c == '?';
}

/* ，；, and their half-width forms. */
static inline bool sentence_is_comma(uint32_t c)
{
    return c == 0xFF0C || c == 0xFF1B || c == ',' || c == ';';
}

/* The bytes of the first sentence of s, its mark included; s.n when there is no mark. */
size_t sentence_length(struct slice s);

/* Where the sentence around byte `at` begins and ends, its mark left out. */
size_t sentence_begin(struct slice s, size_t at);
size_t sentence_end(struct slice s, size_t at);

/* The bytes up to the first full stop 。, or all. */
size_t sentence_stop(struct slice s);

/* Takes the text up to the next full stop off the front, without it; false when nothing is left. */
bool sentence_next(struct slice *rest, struct slice *sentence);

#endif
