#include "write/xml_put.h"

#include "base/text.h"
#include "write/escape.h"

/* libxml2 refuses a text or an attribute value of more than 10,000,000 bytes unless asked: a longer
 * value is cut and ends with …. */
enum { VALUE_MAX = 1 << 20 };

/* Two digits a step; a place has about fifteen of them. */
void xml_put_uint(struct xml *x, uint32_t value)
{
    static const char pairs[] = "0001020304050607080910111213141516171819"
                                "2021222324252627282930313233343536373839"
                                "4041424344454647484950515253545556575859"
                                "6061626364656667686970717273747576777879"
                                "8081828384858687888990919293949596979899";
    enum { MOST = 10 };
    char digits[2 * MOST] = { 0 }; /* twice, so that every copy has one size */
    char *at = digits + MOST;
    while (value >= 100) {
        at -= 2;
        memcpy(at, pairs + value % 100 * 2, 2);
        value /= 100;
    }
    at -= 2;
    memcpy(at, pairs + value * 2, 2);
    at += value < 10;
    xml_room(x->out, MOST);
    memcpy(x->out->p + x->out->n, at, MOST);
    x->out->n += (size_t)(digits + MOST - at);
}

void xml_put_plain(struct xml *x, struct slice text)
{
    escape_plain(text_head(text, VALUE_MAX), x->out);
}

void xml_put_cell_id(struct xml *x, const struct box *b, const struct cell *c)
{
    xml_put_str(x, b->id);
    PUT(x, ".r");
    xml_put_uint(x, (uint32_t)c->row);
    PUT(x, ".c");
    xml_put_uint(x, (uint32_t)c->col);
    PUT(x, "\"");
}

void xml_attr(struct xml *x, struct slice name, struct slice value)
{
    struct slice kept = text_head(value, VALUE_MAX);
    xml_put(x, name);
    escape_attr(kept, x->out);
    if (kept.n < value.n)
        PUT(x, "…");
    PUT(x, "\"");
}

void xml_attr_uint(struct xml *x, struct slice name, uint32_t value)
{
    xml_put(x, name);
    xml_put_uint(x, value);
    PUT(x, "\"");
}

void xml_attr_bytes(struct xml *x, struct slice name, struct slice value)
{
    xml_put(x, name);
    for (value = slice_of(value.p, value.n < VALUE_MAX ? value.n : VALUE_MAX); value.n;) {
        size_t good = text_check_utf8(value.p, value.n);
        escape_attr(slice_of(value.p, good), x->out);
        if (good < value.n)
            PUT(x, "\xEF\xBF\xBD");
        size_t taken = good < value.n ? good + 1 : good;
        value = slice_of(value.p + taken, value.n - taken);
    }
    PUT(x, "\"");
}

/* The line of offset, from 1. Offsets come mostly in order: the cursor goes on from the last one, if
 * it is not far. */
static uint32_t line_of(struct xml *x, uint32_t offset)
{
    enum { NEAR = 16 };
    const struct source *s = &x->plan->source;
    uint32_t line = x->line;
    if (offset < s->line_begin[line] || (s->line_count - line > NEAR && offset >= s->line_begin[line + NEAR]))
        line = plan_line(x->plan, offset) - 1;
    while (line + 1 < s->line_count && s->line_begin[line + 1] <= offset)
        line++;
    x->line = line;
    return line + 1;
}

void xml_put_place(struct xml *x, uint32_t line, struct span span)
{
    ATTR_UINT(x, "line", line);
    ATTR_UINT(x, "begin", span.begin);
    ATTR_UINT(x, "end", span.end);
}

void xml_attr_place(struct xml *x, struct span span)
{
    xml_put_place(x, line_of(x, span.begin), span);
}
