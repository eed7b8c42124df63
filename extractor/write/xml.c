#include "write/xml.h"

#include "base/text.h"
#include "write/escape.h"
#include "write/xml_put.h"

enum { RUN_MAX = 4 << 20 }; /* a longer run of text is parted by empty comments, which are no text */

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
    xml_put_place(x, n->line, n->span);
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
        xml_put_str(x, n->parent->u.section->id);
        PUT(x, ".h\"");
    }
    xml_put_place(x, n->line, n->span);
}

static void paragraph(struct xml *x, const struct node *n)
{
    xml_attr_uint(x, SLICE(" xml:id=\"p"), n->number);
    xml_put_place(x, n->line, n->span);
}

static void dash(struct xml *x, const struct node *n)
{
    xml_attr_uint(x, SLICE(" xml:id=\"ds"), n->number);
    xml_put_place(x, n->line, n->span);
}

/* Kinds that nothing points at are counted here. */
static void counted(struct xml *x, const struct node *n)
{
    static const struct slice ids[NODE_MAX] = {
        [NODE_TITLE] = { " xml:id=\"title", 14 }, [NODE_DATE] = { " xml:id=\"date", 13 },
        [NODE_TOC] = { " xml:id=\"toc", 12 },     [NODE_NOISE] = { " xml:id=\"noise", 14 },
        [NODE_NOTE] = { " xml:id=\"tn", 11 },     [NODE_FOOTNOTE] = { " xml:id=\"fn", 11 },
    };
    xml_attr_uint(x, ids[n->kind], ++x->count[n->kind]);
    if (n->kind == NODE_FOOTNOTE)
        ATTR(x, "name", n->u.name);
    xml_put_place(x, n->line, n->span);
}

static void placed(struct xml *x, const struct node *n)
{
    xml_put_place(x, n->line, n->span);
}

static void named(struct xml *x, const struct node *n)
{
    ATTR(x, "name", n->u.name);
}

/* A mention of a record. */
static void mention(struct xml *x, const struct node *n)
{
    ATTR_STR(x, "ref", n->u.ref);
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
    xml_put_place(x, n->line, n->span);
}

static void caption(struct xml *x, const struct node *n)
{
    PUT(x, " xml:id=\"");
    xml_put_str(x, x->box->id);
    PUT(x, ".cap\"");
    xml_put_place(x, n->line, n->span);
}

static void table(struct xml *x, const struct node *n)
{
    const struct table *t = &x->box->table;
    PUT(x, " xml:id=\"");
    xml_put_str(x, x->box->id);
    PUT(x, ".t\"");
    ATTR_UINT(x, "rows", (uint32_t)t->rows);
    ATTR_UINT(x, "cols", (uint32_t)t->cols);
    ATTR_UINT(x, "header_rows", (uint32_t)t->header_rows);
    xml_put_place(x, n->line, n->span);
    x->count[NODE_ROW] = 0;
}

static void row(struct xml *x, const struct node *n)
{
    PUT(x, " xml:id=\"");
    xml_put_str(x, x->box->id);
    PUT(x, ".r");
    xml_put_uint(x, x->count[NODE_ROW]++);
    PUT(x, "\"");
    xml_put_place(x, n->line, n->span);
}

static void cell(struct xml *x, const struct node *n)
{
    const struct cell *c = n->u.cell;
    PUT(x, " xml:id=\"");
    xml_put_cell_id(x, x->box, c);
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
        xml_put_cell_id(x, x->box, c->from);
        ATTR(x, "value", c->text);
    }
    xml_put_place(x, n->line, n->span);
}

/* What a start tag says, by kind; divisions are all alike. */
static void (*const attributes[NODE_MAX])(struct xml *x, const struct node *n) = {
    [NODE_PLAN] = root,        [NODE_HEAD] = head,        [NODE_TITLE] = counted,
    [NODE_DATE] = counted,     [NODE_TOC] = counted,      [NODE_PARA] = paragraph,
    [NODE_DASH] = dash,        [NODE_LEAD] = placed,      [NODE_BOX] = box,
    [NODE_CAPTION] = caption,  [NODE_TABLE] = table,      [NODE_ROW] = row,
    [NODE_CELL] = cell,        [NODE_NOTE] = counted,     [NODE_NOISE] = counted,
    [NODE_FOOTNOTE] = counted, [NODE_CITATION] = mention, [NODE_CROSSREF] = mention,
    [NODE_AGENCY] = mention,   [NODE_QUANTITY] = mention, [NODE_FOOTREF] = named,
    [NODE_BOOKMARK] = named,
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
    xml_put(x, names[n->kind]);
    if (node_is_division(n->kind))
        division(x, n);
    else
        attributes[n->kind](x, n);
    PUT(x, ">");
}

static void end_tag(struct xml *x, const struct node *n)
{
    PUT(x, "</");
    xml_put(x, names[n->kind]);
    PUT(x, ">");
}

static void put_text(struct xml *x, struct slice text)
{
    while (text.n) {
        struct slice run = text_head(text, RUN_MAX);
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
    xml_attr_bytes(x, SLICE(" file=\""), s->file);
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
    xml_put_str(x, name);
    if (m->inferred)
        PUT(x, " inferred=\"true\"");
    else if (m->span.end > m->span.begin)
        xml_attr_place(x, m->span);
    PUT(x, ">");
    xml_put_plain(x, m->value);
    PUT(x, "</");
    xml_put_str(x, name);
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

/* ---- diagnostics ---- */

/* The message in Chinese, whatever the user's language: the file must not depend on it. */
static void write_diagnostic(struct xml *x, const struct diag *d, struct buf *message)
{
    message->n = 0;
    diag_message(d->id, d->args, LANG_ZH, message);
    PUT(x, "<diagnostic");
    ATTR_STR(x, "code", diag_kind(d->id)->code);
    ATTR_STR(x, "level", diag_level_name(diag_kind(d->id)->level, LANG_EN));
    xml_attr_place(x, d->span);
    xml_attr_bytes(x, SLICE(" message=\""), buf_view(message));
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
    buf_reserve(out, p->source.text.n * 3); /* most are not longer */
    PUT(&x, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<plan xmlns=\"urn:gangmu:plan:1\"");
    ATTR_STR(&x, "id", p->id);
    ATTR_STR(&x, "version", version);
    ATTR_STR(&x, "grammars", grammar_hash);
    PUT(&x, ">\n");
    write_source(&x);
    write_meta(&x);
    write_tree(&x);
    xml_records(&x);
    write_diagnostics(&x);
    PUT(&x, "</plan>\n");
}
