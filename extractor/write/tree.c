#include "write/tree.h"

#include "base/text.h"

enum {
    INDENT = 2,
    NOTES_AT_MOST = 64, /* the column of notes lies no farther right, in terminal columns */
};

struct tree {
    const struct plan *plan;
    struct buf *out;
    bool color;
    enum lang lang;
    size_t line_width, notes_at;
    const struct measure *measure; /* the first not yet counted */
    const struct indicator *indicator;
    const struct target *target;
    const struct project *project;
};

/* One line of the outline: a division or a box. */
struct entry {
    const struct node *node;
    struct slice label, title;
    size_t indent;
};

static const char *say(const struct tree *t, const char *zh, const char *en)
{
    return t->lang == LANG_ZH ? zh : en;
}

static void style(struct tree *t, const char *code)
{
    if (t->color)
        buf_str(t->out, code);
}

#define BOLD  "\033[1m"
#define DIM   "\033[2m"
#define CYAN  "\033[36m"
#define PLAIN "\033[0m"

/* Texts of the document must not steer the terminal: control chars are left out. */
static void put_text(struct tree *t, struct slice s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] >= 0x20 && s.p[i] != 0x7F)
            buf_char(t->out, s.p[i]);
}

/* ---- what is known of the document ---- */

static struct slice known(const struct tree *t, enum meta_id id)
{
    return t->plan->meta[id].value;
}

static void begin_fact(struct tree *t, const char *zh, const char *en)
{
    style(t, DIM);
    text_pad(slice_cstr(say(t, zh, en)), t->lang == LANG_ZH ? 6 : 10, false, t->out);
    style(t, PLAIN);
}

static void fact(struct tree *t, const char *zh, const char *en, const enum meta_id *ids,
                 size_t count)
{
    bool any = false;
    for (size_t i = 0; i < count; i++) {
        if (!known(t, ids[i]).n)
            continue;
        if (!any)
            begin_fact(t, zh, en);
        else
            buf_char(t->out, ' ');
        put_text(t, known(t, ids[i]));
        any = true;
    }
    if (any)
        buf_char(t->out, '\n');
}

static void write_period(struct tree *t)
{
    bool years = known(t, META_START_YEAR).n || known(t, META_END_YEAR).n;
    if (!known(t, META_PERIOD).n && !years)
        return;
    begin_fact(t, "时期", "period");
    put_text(t, known(t, META_PERIOD));
    if (years) {
        buf_str(t->out, say(t, "（", " ("));
        put_text(t, known(t, META_START_YEAR));
        buf_str(t->out, "–");
        put_text(t, known(t, META_END_YEAR));
        buf_str(t->out, say(t, "）", ")"));
    }
    if (known(t, META_HORIZON_YEAR).n) {
        buf_str(t->out, say(t, "，远景 ", ", vision "));
        put_text(t, known(t, META_HORIZON_YEAR));
    }
    buf_char(t->out, '\n');
}

static void write_inferred(struct tree *t)
{
    bool any = false;
    for (int i = 0; i < META_MAX; i++) {
        if (!t->plan->meta[i].inferred)
            continue;
        if (!any)
            begin_fact(t, "推断", "inferred");
        else
            buf_char(t->out, ' ');
        buf_str(t->out, meta_names[i]);
        any = true;
    }
    if (any)
        buf_char(t->out, '\n');
}

static void write_meta(struct tree *t)
{
    static const enum meta_id region[] = { META_REGION_NAME, META_REGION_CODE, META_REGION_LEVEL };
    static const enum meta_id field[] = { META_FIELD };
    static const enum meta_id issue[] = { META_DOC_NO, META_ISSUER, META_ISSUED_ON };
    style(t, BOLD);
    put_text(t, known(t, META_TITLE).n ? known(t, META_TITLE) : t->plan->source.file);
    style(t, PLAIN);
    buf_char(t->out, '\n');
    begin_fact(t, "编号", "id");
    buf_printf(t->out, "%s\n", t->plan->id);
    fact(t, "地区", "region", region, 3);
    fact(t, "领域", "field", field, 1);
    write_period(t);
    fact(t, "印发", "issued", issue, 3);
    write_inferred(t);
    buf_char(t->out, '\n');
}

/* ---- the entries ---- */

static bool is_entry(const struct node *n)
{
    return node_is_division(n->kind) || n->kind == NODE_BOX;
}

static size_t depth_of(const struct node *n)
{
    size_t depth = 0;
    for (const struct node *up = n->parent; up; up = up->parent)
        depth += is_entry(up);
    return depth;
}

static struct entry entry_of(const struct node *n)
{
    struct entry e = { .node = n, .indent = INDENT * depth_of(n) };
    e.label = n->kind == NODE_BOX ? n->u.box->label : n->u.section->label;
    e.title = n->kind == NODE_BOX ? n->u.box->title : n->u.section->title;
    return e;
}

/* The next division or box in document order; what is not one is not entered, but for the root. */
static const struct node *entry_after(const struct node *n)
{
    const struct node *next = n->first;
    for (;;) {
        while (next && !is_entry(next))
            next = next->next;
        if (next || !n)
            return next;
        next = n->next;
        n = n->parent;
    }
}

static size_t entry_width(const struct entry *e)
{
    size_t both = e->label.n && e->title.n;
    return e->indent + text_width(e->label) + both + text_width(e->title);
}

/* ---- counts beside an entry ---- */

