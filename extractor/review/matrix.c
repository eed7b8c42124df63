#include "review/matrix.h"

#include "base/text.h"

#include <stdlib.h>

/* ---- peers ---- */

static int level_order(struct slice level)
{
    static const char *const levels[] = { "nation", "province", "prefecture", "county" };
    for (int i = 0; i < 4; i++)
        if (slice_eq(level, slice_cstr(levels[i])))
            return i;
    return 4;
}

static int compare_plans(const struct panel_plan *a, const struct panel_plan *b)
{
    int by = (a->end_year > b->end_year) - (a->end_year < b->end_year);
    if (!by)
        by = slice_cmp(a->period, b->period);
    if (!by)
        by = level_order(a->region_level) - level_order(b->region_level);
    return by ? by : slice_cmp(a->field, b->field);
}

struct ordered_plan {
    const struct panel_plan *plan;
    uint32_t index;
};

static int by_peers(const void *left, const void *right)
{
    const struct ordered_plan *a = left, *b = right;
    int by = compare_plans(a->plan, b->plan);
    if (!by)
        by = slice_cmp(a->plan->region_code, b->plan->region_code);
    return by ? by : (a->index > b->index) - (a->index < b->index);
}

static void find_peers(struct matrix *m)
{
    struct ordered_plan *order = mem_alloc((m->plan_count + 1) * sizeof *order);
    uint32_t *sorted = arena_alloc(&m->arena, (m->plan_count + 1) * sizeof *sorted);
    m->peers_of = arena_alloc(&m->arena, (m->plan_count + 1) * sizeof *m->peers_of);
    for (size_t i = 0; i < m->plan_count; i++)
        order[i] = (struct ordered_plan){ &m->plans[i], (uint32_t)i };
    qsort(order, m->plan_count, sizeof *order, by_peers);
    for (size_t i = 0; i < m->plan_count; i++) {
        const struct panel_plan *p = order[i].plan;
        if (!i || compare_plans(order[i - 1].plan, p) != 0) {
            m->peers = arena_grow(&m->arena, m->peers, m->peer_count, sizeof *m->peers);
            m->peers[m->peer_count++] =
                (struct peers){ p->period,   p->region_level, p->field, p->start_year,
                                p->end_year, sorted + i,      0 };
        }
        sorted[i] = order[i].index;
        m->peers[m->peer_count - 1].count++;
        m->peers_of[order[i].index] = (uint32_t)(m->peer_count - 1);
    }
    free(order);
}

static void index_lexicon(struct matrix *m)
{
    size_t rows = lexicon_rows(grammar_lexicon(m->g, LEX_INDICATORS));
    for (size_t row = 0; row < rows; row++)
        *index_put(&m->lexicon, grammar_cell(m->g, LEX_INDICATORS, row, "code")) = row;
}

void matrix_init(struct matrix *m, struct grammar *g, const struct panel_plan *plans, size_t count,
                 const bool *wanted)
{
    *m = (struct matrix){ .g = g, .plans = plans, .plan_count = count, .wanted = wanted };
    arena_init(&m->arena);
    m->without_table = arena_alloc(&m->arena, (count + 1) * sizeof *m->without_table);
    index_lexicon(m);
    find_peers(m);
}

void matrix_done(struct matrix *m)
{
    for (size_t i = 0; i < m->count; i++)
        free(m->rows[i].cells);
    index_done(&m->by_code);
    index_done(&m->lexicon);
    arena_done(&m->arena);
}

/* ---- figures ---- */

static struct slice keep(struct matrix *m, struct slice s)
{
    return s.n ? slice_of(arena_dup(&m->arena, s.p, s.n), s.n) : SLICE_NONE;
}

static struct slice keep_buf(struct matrix *m, struct buf *b)
{
    struct slice s = keep(m, buf_view(b));
    buf_done(b);
    return s;
}

static const char *sign(struct slice op)
{
    static const char *const signs[][2] = {
        { ">=", "≥" }, { "<=", "≤" }, { ">", ">" }, { "<", "<" }, { "~", "≈" }
    };
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (slice_eq(op, slice_cstr(signs[i][0])))
            return signs[i][1];
    return "";
}

