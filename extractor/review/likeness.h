/* likeness: how much of their wording two texts share, by pairs of chars; no word boundaries needed. */
#ifndef GM_REVIEW_LIKENESS_H
#define GM_REVIEW_LIKENESS_H

#include "base/buf.h"
#include "base/mem.h"

/* The pairs of neighbouring chars of a text, sorted; repeated ones are repeated. */
struct pairs {
    uint64_t *items;
    size_t count;
};

/* Appends what a comparison of wording sees of a text: folded (full and half width, ○ and 〇, Ⅲ and III are one),
 * without blanks, line ends, punctuation and symbols but those that belong to numbers. */
void wording_of(struct slice s, struct buf *out);

/* Whether two texts read the same: folded, without blanks and punctuation. */
bool wording_same(struct slice a, struct slice b);

/* The pairs of wording_of(s); a text of one char is one pair with itself. Lives in the arena. */
struct pairs pairs_of(struct arena *a, struct slice s);

/* Share in common, 0 to 1000: twice the pairs both have by the pairs of both (Dice, multisets).
 * Two empty texts are alike. */
int pairs_likeness(const struct pairs *a, const struct pairs *b);

#endif
