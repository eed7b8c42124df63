#include "review/joint.h"

#include "base/text.h"

bool joint_code(struct slice code, struct buf *out)
{
    struct slice part[4];
    size_t n = 0;
    while (n < 4 && slice_split(&code, '.', &part[n]))
        n++;
    if (n != 3)
        return false;
    buf_slice(out, part[0]);
    buf_char(out, '.');
    buf_slice(out, part[2]);
    return true;
}

struct slice joint_own_name(struct slice a, struct slice b)
{
    size_t longest = 0, at = 0;
    for (size_t i = 0; i < a.n; i++)
        for (size_t k = 0; k < b.n; k++) {
            size_t n = 0;
            while (i + n < a.n && k + n < b.n && a.p[i + n] == b.p[k + n])
                n++;
            if (n > longest) {
                longest = n;
                at = i;
            }
        }
    return slice_of(a.p, text_onward(a, at)); /* chars may share their last bytes */
}

static struct slice preferred_name(struct grammar *g, struct slice code)
{
    size_t rows = lexicon_rows(grammar_lexicon(g, LEX_INDICATORS));
    for (size_t row = 0; row < rows; row++)
        if (slice_eq(grammar_cell(g, LEX_INDICATORS, row, "code"), code))
            return grammar_cell(g, LEX_INDICATORS, row, "name");
    return SLICE_NONE;
}

struct slice joint_own(struct grammar *g, struct slice part, struct slice joint)
{
    return joint_own_name(preferred_name(g, part), preferred_name(g, joint));
}
