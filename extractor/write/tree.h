/* tree: a plan as an outline for people on a terminal. */
#ifndef GM_WRITE_TREE_H
#define GM_WRITE_TREE_H

#include "model/plan.h"

/* Appends the outline of a sealed plan: what is known of it, then its divisions, boxes and what they
 * hold, with line numbers at the left. color: with escape sequences of a terminal (ECMA-48). */
void tree_write(const struct plan *p, bool color, enum lang lang, struct buf *out);

#endif
