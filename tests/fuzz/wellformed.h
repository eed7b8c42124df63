/* wellformed: reads the XML that the program wrote, knowing only what its writer uses, and strictly.
 *
 * Returns NULL, or what is wrong. Appends the character data of the element `text` to text, each
 * <c code="…"/> put back: it must be the source. Ids must differ, references must have their id. */
#ifndef GM_TEST_WELLFORMED_H
#define GM_TEST_WELLFORMED_H

#include "base/index.h"
#include "base/text.h"

#include <stdlib.h>

enum { DEPTH_MOST = 64, ATTRIBUTES_MOST = 40 };

struct reading {
    const char *at, *end;
    const char *wrong;
    struct slice open[DEPTH_MOST];
    size_t depth;
    struct buf *text;  /* of the source, collected inside `text` */
    size_t text_depth; /* where `text` is open, or 0 */
    struct index ids;
    struct slice *refs;
    size_t ref_count;
};

struct attribute {
    struct slice name, value; /* as written, references not resolved */
};

static bool say_wrong(struct reading *r, const char *what)
{
    if (!r->wrong)
        r->wrong = what;
    return false;
}

static bool take(struct reading *r, const char *literal)
{
    size_t n = strlen(literal);
    if ((size_t)(r->end - r->at) < n || memcmp(r->at, literal, n) != 0)
        return false;
    r->at += n;
    return true;
}

static bool is_name_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == ':' || c == '-' || c == '.';
}

static struct slice take_name(struct reading *r)
{
    const char *begin = r->at;
    while (r->at < r->end && is_name_char(*r->at))
        r->at++;
    if (r->at == begin)
        say_wrong(r, "name expected");
    return slice_of(begin, (size_t)(r->at - begin));
}

/* XML 1.0, production 2 */
static bool is_xml_char(uint32_t c)
{
    return c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c < 0xD800) ||
           (c >= 0xE000 && c < 0xFFFE) || (c >= 0x10000 && c <= 0x10FFFF);
}

/* The char that a reference stands for, 0 when it is none. r->at is behind the &. */
static uint32_t take_reference(struct reading *r)
{
    static const struct {
        const char *written;
        uint32_t c;
    } known[] = { { "amp;", '&' }, { "lt;", '<' },  { "gt;", '>' },   { "quot;", '"' },
                  { "#9;", '\t' }, { "#10;", '\n' }, { "#13;", '\r' } };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (take(r, known[i].written))
            return known[i].c;
    return 0;
}

/* Reads chars up to `stop`, which must come; they go to out unless it is NULL. */
static bool take_chars(struct reading *r, char stop, bool attribute, struct buf *out)
{
    while (r->at < r->end && *r->at != stop) {
        size_t taken = 0;
        uint32_t c = text_next(r->at, (size_t)(r->end - r->at), &taken);
        bool banned = c == '<' || c == '\r' || (attribute && c < 0x20) || (!attribute && c == '>');
        if (banned || !is_xml_char(c))
            return say_wrong(r, "char not allowed");
        r->at += taken;
        if (c == '&' && !(c = take_reference(r)))
            return say_wrong(r, "unknown reference");
        if (out)
            buf_utf8(out, c);
    }
    return r->at < r->end || say_wrong(r, "ends too early");
}

static bool is_reference(struct slice element, struct slice name)
{
    return slice_eq(name, SLICE("section")) || slice_eq(name, SLICE("box")) ||
           slice_eq(name, SLICE("cell")) || slice_eq(name, SLICE("anchor")) ||
           slice_eq(name, SLICE("inherits")) ||
           (slice_eq(element, SLICE("measure")) && slice_eq(name, SLICE("p")));
}

static bool note_id(struct reading *r, struct slice element, const struct attribute *a)
{
    if (slice_eq(a->name, SLICE("xml:id"))) {
        size_t *seen = index_put(&r->ids, a->value);
        return ++*seen == 1 || say_wrong(r, "id used twice");
    }
    if (!is_reference(element, a->name))
        return true;
    if ((r->ref_count & (r->ref_count - 1)) == 0)
        r->refs = mem_realloc(r->refs, (r->ref_count ? r->ref_count * 2 : 1) * sizeof *r->refs);
    r->refs[r->ref_count++] = a->value;
    return true;
}

static bool take_attribute(struct reading *r, struct slice element, struct attribute *list, size_t n)
{
    struct attribute *a = &list[n];
    a->name = take_name(r);
    for (size_t i = 0; i < n; i++)
        if (slice_eq(list[i].name, a->name))
            return say_wrong(r, "attribute twice");
    if (!take(r, "=\""))
        return say_wrong(r, "value expected");
    a->value.p = r->at;
    if (!take_chars(r, '"', true, NULL))
        return false;
    a->value.n = (size_t)(r->at++ - a->value.p);
    return note_id(r, element, a);
}

/* <c code="1F"/>: a char that XML cannot hold */
static bool put_code(struct reading *r, const struct attribute *list, size_t n)
{
    if (n != 1 || !slice_eq(list[0].name, SLICE("code")))
        return say_wrong(r, "c without code");
    uint32_t c = (uint32_t)strtoul(list[0].value.p, NULL, 16);
    if (is_xml_char(c))
        return say_wrong(r, "c for a char that XML can hold");
    buf_utf8(r->text, c);
    return true;
}

static bool open_tag(struct reading *r)
{
    struct attribute list[ATTRIBUTES_MOST];
    struct slice name = take_name(r);
    size_t n = 0;
    while (!r->wrong && take(r, " "))
        if (n == ATTRIBUTES_MOST || !take_attribute(r, name, list, n++))
            return say_wrong(r, "too many attributes");
    if (slice_eq(name, SLICE("c")) && !put_code(r, list, n))
        return false;
    if (take(r, "/>"))
        return true;
    if (!take(r, ">") || r->depth == DEPTH_MOST)
        return say_wrong(r, "tag not closed, or too deep");
    r->open[r->depth++] = name;
    if (slice_eq(name, SLICE("text")))
        r->text_depth = r->depth;
    return true;
}

static bool close_tag(struct reading *r)
{
    struct slice name = take_name(r);
    if (!r->depth || !slice_eq(name, r->open[r->depth - 1]) || !take(r, ">"))
        return say_wrong(r, "end tag does not fit");
    if (r->depth-- == r->text_depth)
        r->text_depth = 0;
    return true;
}

static void read_document_element(struct reading *r)
{
    do {
        bool good = take(r, "</") ? close_tag(r) : take(r, "<") && open_tag(r);
        if (!good)
            say_wrong(r, "tag expected");
        else if (r->depth)
            take_chars(r, '<', false, r->text_depth ? r->text : NULL);
    } while (!r->wrong && r->depth);
    if (!take(r, "\n") || r->at != r->end)
        say_wrong(r, "something behind the root");
}

static const char *wellformed(struct slice xml, struct buf *text)
{
    struct reading r = { .at = xml.p, .end = xml.p + xml.n, .text = text };
    if (text_check_utf8(xml.p, xml.n) != xml.n)
        return "not UTF-8";
    if (!take(&r, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"))
        return "no declaration";
    read_document_element(&r);
    for (size_t i = 0; i < r.ref_count && !r.wrong; i++)
        if (!index_get(&r.ids, r.refs[i]))
            say_wrong(&r, "reference to nothing");
    free(r.refs);
    index_done(&r.ids);
    return r.wrong;
}

#endif
