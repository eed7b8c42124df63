/* text: UTF-8, decoding, folding, width. The only user of ICU.
 * Texts inside the program are valid UTF-8 always; "char" in a comment means a Unicode code point. */
#ifndef GM_BASE_TEXT_H
#define GM_BASE_TEXT_H

#include "base/buf.h"
#include "base/mem.h"

uint32_t text_next_rare(const char *p, size_t n, size_t *at); /* all of text_next(), out of line */

/* Reads the char at *at (must be valid UTF-8, *at < n) and moves past it. */
static inline uint32_t text_next(const char *p, size_t n, size_t *at)
{
    const unsigned char *s = (const unsigned char *)p + *at;
    if (s[0] < 0x80) {
        ++*at;
        return s[0];
    }
    if ((s[0] & 0xF0) != 0xE0 || n - *at < 3)
        return text_next_rare(p, n, at);
    *at += 3;
    return (s[0] & 0x0Fu) << 12 | (s[1] & 0x3Fu) << 6 | (s[2] & 0x3Fu);
}

/* Bytes of the decimal digit at `at`, ASCII 1 or full-width 3; 0 when there is none. */
static inline size_t text_digit(struct slice s, size_t at)
{
    const unsigned char *p = (const unsigned char *)s.p + at;
    if (at >= s.n)
        return 0;
    if (p[0] < 0x80)
        return p[0] >= '0' && p[0] <= '9';
    return p[0] == 0xEF && s.n - at >= 3 && p[1] == 0xBC && p[2] >= 0x90 && p[2] <= 0x99 ? 3 : 0;
}

/* Bytes of the digit that ends at `end`; 0 when there is none. */
static inline size_t text_digit_before(struct slice s, size_t end)
{
    if (end >= 1 && text_digit(s, end - 1) == 1)
        return 1;
    return end >= 3 && text_digit(s, end - 3) == 3 ? 3 : 0;
}

uint32_t text_first(struct slice s);            /* 0 when empty */
uint32_t text_last(struct slice s);             /* 0 when empty */
size_t text_chars(struct slice s);              /* number of chars */
size_t text_width(struct slice s);              /* terminal columns: hanzi are two (UAX #11) */
size_t text_columns(struct slice s, size_t columns); /* bytes of the longest beginning that is no wider */
/* Appends a text as it is or, when it is wider than so many terminal columns, a beginning and …, no wider. */
void text_cut(struct slice s, size_t columns, struct buf *out);
/* Appends a text filled with blanks to so many columns, before it (right) or behind; a wider one as it is. */
void text_pad(struct slice s, size_t columns, bool right, struct buf *out);
size_t text_prefix(struct slice s, size_t chars); /* bytes of the first chars */
size_t text_before(struct slice s, size_t at);    /* start of the char that ends at `at`, which is not 0 */
size_t text_onward(struct slice s, size_t at);    /* the first start of a char from `at` on; at most s.n */
struct slice text_head(struct slice s, size_t most); /* whole chars of at most so many bytes */
bool text_is_han(uint32_t cp);                  /* script Han, 〇 included */
bool text_is_blank(uint32_t cp);                /* any Unicode white space, and U+FEFF */
struct slice text_trim(struct slice s);         /* by text_is_blank */
struct slice text_trim_start(struct slice s);

/* The text without any blank; a copy in the arena when it has some. */
struct slice text_without_blanks(struct arena *a, struct slice s);

/* Offset of the first byte that is not part of well-formed UTF-8 (RFC 3629), or n. */
size_t text_check_utf8(const char *p, size_t n);

/* Bytes of the well-formed UTF-8 sequence at s, where so many are left; 0 when there is none. */
size_t text_sequence(const unsigned char *s, size_t left);

/* The char at units[*at] of len units of UTF-16; *at moves behind it. Half a pair is given as it is. */
uint32_t text_next_utf16(const uint16_t *units, int32_t len, int32_t *at);

/* A text with the differences of typing taken out, and the way back.
 * Folding is NFKC char by char (UAX #15), with these left alone or changed: ①…⓿ stay, ○ (U+25CB)
 * becomes 〇. p[i] came from the source bytes at map[i]; map[n] is the source length. */
struct folded {
    char *p;
    size_t n;
    uint32_t *map;
    size_t room;
    bool stops; /* set by the caller: 。 becomes TEXT_STOP, as rules have it */
};

/* One byte for 。, so that sets of chars in patterns, most of which leave it out, need no wide char. */
enum { TEXT_STOP = 0x1E };

void text_fold(struct slice s, struct folded *out); /* out may be reused; folded_done() frees */
void text_fold_behind(struct slice s, size_t plain, struct folded *out); /* plain: what text_fold_none() gave */
uint32_t text_fold_first(struct slice s);           /* the first char of the folded text */
size_t text_fold_none(struct slice s, bool stops);   /* bytes of a beginning that folds to itself */
void folded_done(struct folded *f);

#endif
