#include "base/sentence.h"

size_t sentence_length(struct slice text)
{
    ptrdiff_t stop = slice_find(text, SLICE("。"));
    return stop < 0 ? text.n : (size_t)stop;
}

bool sentence_next(struct slice *rest, struct slice *sentence)
{
    if (!rest->n)
        return false;
    size_t n = sentence_length(*rest), next = n + SLICE("。").n;
    *sentence = slice_of(rest->p, n);
    *rest = next < rest->n ? slice_of(rest->p + next, rest->n - next) : SLICE_NONE;
    return true;
}
