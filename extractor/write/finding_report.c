#include "write/finding_report.h"

#include "base/text.h"

struct finding_counts finding_count(const struct finding_report *r, const struct plan *p)
{
    struct finding_counts n = { 0 };
    for (size_t i = 0; i < r->findings->count; i++) {
        const struct finding *x = r->findings->items[i];
        if (p && x->plan != p)
            continue;
        if (x->suppressed)
            n.suppressed++;
        else
            n.of[x->level]++;
    }
    return n;
}

/* Of a text, the end that is at most so many columns wide. */
static struct slice last_columns(struct slice s, size_t columns)
{
    size_t begin = s.n, width = 0;
    while (begin > 0) {
        size_t at = text_before(s, begin);
        width += text_width(slice_of(s.p + at, begin - at));
        if (width > columns)
            break;
        begin = at;
    }
    return slice_of(s.p + begin, s.n - begin);
}

static struct slice first_columns(struct slice s, size_t columns)
{
    return slice_of(s.p, text_columns(s, columns));
}

static bool is_line_end(char c)
{
    return c == '\n' || c == '\r';
}

struct excerpt excerpt_of(const struct plan *p, struct span span, size_t before, size_t at,
                          size_t after)
{
    struct slice text = p->source.text;
    uint32_t line = plan_line(p, span.begin);
    size_t begin = p->source.line_begin[line - 1], end = p->source.line_begin[line];
    while (end > begin && is_line_end(text.p[end - 1]))
        end--;
    size_t from = span.begin < end ? span.begin : end, to = span.end < end ? span.end : end;
    to = to < from ? from : to;
    struct slice whole = slice_of(text.p + begin, from - begin),
                 middle = slice_of(text.p + from, to - from);
    struct slice rest = slice_of(text.p + to, end - to);
    struct excerpt e = { .before = last_columns(whole, before), .at = first_columns(middle, at) };
    e.cut_before = e.before.n < whole.n;
    e.cut_at = e.at.n < middle.n;
    e.after = e.cut_at ? SLICE_NONE : first_columns(rest, after);
    e.cut_after = !e.cut_at && e.after.n < rest.n;
    return e;
}

struct region region_of(const struct plan *p, struct span span)
{
    return (struct region){ plan_line(p, span.begin), plan_col(p, span.begin),
                            plan_line(p, span.end), plan_col(p, span.end) };
}

const struct section *section_at(const struct plan *p, uint32_t at)
{
    const struct node *n = p->root;
    const struct section *found = NULL;
    while (n) {
        if (node_is_division(n->kind))
            found = n->u.section;
        const struct node *inner = n->first;
        while (inner && !(inner->span.begin <= at && at < inner->span.end))
            inner = inner->next;
        n = inner;
    }
    return found;
}

void one_line(struct slice s, struct buf *out)
{
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c == '\t' || c == '\n' || c == '\r')
            buf_char(out, ' ');
        else if (c >= 0x20 && c != 0x7F)
            buf_char(out, s.p[i]);
    }
}
