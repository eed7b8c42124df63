/* parse: lines to the tree: preamble, outline, paragraphs, boxes and their tables. */
#ifndef GM_PARSE_PARSE_H
#define GM_PARSE_PARSE_H

#include "parse/lines.h"

enum { JOINS_SAID = 10 };

/* The state of one document's parse. */
struct parse {
    struct plan *p;
    struct grammar *g;
    struct lines lines;
    struct node *at;         /* the division that takes the next block */
    uint32_t counts[NODE_MAX]; /* running numbers by kind */
    struct span joins[JOINS_SAID]; /* where sentences broken at a line end were joined */
    size_t join_count;
    size_t cells;      /* of all tables so far */
    size_t toc_effort; /* lines looked through for the ends of contents so far */
};

/* Builds p's tree, outline, boxes and tables from its source. */
void parse_plan(struct plan *p, struct grammar *g);

/* Hangs a numbered block node under the open division. */
struct node *parse_block(struct parse *ps, struct node *parent, enum node_kind kind, struct span span);

/* Index of the next line at or after i that is not blank (bookmark-only lines count as blank). */
size_t parse_next(const struct parse *ps, size_t i);

/* Index of the last line of the paragraph that begins with line i. */
size_t parse_paragraph_end(const struct parse *ps, size_t i);

/* Remembers that lines i to last were joined, to be said at the end. */
void parse_joined(struct parse *ps, size_t i, size_t last);

#endif
