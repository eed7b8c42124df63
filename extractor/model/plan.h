/* plan: the vocabulary of all stages. A plan is a tree of nodes over the decoded source text, and
 * records that point into it.
 *
 * The tree tiles the source: children lie inside their parent, in order, without overlap; what no
 * child covers is text of the node itself. So writing the tree gives the source back byte for byte.
 * Everything lives in the plan's arena; slices point into the source or the arena. */
#ifndef GM_MODEL_PLAN_H
#define GM_MODEL_PLAN_H

#include "base/buf.h"
#include "base/diag.h"
#include "base/hash.h"
#include "base/mem.h"
#include "base/start.h"

/* Half-open byte range of the source. */
struct span {
    uint32_t begin;
    uint32_t end;
};

/* NODE(id, XML element name) */
#define PLAN_NODES(NODE)                                                                              \
    NODE(PLAN, "text")          /* the root */                                                        \
    NODE(NOTICE, "notice")      /* 印发通知 */                                                        \
    NODE(FRONT, "front")        /* 前言 */                                                            \
    NODE(PART, "part")          /* 篇 */                                                              \
    NODE(CHAPTER, "chapter")    /* 章 */                                                              \
    NODE(SECTION, "section")    /* 节 */                                                              \
    NODE(ARTICLE, "article")    /* 条 */                                                              \
    NODE(ITEM, "item")          /* 一、 */                                                            \
    NODE(SUBITEM, "subitem")    /* （一） */                                                          \
    NODE(GLOSSARY, "glossary")  /* 名词解释 */                                                        \
    NODE(ANNEX, "annex")        /* 附件 */                                                            \
    NODE(HEAD, "head")          /* a heading's own line(s) */                                         \
    NODE(TITLE, "title")        /* the plan's title */                                                \
    NODE(DATE, "date")          /* a date line under the title */                                     \
    NODE(TOC, "toc")            /* 目录 */                                                            \
    NODE(PARA, "p")             /* a paragraph */                                                     \
    NODE(DASH, "dash")          /* ——… */                                                             \
    NODE(LEAD, "lead")          /* the lead sentence of a paragraph */                                \
    NODE(BOX, "box")            /* 专栏, 表 */                                                        \
    NODE(CAPTION, "caption")    /* its label and title */                                             \
    NODE(TABLE, "table")        /* its cells */                                                       \
    NODE(ROW, "row")                                                                                  \
    NODE(CELL, "cell")                                                                                \
    NODE(NOTE, "note")          /* a note under a table */                                            \
    NODE(NOISE, "noise")        /* page numbers, stray text boxes */                                  \
    /* Inline, hung by plan_seal(). Each may hold those below it. */                                  \
    NODE(FOOTNOTE, "footnote")  /* [3: …] */                                                          \
    NODE(CITATION, "citation")  /* 《…》 */                                                           \
    NODE(CROSSREF, "crossref")  /* 详见表2-1 */                                                       \
    NODE(AGENCY, "agency")      /* the body a duty names */                                           \
    NODE(QUANTITY, "quantity")  /* the figure of a target */                                          \
    NODE(FOOTREF, "footref")    /* [footnoteRef:3] */                                                 \
    NODE(BOOKMARK, "bookmark")  /* [bookmark: …] */

enum node_kind {
#define NODE(id, name) NODE_##id,
    PLAN_NODES(NODE)
#undef NODE
    NODE_MAX
};

struct section;
struct box;
struct cell;

struct node {
    enum node_kind kind;
    uint32_t line; /* of begin, from 1 */
    struct span span;
    struct node *parent, *first, *last, *next;
    const char *rule; /* id of the rule that made it, or NULL */
    uint32_t number;  /* running number within its kind, from 1, for the id */
    union {
        struct section *section; /* NOTICE … ANNEX */
        struct box *box;         /* BOX */
        struct cell *cell;       /* CELL */
        struct slice name;       /* BOOKMARK, FOOTREF, FOOTNOTE: name or marker */
        const char *ref;         /* CITATION, CROSSREF, AGENCY, QUANTITY: id of the record */
    } u;
};

/* One entry of the outline. */
struct section {
    struct section *next;
    struct node *node;
    struct section *parent;
    const char *id;     /* c3s2 */
    int level;          /* 1 outermost; 0 for the notice, which stands outside the plan */
    struct slice label; /* 第一章, as written; empty when there is none */
    int number;         /* -1: none */
    struct slice title; /* joined */
    struct span head;   /* of the heading text */
    bool task;          /* its paragraphs are tasks, not analysis or goals */
    bool situation;     /* they describe what is and was */
    bool goals;         /* they state goals */
    int child_count[NODE_HEAD]; /* by kind, for ids */
};

