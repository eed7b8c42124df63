/* extract: typed records from the tree. One file a record kind, one row in the table of extract.c. */
#ifndef GM_EXTRACT_EXTRACT_H
#define GM_EXTRACT_EXTRACT_H

#include "base/grammar.h"
#include "model/plan.h"

enum { ROW_TEXT_MAX = 2000 }; /* limit `row-text`: bytes of a cell's text that many records repeat */

/* Runs every extractor over a parsed plan, in the order of the table. */
void extract_all(struct plan *p, struct grammar *g);

/* What is known of the document as a whole: title, region, field, period, years. */
void extract_meta(struct plan *p, struct grammar *g);
/* Lead sentences and the measures they open. */
void extract_measures(struct plan *p, struct grammar *g);
/* Observations of the indicator tables. */
void extract_indicators(struct plan *p, struct grammar *g);
/* Figures promised in the prose (after the measures). */
void extract_targets(struct plan *p, struct grammar *g);
/* 《…》 with number and kind; references to boxes and tables. */
void extract_citations(struct plan *p, struct grammar *g);
/* Entries of the 名词解释. */
void extract_terms(struct plan *p, struct grammar *g);
/* Whether a section is one paragraph that runs on in the line of its heading: （一）加强…。深化…. */
bool extract_runs_in(const struct plan *p, const struct section *section, const struct node *para);
/* Overall, vision and specific goals. */
void extract_goals(struct plan *p, struct grammar *g);
/* Programmes of project boxes and the projects inside them. */
void extract_projects(struct plan *p, struct grammar *g);
/* 合计, 小计: a cell of the row begins so, and the row is no project. */
bool extract_is_total(struct plan *p, struct grammar *g, const struct table *t, int row);
/* Who carries what: 责任单位 columns, （…牵头，…负责）, 公安、交通等部门 (after the indicators). */
void extract_duties(struct plan *p, struct grammar *g);
/* Codes and values in the preferred unit, for indicators and targets. */
void extract_canonical(struct plan *p, struct grammar *g);
/* Footnotes, sentences under tables, and what marks stand for (after the indicators). */
void extract_notes(struct plan *p, struct grammar *g);
/* What those sentences change of the values above: basis and year (after the notes). */
void extract_effects(struct plan *p, struct grammar *g);
/* Bookmarks and the section each marks. */
void extract_bookmarks(struct plan *p, struct grammar *g);

#endif
