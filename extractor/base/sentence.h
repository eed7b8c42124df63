/* sentence: where sentences end (GB/T 15834): 。！？； and their half-width forms; a half-width point ends none. */
#ifndef GM_BASE_SENTENCE_H
#define GM_BASE_SENTENCE_H

#include "base/buf.h"

bool sentence_ends(uint32_t c); /* whether the char is such a mark */

/* The bytes of the first sentence of s, its mark included; s.n when there is no mark. */
size_t sentence_length(struct slice s);

/* Where the sentence around byte `at` begins and ends, its mark left out. */
size_t sentence_begin(struct slice s, size_t at);
size_t sentence_end(struct slice s, size_t at);

#endif