enum box_kind { BOX_INDICATORS, BOX_COMPLETION, BOX_PROJECTS, BOX_TEXT, BOX_KIND_MAX };

extern const char *const box_kind_names[BOX_KIND_MAX];

/* A written cell laid on the grid. */
struct cell {
    int row, col, rowspan, colspan; /* from 0 */
    bool header;
    struct cell *from;  /* the cell whose text a blank, merged one takes, or NULL */
    struct slice text;  /* line breaks removed, trimmed; of `from` when inherited */
    struct span span;   /* of the trimmed text (of `from` when inherited); empty at a blank cell */
    struct node *node;
};

/* COLUMN(id, word in grammars/lexicon/headers.tsv) */
#define PLAN_COLUMNS(COLUMN)                                                                          \
    COLUMN(OTHER, "other")                                                                            \
    COLUMN(GROUP, "group")             /* 类别 */                                                     \
    COLUMN(NUMBER, "number")           /* 序号 */                                                     \
    COLUMN(NAME, "name")               /* 指标 */                                                     \
    COLUMN(BREAKDOWN, "breakdown")     /* the inner column under 指标 */                              \
    COLUMN(UNIT, "unit")               /* 单位 */                                                     \
    COLUMN(NATURE, "nature")           /* 类型 */                                                     \
    COLUMN(BASE, "base")               /* 现状值 */                                                   \
    COLUMN(TARGET, "target")           /* 目标值 */                                                   \
    COLUMN(ACTUAL, "actual")           /* 完成情况 */                                                 \
    COLUMN(CHANGE, "change")           /* 年均/累计 */                                                \
    COLUMN(REMARK, "remark")           /* 备注 */                                                     \
    COLUMN(RESPONSIBLE, "responsible") /* 责任单位 */                                                 \
    COLUMN(PROJECT, "project")         /* 重点项目 */                                                 \
    COLUMN(AMOUNT, "amount")           /* 投资 */                                                     \
    COLUMN(PLACE, "place")             /* 建设地点 */                                                 \
    COLUMN(TIME, "time")               /* 建设年限 */

enum column_role {
#define COLUMN(id, word) COLUMN_##id,
    PLAN_COLUMNS(COLUMN)
#undef COLUMN
    COLUMN_MAX
};

extern const char *const column_names[COLUMN_MAX];

/* What a column of a table holds, by its header. */
struct column {
    enum column_role role;
    int year;    /* 0: none */
    bool annual; /* 年均 */
    struct slice unit; /* 年均增长（%）; empty: that of the row */
};

/* The grid apart from its meaning: grid[r * cols + c] is the written cell that covers the place, or
 * NULL. columns has one entry a column. */
struct table {
    int rows, cols, header_rows;
    struct cell **grid;
    struct column *columns;
};

static inline bool column_is_value(enum column_role role)
{
    return role >= COLUMN_BASE && role <= COLUMN_CHANGE;
}

struct box {
    struct box *next;
    struct node *node;
    struct section *section;
    const char *id;     /* b3 */
    struct slice label; /* 专栏1, without blanks; empty for a table without caption */
    struct slice number; /* as digits: 1, 2-1 */
    int order;           /* the number counted, -1: none */
    bool boxed;          /* captioned as a 专栏, not as a table */
    struct slice title;
    enum box_kind kind;
    struct slice nature; /* 约束性, when the title makes all rows so */
    struct table table;
    struct span head; /* of the caption text */
};

/* A paragraph of task text that opens with a lead sentence. */
struct measure {
    struct measure *next;
    struct node *node; /* the paragraph */
    struct section *section;
    const char *id;
    struct slice lead, text;
    struct span span;
};

enum value_kind {
    VALUE_NUMBER,
    VALUE_RANGE,
    VALUE_GRADE,
    VALUE_RELATIVE,
    VALUE_DELEGATED,
    VALUE_QUALITATIVE,
    VALUE_COMPOUND,
    VALUE_NONE,
    VALUE_KIND_MAX
};

extern const char *const value_kind_names[VALUE_KIND_MAX];

/* A value beside those of other indicators of one concept: days of good air and their share. */
struct comparable {
    struct slice concept, value, unit; /* value, unit: empty when the code does not convert */
    struct slice note;                 /* how it was inferred; empty when the value is the indicator's own */
};

