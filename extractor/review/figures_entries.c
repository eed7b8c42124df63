/* The entries of indicators: those of tables, those of the prose alone, results of the last period. */
#include "review/figures.h"

static struct side figure_side(const struct figures *f, int side, size_t i)
{
    const struct claim *c = f->rows[side][i].lead;
    const struct indicator *o = c->observation;
    struct slice under = o ? diff_joined(f->d, o->box->label, o->box->title) : diff_heading(f->d, c->target->section);
    struct slice name = c->breakdown.n ? diff_joined(f->d, diff_joined(f->d, c->name, SLICE("/")), c->breakdown) : c->name;
    return (struct side){.there = true, .text = name, .under = under, .span = c->span, .id = c->id};
}

/* A row of a table beside the prose: the claim that both make. */
static struct figure_row one_claim(const struct figure_row *r, const struct figure_row *like)
{
    struct figure_row only = {.claims = figure_at(r, like->lead), .count = 1, .sort = r->sort, .said = r->said};
    only.lead = only.claims;
    return only;
}

/* The next of the prose, from i on, that says the row again but otherwise than its table. */
static uint32_t said_otherwise(const struct figures *f, int side, const struct figure_row *row, uint32_t i)
{
    for (; i != ASSIGN_NONE; i = f->rows[side][i].next_said) {
        const struct claim *c = f->rows[side][i].lead, *own = figure_at(row, c);
        enum claim_order order = own ? figures_order(f->d, own, c) : CLAIM_SAME;
        bool apart = order == CLAIM_APART && !wording_same(own->raw, c->raw);
        if (apart || order == CLAIM_RAISED || order == CLAIM_LOWERED || order == CLAIM_SPREAD)
            return i;
    }
    return ASSIGN_NONE;
}

/* Figures of the prose that differ from the table of their own plan, beside the other plan's. */
static void compare_said(const struct figures *f, struct entry *e, const struct figure_row *a, const struct figure_row *b)
{
    uint32_t x = said_otherwise(f, 0, a, a->said), y = said_otherwise(f, 1, b, b->said);
    while (x != ASSIGN_NONE || y != ASSIGN_NONE) {
        const struct claim *was = x != ASSIGN_NONE ? f->rows[0][x].lead : figure_at(a, f->rows[1][y].lead);
        const struct claim *now = y != ASSIGN_NONE ? f->rows[1][y].lead : was ? figure_at(b, was) : NULL;
        if (was && now)
            figures_compare_values(f->d, e, "said", was, now);
        x = x != ASSIGN_NONE ? said_otherwise(f, 0, a, f->rows[0][x].next_said) : x;
        y = y != ASSIGN_NONE ? said_otherwise(f, 1, b, f->rows[1][y].next_said) : y;
    }
}

static void add_pair(const struct figures *f, size_t a, size_t b)
{
    struct figure_row r = f->rows[0][a], s = f->rows[1][b];
    enum diff_group group = r.sort == FIGURE_RESULT                                ? DIFF_RESULTS
                            : r.sort == FIGURE_PROSE && s.sort == FIGURE_PROSE ? DIFF_TARGETS
                                                                               : DIFF_INDICATORS;
    struct entry *e = entry_add(&f->d->arena, &f->d->group[group]);
    e->side[0] = figure_side(f, 0, a);
    e->side[1] = figure_side(f, 1, b);
    e->how = f->match.items[0][a].how;
    e->likeness = f->match.items[0][a].likeness;
    if (r.sort != s.sort) {
        struct change *c = change_add(&f->d->arena, e, CHANGE_RELISTED, "place");
        for (int k = 0; k < 2; k++) {
            c->side[k] = e->side[k];
            c->side[k].text = e->side[k].under;
        }
        if (r.sort == FIGURE_PROSE)
            s = one_claim(&s, &r);
        else
            r = one_claim(&r, &s);
    }
    figures_compare(f->d, e, &r, &s);
    compare_said(f, e, &r, &s);
}

