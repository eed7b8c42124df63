#include "write/comply_report.h"

#include "base/text.h"
#include "write/finding_report.h"
#include "write/html.h"
#include "write/json.h"

enum { NAME_COLUMNS = 34, FIGURE_COLUMNS = 20, VERDICT_COLUMNS = 11, PLACE_COLUMNS = 9, TASK_BYTES = 360 };

#define DIM   "\033[2m"
#define BOLD  "\033[1m"
#define PLAIN "\033[0m"

static const char *const verdict_colors[COMPLY_VERDICT_MAX] = {
    [COMPLY_COVERED] = "\033[32m",    [COMPLY_WEAKER] = "\033[31m",  [COMPLY_DOWNGRADED] = "\033[31m",
    [COMPLY_DIFFERS] = "\033[33m",    [COMPLY_MISSING] = "\033[33m", [COMPLY_DELEGATED] = "\033[36m",
    [COMPLY_OWN] = "\033[2m",
};
static const char *const verdict_classes[COMPLY_VERDICT_MAX] = {
    [COMPLY_COVERED] = "good", [COMPLY_WEAKER] = "bad",     [COMPLY_DOWNGRADED] = "bad", [COMPLY_DIFFERS] = "warn",
    [COMPLY_MISSING] = "warn", [COMPLY_DELEGATED] = "mild", [COMPLY_OWN] = "note",
};
static const char *const state_colors[TASK_STATE_MAX] = {"\033[32m", "\033[33m", "\033[31m"};
static const char *const state_classes[TASK_STATE_MAX] = {"good", "warn", "bad"};
static const char *const state_codes[TASK_STATE_MAX] = {"covered", "part", "missing"};
static const char *const citation_codes[] = {
    [CITATION_GOOD] = "good",     [CITATION_MISSING] = "missing", [CITATION_OTHER] = "other-title",
    [CITATION_NUMBER] = "other-number", [CITATION_UNKNOWN] = "unknown",
};

/* What the three forms share: where they write, and in which language. */
struct page {
    const struct comply *c;
    enum lang lang;
    bool color;
    struct buf *out;
};

static const char *say(const struct page *t, const char *zh, const char *en)
{
    return t->lang == LANG_ZH ? zh : en;
}

static struct slice title_of(const struct plan *p)
{
    return p->meta[META_TITLE].value.n ? p->meta[META_TITLE].value : p->source.file;
}

static void name_of(const struct comply_indicator *i, struct buf *out)
{
    const struct claim *c = i->superior ? i->superior : i->draft;
    buf_slice(out, c->name);
    if (c->breakdown.n) {
        buf_str(out, "·");
        buf_slice(out, c->breakdown);
    }
}

static void figure_of(const struct claim *c, struct buf *out)
{
    comply_figure(c, out);
    if (!c || (!out->n && c->kind == VALUE_NONE))
        buf_str(out, "—");
    if (c && slice_eq(c->nature, SLICE("约束性")))
        buf_str(out, " 约");
}

/* Why, in words: the reason, what was inferred, a lower nature that the verdict does not say. */
static void remark_of(const struct page *t, const struct comply_indicator *i, struct buf *out)
{
    const char *const parts[] = {comply_reasons[i->reason][t->lang], comply_reasons[i->inferred][t->lang],
                                 i->lower_nature && i->verdict != COMPLY_DOWNGRADED ? comply_words[COMPLY_DOWNGRADED][t->lang]
                                                                                   : ""};
    for (size_t k = 0; k < sizeof parts / sizeof *parts; k++)
        if (*parts[k]) {
            buf_str(out, out->n ? say(t, "；", "; ") : "");
            buf_str(out, parts[k]);
        }
}

/* ---- the terminal ---- */

static void style(const struct page *t, const char *code)
{
    if (t->color)
        buf_str(t->out, code);
}

/* Appends s in so many columns: cut with … or filled with blanks. */
static void column(const struct page *t, struct slice s, size_t columns)
{
    struct buf line = {0}, cut = {0};
    one_line(s, &line);
    text_cut(buf_view(&line), columns, &cut);
    text_pad(buf_view(&cut), columns + 1, false, t->out);
    buf_done(&line);
    buf_done(&cut);
}

static void column_str(const struct page *t, const char *s, size_t columns)
{
    column(t, slice_cstr(s), columns);
}

