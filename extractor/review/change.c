#include "review/change.h"

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
