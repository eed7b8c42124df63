#include "review/board.h"

#include <stdlib.h>

/* What a column shows, in the low bits of its ref; the plan or peer group in the rest. */
enum show {
    SHOW_CODE,
    SHOW_NAME,
    SHOW_UNIT,
    SHOW_DIRECTION, /* of the row */
    SHOW_SHOWN,
    SHOW_NATURE,
    SHOW_RANK,
    SHOW_VALUE,
    SHOW_BASE,
    SHOW_ACTUAL, /* of a plan */
    SHOW_COUNT,
    SHOW_LEAST,
    SHOW_MEDIAN,
    SHOW_MOST /* of peers */
};

enum { SHOW_BITS = 4 };

struct rows {
    const struct board *board;
    size_t *rows; /* of the matrix */
};

static const struct matrix_row *row_at(const struct sheet *s, size_t row)
{
    const struct rows *r = s->data;
    return &r->board->matrix->rows[r->rows[row]];
}

/* ---- columns ---- */

static struct sheet_column *add(struct sheet *s, struct slice key, struct slice head,
                                enum show show, size_t of)
{
    struct sheet_column *c = board_column(s, key, head, of << SHOW_BITS | (size_t)show);
    c->number = show >= SHOW_COUNT || show == SHOW_VALUE || show == SHOW_RANK;
    return c;
}

static void add_key_columns(const struct board *b, struct sheet *s)
{
    add(s, SLICE("indicator_code"), SLICE("code"), SHOW_CODE, 0)->part = SHEET_DATA;
    add(s, SLICE("indicator"), board_text(b, "指标", "indicator"), SHOW_NAME, 0);
    add(s, SLICE("unit"), board_text(b, "单位", "unit"), SHOW_UNIT, 0);
    add(s, SLICE("direction"), board_text(b, "向", "dir"), SHOW_DIRECTION, 0);
}

static void add_plan(const struct board *b, struct sheet *s, size_t plan, int group)
{
    static const struct {
        const char *key;
        const char *head[2];
        enum show show;
        enum sheet_part part;
        bool placed;
    } columns[] = {
        { "shown", { NULL, NULL }, SHOW_SHOWN, SHEET_MAIN, true },
        { "nature", { "属性", "nature" }, SHOW_NATURE, SHEET_SUFFIX, false },
        { "rank", { "名次", "rank" }, SHOW_RANK, SHEET_SUFFIX, false },
        { "target", { "目标", "target" }, SHOW_VALUE, SHEET_DATA, false },
        { "base", { "现状", "base" }, SHOW_BASE, SHEET_LINE, true },
        { "actual", { "完成", "actual" }, SHOW_ACTUAL, SHEET_LINE, true },
    };
    struct slice name = board_plan_name(b, s, plan), id = b->matrix->plans[plan].id;
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        const char *head = columns[i].head[b->lang == LANG_ZH ? 0 : 1];
        struct sheet_column *c = add(s, sheet_join(s, id, ".", slice_cstr(columns[i].key)),
                                     head ? slice_cstr(head) : name, columns[i].show, plan);
        c->group = group;
        c->sub = b->matrix->plans[plan].file;
        c->owner = plan + 1;
        c->part = columns[i].part;
        c->placed = columns[i].placed;
    }
}

static void add_spread(const struct board *b, struct sheet *s, size_t peers, int group)
{
    static const char *const heads[][3] = { { "count", "份数", "n" },
                                            { "min", "最小", "min" },
                                            { "median", "中位", "median" },
                                            { "max", "最大", "max" } };
    for (int i = 0; i < 4; i++) {
        struct slice key = b->matrix->peer_count > 1
                               ? sheet_text(s, "peers%zu.%s", peers + 1, heads[i][0])
                               : slice_cstr(heads[i][0]);
        add(s, key, board_text(b, heads[i][1], heads[i][2]), (enum show)(SHOW_COUNT + i), peers)
            ->group = group;
    }
}

/* ---- cells ---- */

static void give_figure(struct sheet *s, const struct figure *f, bool year, struct sheet_cell *out)
{
    const struct rows *r = s->data;
    if (!f)
        return;
    out->text = board_shown(r->board, s, f);
    out->place = f->place;
    out->note = board_note(r->board, s, f);
    if (year && f->year)
        out->brief = sheet_join(s, sheet_text(s, "%d ", f->year), "", out->text);
}

