#include "extract/extract.h"

#include "base/numeral.h"
#include "base/particle.h"
#include "base/text.h"
#include "extract/quantity.h"

#include <stdlib.h>

enum { OBSERVATIONS_MAX = 100000 }; /* limit `observations` of a document */

/* What the rows above have said and the next ones may rely on. */
struct state {
    struct plan *p;
    struct grammar *g;
    struct box *box;
    const struct table *t;
    struct slice group; /* of a heading row over the whole width */
    struct slice row_no;
    /* the group row (#… rows below belong to it) */
    struct slice group_name, group_unit;
    bool group_open;
    struct slice nature_text, nature; /* of the row before */
};

/* The name parts of one row. */
struct row {
    int index;
    struct slice number, name, unit, unit_code, breakdown, category, subcategory, nature, responsible,
        remark, marks;
    bool hash;
    bool unitless; /* the table says that there is no unit, or the name does */
};

static const struct cell *cell_at(const struct table *t, int row, int col)
{
    return t->grid[row * t->cols + col];
}

/* A text that every observation of a row, or of many rows, bears; a very long one is left out. */
static struct slice shared_text(const struct state *s, const struct cell *cell)
{
    if (cell->text.n <= ROW_TEXT_MAX)
        return cell->text;
    plan_limit(s->p, "row-text", ROW_TEXT_MAX, cell->span);
    return SLICE_NONE;
}

/* The text of the row's first cell of that role. */
static struct slice text_of(const struct state *s, int row, enum column_role role)
{
    for (int c = 0; c < s->t->cols; c++) {
        const struct cell *cell = cell_at(s->t, row, c);
        if (s->t->columns[c].role == role && cell && cell->col == c)
            return shared_text(s, cell);
    }
    return SLICE_NONE;
}

/* ---- units ---- */

static struct slice unit_code(struct state *s, struct slice unit)
{
    struct lexicon_hit hit;
    if (!unit.n || !lexicon_find(grammar_lexicon(s->g, LEX_UNITS), unit, &hit))
        return SLICE_NONE;
    return grammar_cell(s->g, LEX_UNITS, hit.row, "code");
}

/* Whether a text is a unit, or made of units only (立方米万元: malformed, but a unit). */
static bool is_unit(struct state *s, struct slice text)
{
    const struct lexicon *units = grammar_lexicon(s->g, LEX_UNITS);
    struct lexicon_hit hit;
    size_t pieces = 0;
    if (lexicon_find(units, text, &hit))
        return true;
    for (size_t at = 0; at < text.n;) {
        if (lexicon_longest(units, text, at, &hit)) {
            at += hit.length;
            pieces++;
            continue;
        }
        size_t begin = at;
        uint32_t c = text_next(text.p, text.n, &at);
        bool joint = c == '/' || c == 0xFF0F || c == 0xB7 || c == '.'; /* ／· */
        joint |= particle_at(s->g, text, begin, PARTICLE_PER) > 0;
        if (!joint || begin == 0)
            return false;
    }
    return pieces >= 2;
}

/* ---- names ---- */

/* Splits a name cell into number, #, name, unit and marks. A bracket that holds no unit stays. */
static void read_name(struct state *s, struct slice text, struct row *row)
{
    struct rule_match m;
    row->name = text;
    if (!rules_match(s->g->rules, PLACE_NAME, text, &m))
        return;
    struct slice unit = text_trim(m.field[FIELD_UNIT]);
    row->hash = m.field[FIELD_HASH].n > 0;
    row->marks = m.field[FIELD_MARKS];
    if (m.field[FIELD_NUMBER].n)
        row->number = m.field[FIELD_NUMBER];
    row->name = text_trim(m.field[FIELD_NAME]);
    if (!unit.n)
        return;
    if (is_unit(s, unit)) {
        row->unit = unit;
        return;
    }
    const char *end = m.field[FIELD_UNIT].p + m.field[FIELD_UNIT].n; /* the closing bracket follows */
    size_t bracket = (unsigned char)*end < 0x80 ? 1 : 3;
    row->name.n = (size_t)(end + bracket - row->name.p);
}

static bool is_measure(struct state *s, struct slice name)
{
    struct rule_match m;
    return rules_match(s->g->rules, PLACE_MEASURE, name, &m);
}

