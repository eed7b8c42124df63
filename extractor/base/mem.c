#include "base/mem.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void (*failure_hook)(void);

void mem_on_failure(void (*hook)(void))
{
    failure_hook = hook;
}

static void out_of_memory(void)
{
    if (failure_hook)
        failure_hook();
    fputs("gangmu: 内存不足 / out of memory\n", stderr);
    _Exit(2);
}

void *mem_alloc(size_t size)
{
    void *p = malloc(size ? size : 1);
    if (!p)
        out_of_memory();
    return p;
}

void *mem_zalloc(size_t size)
{
    void *p = calloc(1, size ? size : 1);
    if (!p)
        out_of_memory();
    return p;
}

void *mem_realloc(void *old, size_t size)
{
    void *p = realloc(old, size ? size : 1);
    if (!p)
        out_of_memory();
    return p;
}

char *mem_dup(const char *bytes, size_t size)
{
    char *p = mem_alloc(size + 1);
    if (size)
        memcpy(p, bytes, size);
    p[size] = 0;
    return p;
}

struct arena_chunk {
    struct arena_chunk *next;
    size_t size;
};

#define CHUNK_FIRST (64u * 1024)
#define CHUNK_MAX (1024u * 1024)
#define ALIGN 16u

void arena_init(struct arena *a)
{
    a->chunks = NULL;
    a->at = a->limit = NULL;
}

void arena_done(struct arena *a)
{
    struct arena_chunk *c = a->chunks;
    while (c) {
        struct arena_chunk *next = c->next;
        free(c);
        c = next;
    }
    arena_init(a);
}

static char *chunk_add(struct arena *a, size_t size)
{
    struct arena_chunk *c = mem_alloc(sizeof *c + ALIGN + size);
    c->next = a->chunks;
    c->size = size;
    a->chunks = c;
    uintptr_t p = (uintptr_t)(c + 1);
    return (char *)c + ((p + ALIGN - 1) / ALIGN * ALIGN - (uintptr_t)c);
}

static char *arena_take(struct arena *a, size_t size, size_t align)
{
#ifdef GM_ARENA_MALLOC
    (void)align;
    return chunk_add(a, size); /* each piece on its own, so that the sanitisers see every bound */
#else
    size_t pad = (align - (uintptr_t)a->at % align) % align;
    if (!a->at || size + pad > (size_t)(a->limit - a->at)) {
        size_t next = a->chunks ? a->chunks->size * 2 : CHUNK_FIRST;
        if (next > CHUNK_MAX)
            next = CHUNK_MAX;
        if (size > next / 2)
            return chunk_add(a, size);
        a->at = chunk_add(a, next);
        a->limit = a->at + next;
        pad = 0;
    }
    char *p = a->at + pad;
    a->at = p + size;
    return p;
#endif
}

void *arena_alloc(struct arena *a, size_t size)
{
    return memset(arena_take(a, size, ALIGN), 0, size);
}

char *arena_text(struct arena *a, size_t size)
{
    return arena_take(a, size, 1);
}

char *arena_dup(struct arena *a, const char *bytes, size_t size)
{
    char *p = arena_text(a, size + 1);
    if (size)
        memcpy(p, bytes, size);
    p[size] = 0;
    return p;
}

void *arena_grow(struct arena *a, void *items, size_t count, size_t item_size)
{
    if (count & (count - 1) || (count && count < 8))
        return items; /* capacity is 8, then the powers of two */
    size_t room = count ? count * 2 : 8;
    void *p = arena_alloc(a, room * item_size);
    if (count)
        memcpy(p, items, count * item_size);
    return p;
}
