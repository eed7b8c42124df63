/* diff_html: a comparison as one page, side by side; works from file:// and prints well, no script. */
#ifndef GM_WRITE_DIFF_HTML_H
#define GM_WRITE_DIFF_HTML_H

#include "review/diff.h"

void diff_html(const struct diff *d, enum lang lang, struct buf *out);

#endif
