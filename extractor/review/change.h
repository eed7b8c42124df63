/* change: one difference between two plans, typed, with the places of both sides. */
#ifndef GM_REVIEW_CHANGE_H
#define GM_REVIEW_CHANGE_H
#include "review/claim.h"
#include "review/likeness.h"
/* GROUP(ID, name) */
#define DIFF_GROUPS(GROUP)                                                                            \
    GROUP(OUTLINE, "outline") GROUP(INDICATORS, "indicators") GROUP(RESULTS, "results") GROUP(TARGETS, "targets")         \
    GROUP(MEASURES, "measures") GROUP(PROJECTS, "projects") GROUP(DUTIES, "duties") GROUP(WORDING, "wording")

/* CHANGE(ID, name, Chinese) */
#define DIFF_CHANGES(CHANGE)                                                                          \
    CHANGE(ADDED, "added", "新增")          /* only in B */                                           \
    CHANGE(DROPPED, "dropped", "删去")      /* only in A */                                           \
    CHANGE(GIVEN, "given", "补列")          /* a value or remark that only B gives to what both have */ \
    CHANGE(OMITTED, "omitted", "未列")      /* that only A gives */                                    \
    CHANGE(MOVED, "moved", "移动")          /* under another heading, or out of order */              \
    CHANGE(RELISTED, "relisted", "改列")    /* in a table in one plan, in the prose in the other */      \
    CHANGE(RENAMED, "renamed", "改名")                                                                \
    CHANGE(RAISED, "raised", "提高")                                                                  \
    CHANGE(LOWERED, "lowered", "降低")                                                                \
    CHANGE(BOUND, "bound", "界限变化")      /* the comparator only */                                 \
    CHANGE(UNIT, "unit", "单位变化")                                                                  \
    CHANGE(NATURE, "nature", "性质变化")    /* 约束性 and 预期性 */                                   \
    CHANGE(BASE_YEAR, "base-year", "基期变化")                                                        \
    CHANGE(AGENCY, "agency", "责任单位变化")                                                          \
    CHANGE(REWORDED, "reworded", "改写")                                                              \
    CHANGE(RECAST, "recast", "不可比")      /* figures that no unit makes comparable, or a word for a figure */

enum diff_group {
#define GROUP(id, name) DIFF_##id,
    DIFF_GROUPS(GROUP)
#undef GROUP
    DIFF_GROUP_MAX
};

enum change_kind {
#define CHANGE(id, name, zh) CHANGE_##id,
    DIFF_CHANGES(CHANGE)
#undef CHANGE
    CHANGE_MAX
};

extern const char *const diff_group_names[DIFF_GROUP_MAX], *const change_names[CHANGE_MAX][2]; /* English, Chinese */

/* A stretch that both have ('='; but for punctuation and width), only A ('-') or only B ('+'). All of a side: its text. */
struct piece {
    char op;
    struct slice text[2];
};

struct piece_list {
    struct piece *items;
    size_t count;
};

/* What one plan has of something; there false: nothing. */
struct side {
    bool there;
    struct slice text;  /* as written, line breaks taken out */
    struct slice under; /* the heading it stands under */
    struct span span;
    const char *id;     /* of the record, or NULL */
};

struct change {
    struct change *next;
    enum change_kind kind;
    const char *field;      /* what changed: title, place, order, name, value, said (a value, by the prose), unit, nature, base-year, remark, agency, lead, text,
                             * sentence, sentence-out (it went to another paragraph), amount, count, record */
    struct side side[2];
    int year[2];            /* of a value; 0: none */
    const struct claim *claim[2]; /* of a value: the figures; NULL: none */
    struct slice role;      /* of a value: base, target, actual, change */
    struct slice difference, unit; /* B - A, exact, in that unit; empty when not known */
    enum claim_strictness strictness; /* of targets */
    struct slice note;      /* an inference, 按365天折算; which of the indicators that a row names together */
    struct slice column;    /* of a remark: the header of its column: 备注, 完成情况 */
    struct piece_list pieces; /* REWORDED texts */
};

/* A pair of records, or one without a partner, and what changed in it. */
struct entry {
    struct entry *next;
    struct side side[2];
    const char *how;  /* paired by: title, number, code, concept, name, lead, text, likeness; NULL: alone */
    int likeness;     /* 0 to 1000 */
    struct side near; /* what of the other plan is near a record that only one has; not there: nothing */
    int near_likeness;
    enum diff_group near_group;
    const struct claim *figures; /* of an indicator that only one plan has: its figures; NULL: none */
    size_t figure_count;
    struct change *changes, **changes_end;
};

struct group {
    struct entry *entries, **entries_end;
    size_t count[2], paired, same; /* records; pairs; pairs without a change */
    size_t changes[CHANGE_MAX];
};

/* Appends an entry, and a change to an entry or (when it tells of something in it) a further one; all in the arena. */
struct entry *entry_add(struct arena *a, struct group *g);
struct change *change_add(struct arena *a, struct entry *e, enum change_kind kind, const char *field);

#endif
