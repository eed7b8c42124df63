/* match: pairs the records of two plans, first by keys that must be the same, then by likeness of wording, in one
 * assignment that is best over all. Swapping the plans gives the same pairs. */
#ifndef GM_REVIEW_MATCH_H
#define GM_REVIEW_MATCH_H

#include "review/assign.h"
#include "review/likeness.h"

/* Limits `candidates` (MATCH_WORK) and `same-key` (MATCH_SAME). Two records are compared when they share a pair of neighbouring chars ("word"). Where that takes more than
 * MATCH_WORK steps, words that more than MATCH_SPREAD records have are left out, and each record is compared with the
 * MATCH_LOOK that share most of the others. A record keeps its MATCH_BEST likest. Up to MATCH_SAME pairs of one key
 * are told apart by likeness, more are paired in order. */
enum { MATCH_WORK = 30000000, MATCH_SPREAD = 24, MATCH_LOOK = 48, MATCH_BEST = 24, MATCH_SAME = 900 };

struct match_words;

struct match_item {
    struct slice text; /* what likeness compares */
    uint32_t mate;     /* place in the other group, or ASSIGN_NONE */
    int likeness;      /* 0 to 1000, as refine() had it; 1000 when paired by a key alone */
    const char *how;   /* what it was paired by: a key's name, or "likeness" */
};

struct match {
    struct arena *arena;
    bool swapped; /* the pairing is done from the second group's side; by the plans' texts, not their order */
    struct match_item *items[2];
    size_t count[2];
    size_t rough;   /* records paired by falling likeness: a part above the limit of assign.h */
    size_t ordered; /* records of one key paired in order, above MATCH_SAME, where their numbers differ */
    size_t thinned; /* records compared with the likeliest only, above MATCH_WORK */
    struct match_words *words; /* of the texts; made when needed */
    /* What the likeness (0 to 1000) of a and b, places in the groups, is worth: 0 to 1000, or below 0 when they
     * must not be paired. NULL: as it is. Must not depend on which plan comes first. */
    int (*refine)(void *ctx, size_t a, size_t b, int likeness);
    /* Appends the key of a record; nothing: it has none. */
    void (*key)(void *ctx, int side, size_t i, struct buf *out);
    /* Whether a record takes part in match_alike() now; NULL: all do. */
    bool (*part)(void *ctx, int side, size_t i);
    void *ctx;
};

/* Makes the groups, unpaired and without text, in m's arena (set before). */
void match_init(struct match *m, size_t na, size_t nb);

/* Pairs what is unpaired and has the same key by m->key; refine() decides among several and may forbid. */
void match_keys(struct match *m, const char *how);

/* Pairs what is unpaired by likeness; a pair must be worth at least `least`. Rare pairs of chars weigh more. */
void match_alike(struct match *m, int least);

/* Pairs a and b now. */
void match_pair(struct match *m, size_t a, size_t b, int likeness, const char *how);

#endif
