/* regex: PCRE2 patterns with named groups, under limits. The only user of PCRE2. */
#ifndef GM_BASE_REGEX_H
#define GM_BASE_REGEX_H

#include "base/buf.h"

struct regex;

enum { REGEX_STEPS = 5000 }; /* limit `rule-steps` of one search */

struct regex_error {
    char message[160];
    size_t offset; /* in the pattern */
};

/* Compiles a UTF-8 pattern. Returns NULL and fills error. regex_free() frees. */
struct regex *regex_new(struct slice pattern, struct regex_error *error);
void regex_free(struct regex *re);

/* Appends the compiled pattern, and makes it one again. NULL when the PCRE2 that runs is not the one that
 * compiled it; image is aligned for any type and was made by regex_save(). */
void regex_save(const struct regex *re, struct buf *image);
struct regex *regex_load(struct slice image);

unsigned regex_group_count(const struct regex *re);
struct slice regex_group_name(const struct regex *re, unsigned group); /* empty when unnamed */

/* Searches subject (valid UTF-8) from byte start. Returns 1 when found, 0 when not, -1 when a limit
 * was exceeded. Groups are read with regex_group(), valid until the next search. */
int regex_search(struct regex *re, struct slice subject, size_t start);

/* Byte range of a group in the last subject; false when it took no part. */
bool regex_group(const struct regex *re, unsigned group, size_t *begin, size_t *end);

#endif
