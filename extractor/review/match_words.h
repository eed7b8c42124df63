/* match_words: which records of the other plan share wording with one, found by an index of pairs of chars. */
#ifndef GM_REVIEW_MATCH_WORDS_H
#define GM_REVIEW_MATCH_WORDS_H

#include "review/match.h"

struct likely {
    uint32_t place;
    int likeness; /* 0 to 1000 */
};

/* The different pairs of a record, as numbers of words. */
struct word_list {
    uint32_t *items;
    uint32_t count;
    uint64_t weight; /* of all */
};

struct match_words {
    struct match *m;
    size_t open[2]; /* unpaired records of the side asked from, and of the other */
    struct word_list *lists[2];
    uint64_t *slots; /* hash table of pairs */
    uint32_t *numbers;
    size_t room, words;
    uint32_t *spread; /* by word: records of both sides that have it */
    uint32_t *weight; /* by word: more where fewer records have it */
    uint32_t *posting_begin, *postings; /* by word: records of the other side */
    uint64_t *shared; /* scratch, by record of the other side */
    bool *mark;       /* scratch, by word */
};

/* Indexes the unpaired records of a match; the pairs live in its arena. */
void match_words_init(struct match_words *w, struct match *m);
void match_words_done(struct match_words *w);

/* The unpaired records of the other side that share a word with record x of the side asked from; words in more
 * than `spread` records are not looked up. Likeness: twice the weight of the words both have, by the weight of all. */
size_t match_words_like(struct match_words *w, size_t x, size_t spread, struct likely *out);

#endif
