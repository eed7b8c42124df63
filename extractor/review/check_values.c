#include "review/check.h"

void check_values(struct check_job *job)
{
    (void)job;
}
