/* build_report: the summary of a build as a table, for report.txt and for the terminal. */
#ifndef GM_BUILD_REPORT_H
#define GM_BUILD_REPORT_H

#include "build_job.h"

/* Appends one line a plan and a line of totals, columns aligned; at most `most` plans: when there are
 * more, only the totals and the plans with the most warnings and errors. Refused documents are
 * counted in a line of their own. No empty lines. */
void report_table(const struct jobs *j, enum lang lang, size_t most, struct buf *out);

/* Appends the whole summary of report.txt, in Chinese. */
void report_summary(const struct jobs *j, const char *version, struct buf *out);

size_t report_plans(const struct jobs *j);
size_t report_failures(const struct jobs *j); /* refused and not skipped */

#endif
