#include "parse/preamble.h"

#include "base/numeral.h"
#include "base/text.h"
#include "parse/outline.h"

#include <stdio.h>
#include <stdlib.h>

enum { LINES_MAX = 80, NOTICE_LINES = 40, TITLE_CHARS = 60 };

enum preamble_kind {
    PRE_OTHER,
    PRE_TITLE,
    PRE_DOC_NO,
    PRE_NOTICE,
    PRE_ADDRESSEE,
    PRE_APPROVAL,
    PRE_DATE,
    PRE_PUBLIC,
    PRE_ISSUER,
    PRE_FURNITURE, /* a web page's */
    PRE_MAX
};

static const char *const kind_names[PRE_MAX] = {
    [PRE_OTHER] = "other",       [PRE_TITLE] = "title",         [PRE_DOC_NO] = "doc-no",
    [PRE_NOTICE] = "notice",     [PRE_ADDRESSEE] = "addressee", [PRE_APPROVAL] = "approval",
    [PRE_DATE] = "date",         [PRE_PUBLIC] = "public",       [PRE_ISSUER] = "issuer",
    [PRE_FURNITURE] = "furniture",
};

struct entry {
    size_t line;
    enum preamble_kind kind;
    struct rule_match match;
};

struct preamble {
    struct parse *ps;
    struct entry list[LINES_MAX];
    size_t count;
    size_t end; /* the first line that is not preamble */
};

static struct slice body_of(const struct preamble *pre, size_t i)
{
    return line_body(pre->ps->p, &pre->ps->lines.list[pre->list[i].line]);
}

static enum preamble_kind classify(struct parse *ps, const struct line *l, struct rule_match *m)
{
    struct slice body = line_body(ps->p, l);
    if (body.n > 600 || !rules_match(ps->g->rules, PLACE_PREAMBLE, body, m))
        return PRE_OTHER;
    for (int k = 0; k < PRE_MAX; k++)
        if (slice_eq(m->field[FIELD_KIND], slice_cstr(kind_names[k])))
            return (enum preamble_kind)k;
    return PRE_OTHER;
}

static void collect(struct preamble *pre)
{
    const struct lines *ls = &pre->ps->lines;
    size_t i = 0;
    for (; i < ls->count && pre->count < LINES_MAX; i++) {
        const struct line *l = &ls->list[i];
        if (line_is_strong(l) || line_is_caption(l) || l->kind == LINE_TOC || l->kind == LINE_CELL ||
            l->kind == LINE_ITEM)
            break;
        if (line_is_blank(l))
            continue;
        struct entry *e = &pre->list[pre->count++];
        *e = (struct entry){.line = i};
        e->kind = classify(pre->ps, l, &e->match);
    }
    pre->end = i;
}

static void set_meta(struct plan *p, enum meta_id id, struct slice value, struct span span)
{
    if (!p->meta[id].value.p && value.n)
        p->meta[id] = (struct meta){value, false, span};
}

static void set_date(struct plan *p, const struct rule_match *m, struct slice body)
{
    char text[16];
    int year = numeral_count(m->field[FIELD_YEAR]), month = numeral_count(m->field[FIELD_MONTH]);
    int day = numeral_count(m->field[FIELD_DAY]), n;
    if (year < 1949 || year > 2100)
        return;
    if (month > 0 && month < 13 && day > 0 && day < 32)
        n = snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, day);
    else
        return;
    set_meta(p, META_ISSUED_ON, slice_of(arena_dup(&p->arena, text, (size_t)n), (size_t)n),
             plan_span(p, body));
}

/* The entry that is the title which a notice at the top names, where no letter stands between: …关于印发《甲》的通知, 文号,
 * 甲. 0: there is none. */
static size_t named_title(const struct preamble *pre)
{
    enum { TITLE_BYTES = 18 }; /* at least */
    for (size_t i = 1; pre->count && pre->list[0].kind == PRE_NOTICE && i < pre->count && i < NOTICE_LINES; i++) {
        struct slice s = body_of(pre, i);
        if (s.n >= TITLE_BYTES && s.n < body_of(pre, 0).n && slice_find(body_of(pre, 0), s) >= 0)
            return i;
    }
    return 0;
}

/* The last entry of the notice + 1; 0 when there is none. A notice announces (…的通知), then ends with
 * the issuer's name and the date, and a remark on publication. */
static size_t notice_end(const struct preamble *pre)
{
    bool notice = false, approval = false;
    size_t end = 0;
    for (size_t i = 0; i < pre->count && i < NOTICE_LINES; i++) {
        enum preamble_kind k = pre->list[i].kind;
        notice |= k == PRE_NOTICE || k == PRE_ADDRESSEE;
        approval |= k == PRE_APPROVAL;
        if (notice && approval && (k == PRE_DATE || k == PRE_APPROVAL || k == PRE_ISSUER))
            end = k == PRE_DATE || !end ? i + 1 : end;
        if (end && k == PRE_DATE)
            break;
    }
    while (end && end < pre->count && pre->list[end].kind == PRE_PUBLIC)
        end++;
    return end ? end : named_title(pre);
}

static bool is_title_part(const struct preamble *pre, size_t i)
{
    struct slice s = body_of(pre, i);
    uint32_t last = text_last(s);
    enum preamble_kind k = pre->list[i].kind;
    return (k == PRE_OTHER || k == PRE_TITLE || k == PRE_ISSUER || k == PRE_NOTICE) &&
           text_chars(s) <= TITLE_CHARS && last != 0x3002 && last != 0xFF1A && last != 0xFF1B;
}

static struct span entry_span(const struct preamble *pre, size_t begin, size_t end)
{
    const struct line *list = pre->ps->lines.list;
    return (struct span){list[pre->list[begin].line].body_begin, list[pre->list[end - 1].line].body_end};
}

