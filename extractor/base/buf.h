/* buf: slices (borrowed bytes) and a growing byte buffer (owned). */
#ifndef GM_BASE_BUF_H
#define GM_BASE_BUF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Bytes borrowed from somebody: pointer and length, NUL never trusted. */
struct slice {
    const char *p;
    size_t n;
};

#define SLICE(literal) ((struct slice){(literal), sizeof(literal) - 1})
#define SLICE_NONE ((struct slice){NULL, 0})

static inline struct slice slice_of(const char *p, size_t n)
{
    return (struct slice){p, n};
}

static inline struct slice slice_cstr(const char *s)
{
    return (struct slice){s, s ? strlen(s) : 0};
}

static inline bool slice_eq(struct slice a, struct slice b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

static inline bool slice_starts(struct slice s, struct slice prefix)
{
    return s.n >= prefix.n && (prefix.n == 0 || memcmp(s.p, prefix.p, prefix.n) == 0);
}

static inline bool slice_ends(struct slice s, struct slice suffix)
{
    return s.n >= suffix.n && (suffix.n == 0 || memcmp(s.p + s.n - suffix.n, suffix.p, suffix.n) == 0);
}

int slice_cmp(struct slice a, struct slice b);               /* byte order */
ptrdiff_t slice_find(struct slice in, struct slice what);    /* offset, or -1 */
struct slice slice_trim_ascii(struct slice s);               /* blanks, TAB, CR, LF */
bool slice_split(struct slice *rest, char by, struct slice *piece); /* false when none is left */

/* Owned bytes; zero-initialised is empty. buf_done() frees. */
struct buf {
    char *p;
    size_t n;
    size_t room;
};

void buf_done(struct buf *b);
void buf_reserve(struct buf *b, size_t more);
void buf_add(struct buf *b, const void *bytes, size_t n);
void buf_slice(struct buf *b, struct slice s);
void buf_str(struct buf *b, const char *s);
void buf_char(struct buf *b, char c);
void buf_uint(struct buf *b, uint64_t value);
void buf_utf8(struct buf *b, uint32_t cp);
void buf_printf(struct buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
const char *buf_cstr(struct buf *b); /* NUL-terminated view, valid until the next change */

static inline struct slice buf_view(const struct buf *b)
{
    return (struct slice){b->p, b->n};
}

#endif
