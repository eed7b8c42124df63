#include "review/board.h"
#include "review/ratchet.h"

#include <stdlib.h>

enum show {
    SHOW_PLAN,
    SHOW_REGION,
    SHOW_PERIOD,
    SHOW_CODE,
    SHOW_NAME,
    SHOW_UNIT,
    SHOW_TARGET,
    SHOW_NATURE,
    SHOW_VALUE,
    SHOW_SUPERIOR,
    SHOW_SUPERIOR_REGION,
    SHOW_SUPERIOR_PLAN,
    SHOW_STRICTNESS,
    SHOW_SUPERIOR_GAP,
    SHOW_SUPERIOR_SHARE,
    SHOW_BASE,
    SHOW_BASE_GAP,
    SHOW_BASE_SHARE,
    SHOW_LAST,
    SHOW_LAST_GAP,
    SHOW_LAST_SHARE,
    SHOW_MEDIAN,
    SHOW_NEIGHBOURS,
    SHOW_MEDIAN_GAP,
    SHOW_MEDIAN_SHARE,
    SHOW_MAX
};

static const struct {
    const char *key;
    const char *head[2];
    size_t owner;
    enum sheet_part part;
    bool placed;
} columns[SHOW_MAX] = {
    [SHOW_PLAN] = { "plan_id", { "规划", "plan" }, 0, SHEET_DATA, false },
    [SHOW_REGION] = { "region_name", { "地区", "region" }, 0, SHEET_DATA, false },
    [SHOW_PERIOD] = { "period", { "规划期", "period" }, 0, SHEET_DATA, false },
    [SHOW_CODE] = { "indicator_code", { "代码", "code" }, 0, SHEET_DATA, false },
    [SHOW_NAME] = { "indicator", { "指标", "indicator" }, 0, SHEET_MAIN, false },
    [SHOW_UNIT] = { "unit", { "单位", "unit" }, 0, SHEET_MAIN, false },
    [SHOW_TARGET] = { "target", { "本规划", "target" }, 1, SHEET_MAIN, true },
    [SHOW_NATURE] = { "nature", { "属性", "nature" }, 1, SHEET_SUFFIX, false },
    [SHOW_VALUE] = { "target_value", { "数值", "value" }, 1, SHEET_DATA, false },
    [SHOW_SUPERIOR] = { "superior", { "上级", "superior" }, 2, SHEET_MAIN, true },
    [SHOW_SUPERIOR_REGION] = { "superior_region",
                               { "上级地区", "region" },
                               2,
                               SHEET_SUFFIX,
                               false },
    [SHOW_SUPERIOR_PLAN] = { "superior_plan_id", { "上级规划", "plan" }, 2, SHEET_DATA, false },
    [SHOW_STRICTNESS] = { "strictness", { "", "" }, 2, SHEET_LINE, false },
    [SHOW_SUPERIOR_GAP] = { "superior_gap", { "差", "gap" }, 2, SHEET_LINE, false },
    [SHOW_SUPERIOR_SHARE] = { "superior_gap_percent", { "", "" }, 2, SHEET_SUFFIX, false },
    [SHOW_BASE] = { "base", { "现状", "base" }, 3, SHEET_MAIN, true },
    [SHOW_BASE_GAP] = { "base_gap", { "差", "gap" }, 3, SHEET_LINE, false },
    [SHOW_BASE_SHARE] = { "base_gap_percent", { "", "" }, 3, SHEET_SUFFIX, false },
    [SHOW_LAST] = { "last_target", { "上期目标", "last target" }, 4, SHEET_MAIN, true },
    [SHOW_LAST_GAP] = { "last_gap", { "差", "gap" }, 4, SHEET_LINE, false },
    [SHOW_LAST_SHARE] = { "last_gap_percent", { "", "" }, 4, SHEET_SUFFIX, false },
    [SHOW_MEDIAN] = { "neighbour_median", { "邻居中位", "neighbours" }, 5, SHEET_MAIN, false },
    [SHOW_NEIGHBOURS] = { "neighbours", { "", "" }, 5, SHEET_SUFFIX, false },
    [SHOW_MEDIAN_GAP] = { "median_gap", { "差", "gap" }, 5, SHEET_LINE, false },
    [SHOW_MEDIAN_SHARE] = { "median_gap_percent", { "", "" }, 5, SHEET_SUFFIX, false },
};

