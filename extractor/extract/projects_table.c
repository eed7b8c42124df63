/* Projects in tables: cells of prose with programmes, and rows that are a project each. */
#include "extract/projects_reader.h"

#include "base/particle.h"
#include "base/text.h"
#include "extract/quantity.h"

enum {
    PIECES_MAX = 64,  /* projects in one cell */
    TOTAL_BYTES = 30, /* of 合　计（万元） */
};

/* What the columns hold; -1: none does. */
struct columns {
    int number, name, contents, amount, place, count;
};

static const struct cell *cell_at(const struct table *t, int row, int col)
{
    return col < 0 ? NULL : t->grid[row * t->cols + col];
}

static const struct cell *head_of(const struct table *t, int col)
{
    return t->header_rows ? cell_at(t, t->header_rows - 1, col) : NULL;
}

/* What the lexicon of headers notes of a column: contents of a project, their number. */
static bool header_notes(struct projects_reader *r, const struct table *t, int col, const char *word)
{
    struct lexicon_hit hit;
    const struct cell *head = head_of(t, col);
    if (!head || !lexicon_find(grammar_lexicon(r->g, LEX_HEADERS), text_without_blanks(&r->p->arena, head->text), &hit))
        return false;
    return slice_starts(grammar_cell(r->g, LEX_HEADERS, hit.row, "note"), slice_cstr(word));
}

static void set(int *column, int c)
{
    if (*column < 0)
        *column = c;
}

static struct columns find_columns(struct projects_reader *r, const struct table *t)
{
    struct columns out = {-1, -1, -1, -1, -1, -1};
    for (int c = 0; c < t->cols; c++) {
        enum column_role role = t->columns[c].role;
        if (role == COLUMN_NUMBER)
            set(&out.number, c);
        else if (role == COLUMN_AMOUNT)
            set(&out.amount, c);
        else if (role == COLUMN_PLACE)
            set(&out.place, c);
        else if (role == COLUMN_PROJECT && header_notes(r, t, c, "contents"))
            set(&out.contents, c);
        else if (role == COLUMN_PROJECT && header_notes(r, t, c, "count"))
            set(&out.count, c);
        else if (role == COLUMN_PROJECT || (role == COLUMN_NAME && out.name < 0))
            out.name = out.name < 0 || role == COLUMN_PROJECT ? c : out.name;
    }
    return out;
}

/* ---- rows that are a project ---- */

/* The unit in a header: 总投资（亿元）; empty: none. */
static struct slice header_unit(struct projects_reader *r, const struct table *t, int col)
{
    struct lexicon_hit hit;
    for (int row = t->header_rows; row-- > 0;) {
        const struct cell *head = cell_at(t, row, col);
        struct slice s = head ? head->text : SLICE_NONE;
        for (size_t at = 0; at < s.n; text_next(s.p, s.n, &at)) {
            uint32_t c = text_first(slice_of(s.p + at, s.n - at));
            size_t begin = at + (c == '(' ? 1 : 3);
            if ((c == 0xFF08 || c == '(') && begin < s.n &&
                lexicon_longest(grammar_lexicon(r->g, LEX_UNITS), s, begin, &hit))
                return slice_of(s.p + begin, hit.length);
        }
    }
    return SLICE_NONE;
}

/* The first run of digits, with its point and thousands; *end is behind it. */
static struct slice number_in(struct slice s, size_t *end)
{
    size_t begin = 0;
    while (begin < s.n && (s.p[begin] < '0' || s.p[begin] > '9'))
        begin++;
    size_t n = begin;
    while (n < s.n && ((s.p[n] >= '0' && s.p[n] <= '9') || ((s.p[n] == '.' || s.p[n] == ',') && n + 1 < s.n &&
                                                            s.p[n + 1] >= '0' && s.p[n + 1] <= '9')))
        n++;
    *end = n;
    return slice_of(s.p + begin, n - begin);
}

/* 约8000, 1.2亿元: the unit of the cell goes before that of the header. */
static struct slice amount_of(struct projects_reader *r, const struct table *t, int row, int col)
{
    struct lexicon_hit hit;
    const struct cell *cell = cell_at(t, row, col);
    size_t end;
    if (!cell || cell->from || cell->row != row)
        return SLICE_NONE;
    struct slice value = number_in(cell->text, &end);
    struct slice unit = header_unit(r, t, col);
    if (end < cell->text.n && lexicon_longest(grammar_lexicon(r->g, LEX_UNITS), cell->text, end, &hit))
        unit = slice_of(cell->text.p + end, hit.length);
    return value.n && unit.n ? projects_in_ten_thousands(r, value, unit) : SLICE_NONE;
}

