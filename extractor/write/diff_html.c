#include "write/diff_html.h"

#include "write/diff_label.h"
#include "write/html.h"

static const char style[] =
    "table.diff{table-layout:fixed}\n"
    "table.diff td{overflow-wrap:anywhere}\n"
    "table.diff col.what{width:9.5rem}\n"
    "table.diff tr.entry>td{border-top:2px solid var(--line)}\n"
    "td.gone{background:#fdf3f2}td.new{background:#f1f9f4}\n"
    "table.data td.bar{padding-top:.55rem;width:50%}\n"
    "table.data th.number{text-align:right}\n"
    ".share{display:flex;height:.8rem;border:1px solid var(--line);margin:.25rem 0}\n"
    ".share i{display:block}i.t{background:#3565a8}i.f{background:#b9c6d6}i.o{background:#fff}\n"
    ".key i{display:inline-block;width:.8rem;height:.8rem;border:1px solid var(--line);margin:0 .3rem 0 1rem;"
    "vertical-align:-.1rem;print-color-adjust:exact}\n"
    "nav a{margin-right:1rem}\n"
    "@media print{nav{display:none}td.gone,td.new,ins,del,.share i{print-color-adjust:exact}}\n";

struct writer {
    const struct diff *d;
    enum lang lang;
    struct buf *out;
};

static const char *say(const struct writer *w, const char *zh, const char *en)
{
    return w->lang == LANG_ZH ? zh : en;
}

static void put(struct writer *w, const char *s)
{
    buf_str(w->out, s);
}

static void text(struct writer *w, struct slice s)
{
    html_text(s, w->out);
}

/* 甲 23:2, line and column: the files stand at the head of the page. */
static void place(struct writer *w, int side, struct span span)
{
    const struct plan *p = w->d->plan[side];
    buf_printf(w->out, "<div class=\"place\">%s %u:%u</div>", label_side(side, w->lang), plan_line(p, span.begin),
               plan_col(p, span.begin));
}

/* ---- head ---- */

static void plan_card(struct writer *w, int s)
{
    const struct plan *p = w->d->plan[s];
    buf_printf(w->out, "<tr><th>%s</th><td>", label_side(s, w->lang));
    text(w, p->meta[META_TITLE].value);
    put(w, "</td><td>");
    text(w, slice_cstr(p->id));
    put(w, "</td><td class=\"place\">");
    text(w, p->source.file);
    put(w, "</td></tr>\n");
}

static void summary_row(struct writer *w, enum diff_group i)
{
    const struct group *g = &w->d->group[i];
    buf_printf(w->out, "<tr><td><a href=\"#%s\">%s</a></td><td class=\"number\">%zu</td><td class=\"number\">%zu</td>",
               diff_group_names[i], label_group(i, w->lang), g->count[0], g->count[1]);
    buf_printf(w->out, "<td class=\"number\">%zu</td><td class=\"number\">%zu</td><td>", g->paired, g->same);
    for (int k = 0; k < CHANGE_MAX; k++)
        if (g->changes[k])
            buf_printf(w->out, "%s&nbsp;%zu&emsp;", label_change((enum change_kind)k, w->lang), g->changes[k]);
    put(w, "</td></tr>\n");
}

static void share_part(struct writer *w, const char *class, size_t n, size_t all)
{
    buf_printf(w->out, "<i class=\"%s\" style=\"width:", class);
    label_share(n, all, w->out);
    put(w, "%\"></i>");
}

static void share_row(struct writer *w, int s)
{
    const struct sharing *n = &w->d->sharing[s];
    buf_printf(w->out, "<tr><th>%s</th><td class=\"number\">%zu</td>", label_side(s, w->lang), n->all);
    const size_t parts[] = {n->taken, n->formula, n->own};
    for (size_t i = 0; i < 3; i++) {
        put(w, "<td class=\"number\">");
        label_share(parts[i], n->all, w->out);
        put(w, "%</td>");
    }
    put(w, "<td class=\"bar\"><div class=\"share\">");
    share_part(w, "t", n->taken, n->all);
    share_part(w, "f", n->formula, n->all);
    share_part(w, "o", n->own, n->all);
    put(w, "</div></td></tr>\n");
}

