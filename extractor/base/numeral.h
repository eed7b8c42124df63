/* numeral: numbers as plans write them. */
#ifndef GM_BASE_NUMERAL_H
#define GM_BASE_NUMERAL_H

#include "base/buf.h"

/* Reads a whole slice as a counting number: Arabic digits (any width), Chinese numerals up to 9999
 * (十四, 二十一, 一百零八), or a row of Chinese digits (二〇三五, ○ for 〇). Returns -1 when it is none. */
int numeral_count(struct slice s);

#endif
