/* image: pieces of bytes one behind the other, each aligned for any type. The grammars become one when
 * they are compiled ahead; see grammar.h. */
#ifndef GM_BASE_IMAGE_H
#define GM_BASE_IMAGE_H

#include "base/buf.h"

void image_add(struct buf *image, struct slice piece);

/* The next piece, which points into the image (itself aligned so); false when none is left whole. */
bool image_next(struct slice *rest, struct slice *piece);

#endif
