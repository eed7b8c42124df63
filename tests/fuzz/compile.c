/* Any bytes: refused for a reason, or compiled to a plan that all writers can write and whose XML is
 * well-formed and gives the source back. */
#include "compile.h"
#include "wellformed.h"
#include "write/json.h"
#include "write/tree.h"
#include "write/xml.h"

#include <stdio.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool good, const char *what)
{
    if (good)
        return;
    fprintf(stderr, "fuzz: %s\n", what);
    abort();
}

/* Kept for the whole run: GANGMU_GRAMMARS, or grammars/ in the working directory. */
static struct grammar *grammars(void)
{
    static struct grammar *g;
    struct buf error = { 0 };
    const char *dir = getenv("GANGMU_GRAMMARS");
    if (!g)
        g = grammar_open(dir && *dir ? dir : "grammars", NULL, SLICE_NONE, &error);
    demand(g != NULL, error.n ? buf_cstr(&error) : "no grammars");
    buf_done(&error);
    return g;
}

static struct buf to_xml(const struct plan *p)
{
    struct buf xml = { 0 };
    xml_write(p, "0.0.0", "00000000000000000000000000000000", &xml);
    return xml;
}

static void check_xml(const struct plan *p)
{
    struct buf xml = to_xml(p), text = { 0 }, source = { 0 };
    const char *wrong = wellformed(buf_view(&xml), &text);
    demand(!wrong, wrong);
    demand(slice_eq(buf_view(&text), p->source.text), "the XML holds another text");
    xml_source(p, &source);
    demand(slice_eq(buf_view(&source), p->source.text), "the source does not come back");
    buf_done(&xml);
    buf_done(&text);
    buf_done(&source);
}

static bool is_digits(struct slice s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
    return s.n > 0;
}

static void check_row(void *ctx, enum rows_table table, const struct slice *values, size_t count)
{
    const struct rows_definition *d = &rows_definitions[table];
    (void)ctx;
    demand(count == d->count, "a row has as many values as its table has columns");
    for (size_t i = 0; i < count; i++) {
        struct slice v = values[i];
        demand(v.p || !d->columns[i].required, d->columns[i].name);
        demand(!v.p || text_check_utf8(v.p, v.n) == v.n, d->columns[i].name);
        demand(!v.p || !rows_is_integer(&d->columns[i], v) || is_digits(v), d->columns[i].name);
    }
}

static void check_rows(const struct plan *p)
{
    struct buf json = { 0 };
    rows_emit(p, check_row, NULL);
    json_plan(p, &json);
    demand(json.n > 0 && text_check_utf8(json.p, json.n) == json.n, "JSON is UTF-8");
    buf_done(&json);
}

static void check_tree(const struct plan *p)
{
    struct buf tree = { 0 };
    tree_write(p, true, LANG_ZH, &tree);
    tree_write(p, false, LANG_EN, &tree);
    demand(text_check_utf8(tree.p, tree.n) == tree.n, "the outline is UTF-8");
    buf_done(&tree);
}

static struct plan *compile(struct slice bytes, struct refusal *why)
{
    struct buf copy = { 0 };
    buf_slice(&copy, bytes);
    struct plan *p = compile_bytes(grammars(), &copy, "fuzz", COMPILE_MAX_SIZE, why);
    buf_done(&copy);
    return p;
}

/* The same again, now that all patterns have been used. */
static void check_again(const struct plan *p, struct slice bytes)
{
    struct refusal why;
    struct plan *again = compile(bytes, &why);
    demand(again != NULL, "refused the second time");
    struct buf a = to_xml(p), b = to_xml(again);
    demand(slice_eq(buf_view(&a), buf_view(&b)), "another plan the second time");
    buf_done(&a);
    buf_done(&b);
    plan_free(again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct refusal why;
    struct slice bytes = slice_of((const char *)data, size);
    struct plan *p = compile(bytes, &why);
    if (!p) {
        demand(why.id != DIAG_CRASHED && diag_kind(why.id)->level == LEVEL_ERROR, why.arg);
        return 0;
    }
    check_xml(p);
    check_rows(p);
    check_tree(p);
    if (size % 8 == 0)
        check_again(p, bytes);
    plan_free(p);
    return 0;
}