static void sharing(struct writer *w)
{
    buf_printf(w->out, "<h2 id=\"shared\">%s</h2>\n<table class=\"data\"><tr><th></th><th class=\"number\">%s</th>",
               say(w, "共用文字", "Shared text"), say(w, "字数", "chars"));
    buf_printf(w->out, "<th class=\"number\">%s</th><th class=\"number\">%s</th><th class=\"number\">%s</th><th></th></tr>\n",
               say(w, "共用", "shared"), say(w, "套语", "formulas"), say(w, "独有", "own"));
    share_row(w, 0);
    share_row(w, 1);
    buf_printf(w->out, "</table>\n<p class=\"note key\"><i class=\"t\"></i>%s<i class=\"f\"></i>%s<i class=\"o\"></i>%s</p>\n",
               say(w, "共用", "shared"), say(w, "套语", "formulas"), say(w, "独有", "own"));
    buf_printf(w->out, "<p class=\"note\">%s</p>\n",
               say(w, "共用：连续十字以上同另一份规划某段相同（不计标点、空格、全角半角）。套语：词表所列、两份都有的习惯说法。",
                   "Shared: runs of ten chars or more that stand in a paragraph of the other plan too (punctuation, blanks "
                   "and width not counted). Formulas: customary phrases of the lexicon that both plans have."));
}

static void summary(struct writer *w)
{
    put(w, "<table class=\"data\">\n");
    plan_card(w, 0);
    plan_card(w, 1);
    buf_printf(w->out, "</table>\n<h2>%s</h2>\n<table class=\"data\"><tr><th></th>", say(w, "摘要", "Summary"));
    const char *heads[] = {label_side(0, w->lang), label_side(1, w->lang), say(w, "成对", "pairs"), say(w, "不变", "same")};
    for (size_t i = 0; i < 4; i++)
        buf_printf(w->out, "<th class=\"number\">%s</th>", heads[i]);
    buf_printf(w->out, "<th>%s</th></tr>\n", say(w, "变化", "changes"));
    for (int i = 0; i < DIFF_GROUP_MAX; i++)
        if (label_shown(w->d, (enum diff_group)i))
            summary_row(w, (enum diff_group)i);
    buf_printf(w->out, "</table>\n<p class=\"note\">%s</p>\n",
               say(w, "“甲 23:2”是甲第 23 行第 2 字，文件见上。“文字相近 646‰”是两边文字相近的程度，1000‰ 为完全相同；数小的请自己看一眼。",
                   "“A 23:2” is line 23, character 2 of A; the files stand above. “alike 646‰”: how like the wording is, 1000‰ is "
                   "the same; look at small ones yourself."));
    label_limits(w->d, w->lang, "<p class=\"note warn\">", "</p>\n", w->out);
    if (w->d->only >> DIFF_WORDING & 1)
        sharing(w);
}

/* ---- promises ---- */

static void claim_cell(struct writer *w, const struct claim *c, bool unit)
{
    put(w, "<td>");
    if (c) {
        struct buf said = {0};
        label_claim(c, unit, w->lang, &said);
        text(w, buf_view(&said));
        buf_done(&said);
        place(w, c->plan == w->d->plan[1], c->span);
    }
    put(w, "</td>");
}

static void trend_cell(struct writer *w, const struct promise *p)
{
    const char *strict = label_strictness(p->strictness, w->lang);
    struct buf trend = {0};
    put(w, "<td>");
    label_trend(p, w->lang, &trend);
    text(w, buf_view(&trend));
    buf_printf(w->out, "%s%s%s", p->next_target && *strict ? say(w, "、", ", ") : "", p->next_target ? strict : "",
               label_beside(p, w->lang));
    if (p->note.n) {
        put(w, "<div class=\"note\">");
        text(w, p->note);
        put(w, "</div>");
    }
    if (p->mention.end)
        place(w, !w->d->older, p->mention);
    put(w, "</td>");
    buf_done(&trend);
}

static void promise_row(struct writer *w, const struct promise *p)
{
    const char *class = p->result == RESULT_MET ? "good" : p->result == RESULT_MISSED ? "bad" : "mild";
    const char *result = label_result(p, w->lang);
    put(w, "<tr><td>");
    text(w, p->name);
    put(w, "</td>");
    claim_cell(w, p->promised, p->note.n > 0);
    put(w, "<td>");
    if (p->restated) {
        text(w, p->restated->raw);
        if (p->differs)
            buf_printf(w->out, " <span class=\"badge warn\">%s</span>", say(w, "与原规划不同", "differs"));
        place(w, p->restated->plan == w->d->plan[1], p->restated->span);
    }
    put(w, "</td>");
    claim_cell(w, p->reached, p->note.n > 0);
    put(w, "<td>");
    if (strcmp(result, "·") != 0)
        buf_printf(w->out, "<span class=\"badge %s\">%s</span>", class, result);
    put(w, "</td><td>");
    text(w, p->judged);
    put(w, "</td>");
    claim_cell(w, p->next_target, p->note.n > 0);
    trend_cell(w, p);
    put(w, "</tr>\n");
}

