/* xml_put: what the files of the XML writer share: a document on its way out, pieces of markup. */
#ifndef GM_WRITE_XML_PUT_H
#define GM_WRITE_XML_PUT_H

#include "model/plan.h"

/* One document on its way out. */
struct xml {
    const struct plan *plan;
    struct buf *out;
    uint32_t at;              /* source bytes written so far */
    uint32_t line;            /* the line asked for last, from 0 */
    const struct box *box;    /* the last box opened */
    uint32_t count[NODE_MAX]; /* elements opened so far, for ids */
};

/* Writes the element `records`. */
void xml_records(struct xml *x);

static inline void xml_room(struct buf *out, size_t more)
{
    if (out->room - out->n < more)
        buf_reserve(out, more);
}

/* Inlined, so that a literal costs a compare and a few moves. */
static inline void xml_put(struct xml *x, struct slice s)
{
    struct buf *out = x->out;
    xml_room(out, s.n);
    memcpy(out->p + out->n, s.p, s.n);
    out->n += s.n;
}

#define PUT(x, literal) xml_put(x, SLICE(literal))

static inline void xml_put_str(struct xml *x, const char *s)
{
    xml_put(x, slice_cstr(s));
}

void xml_put_uint(struct xml *x, uint32_t value);

/* Character data outside the text; a very long one is cut. */
void xml_put_plain(struct xml *x, struct slice text);
void xml_put_cell_id(struct xml *x, const struct box *b, const struct cell *c); /* and a quote */

/* Attributes; name is ` name="`, blank and quote included. */
void xml_attr(struct xml *x, struct slice name, struct slice value);
void xml_attr_uint(struct xml *x, struct slice name, uint32_t value);
/* Bytes that may not be UTF-8 (a file's name): what is not becomes U+FFFD. */
void xml_attr_bytes(struct xml *x, struct slice name, struct slice value);

static inline void xml_attr_if(struct xml *x, struct slice name, struct slice value)
{
    if (value.n)
        xml_attr(x, name, value);
}

static inline void xml_attr_str(struct xml *x, struct slice name, const char *value)
{
    xml_put(x, name);
    xml_put_str(x, value);
    PUT(x, "\"");
}

#define ATTR(x, name, value)      xml_attr(x, SLICE(" " name "=\""), value)
#define ATTR_IF(x, name, value)   xml_attr_if(x, SLICE(" " name "=\""), value)
#define ATTR_UINT(x, name, value) xml_attr_uint(x, SLICE(" " name "=\""), value)
#define ATTR_STR(x, name, value)  xml_attr_str(x, SLICE(" " name "=\""), value)

/* The attributes line, begin, end. */
void xml_put_place(struct xml *x, uint32_t line, struct span span);
void xml_attr_place(struct xml *x, struct span span); /* looks the line up */

#endif
