/* check: judges one sealed plan by the checks of check.def. */
#ifndef GM_REVIEW_CHECK_H
#define GM_REVIEW_CHECK_H

#include "base/grammar.h"
#include "review/claim.h"
#include "review/finding.h"

/* A piece of text of its own: a heading, a paragraph, a cell, a note. */
struct check_block {
    const struct node *node;
    const struct section *section; /* it stands in, or NULL */
    struct slice text; /* marks are still in it; of paragraphs the line breaks are not: see check_span() */
    const struct check_line *lines; /* of a text without its line breaks; NULL: it is the source's */
    size_t line_count;
};

/* Where a line begins in a text without line breaks, and in the source. */
struct check_line {
    size_t at;
    uint32_t source;
};

/* What the checks of one plan share. */
struct check_job {
    const struct plan *plan;
    struct grammar *grammar;
    struct findings *out;
    struct arena arena; /* for the time of the check */
    struct claim *claims;
    size_t claim_count;
    struct check_block *blocks; /* all of them, in the order of the text */
    size_t block_count;
    int start_year, end_year, horizon_year; /* 0: unknown */
};

/* Adds all findings on a plan. The plan must live as long as the findings. */
void check_plan(const struct plan *p, struct grammar *g, struct findings *out);

/* The families of checks, a file each. */
void check_series(struct check_job *job);    /* numbers inside paragraphs */
void check_numbering(struct check_job *job); /* row numbers, headings, contents */
void check_values(struct check_job *job);    /* figures that contradict one another */
void check_facts(struct check_job *job);   /* what the prose says has been reached */
void check_sums(struct check_job *job);      /* totals */
void check_among(struct check_job *job);     /* a total of the prose, 其中 its parts */
void check_counts(struct check_job *job);    /* stated counts and lists */
void check_units(struct check_job *job);
void check_times(struct check_job *job);   /* years and deadlines */
void check_dates(struct check_job *job);   /* days that do not exist */
void check_parts(struct check_job *job);   /* parts that lack, responsibility */
void check_pairs(struct check_job *job);   /* marks in pairs, marks of notes */
void check_wording(struct check_job *job); /* names of bodies, slips, repeated text */

/* Adds a finding with up to two arguments; more with findings_add(). */
struct finding *check_say(struct check_job *job, enum check_id id, struct span span, struct slice a,
                          struct slice b);

/* Where a slice of the source, or of a block's text, stands in the source. */
struct span check_span(const struct check_job *job, struct slice s);

/* A finding there. */
struct finding *check_say_at(struct check_job *job, enum check_id id, struct slice at,
                             struct slice a, struct slice b);

/* Says that a limit of the checks was reached, and where. */
void check_limit(struct check_job *job, const char *name, int limit, struct span span);

/* Whether a word of grammars/lexicon/review.tsv is of a class. */
bool check_word(struct grammar *g, struct slice word, const char *class);
/* The length of the longest word of a class that begins at byte `at`, or that ends at byte `end`; 0: none. */
size_t check_word_at(struct grammar *g, struct slice text, size_t at, const char *class);
size_t check_word_before(struct grammar *g, struct slice text, size_t end, const char *class);

/* Whether a member of a series (一是, （二）) may begin behind a char, 0 at the text's start. */
bool check_begins_member(uint32_t before);

/* A number that ends at byte `end`, Arabic or Chinese, of four digits at most; its beginning, or `end` when there is
 * none (*out is -1 then). */
size_t check_number_before(struct slice text, size_t end, int *out);

/* A text made in the arena: 2025年. */
struct slice check_number(struct check_job *job, long long number, const char *behind);

/* The note under the table that a mark (a note of that kind) stands for; NULL when the one that was bound by likeness of
 * names has another number. */
const struct note *check_note_of(const struct plan *p, const struct note *mark);

/* Makes a note of a finding on a figure that a remark or note of the plan explains. */
void check_explain(struct check_job *job, struct finding *x, const struct claim *c);

/* A number and its unit as text. */
struct slice check_decimal(struct check_job *job, struct decimal d, struct slice unit);

/* Whether `sum`, rounded as `stated` is written, is the stated number. */
bool check_rounds_to(struct decimal sum, struct decimal stated);

/* A figure as written, with its unit when the unit stands elsewhere: 54.5%. */
struct slice check_value(struct check_job *job, const struct claim *c);

/* A year as a number, 0 when there is none. */
int check_year(struct slice s);

#endif