static void promises(struct writer *w)
{
    if (!w->d->periods)
        return;
    const char *heads[] = {say(w, "指标", "indicator"), say(w, "原定目标", "promised"), say(w, "新规划所记", "as restated"),
                           say(w, "达到", "reached"),   say(w, "结果", "result"),       say(w, "新规划自评", "its own word"),
                           say(w, "新定目标", "new target"),
                           say(w, "新目标比完成", "beside what was reached")};
    buf_printf(w->out, "<h2 id=\"promises\">%s</h2>\n<table class=\"data\"><thead><tr>",
               say(w, "目标与完成", "Promises and results"));
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        buf_printf(w->out, "<th>%s</th>", heads[i]);
    put(w, "</tr></thead><tbody>\n");
    for (const struct promise *p = w->d->promises; p; p = p->next)
        promise_row(w, p);
    put(w, "</tbody></table>\n");
}

/* ---- entries ---- */

static const char *class_of(const struct change *c)
{
    return c->kind == CHANGE_ADDED                 ? "good"
           : c->kind == CHANGE_DROPPED             ? "bad"
           : c->kind == CHANGE_GIVEN               ? "mild"
           : c->kind == CHANGE_OMITTED             ? "mild"
           : c->strictness == CLAIM_STRICTER       ? "good"
           : c->strictness == CLAIM_LOOSER         ? "bad"
           : c->kind == CHANGE_REWORDED            ? "mild"
                                                   : "warn";
}

static void badge(struct writer *w, const struct change *c)
{
    const char *strict = label_strictness(c->strictness, w->lang);
    buf_printf(w->out, "<span class=\"badge %s\">%s%s%s</span>", class_of(c), label_change(c->kind, w->lang),
               *strict ? say(w, "、", ", ") : "", strict);
}

/* The pieces of one side: what only it has is marked. */
static void pieces(struct writer *w, const struct piece_list *l, int s)
{
    for (size_t i = 0; i < l->count; i++) {
        const struct piece *p = &l->items[i];
        if (p->op == (s ? '-' : '+'))
            continue;
        if (p->op != '=')
            put(w, s ? "<ins>" : "<del>");
        text(w, p->text[s]);
        if (p->op != '=')
            put(w, s ? "</ins>" : "</del>");
    }
}

static void side_cell(struct writer *w, const struct change *c, int s)
{
    const struct side *x = &c->side[s];
    buf_printf(w->out, "<td%s>", !x->there ? "" : c->kind == CHANGE_ADDED ? " class=\"new\""
                                             : c->kind == CHANGE_DROPPED ? " class=\"gone\""
                                                                         : "");
    if (x->there) {
        struct buf value = {0};
        if (label_is_value(c))
            label_value(c, s, w->lang, &value);
        if (c->pieces.count)
            pieces(w, &c->pieces, s);
        else
            text(w, value.n ? buf_view(&value) : label_text(c, s, w->lang));
        buf_done(&value);
        place(w, s, x->span);
    }
    put(w, "</td>");
}

static void change_row(struct writer *w, const struct change *c)
{
    put(w, "<tr><td>");
    badge(w, c);
    if (label_is_value(c)) {
        int year = c->year[0] ? c->year[0] : c->year[1];
        bool said = strcmp(c->field, "said") == 0;
        buf_printf(w->out, "<div class=\"note\">%s%s%s", said ? label_field(c->field, w->lang) : "", said ? " " : "",
                   label_role(c->role, w->lang));
        if (year)
            buf_printf(w->out, " %d", year);
        if (c->year[0] && c->year[1] && c->year[0] != c->year[1])
            buf_printf(w->out, "/%d", c->year[1]);
        put(w, "</div>");
    } else {
        put(w, "<div class=\"note\">");
        text(w, label_subject(c, w->lang));
        put(w, "</div>");
    }
    if (c->difference.n) {
        buf_printf(w->out, "<div class=\"note\">%s", c->difference.p[0] == '-' ? "" : "+");
        text(w, c->difference);
        if (slice_eq(c->unit, SLICE("%")))
            put(w, say(w, "个百分点", " points"));
        else
            text(w, c->unit);
        put(w, "</div>");
    }
    if (c->note.n) {
        put(w, "<div class=\"note\">");
        text(w, c->note);
        put(w, "</div>");
    }
    put(w, "</td>");
    side_cell(w, c, 0);
    side_cell(w, c, 1);
    put(w, "</tr>\n");
}

