/* What the notes under a table change of its values: what brackets mean, of which year a marked value is. */
#include "extract/extract.h"

#include "base/numeral.h"
#include "base/text.h"

enum {
    EFFECTS_MAX = 64,       /* notes of one table that change values */
    NOTE_SIZE_MAX = 4000,   /* bytes of a note that are looked at */
    YEARS_APART_MAX = 10,   /* a note of a year farther off is of something else */
};

/* Of the table that is looked at: its observations follow each other. */
struct table_values {
    struct indicator *first, *end;
};

static bool is_kind(const struct rule_match *m, const char *kind)
{
    return slice_eq(m->field[FIELD_KIND], slice_cstr(kind));
}

/* Whether a value stands in such brackets, however they are typed. */
static bool is_within(struct slice raw, uint32_t bracket)
{
    for (size_t at = 0; at < raw.n;) {
        size_t from = at;
        text_next(raw.p, raw.n, &at);
        if (text_fold_first(slice_of(raw.p + from, at - from)) == bracket)
            return true;
    }
    return false;
}

static void set_basis(struct indicator *o, struct slice basis)
{
    if (slice_eq(o->basis, basis))
        return;
    o->noted_basis = basis;
    if (!slice_eq(basis, SLICE("mean"))) /* which is no basis of the tables: its brackets stay what they are */
        o->basis = basis;
}

/* 【】内为五年平均值: all values in such brackets. */
static void explain_brackets(const struct table_values *v, const struct rule_match *m)
{
    uint32_t bracket = text_fold_first(m->field[FIELD_NUMBER]);
    for (struct indicator *o = v->first; o != v->end; o = o->next)
        if (slice_eq(o->basis, SLICE("cumulative")) && is_within(o->raw, bracket))
            set_basis(o, m->field[FIELD_BASIS]);
}

/* “十三五”时期空气质量优良天数比率平均值为93%: the value of that indicator that stands in brackets. */
static void explain_value(const struct table_values *v, const struct rule_match *m)
{
    for (struct indicator *o = v->first; o != v->end; o = o->next)
        if (slice_eq(o->basis, SLICE("cumulative")) && o->name.n &&
            slice_find(m->field[FIELD_NAME], o->name) >= 0 && slice_eq(o->value, m->field[FIELD_VALUE]))
            set_basis(o, m->field[FIELD_BASIS]);
}

/* Only values in brackets may change their basis. */
static bool has_brackets(const struct table_values *v)
{
    for (const struct indicator *o = v->first; o != v->end; o = o->next)
        if (slice_eq(o->basis, SLICE("cumulative")))
            return true;
    return false;
}

static void read_note(const struct table_values *v, struct grammar *g, struct slice text)
{
    struct rule_match m;
    while (text.n && text.n <= NOTE_SIZE_MAX && rules_match(g->rules, PLACE_EFFECT, text, &m)) {
        struct slice last = m.field[is_kind(&m, "brackets") ? FIELD_NUMBER
                                    : is_kind(&m, "value")  ? FIELD_VALUE
                                                            : FIELD_YEAR];
        if (is_kind(&m, "brackets"))
            explain_brackets(v, &m);
        else if (is_kind(&m, "value"))
            explain_value(v, &m);
        if (!last.p)
            return;
        const char *end = text.p + text.n, *behind = last.p + last.n;
        text = slice_of(behind, (size_t)(end - behind));
    }
}

/* A note as it stands, its marker before it: 【】 内为五年平均值. */
static void read_table_note(const struct table_values *v, struct grammar *g, const struct note *n)
{
    struct buf whole = {0};
    buf_slice(&whole, n->marker);
    buf_slice(&whole, n->text);
    read_note(v, g, buf_view(&whole));
    buf_done(&whole);
}

/* The year that a note says values are of, or 0. */
static int noted_year(struct grammar *g, struct slice text)
{
    struct rule_match m;
    bool found = text.n <= NOTE_SIZE_MAX && rules_match(g->rules, PLACE_EFFECT, text, &m) && is_kind(&m, "year");
    return found ? numeral_count(m.field[FIELD_YEAR]) : 0;
}

/* *为2019年数据: the year of a base or reached value that the mark stands at. */
static void move_year(struct indicator *o, int year)
{
    bool past = slice_eq(o->role, SLICE("base")) || slice_eq(o->role, SLICE("actual"));
    if (!past || !o->year || year == o->year || year < o->year - YEARS_APART_MAX || year > o->year + YEARS_APART_MAX)
        return;
    o->year = year;
    o->year_noted = true;
}

/* Table notes stand first in p->notes, box by box; those of marks follow in the order of the observations. */
void extract_effects(struct plan *p, struct grammar *g)
{
    struct indicator *o = p->indicators;
    const struct note *n = p->notes;
    for (const struct box *b = p->boxes; b; b = b->next) {
        struct table_values v = {o, o};
        for (; v.end && v.end->box == b; v.end = v.end->next)
            ;
        o = v.end;
        bool brackets = has_brackets(&v);
        for (size_t seen = 0; n && n->box == b && slice_eq(n->kind, SLICE("table")); n = n->next)
            if (brackets && seen++ < EFFECTS_MAX)
                read_table_note(&v, g, n);
    }
    o = p->indicators;
    struct slice text = SLICE_NONE; /* many marks stand for one note */
    int year = 0;
    for (; n; n = n->next) {
        if (!slice_eq(n->kind, SLICE("mark")) || !n->anchor || n->anchor[0] != 'o')
            continue;
        while (o && o->id != n->anchor)
            o = o->next;
        if (!text.p || !slice_eq(text, n->text))
            year = noted_year(g, text = n->text);
        if (o)
            move_year(o, year);
    }
}
