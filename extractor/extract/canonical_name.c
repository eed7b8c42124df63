#include "extract/canonical_name.h"

#include "base/particle.h"

enum { NAME_BYTES = 400 }; /* no known name is as long */

void naming_done(struct naming *n)
{
    folded_done(&n->folded);
    buf_done(&n->name);
    buf_done(&n->part);
    buf_done(&n->both);
    buf_done(&n->key);
}

/* A name as the lexicon writes it: folded, without blanks and quotation marks. */
static void plain(struct naming *n, struct slice name, struct buf *out)
{
    text_fold(name, &n->folded);
    out->n = 0;
    for (size_t at = 0; at < n->folded.n;) {
        size_t begin = at;
        uint32_t c = text_next(n->folded.p, n->folded.n, &at);
        if (!text_is_blank(c) && c != 0x201C && c != 0x201D)
            buf_add(out, n->folded.p + begin, at - begin);
    }
}

/* Whether a wording of that place counts where it stands: [at, end) of n bytes, `front` when nothing
 * but dropped words stand before it. */
static bool in_place(struct slice place, bool front, size_t end, size_t n)
{
    if (slice_eq(place, SLICE("front")))
        return front;
    return !place.n || (slice_eq(place, SLICE("end")) && end == n);
}

/* Exchanges the wordings of a part of a name, from left to right. */
static void reword(struct naming *n, struct slice s, struct buf *out)
{
    const struct lexicon *lex = grammar_lexicon(n->g, LEX_WORDINGS);
    size_t begin = out->n;
    for (size_t at = 0; at < s.n;) {
        struct lexicon_hit hit;
        size_t from = at;
        if (lexicon_longest(lex, s, at, &hit) &&
            in_place(grammar_cell(n->g, LEX_WORDINGS, hit.row, "place"), out->n == begin, at + hit.length, s.n)) {
            buf_slice(out, grammar_cell(n->g, LEX_WORDINGS, hit.row, "as"));
            at += hit.length;
            continue;
        }
        text_next(s.p, s.n, &at);
        buf_add(out, s.p + from, at - from);
    }
}

static bool find(const struct naming *n, struct slice key, size_t *row)
{
    struct lexicon_hit hit;
    if (!lexicon_find(grammar_lexicon(n->g, LEX_INDICATORS), key, &hit))
        return false;
    *row = hit.row;
    return true;
}

/* 绿色工厂 (5家) is 绿色工厂数. */
static bool find_reworded(struct naming *n, struct slice name, size_t *row)
{
    n->key.n = 0;
    reword(n, name, &n->key);
    if (find(n, buf_view(&n->key), row))
        return true;
    if (!n->count.p)
        n->count = particle_word(n->g, PARTICLE_COUNT);
    buf_slice(&n->key, n->count);
    return find(n, buf_view(&n->key), row);
}

/* Bytes of the word at the front that stands for a group and gives way to its members. */
static size_t group_length(struct naming *n, struct slice name)
{
    struct lexicon_hit hit;
    if (!lexicon_longest(grammar_lexicon(n->g, LEX_WORDINGS), name, 0, &hit) ||
        !slice_eq(grammar_cell(n->g, LEX_WORDINGS, hit.row, "place"), SLICE("group")))
        return 0;
    return hit.length;
}

/* name/part with the wordings of both exchanged, then the part before the name, in place of its group. */
static bool find_parts(struct naming *n, struct slice name, struct slice part, size_t *row)
{
    n->key.n = n->both.n = 0;
    reword(n, name, &n->key);
    size_t joint = n->key.n;
    buf_char(&n->key, '/');
    reword(n, part, &n->key);
    if (find(n, buf_view(&n->key), row))
        return true;
    struct slice whole = slice_of(n->key.p, joint);
    size_t group = group_length(n, whole);
    buf_add(&n->both, n->key.p + joint + 1, n->key.n - joint - 1);
    buf_add(&n->both, whole.p + group, whole.n - group);
    return find_reworded(n, buf_view(&n->both), row);
}

bool naming_find(struct naming *n, struct slice name, struct slice breakdown, size_t *row)
{
    if (!name.n || name.n + breakdown.n > NAME_BYTES)
        return false;
    plain(n, name, &n->name);
    if (!breakdown.n)
        return find(n, buf_view(&n->name), row) || find_reworded(n, buf_view(&n->name), row);
    plain(n, breakdown, &n->part);
    n->both.n = 0;
    buf_slice(&n->both, buf_view(&n->name));
    buf_char(&n->both, '/');
    buf_slice(&n->both, buf_view(&n->part));
    return find(n, buf_view(&n->both), row) || find_parts(n, buf_view(&n->name), buf_view(&n->part), row);
}
