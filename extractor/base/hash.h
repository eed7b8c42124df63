/* hash: fingerprints of bytes. The only user of libgcrypt and xxHash. */
#ifndef GM_BASE_HASH_H
#define GM_BASE_HASH_H

#include <stddef.h>

#define HASH_HEX 64
#define HASH_QUICK_HEX 32

/* SHA-256 (FIPS 180-4) of a document: anybody can compare it with sha256sum. */
void hash_sha256(const void *bytes, size_t n, char hex[HASH_HEX + 1]);

/* XXH3, 128 bits: tells grammars apart, at a small part of the cost. */
void hash_quick(const void *bytes, size_t n, char hex[HASH_QUICK_HEX + 1]);

#endif
