#include "base/sentence.h"

#include "base/text.h"

size_t sentence_end(struct slice s, size_t at)
{
    while (at < s.n) {
        size_t next = at;
        if (sentence_ends(text_next(s.p, s.n, &next)))
            break;
        at = next;
    }
    return at;
}

size_t sentence_length(struct slice s)
{
    size_t at = sentence_end(s, 0);
    if (at < s.n)
        text_next(s.p, s.n, &at);
    return at;
}

size_t sentence_begin(struct slice s, size_t at)
{
    while (at > 0) {
        size_t before = text_before(s, at), next = before;
        if (sentence_ends(text_next(s.p, s.n, &next)))
            break;
        at = before;
    }
    return at;
}

size_t sentence_stop(struct slice text)
{
    ptrdiff_t stop = slice_find(text, SLICE("。"));
    return stop < 0 ? text.n : (size_t)stop;
}

bool sentence_next(struct slice *rest, struct slice *sentence)
{
    if (!rest->n)
        return false;
    size_t n = sentence_stop(*rest), next = n + SLICE("。").n;
    *sentence = slice_of(rest->p, n);
    *rest = next < rest->n ? slice_of(rest->p + next, rest->n - next) : SLICE_NONE;
    return true;
}
