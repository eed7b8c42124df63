/* projects_reader: what the parts of the extractor of projects share. */
#ifndef GM_EXTRACT_PROJECTS_READER_H
#define GM_EXTRACT_PROJECTS_READER_H

#include "base/grammar.h"
#include "extract/extract.h"

struct projects_reader {
    struct plan *p;
    struct grammar *g;
    struct box *box;
    struct slice group;
    struct project *open; /* the programme that is only a title so far, or NULL */
    struct project *last; /* the programme that the next lines may belong to, or NULL */
    int rank;             /* of its number: 1 the outermost; 0: it has none */
};

/* ---- projects.c ---- */

/* A new one; parent NULL: a programme. */
struct project *projects_add(struct projects_reader *r, struct project *parent, struct span span);

/* The investment in 万元, exact: 72.8亿元 is 728000; empty when the unit is none of money. */
struct slice projects_in_ten_thousands(struct projects_reader *r, struct slice value, struct slice unit);

/* Reads each line of a cell or paragraph as a programme, or as what the programme before consists of. */
void projects_read_lines(struct projects_reader *r, struct span span);

/* Fills the count and the investment that a text tells, as far as they are not known. Returns how many sums it tells. */
size_t projects_read_figures(struct projects_reader *r, struct project *o, struct slice text);

/* Adds the single projects of all sentences. */
void projects_read_singles(struct projects_reader *r, struct project *parent, struct slice text);

/* Whether a sentence begins with what is done. */
bool projects_acts(struct projects_reader *r, struct slice sentence);

/* Adds the single projects of the sentences that begin with what is done. */
void projects_read_contents(struct projects_reader *r, struct project *parent, struct slice text);

/* Bytes of s up to one of so many chars outside brackets, or all. */
size_t projects_length_to(struct slice s, const uint32_t *ends, size_t count);

/* ---- projects_lines.c ---- */

/* Reads one line: a programme, a project inside the one before, or what is said of that. */
void projects_read_line(struct projects_reader *r, struct slice line);

/* Ends the programme before: its text is all that its span holds. */
void projects_close(struct projects_reader *r);

/* Reads a paragraph of run-in heads as the programme that the box is named after; false: it is none. */
bool projects_read_heads(struct projects_reader *r, struct span span);

/* ---- projects_table.c ---- */

/* The rows of the box's table. */
void projects_read_table(struct projects_reader *r);

#endif
