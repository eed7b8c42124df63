/* xml: a plan as one XML document, namespace urn:gangmu:plan:1. The vocabulary with every element
 * and attribute is grammars/schema/plan.rnc; docs/xml.md is made from it. */
#ifndef GM_WRITE_XML_H
#define GM_WRITE_XML_H

#include "model/plan.h"

/* Appends the document of a sealed plan to out (UTF-8, no byte order mark). It is well-formed and
 * valid whatever the source holds, and the same for the same plan, version and grammar_hash.
 * The character data of its element `text`, each <c code="…"/> put back, is the source. */
void xml_write(const struct plan *p, const char *version, const char *grammar_hash,
               struct buf *out);

/* Appends the source, written from the tree of nodes by the walk xml_write() makes. */
void xml_source(const struct plan *p, struct buf *out);

#endif