static bool is_dash(struct slice s)
{
    return slice_eq(s, SLICE("—")) || slice_eq(s, SLICE("-")) || slice_eq(s, SLICE("－")) ||
           slice_eq(s, SLICE("/"));
}

/* 森林增长 | 林地面积总量: a group; 饮用水水质达标率 | 城市: an indicator and its breakdown. */
static void read_inner_name(struct state *s, struct slice inner, struct row *row)
{
    struct row in = {0};
    read_name(s, inner, &in);
    if (in.unit.n)
        row->unit = in.unit;
    if (in.number.n && !row->number.n)
        row->number = in.number;
    if (in.marks.n)
        row->marks = in.marks;
    bool outer_is_indicator = row->unit.n > in.unit.n || is_measure(s, row->name);
    if (outer_is_indicator) {
        row->breakdown = in.name;
    } else {
        row->subcategory = row->name;
        row->name = in.name;
    }
}

/* The number at the front, in ASCII digits. */
static struct slice digits_of(struct plan *p, struct slice s)
{
    struct slice plain = quantity_plain(&p->arena, s);
    size_t n = 0;
    while (n < plain.n && plain.p[n] >= '0' && plain.p[n] <= '9')
        n++;
    return slice_of(plain.p, n);
}

/* 县应急局、县公安局 → 县应急局;县公安局 */
static struct slice join_bodies(struct plan *p, struct slice s)
{
    if (slice_find(s, SLICE("、")) < 0 && slice_find(s, SLICE("，")) < 0)
        return s;
    char *out = arena_text(&p->arena, s.n + 1);
    size_t n = 0;
    for (size_t at = 0; at < s.n;) {
        size_t begin = at;
        uint32_t c = text_next(s.p, s.n, &at);
        bool joint = c == 0x3001 || c == 0xFF0C;
        memcpy(out + n, joint ? ";" : s.p + begin, joint ? 1 : at - begin);
        n += joint ? 1 : at - begin;
    }
    return slice_of(out, n);
}

static bool row_has_values(const struct state *s, int r)
{
    for (int c = 0; c < s->t->cols; c++) {
        const struct cell *cell = cell_at(s->t, r, c);
        if (column_is_value(s->t->columns[c].role) && cell && cell->text.n)
            return true;
    }
    return false;
}

/* The outermost group; an inner group column is the subcategory. */
static void read_groups(const struct state *s, struct row *row)
{
    int seen = 0;
    row->category = s->group;
    for (int c = 0; c < s->t->cols; c++) {
        const struct cell *cell = cell_at(s->t, row->index, c);
        if (s->t->columns[c].role != COLUMN_GROUP || !cell || cell->col != c)
            continue;
        struct slice text = shared_text(s, cell);
        if (seen++ == 0)
            row->category = text.n ? text : s->group;
        else if (text.n)
            row->subcategory = text;
    }
}

static void join_group_row(struct state *s, struct row *row)
{
    if (!row->hash || !s->group_open)
        return;
    row->breakdown = row->name;
    row->name = s->group_name;
    if (!row->unit.n)
        row->unit = s->group_unit;
}

/* 约束性 or 预期性; other words in the column say nothing of it. */
static struct slice nature_of(struct state *s, struct slice text)
{
    struct rule_match m;
    if (slice_eq(text, s->nature_text))
        return s->nature;
    s->nature_text = text;
    s->nature = rules_match(s->g->rules, PLACE_NATURE, text, &m) ? m.field[FIELD_NATURE] : SLICE_NONE;
    return s->nature;
}

static void read_row(struct state *s, struct row *row)
{
    struct slice inner = text_of(s, row->index, COLUMN_BREAKDOWN);
    struct slice unit = text_of(s, row->index, COLUMN_UNIT);
    read_name(s, text_of(s, row->index, COLUMN_NAME), row);
    if (inner.n)
        read_inner_name(s, inner, row);
    if (unit.n)
        row->unit = is_dash(unit) ? SLICE_NONE : unit;
    row->unitless = is_dash(unit) || (!row->unit.n && particle_ends(s->g, row->name, PARTICLE_UNITLESS));
    struct slice number = digits_of(s->p, text_of(s, row->index, COLUMN_NUMBER));
    if (number.n)
        row->number = number;
    row->number = digits_of(s->p, row->number);
    if (row->number.n)
        s->row_no = row->number;
    row->number = s->row_no;
    struct slice subcategory = row->subcategory;
    read_groups(s, row);
    if (subcategory.n)
        row->subcategory = subcategory;
    row->nature = nature_of(s, text_of(s, row->index, COLUMN_NATURE));
    if (!row->nature.n)
        row->nature = s->box->nature;
    row->responsible = join_bodies(s->p, text_of(s, row->index, COLUMN_RESPONSIBLE));
    row->remark = text_of(s, row->index, COLUMN_REMARK);
}

