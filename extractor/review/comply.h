/* comply: a draft against the plan of the level above, or the 规划纲要 it stands beside. Each indicator of the
 * superior plan gets a verdict, so does each of its tasks that concern the draft's region; what is only
 * inferred says so. */
#ifndef GM_REVIEW_COMPLY_H
#define GM_REVIEW_COMPLY_H

#include "review/claim.h"
#include "review/finding.h"

/* VERDICT(id, code, Chinese, English) */
#define COMPLY_VERDICTS(VERDICT)                                                                      \
    VERDICT(COVERED, "covered", "已落实", "covered")             /* as strict or stricter */          \
    VERDICT(WEAKER, "weaker", "弱于上级", "weaker")                                                   \
    VERDICT(DOWNGRADED, "downgraded", "类型降低", "downgraded")  /* 约束性 became 预期性 */           \
    VERDICT(DIFFERS, "differs", "口径不同", "differs")           /* not comparable: see the reason */ \
    VERDICT(MISSING, "missing", "未涉及", "missing")                                                  \
    VERDICT(DELEGATED, "delegated", "上级下达", "delegated")     /* the draft leaves it to the superior */ \
    VERDICT(OWN, "own", "新增", "own")                           /* only the draft has it */

enum { COMPLY_TASKS_MAX = 2000 }; /* limit `comply-tasks` */

enum comply_verdict {
#define VERDICT(id, code, zh, en) COMPLY_##id,
    COMPLY_VERDICTS(VERDICT)
#undef VERDICT
    COMPLY_VERDICT_MAX
};

/* REASON(id, Chinese, English): why two figures are not compared, or are compared only so. */
#define COMPLY_REASONS(REASON)                                                                        \
    REASON(NONE, "", "")                                                                              \
    REASON(NO_FIGURE, "上级没有可比的数值", "the superior plan gives no figure to compare")           \
    REASON(QUALITATIVE, "本规划只有定性要求", "the draft only says it in words")                      \
    REASON(NO_TARGET, "本规划有这项指标，没有目标值", "the draft has the indicator but no target")    \
    REASON(YEAR, "目标年份不同", "targets for different years")                                       \
    REASON(BASIS, "一为累计或年均，一为当年水平", "one is cumulative or yearly, the other a level")   \
    REASON(BASE_YEAR, "基期不同", "different base years")                                             \
    REASON(UNIT, "单位不同，不能换算", "units that do not convert")                                   \
    REASON(EXTENT, "总量指标，各级不能直接相比", "a total: levels are not compared")                  \
    REASON(SCOPE, "范围不同", "different scope")                                                      \
    REASON(DIRECTION, "不知高低孰优，数值不同", "values differ, better unknown")                      \
    REASON(SPREAD, "区间互有交叉", "ranges overlap")                                                  \
    REASON(CONVERTED, "按同一概念折算后比较", "compared after conversion within one concept")         \
    REASON(PERIOD, "与期初相比的升降按整个规划期的累计比较", "a change against the year before taken as cumulative")  \
    REASON(NAMES, "按名称相近认作同一指标", "taken for the same indicator by likeness of names")

enum comply_reason {
#define REASON(id, zh, en) REASON_##id,
    COMPLY_REASONS(REASON)
#undef REASON
    REASON_MAX
};

enum comply_state { TASK_COVERED, TASK_PART, TASK_MISSING, TASK_STATE_MAX };

extern const char *const comply_codes[COMPLY_VERDICT_MAX];
extern const char *const comply_words[COMPLY_VERDICT_MAX][2]; /* by enum lang */
extern const char *const comply_states[TASK_STATE_MAX][2];
extern const char *const comply_reasons[REASON_MAX][2];

/* One indicator and year. */
struct comply_indicator {
    enum comply_verdict verdict;
    enum comply_reason reason, inferred; /* inferred: CONVERTED, PERIOD, NAMES or NONE */
    bool lower_nature;                   /* 约束性 became 预期性, whatever the verdict */
    const struct claim *superior, *draft; /* OWN: no superior; MISSING: no draft */
};

/* A task of the superior plan that names the draft's region, or all counties; found by wording, so always inferred. */
struct comply_task {
    enum comply_state state;
    bool named;                  /* the region itself is named, not all counties */
    struct span superior, draft; /* the sentence; the nearest one of the draft, empty when there is none */
    int likeness;                /* 0 to 1000: weighted share of the task's wording in the passage it stands in */
};

/* How the draft cites the superior plan. */
enum comply_citation {
    CITATION_GOOD,
    CITATION_MISSING,
    CITATION_OTHER, /* a title near it, but another period or wording */
    CITATION_NUMBER, /* its title with another document number */
    CITATION_UNKNOWN /* the superior plan has no title */
};

struct comply {
    const struct plan *superior, *draft;
    struct claim *claims[2]; /* of the superior, of the draft */
    size_t claim_count[2];
    struct comply_indicator *indicators;
    size_t indicator_count;
    struct comply_task *tasks;
    size_t task_count;
    bool tasks_cut;          /* limit comply-tasks reached */
    size_t counts[COMPLY_VERDICT_MAX];   /* of indicators */
    size_t task_counts[TASK_STATE_MAX];
    enum comply_citation citation;
    const struct citation *cited;        /* the nearest one, or NULL */
    bool period_differs, region_apart;   /* region_apart: by GB/T 2260 the draft's region lies not below */
    struct arena arena;
};

/* Both plans must be sealed and outlive the result; comply_done() frees. */
void comply_open(struct comply *c, struct grammar *g, const struct plan *draft, const struct plan *superior);
void comply_done(struct comply *c);

/* Adds what a reader of the draft must look at; verdicts that need no look (已落实, 新增) are in c only.
 * lang: of the reasons inside messages. */
void comply_findings(const struct comply *c, enum lang lang, struct findings *out);

/* The figure of a claim as the plan writes it, with its unit: ≤30 微克/立方米; empty when there is none. */
void comply_figure(const struct claim *c, struct buf *out);

/* An indicator that the draft leaves to the superior in a row of several (主要污染物（化学需氧量、氨氮）) or in its
 * prose (完成市级下达任务): a claim that no table or target has. */
struct comply_left {
    struct claim claim;
    struct slice concept;
};

/* All of them, in the arena of c. */
size_t comply_left(struct comply *c, struct grammar *g, struct comply_left **out);

/* The parts, each in a file of its own. */
void comply_indicators(struct comply *c, struct grammar *g);
void comply_tasks(struct comply *c, struct grammar *g);

#endif
