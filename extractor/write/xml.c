#include "write/xml.h"

#include "base/text.h"
#include "write/escape.h"

/* libxml2 refuses a text or an attribute value of more than 10,000,000 bytes unless asked. */
enum {
    RUN_MAX = 4 << 20,   /* a longer run of text is parted by empty comments, which are no text */
    VALUE_MAX = 1 << 20, /* a longer value is cut and ends with … */
};

/* One document on its way out. */
struct xml {
    const struct plan *plan;
    struct buf *out;
    uint32_t at;              /* source bytes written so far */
    uint32_t line;            /* the line asked for last, from 0 */
    const struct box *box;    /* the last box opened */
    uint32_t count[NODE_MAX]; /* elements opened so far, for ids */
};

/* ---- pieces of markup ---- */

static inline void room(struct buf *out, size_t more)
{
    if (out->room - out->n < more)
        buf_reserve(out, more);
}

/* Inlined, so that a literal costs a compare and a few moves. */
static inline void put(struct xml *x, struct slice s)
{
    struct buf *out = x->out;
    room(out, s.n);
    memcpy(out->p + out->n, s.p, s.n);
    out->n += s.n;
}

#define PUT(x, literal) put(x, SLICE(literal))

static inline void put_str(struct xml *x, const char *s)
{
    put(x, slice_cstr(s));
}

/* Two digits a step; a place has about fifteen of them. */
static void put_uint(struct xml *x, uint32_t value)
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
    room(x->out, MOST);
    memcpy(x->out->p + x->out->n, at, MOST);
    x->out->n += (size_t)(digits + MOST - at);
}

/* The first bytes of s, whole chars. */
static struct slice first_bytes(struct slice s, size_t most)
{
    if (s.n <= most)
        return s;
    while (((unsigned char)s.p[most] & 0xC0) == 0x80)
        most--;
    return slice_of(s.p, most);
}

/* name is ` name="`, blank and quote included. */
static void attr(struct xml *x, struct slice name, struct slice value)
{
    struct slice kept = first_bytes(value, VALUE_MAX);
    put(x, name);
    escape_attr(kept, x->out);
    if (kept.n < value.n)
        PUT(x, "…");
    PUT(x, "\"");
}

static void attr_if(struct xml *x, struct slice name, struct slice value)
{
    if (value.n)
        attr(x, name, value);
}

static void attr_uint(struct xml *x, struct slice name, uint32_t value)
{
    put(x, name);
    put_uint(x, value);
    PUT(x, "\"");
}

static void attr_str(struct xml *x, struct slice name, const char *value)
{
    put(x, name);
    put_str(x, value);
    PUT(x, "\"");
}

#define ATTR(x, name, value)      attr(x, SLICE(" " name "=\""), value)
#define ATTR_IF(x, name, value)   attr_if(x, SLICE(" " name "=\""), value)
#define ATTR_UINT(x, name, value) attr_uint(x, SLICE(" " name "=\""), value)
#define ATTR_STR(x, name, value)  attr_str(x, SLICE(" " name "=\""), value)