/* ---- values ---- */

static const struct {
    const char *word;
    enum value_kind kind;
} kind_words[] = {
    {"number", VALUE_NUMBER},       {"range", VALUE_RANGE},
    {"grade", VALUE_GRADE},         {"relative", VALUE_RELATIVE},
    {"delegated", VALUE_DELEGATED}, {"qualitative", VALUE_QUALITATIVE},
    {"compound", VALUE_COMPOUND},   {"none", VALUE_NONE},
};

static enum value_kind kind_of(struct slice word)
{
    for (size_t i = 0; i < sizeof kind_words / sizeof *kind_words; i++)
        if (slice_eq(word, slice_cstr(kind_words[i].word)))
            return kind_words[i].kind;
    return VALUE_QUALITATIVE;
}

static struct slice comparator(struct state *s, struct slice word)
{
    struct lexicon_hit hit;
    if (!word.n || !lexicon_find(grammar_lexicon(s->g, LEX_COMPARATORS), word, &hit))
        return SLICE_NONE;
    return grammar_cell(s->g, LEX_COMPARATORS, hit.row, "op");
}

static struct slice grade(struct plan *p, struct slice s)
{
    static const char *const romans[] = {"I", "II", "III", "IV", "V", "VI"};
    static const char *const digits[] = {"1", "2", "3", "4", "5", "6"};
    struct slice roman = quantity_plain(&p->arena, s);
    for (size_t i = 0; i < 6; i++)
        if (slice_eq(roman, slice_cstr(romans[i])))
            return slice_cstr(digits[i]);
    return SLICE_NONE;
}

static void read_value(struct state *s, struct indicator *o)
{
    struct rule_match m;
    o->kind = o->raw.n ? VALUE_QUALITATIVE : VALUE_NONE;
    if (!o->raw.n || !rules_match(s->g->rules, PLACE_VALUE, o->raw, &m))
        return;
    struct slice unit = text_trim(m.field[FIELD_UNIT]);
    o->rule = m.rule;
    o->kind = kind_of(m.field[FIELD_KIND]);
    o->marks = text_trim(m.field[FIELD_MARKS]);
    if (unit.n && !is_unit(s, unit)) { /* words, not a unit: no figure to rely on */
        o->kind = VALUE_QUALITATIVE;
        return;
    }
    if (!m.field[FIELD_VALUE].n)
        return;
    o->value = o->kind == VALUE_GRADE ? grade(s->p, m.field[FIELD_VALUE]) : quantity_plain(&s->p->arena, m.field[FIELD_VALUE]);
    if (m.field[FIELD_HIGH].n)
        o->value_high = quantity_plain(&s->p->arena, m.field[FIELD_HIGH]);
    o->op = comparator(s, m.field[FIELD_OP]);
    if (!o->op.n)
        o->op = comparator(s, m.field[FIELD_POST]);
    if (!o->op.n)
        o->op = SLICE("=");
    o->basis = m.field[FIELD_BASIS].n ? m.field[FIELD_BASIS] : SLICE("level");
    if (m.field[FIELD_YEAR].n)
        o->base_year = numeral_count(m.field[FIELD_YEAR]);
    if (unit.n) {
        o->unit = unit;
        o->unit_code = unit_code(s, unit);
    }
}

static struct slice join_marks(struct plan *p, struct slice a, struct slice b)
{
    if (!a.n || !b.n)
        return a.n ? a : b;
    char *out = arena_text(&p->arena, a.n + b.n + 1);
    memcpy(out, a.p, a.n);
    memcpy(out + a.n, b.p, b.n);
    return slice_of(out, a.n + b.n);
}

static bool has_digit(struct slice s)
{
    for (size_t i = 0; i < s.n; i++)
        if (text_digit(s, i))
            return true;
    return false;
}

