#include "review/board.h"

#include "review/joint.h"

enum have {
    HAVE_NOT,
    HAVE_SIBLING,
    HAVE_JOINT,
    HAVE_PARTS,
    HAVE_BLANK,
    HAVE_PAST,
    HAVE_EXPECTED,
    HAVE_BINDING,
    HAVE_MAX
};

struct gaps {
    const struct board *board;
    size_t *rows;  /* of the matrix */
    bool *binding; /* of each row and peer group: some plan has it binding */
};

enum { REF_CODE, REF_NAME, REF_BINDING, REF_LACKING, REF_PLAN };
enum { REF_BITS = 3 };

static bool is_binding(const struct figure *f)
{
    return f && slice_eq(f->nature, SLICE("约束性"));
}

static bool is_given(const struct figure *f)
{
    return f && !slice_eq(f->kind, SLICE("none"));
}

/* The next other indicator of the concept from *at on, or NULL. */
static const struct matrix_row *next_sibling(const struct matrix *m, const struct matrix_row *row, size_t *at)
{
    while (row->concept.n && *at < m->count) {
        const struct matrix_row *other = &m->rows[(*at)++];
        if (other != row && slice_eq(other->concept, row->concept))
            return other;
    }
    return NULL;
}

static const struct figure *target_of(const struct matrix_row *row, size_t plan)
{
    const struct matrix_cell *c = matrix_cell(row, plan);
    return c && is_given(c->role[MATRIX_TARGET]) ? c->role[MATRIX_TARGET] : NULL;
}

/* What the plan says of the last period or of the state at its beginning. */
static const struct figure *past_of(const struct matrix_row *row, size_t plan)
{
    static const enum matrix_role past[] = { MATRIX_LAST, MATRIX_ACTUAL, MATRIX_BASE };
    const struct matrix_cell *c = matrix_cell(row, plan);
    for (size_t i = 0; c && i < 3; i++)
        if (is_given(c->role[past[i]]))
            return c->role[past[i]];
    return NULL;
}

/* What the plan has of the other indicators of the concept. */
static const struct figure *of_siblings(const struct matrix *m, const struct matrix_row *row, size_t plan,
                                        const struct figure *(*of)(const struct matrix_row *, size_t))
{
    const struct matrix_row *other;
    const struct figure *found = NULL;
    for (size_t at = 0; !found && (other = next_sibling(m, row, &at));)
        found = of(other, plan);
    return found;
}

/* A target of the plan that names this indicator beside others. */
static const struct figure *joint_of(const struct matrix *m, const struct matrix_row *row, size_t plan)
{
    struct buf code = {0};
    const struct matrix_row *of = joint_code(row->code, &code) ? matrix_row(m, buf_view(&code)) : NULL;
    buf_done(&code);
    const struct figure *f = of ? target_of(of, plan) : NULL;
    struct slice own = of ? joint_own_name(row->name, of->name) : SLICE_NONE;
    return f && own.n && slice_find(f->read, own) >= 0 ? f : NULL;
}

/* The same for the indicator or another one of its concept: 重点行业氨氮减排量. */
static const struct figure *joint(const struct matrix *m, const struct matrix_row *row, size_t plan)
{
    const struct matrix_row *other;
    const struct figure *found = joint_of(m, row, plan);
    for (size_t at = 0; !found && (other = next_sibling(m, row, &at));)
        found = joint_of(m, other, plan);
    return found;
}

/* The other way: a target of the plan for one of those that a joint one names, or for another one of its concept. */
static const struct figure *parts(const struct matrix *m, const struct matrix_row *row, size_t plan)
{
    ptrdiff_t dot = slice_find(row->code, SLICE("."));
    struct slice front = slice_of(row->code.p, dot < 0 ? 0 : (size_t)dot + 1);
    struct slice end = slice_of(row->code.p + front.n, row->code.n - front.n);
    if (!front.n || slice_find(end, SLICE(".")) >= 0)
        return NULL;
    for (size_t i = 0; i < m->count; i++) {
        struct slice code = m->rows[i].code;
        if (code.n <= row->code.n || !slice_starts(code, front) || !slice_ends(code, end) ||
            code.p[code.n - end.n - 1] != '.' || !joint_own_name(m->rows[i].name, row->name).n)
            continue;
        const struct figure *f = target_of(&m->rows[i], plan);
        if (f || (f = of_siblings(m, &m->rows[i], plan, target_of)))
            return f;
    }
    return NULL;
}

