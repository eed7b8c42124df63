#include "review/tally.h"

#include <stdlib.h>

void tally_init(struct tally *t, size_t plan_count)
{
    *t = (struct tally){ .plan_count = plan_count };
    arena_init(&t->arena);
    t->totals = arena_alloc(&t->arena, (plan_count + 1) * sizeof *t->totals);
}

void tally_done(struct tally *t)
{
    index_done(&t->by_code);
    arena_done(&t->arena);
}

static struct tally_row *row_of(struct tally *t, struct slice code, struct slice name)
{
    const size_t *at = index_get(&t->by_code, code);
    if (at)
        return &t->rows[*at];
    t->rows = arena_grow(&t->arena, t->rows, t->count, sizeof *t->rows);
    struct tally_row *row = &t->rows[t->count];
    *row = (struct tally_row){ .code = slice_of(arena_dup(&t->arena, code.p, code.n), code.n),
                               .name = slice_of(arena_dup(&t->arena, name.p, name.n), name.n),
                               .cells = arena_alloc(&t->arena,
                                                    (t->plan_count + 1) * sizeof *row->cells) };
    *index_put(&t->by_code, row->code) = t->count++;
    return row;
}

void tally_add(struct tally *t, struct slice code, struct slice name, size_t plan, uint64_t amount,
               uint32_t line, uint32_t col)
{
    struct tally_row *row = row_of(t, code, name);
    struct tally_cell *c = &row->cells[plan];
    if (!c->count++) {
        c->line = line;
        c->col = col;
    }
    c->amount += amount;
    row->total++;
    t->totals[plan] += amount;
}

static int by_total(const void *left, const void *right)
{
    const struct tally_row *a = left, *b = right;
    int by =
        (a->code.n && a->code.p[0] == '-') - (b->code.n && b->code.p[0] == '-'); /* none: last */
    if (!by)
        by = (a->total < b->total) - (a->total > b->total);
    return by ? by : slice_cmp(a->code, b->code);
}

static void sort_rows(struct tally *t)
{
    if (t->count)
        qsort(t->rows, t->count, sizeof *t->rows, by_total);
}

/* ---- sheets ---- */

enum { REF_CODE, REF_NAME, REF_TOTAL, REF_PLAN };
enum { REF_BITS = 2 };

struct tally_sheet {
    const struct board *board;
    const struct tally *tally;
    bool share;
};

/* part of whole in percent, one place, halves up; exact. */
static struct slice percent(struct sheet *s, uint64_t part, uint64_t whole)
{
    struct decimal p = { part, 0 }, w = { whole, 0 }, share;
    p.mantissa *= 100;
    return whole && decimal_quotient(p, w, 1, &share) ? sheet_number(s, share) : SLICE_NONE;
}

static uint64_t most_of(const struct tally_sheet *x, const struct tally_row *row)
{
    uint64_t most = 0;
    for (size_t i = 0; i < x->tally->plan_count; i++)
        most = row->cells[i].count > most ? row->cells[i].count : most;
    return most;
}

static int heat_of(const struct tally_sheet *x, const struct tally_row *row, size_t plan)
{
    const struct tally_cell *c = &row->cells[plan];
    uint64_t whole = x->share ? x->tally->totals[plan] : most_of(x, row);
    uint64_t part = x->share ? c->amount * 3 : c->count; /* a third of the text is full heat */
    return !whole ? -1 : part >= whole ? 1000 : (int)(part * 1000 / whole);
}

static void plan_cell(struct sheet *s, const struct tally_row *row, size_t plan,
                      struct sheet_cell *out)
{
    const struct tally_sheet *x = s->data;
    const struct tally_cell *c = &row->cells[plan];
    struct slice file = x->board->matrix->plans[plan].file;
    bool zh = x->board->lang == LANG_ZH;
    if (!c->count)
        return;
    out->heat = heat_of(x, row, plan);
    out->place = sheet_join(s, file, "", sheet_text(s, ":%u:%u", c->line, c->col));
    if (x->share) {
        out->text = percent(s, c->amount, x->tally->totals[plan]);
        out->brief = sheet_join(s, out->text, "%", sheet_text(s, " (%u)", c->count));
        out->note = sheet_text(
            s, zh ? "%u 条措施，%llu 字，共 %llu 字" : "%u measures, %llu of %llu chars", c->count,
            (unsigned long long)c->amount, (unsigned long long)x->tally->totals[plan]);
    } else {
        out->text = sheet_text(s, "%u", c->count);
        out->note = board_text(x->board, "位置为第一处", "the place is that of the first");
    }
}

