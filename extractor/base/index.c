#include "base/index.h"

#include "base/mem.h"

#include <stdlib.h>

struct index_slot {
    struct slice key; /* p NULL: free */
    uint64_t hash;
    size_t value;
};

/* FNV-1a */
static uint64_t hash_of(struct slice key)
{
    uint64_t h = 14695981039346656037u;
    for (size_t i = 0; i < key.n; i++)
        h = (h ^ (unsigned char)key.p[i]) * 1099511628211u;
    return h;
}

/* The slot that holds the key, or the free one where it belongs; room is a power of two, never full. */
static struct index_slot *find(const struct index *x, struct slice key, uint64_t hash)
{
    size_t at = (size_t)hash & (x->room - 1);
    while (x->slots[at].key.p && (x->slots[at].hash != hash || !slice_eq(x->slots[at].key, key)))
        at = (at + 1) & (x->room - 1);
    return &x->slots[at];
}

static void grow(struct index *x)
{
    struct index old = *x;
    x->room = old.room ? old.room * 2 : 64;
    x->slots = mem_zalloc(x->room * sizeof *x->slots);
    for (size_t i = 0; i < old.room; i++)
        if (old.slots[i].key.p)
            *find(x, old.slots[i].key, old.slots[i].hash) = old.slots[i];
    free(old.slots);
}

size_t *index_put(struct index *x, struct slice key)
{
    if (x->count * 4 >= x->room * 3)
        grow(x);
    uint64_t hash = hash_of(key);
    struct index_slot *slot = find(x, key, hash);
    if (!slot->key.p) {
        *slot = (struct index_slot){key.p ? key : SLICE(""), hash, 0};
        x->count++;
    }
    return &slot->value;
}

const size_t *index_get(const struct index *x, struct slice key)
{
    if (!x->room)
        return NULL;
    const struct index_slot *slot = find(x, key, hash_of(key));
    return slot->key.p ? &slot->value : NULL;
}

void index_done(struct index *x)
{
    free(x->slots);
    *x = (struct index){0};
}
