/* The element `records`. What nearly every record of a kind has is always written, if need be empty;
 * the rest only when it is there: libxml2 checks 2^n ways for n optional attributes that are there. */
#include "write/xml_put.h"

/* An id that is not always known. */
static void attr_id_if(struct xml *x, struct slice name, const char *id)
{
    if (id)
        xml_attr_str(x, name, id);
}

static void attr_section(struct xml *x, const struct section *s)
{
    attr_id_if(x, SLICE(" section=\""), s ? s->id : NULL);
}

/* 0: not known, written empty. */
static void attr_year(struct xml *x, struct slice name, int year)
{
    xml_put(x, name);
    if (year)
        xml_put_uint(x, (uint32_t)year);
    PUT(x, "\"");
}

static void attr_norm(struct xml *x, struct slice value, struct slice unit)
{
    if (!value.n)
        return;
    ATTR(x, "norm_value", value);
    ATTR(x, "norm_unit", unit);
}

static void attr_comparable(struct xml *x, const struct comparable *c)
{
    ATTR_IF(x, "concept", c->concept);
    if (!c->value.n)
        return;
    ATTR(x, "concept_value", c->value);
    ATTR(x, "concept_unit", c->unit);
    ATTR(x, "concept_note", c->note);
}

static void write_measure(struct xml *x, const struct measure *m)
{
    PUT(x, "<measure");
    ATTR_STR(x, "xml:id", m->id);
    xml_attr_uint(x, SLICE(" p=\"p"), m->node->number);
    attr_section(x, m->section);
    ATTR(x, "lead", m->lead);
    xml_attr_place(x, m->span);
    PUT(x, "/>\n");
}

/* ---- figures ---- */

static void indicator_name(struct xml *x, const struct indicator *i)
{
    ATTR(x, "table_label", i->box->label);
    ATTR(x, "row_no", i->row_no);
    ATTR(x, "category", i->category);
    ATTR_IF(x, "subcategory", i->subcategory);
    ATTR(x, "indicator", i->name);
    ATTR_IF(x, "breakdown", i->breakdown);
    ATTR(x, "indicator_code", i->code);
    ATTR(x, "unit", i->unit);
    ATTR(x, "unit_code", i->unit_code);
    ATTR(x, "nature", i->nature);
    attr_year(x, SLICE(" year=\""), i->year);
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
    if (i->year_noted)
        PUT(x, " year_noted=\"true\"");
    ATTR_IF(x, "basis_noted", i->noted_basis);
    attr_norm(x, i->norm_value, i->norm_unit);
    attr_comparable(x, &i->comparable);
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
        xml_put_cell_id(x, i->box, i->cell);
    }
    indicator_name(x, i);
    indicator_value(x, i);
    xml_attr_place(x, i->span);
    PUT(x, "/>\n");
}

static void target_value(struct xml *x, const struct target *t)
{
    attr_year(x, SLICE(" year=\""), t->year);
    ATTR_IF(x, "inferred", slice_cstr(target_inferred(t)));
    ATTR(x, "op", t->op);
    ATTR(x, "value", t->value);
    ATTR_IF(x, "value_high", t->value_high);
    ATTR(x, "unit", t->unit);
    ATTR(x, "unit_code", t->unit_code);
    ATTR(x, "basis", t->basis);
    ATTR(x, "raw", t->raw);
    attr_norm(x, t->norm_value, t->norm_unit);
    attr_comparable(x, &t->comparable);
}

static void write_target(struct xml *x, const struct target *t)
{
    PUT(x, "<target");
    ATTR_STR(x, "xml:id", t->id);
    attr_section(x, t->section);
    attr_id_if(x, SLICE(" measure=\""), t->measure ? t->measure->id : NULL);
    ATTR(x, "subject", t->subject);
    ATTR(x, "indicator_code", t->indicator_code);
    ATTR_IF(x, "scope", t->scope);
    target_value(x, t);
    xml_attr_place(x, t->span);
    PUT(x, "/>\n");
}

/* ---- what is to be done, and by whom ---- */

static void write_goal(struct xml *x, const struct goal *g)
{
    PUT(x, "<goal");
    ATTR_STR(x, "xml:id", g->id);
    attr_section(x, g->section);
    attr_year(x, SLICE(" horizon_year=\""), g->horizon_year);
    ATTR(x, "kind", g->kind);
    ATTR(x, "headline", g->headline);
    xml_attr_place(x, g->span);
    PUT(x, ">");
    xml_put_plain(x, g->text);
    PUT(x, "</goal>\n");
}

