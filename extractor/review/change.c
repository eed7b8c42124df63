#include "review/change.h"

#include "review/likeness.h"

const char *const diff_group_names[DIFF_GROUP_MAX] = {
#define GROUP(id, name) [DIFF_##id] = name,
    DIFF_GROUPS(GROUP)
#undef GROUP
};

const char *const change_names[CHANGE_MAX][2] = {
#define CHANGE(id, name, zh) [CHANGE_##id] = {name, zh},
    DIFF_CHANGES(CHANGE)
#undef CHANGE
};

struct entry *entry_add(struct arena *a, struct group *g)
{
    struct entry *e = arena_alloc(a, sizeof *e);
    e->changes_end = &e->changes;
    *g->entries_end = e;
    g->entries_end = &e->next;
    return e;
}

struct change *change_add(struct arena *a, struct entry *e, enum change_kind kind, const char *field)
{
    struct change *c = arena_alloc(a, sizeof *c);
    c->kind = kind;
    c->field = field;
    *e->changes_end = c;
    e->changes_end = &c->next;
    return c;
}

bool wording_same(struct slice a, struct slice b)
{
    struct buf x = {0}, y = {0};
    if (slice_eq(a, b))
        return true;
    wording_of(a, &x);
    wording_of(b, &y);
    bool same = slice_eq(buf_view(&x), buf_view(&y));
    buf_done(&x);
    buf_done(&y);
    return same;
}
