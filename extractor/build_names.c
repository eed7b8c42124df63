#include "build_names.h"

#include <stdlib.h>

struct build_name {
    struct slice name;
    const char *file; /* where it stands first */
    uint32_t line;
    size_t plans, order;
};

static struct build_name *add_name(struct build_names *n, const char *file, const struct said *said)
{
    struct slice kept = slice_of(arena_dup(&n->arena, said->args[0].p, said->args[0].n), said->args[0].n);
    n->list = arena_grow(&n->arena, n->list, n->count, sizeof *n->list);
    n->list[n->count] = (struct build_name){.name = kept, .file = file, .line = said->line, .order = n->count};
    *index_put(&n->index, kept) = ++n->count;
    return &n->list[n->count - 1];
}

void names_add(struct build_names *n, const char *file, const struct said *said)
{
    if (said->id != DIAG_NAME_UNMAPPED)
        return;
    const size_t *at = index_get(&n->index, said->args[0]);
    struct build_name *name = at ? &n->list[*at - 1] : add_name(n, file, said);
    name->plans++;
}

static int by_plans(const void *a, const void *b)
{
    const struct build_name *x = a, *y = b;
    if (x->plans != y->plans)
        return x->plans < y->plans ? 1 : -1;
    return (x->order > y->order) - (x->order < y->order);
}

void names_print(struct build_names *n, struct buf *out)
{
    if (!n->count)
        return;
    qsort(n->list, n->count, sizeof *n->list, by_plans);
    buf_printf(out, "\n没有规范代码的指标名称 indicator names without a code：%zu\n", n->count);
    buf_str(out, "规划数 plans\t名称 name\t首次出现 first place\n");
    for (size_t i = 0; i < n->count; i++) {
        const struct build_name *name = &n->list[i];
        buf_printf(out, "%zu\t%.*s\t%s:%u\n", name->plans, (int)name->name.n, name->name.p, name->file, name->line);
    }
}

void names_done(struct build_names *n)
{
    index_done(&n->index);
    arena_done(&n->arena);
}
