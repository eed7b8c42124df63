#include "write/diff_text.h"

#include "base/text.h"
#include "write/diff_label.h"

#define RED "\033[31m"
#define GREEN "\033[32m"
#define YELLOW "\033[33m"
#define GREY "\033[90m"
#define BOLD "\033[1m"
#define PLAIN "\033[0m"

struct writer {
    const struct diff *d;
    enum lang lang;
    bool color;
    struct buf *out;
    struct buf cell;
};

static const char *say(const struct writer *w, const char *zh, const char *en)
{
    return w->lang == LANG_ZH ? zh : en;
}

static void paint(struct writer *w, const char *color)
{
    if (w->color)
        buf_str(w->out, color);
}

static void pad(struct writer *w, size_t width, size_t to)
{
    for (; width < to; width++)
        buf_char(w->out, ' ');
}

/* Left-aligned in so many columns, and two more. */
static void column(struct writer *w, struct slice s, size_t width)
{
    buf_slice(w->out, s);
    pad(w, text_width(s), width);
    buf_str(w->out, "  ");
}

static void number(struct writer *w, size_t n, size_t width)
{
    w->cell.n = 0;
    buf_uint(&w->cell, n);
    pad(w, w->cell.n, width);
    buf_slice(w->out, buf_view(&w->cell));
}

static void heading(struct writer *w, const char *text)
{
    buf_char(w->out, '\n');
    paint(w, BOLD);
    buf_printf(w->out, "%s\n", text);
    paint(w, PLAIN);
}

static void place(struct writer *w, const struct side sides[2])
{
    paint(w, GREY);
    for (int s = 0, any = 0; s < 2; s++) {
        if (!sides[s].there)
            continue;
        buf_str(w->out, any ? " → " : "");
        label_place(w->d, s, sides[s].span, w->out);
        any = 1;
    }
    paint(w, PLAIN);
    buf_char(w->out, '\n');
}

/* ---- head and summary ---- */

static void head_line(struct writer *w, int side)
{
    const struct plan *p = w->d->plan[side];
    paint(w, BOLD);
    buf_printf(w->out, "%s  ", label_side(side, w->lang));
    if (p->meta[META_TITLE].value.n)
        buf_slice(w->out, p->meta[META_TITLE].value);
    else
        buf_str(w->out, say(w, "（无标题）", "(no title)"));
    paint(w, PLAIN);
    paint(w, GREY);
    buf_printf(w->out, "  %s  ", p->id);
    buf_slice(w->out, p->source.file);
    paint(w, PLAIN);
    buf_char(w->out, '\n');
}

static void summary_row(struct writer *w, enum diff_group group)
{
    const struct group *g = &w->d->group[group];
    bool any = false;
    column(w, slice_cstr(label_group(group, w->lang)), 10);
    number(w, g->count[0], 5);
    number(w, g->count[1], 6);
    number(w, g->paired, 6);
    number(w, g->same, 6);
    buf_str(w->out, "  ");
    for (int k = 0; k < CHANGE_MAX; k++) {
        if (!g->changes[k])
            continue;
        buf_printf(w->out, "%s%s %zu", any ? say(w, "，", ", ") : "", label_change((enum change_kind)k, w->lang),
                   g->changes[k]);
        any = true;
    }
    buf_char(w->out, '\n');
}

static void sharing_line(struct writer *w, int side)
{
    const struct sharing *n = &w->d->sharing[side];
    const char *this = label_side(side, w->lang), *other = label_side(!side, w->lang);
    if (w->lang == LANG_ZH)
        buf_printf(w->out, "%s %zu 字：与%s共用 ", this, n->all, other);
    else
        buf_printf(w->out, "%s, %zu chars: shared with %s ", this, n->all, other);
    label_share(n->taken, n->all, w->out);
    buf_str(w->out, say(w, "%，套语 ", "%, common formulas "));
    label_share(n->formula, n->all, w->out);
    buf_str(w->out, say(w, "%，独有 ", "%, own "));
    label_share(n->own, n->all, w->out);
    buf_str(w->out, "%\n");
}

