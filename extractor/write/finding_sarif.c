/* SARIF 2.1.0 (OASIS, errata 01): columns and offsets in Unicode code points (columnKind, 3.14.17). */
#include "base/text.h"
#include "write/finding_report.h"
#include "write/json.h"

#define SCHEMA "https://json.schemastore.org/sarif-2.1.0.json"

/* Code points before a place: findings come in order, so each is counted from the one before. */
struct counter {
    const struct plan *plan;
    size_t at, chars;
};

static size_t chars_before(struct counter *c, const struct plan *p, size_t at)
{
    if (c->plan != p || at < c->at)
        *c = (struct counter){p, 0, 0};
    c->chars += text_chars(slice_of(p->source.text.p + c->at, at - c->at));
    c->at = at;
    return c->chars;
}

/* A path as a relative or file URI (RFC 3986): what is not unreserved is escaped. */
static void uri(struct slice path, struct buf *out)
{
    if (path.n && path.p[0] == '/')
        buf_str(out, "file://");
    for (size_t i = 0; i < path.n; i++) {
        unsigned char c = (unsigned char)path.p[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                     c == '.' || c == '_' || c == '~' || c == '/';
        if (plain)
            buf_char(out, (char)c);
        else
            buf_printf(out, "%%%02X", c);
    }
}

static size_t number_of(const struct finding_report *r, const struct plan *p)
{
    size_t i = 0;
    while (i < r->plan_count && r->plans[i] != p)
        i++;
    return i;
}

static void message(struct slice text, struct buf *out)
{
    buf_str(out, "\"message\": {\"text\": ");
    json_string(text, out);
    buf_char(out, '}');
}

static void location(const struct finding_report *r, const struct plan *p, struct span span, struct counter *chars,
                     struct buf *out)
{
    struct region at = region_of(p, span);
    size_t number = number_of(r, p);
    buf_str(out, "\"physicalLocation\": {\"artifactLocation\": {\"uri\": \"");
    uri(p->source.file, out);
    buf_char(out, '"');
    if (number < r->plan_count)
        buf_printf(out, ", \"index\": %zu", number);
    buf_printf(out, "}, \"region\": {\"startLine\": %u, \"startColumn\": %u, \"endLine\": %u, \"endColumn\": %u", at.line,
               at.col, at.end_line, at.end_col);
    if (chars)
        buf_printf(out, ", \"charOffset\": %zu, \"charLength\": %zu", chars_before(chars, p, span.begin),
                   text_chars(plan_slice(p, span)));
    buf_str(out, ", \"snippet\": {\"text\": ");
    json_string(plan_slice(p, span), out);
    buf_str(out, "}}}");
}

static void related(const struct finding_report *r, const struct finding *x, struct buf *out)
{
    size_t id = 0;
    buf_str(out, ", \"relatedLocations\": [");
    for (const struct finding_place *s = x->see; s; s = s->next) {
        buf_printf(out, "%s{\"id\": %zu, ", id ? ", " : "", id);
        location(r, s->plan, s->span, NULL, out);
        buf_str(out, ", ");
        message(s->note.n ? s->note : plan_slice(s->plan, s->span), out);
        buf_char(out, '}');
        id++;
    }
    buf_char(out, ']');
}

static void result(const struct finding_report *r, const struct finding *x, struct counter *chars, struct buf *out)
{
    struct buf text = {0};
    finding_message(x, r->lang, &text);
    buf_printf(out, "{\"ruleId\": \"%s\", \"ruleIndex\": %d, \"level\": \"%s\", ", check_kind(x->id).code, (int)x->id,
               diag_level_name(x->level, LANG_EN));
    message(buf_view(&text), out);
    buf_str(out, ", \"locations\": [{");
    location(r, x->plan, x->span, chars, out);
    buf_str(out, "}]");
    if (x->see)
        related(r, x, out);
    if (x->suppressed) {
        buf_str(out, ", \"suppressions\": [{\"kind\": \"external\", \"justification\": ");
        json_string(x->reason, out);
        buf_str(out, "}]");
    }
    buf_char(out, '}');
    buf_done(&text);
}

static void rule(enum check_id id, struct buf *out)
{
    struct check_kind kind = check_kind(id);
    buf_printf(out, "{\"id\": \"%s\", \"shortDescription\": {\"text\": ", kind.code);
    json_string(slice_cstr(kind.about[LANG_EN]), out);
    buf_str(out, "}, \"fullDescription\": {\"text\": ");
    json_string(slice_cstr(kind.about[LANG_ZH]), out);
    buf_printf(out, "}, \"defaultConfiguration\": {\"level\": \"%s\"}, \"properties\": {\"category\": ",
               diag_level_name(kind.level, LANG_EN));
    json_string(slice_cstr(finding_group_name(kind.group, LANG_EN)), out);
    buf_str(out, ", \"description-zh\": ");
    json_string(slice_cstr(kind.about[LANG_ZH]), out);
    buf_str(out, "}}");
}

static void driver(const struct finding_report *r, struct buf *out)
{
    buf_printf(out, "\"tool\": {\"driver\": {\"name\": \"gangmu\", \"version\": \"%s\", \"semanticVersion\": \"%s\", \"rules\": [",
               r->version, r->version);
    for (int id = 0; id < CHECK_MAX; id++) {
        buf_str(out, id ? ",\n" : "\n");
        rule((enum check_id)id, out);
    }
    buf_str(out, "\n]}}");
}

void finding_sarif(const struct finding_report *r, struct buf *out)
{
    struct counter chars = {0};
    buf_str(out, "{\"$schema\": \"" SCHEMA "\", \"version\": \"2.1.0\", \"runs\": [{\n");
    driver(r, out);
    buf_printf(out, ",\n\"columnKind\": \"unicodeCodePoints\", \"language\": \"%s\",\n\"artifacts\": [",
               r->lang == LANG_ZH ? "zh-CN" : "en");
    for (size_t i = 0; i < r->plan_count; i++) {
        buf_str(out, i ? ",\n{\"location\": {\"uri\": \"" : "\n{\"location\": {\"uri\": \"");
        uri(r->plans[i]->source.file, out);
        buf_printf(out, "\"}, \"encoding\": \"UTF-8\", \"hashes\": {\"sha-256\": \"%s\"}}", r->plans[i]->source.sha256);
    }
    buf_str(out, "\n],\n\"results\": [");
    for (size_t i = 0; i < r->findings->count; i++) {
        buf_str(out, i ? ",\n" : "\n");
        result(r, r->findings->items[i], &chars, out);
    }
    buf_str(out, "\n]\n}]}\n");
}