bool extract_is_total(struct plan *p, struct grammar *g, const struct table *t, int row)
{
    for (int c = 0; c < t->cols; c++) {
        const struct cell *cell = cell_at(t, row, c);
        if (!cell || cell->from || cell->row != row || cell->text.n > TOTAL_BYTES)
            continue;
        struct slice plain = text_without_blanks(&p->arena, cell->text);
        if (particle_at(g, plain, 0, PARTICLE_TOTAL))
            return true;
    }
    return false;
}

static bool is_item_end(uint32_t c)
{
    return c == '\n' || c == '\r' || c == 0xFF1B || c == ';';
}

/* The projects of a cell: its lines, and what ； parts. */
static size_t pieces_of(struct slice s, struct slice *out)
{
    size_t n = 0, begin = 0;
    for (size_t at = 0; at <= s.n && n < PIECES_MAX;) {
        size_t here = at;
        uint32_t c = at < s.n ? text_next(s.p, s.n, &at) : '\n';
        if (!is_item_end(c))
            continue;
        struct slice one = text_trim(slice_of(s.p + begin, here - begin));
        if (one.n)
            out[n++] = one;
        begin = at;
        if (here >= s.n)
            break;
    }
    return n;
}

/* 1.青龙水库工程: the number in the cell of the name goes before that of the row. */
static void set_title(struct projects_reader *r, struct project *o, const struct cell *number)
{
    struct rule_match m;
    o->title = o->text;
    o->no = number && !number->from ? number->text : SLICE_NONE;
    if (!rules_match(r->g->rules, PLACE_PROGRAMME, o->text, &m) || !m.field[FIELD_NUMBER].n)
        return;
    o->no = m.field[FIELD_NUMBER];
    o->title = text_trim(m.field[FIELD_TITLE]);
    o->rule = m.rule;
}

/* A row with the name of a project, or of several, each of which is inside it. */
static void read_row(struct projects_reader *r, const struct table *t, int row, const struct columns *at)
{
    const struct cell *name = cell_at(t, row, at->name), *place = cell_at(t, row, at->place);
    const struct cell *contents = cell_at(t, row, at->contents), *count = cell_at(t, row, at->count);
    struct slice pieces[PIECES_MAX];
    size_t end;
    struct project *o = projects_add(r, NULL, name->span);
    o->text = name->text;
    set_title(r, o, cell_at(t, row, at->number));
    o->amount = amount_of(r, t, row, at->amount);
    o->places = place ? place->text : SLICE_NONE;
    o->count = count ? number_in(count->text, &end) : SLICE_NONE;
    size_t n = pieces_of(plan_slice(r->p, name->span), pieces);
    for (size_t i = 0; n > 1 && i < n; i++) {
        struct project *one = projects_add(r, o, plan_span(r->p, pieces[i]));
        one->title = one->text = pieces[i];
    }
    if (n <= 1 && contents && contents->row == row && !contents->from)
        projects_read_contents(r, o, plan_slice(r->p, contents->span));
}

/* ---- tables ---- */

/* Whether the rows are a project each: there is a column of names, and one of what is said of them. */
static bool has_rows(const struct columns *c)
{
    return c->name >= 0 && (c->contents >= 0 || c->amount >= 0 || c->place >= 0);
}

static void set_group(struct projects_reader *r, const struct table *t, int row, int column)
{
    const struct cell *group = column > 0 ? cell_at(t, row, column - 1) : NULL;
    r->group = group && t->columns[column - 1].role != COLUMN_NUMBER ? group->text : SLICE_NONE;
    if (r->group.n > ROW_TEXT_MAX) {
        plan_limit(r->p, "row-text", ROW_TEXT_MAX, group->span);
        r->group = SLICE_NONE;
    }
}

/* The column of prose: the last one of projects, else the last. */
static int prose_column(const struct table *t)
{
    for (int c = t->cols; c-- > 0;)
        if (t->columns[c].role == COLUMN_PROJECT)
            return c;
    return t->cols - 1;
}

void projects_read_table(struct projects_reader *r)
{
    const struct table *t = &r->box->table;
    struct columns columns = find_columns(r, t);
    bool rows = has_rows(&columns);
    int column = rows ? columns.name : prose_column(t);
    for (int row = t->header_rows; row < t->rows; row++) {
        const struct cell *cell = cell_at(t, row, column);
        set_group(r, t, row, column);
        projects_close(r);
        if (!cell || cell->row != row || cell->from || !cell->text.n || extract_is_total(r->p, r->g, t, row))
            continue;
        if (rows && cell->text.n <= ROW_TEXT_MAX)
            read_row(r, t, row, &columns);
        else
            projects_read_lines(r, cell->span);
    }
    projects_close(r);
}
