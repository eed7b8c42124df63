/* index: finds the number that belongs to a text (a hash table). */
#ifndef GM_BASE_INDEX_H
#define GM_BASE_INDEX_H

#include "base/buf.h"

struct index_slot;

/* Zero-initialised is empty. Keys are borrowed: they must live as long as the index. */
struct index {
    struct index_slot *slots;
    size_t count, room;
};

void index_done(struct index *x);

/* The number of a key, added as 0 when the key is new; valid until the next index_put(). */
size_t *index_put(struct index *x, struct slice key);

/* The number of a key, or NULL. */
const size_t *index_get(const struct index *x, struct slice key);

#endif