static void summary(struct writer *w)
{
    head_line(w, 0);
    head_line(w, 1);
    heading(w, say(w, "摘要", "Summary"));
    column(w, SLICE(""), 10);
    buf_printf(w->out, "%s\n", say(w, "   甲    乙  成对  不变  变化", "    A     B pairs  same  changes"));
    for (int i = 0; i < DIFF_GROUP_MAX; i++)
        if (label_shown(w->d, (enum diff_group)i))
            summary_row(w, (enum diff_group)i);
    if (w->d->only >> DIFF_WORDING & 1) {
        heading(w, say(w, "共用文字", "Shared text"));
        sharing_line(w, 0);
        sharing_line(w, 1);
    }
    w->cell.n = 0;
    label_limits(w->d, w->lang, say(w, "提示：", "note: "), "\n", &w->cell);
    if (w->cell.n) {
        buf_char(w->out, '\n');
        buf_slice(w->out, buf_view(&w->cell));
    }
}

/* ---- promises of two periods ---- */

static int side_of_claim(const struct writer *w, const struct claim *c)
{
    return c->plan == w->d->plan[1];
}

static void promise_places(struct writer *w, const struct promise *p)
{
    const struct claim *claims[] = {p->promised, p->restated, p->reached, p->next_target};
    buf_str(w->out, "    ");
    paint(w, GREY);
    for (size_t i = 0, any = 0; i < 4; i++) {
        if (!claims[i])
            continue;
        buf_str(w->out, any ? "  " : "");
        label_place(w->d, side_of_claim(w, claims[i]), claims[i]->span, w->out);
        any = 1;
    }
    if (p->mention.end) {
        buf_str(w->out, "  ");
        label_place(w->d, !w->d->older, p->mention, w->out);
    }
    paint(w, PLAIN);
    buf_char(w->out, '\n');
}

/* The columns of the promises; what follows the last is as long as it likes. */
enum { CELL_NAME, CELL_PROMISED, CELL_RESTATED, CELL_REACHED, CELL_RESULT, CELL_JUDGED, CELL_NEXT, CELLS };

static void promise_cell(const struct writer *w, const struct promise *p, int column, struct buf *out)
{
    const struct claim *claims[CELLS] = {
        [CELL_PROMISED] = p->promised, [CELL_RESTATED] = p->restated, [CELL_REACHED] = p->reached, [CELL_NEXT] = p->next_target};
    out->n = 0;
    if (column == CELL_NAME)
        buf_slice(out, p->name);
    else if (column == CELL_RESULT)
        buf_str(out, label_result(p, w->lang));
    else if (column == CELL_JUDGED)
        buf_slice(out, p->judged.n ? p->judged : SLICE("·"));
    else
        label_claim(claims[column], p->note.n > 0, w->lang, out);
}

/* Widths of the columns, by what stands in them. */
static void promise_widths(struct writer *w, const char *const heads[CELLS], size_t width[CELLS])
{
    for (int i = 0; i < CELLS; i++)
        width[i] = text_width(slice_cstr(heads[i]));
    for (const struct promise *p = w->d->promises; p; p = p->next) {
        for (int i = 0; i < CELLS; i++) {
            promise_cell(w, p, i, &w->cell);
            size_t n = text_width(buf_view(&w->cell)), most = i ? 30 : 44;
            n = n > most ? most : n;
            width[i] = n > width[i] ? n : width[i];
        }
    }
}

static void promise_line(struct writer *w, const struct promise *p, const size_t width[CELLS])
{
    const char *strict = label_strictness(p->strictness, w->lang);
    buf_str(w->out, "  ");
    for (int i = 0; i < CELLS; i++) {
        promise_cell(w, p, i, &w->cell);
        if (i == CELL_RESULT)
            paint(w, p->result == RESULT_MET ? GREEN : p->result == RESULT_MISSED ? RED : "");
        column(w, buf_view(&w->cell), width[i]);
        if (i == CELL_RESULT)
            paint(w, PLAIN);
    }
    label_trend(p, w->lang, w->out);
    if (p->next_target && *strict)
        buf_printf(w->out, "%s%s", say(w, "、", ", "), strict);
    buf_str(w->out, label_beside(p, w->lang));
    if (p->note.n) {
        buf_str(w->out, "  ");
        buf_slice(w->out, p->note);
    }
    if (p->differs) {
        paint(w, YELLOW);
        buf_str(w->out, say(w, "  新规划所记目标与原规划不同", "  the new plan restates another target"));
        paint(w, PLAIN);
    }
    buf_char(w->out, '\n');
    promise_places(w, p);
}

