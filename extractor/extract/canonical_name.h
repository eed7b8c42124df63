/* canonical_name: the row of the lexicon `indicators` that a name in a plan means. */
#ifndef GM_EXTRACT_CANONICAL_NAME_H
#define GM_EXTRACT_CANONICAL_NAME_H

#include "base/grammar.h"
#include "base/text.h"

/* Scratch of the search; zero-initialised is ready, naming_done() frees. */
struct naming {
    struct grammar *g;
    struct folded folded;
    struct buf name, part, both, key;
    struct slice count; /* the word for how many there are of something */
};

void naming_done(struct naming *n);

/* Looks a name up as written (folded, without blanks and quotation marks), then with the wordings of
 * the lexicon `wordings` exchanged. An indicator with a breakdown is looked up as name/breakdown, and
 * as one name: 生活污水处理率 | 城市 is 城市生活污水处理率, 主要污染物排放量 | 氨氮 is 氨氮排放量. */
bool naming_find(struct naming *n, struct slice name, struct slice breakdown, size_t *row);

#endif