static void add_observation(struct state *s, const struct row *row, const struct cell *cell,
                            const struct column *column)
{
    struct plan *p = s->p;
    if (p->indicator_count == OBSERVATIONS_MAX) {
        plan_limit(p, "observations", OBSERVATIONS_MAX, cell->span);
        return;
    }
    struct indicator *o = arena_alloc(&p->arena, sizeof *o);
    o->box = s->box;
    o->id = plan_id(p, "o", ++p->indicator_count);
    o->cell = (struct cell *)cell;
    o->row_no = row->number;
    o->category = row->category;
    o->subcategory = row->subcategory;
    o->name = row->name;
    o->breakdown = row->breakdown;
    o->unit = column->unit.n ? column->unit : row->unit;
    o->unit_code = column->unit.n ? unit_code(s, column->unit) : row->unit_code;
    o->nature = row->nature;
    o->year = column->year;
    o->role = slice_cstr(column_names[column->role]);
    o->raw = cell->text;
    o->inherited = cell->from != NULL;
    o->responsible = row->responsible;
    o->remark = row->remark;
    o->span = cell->span;
    read_value(s, o);
    if (column->annual && slice_eq(o->basis, SLICE("level")))
        o->basis = SLICE("annual");
    if (o->kind == VALUE_QUALITATIVE && has_digit(o->raw))
        plan_diag(p, DIAG_VALUE_UNREAD, o->span, o->raw, SLICE_NONE);
    o->marks = join_marks(p, row->marks, o->marks);
    *p->indicators_end = o;
    p->indicators_end = &o->next;
}

/* ---- rows ---- */

static bool is_full_width(const struct table *t, int r)
{
    const struct cell *c = cell_at(t, r, 0);
    return t->cols > 1 && c && c->colspan == t->cols;
}

static struct span name_span(const struct state *s, const struct row *row)
{
    for (int c = s->t->cols; c-- > 0;) {
        const struct cell *cell = cell_at(s->t, row->index, c);
        if (cell && cell->text.n && (s->t->columns[c].role == COLUMN_NAME || s->t->columns[c].role == COLUMN_BREAKDOWN))
            return cell->span;
    }
    return s->box->head;
}

static void report_unit(struct state *s, const struct row *row)
{
    struct span span = plan_within(s->p, row->unit) ? plan_span(s->p, row->unit) : name_span(s, row);
    if (row->unit.n && !row->unit_code.n)
        plan_diag(s->p, DIAG_UNIT_UNKNOWN, span, row->unit, SLICE_NONE);
}

/* A number that nobody says the unit of. Said once a row. */
static void report_missing_unit(struct state *s, const struct row *row, const struct indicator *first)
{
    for (const struct indicator *o = first; o && !row->unitless; o = o->next)
        if (o->kind == VALUE_NUMBER && !o->unit.n) {
            plan_diag(s->p, DIAG_UNIT_MISSING, name_span(s, row), row->name, SLICE_NONE);
            return;
        }
}

/* A row with a name and no value opens a group; its # rows follow. */
static void open_group(struct state *s, const struct row *row)
{
    s->group_name = row->name;
    s->group_unit = row->unit;
    s->group_open = row->name.n > 0;
}

static void read_table_row(struct state *s, int r)
{
    struct row row = {.index = r};
    if (is_full_width(s->t, r)) {
        s->group = shared_text(s, cell_at(s->t, r, 0));
        s->group_open = false;
        return;
    }
    read_row(s, &row);
    if (!row.name.n)
        return;
    if (!row_has_values(s, r)) {
        open_group(s, &row);
        return;
    }
    if (!row.hash)
        s->group_open = false;
    join_group_row(s, &row);
    row.unit_code = unit_code(s, row.unit);
    report_unit(s, &row);
    struct indicator **first = s->p->indicators_end;
    for (int c = 0; c < s->t->cols; c++) {
        const struct cell *cell = cell_at(s->t, r, c);
        if (column_is_value(s->t->columns[c].role) && cell && cell->col == c)
            add_observation(s, &row, cell, &s->t->columns[c]);
    }
    report_missing_unit(s, &row, *first);
}

void extract_indicators(struct plan *p, struct grammar *g)
{
    for (struct box *b = p->boxes; b; b = b->next) {
        if (b->kind != BOX_INDICATORS && b->kind != BOX_COMPLETION)
            continue;
        struct state s = {.p = p, .g = g, .box = b, .t = &b->table};
        for (int r = b->table.header_rows; r < b->table.rows; r++)
            read_table_row(&s, r);
    }
}
