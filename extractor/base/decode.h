/* decode: bytes of a file in any encoding as UTF-8. */
#ifndef GM_BASE_DECODE_H
#define GM_BASE_DECODE_H

#include "base/buf.h"

enum decode_encoding { ENC_UTF8, ENC_GB18030, ENC_UTF16LE, ENC_UTF16BE, ENC_OTHER, ENC_MAX };

/* What decoding did: the encoding and every byte sequence that could not be decoded. */
struct decoded {
    struct buf text;             /* valid UTF-8, without the byte order mark */
    char encoding[32];           /* IANA name */
    size_t bad_count;            /* sequences replaced by U+FFFD */
    size_t bad_at[16];           /* byte offsets of the first of them in the input */
    size_t bad_text_at[16];      /* and of their U+FFFD in text */
};

/* Decodes bytes of unknown encoding. Order: byte order mark, strict UTF-8, UTF-16 by its zero bytes,
 * broken UTF-8 (mostly well-formed), strict GB18030, statistics. Never fails: what cannot be decoded
 * becomes U+FFFD. Bytes that are the text are moved there, others are left. The caller frees both. */
void decode_bytes(struct buf *bytes, struct decoded *out);

#endif
