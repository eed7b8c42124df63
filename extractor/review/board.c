#include "review/board.h"

#include <stdlib.h>

static struct slice or_unknown(const struct board *b, struct slice s)
{
    return s.n ? s : board_text(b, "未知", "unknown");
}

static const char *level_word(const struct board *b, struct slice level)
{
    static const char *const words[][3] = {
        { "nation", "国家级", "nation" },
        { "province", "省级", "province" },
        { "prefecture", "地级", "prefecture" },
        { "county", "县级", "county" },
    };
    for (size_t i = 0; i < 4; i++)
        if (slice_eq(level, slice_cstr(words[i][0])))
            return words[i][b->lang == LANG_ZH ? 1 : 2];
    return b->lang == LANG_ZH ? "级别未知" : "level unknown";
}

/* 十四五（2021—2025 年）· 县级 · 生态环境保护：4 份规划 */
static struct slice peers_title(const struct board *b, struct sheet *s, const struct peers *p)
{
    bool zh = b->lang == LANG_ZH;
    struct slice period = p->period.n ? p->period : board_text(b, "规划期未知", "period unknown");
    struct slice field = p->field.n ? p->field : board_text(b, "领域未知", "field unknown");
    if (p->start_year && p->end_year)
        period =
            sheet_join(s, period, "",
                       sheet_text(s, zh ? "（%d—%d 年）" : " (%d-%d)", p->start_year, p->end_year));
    struct slice title = sheet_text(
        s, zh ? "%.*s · %s · %.*s：%zu 份规划" : "%.*s, %s, %.*s: %zu plan", (int)period.n,
        period.p, level_word(b, p->level), (int)field.n, field.p, p->count);
    return zh || p->count == 1 ? title : sheet_join(s, title, "s", SLICE_NONE);
}

/* Whether a peer is of the same region. */
static bool is_twice(const struct matrix *m, size_t plan)
{
    const struct peers *p = &m->peers[m->peers_of[plan]];
    for (size_t i = 0; i + 1 < p->count; i++)
        if ((p->plans[i] == plan || p->plans[i + 1] == plan) &&
            slice_eq(m->plans[p->plans[i]].region_name, m->plans[p->plans[i + 1]].region_name))
            return true;
    return false;
}

struct slice board_plan_name(const struct board *b, struct sheet *s, size_t plan)
{
    const struct panel_plan *p = &b->matrix->plans[plan];
    struct slice name = p->region_name.n ? p->region_name : p->id;
    if (!b->by_region)
        return is_twice(b->matrix, plan) ? sheet_join(s, name, " ", p->id) : name;
    struct slice period = sheet_join(s, or_unknown(b, p->period), " ", or_unknown(b, p->field));
    return sheet_join(s, name, " ", period);
}

struct sheet_column *board_column(struct sheet *s, struct slice key, struct slice head, size_t ref)
{
    struct sheet_column *c = sheet_column(s);
    c->key = key;
    c->head = head;
    c->ref = ref;
    return c;
}

struct sheet_column *board_plan_column(const struct board *b, struct sheet *s, size_t plan, int group, size_t ref)
{
    const struct panel_plan *p = &b->matrix->plans[plan];
    struct sheet_column *c = board_column(s, p->id, board_plan_name(b, s, plan), ref);
    c->group = group;
    c->placed = true;
    c->owner = plan + 1;
    c->sub = p->file;
    return c;
}

void board_note_unread(const struct board *b, struct sheet *s, size_t plan, struct sheet_group *g)
{
    if (!b->matrix->without_table[plan])
        return;
    struct slice before = g->note.n ? sheet_join(s, g->note, b->lang == LANG_ZH ? "、" : ", ", SLICE_NONE)
                                    : board_text(b, "没有读出指标表：", "no indicator table read: ");
    g->note = sheet_join(s, before, "", b->matrix->plans[plan].file);
}

static void by_peers(const struct board *b, struct sheet *s,
                     void (*add)(const struct board *, struct sheet *, size_t, int),
                     void (*close)(const struct board *, struct sheet *, size_t, int))
{
    const struct matrix *m = b->matrix;
    for (size_t i = 0; i < m->peer_count; i++) {
        sheet_group(s, peers_title(b, s, &m->peers[i]));
        for (size_t k = 0; k < m->peers[i].count; k++) {
            add(b, s, m->peers[i].plans[k], (int)i);
            board_note_unread(b, s, m->peers[i].plans[k], &s->groups[i]);
        }
        if (close)
            close(b, s, i, (int)i);
    }
}

/* Plans by region code, then by the end of their period. */
struct ordered {
    const struct panel_plan *plan;
    size_t index;
};

static int by_region(const void *left, const void *right)
{
    const struct ordered *a = left, *b = right;
    int by = slice_cmp(a->plan->region_code, b->plan->region_code);
    if (!by)
        by = (a->plan->end_year > b->plan->end_year) - (a->plan->end_year < b->plan->end_year);
    return by ? by : (a->index > b->index) - (a->index < b->index);
}

