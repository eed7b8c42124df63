/* diff_label: what the writers of a comparison share: words for its parts, places, shares. */
#ifndef GM_WRITE_DIFF_LABEL_H
#define GM_WRITE_DIFF_LABEL_H

#include "review/diff.h"

/* Chinese or English words. side_name: 甲 and 乙, A and B. */
const char *label_group(enum diff_group g, enum lang lang);
const char *label_change(enum change_kind k, enum lang lang);
const char *label_side(int side, enum lang lang);
const char *label_role(struct slice role, enum lang lang);           /* base, target … */
const char *label_field(const char *field, enum lang lang);
const char *label_strictness(enum claim_strictness s, enum lang lang); /* "" when equal or not known */
const char *label_result(const struct promise *p, enum lang lang); /* · when there is nothing to judge */
const char *label_beside(const struct promise *p, enum lang lang); /* when the trend is not beside what was reached */
const char *label_how(const char *how, enum lang lang);

/* Appends how the new target lies to what was reached, where it is joint or only near what it is called, or that there is
 * none. */
void label_trend(const struct promise *p, enum lang lang, struct buf *out);

/* Appends a figure as written, with its unit where that stands elsewhere, and 每年; · when there is none. */
void label_claim(const struct claim *c, bool unit, enum lang lang, struct buf *out);

/* Appends one side of a value that changed: a lone figure with its unit, 累计 where the other is not. */
void label_value(const struct change *c, int side, enum lang lang, struct buf *out);

/* Appends the figures of an indicator that only one plan has: 现状 2020 30微克/立方米，目标 2025 ≤28微克/立方米. */
void label_figures(const struct entry *e, enum lang lang, struct buf *out);

/* What a change is of: its field, or the header of its column. */
struct slice label_subject(const struct change *c, enum lang lang);

/* The text of a side of a change; the roles of duties in words. */
struct slice label_text(const struct change *c, int side, enum lang lang);

/* Stable English words for files. */
const char *name_strictness(enum claim_strictness s); /* stricter, looser, same, unknown */
const char *name_result(enum promise_result r);       /* met, missed, unknown */
const char *name_next(enum promise_next n);           /* same, converted, joint, near */
const char *name_order(enum claim_order o);           /* same, raised, lowered, bound, apart */

/* Appends file:line:col of where a span of that plan begins. */
void label_place(const struct diff *d, int side, struct span span, struct buf *out);

/* Appends part of all in per cent with one place after the point, rounded half up; "0.0" of nothing. */
void label_share(size_t part, size_t all, struct buf *out);

/* Appends the notes on limits reached, a line each, each behind `before`; nothing when none was. */
void label_limits(const struct diff *d, enum lang lang, const char *before, const char *after, struct buf *out);

/* Whether a group is shown to a reader: asked for, and not told by the promises already. */
bool label_shown(const struct diff *d, enum diff_group g);

/* Whether a change is one of a value: with year and role. */
bool label_is_value(const struct change *c);

#endif
