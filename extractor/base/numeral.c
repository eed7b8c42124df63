#include "base/numeral.h"

#include "base/text.h"

static int digit_of(uint32_t c)
{
    static const uint32_t digits[] = {0x3007, 0x4E00, 0x4E8C, 0x4E09, 0x56DB,
                                      0x4E94, 0x516D, 0x4E03, 0x516B, 0x4E5D};
    if (c >= '0' && c <= '9')
        return (int)(c - '0');
    if (c >= 0xFF10 && c <= 0xFF19)
        return (int)(c - 0xFF10);
    if (c == 0x25CB || c == 0x96F6) /* ○ 零 */
        return 0;
    if (c == 0x4E24) /* 两 */
        return 2;
    for (int i = 0; i < 10; i++)
        if (digits[i] == c)
            return i;
    return -1;
}

static int scale_of(uint32_t c)
{
    return c == 0x5341 ? 10 : c == 0x767E ? 100 : c == 0x5343 ? 1000 : 0; /* 十 百 千 */
}

/* 二〇三五, 2035 */
static int digits_row(struct slice s)
{
    int value = 0;
    for (size_t at = 0; at < s.n;) {
        int d = digit_of(text_next(s.p, s.n, &at));
        if (d < 0 || value > 99999999)
            return -1;
        value = value * 10 + d;
    }
    return value;
}

int numeral_count(struct slice s)
{
    if (!s.n)
        return -1;
    int row = digits_row(s);
    if (row >= 0)
        return row;
    int total = 0, digit = -1, last_scale = 10000;
    for (size_t at = 0; at < s.n;) {
        uint32_t c = text_next(s.p, s.n, &at);
        int d = digit_of(c), scale = scale_of(c);
        if (d == 0 && digit < 0)
            continue; /* 零 only fills */
        if (d >= 0 && digit < 0) {
            digit = d;
        } else if (scale && scale < last_scale && (digit > 0 || (scale == 10 && total == 0 && digit < 0))) {
            total += (digit < 0 ? 1 : digit) * scale;
            last_scale = scale;
            digit = -1;
        } else {
            return -1;
        }
    }
    return total + (digit < 0 ? 0 : digit);
}