/* One value cell of one indicator (SDMX: an observation). */
struct indicator {
    struct indicator *next;
    struct box *box;
    const char *id;
    struct slice row_no, category, subcategory, name, breakdown, unit, unit_code, nature;
    struct slice code, norm_value, norm_unit; /* of the canonical indicator; empty when unknown */
    struct comparable comparable;
    int year;         /* 0: none */
    struct slice role; /* base, target, actual, change */
    struct slice raw;
    enum value_kind kind;
    struct slice op, value, value_high, basis;
    struct slice noted_basis; /* what a note under the table says of it: annual, or mean of several years */
    bool year_noted;          /* the year is by such a note, not by the column */
    int base_year; /* 0: none */
    struct slice marks;
    bool inherited;
    struct slice responsible, remark;
    struct span span;
    const char *rule;
    struct cell *cell;
};

/* A figure promised in the prose. */
struct target {
    struct target *next;
    const char *id;
    struct section *section;
    struct measure *measure; /* the one it stands in, or NULL */
    struct slice subject, scope, indicator_code;
    struct slice act; /* the verb taken off the subject that its meaning rests on: 新增, 治理 */
    int year;
    bool year_inferred;    /* 规划期内: the end of the period, not a year as written */
    bool subject_inferred; /* 森林覆盖率稳步提高，到2025年达到64%: taken over from the clause or figure before */
    struct slice op, value, value_high, unit, unit_code, basis;
    struct slice norm_value, norm_unit;
    struct comparable comparable;
    struct slice raw;
    struct span span;
};

/* What the plan wants to have reached: 到2025年…, 到2035年…, ——环境质量持续改善。 */
struct goal {
    struct goal *next;
    const char *id; /* g1 */
    struct section *section;
    int horizon_year;    /* 0: none */
    struct slice kind;   /* overall, vision, specific */
    struct slice headline, text;
    struct span span;
};

/* A programme of a box or project table, or a single project inside one (parent set). */
struct project {
    struct project *next;
    const char *id; /* pj1 */
    struct project *parent;
    struct box *box; /* NULL in the prose */
    struct section *section;
    struct slice no, title, text, places;
    struct slice amount; /* exact decimal, 万元; empty when there is none */
    struct slice count;  /* 涉及项目49项 */
    struct slice group;  /* 工程领域 of the row */
    const char *rule; /* that recognised it, or NULL */
    struct span span;
};

/* Who carries what. object_* names the record. */
struct duty {
    struct duty *next;
    const char *id; /* d1 */
    struct slice agency, agency_code, role, object_kind, raw;
    const char *object_id;
    struct section *section;
    bool open_ended; /* the list ends with 等 */
    const char *rule; /* that recognised it, or NULL */
    struct span span;
};

/* 《…》 */
struct citation {
    struct citation *next;
    const char *id; /* q1 */
    struct section *section;
    struct slice title, doc_no, kind;
    const char *rule; /* that recognised it, or NULL */
    struct span span;
};

/* 详见表2-1, （表8-1） */
struct crossref {
    struct crossref *next;
    const char *id; /* x1, given by plan_seal() */
    struct section *section;
    struct slice raw;
    struct box *target; /* NULL: dangling */
    const char *rule; /* that recognised it, or NULL */
    struct span span;
};

/* An entry of the 名词解释. */
struct term {
    struct term *next;
    const char *id; /* k1 */
    struct slice no, term, definition;
    const char *rule; /* that recognised it, or NULL */
    struct span span;
};

/* A footnote, a sentence under a table, or what a mark stands for. */
struct note {
    struct note *next;
    const char *id;
    struct slice kind; /* footnote, table, mark */
    struct slice marker, text;
    const char *anchor; /* id of what it belongs to, or NULL */
    uint32_t anchor_begin;
    bool anchored;
    bool inferred; /* bound by likeness of names, not by the marker */
    struct span span;
    struct box *box;
};

struct bookmark {
    struct bookmark *next;
    struct span span;
    struct slice name;
    struct section *section;
};

struct diag {
    struct diag *next;
    enum diag_id id;
    struct span span;
    struct slice args[2];
    size_t order; /* of making, for a stable sort */
};

/* META(id, name): what is known of the document as a whole, in the order of the table `plans`. */
#define PLAN_META(META)                                                                               \
    META(TITLE, "title")                                                                              \
    META(REGION_CODE, "region_code")                                                                  \
    META(REGION_NAME, "region_name")                                                                  \
    META(REGION_LEVEL, "region_level")                                                                \
    META(FIELD, "field")                                                                              \
    META(PERIOD, "period")                                                                            \
    META(START_YEAR, "start_year")                                                                    \
    META(END_YEAR, "end_year")                                                                        \
    META(HORIZON_YEAR, "horizon_year")                                                                \
    META(DOC_NO, "doc_no")                                                                            \
    META(ISSUER, "issuer")                                                                            \
    META(ISSUED_ON, "issued_on")

