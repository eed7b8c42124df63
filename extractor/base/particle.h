/* particle: the small words and signs that sentences are built with (grammars/lexicon/particles.tsv). */
#ifndef GM_BASE_PARTICLE_H
#define GM_BASE_PARTICLE_H

#include "base/grammar.h"

/* CLASS(id, name, where its words stand, looked for from their end); what each means is told at the head of the lexicon */
#define PARTICLE_CLASSES(CLASS)                                                                       \
    CLASS(NO_FIGURE, "no-figure", BEFORE_FIGURE, true)                                                \
    CLASS(FIGURE_NO, "figure-no", BEHIND_FIGURE, false)                                               \
    CLASS(OVER, "over", BEHIND_FIGURE, false)                                                         \
    CLASS(RANGE, "range", BEHIND_FIGURE, false)                                                       \
    CLASS(UNTIL, "until", BEFORE_FIGURE, true)                                                        \
    CLASS(AGAINST, "against", BEFORE_FIGURE, true)                                                    \
    CLASS(FROM, "from", ANYWHERE, true)                                                               \
    CLASS(BASE, "base", BEFORE_FIGURE, true)                                                          \
    CLASS(YEAR_TAIL, "year-tail", BEHIND_YEAR, false)                                                 \
    CLASS(YEAR_BY, "year-by", BEHIND_YEAR, false)                                                     \
    CLASS(YEAR_SINCE, "year-since", BEHIND_YEAR, false)                                               \
    CLASS(YEAR_BASE, "year-base", BEHIND_YEAR, false)                                                 \
    CLASS(PERIOD, "period", ANYWHERE, false)                                                          \
    CLASS(PERIOD_TAIL, "period-tail", ANYWHERE, false)                                                \
    CLASS(YEARLY, "yearly", ANYWHERE, true)                                                           \
    CLASS(ANNUAL, "annual", ANYWHERE, false)                                                          \
    CLASS(CUMULATIVE, "cumulative", ANYWHERE, false)                                                  \
    CLASS(PAST, "past", ANYWHERE, false)                                                              \
    CLASS(FRAME, "frame", ANYWHERE, false)                                                            \
    CLASS(JOINT, "joint", ANYWHERE, true)                                                             \
    CLASS(LIST, "list", ANYWHERE, false)                                                              \
    CLASS(LEAD_JOINT, "lead-joint", ANYWHERE, false)                                                  \
    CLASS(REST, "rest", ANYWHERE, true)                                                               \
    CLASS(EACH_VALUE, "each-value", ANYWHERE, false)                                                  \
    CLASS(EACH, "each", ANYWHERE, false)                                                              \
    CLASS(EACH_LAST, "each-last", ANYWHERE, false)                                                    \
    CLASS(MEAN, "mean", ANYWHERE, false)                                                              \
    CLASS(OF, "of", ANYWHERE, true)                                                                   \
    CLASS(ATTRIBUTE, "attribute", ANYWHERE, false)                                                    \
    CLASS(YEARS, "years", ANYWHERE, false)                                                            \
    CLASS(PER_HEAD, "per-head", AT_BEGIN, false)                                                      \
    CLASS(MEANS, "means", ANYWHERE, false)                                                            \
    CLASS(RATE, "rate", AT_END, true)                                                                 \
    CLASS(PROJECT, "project", AT_END, true)                                                           \
    CLASS(UNITLESS, "unitless", AT_END, true)                                                         \
    CLASS(NATURE, "nature", AT_END, true)                                                             \
    CLASS(COUNT, "count", AT_END, false)                                                              \
    CLASS(BODY_TAIL, "body-tail", AT_END, true)                                                       \
    CLASS(BRANCH, "branch", AT_END, false)                                                            \
    CLASS(TOTAL, "total-row", AT_BEGIN, false)                                                        \
    CLASS(WITH, "with", ANYWHERE, false)                                                              \
    CLASS(AS, "as", ANYWHERE, true)                                                                   \
    CLASS(PLAN, "plan", AT_END, false)                                                                \
    CLASS(PER, "per", ANYWHERE, false)                                                                \
    CLASS(HEADING, "heading", AT_BEGIN, false)                                                        \
    CLASS(NOTE_SIGN, "note-sign", AT_BEGIN, false)

enum particle_class {
#define CLASS(id, name, side, from_end) PARTICLE_##id,
    PARTICLE_CLASSES(CLASS)
#undef CLASS
    PARTICLE_MAX
};

enum { PARTICLE_CHARS = 3 }; /* of those that are looked for from their end */

/* Length of the longest particle at byte `at` of text when it is of that class, else 0. */
size_t particle_at(struct grammar *g, struct slice text, size_t at, enum particle_class class);

/* Length of the longest particle of that class that ends at byte `end` of text, or 0. */
size_t particle_before(struct grammar *g, struct slice text, size_t end, enum particle_class class);

/* Whether text ends with a particle of that class. */
bool particle_ends(struct grammar *g, struct slice text, enum particle_class class);

/* The first word of that class in a text, also inside longer particles; p NULL: none. */
struct slice particle_find(struct grammar *g, struct slice text, enum particle_class class);

/* The first particle of that class in the lexicon; empty: none. */
struct slice particle_word(struct grammar *g, enum particle_class class);

void particles_free(struct particles *p); /* grammar_close() does */

/* Whether the example shows every particle at its side; findings go to report. Returns their number;
 * *examples grows by the examples that were looked at. */
size_t particle_check(struct grammar *g, struct buf *report, size_t *examples);

#endif
