/* Parts that plans have, and responsibility. */
#include "review/check.h"

#include "base/index.h"
#include "base/particle.h"
#include "base/text.h"

enum {
    CHAPTERS_OF_A_PLAN = 3, /* a shorter paper need not have all parts */
    MOST = 3,               /* of so many, all but one: what most rows or measures have */
};

/* ---- parts ---- */

static bool contains_word(struct grammar *g, size_t row, struct slice text)
{
    struct slice alias = grammar_cell(g, LEX_PARTS, row, "alias"), one;
    if (slice_find(text, grammar_cell(g, LEX_PARTS, row, "part")) >= 0)
        return true;
    while (slice_split(&alias, '|', &one))
        if (one.n && slice_find(text, one) >= 0)
            return true;
    return false;
}

static bool has_part(struct check_job *job, size_t row)
{
    for (const struct section *s = job->plan->sections; s; s = s->next)
        if (contains_word(job->grammar, row, s->title))
            return true;
    for (const struct box *b = job->plan->boxes; b; b = b->next)
        if (contains_word(job->grammar, row, b->title))
            return true;
    for (const struct measure *m = job->plan->measures; m; m = m->next)
        if (contains_word(job->grammar, row, m->lead))
            return true;
    return false;
}

static bool is_whole_plan(const struct check_job *job)
{
    int chapters = 0;
    for (const struct section *s = job->plan->sections; s; s = s->next)
        chapters += s->level == 1 && s->label.n > 0;
    const struct meta *title = &job->plan->meta[META_TITLE];
    const struct section *first = job->plan->sections;
    while (first && !first->label.n)
        first = first->next;
    if (chapters < CHAPTERS_OF_A_PLAN)
        return false;
    bool named = !title->inferred || first->node->kind == NODE_CHAPTER || first->node->kind == NODE_PART;
    return named && job->end_year && particle_find(job->grammar, title->value, PARTICLE_PLAN).p;
}

static void check_contents(struct check_job *job)
{
    size_t rows = is_whole_plan(job) ? lexicon_rows(grammar_lexicon(job->grammar, LEX_PARTS)) : 0;
    for (size_t row = 0; row < rows; row++)
        if (!has_part(job, row))
            check_say(job, CHECK_PART_MISSING, job->plan->meta[META_TITLE].span,
                      grammar_cell(job->grammar, LEX_PARTS, row, "part"),
                      grammar_cell(job->grammar, LEX_PARTS, row, "basis"));
}

/* ---- responsibility ---- */

static int column_of(const struct table *t, enum column_role role)
{
    for (int col = 0; col < t->cols; col++)
        if (t->columns && t->columns[col].role == role)
            return col;
    return -1;
}

static const struct cell *cell_at(const struct table *t, int row, int col)
{
    return t->grid[(size_t)row * (size_t)t->cols + (size_t)col];
}

/* What a row is called: its first text that is no number. */
static const struct cell *name_of_row(const struct table *t, int row)
{
    const struct cell *found = NULL;
    for (int col = 0; col < t->cols; col++) {
        enum column_role role = t->columns[col].role;
        const struct cell *c = cell_at(t, row, col);
        if (c && c->text.n && (role == COLUMN_NAME || role == COLUMN_PROJECT))
            return c;
        if (!found && c && !c->from && c->text.n && role != COLUMN_NUMBER && role != COLUMN_GROUP)
            found = c;
    }
    return found;
}

/* A cell that names nobody: blank, or a dash. */
static bool is_nobody(struct check_job *job, const struct cell *c)
{
    return !c || !c->text.n || check_word(job->grammar, c->text, "nobody");
}

static void check_rows(struct check_job *job, const struct table *t, int col)
{
    int filled = 0, all = 0;
    for (int row = t->header_rows; row < t->rows; row++) {
        const struct cell *c = cell_at(t, row, col);
        all += name_of_row(t, row) != NULL;
        filled += !is_nobody(job, c);
    }
    if (filled == all || filled * MOST < all * (MOST - 1))
        return;
    for (int row = t->header_rows; row < t->rows; row++) {
        const struct cell *c = cell_at(t, row, col), *name = name_of_row(t, row);
        if (name && is_nobody(job, c) && !name->from)
            check_say(job, CHECK_RESPONSIBLE_MISSING, name->span, name->text, SLICE_NONE);
    }
}

/* ---- 约束性, 预期性 ---- */

static bool is_written(const struct cell *c, int row)
{
    return c && c->row == row && !c->from && c->text.n;
}

/* Whether most rows have their nature written, and one the same as the one written above it: then a blank cell is not
 * merged with that. */
static bool writes_each(const struct table *t, int col)
{
    int written = 0;
    bool again = false;
    struct slice last = SLICE_NONE;
    for (int row = t->header_rows; row < t->rows; row++) {
        const struct cell *c = cell_at(t, row, col);
        if (!is_written(c, row))
            continue;
        written++;
        again |= slice_eq(c->text, last);
        last = c->text;
    }
    return again && written >= MOST && written * MOST >= (t->rows - t->header_rows) * (MOST - 1);
}

static void check_natures(struct check_job *job)
{
    const struct box *box = NULL;
    int col = -1, last = -1;
    for (const struct indicator *i = job->plan->indicators; i; i = i->next) {
        if (i->box != box) {
            box = i->box;
            last = -1;
            col = column_of(&box->table, COLUMN_NATURE);
            col = col >= 0 && writes_each(&box->table, col) ? col : -1;
        }
        if (col < 0 || !i->cell || i->cell->row == last)
            continue;
        last = i->cell->row;
        const struct cell *c = cell_at(&box->table, last, col);
        if (!c || (c->row == last && (!c->text.n || c->from))) /* not one laid over several rows */
            check_say(job, CHECK_NATURE_MISSING, i->span, i->name, SLICE_NONE);
    }
}

/* ---- measures ---- */

/* Measures: how many have a bearer; only where most have one does it lack elsewhere. */
static void check_measures(struct check_job *job)
{
    struct index borne = { 0 };
    size_t with = 0, all = 0;
    for (const struct duty *d = job->plan->duties; d; d = d->next)
        if (slice_eq(d->object_kind, SLICE("measure")) && d->object_id &&
            !slice_eq(d->role, SLICE("mention")))
            *index_put(&borne, slice_cstr(d->object_id)) = 1;
    for (const struct measure *m = job->plan->measures; m; m = m->next) {
        with += index_get(&borne, slice_cstr(m->id)) != NULL;
        all++;
    }
    bool most = all >= MOST && with < all && with * MOST >= all * (MOST - 1);
    const struct section *assigning = NULL; /* the last section in which a measure has a bearer */
    for (const struct measure *m = most ? job->plan->measures : NULL; m; m = m->next)
        if (index_get(&borne, slice_cstr(m->id)))
            assigning = m->section;
        else if (check_word_at(job->grammar, m->lead, 0, "no-measure"))
            continue;
        else if (m->section == assigning || (m->next && m->next->section == m->section &&
                                             index_get(&borne, slice_cstr(m->next->id))))
            check_say_at(job, CHECK_MEASURE_UNASSIGNED, m->lead, m->lead, SLICE_NONE);
    index_done(&borne);
}

void check_parts(struct check_job *job)
{
    check_contents(job);
    for (const struct box *b = job->plan->boxes; b; b = b->next) {
        int col = b->table.rows ? column_of(&b->table, COLUMN_RESPONSIBLE) : -1;
        if (col >= 0)
            check_rows(job, &b->table, col);
    }
    check_natures(job);
    check_measures(job);
}
