/* start: the words that extractors start from (grammars/lexicon/starts.tsv), ready for one pass over a text. */
#ifndef GM_BASE_START_H
#define GM_BASE_START_H

#include "base/grammar.h"

/* KIND(id, class); what each means is told at the head of the lexicon. The first three are signs of print, those
 * from BODY on start duties. */
#define HIT_KINDS(KIND)               \
    KIND(TITLE_OPEN, "")              \
    KIND(TITLE_CLOSE, "")             \
    KIND(GAP, "")                     \
    KIND(TABLE, "table")              \
    KIND(BOX, "box")                  \
    KIND(PERIOD, "period")            \
    KIND(HORIZON, "horizon")          \
    KIND(YEAR, "year")                \
    KIND(TERM, "term")                \
    KIND(BODY, "body")                \
    KIND(BODY_END, "body-end")        \
    KIND(CHARGE, "charge")            \
    KIND(LABEL, "label")

enum hit_kind {
#define KIND(id, class) HIT_##id,
    HIT_KINDS(KIND)
#undef KIND
    HIT_KIND_MAX
};

struct start {
    struct slice word; /* begins with a char of three bytes */
    enum hit_kind kind;
    uint32_t next; /* of its group, not longer than it; 0: none */
};

enum { START_GROUPS = 256, START_BYTES = 60 };

/* Words whose first chars have the same last two bytes are a group. */
struct starts {
    unsigned char group[1 << 14];  /* by start_end() of a char: its group, 0: no word begins so */
    uint32_t first[START_GROUPS]; /* of each group in words */
    uint64_t sixth[START_GROUPS]; /* the low bits of the sixth byte that its words may have, a bit each */
    struct start *words;          /* words[0] is none */
    size_t count;
};

/* The last two bytes of a char of three, without the bits that are always the same. */
static inline size_t start_end(const char *p)
{
    const unsigned char *s = (const unsigned char *)p;
    return (s[1] & 0x3Fu) | (s[2] & 0x3Fu) << 8;
}

/* Those of a grammar, made when first asked for; the grammar owns them. */
const struct starts *starts_of(struct grammar *g);
void starts_free(struct starts *s); /* grammar_close() does */

/* Whether each row has a class and is shown by its examples; findings go to report. Returns their number;
 * *examples grows by the examples that were looked at. */
size_t starts_check(struct grammar *g, struct buf *report, size_t *examples);

#endif
