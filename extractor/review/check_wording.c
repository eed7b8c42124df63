#include "review/check.h"

void check_wording(struct check_job *job)
{
    (void)job;
}
