/* 《…》 with its number, and references to boxes and tables of the plan itself. */
#include "extract/extract.h"

#include "base/index.h"
#include "base/numeral.h"
#include "base/text.h"


enum {
    TITLE_BYTES = 600,
    NUMBER_BYTES = 160,    /* behind a title, with its bracket */
    STANDARD_BYTES = 40,   /* of GB/T 31962-2015 */
    BREAK_BYTES = 12,      /* of blanks between title and number */
    REFERENCE_BYTES = 60,
    EXPRESSION_CHARS = 5,
};

/* A cursor over the outline: the section around an ever growing offset. */
struct place {
    struct section *section, *next;
};

static struct section *section_at(struct place *at, uint32_t offset)
{
    while (at->next && at->next->head.begin <= offset) {
        at->section = at->next;
        at->next = at->next->next;
    }
    return at->section;
}

/* End of the 》 that closes the 《 at begin, inner pairs counted; 0 when none is near. */
static size_t closing(struct slice text, size_t begin)
{
    int depth = 0;
    size_t limit = text.n - begin > TITLE_BYTES ? begin + TITLE_BYTES : text.n;
    for (size_t i = begin; i + 2 < limit; i++) {
        if ((unsigned char)text.p[i] != 0xE3)
            continue;
        depth += memcmp(text.p + i, "《", 3) == 0;
        if (memcmp(text.p + i, "》", 3) == 0 && --depth == 0)
            return i + 3;
        if (depth > 2)
            return 0;
    }
    return 0;
}

/* GB 3095—2012 right behind a title, without a bracket. */
static struct slice bare_number(struct grammar *g, struct slice rest, struct rule_match *m)
{
    size_t n = 0;
    if (!rest.n || rest.p[0] < 'A' || rest.p[0] > 'Z')
        return SLICE_NONE;
    for (size_t at = 0; at < rest.n && at < STANDARD_BYTES;) {
        uint32_t c = text_next(rest.p, rest.n, &at);
        if (!(c < 0x7F && c > 0x20 && c != ',' && c != ';' && c != ')') && c != ' ' && c != 0x2014 && c != 0x2013)
            break;
        n = at;
    }
    struct slice number = text_trim(slice_of(rest.p, n));
    return rules_match(g->rules, PLACE_CITATION, number, m) && slice_eq(m->field[FIELD_NUMBER], number) ? number
                                                                                                         : SLICE_NONE;
}

/* Past blanks and one line break, between a title and its number. */
static struct slice past_break(struct slice s)
{
    size_t at = 0, breaks = 0;
    while (at < s.n && at < BREAK_BYTES && breaks < 2) {
        size_t next = at;
        uint32_t c = text_next(s.p, s.n, &next);
        breaks += c == '\n';
        if (breaks > 1 || !(text_is_blank(c) || c == '\n' || c == '\r'))
            break;
        at = next;
    }
    return slice_of(s.p + at, s.n - at);
}

/* （渝府发〔2018〕25号） or （GB 3095—2012） right behind a title, and the rule that says so. What follows the number
 * in the bracket is no part of it: （…，以下简称《规划》）. */
static struct slice number_behind(struct grammar *g, struct slice text, size_t at, struct rule_match *m)
{
    struct slice rest = past_break(slice_of(text.p + at, text.n - at > NUMBER_BYTES ? NUMBER_BYTES : text.n - at));
    size_t open = slice_starts(rest, SLICE("（")) ? 3 : slice_starts(rest, SLICE("(")) ? 1 : 0;
    if (!open)
        return rest.p == text.p + at ? bare_number(g, rest, m) : SLICE_NONE;
    ptrdiff_t close = slice_find(rest, open == 3 ? SLICE("）") : SLICE(")"));
    if (close < 0)
        return SLICE_NONE;
    struct slice inner = text_trim(slice_of(rest.p + open, (size_t)close - open));
    bool numbered = inner.n && rules_match(g->rules, PLACE_CITATION, inner, m) && m->field[FIELD_NUMBER].p == inner.p;
    return numbered ? text_trim(m->field[FIELD_NUMBER]) : SLICE_NONE;
}