struct ratchets {
    const struct board *board;
    struct ratchet *all;
    struct slice *headings; /* of each plan: its title and file */
};

/* plan: whose heading the cell stands under. */
static void give_figure(struct sheet *s, size_t plan, const struct figure *f, bool year,
                        struct sheet_cell *out)
{
    if (!f)
        return;
    const struct ratchets *x = s->data;
    out->text = board_shown(x->board, s, f);
    if (year && f->year)
        out->brief = sheet_join(s, sheet_text(s, "%d ", f->year), "", out->text);
    out->place = f->place;
    out->far = !slice_starts(f->place, x->board->matrix->plans[plan].file);
    out->note = board_note(x->board, s, f);
}

static void give_gap(struct sheet *s, const struct gap *g, bool share, struct sheet_cell *out)
{
    struct decimal zero = { 0, 0 }, d = share ? g->share : g->absolute;
    if (!g->known || (share && !g->has_share))
        return;
    bool above = decimal_compare(d, zero) > 0;
    out->text = sheet_number(s, d);
    out->brief = sheet_join(s, above ? SLICE("+") : SLICE_NONE, "", out->text);
    if (share)
        out->brief = sheet_join(s, SLICE("("), "", sheet_join(s, out->brief, "%)", SLICE_NONE));
}

static void give_strictness(struct sheet *s, const struct board *b, const struct ratchet *r, struct sheet_cell *out)
{
    static const char *const words[][3] = {
        [CLAIM_UNKNOWN] = { "incomparable", "不可比", "not comparable" },
        [CLAIM_EQUAL] = { "equal", "与上级相同", "as the superior" },
        [CLAIM_STRICTER] = { "stricter", "严于上级", "stricter" },
        [CLAIM_LOOSER] = { "looser", "宽于上级", "looser" },
    };
    if (r->delegated) {
        out->text = SLICE("delegated");
        out->brief = board_text(b, "由上级下达", "set by the superior");
    } else if (r->superior) {
        out->text = slice_cstr(words[r->strictness][0]);
        out->brief = board_text(b, words[r->strictness][1], words[r->strictness][2]);
        if (r->skips)
            out->brief = sheet_join(s, out->brief, "", board_text(b, "（隔级）", " (a level between)"));
        else if (r->strictness != CLAIM_EQUAL && r->strictness != CLAIM_UNKNOWN)
            out->heat = r->strictness == CLAIM_STRICTER ? 1000 : 0;
    }
}

static void plan_cell(const struct ratchets *x, const struct ratchet *r, enum show show,
                      struct sheet_cell *out)
{
    const struct panel_plan *p = &x->board->matrix->plans[r->plan];
    const struct matrix_row *row = &x->board->matrix->rows[r->row];
    out->text = show == SHOW_PLAN     ? p->id
                : show == SHOW_REGION ? p->region_name
                : show == SHOW_PERIOD ? p->period
                : show == SHOW_CODE   ? row->code
                : show == SHOW_NAME   ? row->name
                                      : row->unit;
}

static void superior_cell(struct sheet *s, const struct ratchet *r, enum show show,
                          struct sheet_cell *out)
{
    const struct ratchets *x = s->data;
    if (show == SHOW_SUPERIOR)
        give_figure(s, r->plan, r->superior, false, out);
    else if (show == SHOW_STRICTNESS)
        give_strictness(s, x->board, r, out);
    else if (show == SHOW_SUPERIOR_GAP || show == SHOW_SUPERIOR_SHARE)
        give_gap(s, &r->to_superior, show == SHOW_SUPERIOR_SHARE, out);
    else if (r->superior)
        out->text = show == SHOW_SUPERIOR_REGION
                        ? x->board->matrix->plans[r->superior_plan].region_name
                        : x->board->matrix->plans[r->superior_plan].id;
}

static void past_cell(struct sheet *s, const struct ratchet *r, enum show show,
                      struct sheet_cell *out)
{
    if (show == SHOW_BASE || show == SHOW_LAST)
        give_figure(s, r->plan, show == SHOW_BASE ? r->base : r->last, true, out);
    else if (show == SHOW_BASE_GAP || show == SHOW_BASE_SHARE)
        give_gap(s, &r->to_base, show == SHOW_BASE_SHARE, out);
    else
        give_gap(s, &r->to_last, show == SHOW_LAST_SHARE, out);
}

