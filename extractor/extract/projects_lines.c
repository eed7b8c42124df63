/* Lines of prose about projects: programmes, the projects and lists inside them, what is said of them. */
#include "extract/projects_reader.h"

#include "base/particle.h"
#include "base/sentence.h"
#include "base/text.h"
#include "extract/quantity.h"

enum {
    HEAD_CHARS = 30,  /* of a head that runs into its text */
    RANK_PLAIN = 9,   /* of what has no number */
};

/* ---- programmes and their lines ---- */

/* How deep a number stands: 一、 （一） 1. （1） ①. */
static int rank_of(struct slice line, const struct rule_match *m)
{
    size_t at = 0;
    if (!m->field[FIELD_NUMBER].n)
        return RANK_PLAIN;
    uint32_t c = text_next(line.p, line.n, &at);
    if (c == 0xFF08 || c == '(')
        return text_digit(line, at) ? 4 : 2;
    if (c >= 0x2460 && c <= 0x2473)
        return 5;
    return text_digit(line, 0) ? 3 : 1;
}

void projects_close(struct projects_reader *r)
{
    struct project *o = r->last;
    if (o && plan_within(r->p, o->text) && plan_span(r->p, o->text).end < o->span.end)
        o->text = plan_flat(r->p, o->span, false);
    r->open = r->last = NULL;
}

/* A line belongs to the programme before it. */
static void extend(struct projects_reader *r, struct slice line)
{
    if (r->last)
        r->last->span.end = plan_span(r->p, line).end;
}

/* What the programme before consists of. */
static void read_contents(struct projects_reader *r, struct slice line)
{
    extend(r, line);
    projects_read_figures(r, r->open, line);
    projects_read_singles(r, r->open, line);
}

static void read_fact(struct projects_reader *r, struct slice line, struct slice text)
{
    if (!r->last)
        return;
    extend(r, line);
    projects_read_figures(r, r->last, line);
    if (text.n)
        projects_read_singles(r, r->last, text);
}

/* Behind the last full stop before byte `at`. */
static size_t sentence_begin_of(struct slice text, size_t at)
{
    size_t begin = 0;
    for (size_t stop; (stop = begin + sentence_stop(slice_of(text.p + begin, text.n - begin))) < at;)
        begin = stop + SLICE("。").n;
    return begin;
}

/* The last project of the programme that begins in the sentence around `at`, before it; NULL: there is none. */
static struct project *project_before(struct projects_reader *r, struct project *programme, struct slice text, uint32_t at)
{
    size_t begin = sentence_begin_of(text, at - plan_span(r->p, text).begin);
    struct project *found = NULL;
    for (struct project *o = programme->next; o; o = o->next)
        if (o->parent == programme && o->span.begin >= plan_span(r->p, text).begin + begin && o->span.begin < at)
            found = o;
    return found;
}

/* Where a programme's text tells several sums, each is of the project before it in its sentence; the programme keeps one
 * that has none before it. */
static void share_amounts(struct projects_reader *r, struct project *programme, struct slice text)
{
    struct rule_match m;
    struct slice own = SLICE_NONE;
    size_t end = 0, given = 0;
    for (size_t at = 0; rules_search(r->g->rules, PLACE_FIGURES, text, at, &m, &end) && end > at; at = end) {
        if (!slice_eq(m.field[FIELD_KIND], SLICE("amount")))
            continue;
        struct slice amount = projects_in_ten_thousands(r, m.field[FIELD_VALUE], m.field[FIELD_UNIT]);
        struct project *o = project_before(r, programme, text, plan_span(r->p, m.field[FIELD_VALUE]).begin);
        if (o && !o->amount.n)
            o->amount = amount;
        else if (!o && !own.n)
            own = amount;
        given += o != NULL;
    }
    if (given)
        programme->amount = own;
}

static void open_programme(struct projects_reader *r, struct slice line, const struct rule_match *m, int rank)
{
    projects_close(r);
    struct project *o = projects_add(r, NULL, plan_span(r->p, line));
    o->rule = m->rule;
    o->no = m->field[FIELD_NUMBER];
    o->title = text_trim(m->field[FIELD_TITLE]);
    o->text = line;
    r->last = o;
    r->rank = rank;
    r->open = m->field[FIELD_TEXT].n ? NULL : o;
    size_t amounts = projects_read_figures(r, o, line);
    if (m->field[FIELD_TEXT].n)
        projects_read_singles(r, o, m->field[FIELD_TEXT]);
    if (m->field[FIELD_TEXT].n && amounts > 1)
        share_amounts(r, o, m->field[FIELD_TEXT]);
}

/* ---- projects inside a programme ---- */

static void add_inner(struct projects_reader *r, struct slice line, const struct rule_match *m)
{
    struct project *o = projects_add(r, r->last, plan_span(r->p, line));
    o->rule = m->rule;
    o->no = m->field[FIELD_NUMBER];
    o->title = text_trim(m->field[FIELD_TITLE]);
    o->text = line;
    projects_read_figures(r, o, line);
    extend(r, line);
}

/* Bytes up to one of two chars outside brackets. */
static size_t length_to(struct slice s, uint32_t one, uint32_t other)
{
    const uint32_t ends[] = {one, other};
    return projects_length_to(s, ends, 2);
}

/* Cuts the beginning up to one of two chars off *rest. */
static bool cut(struct slice *rest, uint32_t one, uint32_t other, struct slice *out)
{
    if (!rest->n)
        return false;
    size_t n = length_to(*rest, one, other), next = n;
    if (n < rest->n)
        text_next(rest->p, rest->n, &next);
    *out = text_trim(slice_of(rest->p, n));
    *rest = slice_of(rest->p + next, rest->n - next);
    return true;
}

