/* theme: what a measure is about, by the words of its lead sentence and of the headings above it (lexicon `themes`). */
#ifndef GM_REVIEW_THEME_H
#define GM_REVIEW_THEME_H

#include "base/grammar.h"

enum { THEME_NONE = -1 };

/* The theme (a row of the lexicon) of a measure with that lead under headings[0], which stands under headings[1] …;
 * or THEME_NONE. */
int theme_of(struct grammar *g, struct slice lead, const struct slice *headings, size_t count);

/* The theme that an indicator belongs to by the prefix of its code, or THEME_NONE. */
int theme_of_code(struct grammar *g, struct slice code);

/* The theme of that code or name, or THEME_NONE. */
int theme_find(struct grammar *g, struct slice name);

#endif
