#include "write/diff_xml.h"

#include "write/diff_label.h"
#include "write/xml_put.h"

/* Optional attributes are few (see plan.rnc): what may be missing is an element. */
struct writer {
    const struct diff *d;
    struct xml x;
};

static void attr_size(struct writer *w, const char *name, size_t n)
{
    buf_printf(w->x.out, " %s=\"%zu\"", name, n);
}

static void place(struct writer *w, int side, struct span span)
{
    const struct plan *p = w->d->plan[side];
    ATTR_UINT(&w->x, "line", plan_line(p, span.begin));
    ATTR_UINT(&w->x, "col", plan_col(p, span.begin));
    ATTR_UINT(&w->x, "begin", span.begin);
    ATTR_UINT(&w->x, "end", span.end);
}

static void side(struct writer *w, const char *indent, const struct side *s, int which)
{
    if (!s->there)
        return;
    buf_printf(w->x.out, "%s<%c", indent, "ab"[which]);
    ATTR_STR(&w->x, "id", s->id ? s->id : "");
    ATTR(&w->x, "under", s->under);
    place(w, which, s->span);
    PUT(&w->x, ">");
    xml_put_plain(&w->x, s->text);
    buf_printf(w->x.out, "</%c>\n", "ab"[which]);
}

static void element(struct writer *w, const char *name, struct slice text)
{
    buf_printf(w->x.out, "<%s>", name);
    xml_put_plain(&w->x, text);
    buf_printf(w->x.out, "</%s>", name);
}

static void pieces(struct writer *w, const struct piece_list *l)
{
    if (!l->count)
        return;
    PUT(&w->x, "        <wording>");
    for (size_t i = 0; i < l->count; i++) {
        const struct piece *p = &l->items[i];
        if (p->op != '=') {
            element(w, p->op == '-' ? "gone" : "new", p->text[p->op == '+']);
            continue;
        }
        PUT(&w->x, "<same>");
        element(w, "a", p->text[0]);
        element(w, "b", p->text[1]);
        PUT(&w->x, "</same>");
    }
    PUT(&w->x, "</wording>\n");
}

static void year(struct writer *w, const char *name, int value)
{
    if (value)
        buf_printf(w->x.out, " %s=\"%d\"", name, value);
    else
        buf_printf(w->x.out, " %s=\"\"", name);
}

static void value(struct writer *w, const struct change *c)
{
    if (!label_is_value(c))
        return;
    PUT(&w->x, "        <value");
    ATTR(&w->x, "role", c->role);
    year(w, "year-a", c->year[0]);
    year(w, "year-b", c->year[1]);
    ATTR(&w->x, "basis-a", c->claim[0] ? c->claim[0]->basis : SLICE_NONE);
    ATTR(&w->x, "basis-b", c->claim[1] ? c->claim[1]->basis : SLICE_NONE);
    ATTR_STR(&w->x, "strictness", name_strictness(c->strictness));
    ATTR(&w->x, "difference", c->difference);
    ATTR(&w->x, "unit", c->difference.n ? c->unit : SLICE_NONE);
    ATTR(&w->x, "note", c->note);
    PUT(&w->x, "/>\n");
}

static void change(struct writer *w, const struct change *c)
{
    PUT(&w->x, "      <change");
    ATTR_STR(&w->x, "kind", change_names[c->kind][0]);
    ATTR_STR(&w->x, "field", c->field);
    ATTR(&w->x, "column", c->column);
    PUT(&w->x, ">\n");
    value(w, c);
    side(w, "        ", &c->side[0], 0);
    side(w, "        ", &c->side[1], 1);
    pieces(w, &c->pieces);
    PUT(&w->x, "      </change>\n");
}

static void claim(struct writer *w, const char *name, const struct claim *c)
{
    if (!c)
        return;
    int s = c->plan == w->d->plan[1];
    buf_printf(w->x.out, "      <%s side=\"%c\"", name, "ab"[s]);
    ATTR_STR(&w->x, "id", c->id);
    ATTR(&w->x, "name", c->name);
    ATTR(&w->x, "role", c->role);
    year(w, "year", c->year);
    ATTR(&w->x, "unit", c->unit);
    ATTR(&w->x, "basis", c->basis);
    place(w, s, c->span);
    PUT(&w->x, ">");
    xml_put_plain(&w->x, c->raw);
    buf_printf(w->x.out, "</%s>\n", name);
}

static void near(struct writer *w, const struct entry *e)
{
    int s = !e->side[1].there;
    if (!e->near.there)
        return;
    PUT(&w->x, "      <near");
    ATTR_STR(&w->x, "group", diff_group_names[e->near_group]);
    ATTR_UINT(&w->x, "likeness", (uint32_t)e->near_likeness);
    PUT(&w->x, ">\n");
    side(w, "        ", &e->near, s);
    PUT(&w->x, "      </near>\n");
}

static void entry(struct writer *w, const struct entry *e)
{
    PUT(&w->x, "    <entry");
    ATTR_STR(&w->x, "how", e->how ? e->how : "alone");
    ATTR_UINT(&w->x, "likeness", (uint32_t)e->likeness);
    PUT(&w->x, ">\n");
    side(w, "      ", &e->side[0], 0);
    side(w, "      ", &e->side[1], 1);
    for (size_t i = 0; i < e->figure_count; i++)
        claim(w, "figure", &e->figures[i]);
    near(w, e);
    for (const struct change *c = e->changes; c; c = c->next)
        change(w, c);
    PUT(&w->x, "    </entry>\n");
}

