#include "base/sentence.h"

#include "base/text.h"

bool sentence_ends(uint32_t c)
{
    return c == 0x3002 || c == 0xFF01 || c == 0xFF1F || c == 0xFF1B || c == ';' || c == '!' || c == '?';
}

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
