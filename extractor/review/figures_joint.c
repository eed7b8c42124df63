/* Rows of one plan that the other puts into one. */
#include "review/figures.h"

#include "base/index.h"
#include "review/joint.h"

#include <stdlib.h>

/* So many rows without a code are looked at. */
enum { JOINT_LOOK = 64 };

/* What may name others, of one plan. */
struct joints {
    struct index codes; /* code → row + 1 */
    uint32_t uncoded[JOINT_LOOK];
    size_t count;
};

static bool is_left(const struct figures *f, int side, size_t i)
{
    const struct figure_row *r = &f->rows[side][i];
    return r->sort == FIGURE_ROW && !r->rivals && f->match.items[side][i].mate == ASSIGN_NONE;
}

/* Whether a row names the part by what tells it from the others, for one time, in its unit or in words. */
static bool names(const struct figure_row *joint, const struct figure_row *part, struct slice own)
{
    const struct claim *c = figure_at(joint, part->lead);
    bool words = c && (c->kind == VALUE_DELEGATED || c->kind == VALUE_QUALITATIVE);
    return c && slice_find(c->name, own) >= 0 && (words || slice_eq(c->unit_code, part->lead->unit_code));
}

/* The row of the other plan that names this one, or ASSIGN_NONE. */
static uint32_t joint_of(const struct figures *f, int side, const struct figure_row *r, const struct joints *j)
{
    struct buf code = {0};
    struct grammar *g = f->d->grammar;
    uint32_t found = ASSIGN_NONE;
    const size_t *place = joint_code(r->lead->code, &code) ? index_get(&j->codes, buf_view(&code)) : NULL;
    if (code.n && (place || j->count)) {
        struct slice own = joint_own(g, r->lead->code, buf_view(&code));
        if (place && own.n && names(&f->rows[!side][*place - 1], r, own))
            found = (uint32_t)(*place - 1);
        for (size_t i = 0; own.n && found == ASSIGN_NONE && i < j->count; i++)
            if (names(&f->rows[!side][j->uncoded[i]], r, own))
                found = j->uncoded[i];
    }
    buf_done(&code);
    return found;
}

static void list_joints(const struct figures *f, int side, struct joints *j)
{
    for (size_t i = 0; i < f->count[side]; i++) {
        struct slice code = f->rows[side][i].lead->code;
        if (is_left(f, side, i) && code.n)
            *index_put(&j->codes, code) = i + 1;
        else if (is_left(f, side, i) && j->count < JOINT_LOOK)
            j->uncoded[j->count++] = (uint32_t)i;
    }
}

/* A row without a code that names but one of them is not known to be of the kind. */
static void drop_lone(struct figures *f, int side)
{
    for (size_t i = 0; i < f->count[side]; i++) {
        struct figure_row *j = &f->rows[side][i], *part = j->part == ASSIGN_NONE ? NULL : &f->rows[!side][j->part];
        if (!part || j->lead->code.n || part->next_part != ASSIGN_NONE)
            continue;
        part->joint = ASSIGN_NONE;
        j->part = ASSIGN_NONE;
    }
}

void figures_join(struct figures *f)
{
    for (int s = 0; s < 2; s++) {
        struct joints *others = mem_zalloc(sizeof *others);
        list_joints(f, !s, others);
        for (size_t i = f->count[s]; i-- > 0;) {
            struct figure_row *r = &f->rows[s][i];
            r->joint = is_left(f, s, i) && r->lead->code.n ? joint_of(f, s, r, others) : ASSIGN_NONE;
            if (r->joint == ASSIGN_NONE)
                continue;
            struct figure_row *j = &f->rows[!s][r->joint];
            r->next_part = j->part;
            j->part = (uint32_t)i;
        }
        index_done(&others->codes);
        free(others);
        drop_lone(f, !s);
    }
}
