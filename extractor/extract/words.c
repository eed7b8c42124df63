#include "extract/words.h"

size_t words_at(struct grammar *g, struct slice text, size_t at, struct slice *classes)
{
    struct lexicon_hit hit;
    *classes = SLICE_NONE;
    if (at >= text.n || !lexicon_longest(grammar_lexicon(g, LEX_WORDS), text, at, &hit))
        return 0;
    *classes = grammar_cell(g, LEX_WORDS, hit.row, "class");
    return hit.length;
}

bool words_is(struct slice classes, const char *name)
{
    struct slice one;
    while (slice_split(&classes, ' ', &one))
        if (slice_eq(one, slice_cstr(name)))
            return true;
    return false;
}