/* Of the plans of one group; empty where none has any. */
static void total_cell(struct sheet *s, const struct tally_row *row, size_t peers, struct sheet_cell *out)
{
    const struct tally_sheet *x = s->data;
    uint64_t total = 0;
    for (size_t i = 0; i < x->tally->plan_count; i++)
        if (x->board->matrix->peers_of[i] == peers)
            total += row->cells[i].count;
    if (total)
        out->text = sheet_text(s, "%llu", (unsigned long long)total);
}

static void give_cell(struct sheet *s, size_t at, size_t column, struct sheet_cell *out)
{
    const struct tally_sheet *x = s->data;
    const struct tally_row *row = &x->tally->rows[at];
    size_t ref = s->columns[column].ref & ((1u << REF_BITS) - 1),
           of = s->columns[column].ref >> REF_BITS;
    if (ref == REF_CODE)
        out->text = row->code;
    else if (ref == REF_NAME)
        out->text = row->name;
    else if (ref == REF_TOTAL)
        total_cell(s, row, of, out);
    else
        plan_cell(s, row, of, out);
}

static void add_plan(const struct board *b, struct sheet *s, size_t plan, int group)
{
    board_plan_column(b, s, plan, group, plan << REF_BITS | REF_PLAN)->number = true;
}

static void add_total(const struct board *b, struct sheet *s, size_t peers, int group)
{
    bool one = b->matrix->peer_count == 1;
    struct sheet_column *c =
        board_column(s, one ? SLICE("total") : sheet_text(s, "peers%zu.total", peers + 1),
                     board_text(b, "合计", "total"), peers << REF_BITS | REF_TOTAL);
    c->group = group;
    c->number = true;
}

static void make(const struct board *b, struct tally *t, const char *what, bool share,
                 struct sheet *s)
{
    sort_rows(t);
    sheet_init(s, what);
    struct tally_sheet *x = arena_alloc(&s->arena, sizeof *x);
    *x = (struct tally_sheet){ b, t, share };
    s->data = x;
    s->rows = t->count;
    s->cell = give_cell;
    s->amounts = true;
    board_column(s, SLICE("code"), SLICE("code"), REF_CODE)->part = SHEET_DATA;
    board_column(s, share ? SLICE("theme") : SLICE("agency"),
                 share ? board_text(b, "主题", "theme") : board_text(b, "职能部门", "function"), REF_NAME);
    board_plans(b, s, add_plan, add_total);
}

void board_themes(const struct board *b, struct tally *t, struct sheet *s)
{
    make(b, t, "themes", true, s);
    s->title = board_text(b, "主题：措施文字的份额", "Themes: share of the text of measures");
    s->notes[0] =
        b->lang == LANG_ZH
            ? "份额＝该主题的措施的字数 ÷ 全部措施的字数，四舍五入到 0.1%；括号内为措施条数，@ "
              "为第一条的位置；合计为各规划的措施条数。没有主题句的段落不算措施。"
            : "Share: chars of the theme's measures by those of all measures, rounded to 0.1 %; in "
              "brackets the "
              "number of measures, @ the place of the first; total: measures of all plans.";
}

void board_agencies(const struct board *b, struct tally *t, struct sheet *s)
{
    make(b, t, "agencies", false, s);
    s->title = board_text(b, "部门：职责条数", "Agencies: number of duties");
    s->notes[0] = b->lang == LANG_ZH
                      ? "同一职能的机构（生态环境局、生态环境部门）合为一行；@ 为第一处的位置。"
                      : "Bodies with one function share a row; @ is the place of the first.";
}