static void place_column(const struct page *t, const struct claim *c)
{
    struct buf place = {0};
    if (c)
        buf_printf(&place, "%u:%u", plan_line(c->plan, c->span.begin), plan_col(c->plan, c->span.begin));
    column(t, buf_view(&place), PLACE_COLUMNS);
    buf_done(&place);
}

static void end_line(const struct page *t)
{
    while (t->out->n && t->out->p[t->out->n - 1] == ' ')
        t->out->n--;
    buf_char(t->out, '\n');
}

static void text_indicator(const struct page *t, const struct comply_indicator *i)
{
    struct buf name = {0}, figures[2] = {{0}, {0}}, remark = {0};
    name_of(i, &name);
    figure_of(i->superior, &figures[0]);
    figure_of(i->draft, &figures[1]);
    remark_of(t, i, &remark);
    style(t, verdict_colors[i->verdict]);
    column_str(t, comply_words[i->verdict][t->lang], VERDICT_COLUMNS);
    style(t, PLAIN);
    column(t, buf_view(&name), NAME_COLUMNS);
    column(t, buf_view(&figures[0]), FIGURE_COLUMNS);
    column(t, buf_view(&figures[1]), FIGURE_COLUMNS);
    place_column(t, i->superior);
    place_column(t, i->draft);
    end_line(t);
    if (remark.n) {
        style(t, DIM);
        column_str(t, "", VERDICT_COLUMNS);
        one_line(buf_view(&remark), t->out);
        style(t, PLAIN);
        end_line(t);
    }
    buf_done(&name);
    buf_done(&figures[0]);
    buf_done(&figures[1]);
    buf_done(&remark);
}

static void text_head_line(const struct page *t)
{
    style(t, BOLD);
    column_str(t, say(t, "判断", "verdict"), VERDICT_COLUMNS);
    column_str(t, say(t, "指标", "indicator"), NAME_COLUMNS);
    column_str(t, say(t, "上级目标", "superior"), FIGURE_COLUMNS);
    column_str(t, say(t, "本规划目标", "draft"), FIGURE_COLUMNS);
    column_str(t, say(t, "上级位置", "there"), PLACE_COLUMNS);
    column_str(t, say(t, "本规划", "here"), PLACE_COLUMNS);
    style(t, PLAIN);
    end_line(t);
}

static void quoted(const struct plan *p, struct span span, struct buf *out)
{
    struct slice whole = plan_slice(p, span), head = text_head(whole, TASK_BYTES);
    one_line(head, out);
    if (head.n < whole.n)
        buf_str(out, "…");
}

static void text_passage(const struct page *t, const char *who, const struct plan *p, struct span span)
{
    column_str(t, "", VERDICT_COLUMNS);
    style(t, DIM);
    buf_printf(t->out, "%s %u:%u  ", who, plan_line(p, span.begin), plan_col(p, span.begin));
    style(t, PLAIN);
    quoted(p, span, t->out);
    end_line(t);
}

static void text_task(const struct page *t, const struct comply_task *k)
{
    style(t, state_colors[k->state]);
    column_str(t, comply_states[k->state][t->lang], VERDICT_COLUMNS);
    style(t, PLAIN);
    buf_printf(t->out, say(t, "相近 %d%%  %s\n", "likeness %d%%  %s\n"), k->likeness / 10,
               k->named ? say(t, "点名本地区", "names this region") : say(t, "各区县", "every county"));
    text_passage(t, say(t, "上级", "there"), t->c->superior, k->superior);
    if (k->draft.end > k->draft.begin && k->state != TASK_MISSING)
        text_passage(t, say(t, "本规划", "here"), t->c->draft, k->draft);
}

static void counts_line(const struct page *t, struct buf *out)
{
    buf_str(out, say(t, "指标：", "indicators: "));
    for (int v = 0, n = 0; v < COMPLY_VERDICT_MAX; v++)
        if (t->c->counts[v])
            buf_printf(out, "%s%s %zu", n++ ? say(t, "，", ", ") : "", comply_words[v][t->lang], t->c->counts[v]);
    if (!t->c->indicator_count)
        buf_str(out, say(t, "无", "none"));
    if (t->c->task_count)
        buf_str(out, say(t, "；任务：", "; tasks: "));
    for (int s = 0, n = 0; s < TASK_STATE_MAX; s++)
        if (t->c->task_counts[s])
            buf_printf(out, "%s%s %zu", n++ ? say(t, "，", ", ") : "", comply_states[s][t->lang], t->c->task_counts[s]);
}