static void promises(struct writer *w)
{
    const char *heads[CELLS] = {say(w, "指标", "indicator"),         say(w, "原定目标", "promised"),
                                  say(w, "新规划所记", "as restated"), say(w, "达到", "reached"),
                                  say(w, "结果", "result"),            say(w, "新规划自评", "its own word"),
                                  say(w, "新定目标", "new target")};
    size_t width[CELLS];
    if (!w->d->periods)
        return;
    heading(w, say(w, "目标与完成", "Promises and results"));
    promise_widths(w, heads, width);
    buf_str(w->out, "  ");
    for (int i = 0; i < CELLS; i++)
        column(w, slice_cstr(heads[i]), width[i]);
    buf_printf(w->out, "%s\n", say(w, "新目标比完成", "beside what was reached"));
    for (const struct promise *p = w->d->promises; p; p = p->next)
        promise_line(w, p, width);
}

/* ---- changes ---- */

static const char *color_of(const struct change *c)
{
    bool gain = c->kind == CHANGE_ADDED || c->kind == CHANGE_GIVEN;
    return gain ? GREEN : c->kind == CHANGE_DROPPED || c->kind == CHANGE_OMITTED ? RED : YELLOW;
}

/* A long text is cut for the terminal. */
static void brief(struct writer *w, struct slice s, size_t chars)
{
    if (!s.n)
        s = SLICE("·");
    size_t n = text_prefix(s, chars);
    buf_slice(w->out, slice_of(s.p, n));
    if (n < s.n)
        buf_str(w->out, "…");
}

static void pieces(struct writer *w, const struct piece_list *l)
{
    for (size_t i = 0; i < l->count; i++) {
        const struct piece *p = &l->items[i];
        bool gone = p->op == '-', new = p->op == '+';
        if (gone || new) {
            buf_str(w->out, w->color ? gone ? RED : GREEN : gone ? "[-" : "{+");
            buf_slice(w->out, p->text[new]);
            buf_str(w->out, w->color ? PLAIN : gone ? "-]" : "+}");
        } else {
            buf_slice(w->out, p->text[1]);
        }
    }
}

static void value_text(struct writer *w, const struct change *c)
{
    w->cell.n = 0;
    for (int s = 0; s < 2; s++) {
        if (s)
            buf_str(&w->cell, " → ");
        label_value(c, s, w->lang, &w->cell);
    }
    column(w, buf_view(&w->cell), 24);
    if (c->difference.n) {
        buf_printf(w->out, "%s", c->difference.p[0] == '-' ? "" : "+");
        buf_slice(w->out, c->difference);
        if (slice_eq(c->unit, SLICE("%")))
            buf_str(w->out, say(w, "个百分点", " points"));
        else
            buf_slice(w->out, c->unit);
        buf_str(w->out, "  ");
    }
    if (c->note.n) {
        buf_slice(w->out, c->note);
        buf_str(w->out, "  ");
    }
}

static void year_text(struct writer *w, const struct change *c)
{
    w->cell.n = 0;
    if (strcmp(c->field, "said") == 0)
        buf_printf(&w->cell, "%s ", label_field(c->field, w->lang));
    buf_str(&w->cell, label_role(c->role, w->lang));
    for (int s = 0; s < 2; s++)
        if (c->year[s] && (!s || c->year[0] != c->year[1]))
            buf_printf(&w->cell, s && c->year[0] ? "/%d" : " %d", c->year[s]);
    column(w, buf_view(&w->cell), 14);
}

static void change_text(struct writer *w, const struct change *c)
{
    const struct slice a = label_text(c, 0, w->lang), b = label_text(c, 1, w->lang);
    if (label_is_value(c)) {
        year_text(w, c);
        value_text(w, c);
        return;
    }
    struct slice subject = label_subject(c, w->lang);
    buf_slice(w->out, subject);
    buf_str(w->out, subject.n ? "  " : "");
    if (c->pieces.count) {
        pieces(w, &c->pieces);
    } else if (c->side[0].there && c->side[1].there && strcmp(c->field, "text") != 0) {
        brief(w, a, 60);
        if (!slice_eq(a, b)) {
            buf_str(w->out, " → ");
            brief(w, b, 60);
        }
    } else if (!(c->side[0].there && c->side[1].there)) {
        brief(w, c->side[c->side[1].there].text, 60);
    }
    buf_str(w->out, "  ");
}

