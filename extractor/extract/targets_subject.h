/* targets_subject: what a figure of the prose measures: the noun before or behind it, without what is no
 * part of its name. What the parts of the extractor of targets share. */
#ifndef GM_EXTRACT_TARGETS_SUBJECT_H
#define GM_EXTRACT_TARGETS_SUBJECT_H

#include "extract/extract.h"
#include "extract/horizon.h"
#include "extract/quantity.h"

enum { FIGURES_MAX = 24, GOVERNORS_MAX = 24, SUBJECTS_MAX = 12 };

/* What fixes the time of the figures behind it in a sentence. */
struct governor {
    size_t begin, end; /* in the sentence */
    int year;          /* 0: 每年 alone */
    bool annual, inferred;
    bool own;  /* 2016年的 56%: of the figure right behind it alone */
    bool of_goals; /* the year is that of the goals around alone */
    bool other;    /* a time that governs nothing, and not what is compared with: 2020年为95% */
};

struct figure {
    struct quantity q;
    size_t begin, end;
    size_t words_end;           /* where the words before it end: its begin, or that of a year of its own */
    const struct governor *own; /* that year, or NULL */
};

/* What was measured last in a sentence, and in what. */
struct named {
    struct slice subject, unit;
};

struct targets_reader {
    struct plan *p;
    struct grammar *g;
    struct section *section;
    struct measure *measure;
    int start_year, end_year;
    struct horizon horizon;
    bool local;    /* a plan of a county or prefecture */
    int goal_year; /* of figures that nothing in their sentence governs, in a paragraph of goals; or 0 */
    size_t mark, hit; /* the first ones not before the paragraph */
    struct slice text; /* the sentence */
    struct governor governors[GOVERNORS_MAX];
    size_t governor_count;
    struct figure figures[FIGURES_MAX];
    size_t figure_count;
    struct named last;
    struct target *added;                /* the last one */
    struct target *run[FIGURES_MAX + 1]; /* of things counted one behind the other: 10个…、100个… */
    size_t run_count;
    const struct figure *start; /* the figure just before when the next one starts from it, or NULL */
    size_t start_words;         /* where its words begin */
};

/* What was taken off the front of a subject. */
struct stripped {
    struct slice scope, act;
    bool verb, cumulative, annual;
    bool borrowed; /* the subject is that of a clause or figure before */
};

struct subjects {
    struct slice list[SUBJECTS_MAX];
    size_t count;
};

/* Depth of brackets and titles at a place that only grows: figures inside only explain. */
struct depth {
    size_t at;
    int depth;
};

/* ---- clauses ---- */

bool targets_is_clause_end(uint32_t c);

/* Begin of the clause that holds `at`. */
size_t targets_clause_begin(struct slice s, size_t at);

/* Whether a place is inside brackets or a title. */
bool targets_is_enclosed(struct depth *d, struct slice s, size_t at);

/* ---- words ---- */

/* The classes of the word at `at`; its length, 0 when there is none. */
struct slice targets_word(struct targets_reader *r, struct slice text, size_t at, size_t *length);

/* Takes scopes, verbs and adverbs off the front: 确保全县 森林覆盖率. */
struct slice targets_strip_front(struct targets_reader *r, struct slice s, struct stripped *off);

/* Takes verbs of reaching and adverbs off the end: 森林覆盖率 分别达到. */
struct slice targets_strip_back(struct targets_reader *r, struct slice s);

/* Where the last word of reaching in a text begins; its end when there is none. */
size_t targets_last_reach(struct targets_reader *r, struct slice s);

/* Whether s is a fall or rise and nothing else: 下降. */
bool targets_is_change(struct targets_reader *r, struct slice s);

/* The fall or rise that s ends with: 收入 增长; empty when there is none or nothing before it. */
struct slice targets_change_behind(struct targets_reader *r, struct slice s);

/* Takes what a figure is compared with out: 能耗 较2020年 下降. */
struct slice targets_without_comparison(struct targets_reader *r, struct slice s);

/* What follows a part of s in it. */
struct slice targets_behind(struct slice s, struct slice part);

struct slice targets_join(struct plan *p, struct slice a, struct slice b);

bool targets_is_percent(struct slice unit);

/* ---- subjects ---- */

/* Whether a name is an indicator itself: …率, …面积. */
bool targets_is_measure(struct targets_reader *r, struct slice name);

/* Cuts 任河、前河、中河自然岸线率 at its joints: into `count` members where that can be done, by one of
 * the joints alone if need be (城市和县城 污水、垃圾处理率 for two figures). count 0: into all. */
void targets_split_list(struct targets_reader *r, struct slice s, size_t count, struct subjects *out);

/* Whether s is a place and nothing else: 县城. */
bool targets_is_place(struct targets_reader *r, struct slice s);

/* Whether s ends with a place: 重点区域. */
bool targets_ends_in_place(struct targets_reader *r, struct slice s);

/* Bytes of the place that a name begins with and that does not fill it: 县城 污水处理率. */
size_t targets_place_length(struct targets_reader *r, struct slice s);

/* Gives the members of a list the tail they share with the last one. */
void targets_complete_list(struct targets_reader *r, struct subjects *s);

/* The subject that figure i takes over, when its own clause has none but perhaps a rise or fall (`rest`): of the figure
 * in the clause before (城镇化率提高5个百分点，达到55%; 总产值突破300亿元，年均增长7%), else what that clause is about
 * (森林覆盖率稳步提高，到2025年达到64%). Empty: there is none. */
struct slice targets_borrowed(struct targets_reader *r, const struct figure *f, struct slice rest, size_t i);

/* 本科学历占比分别达到：小学 75%、初中 95%: the measure before the colon, of which `own` is the scope; empty: none. */
struct slice targets_headed(struct targets_reader *r, const struct figure *f, struct slice own);

/* The subject of a figure whose words begin at `from`; words behind it end at `to`. */
struct slice targets_subject(struct targets_reader *r, size_t from, const struct figure *f, size_t to,
                             struct stripped *off);

#endif