/* 某铁路（总投资189.5亿元）: what is in brackets with a figure is no part of the name. */
static struct slice without_figures(struct projects_reader *r, struct slice s)
{
    struct quantity q;
    for (size_t n = 0, at = 0; n < s.n;) {
        size_t begin = n;
        uint32_t c = text_next(s.p, s.n, &n);
        if (c != 0xFF08 && c != '(')
            continue;
        if (begin && quantity_next(r->g, slice_of(s.p + begin, s.n - begin), &at, &q))
            return text_trim(slice_of(s.p, begin));
        break;
    }
    return s;
}

static struct project *add_listed(struct projects_reader *r, struct slice title, struct slice text)
{
    title = without_figures(r, title);
    if (text_chars(title) < 3)
        return NULL;
    struct project *o = projects_add(r, r->last, plan_span(r->p, text));
    o->title = title;
    o->text = text;
    return o;
}

/* 南线铁路，长约96公里，估算投资130亿元；北站扩建、东站扩建。 ； and 、 part projects; what is behind a comma is said of them. */
static void read_list(struct projects_reader *r, struct slice list)
{
    for (struct slice piece, names, name; cut(&list, 0xFF1B, 0x3002, &piece);) {
        struct slice rest = piece;
        struct project *o = NULL;
        size_t count = 0;
        cut(&rest, 0xFF0C, ',', &names);
        for (struct slice all = names; cut(&all, 0x3001, 0x3001, &name); count++) {
            bool whole = name.n == names.n;
            o = add_listed(r, name, whole ? piece : name);
            if (o)
                projects_read_figures(r, o, o->text);
        }
    }
}

/* ---- a line ---- */

/* Whether a line that might be a programme is a project inside the one before. */
static bool is_inner(struct projects_reader *r, const struct rule_match *m, int rank)
{
    if (!r->last || !r->last->no.n || rank <= r->rank)
        return false;
    return rank < RANK_PLAIN || (r->open && m->field[FIELD_TEXT].n);
}

/* 新建高标准农田17.7万亩。总投资3.54亿元。 A sentence under a title, not a title. */
static bool is_sentence(struct projects_reader *r, const struct rule_match *m, int rank)
{
    struct slice title = m->field[FIELD_TITLE];
    if (!r->open || !r->open->no.n || rank < RANK_PLAIN)
        return false;
    return length_to(title, 0xFF0C, ',') < title.n ||
           (projects_acts(r, title) && !particle_ends(r->g, title, PARTICLE_PROJECT));
}

void projects_read_line(struct projects_reader *r, struct slice line)
{
    struct rule_match m;
    if (!rules_match(r->g->rules, PLACE_PROGRAMME, line, &m)) {
        if (r->open)
            read_contents(r, line);
        return;
    }
    struct slice kind = m.field[FIELD_KIND];
    int rank = rank_of(line, &m);
    if (slice_eq(kind, SLICE("fact"))) {
        read_fact(r, line, m.field[FIELD_TEXT]);
    } else if (slice_eq(kind, SLICE("list")) && r->open && r->open->no.n) {
        extend(r, line);
        read_list(r, m.field[FIELD_TEXT]);
    } else if (is_sentence(r, &m, rank)) {
        read_contents(r, line);
    } else if (is_inner(r, &m, rank)) {
        add_inner(r, line, &m);
    } else {
        open_programme(r, line, &m, rank);
    }
}

/* ---- a box that is one programme ---- */

/* 开展算力评价。 A short sentence of what is done, that others follow. */
static bool is_head(struct projects_reader *r, struct slice s)
{
    struct quantity q;
    size_t at = 0;
    return projects_acts(r, s) && text_chars(s) <= HEAD_CHARS && length_to(s, 0xFF0C, 0xFF1B) == s.n &&
           length_to(s, 0x3001, ':') == s.n && !particle_ends(r->g, s, PARTICLE_PROJECT) &&
           !quantity_next(r->g, s, &at, &q);
}

/* The heads of a paragraph, each with one sentence at least behind it; 0: it is not made of such. */
static size_t count_heads(struct projects_reader *r, struct slice text)
{
    size_t heads = 0;
    bool before = false, any = false;
    for (struct slice s; sentence_next(&text, &s); any = true) {
        bool head = !before && is_head(r, s);
        if (!any && !head)
            return 0;
        heads += head;
        before = head;
    }
    return before ? 0 : heads;
}

bool projects_read_heads(struct projects_reader *r, struct span span)
{
    struct rule_match m;
    struct slice text = plan_slice(r->p, span), title = r->box->title;
    if (!rules_match(r->g->rules, PLACE_PROGRAMME, title, &m) || m.field[FIELD_NUMBER].n || !plan_within(r->p, title) ||
        count_heads(r, text) < 2)
        return false;
    struct project *o = projects_add(r, NULL, (struct span){plan_span(r->p, title).begin, span.end}), *head = NULL;
    o->rule = m.rule;
    o->title = title;
    o->text = plan_flat(r->p, o->span, false);
    projects_read_figures(r, o, text);
    bool before = false;
    for (struct slice s; sentence_next(&text, &s);) {
        before = !before && is_head(r, s);
        size_t end = plan_span(r->p, s).end, next = end;
        if (next < span.end)
            text_next(r->p->source.text.p, span.end, &next);
        if (before) {
            head = projects_add(r, o, plan_span(r->p, s));
            head->title = text_trim(s);
        }
        head->span.end = (uint32_t)next;
        head->text = plan_slice(r->p, head->span);
    }
    return true;
}
