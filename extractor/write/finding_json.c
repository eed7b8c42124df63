#include "write/finding_report.h"
#include "write/comply_report.h"
#include "write/json.h"

static void text_field(const char *name, struct slice value, struct buf *out)
{
    buf_printf(out, "\"%s\": ", name);
    if (value.p)
        json_string(value, out);
    else
        buf_str(out, "null");
}

void finding_place_json(const struct plan *p, struct span span, struct buf *out)
{
    struct region at = region_of(p, span);
    text_field("file", p->source.file, out);
    buf_printf(out, ", \"line\": %u, \"col\": %u, \"end_line\": %u, \"end_col\": %u, \"begin\": %u, \"end\": %u, ", at.line,
               at.col, at.end_line, at.end_col, span.begin, span.end);
    text_field("text", plan_slice(p, span), out);
}

static void see(const struct finding *x, struct buf *out)
{
    buf_str(out, ", \"see\": [");
    for (const struct finding_place *s = x->see; s; s = s->next) {
        buf_str(out, s == x->see ? "{" : ", {");
        finding_place_json(s->plan, s->span, out);
        if (s->note.n) {
            buf_str(out, ", ");
            text_field("note", s->note, out);
        }
        buf_char(out, '}');
    }
    buf_char(out, ']');
}

static void section(const struct finding *x, struct buf *out)
{
    const struct section *s = section_at(x->plan, x->span.begin);
    buf_str(out, ", ");
    text_field("section", s ? slice_cstr(s->id) : SLICE_NONE, out);
}

static void one(const struct finding_report *r, const struct finding *x, struct buf *out)
{
    struct check_kind kind = check_kind(x->id);
    struct buf message = {0};
    finding_message(x, r->lang, &message);
    buf_printf(out, "{\"code\": \"%s\", \"level\": \"%s\", ", kind.code, diag_level_name(x->level, LANG_EN));
    text_field("message", buf_view(&message), out);
    buf_str(out, ", ");
    finding_place_json(x->plan, x->span, out);
    section(x, out);
    see(x, out);
    buf_printf(out, ", \"suppressed\": %s, ", x->suppressed ? "true" : "false");
    text_field("reason", x->reason.n ? x->reason : SLICE_NONE, out);
    buf_char(out, '}');
    buf_done(&message);
}

static void counts(const struct finding_report *r, const struct plan *p, struct buf *out)
{
    struct finding_counts n = finding_count(r, p);
    buf_printf(out, "\"error\": %zu, \"warning\": %zu, \"note\": %zu, \"suppressed\": %zu", n.of[LEVEL_ERROR],
               n.of[LEVEL_WARNING], n.of[LEVEL_NOTE], n.suppressed);
}

void finding_json(const struct finding_report *r, struct buf *out)
{
    buf_printf(out, "{\n\"tool\": {\"name\": \"gangmu\", \"version\": \"%s\"},\n\"summary\": {", r->version);
    counts(r, NULL, out);
    buf_str(out, "},\n\"files\": [");
    for (size_t i = 0; i < r->plan_count; i++) {
        buf_str(out, i ? ",\n{" : "\n{");
        text_field("file", r->plans[i]->source.file, out);
        buf_printf(out, ", \"sha256\": \"%s\", ", r->plans[i]->source.sha256);
        text_field("title", r->plans[i]->meta[META_TITLE].value, out);
        buf_str(out, ", ");
        counts(r, r->plans[i], out);
        buf_char(out, '}');
    }
    buf_str(out, "\n],\n\"findings\": [");
    for (size_t i = 0; i < r->findings->count; i++) {
        buf_str(out, i ? ",\n" : "\n");
        one(r, r->findings->items[i], out);
    }
    buf_str(out, "\n]");
    for (size_t i = 0; r->comply && i < r->plan_count; i++) {
        buf_str(out, i ? ",\n" : ",\n\"compliance\": [\n");
        comply_json(&r->comply[i], r->lang, out);
    }
    buf_str(out, r->comply && r->plan_count ? "\n]\n}\n" : "\n}\n");
}