/* What a plan has of an indicator, and the figure that shows it. */
static enum have have_of(const struct matrix *m, const struct matrix_row *row, size_t plan,
                         const struct figure **f)
{
    const struct matrix_cell *c = matrix_cell(row, plan);
    const struct figure *own = c ? c->role[MATRIX_TARGET] : NULL;
    *f = own;
    if (is_given(own) && !own->inferred)
        return is_binding(own) ? HAVE_BINDING : HAVE_EXPECTED;
    if ((*f = of_siblings(m, row, plan, target_of)))
        return HAVE_SIBLING;
    if ((*f = joint(m, row, plan)))
        return HAVE_JOINT;
    if ((*f = parts(m, row, plan)))
        return HAVE_PARTS;
    if ((*f = own) && !own->inferred)
        return HAVE_BLANK;
    if ((*f = past_of(row, plan)) || (*f = of_siblings(m, row, plan, past_of)))
        return HAVE_PAST;
    return HAVE_NOT;
}

/* ---- cells ---- */

static const struct matrix_row *row_at(const struct sheet *s, size_t at)
{
    const struct gaps *x = s->data;
    return &x->board->matrix->rows[x->rows[at]];
}

static void plan_cell(struct sheet *s, const struct matrix_row *row, size_t plan,
                      struct sheet_cell *out)
{
    static const char *const words[HAVE_MAX][2] = {
        [HAVE_NOT] = { "缺", "lacking" },
        [HAVE_SIBLING] = { "同类指标", "another of the concept" },
        [HAVE_JOINT] = { "合并指标", "in a joint one" },
        [HAVE_PARTS] = { "分列指标", "its parts" },
        [HAVE_BLANK] = { "列出而无值", "no value given" },
        [HAVE_PAST] = { "仅有上期", "past only" },
        [HAVE_EXPECTED] = { "有", "present" },
        [HAVE_BINDING] = { "约束性", "binding" },
    };
    static const int heats[HAVE_MAX] = {
        [HAVE_PAST] = 300,  [HAVE_SIBLING] = 500,  [HAVE_JOINT] = 500,   [HAVE_PARTS] = 500,
        [HAVE_BLANK] = 300, [HAVE_EXPECTED] = 750, [HAVE_BINDING] = 1000
    };
    const struct board *b = ((const struct gaps *)s->data)->board;
    const struct figure *f;
    enum have have = have_of(b->matrix, row, plan, &f);
    struct slice word = board_text(b, words[have][0], words[have][1]);
    if (have == HAVE_EXPECTED && f->nature.n)
        word = f->nature;
    out->text = word;
    out->heat = heats[have];
    if (!f)
        return;
    out->place = f->place;
    out->note = board_note(b, s, f);
    out->brief = have == HAVE_PAST ? word : sheet_join(s, word, " ", board_shown(b, s, f));
}

static void count_cell(struct sheet *s, const struct matrix_row *row, const struct peers *p,
                       size_t ref, struct sheet_cell *out)
{
    const struct matrix *m = ((const struct gaps *)s->data)->board->matrix;
    size_t n = 0;
    for (size_t i = 0; i < p->count; i++) {
        const struct figure *f;
        enum have have = have_of(m, row, p->plans[i], &f);
        n += ref == REF_BINDING ? have == HAVE_BINDING : have == HAVE_NOT;
    }
    out->text = sheet_text(s, "%zu", n);
}