static void add_paragraph(struct preamble *pre, size_t i)
{
    struct parse *ps = pre->ps;
    parse_block(ps, ps->at, NODE_PARA, entry_span(pre, i, i + 1));
}

/* Number, issuer and date, where an entry of the notice gives them: …的通知国办发〔2020〕43号, 工业和信息化部2021年7月4日. */
static void read_issue(struct preamble *pre, size_t i)
{
    struct plan *p = pre->ps->p;
    const struct entry *e = &pre->list[i];
    const struct slice *f = e->match.field;
    if ((e->kind == PRE_DOC_NO || e->kind == PRE_NOTICE) && f[FIELD_NUMBER].n)
        set_meta(p, META_DOC_NO, f[FIELD_NUMBER], plan_span(p, f[FIELD_NUMBER]));
    if (e->kind != PRE_DATE && e->kind != PRE_APPROVAL)
        return;
    struct slice body = body_of(pre, i);
    if (e->kind == PRE_APPROVAL && f[FIELD_YEAR].n)
        body = slice_of(f[FIELD_YEAR].p, (size_t)(body.p + body.n - f[FIELD_YEAR].p));
    if (f[FIELD_YEAR].n)
        set_date(p, &e->match, body);
    if (f[FIELD_TITLE].n)
        set_meta(p, META_ISSUER, f[FIELD_TITLE], plan_span(p, f[FIELD_TITLE]));
}

static void read_notice(struct preamble *pre, size_t end)
{
    struct parse *ps = pre->ps;
    struct plan *p = ps->p;
    struct section *s = outline_bare(ps, NODE_NOTICE, entry_span(pre, 0, 1).begin);
    size_t title = 0, title_end;
    while (title < end && pre->list[title].kind == PRE_DOC_NO)
        title++;
    title_end = title;
    while (title_end < end && is_title_part(pre, title_end))
        title_end++;
    for (size_t i = 0; i < end; i++) {
        const struct entry *e = &pre->list[i];
        read_issue(pre, i);
        /* the issuer signs above the date */
        if (e->kind == PRE_ISSUER && i + 1 < end && i >= title_end)
            set_meta(p, META_ISSUER, body_of(pre, i), entry_span(pre, i, i + 1));
        if (i < title || i >= title_end) {
            add_paragraph(pre, i);
        } else if (i == title) {
            s->head = entry_span(pre, title, title_end);
            s->title = plan_flat(p, s->head, false);
            parse_block(ps, s->node, NODE_HEAD, s->head);
        }
    }
    outline_close(ps);
}

/* Whether entries begin..end-1, read as one, name a plan. */
static bool names_plan(struct preamble *pre, size_t begin, size_t end)
{
    struct rule_match m;
    struct slice joined = plan_flat(pre->ps->p, entry_span(pre, begin, end), false);
    return joined.n < 600 && rules_match(pre->ps->g->rules, PLACE_PREAMBLE, joined, &m) &&
           slice_eq(m.field[FIELD_KIND], SLICE("title"));
}

/* The longest run of title-like lines at i that names a plan; 0 when there is none. */
static size_t title_length(struct preamble *pre, size_t i)
{
    size_t end = i, best = 0;
    while (end < pre->count && end - i < 6 && is_title_part(pre, end)) {
        end++;
        if (names_plan(pre, i, end))
            best = end - i;
    }
    return best;
}

static void read_title(struct preamble *pre, size_t i, size_t n)
{
    struct plan *p = pre->ps->p;
    struct span span = entry_span(pre, i, i + n);
    struct slice named = pre->list[i].match.field[FIELD_TITLE];
    if (n == 1 && pre->list[i].kind == PRE_TITLE && named.n) /* 【法规标题】… */
        span = plan_span(p, named);
    set_meta(p, META_TITLE, plan_flat(p, span, false), span);
    parse_block(pre->ps, pre->ps->at, NODE_TITLE, span);
}

/* The title once more, as pages print it under their header. */
static bool same_title(const struct preamble *pre, size_t i)
{
    return slice_eq(body_of(pre, i), pre->ps->p->meta[META_TITLE].value);
}

size_t preamble_read(struct parse *ps)
{
    struct preamble *pre = mem_zalloc(sizeof *pre);
    pre->ps = ps;
    collect(pre);
    size_t i = notice_end(pre), end = pre->end;
    if (i)
        read_notice(pre, i);
    bool titled = false;
    for (; i < pre->count; i++) {
        size_t n = titled ? 0 : title_length(pre, i);
        if (n) {
            read_title(pre, i, n);
            titled = true;
            i += n - 1;
        } else if (pre->list[i].kind == PRE_DATE && text_chars(body_of(pre, i)) < 24) {
            parse_block(ps, ps->at, NODE_DATE, entry_span(pre, i, i + 1));
        } else if (pre->list[i].kind == PRE_FURNITURE) {
            parse_block(ps, ps->at, NODE_NOISE, entry_span(pre, i, i + 1));
        } else if (titled && pre->list[i].kind == PRE_TITLE && same_title(pre, i)) {
            parse_block(ps, ps->at, NODE_TITLE, entry_span(pre, i, i + 1));
        } else if (pre->list[i].kind == PRE_DOC_NO) {
            set_meta(ps->p, META_DOC_NO, pre->list[i].match.field[FIELD_NUMBER],
                     plan_span(ps->p, pre->list[i].match.field[FIELD_NUMBER]));
            add_paragraph(pre, i);
        } else {
            end = pre->list[i].line; /* the body begins */
            break;
        }
    }
    free(pre);
    return end;
}