void comply_text(const struct comply *c, enum lang lang, bool color, struct buf *out)
{
    struct page t = {c, lang, color, out};
    style(&t, BOLD);
    buf_str(out, say(&t, "\n对照上级规划：", "\nAgainst the superior plan: "));
    one_line(title_of(c->superior), out);
    style(&t, PLAIN);
    buf_str(out, say(&t, "（", " ("));
    one_line(c->superior->source.file, out);
    buf_str(out, say(&t, "）\n", ")\n"));
    if (c->indicator_count)
        text_head_line(&t);
    for (size_t i = 0; i < c->indicator_count; i++)
        text_indicator(&t, &c->indicators[i]);
    for (size_t i = 0; i < c->task_count; i++)
        text_task(&t, &c->tasks[i]);
    buf_str(out, say(&t, "约＝约束性；任务按文字相近推断\n", "约: binding; tasks are met by likeness of wording\n"));
    counts_line(&t, out);
    buf_char(out, '\n');
}

/* ---- a page ---- */

static void place_html(const struct plan *p, struct span span, struct buf *out)
{
    buf_str(out, "<div class=\"place\">");
    html_text(p->source.file, out);
    buf_printf(out, ":%u:%u</div>", plan_line(p, span.begin), plan_col(p, span.begin));
}

static void figure_html(const struct page *t, const struct claim *c)
{
    struct buf figure = {0};
    buf_str(t->out, "<td>");
    figure_of(c, &figure);
    html_text(buf_view(&figure), t->out);
    if (c)
        place_html(c->plan, c->span, t->out);
    buf_str(t->out, "</td>");
    buf_done(&figure);
}

static void indicator_html(const struct page *t, const struct comply_indicator *i)
{
    struct buf name = {0}, remark = {0};
    name_of(i, &name);
    remark_of(t, i, &remark);
    buf_printf(t->out, "<tr><td><span class=\"badge %s\">%s</span></td><td>", verdict_classes[i->verdict],
               comply_words[i->verdict][t->lang]);
    html_text(buf_view(&name), t->out);
    if (i->superior && i->draft && !slice_eq(i->superior->name, i->draft->name)) {
        buf_str(t->out, say(t, "<div class=\"note\">本规划：", "<div class=\"note\">here: "));
        html_text(i->draft->name, t->out);
        buf_str(t->out, "</div>");
    }
    buf_str(t->out, "</td>");
    figure_html(t, i->superior);
    figure_html(t, i->draft);
    buf_str(t->out, "<td class=\"note\">");
    html_text(buf_view(&remark), t->out);
    buf_str(t->out, "</td></tr>\n");
    buf_done(&name);
    buf_done(&remark);
}

static void passage_html(const struct page *t, const struct plan *p, struct span span)
{
    buf_str(t->out, "<td>");
    if (span.end > span.begin) {
        struct buf text = {0};
        quoted(p, span, &text);
        html_text(buf_view(&text), t->out);
        place_html(p, span, t->out);
        buf_done(&text);
    }
    buf_str(t->out, "</td>");
}

static void task_html(const struct page *t, const struct comply_task *k)
{
    buf_printf(t->out, "<tr><td><span class=\"badge %s\">%s</span><div class=\"note\">%s %d%%</div></td>",
               state_classes[k->state], comply_states[k->state][t->lang], say(t, "相近", "likeness"), k->likeness / 10);
    passage_html(t, t->c->superior, k->superior);
    passage_html(t, t->c->draft, k->state == TASK_MISSING ? (struct span){0, 0} : k->draft);
    buf_str(t->out, "</tr>\n");
}

static void tasks_html(const struct page *t)
{
    if (!t->c->task_count)
        return;
    buf_str(t->out, say(t,
                        "<h3>上级规划交给本地区和各区县的任务</h3>\n<p class=\"note\">按文字相近推断，请对照原文。</p>\n"
                        "<table class=\"data\">\n<tr><th>判断</th><th>上级规划</th><th>本规划</th></tr>\n",
                        "<h3>Tasks for this region and for every county</h3>\n<p class=\"note\">Met by likeness of wording: "
                        "read both.</p>\n<table class=\"data\">\n<tr><th>verdict</th><th>superior</th><th>draft</th></tr>\n"));
    for (size_t i = 0; i < t->c->task_count; i++)
        task_html(t, &t->c->tasks[i]);
    buf_str(t->out, "</table>\n");
}

