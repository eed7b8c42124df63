/* build_names: the indicator names without a code of all plans, for the report. */
#ifndef GM_BUILD_NAMES_H
#define GM_BUILD_NAMES_H

#include "base/index.h"
#include "base/mem.h"
#include "build_diag.h"

struct build_name;

/* Zero-initialised is empty. */
struct build_names {
    struct arena arena;
    struct index index; /* of a name: its place in the list, from 1 */
    struct build_name *list;
    size_t count;
};

/* Adds what a diagnostic says (name-unmapped; others are passed by). The file's name is borrowed. */
void names_add(struct build_names *n, const char *file, const struct said *said);

/* Appends the list, names of many plans first: plans, name, first place. Nothing when it is empty. */
void names_print(struct build_names *n, struct buf *out);

void names_done(struct build_names *n);

#endif
