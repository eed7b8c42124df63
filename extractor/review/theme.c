#include "review/theme.h"

#include "base/text.h"

enum { THEMES_MAX = 64, OF_LEAD = 2, OF_HEADING = 1 };

/* Adds the points of each theme that has a word in text; *first becomes the theme of the first word, when still none. */
static void add_points(struct grammar *g, struct slice text, int each, int points[THEMES_MAX],
                       int *first)
{
    const struct lexicon *lex = grammar_lexicon(g, LEX_THEMES);
    for (size_t at = 0; at < text.n;) {
        struct lexicon_hit hit;
        if (lexicon_longest(lex, text, at, &hit) && hit.row < THEMES_MAX) {
            points[hit.row] += each;
            if (*first == THEME_NONE)
                *first = (int)hit.row;
            at += hit.length;
        } else {
            text_next(text.p, text.n, &at);
        }
    }
}

static int best(const int points[THEMES_MAX], int first)
{
    int theme = first;
    for (int i = 0; theme != THEME_NONE && i < THEMES_MAX; i++)
        if (points[i] > points[theme])
            theme = i;
    return theme;
}

int theme_of(struct grammar *g, struct slice lead, const struct slice *headings, size_t count)
{
    int points[THEMES_MAX] = { 0 }, first = THEME_NONE;
    add_points(g, lead, OF_LEAD, points, &first);
    for (size_t i = 0; i < count; i++) {
        add_points(g, headings[i], OF_HEADING, points, &first);
        if (first != THEME_NONE)
            return best(points, first);
    }
    return best(points, first);
}

int theme_of_code(struct grammar *g, struct slice code)
{
    size_t rows = lexicon_rows(grammar_lexicon(g, LEX_THEMES));
    struct slice prefix;
    if (!slice_split(&code, '.', &prefix) || !prefix.n)
        return THEME_NONE;
    for (size_t row = 0; row < rows; row++) {
        struct slice codes = grammar_cell(g, LEX_THEMES, row, "codes"), word;
        while (slice_split(&codes, ' ', &word))
            if (slice_eq(word, prefix))
                return (int)row;
    }
    return THEME_NONE;
}

int theme_find(struct grammar *g, struct slice name)
{
    size_t rows = lexicon_rows(grammar_lexicon(g, LEX_THEMES));
    struct lexicon_hit hit;
    for (size_t row = 0; row < rows; row++)
        if (slice_eq(grammar_cell(g, LEX_THEMES, row, "code"), name) ||
            slice_eq(grammar_cell(g, LEX_THEMES, row, "name"), name))
            return (int)row;
    return lexicon_find(grammar_lexicon(g, LEX_THEMES), name, &hit) ? (int)hit.row : THEME_NONE;
}
