#include "write/finding_report.h"
#include "write/comply_report.h"
#include "write/html.h"

enum { BEFORE = 120, AT = 240, AFTER = 120, SEEN = 160, /* columns of an excerpt */
       ROW_BYTES = 1500 }; /* a longer row is shown as a line */

static const char style[] =
    "article{border:1px solid var(--line);border-left:4px solid var(--mild);border-radius:.3rem;margin:.75rem 0;"
    "padding:.5rem .9rem;break-inside:avoid}\n"
    "article.level-error{border-left-color:var(--bad)}article.level-warning{border-left-color:var(--warn)}\n"
    "article p{margin:.1rem 0}article ul{margin:.25rem 0;padding-left:1.2rem}\n"
    "article .message{font-weight:600}\n"
    "mark{background:#fff1a8;padding:0 .1rem}\n"
    ".level-error mark{background:#fbd9d6}\n"
    ".code{color:var(--soft);font:.8rem ui-monospace,monospace}\n"
    "nav a{margin-right:1rem;white-space:nowrap}\n"
    "@media print{nav{display:none}mark{background:none;text-decoration:underline}}\n";

static const char *const level_class[] = {"mild", "warn", "bad"};

struct page {
    const struct finding_report *r;
    struct buf *out;
};

static const char *say(const struct page *t, const char *zh, const char *en)
{
    return t->r->lang == LANG_ZH ? zh : en;
}

static void text(const struct page *t, struct slice s)
{
    struct buf line = {0};
    one_line(s, &line);
    html_text(buf_view(&line), t->out);
    buf_done(&line);
}

static void card(const struct page *t, size_t n, const char *class, const char *label)
{
    buf_printf(t->out, "<div class=\"card\"><b class=\"%s\">%zu</b>%s</div>\n", class, n, label);
}

static void cards(const struct page *t)
{
    struct finding_counts n = finding_count(t->r, NULL);
    buf_str(t->out, "<div class=\"cards\">\n");
    card(t, t->r->plan_count, "", say(t, "个文件", "files"));
    card(t, n.of[LEVEL_ERROR], "bad", say(t, "处错误", "errors"));
    card(t, n.of[LEVEL_WARNING], "warn", say(t, "处警告", "warnings"));
    card(t, n.of[LEVEL_NOTE], "mild", say(t, "处提示", "notes"));
    card(t, n.suppressed, "", say(t, "处按配置不计", "suppressed"));
    buf_str(t->out, "</div>\n");
}

static void files(const struct page *t)
{
    buf_printf(t->out, "<table class=\"data\"><tr><th>%s</th><th>%s</th><th class=\"number\">%s</th>"
                       "<th class=\"number\">%s</th><th class=\"number\">%s</th></tr>\n",
               say(t, "文件", "file"), say(t, "规划", "plan"), say(t, "错误", "errors"), say(t, "警告", "warnings"),
               say(t, "提示", "notes"));
    for (size_t i = 0; i < t->r->plan_count; i++) {
        const struct plan *p = t->r->plans[i];
        struct finding_counts n = finding_count(t->r, p);
        buf_str(t->out, "<tr><td>");
        text(t, p->source.file);
        buf_str(t->out, "</td><td>");
        text(t, p->meta[META_TITLE].value);
        buf_printf(t->out, "</td><td class=\"number\">%zu</td><td class=\"number\">%zu</td><td class=\"number\">%zu</td></tr>\n",
                   n.of[LEVEL_ERROR], n.of[LEVEL_WARNING], n.of[LEVEL_NOTE]);
    }
    buf_str(t->out, "</table>\n");
}

static void heading(const struct page *t, const struct section *s)
{
    if (!s)
        return;
    heading(t, s->parent);
    buf_str(t->out, " › ");
    text(t, s->label);
    buf_str(t->out, s->label.n ? " " : "");
    text(t, s->title);
}

static void place(const struct page *t, const struct plan *p, struct span span)
{
    buf_str(t->out, "<span class=\"place\">");
    text(t, p->source.file);
    buf_printf(t->out, say(t, " 第 %u 行第 %u 字", ", line %u, character %u"), plan_line(p, span.begin),
               plan_col(p, span.begin));
    heading(t, section_at(p, span.begin));
    buf_str(t->out, "</span>");
}

/* The row of a table a place stands in, or NULL. */
static const struct node *row_at(const struct plan *p, uint32_t at)
{
    const struct node *n = p->root;
    while (n && n->kind != NODE_ROW) {
        const struct node *inner = n->first;
        while (inner && !(inner->span.begin <= at && at < inner->span.end))
            inner = inner->next;
        n = inner;
    }
    return n;
}

/* A row, its cells side by side. */
static void quote_row(const struct page *t, const struct finding *x, const struct node *row)
{
    bool any = false;
    buf_str(t->out, "<blockquote class=\"source\">");
    for (const struct node *n = row->first; n; n = n->next) {
        struct slice cell = slice_of(x->plan->source.text.p + n->span.begin, n->span.end - n->span.begin);
        bool here = n->span.begin <= x->span.begin && x->span.begin < n->span.end;
        if (n->kind != NODE_CELL || !cell.n)
            continue;
        if (any)
            buf_str(t->out, " <span class=\"place\">|</span> ");
        buf_str(t->out, here ? "<mark>" : "");
        text(t, cell);
        buf_str(t->out, here ? "</mark>" : "");
        any = true;
    }
    buf_str(t->out, "</blockquote>\n");
}

