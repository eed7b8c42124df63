#include "review/choice.h"

#include "base/text.h"
#include "extract/canonical_name.h"
#include "review/likeness.h"
#include "review/theme.h"

static bool by_column(struct grammar *g, struct slice text, const char *column, bool *wanted)
{
    size_t rows = lexicon_rows(grammar_lexicon(g, LEX_INDICATORS));
    bool any = false;
    for (size_t row = 0; row < rows; row++)
        if (slice_eq(lexicon_cell(grammar_lexicon(g, LEX_INDICATORS), row,
                                  lexicon_column(grammar_lexicon(g, LEX_INDICATORS), column)),
                     text))
            wanted[row] = any = true;
    return any;
}

bool choice_indicator(struct grammar *g, struct slice text, bool *wanted)
{
    struct naming naming = { .g = g };
    size_t row;
    if (!text.n)
        return false;
    if (by_column(g, text, "code", wanted) || by_column(g, text, "concept", wanted) ||
        by_column(g, text, "name", wanted))
        return true;
    bool found = naming_find(&naming, text, SLICE_NONE, &row);
    if (found)
        wanted[row] = true;
    naming_done(&naming);
    return found;
}

bool choice_theme(struct grammar *g, struct slice text, bool *wanted)
{
    int theme = theme_find(g, text);
    size_t rows = lexicon_rows(grammar_lexicon(g, LEX_INDICATORS));
    for (size_t row = 0; theme != THEME_NONE && row < rows; row++)
        if (theme_of_code(g, grammar_cell(g, LEX_INDICATORS, row, "code")) == theme)
            wanted[row] = true;
    return theme != THEME_NONE;
}

/* Puts a row among the best, each row once. */
static void offer(size_t row, int likeness, size_t out[CHOICE_NEAREST], int best[CHOICE_NEAREST])
{
    int at = CHOICE_NEAREST;
    for (int i = 0; i < CHOICE_NEAREST; i++)
        if (best[i] && out[i] == row) {
            if (likeness <= best[i])
                return;
            for (; i + 1 < CHOICE_NEAREST; i++) {
                best[i] = best[i + 1];
                out[i] = out[i + 1];
            }
            best[CHOICE_NEAREST - 1] = 0;
        }
    while (at > 0 && best[at - 1] < likeness) {
        if (at < CHOICE_NEAREST) {
            best[at] = best[at - 1];
            out[at] = out[at - 1];
        }
        at--;
    }
    if (at < CHOICE_NEAREST) {
        best[at] = likeness;
        out[at] = row;
    }
}

size_t choice_nearest(struct grammar *g, struct slice text, size_t out[CHOICE_NEAREST])
{
    const struct lexicon *lex = grammar_lexicon(g, LEX_INDICATORS);
    struct arena arena;
    int best[CHOICE_NEAREST] = { 0 };
    size_t words = lexicon_words(lex), count = 0;
    arena_init(&arena);
    struct pairs wanted = pairs_of(&arena, text_head(text, 400));
    for (size_t i = 0; i < words; i++) {
        struct lexicon_hit hit;
        struct pairs word = pairs_of(&arena, lexicon_word(lex, i));
        int likeness = pairs_likeness(&wanted, &word);
        if (likeness > 200 && lexicon_find(lex, lexicon_word(lex, i), &hit))
            offer(hit.row, likeness, out, best);
    }
    while (count < CHOICE_NEAREST && best[count])
        count++;
    arena_done(&arena);
    return count;
}