void comply_html(const struct comply *c, enum lang lang, struct buf *out)
{
    struct page t = {c, lang, false, out};
    struct buf counts = {0};
    buf_str(out, say(&t, "<h2>对照上级规划：", "<h2>Against the superior plan: "));
    html_text(title_of(c->superior), out);
    buf_str(out, "</h2>\n<p>");
    counts_line(&t, &counts);
    html_text(buf_view(&counts), out);
    buf_str(out, say(&t, "</p>\n<table class=\"data\">\n<tr><th>判断</th><th>指标</th><th>上级目标</th><th>本规划目标</th><th>说明</th></tr>\n",
                     "</p>\n<table class=\"data\">\n<tr><th>verdict</th><th>indicator</th><th>superior</th><th>draft</th><th>remark</th></tr>\n"));
    for (size_t i = 0; i < c->indicator_count; i++)
        indicator_html(&t, &c->indicators[i]);
    buf_str(out, say(&t, "</table>\n<p class=\"note\">约＝约束性指标</p>\n", "</table>\n<p class=\"note\">约: binding</p>\n"));
    tasks_html(&t);
    buf_done(&counts);
}

/* ---- JSON ---- */

static void place_json(const struct plan *p, struct span span, struct buf *out)
{
    buf_char(out, '{');
    finding_place_json(p, span, out);
    buf_char(out, '}');
}

static void claim_json(const char *key, const struct claim *c, struct buf *out)
{
    struct buf figure = {0};
    buf_printf(out, ", \"%s\": ", key);
    if (!c) {
        buf_str(out, "null");
        return;
    }
    comply_figure(c, &figure);
    buf_str(out, "{\"id\": ");
    json_string(slice_cstr(c->id), out);
    buf_str(out, ", \"name\": ");
    json_string(c->name, out);
    buf_str(out, ", \"code\": ");
    json_string(c->code, out);
    buf_str(out, ", \"figure\": ");
    json_string(buf_view(&figure), out);
    buf_str(out, ", \"nature\": ");
    json_string(c->nature, out);
    buf_str(out, ", \"place\": ");
    place_json(c->plan, c->span, out);
    buf_char(out, '}');
    buf_done(&figure);
}

static void indicator_json(const struct page *t, const struct comply_indicator *i)
{
    buf_printf(t->out, "{\"verdict\": \"%s\", \"lower_nature\": %s, \"reason\": ", comply_codes[i->verdict],
               i->lower_nature ? "true" : "false");
    json_string(slice_cstr(comply_reasons[i->reason][t->lang]), t->out);
    buf_str(t->out, ", \"inferred\": ");
    json_string(slice_cstr(comply_reasons[i->inferred][t->lang]), t->out);
    claim_json("superior", i->superior, t->out);
    claim_json("draft", i->draft, t->out);
    buf_char(t->out, '}');
}

static void task_json(const struct page *t, const struct comply_task *k)
{
    buf_printf(t->out, "{\"verdict\": \"%s\", \"named\": %s, \"likeness\": %d, \"inferred\": true, \"superior\": ",
               state_codes[k->state], k->named ? "true" : "false", k->likeness);
    place_json(t->c->superior, k->superior, t->out);
    buf_str(t->out, ", \"draft\": ");
    if (k->draft.end > k->draft.begin)
        place_json(t->c->draft, k->draft, t->out);
    else
        buf_str(t->out, "null");
    buf_char(t->out, '}');
}

void comply_json(const struct comply *c, enum lang lang, struct buf *out)
{
    struct page t = {c, lang, false, out};
    buf_str(out, "{\"draft\": ");
    json_string(c->draft->source.file, out);
    buf_str(out, ", \"superior\": ");
    json_string(c->superior->source.file, out);
    buf_printf(out, ", \"citation\": \"%s\", \"period_differs\": %s, \"region_apart\": %s,\n\"counts\": {",
               citation_codes[c->citation], c->period_differs ? "true" : "false", c->region_apart ? "true" : "false");
    for (int v = 0; v < COMPLY_VERDICT_MAX; v++)
        buf_printf(out, "%s\"%s\": %zu", v ? ", " : "", comply_codes[v], c->counts[v]);
    buf_str(out, "},\n\"indicators\": [");
    for (size_t i = 0; i < c->indicator_count; i++) {
        buf_str(out, i ? ",\n" : "\n");
        indicator_json(&t, &c->indicators[i]);
    }
    buf_str(out, "],\n\"tasks\": [");
    for (size_t i = 0; i < c->task_count; i++) {
        buf_str(out, i ? ",\n" : "\n");
        task_json(&t, &c->tasks[i]);
    }
    buf_str(out, "]}");
}
