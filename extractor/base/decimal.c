#include "base/decimal.h"

#include "base/text.h"

enum { DIGITS_MAX = 30, DIVISION_SCALE = 12 };

__extension__ typedef __int128 wide;

static const wide limit = (wide)1000000000000000 * 1000000000000000; /* 10^30 */

static wide magnitude(wide v)
{
    return v < 0 ? -v : v;
}

/* The half-width form of a full-width digit, comma or point (U+FF0C–U+FF19); any other char as it is. */
static uint32_t half_width(uint32_t c)
{
    return c >= 0xFF0C && c <= 0xFF19 ? c - 0xFF00 + 0x20 : c;
}

bool decimal_read(struct slice s, struct decimal *out)
{
    bool minus = s.n && s.p[0] == '-', point = false;
    struct decimal d = {0, 0};
    size_t digits = 0;
    for (size_t at = minus; at < s.n;) {
        uint32_t c = half_width(text_next(s.p, s.n, &at));
        if (c == ',' && digits && !point)
            continue;
        if (c == '.' && !point && digits) {
            point = true;
            continue;
        }
        if (c < '0' || c > '9' || ++digits > DIGITS_MAX)
            return false;
        d.mantissa = d.mantissa * 10 + (wide)(c - '0');
        d.scale += point;
    }
    if (minus)
        d.mantissa = -d.mantissa;
    *out = d;
    return digits > 0;
}

/* Takes zeros off the end behind the point. */
static struct decimal shorten(struct decimal d)
{
    while (d.scale > 0 && d.mantissa % 10 == 0) {
        d.mantissa /= 10;
        d.scale--;
    }
    return d;
}

bool decimal_multiply(struct decimal a, struct decimal b, struct decimal *out)
{
    a = shorten(a);
    b = shorten(b);
    if (b.mantissa != 0 && magnitude(a.mantissa) >= limit / magnitude(b.mantissa))
        return false;
    *out = shorten((struct decimal){a.mantissa * b.mantissa, a.scale + b.scale});
    return true;
}

bool decimal_divide(struct decimal a, struct decimal b, struct decimal *out)
{
    a = shorten(a);
    b = shorten(b);
    if (b.mantissa == 0)
        return false;
    for (int more = 0; a.mantissa % b.mantissa != 0; more++) {
        if (more == DIVISION_SCALE || magnitude(a.mantissa) >= limit / 10)
            return false;
        a.mantissa *= 10;
        a.scale++;
    }
    struct decimal d = {a.mantissa / b.mantissa, a.scale - b.scale};
    for (; d.scale < 0; d.scale++) {
        if (magnitude(d.mantissa) >= limit / 10)
            return false;
        d.mantissa *= 10;
    }
    *out = shorten(d);
    return true;
}

/* d with more places behind the point; false when it has too many digits then. */
static bool stretch(struct decimal *d, int scale)
{
    for (; d->scale < scale; d->scale++) {
        if (magnitude(d->mantissa) >= limit * 1000000)
            return false;
        d->mantissa *= 10;
    }
    return true;
}

bool decimal_add(struct decimal a, struct decimal b, struct decimal *out)
{
    a = shorten(a);
    b = shorten(b);
    if (!stretch(&a, b.scale) || !stretch(&b, a.scale) || magnitude(a.mantissa + b.mantissa) >= limit)
        return false;
    *out = shorten((struct decimal){a.mantissa + b.mantissa, a.scale});
    return true;
}

bool decimal_subtract(struct decimal a, struct decimal b, struct decimal *out)
{
    b.mantissa = -b.mantissa;
    return decimal_add(a, b, out);
}

bool decimal_quotient(struct decimal a, struct decimal b, int places, struct decimal *out)
{
    a = shorten(a);
    b = shorten(b);
    int scale = places + b.scale; /* of a, so that the quotient has the places wanted */
    for (; b.mantissa && a.scale > scale; scale++) {
        if (magnitude(b.mantissa) >= limit)
            return false;
        b.mantissa *= 10;
    }
    if (!b.mantissa || !stretch(&a, scale))
        return false;
    wide whole = a.mantissa / b.mantissa, rest = magnitude(a.mantissa % b.mantissa);
    if (rest >= magnitude(b.mantissa) - rest)
        whole += (a.mantissa < 0) == (b.mantissa < 0) ? 1 : -1;
    if (magnitude(whole) >= limit)
        return false;
    *out = shorten((struct decimal){whole, places});
    return true;
}

static int sign(wide v)
{
    return (v > 0) - (v < 0);
}

int decimal_compare(struct decimal a, struct decimal b)
{
    a = shorten(a);
    b = shorten(b);
    if (!stretch(&a, b.scale)) /* so large that it decides */
        return sign(a.mantissa);
    if (!stretch(&b, a.scale))
        return -sign(b.mantissa);
    return sign(a.mantissa - b.mantissa);
}

void decimal_write(struct decimal d, struct buf *out)
{
    char digits[48];
    int n = 0;
    d = shorten(d);
    wide v = magnitude(d.mantissa);
    do {
        digits[n++] = (char)('0' + (int)(v % 10));
        v /= 10;
        if (n == d.scale)
            digits[n++] = '.';
    } while (v || n <= d.scale);
    if (digits[n - 1] == '.')
        digits[n++] = '0';
    if (d.mantissa < 0)
        buf_char(out, '-');
    while (n > 0)
        buf_char(out, digits[--n]);
}