static void write_project(struct xml *x, const struct project *r)
{
    PUT(x, "<project");
    ATTR_STR(x, "xml:id", r->id);
    attr_id_if(x, SLICE(" parent=\""), r->parent ? r->parent->id : NULL);
    attr_id_if(x, SLICE(" box=\""), r->box ? r->box->id : NULL);
    attr_section(x, r->section);
    ATTR(x, "no", r->no);
    ATTR(x, "title", r->title);
    ATTR(x, "places", r->places);
    if (r->amount.n) {
        ATTR(x, "amount", r->amount);
        PUT(x, " amount_unit=\"万元\"");
    }
    ATTR_IF(x, "count", r->count);
    ATTR_IF(x, "group", r->group);
    xml_attr_place(x, r->span);
    PUT(x, ">");
    xml_put_plain(x, r->text);
    PUT(x, "</project>\n");
}

static void write_duty(struct xml *x, const struct duty *d)
{
    PUT(x, "<duty");
    ATTR_STR(x, "xml:id", d->id);
    ATTR(x, "agency", d->agency);
    ATTR(x, "agency_code", d->agency_code);
    ATTR(x, "role", d->role);
    if (d->object_id) {
        ATTR(x, "object_kind", d->object_kind);
        ATTR_STR(x, "object", d->object_id);
    }
    ATTR(x, "raw", d->raw);
    if (d->open_ended)
        PUT(x, " open_ended=\"true\"");
    xml_attr_place(x, d->span);
    PUT(x, "/>\n");
}

/* ---- references ---- */

static void write_citation(struct xml *x, const struct citation *c)
{
    PUT(x, "<citation");
    ATTR_STR(x, "xml:id", c->id);
    attr_section(x, c->section);
    ATTR(x, "title", c->title);
    ATTR(x, "doc_no", c->doc_no);
    ATTR(x, "kind", c->kind);
    xml_attr_place(x, c->span);
    PUT(x, "/>\n");
}

static void write_crossref(struct xml *x, const struct crossref *c)
{
    PUT(x, "<crossref");
    ATTR_STR(x, "xml:id", c->id);
    attr_section(x, c->section);
    ATTR(x, "raw", c->raw);
    attr_id_if(x, SLICE(" target=\""), c->target ? c->target->id : NULL);
    xml_attr_place(x, c->span);
    PUT(x, "/>\n");
}

static void write_note(struct xml *x, const struct note *n)
{
    PUT(x, "<note");
    ATTR_STR(x, "xml:id", n->id);
    ATTR(x, "kind", n->kind);
    ATTR_IF(x, "marker", n->marker);
    attr_id_if(x, SLICE(" box=\""), n->box ? n->box->id : NULL);
    attr_id_if(x, SLICE(" anchor=\""), n->anchor);
    if (n->anchored)
        ATTR_UINT(x, "anchor_begin", n->anchor_begin);
    if (n->inferred)
        PUT(x, " inferred=\"true\"");
    xml_attr_place(x, n->span);
    PUT(x, ">");
    xml_put_plain(x, n->text);
    PUT(x, "</note>\n");
}

static void write_bookmark(struct xml *x, const struct bookmark *b, uint32_t number)
{
    PUT(x, "<bookmark");
    xml_attr_uint(x, SLICE(" xml:id=\"bm"), number);
    ATTR(x, "name", b->name);
    attr_section(x, b->section);
    xml_attr_place(x, b->span);
    PUT(x, "/>\n");
}

static void write_term(struct xml *x, const struct term *t)
{
    PUT(x, "<term");
    ATTR_STR(x, "xml:id", t->id);
    ATTR(x, "no", t->no);
    ATTR(x, "term", t->term);
    xml_attr_place(x, t->span);
    PUT(x, ">");
    xml_put_plain(x, t->definition);
    PUT(x, "</term>\n");
}

/* ---- the whole, in the order of the tables ---- */

#define WRITE_ALL(kind)                                                                               \
    for (const struct kind *r = p->kind##s; r; r = r->next)                                           \
        write_##kind(x, r)

void xml_records(struct xml *x)
{
    const struct plan *p = x->plan;
    uint32_t bookmarks = 0;
    PUT(x, "<records>\n");
    WRITE_ALL(measure);
    WRITE_ALL(indicator);
    WRITE_ALL(target);
    WRITE_ALL(goal);
    WRITE_ALL(project);
    for (const struct duty *d = p->duties; d; d = d->next)
        write_duty(x, d);
    WRITE_ALL(citation);
    WRITE_ALL(crossref);
    WRITE_ALL(note);
    for (const struct bookmark *b = p->bookmarks; b; b = b->next)
        write_bookmark(x, b, ++bookmarks);
    WRITE_ALL(term);
    PUT(x, "</records>\n");
}
