/* finding: what a review says about a draft and where it stands, whoever found it; what one run found. */
#ifndef GM_REVIEW_FINDING_H
#define GM_REVIEW_FINDING_H

#include "base/mem.h"
#include "model/plan.h"

/* GROUP(id, Chinese heading, English heading): the kinds of faults, in the order of reports. */
#define FINDING_GROUPS(GROUP)                                                                      \
    GROUP(VALUES, "数值与指标", "Figures and indicators")                                          \
    GROUP(SUMS, "合计与计数", "Sums and counts")                                                   \
    GROUP(UNITS, "计量单位", "Units")                                                              \
    GROUP(TIMES, "时间与期限", "Years and deadlines")                                              \
    GROUP(NUMBERING, "编号与标题", "Numbering and headings")                                       \
    GROUP(REFERENCES, "引用、注释与成对标点", "References, notes and paired marks")                \
    GROUP(PARTS, "组成部分与责任", "Parts and responsibility")                                     \
    GROUP(WORDING, "用词与文字", "Wording")                                                        \
    GROUP(COMPLIANCE, "与上级规划的衔接", "Compliance with the superior plan")                     \
    GROUP(READING, "读取", "Reading")

enum finding_group {
#define GROUP(id, zh, en) GROUP_##id,
    FINDING_GROUPS(GROUP)
#undef GROUP
        GROUP_MAX
};

enum check_id {
#define CHECK(id, code, level, group, about_zh, about_en, zh, en) CHECK_##id,
#define REUSED(id, group, about_zh, about_en)                     CHECK_##id,
#include "review/check.def"
#undef CHECK
#undef REUSED
    CHECK_MAX
};

/* A row of check.def; code, level and text of a reused diagnostic are those of diag.def. */
struct check_kind {
    const char *code; /* stable: profiles and scripts name it */
    enum diag_level level;
    enum finding_group group;
    const char *about[2]; /* what is looked for, by enum lang */
    const char *text[2];  /* the message; {0} … {3} are the arguments */
};

struct check_kind check_kind(enum check_id id);
bool check_by_code(struct slice code, enum check_id *out);
const char *finding_group_name(enum finding_group group, enum lang lang);

/* Another place that belongs to a finding, of this plan or another one. */
struct finding_place {
    struct finding_place *next;
    const struct plan *plan;
    struct span span;
    struct slice note; /* what stands there, or empty: then the text itself is shown */
};

enum { FINDING_ARGS = 4 };

struct finding {
    enum check_id id;
    enum diag_level level; /* the check's, or what a profile makes of it */
    const struct plan *plan;
    struct span span; /* what the finding is about; may be empty, never outside the source */
    struct slice args[FINDING_ARGS];
    struct finding_place *see, **see_end;
    bool suppressed;
    struct slice reason;      /* of the profile, when suppressed or the level was changed */
    size_t order, plan_order; /* of making; findings_sort() numbers the plans */
};

enum {
    FINDINGS_OF_A_CODE = 1000
}; /* limit `findings`: of one code in one plan; more are only counted */

/* Findings of any number of plans; zero-initialised is empty. Plans must live as long as they do. */
struct findings {
    struct arena arena;
    struct finding **items;
    size_t count, room;
    const struct plan *plan; /* the one of the last finding … */
    size_t said[CHECK_MAX];  /* … and how many of each code it has, those beyond the limit too */
    struct finding spare;    /* stands for those */
};

void findings_done(struct findings *f);

/* Adds one; arguments are copied (long ones cut). Never NULL: beyond the limit the finding is one that nobody sees. */
struct finding *findings_add(struct findings *f, enum check_id id, const struct plan *p,
                             struct span span, struct slice a, struct slice b, struct slice c,
                             struct slice d);
/* Sets the third and fourth argument. */
void findings_args(struct findings *f, struct finding *x, struct slice c, struct slice d);
/* Adds a place to see too; note may be empty. */
void findings_see(struct findings *f, struct finding *x, const struct plan *p, struct span span,
                  struct slice note);
/* Adds the plan's own diagnostics that judge the draft (the REUSED rows of check.def). */
void findings_of_diags(struct findings *f, const struct plan *p);
/* Takes one away again. */
void findings_drop(struct findings *f, size_t i);
/* Says what the limit cut off; to be called when a plan's findings are complete, before another plan's. */
void findings_say_cut(struct findings *f, const struct plan *p);
/* Into the order of reports: plans as they were added, by place. All of one plan's must have been added together. */
void findings_sort(struct findings *f);

void finding_message(const struct finding *x, enum lang lang, struct buf *out);
size_t findings_at(const struct findings *f,
                   enum diag_level level); /* of this level, not suppressed */

#endif
