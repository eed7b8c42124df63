/* escape: texts as XML 1.0 character data and attribute values, at about the speed of copying.
 *
 * XML cannot hold every char: control chars but TAB, LF and CR, and U+FFFE and U+FFFF, are not
 * allowed in any form (XML 1.0, production 2). s must be valid UTF-8. */
#ifndef GM_WRITE_ESCAPE_H
#define GM_WRITE_ESCAPE_H

#include "base/buf.h"

/* Appends s as character data. A char that is not allowed becomes an empty element <c code="1F"/>
 * with its code point in hexadecimal; CR becomes &#13;, because a parser would read it as LF. */
void escape_text(struct slice s, struct buf *out);

/* The same for places where no element may stand: a char that is not allowed becomes U+FFFD. */
void escape_plain(struct slice s, struct buf *out);

/* Appends s as the value of an attribute in double quotes (quotes not included). TAB, LF and CR
 * become references; a char that is not allowed becomes U+FFFD. */
void escape_attr(struct slice s, struct buf *out);

#endif