/* Parts of one plan as one side: their names, the place of the first. */
static struct side parts_side(const struct figures *f, int side, uint32_t first)
{
    struct side all = figure_side(f, side, first);
    struct buf names = {0};
    for (uint32_t i = first; i != ASSIGN_NONE; i = f->rows[side][i].next_part) {
        buf_str(&names, i == first ? "" : "、");
        buf_slice(&names, figure_side(f, side, i).text);
    }
    all.text = slice_of(arena_dup(&f->d->arena, names.p, names.n), names.n);
    buf_done(&names);
    return all;
}

/* A row of one plan (side) that names several of the other. */
static void add_joint(const struct figures *f, int side, size_t i)
{
    struct diff *d = f->d;
    const struct figure_row *j = &f->rows[side][i];
    struct entry *e = entry_add(&d->arena, &d->group[DIFF_INDICATORS]);
    e->side[side] = figure_side(f, side, i);
    e->side[!side] = parts_side(f, !side, j->part);
    e->how = "joint";
    e->likeness = 1000;
    struct change *c = change_add(&d->arena, e, CHANGE_RELISTED, "joint");
    c->side[0] = e->side[0];
    c->side[1] = e->side[1];
    for (uint32_t k = j->part; k != ASSIGN_NONE; k = f->rows[!side][k].next_part) {
        const struct figure_row *part = &f->rows[!side][k];
        for (size_t n = 0; n < part->count; n++) {
            const struct claim *x = &part->claims[n], *y = figure_at(j, x);
            struct change **before = e->changes_end;
            if (y)
                figures_compare_values(d, e, "value", side ? x : y, side ? y : x);
            if (*before)
                (*before)->note = figure_side(f, !side, k).text;
        }
    }
}

static void add_alone(const struct figures *f, int side, size_t i)
{
    const struct figure_row *r = &f->rows[side][i];
    enum diff_group group = r->sort == FIGURE_PROSE ? DIFF_TARGETS : DIFF_INDICATORS;
    struct entry *e = entry_add(&f->d->arena, &f->d->group[group]);
    e->side[side] = figure_side(f, side, i);
    e->figures = r->claims;
    e->figure_count = r->count;
    struct change *c = change_add(&f->d->arena, e, side ? CHANGE_ADDED : CHANGE_DROPPED, "record");
    c->side[side] = e->side[side];
}

static void add_entry(const struct figures *f, int side, size_t i)
{
    const struct figure_row *r = &f->rows[side][i];
    uint32_t mate = f->match.items[side][i].mate;
    if (r->part != ASSIGN_NONE)
        add_joint(f, side, i);
    else if (r->joint != ASSIGN_NONE && f->rows[!side][r->joint].part == i)
        add_joint(f, !side, r->joint);
    else if (r->joint == ASSIGN_NONE && mate == ASSIGN_NONE)
        add_alone(f, side, i);
    else if (r->joint == ASSIGN_NONE)
        add_pair(f, i, mate);
}

/* Rows told with another entry: prose that says a row again, the partners of the first plan's. */
static bool told(const struct figures *f, int side, size_t i)
{
    const struct figure_row *r = &f->rows[side][i];
    bool alone = f->match.items[side][i].mate == ASSIGN_NONE;
    if (r->row != ASSIGN_NONE || (r->sort == FIGURE_RESULT && (f->d->periods || alone)))
        return true;
    return side && (!alone || r->joint != ASSIGN_NONE || r->part != ASSIGN_NONE);
}

void figures_entries(const struct figures *f)
{
    for (int s = 0; s < 2; s++)
        for (size_t i = 0; i < f->count[s]; i++) {
            f->d->group[DIFF_RESULTS].count[s] += f->rows[s][i].sort == FIGURE_RESULT && !f->d->periods;
            if (!told(f, s, i))
                add_entry(f, s, i);
        }
}
