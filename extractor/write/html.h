/* html: what the pages share: one file, works from file://, prints well, no script needed to read it. */
#ifndef GM_WRITE_HTML_H
#define GM_WRITE_HTML_H

#include "base/buf.h"
#include "base/diag.h"

/* Begins a page: doctype, UTF-8, title, the style sheet all pages share (followed by `style`, more CSS,
 * or ""), <body> with the title as <h1>. The caller then appends markup. */
void html_begin(struct buf *out, struct slice title, enum lang lang, const char *style);
void html_end(struct buf *out);

/* Appends s as text or as the value of an attribute in double quotes. */
void html_text(struct slice s, struct buf *out);
void html_attr(struct slice s, struct buf *out);

/* The classes of the shared style sheet: table.data (td.number right-aligned, tr.group), span.badge with
 * .good .bad .warn .mild, ins and del for wording, .place (grey, small: where something was read),
 * blockquote.source (quoted text), .note (grey text), .cards > .card (a number and what it counts). */

#endif