enum meta_id {
#define META(id, name) META_##id,
    PLAN_META(META)
#undef META
    META_MAX
};

extern const char *const meta_names[META_MAX];

struct meta {
    struct slice value; /* p NULL: unknown */
    bool inferred;
    struct span span; /* where it was read; empty when inferred */
};

/* The decoded source and its lines. */
struct source {
    struct slice file; /* the name shown in results */
    struct slice text; /* valid UTF-8 */
    char sha256[HASH_HEX + 1]; /* of the bytes read */
    const char *format;   /* text */
    char encoding[32];
    uint32_t *line_begin; /* line_count + 1 offsets; the last is text.n */
    uint32_t line_count;
    uint32_t *chars_before; /* chars before each COLUMN_STEP-th byte; NULL when all lines are shorter */
};

enum { COLUMN_STEP = 4096 };

/* Conversion traces inside paragraphs, in order: bookmarks, footnote references, footnotes, page numbers. */
struct mark {
    struct span span;
    enum node_kind kind;
    struct slice name;
};

enum { LIMITS_SAID = 24 };

/* A place of a word that extractors start from, in order: found in one pass when reading. */
struct hit {
    uint32_t at;
    uint8_t kind;   /* enum hit_kind */
    uint8_t length; /* bytes of the word */
};

struct plan {
    struct arena arena;
    struct buf text_owner;
    struct source source;
    struct node *root;
    struct meta meta[META_MAX];
    struct slice field_code, period_no;
    struct mark *marks;
    size_t mark_count;
    bool marks_pages; /* some of them are page numbers */
    struct hit *hits;
    size_t hit_count;
    char id[80]; /* <region_code>-<field>-<period>, with -2 … when taken */

    struct section *sections, **sections_end;
    struct box *boxes, **boxes_end;
    struct measure *measures, **measures_end;
    struct indicator *indicators, **indicators_end;
    struct target *targets, **targets_end;
    struct note *notes, **notes_end;
    struct goal *goals, **goals_end;
    struct project *projects, **projects_end;
    struct duty *duties, **duties_end;
    struct citation *citations, **citations_end;
    struct crossref *crossrefs, **crossrefs_end;
    struct term *terms, **terms_end;
    struct bookmark *bookmarks, **bookmarks_end;
    struct diag *diags, **diags_end;
    const char *limits[LIMITS_SAID]; /* the names of the limits reached */
    size_t diag_count, measure_count, indicator_count, note_count, target_count;
    size_t goal_count, project_count, duty_count, citation_count, term_count;
};

/* The caller owns the plan: plan_free(). */
struct plan *plan_new(void);
void plan_free(struct plan *p);

/* Makes a node and hangs it behind the parent's last child; begin must not lie before that child's
 * end nor outside the parent (except the open ends set later by plan_close()). */
struct node *plan_node(struct plan *p, struct node *parent, enum node_kind kind, struct span span);
/* Hangs the marks and the places of records as inline nodes, sets every node's line, sorts diagnostics,
 * duties and crossrefs by place, and checks the tiling and every record's span. From then on the plan
 * is const. Returns false when an invariant is broken (a defect in the program, never in a document). */
bool plan_seal(struct plan *p);

/* The id of a record in the plan's arena: letters and a number, "t12". */
const char *plan_id(struct plan *p, const char *letters, size_t number);

void plan_diag(struct plan *p, enum diag_id id, struct span span, struct slice a, struct slice b);

/* Says once a document that a limit was reached, and where first. name is a literal. */
void plan_limit(struct plan *p, const char *name, size_t limit, struct span span);

static inline struct slice plan_slice(const struct plan *p, struct span s)
{
    return slice_of(p->source.text.p + s.begin, s.end - s.begin);
}

/* The next hit of a kind from index *at on, or NULL; *at moves behind it. */
const struct hit *plan_next_hit(const struct plan *p, enum hit_kind kind, size_t *at);

/* The span of a slice that lies inside the source text. */
struct span plan_span(const struct plan *p, struct slice s);
bool plan_within(const struct plan *p, struct slice s);

uint32_t plan_line(const struct plan *p, uint32_t offset); /* from 1 */
uint32_t plan_col(const struct plan *p, uint32_t offset);  /* from 1, in chars */
bool node_is_division(enum node_kind kind);
const char *node_name(enum node_kind kind);

/* Columns of a target that were inferred, not read, parted by blanks; empty: none. */
const char *target_inferred(const struct target *t);

/* A span's text with line breaks (and the blanks around them) and page numbers taken out, and the other
 * marks too unless `verbatim`. When the source already reads so, the result points into the source. */
struct slice plan_flat(struct plan *p, struct span s, bool verbatim);

#endif
