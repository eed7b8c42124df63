#include "base/hash.h"

#include <gcrypt.h>
#include <xxhash.h>

static void to_hex(const unsigned char *bytes, size_t n, char *hex)
{
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < n; i++) {
        hex[2 * i] = digits[bytes[i] >> 4];
        hex[2 * i + 1] = digits[bytes[i] & 15];
    }
    hex[2 * n] = 0;
}

void hash_sha256(const void *bytes, size_t n, char hex[HASH_HEX + 1])
{
    unsigned char digest[32];
    gcry_md_hash_buffer(GCRY_MD_SHA256, digest, bytes, n);
    to_hex(digest, sizeof digest, hex);
}

void hash_quick(const void *bytes, size_t n, char hex[HASH_QUICK_HEX + 1])
{
    XXH128_canonical_t digest;
    XXH128_canonicalFromHash(&digest, XXH3_128bits(bytes, n));
    to_hex(digest.digest, sizeof digest.digest, hex);
}
