/* profile: which checks are off, or of another level, and why (gangmu.toml, a small part of TOML 1.0):
 *
 *     [[check]]                 # one table a rule; the first that fits a finding decides
 *     code   = "target-weaker"  # required: the code of a check, or "*"
 *     level  = "off"            # required: off, note, warning, error
 *     reason = "…"              # required, not empty: reports show it
 *     file   = "draft.txt"      # optional: only in this file, or one whose path ends so
 *     text   = "优良天数"       # optional: only when the place or what is said of it contains this
 *
 * Comments, blank lines, and strings "basic" (escapes \" \\ \n \t \uXXXX) and 'literal'; nothing else. */
#ifndef GM_REVIEW_PROFILE_H
#define GM_REVIEW_PROFILE_H

#include "review/finding.h"

struct profile;

/* Reads a profile; name is what messages call it. On failure NULL, and every fault in error, a line each:
 * `name:line:col: level: message`. The text is not kept; profile_free(). */
struct profile *profile_read(struct slice text, const char *name, enum lang lang, struct buf *error);
void profile_free(struct profile *p);

/* Sets level, suppression and reason of the findings on a plan, the last ones added. */
void profile_apply(struct profile *p, struct findings *f, const struct plan *plan);

/* Appends a line for each rule that fitted no finding since it was read, though its file was judged. */
void profile_say_unused(const struct profile *p, enum lang lang, struct buf *out);

#endif