static void give_cell(struct sheet *s, size_t at, size_t column, struct sheet_cell *out)
{
    const struct gaps *x = s->data;
    const struct matrix *m = x->board->matrix;
    const struct matrix_row *row = row_at(s, at);
    size_t of = s->columns[column].ref >> REF_BITS,
           ref = s->columns[column].ref & ((1u << REF_BITS) - 1);
    size_t peers = ref == REF_PLAN ? m->peers_of[of] : of;
    if (ref == REF_CODE)
        out->text = row->code;
    else if (ref == REF_NAME)
        out->text = row->name;
    else if (!x->binding[x->rows[at] * m->peer_count + peers])
        return;
    else if (ref == REF_PLAN)
        plan_cell(s, row, of, out);
    else
        count_cell(s, row, &m->peers[peers], ref, out);
}

static struct slice give_heading(const struct sheet *s, size_t at)
{
    const struct gaps *x = s->data;
    return x->board->headings[x->rows[at]];
}

/* ---- the sheet ---- */

static void add_plan(const struct board *b, struct sheet *s, size_t plan, int group)
{
    board_plan_column(b, s, plan, group, plan << REF_BITS | REF_PLAN);
}

static void add_counts(const struct board *b, struct sheet *s, size_t peers, int group)
{
    bool one = b->matrix->peer_count == 1;
    struct sheet_column *c =
        board_column(s, one ? SLICE("binding") : sheet_text(s, "peers%zu.binding", peers + 1),
                     board_text(b, "约束", "binding"), peers << REF_BITS | REF_BINDING);
    c->group = group;
    c->number = true;
    c = board_column(s, one ? SLICE("lacking") : sheet_text(s, "peers%zu.lacking", peers + 1),
                     board_text(b, "缺", "lacking"), peers << REF_BITS | REF_LACKING);
    c->group = group;
    c->number = true;
}

static void find_binding(const struct board *b, struct gaps *x, struct sheet *s)
{
    const struct matrix *m = b->matrix;
    for (size_t i = 0; i < m->count; i++) {
        bool any = false;
        for (size_t k = 0; k < m->rows[i].count && matrix_wanted(m, m->rows[i].code); k++) {
            const struct matrix_cell *c = &m->rows[i].cells[k];
            if (!is_binding(c->role[MATRIX_TARGET]) || !is_given(c->role[MATRIX_TARGET]) ||
                c->role[MATRIX_TARGET]->inferred)
                continue;
            x->binding[i * m->peer_count + m->peers_of[c->plan]] = any = true;
        }
        if (any)
            x->rows[s->rows++] = i;
    }
}

void board_gaps(const struct board *b, struct sheet *s)
{
    const struct matrix *m = b->matrix;
    sheet_init(s, "gaps");
    struct gaps *x = arena_alloc(&s->arena, sizeof *x);
    x->board = b;
    x->rows = arena_alloc(&s->arena, (m->count + 1) * sizeof *x->rows);
    x->binding = arena_alloc(&s->arena, m->count * m->peer_count + 1);
    find_binding(b, x, s);
    s->data = x;
    s->cell = give_cell;
    s->heading = b->headings ? give_heading : NULL;
    s->title =
        board_text(b, "约束性指标的有无", "Binding indicators: who has them, who lacks them");
    board_column(s, SLICE("indicator_code"), SLICE("code"), REF_CODE)->part = SHEET_DATA;
    board_column(s, SLICE("indicator"), board_text(b, "指标", "indicator"), REF_NAME);
    board_plans(b, s, add_plan, add_counts);
    s->notes[0] =
        b->lang == LANG_ZH
            ? "列出同期同级同领域的规划中至少有一份定为约束性的指标。“有”：有目标而未标属性；“同类"
              "指标”：定了同一概念的另一指标（天数与比率）；“合并指标”：含在几个指标合写的一条里，“"
              "分列指标”反之；“仅有上期”：它或同类指标只在上期完成情况或现状中出现，不计入“缺”。"
            : "Indicators that at least one plan of the period, level and field has as binding. "
              "present: a target "
              "without a nature; another of the concept: days instead of percent; in a joint one: "
              "named in one row with others; its parts: the reverse; past only: it or another of the concept is in the account of "
              "the last period or as base only, not counted as lacking.";
}
