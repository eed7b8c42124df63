/* pieces: where two wordings differ, char by char, as a reader would mark it. */
#ifndef GM_REVIEW_PIECES_H
#define GM_REVIEW_PIECES_H

#include "review/change.h"

/* Limit `pieces`: two sentences whose lengths (without what they begin and end with in common) multiply to more
 * are shown whole, one for the other. */
enum { PIECES_CELLS = 4000000 };

/* Compares folded chars, blanks and punctuation left out; lone equal chars between differences count as different.
 * swapped: worked out from b's side, so that both orders give the same pieces. *whole is set at the limit. */
struct piece_list pieces_of(struct arena *arena, struct slice a, struct slice b, bool swapped, bool *whole);

#endif
