/* mem: memory that cannot fail, and the arena that owns a document. */
#ifndef GM_BASE_MEM_H
#define GM_BASE_MEM_H

#include <stddef.h>

/* Lack of memory ends the program with exit status 2 after running the hook (temporaries removed).
 * The caller owns what these return and frees it with free(). */
void *mem_alloc(size_t size);
void *mem_zalloc(size_t size);
void *mem_realloc(void *old, size_t size);
char *mem_dup(const char *bytes, size_t size); /* adds a NUL */
void mem_on_failure(void (*hook)(void));

struct arena_chunk;

/* One arena a document, one free: everything read from a document lives here. */
struct arena {
    struct arena_chunk *chunks;
    char *at;
    char *limit;
};

void arena_init(struct arena *a);
void arena_done(struct arena *a);
void *arena_alloc(struct arena *a, size_t size); /* aligned for any type, zeroed */
char *arena_text(struct arena *a, size_t size);  /* unaligned bytes, not zeroed */
char *arena_dup(struct arena *a, const char *bytes, size_t size); /* adds a NUL */

/* Grows an array kept in the arena to hold at least count + 1 items; returns its (new) address. */
void *arena_grow(struct arena *a, void *items, size_t count, size_t item_size);

#endif
