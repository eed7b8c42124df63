/* lexicon: word lists as TSV tables, found by whole word or by longest match. */
#ifndef GM_BASE_LEXICON_H
#define GM_BASE_LEXICON_H

#include "base/buf.h"

/* A TSV file: `#` comments, a header row of column names, then rows. Cells of the key columns hold
 * one word, or several parted by `|`. A lexicon borrows nothing; lexicon_free() frees. */
struct lexicon;

/* Reads paths[0..count) one over the other (a later file's rows come first in a search).
 * keys: names of the key columns, comma separated. Returns NULL and fills error ("file:line: ...")
 * when no file could be read or a row has too many cells. */
struct lexicon *lexicon_read(const char *const *paths, size_t count, const char *keys, struct buf *error);
void lexicon_free(struct lexicon *lex);

/* Appends a lexicon of one file as lexicon_load() takes it, the file's text left out. It holds only for
 * the program that was built with it. */
void lexicon_save(const struct lexicon *lex, struct buf *image);

/* The lexicon again, at no cost; image (aligned for any type) and the file's text are borrowed. NULL when
 * it is no such image. */
struct lexicon *lexicon_load(struct slice image, struct slice text);

size_t lexicon_rows(const struct lexicon *lex);
int lexicon_column(const struct lexicon *lex, const char *name);              /* -1: no such column */
struct slice lexicon_cell(const struct lexicon *lex, size_t row, int column); /* empty when absent */

/* A hit of a search; more rows may bear the same word: lexicon_again() gives the next one. */
struct lexicon_hit {
    size_t row;
    size_t length; /* bytes of the word */
    size_t entry;  /* internal */
};

bool lexicon_find(const struct lexicon *lex, struct slice word, struct lexicon_hit *hit);
bool lexicon_again(const struct lexicon *lex, struct lexicon_hit *hit);

/* The longest word that begins at byte `at` of text (a char's start). */
bool lexicon_longest(const struct lexicon *lex, struct slice text, size_t at, struct lexicon_hit *hit);

/* The first place from `at` (a char's start) on where a word of either lexicon may begin, or where the
 * chars are no common hanzi (U+4000 to U+9FFF) any more and it is not known. */
size_t lexicon_skip(const struct lexicon *a, const struct lexicon *b, struct slice text, size_t at);

/* Every word in order of the file, for building patterns. */
size_t lexicon_words(const struct lexicon *lex);
struct slice lexicon_word(const struct lexicon *lex, size_t i);

#endif