static void plan_cell(struct sheet *s, const struct matrix_row *row, size_t plan, enum show show,
                      struct sheet_cell *out)
{
    const struct matrix_cell *c = matrix_cell(row, plan);
    const struct board *b = ((const struct rows *)s->data)->board;
    if (!c)
        return;
    const struct figure *target = c->role[MATRIX_TARGET];
    if (show == SHOW_SHOWN) {
        give_figure(s, target, false, out);
        out->heat = c->heat;
        if (c->other_basis)
            out->note =
                sheet_join(s, out->note, " ",
                           board_text(b, "口径不同，不排名次", "another basis, not ranked"));
    } else if (show == SHOW_NATURE && target) {
        out->text = target->nature;
        out->brief = slice_of(target->nature.p, target->nature.n >= 3 ? 3 : 0);
    } else if (show == SHOW_RANK && c->rank) {
        out->text = sheet_text(s, "%d", c->rank);
        out->brief = sheet_text(s, "#%d", c->rank);
    } else if (show == SHOW_VALUE && target) {
        out->text = target->value;
    } else if (show == SHOW_BASE || show == SHOW_ACTUAL) {
        const struct figure *f = c->role[show == SHOW_BASE ? MATRIX_BASE : MATRIX_ACTUAL];
        if (f && !slice_eq(f->kind, SLICE("none")))
            give_figure(s, f, true, out);
    }
}

static void peers_cell(struct sheet *s, const struct spread *spread, enum show show,
                       struct sheet_cell *out)
{
    if (!spread->count)
        return;
    if (show == SHOW_COUNT)
        out->text = sheet_text(s, "%zu", spread->count);
    else if (spread->count > 1)
        out->text = sheet_number(s, show == SHOW_LEAST    ? spread->least
                                    : show == SHOW_MEDIAN ? spread->median
                                                          : spread->most);
}

static void give_cell(struct sheet *s, size_t at, size_t column, struct sheet_cell *out)
{
    const struct matrix_row *row = row_at(s, at);
    size_t of = s->columns[column].ref >> SHOW_BITS;
    enum show show = (enum show)(s->columns[column].ref & ((1u << SHOW_BITS) - 1));
    if (show == SHOW_CODE) {
        out->text = row->code;
    } else if (show == SHOW_NAME) {
        out->text = row->name;
    } else if (show == SHOW_UNIT) {
        out->text = row->unit;
    } else if (show == SHOW_DIRECTION) {
        out->text = row->direction == DIRECTION_UP     ? SLICE("up")
                    : row->direction == DIRECTION_DOWN ? SLICE("down")
                                                       : SLICE_NONE;
        out->brief = row->direction == DIRECTION_UP     ? SLICE("↑")
                     : row->direction == DIRECTION_DOWN ? SLICE("↓")
                                                        : SLICE_NONE;
    } else if (show >= SHOW_COUNT) {
        peers_cell(s, &row->spreads[of], show, out);
    } else {
        plan_cell(s, row, of, show, out);
    }
}

static struct slice give_heading(const struct sheet *s, size_t at)
{
    const struct rows *r = s->data;
    return r->board->headings[r->rows[at]];
}

/* ---- the sheet ---- */

static size_t plans_with(const struct matrix_row *row)
{
    size_t n = 0;
    for (size_t i = 0; i < row->count; i++)
        for (int k = 0; k <= MATRIX_ACTUAL; k++)
            if (row->cells[i].role[k]) {
                n++;
                break;
            }
    return n;
}

void board_indicators(const struct board *b, struct sheet *s)
{
    const struct matrix *m = b->matrix;
    sheet_init(s, "indicators");
    struct rows *rows = arena_alloc(&s->arena, sizeof *rows);
    rows->board = b;
    rows->rows = arena_alloc(&s->arena, (m->count + 1) * sizeof *rows->rows);
    for (size_t i = 0; i < m->count; i++)
        if (plans_with(&m->rows[i]) >= b->least_plans)
            rows->rows[s->rows++] = i;
    s->data = rows;
    s->cell = give_cell;
    s->heading = b->headings ? give_heading : NULL;
    s->title = board_text(b, "指标比较", "Indicators compared");
    add_key_columns(b, s);
    board_plans(b, s, add_plan, add_spread);
    size_t n = 0;
    s->notes[n++] = b->lang == LANG_ZH
                        ? "格中：目标（首选单位），#名次（1 "
                          "最好，同期同级同领域的规划之间；数同，>95 先于 ≥95、95），@行:列 为原文位置；次行为现状、完成。"
                        : "Cells: target (preferred unit), #rank (1 best, "
                          "among plans of one period, level "
                          "and field; at one number >95 before 95), @line:col in the source; below it base and actual.";
    s->notes[n++] = b->lang == LANG_ZH ? "向：↑越高越好 ↓越低越好。" : "dir: up or down is better.";
    s->notes[n++] = board_legend(b);
}
