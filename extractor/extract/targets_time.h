/* targets_time: what fixes the time of the figures behind it in a sentence: 到2025年, “十四五”期间, 每年. */
#ifndef GM_EXTRACT_TARGETS_TIME_H
#define GM_EXTRACT_TARGETS_TIME_H

#include "extract/targets_subject.h"

/* Whether anything in the paragraph may govern a figure. Asked for paragraph after paragraph. */
bool targets_may_govern(struct targets_reader *r, struct slice paragraph);

/* Finds what governs in r->text. */
void targets_find_governors(struct targets_reader *r);

/* Finds the years that belong to one figure alone: 2016年的56%. After the figures. */
void targets_bind_years(struct targets_reader *r);

/* The year of its own, else the last governor before a figure: its year, and whether 每年 stands behind it; else the
 * year of the goals that it stands among, when nothing of the past stands before it. */
bool targets_governor(struct targets_reader *r, const struct figure *f, struct governor *out);

#endif
