/* records: a plan made by hand. Where mentions are hung, and what XML and tables say of the records. */
#include "write/rows.h"
#include "write/xml.h"

#include <stdio.h>

static int points, failed;

static void ok(bool good, const char *what)
{
    points++;
    failed += !good;
    printf("%sok %d - %s\n", good ? "" : "not ", points, what);
}

static void is(struct slice got, const char *expected, const char *what)
{
    bool same = slice_eq(got, slice_cstr(expected));
    ok(same, what);
    if (!same)
        printf("# expected: %s\n# got:      %.*s\n", expected, (int)got.n, got.p);
}

/* ---- a plan of one line a paragraph ---- */

static struct plan *make(const char *text)
{
    struct plan *p = plan_new();
    struct source *s = &p->source;
    s->text = slice_cstr(text);
    s->file = SLICE("a.txt");
    s->format = "text";
    snprintf(s->encoding, sizeof s->encoding, "UTF-8");
    s->line_begin = arena_alloc(&p->arena, (s->text.n + 2) * sizeof *s->line_begin);
    for (uint32_t i = 0; i < s->text.n; i++)
        if (i == 0 || text[i - 1] == '\n')
            s->line_begin[s->line_count++] = i;
    s->line_begin[s->line_count] = (uint32_t)s->text.n;
    p->root = plan_node(p, NULL, NODE_PLAN, (struct span){0, (uint32_t)s->text.n});
    for (uint32_t i = 0; i < s->line_count; i++) {
        struct span line = {s->line_begin[i], s->line_begin[i + 1]};
        line.end -= text[line.end - 1] == '\n';
        plan_node(p, p->root, NODE_PARA, line)->number = i + 1;
    }
    snprintf(p->id, sizeof p->id, "x-x-x");
    return p;
}

static struct span find(const struct plan *p, const char *words)
{
    ptrdiff_t at = slice_find(p->source.text, slice_cstr(words));
    return (struct span){(uint32_t)at, (uint32_t)at + (uint32_t)strlen(words)};
}

static struct mark mark_at(const struct plan *p, const char *words, enum node_kind kind)
{
    return (struct mark){.span = find(p, words), .kind = kind, .name = SLICE("1")};
}

#define ADD(p, list, type)                                                                            \
    struct type *r = arena_alloc(&(p)->arena, sizeof *r);                                             \
    *(p)->list##_end = r;                                                                             \
    (p)->list##_end = &r->next

static struct target *target(struct plan *p, const char *id, struct span span)
{
    ADD(p, targets, target);
    r->id = id;
    r->span = span;
    r->raw = plan_slice(p, span);
    return r;
}

static struct duty *duty(struct plan *p, const char *id, const char *words)
{
    ADD(p, duties, duty);
    r->id = id;
    r->span = find(p, words);
    r->agency = r->raw = plan_slice(p, r->span);
    r->role = SLICE("lead");
    return r;
}

static struct citation *citation(struct plan *p, const char *id, const char *words)
{
    ADD(p, citations, citation);
    r->id = id;
    r->span = find(p, words);
    r->title = SLICE("<&>");
    r->kind = SLICE("law");
    return r;
}

static struct crossref *crossref(struct plan *p, const char *words, struct box *to)
{
    ADD(p, crossrefs, crossref);
    r->span = find(p, words);
    r->raw = plan_slice(p, r->span);
    r->target = to;
    return r;
}

/* ---- what is written ---- */

/* Between the first `from` and the first `to` behind it. */
static struct slice between(struct slice s, const char *from, const char *to)
{
    ptrdiff_t begin = slice_find(s, slice_cstr(from));
    if (begin < 0)
        return SLICE_NONE;
    s = slice_of(s.p + begin + strlen(from), s.n - (size_t)begin - strlen(from));
    ptrdiff_t end = slice_find(s, slice_cstr(to));
    return slice_of(s.p, end < 0 ? s.n : (size_t)end);
}

/* The one paragraph of a plan once it is sealed, and the whole again. */
static void hangs(struct plan *p, const char *expected, const char *what)
{
    struct buf xml = {0}, source = {0};
    ok(plan_seal(p), what);
    xml_write(p, "0.0.0", "0", &xml);
    xml_source(p, &source);
    struct slice text = between(buf_view(&xml), "<text", "</text>");
    struct slice inner = between(text, "end=\"", "</p>");
    is(between(inner, ">", "</p>"), expected, what);
    ok(slice_eq(buf_view(&source), p->source.text), "the source comes back");
    buf_done(&xml);
    buf_done(&source);
    plan_free(p);
}