/* Bytes that may not be UTF-8 (a file's name): what is not becomes U+FFFD. */
static void attr_bytes(struct xml *x, struct slice name, struct slice value)
{
    put(x, name);
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

/* The line of offset, from 1. Offsets come mostly in order: the cursor goes on from the last one. */
static uint32_t line_of(struct xml *x, uint32_t offset)
{
    const struct source *s = &x->plan->source;
    uint32_t line = x->line;
    if (offset < s->line_begin[line])
        line = plan_line(x->plan, offset) - 1;
    while (line + 1 < s->line_count && s->line_begin[line + 1] <= offset)
        line++;
    x->line = line;
    return line + 1;
}

static void put_place(struct xml *x, uint32_t line, struct span span)
{
    ATTR_UINT(x, "line", line);
    ATTR_UINT(x, "begin", span.begin);
    ATTR_UINT(x, "end", span.end);
}

static void attr_place(struct xml *x, struct span span)
{
    put_place(x, line_of(x, span.begin), span);
}

/* ---- the tree: attributes by kind ---- */

static void division(struct xml *x, const struct node *n)
{
    const struct section *s = n->u.section;
    ATTR_STR(x, "xml:id", s->id);
    ATTR_UINT(x, "level", (uint32_t)s->level);
    ATTR_IF(x, "label", s->label);
    if (s->number >= 0)
        ATTR_UINT(x, "number", (uint32_t)s->number);
    ATTR_IF(x, "title", s->title);
    put_place(x, n->line, n->span);
}

static void root(struct xml *x, const struct node *n)
{
    (void)n;
    PUT(x, " xml:space=\"preserve\"");
}

static void head(struct xml *x, const struct node *n)
{
    if (node_is_division(n->parent->kind)) {
        PUT(x, " xml:id=\"");
        put_str(x, n->parent->u.section->id);
        PUT(x, ".h\"");
    }
    put_place(x, n->line, n->span);
}

static void paragraph(struct xml *x, const struct node *n)
{
    attr_uint(x, SLICE(" xml:id=\"p"), n->number);
    put_place(x, n->line, n->span);
}

static void dash(struct xml *x, const struct node *n)
{
    attr_uint(x, SLICE(" xml:id=\"d"), n->number);
    put_place(x, n->line, n->span);
}

/* Kinds that nothing points at are counted here. */
static void counted(struct xml *x, const struct node *n)
{
    static const struct slice ids[NODE_MAX] = {
        [NODE_TITLE] = { " xml:id=\"title", 14 }, [NODE_DATE] = { " xml:id=\"date", 13 },
        [NODE_TOC] = { " xml:id=\"toc", 12 },     [NODE_NOISE] = { " xml:id=\"noise", 14 },
        [NODE_NOTE] = { " xml:id=\"tn", 11 },     [NODE_FOOTNOTE] = { " xml:id=\"fn", 11 },
    };
    attr_uint(x, ids[n->kind], ++x->count[n->kind]);
    if (n->kind == NODE_FOOTNOTE)
        ATTR(x, "name", n->u.name);
    put_place(x, n->line, n->span);
}

static void placed(struct xml *x, const struct node *n)
{
    put_place(x, n->line, n->span);
}

static void named(struct xml *x, const struct node *n)
{
    ATTR(x, "name", n->u.name);
}

static void box(struct xml *x, const struct node *n)
{
    const struct box *b = x->box = n->u.box;
    ATTR_STR(x, "xml:id", b->id);
    ATTR_STR(x, "kind", box_kind_names[b->kind]);
    ATTR_IF(x, "label", b->label);
    ATTR_IF(x, "number", b->number);
    ATTR_IF(x, "title", b->title);
    ATTR_IF(x, "nature", b->nature);
    put_place(x, n->line, n->span);
}

static void caption(struct xml *x, const struct node *n)
{
    PUT(x, " xml:id=\"");
    put_str(x, x->box->id);
    PUT(x, ".cap\"");
    put_place(x, n->line, n->span);
}

static void table(struct xml *x, const struct node *n)
{
    const struct table *t = &x->box->table;
    PUT(x, " xml:id=\"");
    put_str(x, x->box->id);
    PUT(x, ".t\"");
    ATTR_UINT(x, "rows", (uint32_t)t->rows);
    ATTR_UINT(x, "cols", (uint32_t)t->cols);
    ATTR_UINT(x, "header_rows", (uint32_t)t->header_rows);
    put_place(x, n->line, n->span);
    x->count[NODE_ROW] = 0;
}

static void row(struct xml *x, const struct node *n)
{
    PUT(x, " xml:id=\"");
    put_str(x, x->box->id);
    PUT(x, ".r");
    put_uint(x, x->count[NODE_ROW]++);
    PUT(x, "\"");
    put_place(x, n->line, n->span);
}

static void put_cell_id(struct xml *x, const struct box *b, const struct cell *c)
{
    put_str(x, b->id);
    PUT(x, ".r");
    put_uint(x, (uint32_t)c->row);
    PUT(x, ".c");
    put_uint(x, (uint32_t)c->col);
    PUT(x, "\"");
}

static void cell(struct xml *x, const struct node *n)
{
    const struct cell *c = n->u.cell;
    PUT(x, " xml:id=\"");
    put_cell_id(x, x->box, c);
    ATTR_UINT(x, "row", (uint32_t)c->row);
    ATTR_UINT(x, "col", (uint32_t)c->col);
    if (c->rowspan > 1)
        ATTR_UINT(x, "rowspan", (uint32_t)c->rowspan);
    if (c->colspan > 1)
        ATTR_UINT(x, "colspan", (uint32_t)c->colspan);
    if (c->header)
        PUT(x, " header=\"true\"");
    if (c->from) {
        PUT(x, " inherits=\"");
        put_cell_id(x, x->box, c->from);
        ATTR(x, "value", c->text);
    }
    put_place(x, n->line, n->span);
}

/* What a start tag says, by kind; divisions are all alike. */
static void (*const attributes[NODE_MAX])(struct xml *x, const struct node *n) = {
    [NODE_PLAN] = root,       [NODE_HEAD] = head,      [NODE_TITLE] = counted,
    [NODE_DATE] = counted,    [NODE_TOC] = counted,    [NODE_PARA] = paragraph,
    [NODE_DASH] = dash,       [NODE_LEAD] = placed,    [NODE_BOX] = box,
    [NODE_CAPTION] = caption, [NODE_TABLE] = table,    [NODE_ROW] = row,
    [NODE_CELL] = cell,       [NODE_NOTE] = counted,   [NODE_FOOTNOTE] = counted,
    [NODE_FOOTREF] = named,   [NODE_BOOKMARK] = named, [NODE_NOISE] = counted,
};

static const struct slice names[NODE_MAX] = {
#define NODE(id, name) [NODE_##id] = { name, sizeof name - 1 },
    PLAN_NODES(NODE)
#undef NODE
};

/* ---- the tree: the walk ---- */

/* Every node is met twice, when it is entered and when it is left. No recursion: a node knows its
 * parent. */
struct walk {
    const struct node *node;
    bool entered;
};

static bool walk_next(struct walk *w)
{
    const struct node *n = w->node;
    if (w->entered && n->first) {
        w->node = n->first;
    } else if (w->entered) {
        w->entered = false;
    } else if (!n->parent) {
        return false;
    } else {
        w->entered = n->next != NULL;
        w->node = n->next ? n->next : n->parent;
    }
    return true;
}

/* The source from the last place on to the border of the node where the walk is. */
static struct slice walk_text(const struct walk *w, const struct plan *p, uint32_t *at)
{
    uint32_t to = w->entered ? w->node->span.begin : w->node->span.end;
    struct span span = { *at, to > *at ? to : *at };
    *at = span.end;
    return plan_slice(p, span);
}

static void start_tag(struct xml *x, const struct node *n)
{
    PUT(x, "<");
    put(x, names[n->kind]);
    if (node_is_division(n->kind))
        division(x, n);
    else
        attributes[n->kind](x, n);
    PUT(x, ">");
}

static void end_tag(struct xml *x, const struct node *n)
{
    PUT(x, "</");
    put(x, names[n->kind]);
    PUT(x, ">");
}

static void put_text(struct xml *x, struct slice text)
{
    while (text.n) {
        struct slice run = first_bytes(text, RUN_MAX);
        escape_text(run, x->out);
        text = slice_of(text.p + run.n, text.n - run.n);
        if (text.n)
            PUT(x, "<!---->");
    }
}

static void write_tree(struct xml *x)
{
    struct walk w = { x->plan->root, true };
    do {
        put_text(x, walk_text(&w, x->plan, &x->at));
        if (w.entered)
            start_tag(x, w.node);
        else
            end_tag(x, w.node);
    } while (walk_next(&w));
    PUT(x, "\n");
}

void xml_source(const struct plan *p, struct buf *out)
{
    struct walk w = { p->root, true };
    uint32_t at = 0;
    do
        buf_slice(out, walk_text(&w, p, &at));
    while (walk_next(&w));
}

/* ---- what is known of the document ---- */

static void write_source(struct xml *x)
{
    const struct source *s = &x->plan->source;
    PUT(x, "<source");
    attr_bytes(x, SLICE(" file=\""), s->file);
    ATTR_STR(x, "sha256", s->sha256);
    ATTR_STR(x, "format", s->format);
    ATTR_STR(x, "encoding", s->encoding);
    ATTR_UINT(x, "bytes", (uint32_t)s->text.n);
    ATTR_UINT(x, "lines", s->line_count);
    PUT(x, "/>\n");
}

static void write_meta_value(struct xml *x, const char *name, const struct meta *m)
{
    PUT(x, "<");
    put_str(x, name);
    if (m->inferred)
        PUT(x, " inferred=\"true\"");
    else if (m->span.end > m->span.begin)
        attr_place(x, m->span);
    PUT(x, ">");
    escape_plain(first_bytes(m->value, VALUE_MAX), x->out);
    PUT(x, "</");
    put_str(x, name);
    PUT(x, ">\n");
}

static void write_meta(struct xml *x)
{
    PUT(x, "<meta>\n");
    for (int i = 0; i < META_MAX; i++)
        if (x->plan->meta[i].value.p)
            write_meta_value(x, meta_names[i], &x->plan->meta[i]);
    PUT(x, "</meta>\n");
}

/* ---- records ---- */

static void write_measure(struct xml *x, const struct measure *m)
{
    PUT(x, "<measure");
    ATTR_STR(x, "xml:id", m->id);
    attr_uint(x, SLICE(" p=\"p"), m->node->number);
    if (m->section)
        ATTR_STR(x, "section", m->section->id);
    ATTR(x, "lead", m->lead);
    attr_place(x, m->span);
    PUT(x, "/>\n");
}

/* What nearly every observation has is always written, if need be empty; the rest only when it is
 * there: libxml2 checks 2^n ways for n optional attributes that are there. */
static void indicator_name(struct xml *x, const struct indicator *i)
{
    ATTR(x, "table_label", i->box->label);
    ATTR(x, "row_no", i->row_no);
    ATTR(x, "category", i->category);
    ATTR_IF(x, "subcategory", i->subcategory);
    ATTR(x, "indicator", i->name);
    ATTR_IF(x, "breakdown", i->breakdown);
    ATTR(x, "unit", i->unit);
    ATTR(x, "unit_code", i->unit_code);
    ATTR(x, "nature", i->nature);
    PUT(x, " year=\"");
    if (i->year)
        put_uint(x, (uint32_t)i->year);
    PUT(x, "\"");
    ATTR(x, "role", i->role);
}

static void indicator_value(struct xml *x, const struct indicator *i)
{
    ATTR(x, "raw", i->raw);
    ATTR_STR(x, "value_kind", value_kind_names[i->kind]);
    ATTR_IF(x, "op", i->op);
    ATTR_IF(x, "value", i->value);
    ATTR_IF(x, "value_high", i->value_high);
    ATTR(x, "basis", i->basis);
    if (i->base_year)
        ATTR_UINT(x, "base_year", (uint32_t)i->base_year);
    ATTR_IF(x, "marks", i->marks);
    if (i->inherited)
        PUT(x, " inherited=\"true\"");
    ATTR_IF(x, "responsible", i->responsible);
    ATTR_IF(x, "remark", i->remark);
}

static void write_indicator(struct xml *x, const struct indicator *i)
{
    PUT(x, "<indicator");
    ATTR_STR(x, "xml:id", i->id);
    ATTR_STR(x, "box", i->box->id);
    if (i->cell) {
        PUT(x, " cell=\"");
        put_cell_id(x, i->box, i->cell);
    }
    indicator_name(x, i);
    indicator_value(x, i);
    attr_place(x, i->span);
    PUT(x, "/>\n");
}

static void write_note(struct xml *x, const struct note *n)
{
    PUT(x, "<note");
    ATTR_STR(x, "xml:id", n->id);
    ATTR(x, "kind", n->kind);
    ATTR_IF(x, "marker", n->marker);
    if (n->box)
        ATTR_STR(x, "box", n->box->id);
    if (n->anchor)
        ATTR_STR(x, "anchor", n->anchor);
    if (n->anchored)
        ATTR_UINT(x, "anchor_begin", n->anchor_begin);
    if (n->inferred)
        PUT(x, " inferred=\"true\"");
    attr_place(x, n->span);
    PUT(x, ">");
    escape_plain(first_bytes(n->text, VALUE_MAX), x->out);
    PUT(x, "</note>\n");
}

static void write_bookmark(struct xml *x, const struct bookmark *b, uint32_t number)
{
    PUT(x, "<bookmark");
    attr_uint(x, SLICE(" xml:id=\"bm"), number);
    ATTR(x, "name", b->name);
    if (b->section)
        ATTR_STR(x, "section", b->section->id);
    attr_place(x, b->span);
    PUT(x, "/>\n");
}

static void write_records(struct xml *x)
{
    const struct plan *p = x->plan;
    uint32_t bookmarks = 0;
    PUT(x, "<records>\n");
    for (const struct measure *m = p->measures; m; m = m->next)
        write_measure(x, m);
    for (const struct indicator *i = p->indicators; i; i = i->next)
        write_indicator(x, i);
    for (const struct note *n = p->notes; n; n = n->next)
        write_note(x, n);
    for (const struct bookmark *b = p->bookmarks; b; b = b->next)
        write_bookmark(x, b, ++bookmarks);
    PUT(x, "</records>\n");
}

/* The message in Chinese, whatever the user's language: the file must not depend on it. */
static void write_diagnostic(struct xml *x, const struct diag *d, struct buf *message)
{
    message->n = 0;
    diag_message(d->id, d->args, LANG_ZH, message);
    PUT(x, "<diagnostic");
    ATTR_STR(x, "code", diag_kind(d->id)->code);
    ATTR_STR(x, "level", diag_level_name(diag_kind(d->id)->level, LANG_EN));
    attr_place(x, d->span);
    attr_bytes(x, SLICE(" message=\""), buf_view(message));
    PUT(x, "/>\n");
}

static void write_diagnostics(struct xml *x)
{
    struct buf message = { 0 };
    PUT(x, "<diagnostics>\n");
    for (const struct diag *d = x->plan->diags; d; d = d->next)
        write_diagnostic(x, d, &message);
    PUT(x, "</diagnostics>\n");
    buf_done(&message);
}

void xml_write(const struct plan *p, const char *version, const char *grammar_hash, struct buf *out)
{
    struct xml x = { .plan = p, .out = out };
    buf_reserve(out, p->source.text.n + p->source.text.n / 2);
    PUT(&x, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<plan xmlns=\"urn:gangmu:plan:1\"");
    ATTR_STR(&x, "id", p->id);
    ATTR_STR(&x, "version", version);
    ATTR_STR(&x, "grammars", grammar_hash);
    PUT(&x, ">\n");
    write_source(&x);
    write_meta(&x);
    write_tree(&x);
    write_records(&x);
    write_diagnostics(&x);
    PUT(&x, "</plan>\n");
}
