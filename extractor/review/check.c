#include "review/check.h"

#include "base/numeral.h"

#include <stdlib.h>

int check_year(struct slice s)
{
    int year = s.n ? numeral_count(s) : 0;
    return year >= 1949 && year < 2100 ? year : 0;
}

struct finding *check_say(struct check_job *job, enum check_id id, struct span span, struct slice a,
                          struct slice b)
{
    return findings_add(job->out, id, job->plan, span, a, b, SLICE_NONE, SLICE_NONE);
}

static void (*const families[])(struct check_job *) = {
    check_values, check_sums, check_units, check_numbering, check_parts, check_wording
};

void check_plan(const struct plan *p, struct grammar *g, struct findings *out)
{
    struct check_job job = { .plan = p,
                             .grammar = g,
                             .out = out,
                             .start_year = check_year(p->meta[META_START_YEAR].value),
                             .end_year = check_year(p->meta[META_END_YEAR].value),
                             .horizon_year = check_year(p->meta[META_HORIZON_YEAR].value) };
    arena_init(&job.arena);
    job.claim_count = claims_of(p, &job.claims);
    findings_of_diags(out, p);
    for (size_t i = 0; i < sizeof families / sizeof *families; i++)
        families[i](&job);
    findings_say_cut(out, p);
    free(job.claims);
    arena_done(&job.arena);
}