static void mentions_are_hung(void)
{
    struct plan *p = make("按《甲局规划》，丙达到95%以上，见表1。");
    target(p, "t1", find(p, "95%以上"));
    duty(p, "d1", "甲局");
    citation(p, "q1", "《甲局规划》");
    crossref(p, "见表1", NULL);
    hangs(p,
          "按<citation ref=\"q1\">《<agency ref=\"d1\">甲局</agency>规划》</citation>，丙达到"
          "<quantity ref=\"t1\">95%以上</quantity>，<crossref ref=\"x1\">见表1</crossref>。",
          "mentions nest in the order of kinds");

    p = make("达到95%以上");
    target(p, "t1", find(p, "95%以上"));
    target(p, "t2", find(p, "95%以上"));
    target(p, "t3", find(p, "95%"));
    hangs(p, "达到<quantity ref=\"t1\">95%以上</quantity>", "of one kind the outer, and the first, stays");

    p = make("一二三四五");
    citation(p, "q1", "二三四");
    duty(p, "d1", "三四五");
    target(p, "t1", find(p, "二三四"));
    hangs(p, "一<citation ref=\"q1\"><quantity ref=\"t1\">二三四</quantity></citation>五",
          "what overlaps is dropped; of one span the kind that may hold the other is outside");

    p = make("一二\n三四");
    citation(p, "q1", "二\n三");
    target(p, "t1", (struct span){3, 3});
    hangs(p, "一二", "nothing is hung over two paragraphs, or without length");
}

static void marks_come_first(void)
{
    struct plan *p = make("《甲[footnoteRef:1]》乙[footnoteRef:2]丙");
    struct mark refs[] = {mark_at(p, "[footnoteRef:1]", NODE_FOOTREF),
                          mark_at(p, "[footnoteRef:2]", NODE_FOOTREF)};
    p->marks = refs;
    p->mark_count = 2;
    citation(p, "q1", "《甲[footnoteRef:1]》");
    duty(p, "d1", "乙[footnote");
    target(p, "t1", find(p, "Ref:2"));
    hangs(p,
          "<citation ref=\"q1\">《甲<footref name=\"1\">[footnoteRef:1]</footref>》</citation>乙"
          "<footref name=\"1\">[footnoteRef:2]</footref>丙",
          "a mark stays whole, in a mention or beside a dropped one");

    p = make("甲[1: 见《乙法》。]");
    struct mark note = mark_at(p, "[1: 见《乙法》。]", NODE_FOOTNOTE);
    p->marks = &note;
    p->mark_count = 1;
    citation(p, "q1", "《乙法》");
    citation(p, "q2", "甲[1: 见");
    duty(p, "d1", "甲[1: 见《乙法》。]");
    hangs(p,
          "甲<footnote xml:id=\"fn1\" name=\"1\" line=\"1\" begin=\"3\" end=\"26\">[1: 见"
          "<citation ref=\"q1\">《乙法》</citation>。]</footnote>",
          "a footnote holds mentions and lies in none");
}

/* ---- records ---- */

static struct box *box(struct plan *p, struct span span)
{
    ADD(p, boxes, box);
    r->id = "b1";
    r->node = p->root->last;
    r->node->kind = NODE_BOX;
    r->node->u.box = r;
    r->head = span;
    return r;
}

static struct project *project(struct plan *p, const char *id, struct project *parent, struct span span)
{
    ADD(p, projects, project);
    r->id = id;
    r->parent = parent;
    r->span = span;
    r->text = plan_slice(p, span);
    return r;
}

/* The rows of one table as lines, columns parted by |. */
static void add_row(void *ctx, enum rows_table table, const struct slice *values, size_t count)
{
    (void)table;
    for (size_t i = 0; i < count; i++) {
        buf_str(ctx, i ? "|" : "");
        buf_slice(ctx, values[i]);
    }
    buf_char(ctx, '\n');
}

static void rows_are(const struct plan *p, enum rows_table table, const char *expected)
{
    struct buf rows = {0};
    rows_emit_table(p, table, add_row, &rows);
    is(buf_view(&rows), expected, rows_definitions[table].name);
    buf_done(&rows);
}

static void tables_are_right(const struct plan *p)
{
    rows_are(p, ROWS_TARGETS, "x-x-x|t1|||丙|forest|全县|2025|>=|95||%|%||95%以上|2|5|22|31|95|%|year|air|346.75|天|折算\n");
    rows_are(p, ROWS_GOALS, "x-x-x|g1||2035|vision|好|好。|1|1|0|9\n");
    rows_are(p, ROWS_PROJECTS, "x-x-x|pj1||b1||一|工程|甲表一||12.5|万元|3|1|1|0|9|水\n"
                               "x-x-x|pj2|pj1|||||表一|||||1|2|3|9|\n");
    rows_are(p, ROWS_DUTIES, "x-x-x|d1|甲||lead|||甲|1|1|0|3|0\n"
                              "x-x-x|d2|乙局|eco|lead|target|t1|乙局|2|1|10|16|1\n");
    rows_are(p, ROWS_CITATIONS, "x-x-x|q1||<&>||law|1|1|0|3\n");
    rows_are(p, ROWS_CROSSREFS, "x-x-x||甲表一|b1|1|1|0|9\nx-x-x||见表九||2|10|31|40\n");
    rows_are(p, ROWS_TERMS, "x-x-x|k1|1|甲|释义|1|1|0|3\n");
}