static void group(struct writer *w, enum diff_group i)
{
    const struct group *g = &w->d->group[i];
    PUT(&w->x, "  <group");
    ATTR_STR(&w->x, "name", diff_group_names[i]);
    attr_size(w, "count-a", g->count[0]);
    attr_size(w, "count-b", g->count[1]);
    attr_size(w, "pairs", g->paired);
    attr_size(w, "same", g->same);
    PUT(&w->x, ">\n");
    for (int k = 0; k < CHANGE_MAX; k++)
        if (g->changes[k])
            buf_printf(w->x.out, "    <total kind=\"%s\" count=\"%zu\"/>\n", change_names[k][0], g->changes[k]);
    for (const struct entry *e = g->entries; e; e = e->next)
        entry(w, e);
    PUT(&w->x, "  </group>\n");
}

static void shares(struct writer *w, const struct sharing *n)
{
    attr_size(w, "chars", n->all);
    attr_size(w, "taken", n->taken);
    attr_size(w, "formula", n->formula);
    attr_size(w, "own", n->own);
}

static void plan(struct writer *w, int s)
{
    static const struct {
        const char *name;
        enum meta_id id;
    } metas[] = {{"title", META_TITLE}, {"region-code", META_REGION_CODE}, {"region", META_REGION_NAME},
                 {"period", META_PERIOD}};
    const struct plan *p = w->d->plan[s];
    buf_printf(w->x.out, "  <plan side=\"%c\" id=\"%s\"", "ab"[s], p->id);
    for (size_t i = 0; i < sizeof metas / sizeof *metas; i++) {
        buf_printf(w->x.out, " %s=\"", metas[i].name);
        xml_attr(&w->x, SLICE(""), p->meta[metas[i].id].value);
    }
    xml_attr_bytes(&w->x, SLICE(" file=\""), p->source.file);
    ATTR_STR(&w->x, "sha256", p->source.sha256);
    PUT(&w->x, ">\n    <shared");
    shares(w, &w->d->sharing[s]);
    PUT(&w->x, "/>\n  </plan>\n");
}

static void promises(struct writer *w)
{
    if (!w->d->periods)
        return;
    buf_printf(w->x.out, "  <promises older=\"%c\">\n", "ab"[w->d->older]);
    for (const struct promise *p = w->d->promises; p; p = p->next) {
        PUT(&w->x, "    <promise");
        ATTR(&w->x, "indicator", p->name);
        ATTR_STR(&w->x, "result", name_result(p->result));
        ATTR_STR(&w->x, "result-by", p->by_restated ? "restated" : "promised");
        ATTR_STR(&w->x, "restated-otherwise", p->differs ? "true" : "false");
        ATTR_STR(&w->x, "trend", name_order(p->trend));
        ATTR_STR(&w->x, "trend-from", p->trend_of_reached ? "reached" : "promised");
        ATTR_STR(&w->x, "strictness", name_strictness(p->strictness));
        ATTR_STR(&w->x, "next-by", name_next(p->next_by));
        ATTR(&w->x, "judged", p->judged);
        ATTR(&w->x, "note", p->note);
        PUT(&w->x, ">\n");
        claim(w, "promised", p->promised);
        claim(w, "restated", p->restated);
        claim(w, "reached", p->reached);
        claim(w, "next-target", p->next_target);
        if (p->mention.end) {
            PUT(&w->x, "      <mention");
            place(w, !w->d->older, p->mention);
            PUT(&w->x, "/>\n");
        }
        PUT(&w->x, "    </promise>\n");
    }
    PUT(&w->x, "  </promises>\n");
}

static void paragraphs(struct writer *w, int s)
{
    buf_printf(w->x.out, "  <paragraphs side=\"%c\">\n", "ab"[s]);
    for (size_t i = 0; i < w->d->paragraph_count[s]; i++) {
        const struct paragraph *p = &w->d->paragraphs[s][i];
        PUT(&w->x, "    <paragraph");
        place(w, s, p->span);
        shares(w, &p->sharing);
        if (p->from.end) {
            PUT(&w->x, "><from");
            place(w, !s, p->from);
            PUT(&w->x, "/></paragraph>\n");
        } else {
            PUT(&w->x, "/>\n");
        }
    }
    PUT(&w->x, "  </paragraphs>\n");
}

void diff_xml(const struct diff *d, struct buf *out)
{
    struct writer w = {.d = d, .x = {.plan = d->plan[0], .out = out}};
    PUT(&w.x, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<diff xmlns=\"urn:gangmu:diff:1\">\n");
    plan(&w, 0);
    plan(&w, 1);
    buf_printf(out, "  <limits assignment=\"%zu\" same-key=\"%zu\" candidates=\"%zu\" pieces=\"%zu\"/>\n", d->rough,
               d->ordered, d->thinned, d->uncut);
    promises(&w);
    for (int i = 0; i < DIFF_GROUP_MAX; i++)
        if (d->only >> i & 1)
            group(&w, (enum diff_group)i);
    for (int s = 0; s < 2 && d->only >> DIFF_WORDING & 1; s++)
        paragraphs(&w, s);
    PUT(&w.x, "</diff>\n");
}