static void change_line(struct writer *w, const struct change *c)
{
    buf_str(w->out, "    ");
    w->cell.n = 0;
    buf_str(&w->cell, label_change(c->kind, w->lang));
    const char *strict = label_strictness(c->strictness, w->lang);
    if (*strict)
        buf_printf(&w->cell, " %s", strict);
    paint(w, color_of(c));
    column(w, buf_view(&w->cell), w->lang == LANG_ZH ? 12 : 16);
    paint(w, PLAIN);
    change_text(w, c);
    place(w, c->side);
}

/* What the other plan has that is near. */
static void near_line(struct writer *w, const struct entry *e)
{
    int side = !e->side[1].there;
    if (!e->near.there)
        return;
    paint(w, GREY);
    buf_printf(w->out, "      %s%s%s  ", label_side(side, w->lang), say(w, "相近的", ", near it: "),
               label_group(e->near_group, w->lang));
    brief(w, e->near.text, 40);
    buf_printf(w->out, "  %d‰  ", e->near_likeness);
    label_place(w->d, side, e->near.span, w->out);
    paint(w, PLAIN);
    buf_char(w->out, '\n');
}

static void alone_line(struct writer *w, const struct entry *e)
{
    int side = e->side[1].there;
    paint(w, side ? GREEN : RED);
    buf_printf(w->out, "  %c ", side ? '+' : '-');
    column(w, slice_cstr(label_change(e->changes->kind, w->lang)), 4);
    brief(w, e->side[side].text, 60);
    paint(w, PLAIN);
    buf_str(w->out, "  ");
    w->cell.n = 0;
    label_figures(e, w->lang, &w->cell);
    buf_slice(w->out, buf_view(&w->cell));
    buf_str(w->out, w->cell.n ? "  " : "");
    if (e->side[side].under.n) {
        paint(w, GREY);
        buf_str(w->out, say(w, "〔", "["));
        brief(w, e->side[side].under, 30);
        buf_str(w->out, say(w, "〕  ", "]  "));
        paint(w, PLAIN);
    }
    place(w, e->side);
    near_line(w, e);
    for (const struct change *c = e->changes->next; c; c = c->next)
        change_line(w, c);
}

/* A change of what the entry is called: said in the entry's own line. */
static bool names_said(const struct change *c)
{
    return c->kind == CHANGE_RENAMED || (c->kind == CHANGE_AGENCY && strcmp(c->field, "agency") == 0);
}

static void entry_lines(struct writer *w, const struct entry *e)
{
    if (!e->side[0].there || !e->side[1].there) {
        alone_line(w, e);
        return;
    }
    buf_str(w->out, "  ~ ");
    if (names_said(e->changes)) {
        paint(w, YELLOW);
        column(w, slice_cstr(label_change(e->changes->kind, w->lang)), 4);
        paint(w, PLAIN);
    }
    paint(w, BOLD);
    brief(w, e->side[0].text, 40);
    if (!wording_same(e->side[0].text, e->side[1].text)) {
        buf_str(w->out, " → ");
        brief(w, e->side[1].text, 40);
    }
    paint(w, PLAIN);
    paint(w, GREY);
    buf_printf(w->out, "  %s", label_how(e->how, w->lang));
    if (e->how && strcmp(e->how, "likeness") == 0)
        buf_printf(w->out, " %d‰", e->likeness);
    buf_str(w->out, "  ");
    paint(w, PLAIN);
    place(w, e->side);
    for (const struct change *c = e->changes; c; c = c->next)
        if (!names_said(c))
            change_line(w, c);
}

void diff_text(const struct diff *d, enum lang lang, bool color, struct buf *out)
{
    struct writer w = {.d = d, .lang = lang, .color = color, .out = out};
    summary(&w);
    promises(&w);
    for (int i = 0; i < DIFF_GROUP_MAX; i++) {
        const struct group *g = &d->group[i];
        bool any = false;
        if (!(label_shown(d, (enum diff_group)i)))
            continue;
        for (const struct entry *e = g->entries; e; e = e->next) {
            if (!e->changes)
                continue;
            if (!any)
                heading(&w, label_group((enum diff_group)i, lang));
            any = true;
            entry_lines(&w, e);
        }
    }
    buf_done(&w.cell);
}
