#include "write/diff_json.h"

#include "write/diff_label.h"
#include "write/json.h"

struct writer {
    const struct diff *d;
    struct buf *out;
};

static void string(struct writer *w, const char *key, struct slice value)
{
    buf_printf(w->out, "\"%s\": ", key);
    json_string(value, w->out);
}

static void string_if(struct writer *w, const char *key, struct slice value)
{
    if (!value.n)
        return;
    buf_str(w->out, ", ");
    string(w, key, value);
}

static void place(struct writer *w, int side, struct span span)
{
    const struct plan *p = w->d->plan[side];
    buf_printf(w->out, "\"line\": %u, \"col\": %u, \"begin\": %u, \"end\": %u", plan_line(p, span.begin),
               plan_col(p, span.begin), span.begin, span.end);
}

/* {"id": …, "text": …, "under": …, "line": …} or null. */
static void side(struct writer *w, const char *key, const struct side *s, int which)
{
    buf_printf(w->out, ", \"%s\": ", key);
    if (!s->there) {
        buf_str(w->out, "null");
        return;
    }
    buf_char(w->out, '{');
    if (s->id) {
        string(w, "id", slice_cstr(s->id));
        buf_str(w->out, ", ");
    }
    string(w, "text", s->text);
    string_if(w, "under", s->under);
    buf_str(w->out, ", ");
    place(w, which, s->span);
    buf_char(w->out, '}');
}

static void pieces(struct writer *w, const struct piece_list *l)
{
    if (!l->count)
        return;
    buf_str(w->out, ", \"pieces\": [");
    for (size_t i = 0; i < l->count; i++) {
        const struct piece *p = &l->items[i];
        buf_printf(w->out, "%s[\"%s\", ", i ? ", " : "", p->op == '=' ? "same" : p->op == '-' ? "gone" : "new");
        json_string(p->text[p->op == '+'], w->out);
        if (p->op == '=') {
            buf_str(w->out, ", ");
            json_string(p->text[1], w->out);
        }
        buf_char(w->out, ']');
    }
    buf_char(w->out, ']');
}

static void change(struct writer *w, const struct change *c)
{
    buf_printf(w->out, "{\"kind\": \"%s\", \"field\": \"%s\"", change_names[c->kind][0], c->field);
    string_if(w, "role", c->role);
    for (int s = 0; s < 2; s++)
        if (c->year[s])
            buf_printf(w->out, ", \"year_%c\": %d", "ab"[s], c->year[s]);
    string_if(w, "basis_a", c->claim[0] ? c->claim[0]->basis : SLICE_NONE);
    string_if(w, "basis_b", c->claim[1] ? c->claim[1]->basis : SLICE_NONE);
    string_if(w, "column", c->column);
    string_if(w, "difference", c->difference);
    string_if(w, "difference_unit", c->difference.n ? c->unit : SLICE_NONE);
    if (label_is_value(c) && slice_eq(c->role, SLICE("target")))
        buf_printf(w->out, ", \"strictness\": \"%s\"", name_strictness(c->strictness));
    string_if(w, "note", c->note);
    side(w, "a", &c->side[0], 0);
    side(w, "b", &c->side[1], 1);
    pieces(w, &c->pieces);
    buf_char(w->out, '}');
}

static void figure(struct writer *w, const struct claim *c)
{
    buf_printf(w->out, "{\"plan\": \"%c\", \"id\": \"%s\", \"year\": %d, ", c->plan == w->d->plan[1] ? 'b' : 'a', c->id,
               c->year);
    string(w, "name", c->name);
    buf_str(w->out, ", ");
    string(w, "raw", c->raw);
    string_if(w, "op", c->op);
    string_if(w, "value", c->value);
    string_if(w, "unit", c->unit);
    string_if(w, "role", c->role);
    string_if(w, "basis", c->basis);
    buf_str(w->out, ", ");
    place(w, c->plan == w->d->plan[1], c->span);
    buf_char(w->out, '}');
}

static void claim(struct writer *w, const char *key, const struct claim *c)
{
    buf_printf(w->out, ", \"%s\": ", key);
    if (c)
        figure(w, c);
    else
        buf_str(w->out, "null");
}

static void entry(struct writer *w, const struct entry *e)
{
    buf_str(w->out, "{\"how\": ");
    if (e->how)
        buf_printf(w->out, "\"%s\", \"likeness\": %d", e->how, e->likeness);
    else
        buf_str(w->out, "null");
    side(w, "a", &e->side[0], 0);
    side(w, "b", &e->side[1], 1);
    for (size_t i = 0; i < e->figure_count; i++) {
        buf_str(w->out, i ? ", " : ", \"figures\": [");
        figure(w, &e->figures[i]);
        buf_str(w->out, i + 1 == e->figure_count ? "]" : "");
    }
    if (e->near.there) {
        buf_printf(w->out, ", \"near_group\": \"%s\", \"near_likeness\": %d", diff_group_names[e->near_group],
                   e->near_likeness);
        side(w, "near", &e->near, !e->side[1].there);
    }
    buf_str(w->out, ", \"changes\": [");
    for (const struct change *c = e->changes; c; c = c->next) {
        buf_str(w->out, c == e->changes ? "" : ",\n  ");
        change(w, c);
    }
    buf_str(w->out, "]}");
}

