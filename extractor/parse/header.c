/* What a table's header says: the role and year of every column. */
#include "parse/grid.h"

#include "base/numeral.h"
#include "base/particle.h"
#include "base/text.h"

static enum column_role role_by_name(struct slice name)
{
    for (int i = 0; i < COLUMN_MAX; i++)
        if (slice_eq(name, slice_cstr(column_names[i])))
            return (enum column_role)i;
    return COLUMN_MAX;
}

/* The role of a header word; some have another one without a year (完成情况: a judgement in words). */
static enum column_role role_of_word(struct parse *ps, struct slice word, bool year)
{
    struct lexicon_hit hit;
    if (!lexicon_find(grammar_lexicon(ps->g, LEX_HEADERS), word, &hit))
        return COLUMN_MAX;
    struct slice bare = year ? SLICE_NONE : grammar_cell(ps->g, LEX_HEADERS, hit.row, "bare");
    return role_by_name(bare.n ? bare : grammar_cell(ps->g, LEX_HEADERS, hit.row, "role"));
}

bool grid_header_word(struct parse *ps, struct slice text, struct column *out)
{
    struct rule_match m;
    *out = (struct column){.role = COLUMN_OTHER};
    if (text.n > HEADER_BYTES)
        return false;
    struct slice word = text_without_blanks(&ps->p->arena, text);
    if (!word.n || text_chars(word) > 24)
        return false;
    enum column_role role = role_of_word(ps, word, false);
    if (role != COLUMN_MAX) {
        out->role = role;
        return true;
    }
    if (!rules_match(ps->g->rules, PLACE_HEADER, word, &m))
        return false;
    out->year = m.field[FIELD_YEAR].n ? numeral_count(m.field[FIELD_YEAR]) : 0;
    if (m.field[FIELD_ROLE].n)
        role = role_by_name(m.field[FIELD_ROLE]);
    else if (m.field[FIELD_TEXT].n)
        role = role_of_word(ps, m.field[FIELD_TEXT], true);
    out->role = role == COLUMN_MAX ? COLUMN_OTHER : role;
    return role != COLUMN_MAX || !m.field[FIELD_TEXT].n;
}

size_t grid_header_run(struct parse *ps, const struct raw_cells *cells)
{
    size_t n = 0;
    struct column c;
    while (n < cells->count && n < GRID_COLS_MAX && grid_header_word(ps, grid_text(ps, &cells->list[n]), &c))
        n++;
    return n;
}

/* 年均; and 年均/累计, where the totals stand in brackets. */
static bool is_annual(struct parse *ps, struct slice text)
{
    return particle_find(ps->g, text_without_blanks(&ps->p->arena, text), PARTICLE_ANNUAL).p != NULL;
}

/* The unit in brackets at the end of a header: 年均增长（%）. */
static struct slice unit_of(struct parse *ps, struct slice text)
{
    struct lexicon_hit hit;
    static const struct slice open[] = {{"（", 3}, {"(", 1}}, close[] = {{"）", 3}, {")", 1}};
    for (int i = 0; i < 2; i++) {
        ptrdiff_t begin = slice_ends(text, close[i]) ? slice_find(text, open[i]) : -1;
        size_t from = begin < 0 ? 0 : (size_t)begin + open[i].n;
        if (begin < 0 || from + close[i].n > text.n)
            continue;
        struct slice unit = text_trim(slice_of(text.p + from, text.n - from - close[i].n));
        if (unit.n && lexicon_find(grammar_lexicon(ps->g, LEX_UNITS), unit, &hit))
            return unit;
    }
    return SLICE_NONE;
}

/* Reads a column's header cells from the innermost outwards until role and year are known. */
static struct column read_column(struct parse *ps, const struct table *t, int col)
{
    struct column found = {.role = COLUMN_OTHER};
    for (int r = t->header_rows; r-- > 0;) {
        const struct cell *cell = t->grid[r * t->cols + col];
        struct column c;
        if (!cell || cell->from || !grid_header_word(ps, cell->text, &c))
            continue;
        if (found.role == COLUMN_OTHER)
            found.role = c.role;
        found.annual |= is_annual(ps, cell->text);
        if (!found.year)
            found.year = c.year;
        if (!found.unit.n)
            found.unit = unit_of(ps, cell->text);
    }
    return found;
}

static bool is_bare(const struct column *c)
{
    return c->year && c->role == COLUMN_OTHER;
}

/* A year alone is the base before a target; where no column is called a target, the first of several
 * is the base and the others are targets. */
static void settle_bare_years(struct table *t)
{
    int target = -1, bare = 0, first = -1;
    for (int c = 0; c < t->cols; c++) {
        if (t->columns[c].role == COLUMN_TARGET && target < 0)
            target = c;
        if (is_bare(&t->columns[c]) && bare++ == 0)
            first = c;
    }
    for (int c = 0; c < t->cols; c++)
        if (is_bare(&t->columns[c]))
            t->columns[c].role = target >= 0 ? (c < target ? COLUMN_BASE : COLUMN_TARGET)
                                 : c == first && bare > 1 ? COLUMN_BASE
                                                          : COLUMN_TARGET;
}

/* The same header cell over two columns: the inner one under 指标 is the breakdown. */
static void settle_breakdown(struct table *t)
{
    for (int c = 1; c < t->cols; c++)
        if (t->columns[c].role == COLUMN_NAME && t->columns[c - 1].role == COLUMN_NAME &&
            t->grid[(t->header_rows - 1) * t->cols + c] == t->grid[(t->header_rows - 1) * t->cols + c - 1])
            t->columns[c].role = COLUMN_BREAKDOWN;
}

/* 指标, and a blank header behind it, over two columns: a group and the name. */
static void settle_blank_name(struct table *t)
{
    int name = -1, names = 0;
    for (int c = 0; c < t->cols; c++)
        if (t->columns[c].role == COLUMN_NAME && ++names)
            name = c;
    const struct cell *next = name < 0 || name + 1 >= t->cols ? NULL : t->grid[(t->header_rows - 1) * t->cols + name + 1];
    if (names != 1 || !next || next->text.n || next->from || t->columns[name + 1].role != COLUMN_OTHER)
        return;
    t->columns[name].role = COLUMN_GROUP;
    t->columns[name + 1].role = COLUMN_NAME;
}

/* 类型 names the nature only where its cells do; else it groups. */
static void settle_nature(struct parse *ps, struct table *t)
{
    for (int c = 0; c < t->cols; c++) {
        int natures = 0, others = 0;
        for (int r = t->header_rows; t->columns[c].role == COLUMN_NATURE && r < t->rows; r++) {
            const struct cell *cell = t->grid[r * t->cols + c];
            bool nature = cell && particle_ends(ps->g, cell->text, PARTICLE_NATURE);
            natures += nature;
            others += cell && cell->text.n && !nature;
        }
        if (others > natures)
            t->columns[c].role = COLUMN_GROUP;
    }
}

void grid_columns(struct parse *ps, struct table *t)
{
    t->columns = arena_alloc(&ps->p->arena, (size_t)t->cols * sizeof *t->columns);
    for (int c = 0; c < t->cols; c++)
        t->columns[c] = read_column(ps, t, c);
    if (t->header_rows) {
        settle_breakdown(t);
        settle_blank_name(t);
    }
    settle_bare_years(t);
    settle_nature(ps, t);
}
