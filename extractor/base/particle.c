#include "base/particle.h"

#include "base/mem.h"
#include "base/text.h"

#include <stdlib.h>

enum side { ANYWHERE, AT_BEGIN, AT_END, BEFORE_FIGURE, BEHIND_FIGURE, BEHIND_YEAR };

static const struct {
    struct slice name;
    enum side side;
    bool from_end; /* looked for from its end */
} classes[] = {
#define CLASS(id, name, side, from_end) {{name, sizeof name - 1}, side, from_end},
    PARTICLE_CLASSES(CLASS)
#undef CLASS
};

_Static_assert(PARTICLE_MAX <= 64, "a bit for each class");

/* The lexicon by class. */
struct particles {
    uint64_t *classes;              /* of each row, a bit for each class */
    uint32_t *rows;                 /* class by class, in order of the lexicon */
    size_t begins[PARTICLE_MAX + 1]; /* where the rows of each class begin */
};

static enum particle_class class_named(struct slice name)
{
    int c = 0;
    while (c < PARTICLE_MAX && !slice_eq(name, classes[c].name))
        c++;
    return (enum particle_class)c;
}

static uint64_t classes_of(struct slice cell)
{
    struct slice one;
    uint64_t bits = 0;
    while (slice_split(&cell, ' ', &one)) {
        enum particle_class c = class_named(one);
        bits |= c < PARTICLE_MAX ? (uint64_t)1 << c : 0;
    }
    return bits;
}

static struct particles *read_particles(struct grammar *g)
{
    size_t count = lexicon_rows(grammar_lexicon(g, LEX_PARTICLES)), n = 0;
    struct particles *p = mem_zalloc(sizeof *p);
    p->classes = mem_zalloc((count + 1) * sizeof *p->classes);
    struct slice last = SLICE_NONE;
    for (size_t row = 0; row < count; row++) { /* rows of the same classes stand together */
        struct slice cell = grammar_cell(g, LEX_PARTICLES, row, "class");
        p->classes[row] = row && slice_eq(cell, last) ? p->classes[row - 1] : classes_of(cell);
        last = cell;
        for (uint64_t bits = p->classes[row]; bits; bits &= bits - 1, n++)
            p->begins[__builtin_ctzll(bits) + 1]++;
    }
    p->rows = mem_alloc((n + 1) * sizeof *p->rows);
    for (int c = 0; c < PARTICLE_MAX; c++)
        p->begins[c + 1] += p->begins[c];
    for (size_t row = count; row-- > 0;) /* from the ends of the classes, which become their begins */
        for (uint64_t bits = p->classes[row]; bits; bits &= bits - 1)
            p->rows[--p->begins[__builtin_ctzll(bits) + 1]] = (uint32_t)row;
    memmove(p->begins, p->begins + 1, PARTICLE_MAX * sizeof *p->begins);
    p->begins[PARTICLE_MAX] = n;
    return p;
}

static const struct particles *particles(struct grammar *g)
{
    if (!g->particles)
        g->particles = read_particles(g);
    return g->particles;
}

void particles_free(struct particles *p)
{
    if (p) {
        free(p->classes);
        free(p->rows);
    }
    free(p);
}

static bool has_class(struct grammar *g, size_t row, enum particle_class class)
{
    return particles(g)->classes[row] >> class & 1;
}

size_t particle_at(struct grammar *g, struct slice text, size_t at, enum particle_class class)
{
    struct lexicon_hit hit;
    if (at >= text.n || !lexicon_longest(grammar_lexicon(g, LEX_PARTICLES), text, at, &hit))
        return 0;
    return has_class(g, hit.row, class) ? hit.length : 0;
}

size_t particle_before(struct grammar *g, struct slice text, size_t end, enum particle_class class)
{
    const struct lexicon *lex = grammar_lexicon(g, LEX_PARTICLES);
    struct lexicon_hit hit;
    size_t begin = end, longest = 0;
    for (int i = 0; i < PARTICLE_CHARS && begin > 0; i++) {
        begin = text_before(text, begin);
        if (lexicon_find(lex, slice_of(text.p + begin, end - begin), &hit) && has_class(g, hit.row, class))
            longest = end - begin;
    }
    return longest;
}