/* By the number where it is one of standards, else by the title. */
static void set_number_and_kind(struct grammar *g, struct slice text, size_t end, struct citation *c)
{
    struct rule_match m;
    c->doc_no = number_behind(g, text, end, &m);
    bool standard = c->doc_no.n && slice_eq(m.field[FIELD_KIND], SLICE("standard"));
    bool known = standard || rules_match(g->rules, PLACE_CITATION, c->title, &m);
    c->kind = known ? m.field[FIELD_KIND] : SLICE("other");
    c->rule = known ? m.rule : NULL;
}

static void add_citation(struct plan *p, struct grammar *g, struct section *section, size_t begin, size_t end)
{
    struct citation *c = arena_alloc(&p->arena, sizeof *c);
    c->id = plan_id(p, "q", ++p->citation_count);
    c->section = section;
    c->span = (struct span){(uint32_t)begin, (uint32_t)end};
    c->title = text_trim(plan_flat(p, (struct span){(uint32_t)begin + 3, (uint32_t)end - 3}, false));
    set_number_and_kind(g, p->source.text, end, c);
    *p->citations_end = c;
    p->citations_end = &c->next;
}

static void read_citations(struct plan *p, struct grammar *g)
{
    struct place place = {NULL, p->sections};
    size_t done = 0;
    for (size_t i = 0; i < p->hit_count; i++) {
        const struct hit *h = &p->hits[i];
        if (h->kind > HIT_TITLE_CLOSE || h->at < done)
            continue;
        size_t end = h->kind == HIT_TITLE_OPEN ? closing(p->source.text, h->at) : 0;
        struct section *section = section_at(&place, h->at);
        if (end) {
            add_citation(p, g, section, h->at, end);
            done = end;
        } else {
            struct span span = {h->at, h->at + 3};
            plan_diag(p, DIAG_TITLE_UNBALANCED, span, plan_slice(p, span), SLICE_NONE);
        }
    }
}

/* ---- references to boxes ---- */

struct references {
    struct plan *p;
    struct grammar *g;
    struct box **boxes;
    struct index labels;     /* label → place in boxes + 1, the first of them */
    const struct box *ahead; /* the first box whose caption ends behind the last place asked for */
};

/* A label as it is looked up: 表 2—1 as 表2-1, 专栏三 as 专栏3. */
static struct slice label_key(struct plan *p, struct slice label)
{
    struct buf out = {0};
    struct slice plain = text_without_blanks(&p->arena, label);
    size_t word = 0, at = 0;
    while (at < plain.n && word == at) { /* the word before the number */
        uint32_t c = text_next(plain.p, plain.n, &at);
        if (numeral_count(slice_of(plain.p + word, at - word)) < 0 && text_is_han(c))
            word = at;
    }
    int count = numeral_count(slice_of(plain.p + word, plain.n - word));
    buf_add(&out, plain.p, word);
    if (count >= 0)
        buf_printf(&out, "%d", count);
    for (at = word; count < 0 && at < plain.n;) {
        size_t begin = at;
        uint32_t c = text_next(plain.p, plain.n, &at);
        if (c == 0x2014 || c == 0x2013 || c == 0xFF0D)
            buf_char(&out, '-');
        else
            buf_add(&out, plain.p + begin, at - begin);
    }
    struct slice key = slice_of(arena_dup(&p->arena, out.p ? out.p : "", out.n), out.n);
    buf_done(&out);
    return key;
}

static void index_boxes(struct references *r)
{
    struct plan *p = r->p;
    size_t n = 0;
    for (struct box *b = p->boxes; b; b = b->next) {
        size_t *first = index_put(&r->labels, label_key(p, b->label));
        r->boxes = arena_grow(&p->arena, r->boxes, n, sizeof(struct box *));
        r->boxes[n++] = b;
        if (!*first)
            *first = n;
    }
}