static void group(struct writer *w, enum diff_group i)
{
    const struct group *g = &w->d->group[i];
    bool any = false;
    buf_printf(w->out, ",\n\"%s\": {\"count_a\": %zu, \"count_b\": %zu, \"pairs\": %zu, \"same\": %zu, \"changes\": {",
               diff_group_names[i], g->count[0], g->count[1], g->paired, g->same);
    for (int k = 0; k < CHANGE_MAX; k++) {
        if (!g->changes[k])
            continue;
        buf_printf(w->out, "%s\"%s\": %zu", any ? ", " : "", change_names[k][0], g->changes[k]);
        any = true;
    }
    buf_str(w->out, "}, \"entries\": [");
    any = false;
    for (const struct entry *e = g->entries; e; e = e->next) {
        buf_str(w->out, any ? ",\n" : "\n");
        entry(w, e);
        any = true;
    }
    buf_str(w->out, any ? "\n]}" : "]}");
}

static void shares(struct writer *w, const struct sharing *n)
{
    buf_printf(w->out, "\"chars\": %zu, \"taken\": %zu, \"formula\": %zu, \"own\": %zu, \"taken_share\": ", n->all,
               n->taken, n->formula, n->own);
    label_share(n->taken, n->all, w->out);
}

static void plan(struct writer *w, int s)
{
    static const enum meta_id metas[] = {META_TITLE, META_REGION_CODE, META_REGION_NAME, META_PERIOD};
    const struct plan *p = w->d->plan[s];
    buf_printf(w->out, "%s\"%c\": {", s ? ",\n" : "", "ab"[s]);
    string(w, "plan_id", slice_cstr(p->id));
    string_if(w, "file", p->source.file);
    string_if(w, "sha256", slice_cstr(p->source.sha256));
    for (size_t i = 0; i < sizeof metas / sizeof *metas; i++)
        string_if(w, meta_names[metas[i]], p->meta[metas[i]].value);
    buf_str(w->out, ", \"shared\": {");
    shares(w, &w->d->sharing[s]);
    buf_str(w->out, "}}");
}

static void promises(struct writer *w)
{
    if (!w->d->periods)
        return;
    buf_printf(w->out, ",\n\"older\": \"%c\",\n\"promises\": [", "ab"[w->d->older]);
    for (const struct promise *p = w->d->promises; p; p = p->next) {
        buf_str(w->out, p == w->d->promises ? "\n{" : ",\n{");
        string(w, "indicator", p->name);
        claim(w, "promised", p->promised);
        claim(w, "restated", p->restated);
        buf_printf(w->out, ", \"restated_otherwise\": %s", p->differs ? "true" : "false");
        claim(w, "reached", p->reached);
        buf_printf(w->out, ", \"result\": \"%s\", \"result_by\": \"%s\"", name_result(p->result),
                   p->by_restated ? "restated" : "promised");
        string_if(w, "judged", p->judged);
        string_if(w, "note", p->note);
        claim(w, "next_target", p->next_target);
        buf_printf(w->out, ", \"next_by\": \"%s\"", name_next(p->next_by));
        if (p->mention.end) {
            buf_str(w->out, ", \"mention\": {");
            place(w, !w->d->older, p->mention);
            buf_char(w->out, '}');
        }
        buf_printf(w->out, ", \"trend\": \"%s\", \"trend_from\": \"%s\", \"strictness\": \"%s\"}", name_order(p->trend),
                   p->trend_of_reached ? "reached" : "promised", name_strictness(p->strictness));
    }
    buf_str(w->out, "\n]");
}

static void paragraphs(struct writer *w, int s)
{
    buf_printf(w->out, "%s\"%c\": [", s ? ", " : "", "ab"[s]);
    for (size_t i = 0; i < w->d->paragraph_count[s]; i++) {
        const struct paragraph *p = &w->d->paragraphs[s][i];
        buf_str(w->out, i ? ",\n{" : "\n{");
        place(w, s, p->span);
        buf_str(w->out, ", ");
        shares(w, &p->sharing);
        if (p->from.end) {
            buf_str(w->out, ", \"from\": {");
            place(w, !s, p->from);
            buf_char(w->out, '}');
        }
        buf_char(w->out, '}');
    }
    buf_char(w->out, ']');
}

void diff_json(const struct diff *d, struct buf *out)
{
    struct writer w = {.d = d, .out = out};
    buf_str(out, "{\n");
    plan(&w, 0);
    plan(&w, 1);
    buf_printf(out, ",\n\"limits\": {\"assignment\": %zu, \"same-key\": %zu, \"candidates\": %zu, \"pieces\": %zu}", d->rough,
               d->ordered, d->thinned, d->uncut);
    promises(&w);
    for (int i = 0; i < DIFF_GROUP_MAX; i++)
        if (d->only >> i & 1)
            group(&w, (enum diff_group)i);
    if (d->only >> DIFF_WORDING & 1) {
        buf_str(out, ",\n\"paragraphs\": {");
        paragraphs(&w, 0);
        paragraphs(&w, 1);
        buf_char(out, '}');
    }
    buf_str(out, "\n}\n");
}
