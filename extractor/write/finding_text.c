#include "base/text.h"
#include "write/comply_report.h"
#include "write/finding_report.h"

enum { BEFORE = 30, AT = 60, AFTER = 36, SEEN = 40 }; /* terminal columns of an excerpt */

#define DIM   "\033[2m"
#define BOLD  "\033[1m"
#define PLAIN "\033[0m"

static const char *const level_color[] = { "\033[36m", "\033[33m", "\033[31m" };

struct page {
    const struct finding_report *r;
    struct buf *out;
};

static void style(const struct page *t, const char *code)
{
    if (t->r->color)
        buf_str(t->out, code);
}

static const char *say(const struct page *t, const char *zh, const char *en)
{
    return t->r->lang == LANG_ZH ? zh : en;
}

static void place(const struct page *t, const struct plan *p, struct span span)
{
    one_line(p->source.file, t->out);
    buf_printf(t->out, ":%u:%u", plan_line(p, span.begin), plan_col(p, span.begin));
}

static void repeat(const struct page *t, const char *s, size_t n)
{
    for (; n > 0; n--)
        buf_str(t->out, s);
}

/* Columns of a text as one_line() prints it. */
static size_t width_of(struct slice s)
{
    size_t width = 0;
    struct buf line = { 0 };
    one_line(s, &line);
    width = text_width(buf_view(&line));
    buf_done(&line);
    return width;
}

/* The line, cut around the place, and carets under the place. */
static void quote(const struct page *t, const struct finding *x)
{
    struct excerpt e = excerpt_of(x->plan, x->span, BEFORE, AT, AFTER);
    size_t gutter = 1, carets = width_of(e.at);
    for (uint32_t line = plan_line(x->plan, x->span.begin); line; line /= 10)
        gutter++;
    style(t, DIM);
    buf_printf(t->out, " %*u | ", (int)(gutter < 6 ? 5 : gutter),
               plan_line(x->plan, x->span.begin));
    style(t, PLAIN);
    buf_str(t->out, e.cut_before ? "…" : "");
    one_line(e.before, t->out);
    one_line(e.at, t->out);
    one_line(e.after, t->out);
    buf_str(t->out, e.cut_at || e.cut_after ? "…\n" : "\n");
    style(t, DIM);
    buf_printf(t->out, " %*s | ", (int)(gutter < 6 ? 5 : gutter), "");
    style(t, PLAIN);
    repeat(t, " ", (size_t)e.cut_before + width_of(e.before));
    style(t, level_color[x->level]);
    repeat(t, "^", carets ? carets : 1);
    style(t, PLAIN);
    buf_char(t->out, '\n');
}

static void see(const struct page *t, const struct finding *x)
{
    for (const struct finding_place *s = x->see; s; s = s->next) {
        buf_str(t->out, say(t, "       见 ", "       see "));
        place(t, s->plan, s->span);
        struct excerpt e = excerpt_of(s->plan, s->span, 0, SEEN, 0);
        buf_str(t->out, say(t, "：", ": "));
        one_line(s->note.n ? s->note : e.at, t->out);
        buf_str(t->out, !s->note.n && e.cut_at ? "…\n" : "\n");
    }
}

static void reason(const struct page *t, const struct finding *x)
{
    if (!x->reason.n)
        return;
    buf_str(t->out, say(t, "       理由：", "       reason: "));
    one_line(x->reason, t->out);
    buf_char(t->out, '\n');
}

static void one(const struct page *t, const struct finding *x)
{
    struct buf message = { 0 };
    style(t, BOLD);
    place(t, x->plan, x->span);
    buf_str(t->out, ": ");
    style(t, PLAIN);
    style(t, level_color[x->level]);
    buf_str(t->out, diag_level_name(x->level, t->r->lang));
    style(t, PLAIN);
    buf_str(t->out, ": ");
    finding_message(x, t->r->lang, &message);
    one_line(buf_view(&message), t->out);
    buf_printf(t->out, " [%s]\n", check_kind(x->id).code);
    buf_done(&message);
    quote(t, x);
    see(t, x);
    reason(t, x);
}

static size_t some(const struct page *t, bool suppressed)
{
    size_t n = 0;
    for (size_t i = 0; i < t->r->findings->count; i++) {
        const struct finding *x = t->r->findings->items[i];
        if (x->suppressed != suppressed)
            continue;
        if (suppressed && n == 0) {
            style(t, BOLD);
            buf_str(t->out, say(t, "\n以下各处已按配置不计：\n", "\nSuppressed by the profile:\n"));
            style(t, PLAIN);
        }
        one(t, x);
        n++;
    }
    return n;
}

static void summary(const struct page *t)
{
    struct finding_counts n = finding_count(t->r, NULL);
    size_t all = n.of[LEVEL_ERROR] + n.of[LEVEL_WARNING] + n.of[LEVEL_NOTE];
    if (all || n.suppressed)
        buf_char(t->out, '\n');
    if (t->r->plan_count != 1)
        buf_printf(t->out, say(t, "%zu 个文件：", "%zu files: "), t->r->plan_count);
    if (!all)
        buf_str(t->out, say(t, "没有发现问题", "nothing found"));
    else
        buf_printf(t->out,
                   say(t, "错误 %zu，警告 %zu，提示 %zu", "%zu errors, %zu warnings, %zu notes"),
                   n.of[LEVEL_ERROR], n.of[LEVEL_WARNING], n.of[LEVEL_NOTE]);
    if (n.suppressed)
        buf_printf(t->out, say(t, "；另有 %zu 处按配置不计", "; %zu more suppressed"),
                   n.suppressed);
    buf_char(t->out, '\n');
}

void finding_text(const struct finding_report *r, struct buf *out)
{
    struct page t = { r, out };
    some(&t, false);
    some(&t, true);
    for (size_t i = 0; r->comply && i < r->plan_count; i++)
        comply_text(&r->comply[i], r->lang, r->color, out);
    summary(&t);
}