static void note_count(struct tree *t, size_t count, bool *any, const char *zh, const char *en)
{
    if (!count)
        return;
    buf_str(t->out, *any ? say(t, "，", ", ") : "");
    buf_printf(t->out, "%zu %s%s", count, say(t, zh, en),
               t->lang == LANG_EN && count > 1 ? "s" : "");
    *any = true;
}

static size_t count_children(const struct node *n, enum node_kind a, enum node_kind b)
{
    size_t count = 0;
    for (const struct node *child = n->first; child; child = child->next)
        count += child->kind == a || child->kind == b;
    return count;
}

/* Records come in document order, so each list is gone through once. */
static size_t count_measures(struct tree *t, const struct node *n)
{
    size_t count = 0;
    while (t->measure && t->measure->span.begin < n->span.begin)
        t->measure = t->measure->next;
    for (; t->measure && t->measure->section == n->u.section; t->measure = t->measure->next)
        count++;
    return count;
}

static size_t count_observations(struct tree *t, const struct box *b)
{
    size_t count = 0;
    while (t->indicator && t->indicator->box != b &&
           t->indicator->box->node->span.begin < b->node->span.begin)
        t->indicator = t->indicator->next;
    for (; t->indicator && t->indicator->box == b; t->indicator = t->indicator->next)
        count++;
    return count;
}

static size_t count_targets(struct tree *t, const struct node *n)
{
    size_t count = 0;
    while (t->target && t->target->span.begin < n->span.begin)
        t->target = t->target->next;
    for (; t->target && t->target->section == n->u.section; t->target = t->target->next)
        count++;
    return count;
}

/* Programmes and, apart from them, the projects inside. */
static void count_projects(struct tree *t, const struct box *b, size_t *programmes, size_t *projects)
{
    while (t->project && t->project->span.begin < b->node->span.begin)
        t->project = t->project->next;
    for (; t->project && t->project->box == b; t->project = t->project->next)
        ++*(t->project->parent ? projects : programmes);
}

static void note_box(struct tree *t, const struct box *b)
{
    static const char *const kinds[BOX_KIND_MAX] = { "指标", "完成情况", "项目", "文字" };
    bool any = true;
    size_t programmes = 0, projects = 0;
    buf_str(t->out, say(t, kinds[b->kind], box_kind_names[b->kind]));
    if (b->table.rows)
        buf_printf(t->out, " %d×%d", b->table.rows, b->table.cols);
    note_count(t, count_observations(t, b), &any, "个观测值", "observation");
    count_projects(t, b, &programmes, &projects);
    note_count(t, programmes, &any, "项工程", "programme");
    note_count(t, projects, &any, "个项目", "project");
}

static void note_division(struct tree *t, const struct node *n)
{
    bool any = false;
    note_count(t, count_children(n, NODE_PARA, NODE_DASH), &any, "段", "paragraph");
    note_count(t, count_measures(t, n), &any, "条举措", "measure");
    note_count(t, count_targets(t, n), &any, "个目标值", "target");
}

/* ---- writing ---- */

static void write_line_number(struct tree *t, const struct node *n)
{
    struct buf digits = { 0 };
    const struct section *s = node_is_division(n->kind) ? n->u.section : NULL;
    bool own = s && s->head.end > s->head.begin;
    buf_uint(&digits, plan_line(t->plan, own ? s->head.begin : n->span.begin));
    style(t, DIM);
    text_pad(buf_view(&digits), t->line_width, true, t->out);
    style(t, PLAIN);
    buf_str(t->out, "  ");
    buf_done(&digits);
}

static void write_entry(struct tree *t, const struct entry *e)
{
    bool is_box = e->node->kind == NODE_BOX;
    write_line_number(t, e->node);
    text_pad(SLICE_NONE, e->indent, false, t->out);
    style(t, is_box ? CYAN : e->node->u.section->level <= 1 ? BOLD : "");
    put_text(t, e->label);
    if (e->label.n && e->title.n)
        buf_char(t->out, ' ');
    put_text(t, e->title);
    style(t, PLAIN);
    size_t end = t->out->n;
    size_t width = entry_width(e);
    text_pad(SLICE_NONE, t->notes_at > width ? t->notes_at - width : 0, false, t->out);
    buf_str(t->out, "  ");
    size_t notes = t->out->n;
    style(t, DIM);
    if (is_box)
        note_box(t, e->node->u.box);
    else
        note_division(t, e->node);
    if (t->out->n <= notes + (t->color ? sizeof DIM - 1 : 0))
        t->out->n = end; /* nothing to note: no blanks at the line's end */
    else
        style(t, PLAIN);
    buf_char(t->out, '\n');
}

static void measure_columns(struct tree *t)
{
    struct buf digits = { 0 };
    buf_uint(&digits, t->plan->source.line_count);
    t->line_width = digits.n;
    buf_done(&digits);
    for (const struct node *n = entry_after(t->plan->root); n; n = entry_after(n)) {
        struct entry e = entry_of(n);
        size_t width = entry_width(&e);
        if (width > t->notes_at && width <= NOTES_AT_MOST)
            t->notes_at = width;
    }
}

void tree_write(const struct plan *p, bool color, enum lang lang, struct buf *out)
{
    struct tree t = { .plan = p,
                      .out = out,
                      .color = color,
                      .lang = lang,
                      .measure = p->measures,
                      .indicator = p->indicators,
                      .target = p->targets,
                      .project = p->projects };
    write_meta(&t);
    measure_columns(&t);
    for (const struct node *n = entry_after(p->root); n; n = entry_after(n)) {
        struct entry e = entry_of(n);
        write_entry(&t, &e);
    }
}
