#include "review/finding.h"

#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>

enum { ARG_CHARS = 120 };

/* A row as written; a reused one takes the rest from its diagnostic. */
struct row {
    const char *code;
    enum diag_level level;
    enum finding_group group;
    const char *about[2], *text[2];
    enum diag_id diag;
};

static const struct row rows[] = {
#define CHECK(id, c, l, g, about_zh, about_en, zh, en)                                             \
    [CHECK_##id] = { .code = c,                                                                    \
                     .level = LEVEL_##l,                                                           \
                     .group = GROUP_##g,                                                           \
                     .about = { about_zh, about_en },                                              \
                     .text = { zh, en } },
#define REUSED(id, g, about_zh, about_en)                                                          \
    [CHECK_##id] = { .group = GROUP_##g, .about = { about_zh, about_en }, .diag = DIAG_##id },
#include "review/check.def"
#undef CHECK
#undef REUSED
};

static const char *const group_names[GROUP_MAX][2] = {
#define GROUP(id, zh, en) [GROUP_##id] = { zh, en },
    FINDING_GROUPS(GROUP)
#undef GROUP
};

struct check_kind check_kind(enum check_id id)
{
    const struct row *r = &rows[id];
    struct check_kind kind = {
        r->code, r->level, r->group, { r->about[0], r->about[1] }, { r->text[0], r->text[1] }
    };
    if (!r->code) {
        const struct diag_kind *d = diag_kind(r->diag);
        kind.code = d->code;
        kind.level = d->level;
        kind.text[0] = d->text[0];
        kind.text[1] = d->text[1];
    }
    return kind;
}

bool check_by_code(struct slice code, enum check_id *out)
{
    for (int i = 0; i < CHECK_MAX; i++)
        if (slice_eq(slice_cstr(check_kind((enum check_id)i).code), code)) {
            *out = (enum check_id)i;
            return true;
        }
    return false;
}

const char *finding_group_name(enum finding_group group, enum lang lang)
{
    return group_names[group][lang];
}

void findings_done(struct findings *f)
{
    arena_done(&f->arena);
    free(f->items);
    *f = (struct findings){ 0 };
}

static struct slice keep(struct findings *f, struct slice s)
{
    size_t n = text_prefix(s, ARG_CHARS);
    if (!s.n)
        return SLICE_NONE;
    char *out = arena_text(&f->arena, n + 3);
    memcpy(out, s.p, n);
    if (n < s.n)
        memcpy(out + n, "…", 3);
    return slice_of(out, n < s.n ? n + 3 : n);
}

static struct finding *push(struct findings *f, enum check_id id, const struct plan *p,
                            struct span span)
{
    struct finding *x = arena_alloc(&f->arena, sizeof *x);
    *x = (struct finding){
        .id = id, .level = check_kind(id).level, .plan = p, .span = span, .order = f->count
    };
    x->see_end = &x->see;
    if (f->count == f->room) {
        f->room = f->room ? f->room * 2 : 64;
        f->items = mem_realloc(f->items, f->room * sizeof *f->items);
    }
    f->items[f->count++] = x;
    return x;
}

/* Whether one more of this code is kept. */
static bool counts(struct findings *f, enum check_id id, const struct plan *p)
{
    if (f->plan != p) {
        f->plan = p;
        memset(f->said, 0, sizeof f->said);
    }
    if (f->said[id]++ < FINDINGS_OF_A_CODE)
        return true;
    return false;
}

struct finding *findings_add(struct findings *f, enum check_id id, const struct plan *p,
                             struct span span, struct slice a, struct slice b, struct slice c,
                             struct slice d)
{
    const struct slice args[FINDING_ARGS] = { a, b, c, d };
    struct finding *x;
    if (!counts(f, id, p)) {
        x = &f->spare;
        *x = (struct finding){ .id = id, .plan = p };
        x->see_end = &x->see;
        return x;
    }
    x = push(f, id, p, span);
    for (int i = 0; i < FINDING_ARGS; i++)
        x->args[i] = keep(f, args[i]);
    return x;
}

void findings_args(struct findings *f, struct finding *x, struct slice c, struct slice d)
{
    if (x == &f->spare)
        return;
    x->args[2] = keep(f, c);
    x->args[3] = keep(f, d);
}

void findings_see(struct findings *f, struct finding *x, const struct plan *p, struct span span,
                  struct slice note)
{
    if (x == &f->spare)
        return;
    struct finding_place *see = arena_alloc(&f->arena, sizeof *see);
    *see = (struct finding_place){ .plan = p, .span = span, .note = keep(f, note) };
    *x->see_end = see;
    x->see_end = &see->next;
}

void findings_drop(struct findings *f, size_t i)
{
    memmove(f->items + i, f->items + i + 1, (f->count - i - 1) * sizeof *f->items);
    f->count--;
}

void findings_of_diags(struct findings *f, const struct plan *p)
{
    int check_of[DIAG_MAX];
    for (int i = 0; i < DIAG_MAX; i++)
        check_of[i] = -1;
    for (int i = 0; i < CHECK_MAX; i++)
        if (!rows[i].code)
            check_of[rows[i].diag] = i;
    for (const struct diag *d = p->diags; d; d = d->next)
        if (check_of[d->id] >= 0)
            findings_add(f, (enum check_id)check_of[d->id], p, d->span, d->args[0], d->args[1],
                         SLICE_NONE, SLICE_NONE);
}

void findings_say_cut(struct findings *f, const struct plan *p)
{
    char left[24], limit[24];
    snprintf(limit, sizeof limit, "%d", FINDINGS_OF_A_CODE);
    for (int i = 0; i < CHECK_MAX && f->plan == p; i++) {
        if (f->said[i] <= FINDINGS_OF_A_CODE)
            continue;
        snprintf(left, sizeof left, "%zu", f->said[i] - FINDINGS_OF_A_CODE);
        findings_add(f, CHECK_FINDINGS_CUT, p, (struct span){ 0, 0 },
                     slice_cstr(check_kind((enum check_id)i).code), slice_cstr(left),
                     slice_cstr(limit), SLICE_NONE);
    }
}

static int by_place(const void *a, const void *b)
{
    const struct finding *x = *(const struct finding *const *)a,
                         *y = *(const struct finding *const *)b;
    if (x->plan_order != y->plan_order)
        return x->plan_order < y->plan_order ? -1 : 1;
    if (x->span.begin != y->span.begin)
        return x->span.begin < y->span.begin ? -1 : 1;
    return x->order < y->order ? -1 : x->order > y->order;
}

void findings_sort(struct findings *f)
{
    size_t plans = 0;
    for (size_t i = 0; i < f->count; i++) {
        if (i && f->items[i]->plan != f->items[i - 1]->plan)
            plans++;
        f->items[i]->plan_order = plans;
    }
    if (f->count)
        qsort(f->items, f->count, sizeof *f->items, by_place);
}

void finding_message(const struct finding *x, enum lang lang, struct buf *out)
{
    for (const char *at = check_kind(x->id).text[lang]; *at; at++) {
        if (at[0] == '{' && at[1] >= '0' && at[1] < '0' + FINDING_ARGS && at[2] == '}') {
            buf_slice(out, x->args[at[1] - '0']);
            at += 2;
        } else {
            buf_char(out, *at);
        }
    }
}

size_t findings_at(const struct findings *f, enum diag_level level)
{
    size_t n = 0;
    for (size_t i = 0; i < f->count; i++)
        n += !f->items[i]->suppressed && f->items[i]->level == level;
    return n;
}