static struct box *box_labelled(const struct references *r, struct slice label)
{
    const size_t *first = index_get(&r->labels, label_key(r->p, label));
    return first ? r->boxes[*first - 1] : NULL;
}

/* Asked for ever growing offsets. */
static bool is_caption(struct references *r, uint32_t offset)
{
    while (r->ahead && r->ahead->head.end <= offset)
        r->ahead = r->ahead->next;
    return r->ahead && r->ahead->head.begin <= offset;
}

/* A reference that begins at `begin`: raw up to the label's end, brackets included. False: there is none. */
static bool read_crossref(struct references *r, size_t begin, size_t at, struct section *section)
{
    struct plan *p = r->p;
    struct rule_match m;
    struct slice text = p->source.text;
    struct slice head = text_head(slice_of(text.p + begin, text.n - begin), REFERENCE_BYTES);
    if (!rules_match(r->g->rules, PLACE_CROSSREF, head, &m))
        return false;
    struct slice label = m.field[FIELD_LABEL];
    if (label.p + label.n <= text.p + at)
        return false;
    struct slice raw = slice_of(head.p, (size_t)(label.p + label.n - head.p));
    if (slice_starts(head, SLICE("（")))
        raw.n += 3;
    else if (slice_starts(head, SLICE("(")))
        raw.n += 1;
    struct crossref *c = arena_alloc(&p->arena, sizeof *c);
    c->section = section;
    c->raw = raw;
    c->rule = m.rule;
    c->span = plan_span(p, raw);
    c->target = box_labelled(r, label);
    if (!c->target)
        plan_diag(p, DIAG_REFERENCE_DANGLING, c->span, label, SLICE_NONE);
    *p->crossrefs_end = c;
    p->crossrefs_end = &c->next;
    return true;
}

/* Whether a number stands at a place, perhaps behind a blank. */
static bool is_numbered(struct slice text, size_t at)
{
    size_t begin = at;
    uint32_t c = at < text.n ? text_next(text.p, text.n, &at) : 0;
    if (c == ' ' && at < text.n) {
        begin = at;
        text_next(text.p, text.n, &at);
    }
    return at > begin && numeral_count(slice_of(text.p + begin, at - begin)) >= 0;
}

/* The reference around a 表 or 专栏 at `at`, which begins a few chars before it: 详见, （见, 如下. */
static void read_reference(struct references *r, size_t at, size_t end, struct section *section)
{
    struct slice text = r->p->source.text;
    size_t begins[EXPRESSION_CHARS + 1], n = 0;
    if (is_caption(r, (uint32_t)at))
        return;
    if (is_numbered(text, end)) /* 专栏3所列 */
        begins[n++] = at;
    for (size_t begin = at, last = n + EXPRESSION_CHARS; n < last && begin > 0; n++) {
        begins[n] = begin = text_before(text, begin);
        uint32_t c = text_first(slice_of(text.p + begin, at - begin));
        if (!text_is_han(c) && c != ' ') { /* a bracket, or what is before */
            n++;
            break;
        }
    }
    while (n > 0 && !read_crossref(r, begins[n - 1], at, section))
        n--;
}

static void read_crossrefs(struct plan *p, struct grammar *g)
{
    struct place place = {NULL, p->sections};
    struct references r = {.p = p, .g = g, .ahead = p->boxes};
    index_boxes(&r);
    for (size_t i = 0; i < p->hit_count; i++) {
        const struct hit *h = &p->hits[i];
        if (h->kind != HIT_TABLE && h->kind != HIT_BOX)
            continue;
        read_reference(&r, h->at, h->at + h->length, section_at(&place, h->at));
    }
    index_done(&r.labels);
}

void extract_citations(struct plan *p, struct grammar *g)
{
    read_citations(p, g);
    read_crossrefs(p, g);
}
