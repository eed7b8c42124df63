/* choice: which indicators a user means by a code, a name or a theme. */
#ifndef GM_REVIEW_CHOICE_H
#define GM_REVIEW_CHOICE_H

#include "base/grammar.h"

/* Sets the flags of the rows of the lexicon `indicators` that a text names: a code, a concept, or a name in any of
 * the wordings that plans use. False when there is none. */
bool choice_indicator(struct grammar *g, struct slice text, bool *wanted);

/* Sets the flags of the indicators of a theme, by its code, name or a word of it. False when there is no such theme. */
bool choice_theme(struct grammar *g, struct slice text, bool *wanted);

enum { CHOICE_NEAREST = 3 };

/* The rows whose names are most like the text, best first; returns how many there are. */
size_t choice_nearest(struct grammar *g, struct slice text, size_t out[CHOICE_NEAREST]);

#endif