static void quote_line(const struct page *t, const struct finding *x)
{
    struct excerpt e = excerpt_of(x->plan, x->span, BEFORE, AT, AFTER);
    buf_str(t->out, e.cut_before ? "<blockquote class=\"source\">…" : "<blockquote class=\"source\">");
    text(t, e.before);
    buf_str(t->out, "<mark>");
    text(t, e.at);
    buf_str(t->out, e.cut_at ? "…</mark>" : "</mark>");
    text(t, e.after);
    buf_str(t->out, e.cut_after ? "…</blockquote>\n" : "</blockquote>\n");
}

static void quote(const struct page *t, const struct finding *x)
{
    const struct node *row = row_at(x->plan, x->span.begin);
    if (row && row->span.end - row->span.begin <= ROW_BYTES)
        quote_row(t, x, row);
    else
        quote_line(t, x);
}

static void see(const struct page *t, const struct finding *x)
{
    if (!x->see)
        return;
    buf_str(t->out, "<ul>\n");
    for (const struct finding_place *s = x->see; s; s = s->next) {
        struct excerpt e = excerpt_of(s->plan, s->span, 0, SEEN, 0);
        buf_str(t->out, say(t, "<li>见 “", "<li>see “"));
        text(t, s->note.n ? s->note : e.at);
        buf_str(t->out, !s->note.n && e.cut_at ? "…” " : "” ");
        place(t, s->plan, s->span);
        buf_str(t->out, "</li>\n");
    }
    buf_str(t->out, "</ul>\n");
}

static void one(const struct page *t, const struct finding *x)
{
    struct buf message = {0};
    finding_message(x, t->r->lang, &message);
    buf_printf(t->out, "<article class=\"level-%s\">\n<p><span class=\"badge %s\">%s</span> <span class=\"message\">",
               diag_level_name(x->level, LANG_EN), level_class[x->level], diag_level_name(x->level, t->r->lang));
    text(t, buf_view(&message));
    buf_printf(t->out, "</span> <span class=\"code\">%s</span></p>\n<p>", check_kind(x->id).code);
    place(t, x->plan, x->span);
    buf_str(t->out, "</p>\n");
    quote(t, x);
    see(t, x);
    if (x->reason.n) {
        buf_str(t->out, say(t, "<p class=\"note\">理由：", "<p class=\"note\">Reason: "));
        text(t, x->reason);
        buf_str(t->out, "</p>\n");
    }
    buf_str(t->out, "</article>\n");
    buf_done(&message);
}

/* Findings by group; those suppressed are a group of their own. */
static bool belongs(const struct finding *x, int group)
{
    return group == GROUP_MAX ? x->suppressed : !x->suppressed && (int)check_kind(x->id).group == group;
}

static size_t count_of(const struct page *t, int group)
{
    size_t n = 0;
    for (size_t i = 0; i < t->r->findings->count; i++)
        n += belongs(t->r->findings->items[i], group);
    return n;
}

static const char *title_of(const struct page *t, int group)
{
    return group == GROUP_MAX ? say(t, "按配置不计的", "Suppressed by the profile")
                              : finding_group_name((enum finding_group)group, t->r->lang);
}

static void contents(const struct page *t)
{
    buf_str(t->out, "<nav>");
    for (int group = 0; group <= GROUP_MAX; group++)
        if (count_of(t, group))
            buf_printf(t->out, "<a href=\"#g%d\">%s（%zu）</a>\n", group, title_of(t, group), count_of(t, group));
    buf_str(t->out, "</nav>\n");
}

static void groups(const struct page *t)
{
    for (int group = 0; group <= GROUP_MAX; group++) {
        if (!count_of(t, group))
            continue;
        buf_printf(t->out, "<section id=\"g%d\">\n<h2>%s</h2>\n", group, title_of(t, group));
        for (size_t i = 0; i < t->r->findings->count; i++)
            if (belongs(t->r->findings->items[i], group))
                one(t, t->r->findings->items[i]);
        buf_str(t->out, "</section>\n");
    }
}

static void page_title(const struct page *t, struct buf *out)
{
    const struct plan *only = t->r->plan_count == 1 ? t->r->plans[0] : NULL;
    buf_str(out, say(t, "检查报告", "Check report"));
    if (!only)
        return;
    buf_str(out, say(t, "：", ": "));
    one_line(only->meta[META_TITLE].value.n ? only->meta[META_TITLE].value : only->source.file, out);
}

void finding_html(const struct finding_report *r, struct buf *out)
{
    struct page t = {r, out};
    struct buf title = {0};
    page_title(&t, &title);
    html_begin(out, buf_view(&title), r->lang, style);
    cards(&t);
    if (r->plan_count > 1)
        files(&t);
    if (r->findings->count)
        contents(&t);
    else
        buf_printf(out, "<p class=\"good\">%s</p>\n", say(&t, "没有发现问题。", "Nothing was found."));
    for (size_t i = 0; r->comply && i < r->plan_count; i++)
        comply_html(&r->comply[i], r->lang, out);
    groups(&t);
    buf_printf(out, "<p class=\"note\">%s %s</p>\n",
               say(&t, "由 gangmu check 生成，逐条给出原文位置；结论供核对，不代替审阅。版本",
                   "Made by gangmu check; each finding names its place in the text and is for people to judge. Version"),
               r->version);
    html_end(out);
    buf_done(&title);
}
