/* lines: the source cut into lines, conversion traces marked (clean), line kinds told (lex). */
#ifndef GM_PARSE_LINES_H
#define GM_PARSE_LINES_H

#include "base/grammar.h"
#include "model/plan.h"

enum line_kind {
    LINE_BLANK,
    LINE_MARKS, /* nothing but bookmarks */
    LINE_TEXT,
    LINE_CELL, /* begins with a TAB, or is a row of a pipe table */
    /* by the rules of place `line` */
    LINE_PART,
    LINE_CHAPTER,
    LINE_SECTION,
    LINE_ARTICLE,
    LINE_ITEM,
    LINE_SUBITEM,
    LINE_FRONT,
    LINE_GLOSSARY,
    LINE_ANNEX,
    LINE_TOC,
    LINE_TOC_ENTRY,
    LINE_BOX,
    LINE_TABLE,
    LINE_DASH,
    LINE_PAGE,
    LINE_ENTRY,      /* 01 电子信息领域, in a box */
    LINE_FLAT_TABLE, /* the cells of a table run together */
    LINE_KIND_MAX
};

/* What a rule of place `line` read. */
struct line_match {
    const char *rule;
    struct slice label, number, title;
    struct slice text; /* that the heading runs into, as far as it was looked at; mostly empty */
    bool inferred; /* nothing parts the title from the text but the sense */
    bool doubtful; /* the title may hold a sentence that it runs into */
    bool weak;     /* a heading without blank after its number: needs the habits of the document */
};

struct line {
    uint32_t begin, end;           /* without the line break */
    uint32_t body_begin, body_end; /* without blanks and marks around */
    uint32_t match;                /* index + 1 into matches, 0: none */
    uint8_t kind;                  /* enum line_kind */
    uint8_t bare;                  /* enum bare_cell, of a LINE_CELL */
    bool amid;                     /* a page number, or blank beside one, inside a paragraph */
    bool fresh;                    /* a new paragraph of the body, whatever was open before */
};

/* A cell line without TAB before it: a cell, the first of a row, or a whole row of cells parted by TABs. */
enum bare_cell { BARE_NONE, BARE_CELL, BARE_ROW, BARE_TABBED };

struct lines {
    struct line *list;
    size_t count;
    struct line_match *matches;
    size_t match_count;
    bool has_gaps;    /* two ideographic blanks stand somewhere */
    bool stopless;    /* without a full stop anywhere: each line is a sentence */
    bool wrapped;     /* at the width of a page */
    bool tabs_indent; /* TABs only indent paragraphs in this document */
};

/* Cuts p's source into lines (line_begin must be set), fills p->marks, and tells every line's kind.
 * The lines live in p's arena. */
void lines_read(struct plan *p, struct grammar *g, struct lines *out);

/* A place where a line is cut in two. */
struct lines_cut {
    uint32_t line; /* index */
    uint32_t at;
    bool fresh; /* of the line that begins there */
};

/* Cuts lines at these places, in order, and tells the kinds of the pieces. */
void lines_cut(struct plan *p, struct grammar *g, struct lines *ls, const struct lines_cut *cuts, size_t count);

static inline struct slice line_body(const struct plan *p, const struct line *l)
{
    return slice_of(p->source.text.p + l->body_begin, l->body_end - l->body_begin);
}

static inline const struct line_match *line_match(const struct lines *ls, const struct line *l)
{
    return l->match ? &ls->matches[l->match - 1] : NULL;
}

/* A heading that ends whatever stood before it, a box included. */
static inline bool line_is_strong(const struct line *l)
{
    return (l->kind >= LINE_PART && l->kind <= LINE_ARTICLE) || l->kind == LINE_FRONT ||
           l->kind == LINE_GLOSSARY || l->kind == LINE_ANNEX;
}

static inline bool line_is_caption(const struct line *l)
{
    return l->kind == LINE_BOX || l->kind == LINE_TABLE;
}

static inline bool line_is_blank(const struct line *l)
{
    return l->kind == LINE_BLANK || l->kind == LINE_MARKS;
}

#endif
