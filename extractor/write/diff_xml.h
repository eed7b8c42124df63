/* diff_xml: a comparison as XML of its own small vocabulary, grammars/schema/diff.rnc. */
#ifndef GM_WRITE_DIFF_XML_H
#define GM_WRITE_DIFF_XML_H

#include "review/diff.h"

void diff_xml(const struct diff *d, struct buf *out);

#endif
