/* build_job: the documents of a build and how far each has come. */
#ifndef GM_BUILD_JOB_H
#define GM_BUILD_JOB_H

#include "build_list.h"
#include "build_manifest.h"

enum job_state {
    JOB_TODO,    /* to be compiled */
    JOB_SENT,    /* a worker has it */
    JOB_PARSED,  /* its plan waits for its id */
    JOB_NAMED,   /* it has its id and is being written */
    JOB_READY,   /* its result is here, in `result` or in what the last build has left */
    JOB_MERGED
};

struct job {
    const struct document *doc;
    const struct entry *old; /* what the last build made of it, as long as that can be used again */
    enum job_state state;
    bool sent;               /* to a worker, at some time */
    const char *xml;         /* DIR/xml/<xml>.xml is of this document already; or NULL */
    bool skipped;            /* refused, but not counted as a failure: a guess that was wrong */
    struct outcome outcome;
    struct buf result;       /* of a worker: struct worker_result and its parts */
};

/* Zero-initialised is empty. */
struct jobs {
    struct arena arena; /* owns the texts of outcomes made in this build */
    struct job *items;
    size_t count;
    struct manifest last; /* of the last build; empty when there is none to be used */
    const char *tool;     /* program and grammars of this build */
    bool changed;         /* the documents are not those of the last build */
    bool touched;         /* the manifest should be written anew, though nothing else */
    bool rows;            /* gangmu.db is as the last build left it: its rows can be used again */
};

struct job_options {
    const char *dir;     /* of the output */
    const char *tool;
    int outputs;         /* enum output: what is asked for */
    size_t max_size;
};

/* Decides for every document whether the last build's result can be used again. */
void jobs_plan(struct jobs *j, const struct list *l, const struct job_options *o);
void jobs_done(struct jobs *j);

/* Tables are to be written: what has no rows in the last database is compiled again. */
void jobs_want_rows(struct jobs *j);

/* Program and grammars in a word: when it changes, everything is compiled again. Caller frees. */
char *jobs_tool(const char *version, const char *grammar_hash);

/* Marks a job refused. A document that was only guessed to be one, or one in a directory that no
 * reader is for, is skipped. */
void job_refuse(struct jobs *j, struct job *job, enum diag_id why, const char *arg);

#endif
