/* panel_csv: the panel as CSV (RFC 4180): UTF-8 with byte order mark, header row, \n line ends, an empty field for
 * "no value". Columns: docs/panel.md. */
#ifndef GM_WRITE_PANEL_CSV_H
#define GM_WRITE_PANEL_CSV_H

#include "review/panel.h"

void panel_csv_header(struct buf *out);
void panel_csv_rows(const struct panel *p, struct buf *out);

/* One field, quoted where it must be. Shared by the CSV files that are no tables of the corpus. */
void csv_field(struct slice s, struct buf *out);

#endif
