/* words: the classes of the small words in sentences (grammars/lexicon/words.tsv). Shared by the
 * extractors. */
#ifndef GM_EXTRACT_WORDS_H
#define GM_EXTRACT_WORDS_H

#include "base/grammar.h"

/* The longest word at byte `at` of text: its length, or 0; *classes are its classes, by blanks. */
size_t words_at(struct grammar *g, struct slice text, size_t at, struct slice *classes);

/* Whether one of the classes is `name`. */
bool words_is(struct slice classes, const char *name);

#endif