static void median_cell(struct sheet *s, const struct ratchet *r, enum show show,
                        struct sheet_cell *out)
{
    if (!r->neighbours)
        return;
    if (show == SHOW_MEDIAN)
        out->text = sheet_number(s, r->median);
    else if (show == SHOW_NEIGHBOURS) {
        out->text = sheet_text(s, "%zu", r->neighbours);
        out->brief = sheet_text(s, "n=%zu", r->neighbours);
    } else
        give_gap(s, &r->to_median, show == SHOW_MEDIAN_SHARE, out);
}

static void give_cell(struct sheet *s, size_t at, size_t column, struct sheet_cell *out)
{
    const struct ratchets *x = s->data;
    const struct ratchet *r = &x->all[at];
    enum show show = (enum show)s->columns[column].ref;
    if (show <= SHOW_UNIT) {
        plan_cell(x, r, show, out);
    } else if (show == SHOW_TARGET) {
        give_figure(s, r->plan, r->target, false, out);
    } else if (show == SHOW_NATURE) {
        out->text = r->target->nature;
        out->brief = slice_of(out->text.p, out->text.n >= 3 ? 3 : 0);
    } else if (show == SHOW_VALUE) {
        out->text = r->target->value;
    } else if (show <= SHOW_SUPERIOR_SHARE) {
        superior_cell(s, r, show, out);
    } else if (show <= SHOW_LAST_SHARE) {
        past_cell(s, r, show, out);
    } else {
        median_cell(s, r, show, out);
    }
}

static struct slice give_heading(const struct sheet *s, size_t at)
{
    const struct ratchets *x = s->data;
    return x->headings[x->all[at].plan];
}

static void make_headings(struct ratchets *x, struct sheet *s)
{
    const struct matrix *m = x->board->matrix;
    x->headings = arena_alloc(&s->arena, (m->plan_count + 1) * sizeof *x->headings);
    for (size_t i = 0; i < m->plan_count; i++) {
        const struct panel_plan *p = &m->plans[i];
        x->headings[i] = sheet_join(s, p->title.n ? p->title : p->id, "  ", p->file);
    }
}

static void done(void *data)
{
    struct ratchets *x = data;
    free(x->all);
}

void board_ratchet(const struct board *b, size_t superior, struct sheet *s)
{
    sheet_init(s, "ratchet");
    struct ratchets *x = arena_alloc(&s->arena, sizeof *x);
    x->board = b;
    s->rows = ratchet_of(b->matrix, superior, &x->all);
    make_headings(x, s);
    s->data = x;
    s->done = done;
    s->cell = give_cell;
    s->heading = give_heading;
    s->title = board_text(b, "与上级、自己的过去和邻居相比",
                          "Targets beside the superior, the own past and the neighbours");
    struct sheet_group *g =
        sheet_group(s, board_text(b, "目标减去所比的数", "target minus what it is compared with"));
    for (size_t i = 0; i < b->matrix->plan_count; i++)
        board_note_unread(b, s, i, g);
    for (int i = 0; i < SHOW_MAX; i++) {
        struct sheet_column *c =
            board_column(s, slice_cstr(columns[i].key), board_text(b, columns[i].head[0], columns[i].head[1]), (size_t)i);
        c->group = i < SHOW_TARGET ? -1 : 0;
        c->owner = columns[i].owner;
        c->part = columns[i].part;
        c->placed = columns[i].placed;
    }
    s->notes[0] =
        b->lang == LANG_ZH
            ? "差以首选单位计，单位为 % 的，差是百分点；括号内为占所比之数的百分比，四舍五入到 "
              "0.1%。只比口径（水平、累计、年均）相同的数。"
            : "Gaps in the preferred unit (percentage points where that is %); in brackets in "
              "percent of what it is "
              "compared with, rounded to 0.1 %. Only figures of one basis are compared.";
    s->notes[1] = b->lang == LANG_ZH
                      ? "上级：同期、同领域（没有时用规划纲要）、最近一级上级地区的规划；邻居：同期"
                        "、同级、同领域、同属一个上级地区的其他规划。"
                      : "Superior: the plan of the nearest higher region of the same period and "
                        "field, or else outline; "
                        "neighbours: other plans of the period, level, field and parent region.";
    s->notes[2] = board_legend(b);
}