static void by_regions(const struct board *b, struct sheet *s,
                       void (*add)(const struct board *, struct sheet *, size_t, int))
{
    const struct matrix *m = b->matrix;
    struct ordered *order = mem_alloc((m->plan_count + 1) * sizeof *order);
    for (size_t i = 0; i < m->plan_count; i++)
        order[i] = (struct ordered){ &m->plans[i], i };
    qsort(order, m->plan_count, sizeof *order, by_region);
    for (size_t i = 0; i < m->plan_count; i++) {
        const struct panel_plan *p = order[i].plan;
        if (!i || !slice_eq(order[i - 1].plan->region_code, p->region_code))
            sheet_group(s, p->region_name.n ? p->region_name : or_unknown(b, p->region_code));
        add(b, s, order[i].index, (int)s->group_count - 1);
        board_note_unread(b, s, order[i].index, &s->groups[s->group_count - 1]);
    }
    free(order);
}

void board_plans(const struct board *b, struct sheet *s,
                 void (*add)(const struct board *b, struct sheet *s, size_t plan, int group),
                 void (*close)(const struct board *b, struct sheet *s, size_t peers, int group))
{
    if (b->by_region)
        by_regions(b, s, add);
    else
        by_peers(b, s, add, close);
    if (!s->group_count)
        sheet_group(s, board_text(b, "没有规划", "no plans"));
}

static struct slice reason(const struct board *b, enum panel_why why)
{
    static const char *const words[WHY_MAX][2] = {
        [WHY_FIRST] = { "几处数值相同，取第一处", "stated more than once, the first is shown" },
        [WHY_TABLE] = { "表格优先于行文", "a table goes before the prose" },
        [WHY_WHOLE] = { "全域优先于分项", "the whole goes before its parts" },
        [WHY_SEVERAL] = { "不止一处，数值不同或未必是一件事，未取", "several that differ or may be of different things, none is taken" },
        [WHY_BESIDE] = { "表中没有给数而行文给了，都列出，不排名次", "no figure in the table but one in the prose: both are shown, none is ranked" },
        [WHY_TOO_MANY] = { "太多，未逐一比较", "too many, not looked into" },
        [WHY_EMPTY] = { "原文未给数值", "no value is given" },
    };
    return words[why][0] ? board_text(b, words[why][0], words[why][1]) : SLICE_NONE;
}

static struct slice add(struct sheet *s, struct slice note, struct slice more)
{
    return more.n ? sheet_join(s, note, note.n ? "；" : "", more) : note;
}

struct slice board_shown(const struct board *b, struct sheet *s, const struct figure *f)
{
    if (f->inferred)
        return sheet_join(s, f->shown, "", board_text(b, "(推断)", "(inferred)"));
    if (f->of_the_period && !f->relative && f->why != WHY_SEVERAL && f->why != WHY_BESIDE)
        return sheet_join(s, f->shown, "", board_text(b, "(算作累计)", "(as of the period)"));
    return f->shown;
}

struct slice board_note(const struct board *b, struct sheet *s, const struct figure *f)
{
    struct slice note =
        f->year ? sheet_text(s, f->year_inferred ? "%d?" : "%d", f->year) : SLICE_NONE;
    note = sheet_join(s, note, note.n ? " " : "", f->record);
    note = sheet_join(s, note, " ", f->read);
    note = add(s, note, f->nature);
    if (f->year_inferred)
        note = add(s, note, board_text(b, "年份为推断", "year inferred"));
    if (f->basis_inferred)
        note = add(s, note, board_text(b, "口径按表下的注推断", "basis inferred from a note under the table"));
    if (f->from_change)
        note = add(s, note, board_text(b, "取自“年均/累计”栏", "from the column of changes"));
    if (f->of_the_period)
        note = add(s, note,
                   board_text(b, "按名称或基年算作规划期累计（推断）",
                              "taken for cumulative over the period by name or base year (inferred)"));
    note = add(s, note, reason(b, f->why));
    if (f->inferred)
        note = sheet_join(s, note, "；", board_text(b, "推断自 ", "inferred from "));
    note = sheet_join(s, note, "", f->note);
    return f->remark.n
               ? sheet_join(s, note,
                            b->lang == LANG_ZH ? "；原文注：" : "；note in the plan: ", f->remark)
               : note;
}

const char *board_legend(const struct board *b)
{
    return b->lang == LANG_ZH
               ? "约＝约束性、预＝预期性；[数]＝规划期累计，/年＝年均，(均值)＝几年的平均；(推断)＝由同一概念的另一指标"
                 "折算，(算作累计)＝按名称推断；*＝原文有注；用|隔开＝几处所述，未取。"
               : "约 binding, 预 expected; [n] over the period, /年 a year, (均值) a mean of years; (inferred): from another "
                 "indicator of the concept, (as of the period): taken for [n] by its name; * the source has a note; parted by |: "
                 "several, none is taken.";
}
