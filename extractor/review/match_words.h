/* match_words: which records of the other plan share wording with one, found by an index of pairs of chars. */
#ifndef GM_REVIEW_MATCH_WORDS_H
#define GM_REVIEW_MATCH_WORDS_H

#include "review/match.h"

struct likely {
    uint32_t place;
    int likeness; /* 0 to 1000 */
};

/* The different pairs of chars of a record's wording, as numbers of words. */
struct word_list {
    uint32_t *items;
    uint32_t count;
    bool known;
    uint64_t weight; /* of all, as of the last match_words_index() */
};

/* Lives in the match's arena, and with it. */
struct match_words {
    struct match *m;
    struct word_list *lists[2];
    uint64_t *slots; /* hash table of pairs of chars */
    uint32_t *numbers;
    size_t room, words;
    uint32_t *stamp; /* by word: the list that had it last */
    uint32_t stamps;
    /* the index of the records that take part, made anew each time */
    uint32_t *spread;                   /* by word: records of both sides that have it */
    uint32_t *weight;                   /* by word: more where fewer records have it */
    uint32_t *posting_begin, *postings; /* by word: records of the other side */
    uint64_t *shared;                   /* scratch, by record of the other side */
    uint32_t most;                      /* words in more records are not looked up */
    bool thinned;                       /* they are that many that it matters: limit MATCH_WORK */
};

/* The words of a match, made when first asked for. */
struct match_words *match_words_of(struct match *m);

/* Indexes the records that are unpaired and take part; match_words_unindex() frees. */
void match_words_index(struct match_words *w);
void match_words_unindex(struct match_words *w);

/* The indexed records of the other side that share a word with record x of the side asked from. Likeness: twice the
 * weight of the words both have, by the weight of all. When thinned, the MATCH_LOOK that share most rare ones. */
size_t match_words_like(struct match_words *w, size_t x, struct likely *out);

/* Twice the words both have by the words of both, in thousandths; a and b are places in the groups. */
int match_words_alike(struct match_words *w, size_t a, size_t b);

#endif
