/* assign: the one-to-one pairing of two groups that is best over all, not the first that fits.
 *
 * What can be paired comes as edges with a weight; pairs without an edge cannot be. Edges fall into parts that
 * share nothing (connected components), and each part is solved exactly (shortest augmenting paths, Jonker and
 * Volgenant 1987). A part too large for that is paired by falling weight, and the result says so. */
#ifndef GM_REVIEW_ASSIGN_H
#define GM_REVIEW_ASSIGN_H

#include "base/mem.h"

#include <stdbool.h>
#include <stdint.h>

/* Limit `assignment`: members of the smaller side of a part that is solved exactly; the time grows with its
 * square times the larger side. ASSIGN_CELLS bounds the memory: the product of both sides. */
enum { ASSIGN_SIDE = 400, ASSIGN_CELLS = 640000 };

#define ASSIGN_NONE UINT32_MAX

struct edge {
    uint32_t a, b;
    int64_t weight; /* above 0, at most 2^43; the sum of the chosen ones is made largest */
};

/* Sets mate_of_a[0 … na) to the partner of each, or ASSIGN_NONE. Edges may come in any order and are sorted;
 * of several for one pair the heaviest counts. The result depends only on the set of edges. Returns how many
 * members stood in parts that were not solved exactly. */
size_t assign_best(struct edge *edges, size_t count, size_t na, size_t nb, uint32_t *mate_of_a);

/* Marks the members of a longest rising run of values[0 … n) in rising[]; the others stand out of order. */
void assign_rising(const uint32_t *values, size_t n, bool *rising);

#endif