/* ≥46; [15] over the period, 5/年 a year, 93(均值) a mean of years; a grade, and what has no common unit, as it is written. */
static struct slice shown(struct matrix *m, const struct figure *f, struct slice unit,
                          struct slice marks)
{
    struct buf b = { 0 };
    bool cumulative = slice_eq(f->basis, SLICE("cumulative"));
    if (!f->value.n || slice_eq(f->kind, SLICE("grade"))) {
        buf_slice(&b, f->raw);
        if (unit.n && slice_eq(f->kind, SLICE("number")) && slice_find(f->raw, unit) < 0)
            buf_slice(&b, unit);
        return keep_buf(m, &b);
    }
    buf_str(&b, sign(f->op));
    buf_str(&b, cumulative ? "[" : "");
    buf_slice(&b, f->value);
    buf_str(&b, cumulative                               ? "]"
                : slice_eq(f->basis, SLICE("annual")) ? "/年"
                : slice_eq(f->basis, SLICE("mean"))   ? "(均值)"
                                                      : "");
    buf_slice(&b, marks);
    return keep_buf(m, &b);
}

static struct slice place_of(struct matrix *m, const struct panel_row *r)
{
    struct buf b = { 0 };
    buf_slice(&b, r->v[PANEL_FILE]);
    buf_char(&b, ':');
    buf_slice(&b, r->v[PANEL_LINE]);
    buf_char(&b, ':');
    buf_slice(&b, r->v[PANEL_COL]);
    return keep_buf(m, &b);
}

static bool plain_number(const struct panel_row *r)
{
    return (slice_eq(r->v[PANEL_KIND], SLICE("number")) ||
            slice_eq(r->v[PANEL_KIND], SLICE("grade"))) &&
           r->v[PANEL_NORM_VALUE].n && !r->v[PANEL_HIGH].n;
}

static bool says(struct slice names, const char *name)
{
    struct slice word;
    while (slice_split(&names, ' ', &word))
        if (slice_eq(word, slice_cstr(name)))
            return true;
    return false;
}

/* 集中式饮用水水源地水质达标率（乡镇）, 化肥利用率（主要农作物） */
static struct slice read_name(struct matrix *m, const struct panel_row *r)
{
    struct buf b = { 0 };
    struct slice part = r->v[r->v[PANEL_BREAKDOWN].n ? PANEL_BREAKDOWN : PANEL_SCOPE];
    buf_slice(&b, r->v[PANEL_READ]);
    if (part.n)
        buf_printf(&b, "（%.*s）", (int)part.n, part.p);
    return keep_buf(m, &b);
}

/* A cut or growth against the year before the period is what others write as [14.5]. */
static void reckon_as_cumulative(struct matrix *m, const struct panel_row *r, struct figure *f)
{
    f->of_the_period = true;
    f->relative = slice_eq(f->kind, SLICE("relative"));
    f->kind = SLICE("number");
    f->basis = SLICE("cumulative");
    f->base_year = 0;
    f->value = keep(m, r->v[PANEL_NORM_VALUE]);
    f->unit = keep(m, r->v[PANEL_NORM_UNIT]);
}

static struct figure *figure_of(struct matrix *m, const struct panel_row *r)
{
    struct figure *f = arena_alloc(&m->arena, sizeof *f);
    struct slice base = r->v[PANEL_BASE_YEAR];
    f->op = keep(m, r->v[PANEL_OP]);
    f->basis = r->over_period ? SLICE("level") : keep(m, r->v[PANEL_BASIS]); /* shown without brackets */
    f->kind = keep(m, r->v[PANEL_KIND]);
    f->nature = keep(m, r->v[PANEL_NATURE]);
    f->raw = keep(m, r->v[PANEL_RAW]);
    f->record = keep(m, r->v[PANEL_RECORD]);
    f->read = read_name(m, r);
    f->remark = keep(m, r->v[PANEL_NOTE]);
    f->place = place_of(m, r);
    f->year = r->year;
    for (size_t i = 0; i < base.n && i < 4 && base.p[i] >= '0' && base.p[i] <= '9'; i++)
        f->base_year = f->base_year * 10 + (base.p[i] - '0');
    f->why = r->why;
    f->year_inferred = !r->year || says(r->v[PANEL_INFERRED], "year");
    f->basis_inferred = !r->over_period && says(r->v[PANEL_INFERRED], "basis");
    if (plain_number(r)) {
        f->value = keep(m, r->v[PANEL_NORM_VALUE]);
        f->unit = keep(m, r->v[PANEL_NORM_UNIT]);
    }
    f->shown = shown(m, f, r->v[PANEL_UNIT], r->v[PANEL_MARKS]);
    if (r->over_period)
        reckon_as_cumulative(m, r, f);
    return f;
}

/* Another of several that differ: shown beside the first, reckoned with by none. */
static void add_to_several(struct matrix *m, struct figure *f, const struct panel_row *r)
{
    const struct figure *other = figure_of(m, r);
    struct buf shown = { 0 }, place = { 0 };
    buf_slice(&shown, f->shown);
    buf_str(&shown, " | ");
    buf_slice(&shown, other->shown);
    buf_slice(&place, f->place);
    buf_str(&place, " | ");
    buf_slice(&place, other->place);
    f->shown = keep_buf(m, &shown);
    f->place = keep_buf(m, &place);
}

