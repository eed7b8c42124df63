#include "review/check.h"

void check_sums(struct check_job *job)
{
    (void)job;
}
