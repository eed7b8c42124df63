/* decimal: exact decimal numbers. No binary floating point between source and results. */
#ifndef GM_BASE_DECIMAL_H
#define GM_BASE_DECIMAL_H

#include "base/buf.h"

/* mantissa × 10^-scale */
struct decimal {
    __extension__ __int128 mantissa;
    int scale;
};

/* Reads a whole slice: optional minus, digits, thousands commas, a point, of either width. false when it is no number
 * or has more than 30 digits. */
bool decimal_read(struct slice s, struct decimal *out);

/* a × b and a ÷ b; false when the result has too many digits, or does not end (÷ only). */
bool decimal_multiply(struct decimal a, struct decimal b, struct decimal *out);
bool decimal_divide(struct decimal a, struct decimal b, struct decimal *out);

/* a + b and a - b; false when the result has too many digits. */
bool decimal_add(struct decimal a, struct decimal b, struct decimal *out);
bool decimal_subtract(struct decimal a, struct decimal b, struct decimal *out);

/* a ÷ b rounded to so many places, halves away from zero; false when b is 0 or there are too many digits. */
bool decimal_quotient(struct decimal a, struct decimal b, int places, struct decimal *out);

/* Below, at or above 0 as a is less than, equal to or greater than b; of any numbers. */
int decimal_compare(struct decimal a, struct decimal b);

/* Appends the number without needless zeros: 15, 0.0015, -3.2. */
void decimal_write(struct decimal d, struct buf *out);

#endif