bool figure_number(const struct figure *f, struct decimal *out)
{
    return f && f->value.n && decimal_read(f->value, out);
}

/* ---- cells ---- */

bool matrix_wanted(const struct matrix *m, struct slice code)
{
    const size_t *row = index_get(&m->lexicon, code);
    return !m->wanted || (row && m->wanted[*row]);
}

/* Whether it gets a row. */
static bool is_taken(const struct matrix *m, struct slice code)
{
    return m->whole || matrix_wanted(m, code);
}

static void describe(struct matrix *m, struct matrix_row *row)
{
    const size_t *at = index_get(&m->lexicon, row->code);
    row->name = row->code;
    row->order = SIZE_MAX;
    if (!at)
        return;
    struct slice direction = grammar_cell(m->g, LEX_INDICATORS, *at, "direction");
    row->order = *at;
    row->name = grammar_cell(m->g, LEX_INDICATORS, *at, "name");
    row->unit = grammar_cell(m->g, LEX_INDICATORS, *at, "unit");
    row->concept = grammar_cell(m->g, LEX_INDICATORS, *at, "concept");
    row->direction = slice_eq(direction, SLICE("up"))     ? DIRECTION_UP
                     : slice_eq(direction, SLICE("down")) ? DIRECTION_DOWN
                                                          : DIRECTION_UNKNOWN;
}

static struct matrix_row *row_of(struct matrix *m, struct slice code)
{
    const size_t *at = index_get(&m->by_code, code);
    if (at)
        return &m->rows[*at];
    m->rows = arena_grow(&m->arena, m->rows, m->count, sizeof *m->rows);
    struct matrix_row *row = &m->rows[m->count];
    *row = (struct matrix_row){ .code = keep(m, code) };
    describe(m, row);
    *index_put(&m->by_code, row->code) = m->count++;
    return row;
}

/* The cell of the plan that is being added. */
static struct matrix_cell *cell_of(struct matrix_row *row, size_t plan)
{
    if (row->count && row->cells[row->count - 1].plan == plan)
        return &row->cells[row->count - 1];
    if (!(row->count & (row->count - 1)))
        row->cells =
            mem_realloc(row->cells, (row->count ? row->count * 2 : 1) * sizeof *row->cells);
    row->cells[row->count] = (struct matrix_cell){ .plan = (uint32_t)plan, .heat = -1 };
    return &row->cells[row->count++];
}

/* Where a row of the panel belongs: MATRIX_ROLES when nowhere. */
static enum matrix_role role_of(const struct panel_plan *plan, const struct panel_row *r)
{
    struct slice role = r->v[PANEL_ROLE];
    if (slice_eq(role, SLICE("base")))
        return MATRIX_BASE;
    if (slice_eq(role, SLICE("actual")))
        return MATRIX_ACTUAL;
    if (!slice_eq(role, SLICE("target")))
        return MATRIX_ROLES;
    if (!r->year || !plan->end_year || r->year == plan->end_year)
        return MATRIX_TARGET;
    return plan->start_year && r->year < plan->start_year ? MATRIX_LAST : MATRIX_ROLES;
}

/* Whether a figure of that year takes the place of one that is there: the later year, but none for a known one. */
static bool replaces(const struct figure *old, const struct panel_row *r)
{
    return !old || (old->why == WHY_EMPTY && r->why != WHY_EMPTY && r->year == old->year) ||
           r->year > old->year;
}

static bool is_shown(const struct panel_row *r)
{
    return r->taken || r->why == WHY_SEVERAL || r->why == WHY_TOO_MANY || r->why == WHY_BESIDE;
}

static void add_figure(struct matrix *m, size_t plan, const struct panel_row *r)
{
    enum matrix_role role = role_of(&m->plans[plan], r);
    if (role == MATRIX_ROLES || !is_shown(r))
        return;
    struct matrix_cell *cell = cell_of(row_of(m, r->v[PANEL_CODE]), plan);
    struct figure *old = cell->role[role];
    if (r->why == WHY_BESIDE && (!old || old->year != r->year))
        return;
    if (old && old->year == r->year && !r->taken && (old->why == r->why || r->why == WHY_BESIDE)) {
        if (old->place.n < 200) /* the rest is in the panel */
            add_to_several(m, old, r);
        old->why = r->why;
    } else if (replaces(old, r)) {
        struct figure *f = figure_of(m, r);
        if (!r->taken)
            f->value = SLICE_NONE; /* none stands for the others */
        cell->role[role] = f;
    }
}

