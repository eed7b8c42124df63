#include "base/image.h"

enum { ALIGN = 16 };

static size_t padding(size_t n)
{
    return (ALIGN - n % ALIGN) % ALIGN;
}

void image_add(struct buf *image, struct slice piece)
{
    static const char zeros[ALIGN];
    uint64_t n = piece.n;
    buf_add(image, &n, sizeof n);
    buf_add(image, zeros, padding(sizeof n));
    buf_slice(image, piece);
    buf_add(image, zeros, padding(piece.n));
}

bool image_next(struct slice *rest, struct slice *piece)
{
    uint64_t n;
    size_t left = rest->n;
    if (left < ALIGN)
        return false;
    memcpy(&n, rest->p, sizeof n);
    left -= ALIGN;
    if (n > left || padding((size_t)n) > left - n)
        return false;
    *piece = slice_of(rest->p + ALIGN, (size_t)n);
    size_t whole = (size_t)n + padding((size_t)n);
    *rest = slice_of(piece->p + whole, left - whole);
    return true;
}
