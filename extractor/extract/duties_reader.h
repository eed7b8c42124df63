/* duties_reader: what the parts of the extractor of duties share: where it reads, and the records made. */
#ifndef GM_EXTRACT_DUTIES_READER_H
#define GM_EXTRACT_DUTIES_READER_H

#include "extract/duties_bodies.h"
#include "extract/extract.h"

enum {
    SAME_MAX = 64,       /* duties of one task that a new one is held against */
    DUTIES_MAX = 100000, /* limit `duties` of a document */
};

struct duties_reader {
    struct plan *p;
    struct grammar *g;
    int year; /* of the document, 0 unknown */
    struct section *section, *next_section;
    const struct measure *measure;    /* the first that ends behind the place looked at */
    const struct project *programme;  /* so too */
    const struct measure *before;     /* the measure before it, or NULL */
    uint32_t before_end;              /* where it ends, with the paragraphs behind it that only say who does it */
    const struct node *cursor;        /* the node there, or the next behind it */
    const struct node *node;          /* the paragraph or cell there, or NULL */
    uint32_t read, sentences_read;    /* ends of the last bracket and sentence */
    const char *object_kind, *object; /* of what is read now */
    const char *rule;                 /* that told the role of what is read now, or NULL */
    const struct node *task;          /* the paragraph it stands in */
    struct duty *last[SAME_MAX];      /* its duties, since the last bracket */
    size_t last_count;
    const char *first_leads;          /* the rule that says so of the lists read now, or NULL */
    bool order_stays;                 /* and of all that follow */
    struct bodies bodies;
    struct buf masked;
};

/* Brackets of every shape that bodies stand in. */
static inline bool duties_is_open(uint32_t c)
{
    return c == 0xFF08 || c == '(' || c == '[' || c == 0x3010 || c == 0x3014;
}

static inline bool duties_is_close(uint32_t c)
{
    return c == 0xFF09 || c == ')' || c == ']' || c == 0x3011 || c == 0x3015;
}

/* ---- duties_lists.c ---- */

/* What the duties added from here on are about. */
void duties_object(struct duties_reader *r, const char *kind, const char *id);

/* Adds a body with its role: once a task, with the strongest of its roles. */
void duties_add(struct duties_reader *r, const struct body *b, struct slice role, bool open);

bool duties_is_role(struct slice role);

/* Reads a bracket or a cell: 甲牵头，乙、丙配合; 责任单位：甲、乙. `role` is that of parts without a word
 * of their own; only_known: in such parts what the lexicon has not is left out. */
void duties_parts(struct duties_reader *r, struct slice s, struct slice role, bool only_known);

/* Reads whether the first one listed leads: in this list, or from here on. */
void duties_order(struct duties_reader *r, struct slice s);

/* Makes the first of r->last from `from` on, which were read from s, the leader of several, where the order
 * tells and no word does. */
void duties_first_leads(struct duties_reader *r, struct slice s, size_t from);

/* Whether a part of s says who does something. */
bool duties_named(struct duties_reader *r, struct slice s);

/* ---- duties_columns.c ---- */

/* The columns of bodies of all tables. */
void duties_columns(struct duties_reader *r);

#endif