/* ---- other indicators of the concept ---- */

/* The figure as one of another indicator that it converts to, by the lexicon `conversions`. */
static struct figure *converted(struct matrix *m, const struct figure *from,
                                const struct panel_row *r)
{
    struct figure *f = arena_alloc(&m->arena, sizeof *f);
    struct buf note = { 0 };
    *f = *from;
    f->inferred = true;
    f->value = keep(m, r->v[PANEL_CONCEPT_VALUE]);
    f->unit = keep(m, r->v[PANEL_CONCEPT_UNIT]);
    f->shown = shown(m, f, f->unit, SLICE_NONE);
    buf_slice(&note, r->v[PANEL_INDICATOR]);
    buf_char(&note, ' ');
    buf_slice(&note, r->v[PANEL_RAW]);
    buf_str(&note, "，");
    buf_slice(&note, r->v[PANEL_CONCEPT_NOTE]);
    f->note = keep_buf(m, &note);
    return f;
}

/* The code that figures of a code convert to within their concept; empty when there is none. */
static struct slice converts_to(struct matrix *m, struct slice code)
{
    struct lexicon_hit hit;
    const struct lexicon *lex = grammar_lexicon(m->g, LEX_CONVERSIONS);
    for (bool more = lexicon_find(lex, code, &hit); more; more = lexicon_again(lex, &hit)) {
        struct slice to = grammar_cell(m->g, LEX_CONVERSIONS, hit.row, "to_code");
        if (slice_eq(grammar_cell(m->g, LEX_CONVERSIONS, hit.row, "from_code"), code) &&
            !slice_eq(to, code))
            return to;
    }
    return SLICE_NONE;
}

static void add_converted(struct matrix *m, size_t plan, const struct panel_row *r)
{
    enum matrix_role role = role_of(&m->plans[plan], r);
    struct slice to =
        r->v[PANEL_CONCEPT_NOTE].n && r->taken ? converts_to(m, r->v[PANEL_CODE]) : SLICE_NONE;
    if (role == MATRIX_ROLES || !to.n || !is_taken(m, to) || !plain_number(r) ||
        !slice_eq(r->v[PANEL_BASIS], SLICE("level")))
        return;
    struct matrix_cell *cell = cell_of(row_of(m, to), plan);
    const struct figure *old = cell->role[role];
    if (!old || (old->inferred && r->year > old->year))
        cell->role[role] = converted(m, figure_of(m, r), r);
}

/* 单位GDP能源消耗降低 | 2025年 — | 年均/累计 [13.5]: where the year has no value, the change is the target. */
static void add_change(struct matrix *m, size_t plan, const struct panel_row *r)
{
    int end = m->plans[plan].end_year;
    if (!r->taken || !slice_eq(r->v[PANEL_ROLE], SLICE("change")) || (r->year && r->year != end) ||
        slice_eq(r->v[PANEL_KIND], SLICE("none")))
        return;
    struct matrix_cell *cell = cell_of(row_of(m, r->v[PANEL_CODE]), plan);
    const struct figure *old = cell->role[MATRIX_TARGET];
    if (old && !slice_eq(old->kind, SLICE("none")))
        return;
    cell->role[MATRIX_TARGET] = figure_of(m, r);
    cell->role[MATRIX_TARGET]->from_change = true;
}

void matrix_add(struct matrix *m, size_t plan, const struct panel *p)
{
    m->without_table[plan] = !panel_has_table(p);
    for (size_t i = 0; i < p->count; i++) {
        struct slice code = p->rows[i].v[PANEL_CODE];
        m->uncoded += !code.n;
        if (code.n && is_taken(m, code))
            add_figure(m, plan, &p->rows[i]);
    }
    for (size_t i = 0; i < p->count; i++)
        if (p->rows[i].v[PANEL_CODE].n && is_taken(m, p->rows[i].v[PANEL_CODE]))
            add_change(m, plan, &p->rows[i]);
    for (size_t i = 0; i < p->count; i++)
        if (p->rows[i].v[PANEL_CODE].n)
            add_converted(m, plan, &p->rows[i]);
}

const struct matrix_cell *matrix_cell(const struct matrix_row *row, size_t plan)
{
    size_t low = 0, high = row->count;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (row->cells[mid].plan < plan)
            low = mid + 1;
        else
            high = mid;
    }
    return low < row->count && row->cells[low].plan == plan ? &row->cells[low] : NULL;
}

const struct matrix_row *matrix_row(const struct matrix *m, struct slice code)
{
    const size_t *at = index_get(&m->by_code, code);
    return at ? &m->rows[*at] : NULL;
}
