#include "extract/canonical_unit.h"

struct unit {
    struct slice written, code, kind, base, factor;
};

static bool read_unit(struct grammar *g, struct slice written, struct unit *out)
{
    struct lexicon_hit hit;
    if (!written.n || !lexicon_find(grammar_lexicon(g, LEX_UNITS), written, &hit))
        return false;
    *out = (struct unit){written, grammar_cell(g, LEX_UNITS, hit.row, "code"), grammar_cell(g, LEX_UNITS, hit.row, "kind"),
                         grammar_cell(g, LEX_UNITS, hit.row, "base"), grammar_cell(g, LEX_UNITS, hit.row, "factor")};
    return true;
}

/* One base, or the substance left out: t for t{ce}. */
static bool same_base(const struct unit *a, const struct unit *b)
{
    if (slice_eq(a->base, b->base))
        return true;
    return a->base.n && slice_starts(b->base, a->base) && b->base.p[a->base.n] == '{' && slice_ends(b->base, SLICE("}")) &&
           slice_find(b->base, SLICE("/")) < 0;
}

/* What stands before and behind the first / of a unit; all before it when there is none. */
static void split(struct slice s, struct slice *above, struct slice *below)
{
    ptrdiff_t at = slice_find(s, SLICE("/"));
    *above = at < 0 ? s : slice_of(s.p, (size_t)at);
    *below = at < 0 ? SLICE_NONE : slice_of(s.p + at + 1, s.n - (size_t)at - 1);
}

/* Takes the next factor of a denominator: ({person}.mo) gives {person}, then mo. */
static bool next_factor(struct slice *rest, struct slice *factor)
{
    while (rest->n && (rest->p[0] == '(' || rest->p[0] == ')' || rest->p[0] == '.'))
        *rest = slice_of(rest->p + 1, rest->n - 1);
    size_t n = 0;
    if (!rest->n)
        return false;
    while (n < rest->n && rest->p[n] != '.' && rest->p[n] != ')')
        n++;
    *factor = slice_of(rest->p, n);
    *rest = slice_of(rest->p + n, rest->n - n);
    return n > 0;
}

static bool has_factor(struct slice denominator, struct slice wanted)
{
    struct slice factor;
    while (next_factor(&denominator, &factor))
        if (slice_eq(factor, wanted))
            return true;
    return false;
}

static bool has_all(struct slice denominator, struct slice wanted)
{
    struct slice factor;
    while (next_factor(&wanted, &factor))
        if (!has_factor(denominator, factor))
            return false;
    return true;
}

static bool is_time(struct slice factor)
{
    return slice_eq(factor, SLICE("d")) || slice_eq(factor, SLICE("mo")) || slice_eq(factor, SLICE("a"));
}

/* Whether a denominator has a time that another lacks: of that no name tells. */
static bool lacks_time(struct slice lesser, struct slice denominator)
{
    struct slice factor;
    while (next_factor(&denominator, &factor))
        if (is_time(factor) && !has_factor(lesser, factor))
            return true;
    return false;
}

/* Whether `a` is `b` with some of its denominators left out; *above are the units over the lines. */
static bool is_short_for(struct grammar *g, const struct unit *a, const struct unit *b, struct unit above[2])
{
    struct slice over[2], under[2], written[2], below;
    split(a->code, &over[0], &under[0]);
    split(b->code, &over[1], &under[1]);
    split(a->written, &written[0], &below);
    split(b->written, &written[1], &below);
    return under[1].n && has_all(under[1], under[0]) && read_unit(g, written[0], &above[0]) &&
           read_unit(g, written[1], &above[1]) && same_base(&above[0], &above[1]);
}

bool unit_fits(struct grammar *g, struct slice read, struct slice wanted)
{
    struct unit a, b, above[2];
    if (slice_eq(read, wanted) || !read_unit(g, read, &a) || !read_unit(g, wanted, &b))
        return true;
    bool counts = slice_eq(a.kind, SLICE("count")) && slice_eq(b.kind, SLICE("count"));
    return counts || same_base(&a, &b) || is_short_for(g, &a, &b, above);
}

bool unit_factor(struct grammar *g, struct slice from, struct slice to, struct decimal factor[2])
{
    struct unit a, b, above[2];
    struct slice over, under[2];
    if (!read_unit(g, from, &a) || !read_unit(g, to, &b))
        return false;
    if (!same_base(&a, &b)) {
        split(a.code, &over, &under[0]);
        split(b.code, &over, &under[1]);
        if (!is_short_for(g, &a, &b, above) || lacks_time(under[0], under[1]))
            return false;
        a = above[0];
        b = above[1];
    }
    return decimal_read(a.factor, &factor[0]) && decimal_read(b.factor, &factor[1]);
}
