/* build_manifest: what the last build made of which document, kept in DIR/.gangmu/manifest.
 *
 * A text of tab-separated lines. The diagnostics of all documents stand in DIR/.gangmu/diagnostics, their rows in
 * DIR/gangmu.db, so that tables can be written anew without compiling what has not changed. */
#ifndef GM_BUILD_MANIFEST_H
#define GM_BUILD_MANIFEST_H

#include "base/diag.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/index.h"
#include "base/mem.h"

enum output { OUTPUT_XML = 1, OUTPUT_CSV = 2, OUTPUT_DB = 4, OUTPUT_ALL = 7 };

/* COUNT(id, Chinese and English heading) */
#define SUMMARY_COUNTS(COUNT)                                                                         \
    COUNT(CHAPTERS, "章", "chapters")                                                                 \
    COUNT(SECTIONS, "节", "sections")                                                                 \
    COUNT(BOXES, "专栏", "boxes")                                                                     \
    COUNT(INDICATORS, "指标", "indicators")                                                           \
    COUNT(OBSERVATIONS, "观测值", "observations")                                                     \
    COUNT(MEASURES, "措施", "measures")                                                               \
    COUNT(TARGETS, "目标值", "targets")                                                               \
    COUNT(GOALS, "目标", "goals")                                                                     \
    COUNT(PROJECTS, "工程和项目", "programmes and projects")                                          \
    COUNT(DUTIES, "职责", "duties")                                                                   \
    COUNT(CITATIONS, "引用", "citations")                                                             \
    COUNT(CROSSREFS, "参见", "cross references")                                                      \
    COUNT(TERMS, "名词", "terms")                                                                     \
    COUNT(NOTES, "提示", "notes")                                                                     \
    COUNT(WARNINGS, "警告", "warnings")                                                               \
    COUNT(ERRORS, "错误", "errors")                                                                   \
    COUNT(UNMAPPED, "没有规范代码的指标名称", "indicator names without a code")

enum summary_count {
#define COUNT(id, zh, en) SUMMARY_##id,
    SUMMARY_COUNTS(COUNT)
#undef COUNT
    SUMMARY_MAX
};

/* What became of a document. */
struct outcome {
    enum { OUTCOME_NONE, OUTCOME_PLAN, OUTCOME_REFUSED } kind;
    enum diag_id why;       /* refused: the reason and its argument */
    const char *arg;
    const char *sha256;     /* of the file, a plan's only */
    const char *base, *id;  /* the plan's id before and after clashes are resolved */
    const char *region, *period; /* "" when unknown */
    uint32_t counts[SUMMARY_MAX];
    bool xml;                     /* DIR/xml/<id>.xml is of this document */
    bool db;                      /* the rows of <id> in DIR/gangmu.db are of this document */
    uint64_t at, said;            /* in the file of diagnostics: offset, bytes */
};

struct entry {
    const char *real, *name;
    uint64_t size;
    int64_t mtime;
    struct outcome outcome;
};

struct manifest {
    struct arena arena;   /* owns all texts */
    const char *tool;     /* program and grammars: all that decides the results */
    uint64_t max_size;
    int current;          /* enum output: CSV and database that agree with the entries */
    struct file_stamp db; /* of gangmu.db as it was written */
    uint64_t said;        /* bytes of the file of diagnostics */
    struct entry *entries; /* in order of the documents */
    size_t count;
    const char **orphans; /* ids whose XML file has no document any more */
    size_t orphan_count;
    struct index by_real; /* position + 1 in entries */
};

/* Reads a manifest. False when there is none or it is damaged: then *m is empty. */
bool manifest_read(struct manifest *m, const char *path);
void manifest_done(struct manifest *m);

/* The entry of a document, or NULL. */
const struct entry *manifest_find(const struct manifest *m, const char *real);

/* Writes a manifest piece by piece: begin (tool, max_size, current, db and said of `head`),
 * the entries in order, the orphans, end. */
struct manifest_writer {
    int fd;
    struct buf out;
    bool failed;
};

void manifest_begin(struct manifest_writer *w, const char *path, const struct manifest *head);
void manifest_add(struct manifest_writer *w, const struct entry *e);
void manifest_add_orphan(struct manifest_writer *w, const char *id);
bool manifest_end(struct manifest_writer *w); /* false, with errno, when anything failed */

#endif
