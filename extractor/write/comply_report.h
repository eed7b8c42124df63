/* comply_report: the comparison with a superior plan as a table, beside the findings made of it. */
#ifndef GM_WRITE_COMPLY_REPORT_H
#define GM_WRITE_COMPLY_REPORT_H

#include "review/comply.h"

/* For the terminal: one line an indicator (verdict, name, both figures, both places), tasks, counts. */
void comply_text(const struct comply *c, enum lang lang, bool color, struct buf *out);

/* The same as sections of a page that html_begin() opened. */
void comply_html(const struct comply *c, enum lang lang, struct buf *out);

/* One JSON object: {"draft", "superior", "counts", "indicators": [...], "tasks": [...], "citation"}; codes of verdicts
 * as in comply_codes, places as file, line, col, begin, end. */
void comply_json(const struct comply *c, enum lang lang, struct buf *out);

#endif
