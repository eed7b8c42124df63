/* grammar: all language knowledge of a run: rules and lexicons, found in one folder, with a second
 * folder laid over it. */
#ifndef GM_BASE_GRAMMAR_H
#define GM_BASE_GRAMMAR_H

#include "base/hash.h"
#include "base/lexicon.h"
#include "base/rules.h"

enum lexicon_id {
    LEX_REGIONS,
    LEX_UNITS,
    LEX_FIELDS,
    LEX_PERIODS,
    LEX_HEADERS,
    LEX_COMPARATORS,
    LEX_WORDS,
    LEX_PARTICLES,
    LEX_STARTS,
    LEX_LEVELS,
    LEX_INDICATORS,
    LEX_WORDINGS,
    LEX_CONVERSIONS,
    LEX_AGENCIES,
    LEX_REVIEW,
    LEX_SLIPS,
    LEX_PARTS,
    LEX_THEMES,
    LEX_FORMULAS,
    LEX_MAX
};

enum { GRAMMAR_COLUMNS = 8 };

/* Where a column stands; by the address of its name. */
struct grammar_column {
    const char *name;
    int column;
};

struct grammar_piece {
    struct slice lexicon, text;
};

struct particles;
struct starts;

struct grammar {
    char *dir;
    char *overlay; /* or NULL */
    struct rules *rules;
    struct lexicon *lexicons[LEX_MAX]; /* read when first needed */
    struct grammar_column columns[LEX_MAX][GRAMMAR_COLUMNS]; /* asked for before */
    struct grammar_piece pieces[LEX_MAX]; /* of an image, with the texts they belong to; empty: none */
    struct particles *particles; /* see particle.h; when first needed */
    struct starts *starts;       /* see start.h; so too */
    char hash[HASH_QUICK_HEX + 1];     /* of all files in both folders, names included */
};

/* Reads dir/rules and knows dir/lexicon; overlay may be NULL. On failure returns NULL and fills error.
 * image: what grammar_save() made of these grammars, or empty; borrowed. It is taken only when the files
 * that are there are, byte for byte, those it was made of; else they are read. */
struct grammar *grammar_open(const char *dir, const char *overlay, struct slice image, struct buf *error);
void grammar_close(struct grammar *g);

/* Appends the grammars, which have no overlay, ready for use: the files, the lexicons with their tables and
 * the compiled patterns. Nothing in an image is checked but its files, so it comes from where the program
 * comes from: it is linked to it. False when the files change meanwhile. */
bool grammar_save(struct grammar *g, struct buf *image);

void grammar_read_lexicon(struct grammar *g, enum lexicon_id id); /* all of grammar_lexicon(), the first time */

/* Never NULL: an empty lexicon stands for one that cannot be read (`rules check` reports it). */
static inline const struct lexicon *grammar_lexicon(struct grammar *g, enum lexicon_id id)
{
    if (!g->lexicons[id])
        grammar_read_lexicon(g, id);
    return g->lexicons[id];
}

/* The cell of a row by column name, a literal. */
struct slice grammar_cell(struct grammar *g, enum lexicon_id id, size_t row, const char *column);

/* Reads every lexicon; returns the number of failures, each said in report. */
size_t grammar_check_lexicons(struct grammar *g, struct buf *report);

#endif