bool particle_ends(struct grammar *g, struct slice text, enum particle_class class)
{
    return particle_before(g, text, text.n, class) > 0;
}

struct slice particle_find(struct grammar *g, struct slice text, enum particle_class class)
{
    const struct particles *p = particles(g);
    struct slice first = SLICE_NONE;
    for (size_t i = p->begins[class]; i < p->begins[class + 1]; i++) {
        struct slice word = grammar_cell(g, LEX_PARTICLES, p->rows[i], "word");
        ptrdiff_t at = slice_find(text, word);
        if (at >= 0 && (!first.p || text.p + at < first.p))
            first = slice_of(text.p + at, word.n);
    }
    return first;
}

struct slice particle_word(struct grammar *g, enum particle_class class)
{
    const struct particles *p = particles(g);
    if (p->begins[class] == p->begins[class + 1])
        return SLICE_NONE;
    return grammar_cell(g, LEX_PARTICLES, p->rows[p->begins[class]], "word");
}

/* ---- examples ---- */

static bool stands_at(enum side side, struct slice s, size_t begin, size_t end)
{
    switch (side) {
    case AT_BEGIN:
        return begin == 0;
    case AT_END:
        return end == s.n;
    case BEFORE_FIGURE:
        return text_digit(s, end) > 0;
    case BEHIND_FIGURE:
        return text_digit_before(s, begin) > 0;
    case BEHIND_YEAR:
        return begin > 3 && slice_ends(slice_of(s.p, begin), SLICE("年")) && text_digit_before(s, begin - 3);
    default:
        return true;
    }
}

/* Whether an example shows the word at that side, and no longer one in its place. */
static bool shows(const struct lexicon *lex, struct slice example, struct slice word, enum side side)
{
    struct lexicon_hit hit;
    for (size_t at = 0; at < example.n; text_next(example.p, example.n, &at))
        if (lexicon_longest(lex, example, at, &hit) && slice_eq(slice_of(example.p + at, hit.length), word) &&
            stands_at(side, example, at, at + hit.length))
            return true;
    return false;
}

static bool any_shows(const struct lexicon *lex, struct slice examples, struct slice word, enum side side)
{
    struct slice one;
    while (slice_split(&examples, '|', &one))
        if (shows(lex, one, word, side))
            return true;
    return false;
}

static size_t complain(struct buf *report, const char *zh, const char *en, struct slice word, struct slice what)
{
    buf_printf(report, "particles.tsv: %.*s: %s / %s: %.*s\n", (int)word.n, word.p, zh, en, (int)what.n, what.p);
    return 1;
}

static bool is_long(struct slice word)
{
    return text_chars(word) > PARTICLE_CHARS;
}

static size_t check_classes(struct grammar *g, size_t row, struct slice word, struct slice examples, struct buf *report)
{
    struct slice cell = grammar_cell(g, LEX_PARTICLES, row, "class"), one;
    size_t findings = 0;
    while (slice_split(&cell, ' ', &one)) {
        enum particle_class c = class_named(one);
        if (c == PARTICLE_MAX)
            findings += complain(report, "没有这个类别", "no such class", word, one);
        else if (classes[c].from_end && is_long(word))
            findings += complain(report, "这一类不能这样长", "too long for the class", word, one);
        else if (!any_shows(grammar_lexicon(g, LEX_PARTICLES), examples, word, classes[c].side))
            findings += complain(report, "没有一个例子合于类别", "no example fits the class", word, one);
    }
    return findings;
}

size_t particle_check(struct grammar *g, struct buf *report, size_t *examples)
{
    const struct lexicon *lex = grammar_lexicon(g, LEX_PARTICLES);
    size_t findings = 0;
    for (size_t row = 0; row < lexicon_rows(lex); row++) {
        struct slice word = grammar_cell(g, LEX_PARTICLES, row, "word"), one;
        struct slice all = grammar_cell(g, LEX_PARTICLES, row, "example"), rest = all;
        for (; slice_split(&rest, '|', &one); ++*examples)
            if (!shows(lex, one, word, ANYWHERE))
                findings += complain(report, "例子里认不出它", "not found in its example", word, one);
        findings += check_classes(g, row, word, all, report);
    }
    return findings;
}
