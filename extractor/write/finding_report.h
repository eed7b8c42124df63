/* finding_report: findings for people and programs. One call a format; what they share is here. */
#ifndef GM_WRITE_FINDING_REPORT_H
#define GM_WRITE_FINDING_REPORT_H

#include "review/comply.h"
#include "review/finding.h"

/* What is reported; everything is borrowed. */
struct finding_report {
    const struct findings *findings; /* sorted */
    const struct plan *const *plans; /* that were judged, in the order of the command line */
    size_t plan_count;
    const struct comply *comply; /* with a superior plan: one a plan; or NULL */
    const char *version; /* of the program */
    enum lang lang;
    bool color; /* text only */
};

typedef void finding_writer(const struct finding_report *r, struct buf *out);

/* For the terminal: `file:line:col: level: message [code]`, the line with carets, places to see, a summary. */
finding_writer finding_text;
/* One JSON object: {"tool", "files", "summary", "findings"}. */
finding_writer finding_json;
/* SARIF 2.1.0 (OASIS standard, errata 01). */
finding_writer finding_sarif;
/* A page for people who do not use a terminal. */
finding_writer finding_html;

/* Counts by level, and the suppressed; of one plan, or of all when p is NULL. */
struct finding_counts {
    size_t of[LEVEL_ERROR + 1], suppressed;
};

struct finding_counts finding_count(const struct finding_report *r, const struct plan *p);

/* A place and what surrounds it on its line, cut to so many terminal columns on each side. A span of several lines ends
 * with its first. Slices of the source; cut_* say that the line goes on. */
struct excerpt {
    struct slice before, at, after;
    bool cut_before, cut_at, cut_after;
};

struct excerpt excerpt_of(const struct plan *p, struct span span, size_t before, size_t at,
                          size_t after);

/* Lines and columns of a span's ends, from 1, the end exclusive. */
struct region {
    uint32_t line, col, end_line, end_col;
};

struct region region_of(const struct plan *p, struct span span);

/* A place as the fields of a JSON object, without its braces: file, line, col, end_line, end_col, begin, end, text. */
void finding_place_json(const struct plan *p, struct span span, struct buf *out);

/* The heading under which a place stands (第二章 … / 第四节 …), or NULL: its innermost section. */
const struct section *section_at(const struct plan *p, uint32_t at);

/* Appends s in one line: line breaks and TABs become blanks, other control characters are left out. */
void one_line(struct slice s, struct buf *out);

#endif
