/* build_run: a build from the planned jobs to the results in place. */
#ifndef GM_BUILD_RUN_H
#define GM_BUILD_RUN_H

#include "build_job.h"
#include "build_signal.h"
#include "build_stage.h"
#include "cmd.h"

struct build_options {
    const char *dir; /* where results go */
    int workers;     /* processes at most */
    int outputs;     /* enum output: what is asked for */
    size_t max_size; /* bytes of a document */
    int64_t timeout; /* milliseconds for a document */
    bool verbose;    /* notes on standard error too */
};

enum run_result {
    RUN_GOOD,    /* results are in place */
    RUN_SAME,    /* nothing had changed */
    RUN_NOTHING, /* no document could be compiled: the old results stay */
    RUN_STOPPED, /* by a signal: the old results stay */
    RUN_TROUBLE  /* the reason is in error: the old results stay */
};

struct run_report {
    size_t compiled, kept, removed; /* documents */
    int stale;  /* enum output: results there that were not asked for and are out of date */
    int signal; /* that stopped the build */
};

/* Compiles what has changed and writes the results. Diagnostics of what was compiled, and of what was
 * refused, go to standard error. The stage is open, the jobs are planned, the signals held. */
enum run_result build_run(const struct context *ctx, struct grammar *g, const struct build_options *o,
                          struct jobs *j, const struct stage *stage, const struct signals *signals,
                          struct run_report *report, struct buf *error);

#endif