static void head_cell(struct writer *w, const struct entry *e, int which, bool mark, const char *class)
{
    const struct side *s = &e->side[which];
    buf_printf(w->out, "<td%s>", s->there && mark ? class : "");
    if (s->there) {
        put(w, s->id ? "<b>" : ""); /* a paragraph has no id: long texts in bold are hard to read */
        text(w, s->text);
        put(w, s->id ? "</b>" : "");
        if (e->figure_count) {
            struct buf figures = {0};
            put(w, "<div>");
            label_figures(e, w->lang, &figures);
            text(w, buf_view(&figures));
            put(w, "</div>");
            buf_done(&figures);
        }
        if (s->under.n) {
            put(w, "<div class=\"note\">");
            text(w, s->under);
            put(w, "</div>");
        }
        place(w, which, s->span);
    } else if (e->near.there) {
        buf_printf(w->out, "<div class=\"note\">%s%s %d‰</div>", say(w, "相近的", "near it: "),
                   label_group(e->near_group, w->lang), e->near_likeness);
        text(w, e->near.text);
        place(w, which, e->near.span);
    }
    put(w, "</td>");
}

/* The change of a record without a partner, or of what it is called, is told in the entry's own row. */
static bool told_in_head(const struct entry *e, const struct change *c)
{
    bool alone = !e->side[0].there || !e->side[1].there;
    return (alone && c == e->changes) || c->kind == CHANGE_RENAMED ||
           (c->kind == CHANGE_AGENCY && strcmp(c->field, "agency") == 0);
}

static void entry_rows(struct writer *w, const struct entry *e)
{
    bool alone = !e->side[0].there || !e->side[1].there;
    put(w, "<tr class=\"entry\"><td>");
    for (const struct change *c = e->changes; c; c = c->next)
        if (told_in_head(e, c))
            badge(w, c);
    if (e->how) {
        buf_printf(w->out, "<div class=\"note\">%s", label_how(e->how, w->lang));
        if (strcmp(e->how, "likeness") == 0)
            buf_printf(w->out, " %d‰", e->likeness);
        put(w, "</div>");
    }
    put(w, "</td>");
    head_cell(w, e, 0, alone, " class=\"gone\"");
    head_cell(w, e, 1, alone, " class=\"new\"");
    put(w, "</tr>\n");
    for (const struct change *c = e->changes; c; c = c->next)
        if (!told_in_head(e, c))
            change_row(w, c);
}

static void group(struct writer *w, enum diff_group i)
{
    const struct group *g = &w->d->group[i];
    bool any = false;
    buf_printf(w->out, "<h2 id=\"%s\">%s</h2>\n", diff_group_names[i], label_group(i, w->lang));
    for (const struct entry *e = g->entries; e; e = e->next) {
        if (!e->changes)
            continue;
        if (!any)
            buf_printf(w->out,
                       "<table class=\"data diff\"><colgroup><col class=\"what\"><col><col></colgroup>"
                       "<thead><tr><th></th><th>%s</th><th>%s</th></tr></thead><tbody>\n",
                       label_side(0, w->lang), label_side(1, w->lang));
        any = true;
        entry_rows(w, e);
    }
    put(w, any ? "</tbody></table>\n" : "");
    if (!any)
        buf_printf(w->out, "<p class=\"note\">%s</p>\n", say(w, "没有变化", "no changes"));
}

static void make_title(struct writer *w, struct buf *title)
{
    for (int s = 0; s < 2; s++) {
        struct slice name = w->d->plan[s]->meta[META_TITLE].value;
        buf_str(title, s ? say(w, " 与 ", " and ") : "");
        buf_slice(title, name.n ? name : w->d->plan[s]->source.file);
    }
    buf_str(title, say(w, "：对照", ": compared"));
}

void diff_html(const struct diff *d, enum lang lang, struct buf *out)
{
    struct writer w = {.d = d, .lang = lang, .out = out};
    struct buf title = {0};
    make_title(&w, &title);
    html_begin(out, buf_view(&title), lang, style);
    summary(&w);
    promises(&w);
    for (int i = 0; i < DIFF_GROUP_MAX; i++)
        if (label_shown(d, (enum diff_group)i))
            group(&w, (enum diff_group)i);
    html_end(out);
    buf_done(&title);
}