static void elements_are_right(const struct plan *p)
{
    static const char *const expected =
        "<target xml:id=\"t1\" subject=\"丙\" indicator_code=\"forest\" scope=\"全县\" year=\"2025\" "
        "inferred=\"year\" op=\">=\" value=\"95\" unit=\"%\" unit_code=\"%\" basis=\"\" raw=\"95%以上\" "
        "norm_value=\"95\" norm_unit=\"%\" concept=\"air\" concept_value=\"346.75\" concept_unit=\"天\" "
        "concept_note=\"折算\" line=\"2\" begin=\"22\" end=\"31\"/>\n"
        "<goal xml:id=\"g1\" horizon_year=\"2035\" kind=\"vision\" headline=\"好\" line=\"1\" begin=\"0\" "
        "end=\"9\">好。</goal>\n"
        "<project xml:id=\"pj1\" box=\"b1\" no=\"一\" title=\"工程\" places=\"\" amount=\"12.5\" "
        "amount_unit=\"万元\" count=\"3\" group=\"水\" line=\"1\" begin=\"0\" end=\"9\">甲表一</project>\n"
        "<project xml:id=\"pj2\" parent=\"pj1\" no=\"\" title=\"\" places=\"\" line=\"1\" begin=\"3\" "
        "end=\"9\">表一</project>\n"
        "<duty xml:id=\"d1\" agency=\"甲\" agency_code=\"\" role=\"lead\" raw=\"甲\" line=\"1\" begin=\"0\" "
        "end=\"3\"/>\n"
        "<duty xml:id=\"d2\" agency=\"乙局\" agency_code=\"eco\" role=\"lead\" object_kind=\"target\" "
        "object=\"t1\" raw=\"乙局\" open_ended=\"true\" line=\"2\" begin=\"10\" end=\"16\"/>\n"
        "<citation xml:id=\"q1\" title=\"&lt;&amp;>\" doc_no=\"\" kind=\"law\" line=\"1\" begin=\"0\" "
        "end=\"3\"/>\n"
        "<crossref xml:id=\"x1\" raw=\"甲表一\" target=\"b1\" line=\"1\" begin=\"0\" end=\"9\"/>\n"
        "<crossref xml:id=\"x2\" raw=\"见表九\" line=\"2\" begin=\"31\" end=\"40\"/>\n"
        "<term xml:id=\"k1\" no=\"1\" term=\"甲\" line=\"1\" begin=\"0\" end=\"3\">释义</term>\n";
    struct buf xml = {0};
    xml_write(p, "0.0.0", "0", &xml);
    is(between(buf_view(&xml), "<records>\n", "</records>"), expected, "elements of the records");
    buf_done(&xml);
}

static void fill(struct plan *p)
{
    struct target *t = target(p, "t1", find(p, "95%以上"));
    t->subject = SLICE("丙");
    t->indicator_code = SLICE("forest");
    t->scope = SLICE("全县");
    t->year = 2025;
    t->year_inferred = true;
    t->op = SLICE(">=");
    t->value = t->norm_value = SLICE("95");
    t->unit = t->unit_code = t->norm_unit = SLICE("%");
    t->comparable = (struct comparable){SLICE("air"), SLICE("346.75"), SLICE("天"), SLICE("折算")};
    struct duty *d = duty(p, "d1", "乙局"); /* tables are read before the prose */
    d->agency_code = SLICE("eco");
    d->object_kind = SLICE("target");
    d->object_id = t->id;
    d->open_ended = true;
    duty(p, "d2", "甲");
    citation(p, "q1", "甲");
    crossref(p, "见表九", NULL); /* found before the one in front of it, and one place twice */
    crossref(p, "甲表一", p->boxes);
    crossref(p, "甲表一", NULL);
    struct project *one = project(p, "pj1", NULL, find(p, "甲表一"));
    one->box = p->boxes;
    one->no = SLICE("一");
    one->title = SLICE("工程");
    one->amount = SLICE("12.5");
    one->count = SLICE("3");
    one->group = SLICE("水");
    project(p, "pj2", one, find(p, "表一"));
}

static void records_are_written(void)
{
    struct plan *p = make("甲表一\n乙局丙达95%以上见表九\n表");
    box(p, find(p, "\n表"));
    fill(p);
    {
        ADD(p, goals, goal);
        *r = (struct goal){.id = "g1", .horizon_year = 2035, .kind = SLICE("vision"), .headline = SLICE("好"),
                           .text = SLICE("好。"), .span = find(p, "甲表一")};
    }
    {
        ADD(p, terms, term);
        *r = (struct term){.id = "k1", .no = SLICE("1"), .term = SLICE("甲"), .definition = SLICE("释义"),
                           .span = find(p, "甲")};
    }
    ok(plan_seal(p), "the plan is sound");
    tables_are_right(p);
    elements_are_right(p);
    p->terms->span.end = 1000;
    ok(!plan_seal(p), "a record outside the source is found");
    plan_free(p);
}

int main(void)
{
    mentions_are_hung();
    marks_come_first();
    records_are_written();
    printf("1..%d\n", points);
    return failed > 0;
}
