/* Duties: bodies with something to do, from 责任单位 columns, from brackets behind a task
 * （X牵头，Y配合）, and from the sentences of the prose. */
#include "extract/duties_reader.h"

#include "base/numeral.h"
#include "base/sentence.h"
#include "base/text.h"

enum {
    BRACKET_BYTES = 1500,  /* looked at to either side for a bracket's ends */
    SENTENCE_BYTES = 1500, /* and for a sentence's */
    LABEL_BYTES = 30,      /* of 牵头责任单位： */
    BEFORE_BYTES = 72,     /* of a sentence shown to the rules before and behind a list */
    BEHIND_BYTES = 135,
    DEPTH_MAX = 8,         /* brackets in brackets */
};

/* ---- places in the prose ---- */

static void move_to(struct duties_reader *r, uint32_t at)
{
    while (r->next_section && r->next_section->head.begin <= at) {
        r->section = r->next_section;
        r->next_section = r->next_section->next;
    }
    for (; r->measure && r->measure->node->span.end <= at; r->measure = r->measure->next) {
        r->before = r->measure;
        r->before_end = r->measure->node->span.end;
    }
    while (r->programme && (r->programme->parent || r->programme->span.end <= at))
        r->programme = r->programme->next;
}

/* Whether there is nothing but blanks up to a place, a bracket that opens and the end of a sentence. */
static bool is_blank_until(struct slice text, size_t at, size_t end)
{
    while (at < end) {
        uint32_t c = text_next(text.p, text.n, &at);
        if (!text_is_blank(c) && c != '\n' && c != '\r' && !duties_is_open(c) && c != 0x3002)
            return false;
    }
    return true;
}

/* The measure that a paragraph which begins with its bodies (责任单位：…) stands right behind, or NULL. */
static const struct measure *measure_before(struct duties_reader *r, uint32_t at)
{
    const struct node *n = r->node;
    struct slice text = r->p->source.text;
    if (!n || n->kind != NODE_PARA || !r->before || r->before->section != r->section ||
        !is_blank_until(text, n->span.begin, at) || !is_blank_until(text, r->before_end, n->span.begin))
        return NULL;
    r->before_end = n->span.end;
    return r->before;
}

/* What the bodies at a place have to do; false when that is nothing. */
static bool find_object(struct duties_reader *r, uint32_t at)
{
    const struct measure *before;
    if (r->programme && r->programme->span.begin <= at)
        duties_object(r, "project", r->programme->id);
    else if (r->measure && r->measure->span.begin <= at)
        duties_object(r, "measure", r->measure->id);
    else if ((before = measure_before(r, at)))
        duties_object(r, "measure", before->id);
    else if (r->section)
        duties_object(r, "section", r->section->id);
    else
        return false;
    return true;
}

static bool holds_text(const struct node *n)
{
    return n->kind == NODE_PARA || n->kind == NODE_DASH || n->kind == NODE_CELL || !n->first;
}

static const struct node *node_behind(const struct node *n)
{
    while (n && !n->next)
        n = n->parent;
    return n ? n->next : NULL;
}

/* The paragraph, cell or the like that holds a place, or NULL; places come in order. */
static const struct node *node_at(struct duties_reader *r, uint32_t at)
{
    const struct node *n = r->cursor;
    while (n && (n->span.end <= at || (n->span.begin <= at && !holds_text(n))))
        n = n->span.end <= at ? node_behind(n) : n->first;
    r->cursor = n;
    return n && n->span.begin <= at ? n : NULL;
}

/* ---- brackets: （X牵头，Y、Z按职责分工负责）, [责任单位：…] ---- */

/* The bracket around `at`, in its paragraph; empty when there is none. */
static struct slice bracket_around(struct slice text, size_t at)
{
    size_t from = text_onward(text, at > BRACKET_BYTES ? at - BRACKET_BYTES : 0), opens[DEPTH_MAX] = {0}, depth = 0;
    for (size_t i = from; i < at;) {
        uint32_t c = text_next(text.p, text.n, &i);
        if (duties_is_open(c) && depth < DEPTH_MAX)
            opens[depth++] = i;
        else if (duties_is_close(c) && depth)
            depth--;
    }
    size_t outer = depth;
    for (size_t i = at; depth && i < text.n && i - at < BRACKET_BYTES;) {
        size_t here = i;
        uint32_t c = text_next(text.p, text.n, &i);
        outer += duties_is_open(c);
        if (duties_is_close(c) && outer-- == depth)
            return slice_of(text.p + opens[depth - 1], here - opens[depth - 1]);
    }
    return SLICE_NONE;
}

static bool add_bracket(struct duties_reader *r, struct slice s)
{
    if (!find_object(r, plan_span(r->p, s).begin))
        return false;
    r->last_count = 0; /* each bracket closes a task */
    duties_order(r, s);
    duties_parts(r, s, SLICE("responsible"), true);
    duties_first_leads(r, s, 0);
    r->last_count = 0;
    r->read = plan_span(r->p, s).end;
    return true;
}

static bool read_bracket(struct duties_reader *r, struct slice s)
{
    return duties_named(r, s) && add_bracket(r, s);
}

/* The place of a hit in its paragraph, or in its line where there is none. */
static struct slice paragraph_at(const struct duties_reader *r, uint32_t at)
{
    const struct source *s = &r->p->source;
    uint32_t line = plan_line(r->p, at);
    struct span span = {s->line_begin[line - 1], s->line_begin[line]};
    return plan_slice(r->p, r->node ? r->node->span : span);
}

static bool is_colon(struct slice text, size_t at)
{
    struct slice s = slice_of(text.p + at, text.n - at);
    return slice_starts(s, SLICE("：")) || slice_starts(s, SLICE(":"));
}

/* 责任单位：县教委、县财政局。 without a bracket: from the label to the end of the sentence. */
static struct slice labelled(struct slice text, size_t at)
{
    size_t begin = at, end = at;
    while (begin > 0 && at - begin < LABEL_BYTES) {
        size_t previous = text_before(text, begin);
        if (!text_is_han(text_first(slice_of(text.p + previous, begin - previous))))
            break;
        begin = previous;
    }
    while (end < text.n && end - at < BRACKET_BYTES) {
        size_t here = end;
        uint32_t c = text_next(text.p, text.n, &end);
        if (c == 0x3002 || c == '\n' || c == '\t')
            return slice_of(text.p + begin, here - begin);
    }
    return slice_of(text.p + begin, end - begin);
}

static bool read_bearers(struct duties_reader *r, uint32_t at, bool label)
{
    struct slice text = paragraph_at(r, at);
    size_t here = at - plan_span(r->p, text).begin;
    struct slice bracket = bracket_around(text, here);
    if (bracket.n)
        return read_bracket(r, bracket);
    return label && read_bracket(r, labelled(text, here));
}

/* ---- sentences ---- */

/* Whether the char that ends at a place, which is not 0, ends a sentence; most are told by a byte. */
static bool is_sentence_end(struct slice text, size_t end)
{
    switch ((unsigned char)text.p[end - 1]) {
    case ';':
        return true;
    case 0x82: /* the last bytes of the others */
    case 0x9B:
    case 0x81:
    case 0x9F:
        return sentence_ends(text_last(slice_of(text.p, end)));
    default:
        return false;
    }
}

/* The sentence around a place of a paragraph, not before what has been read. */
static struct slice sentence_around(struct slice text, size_t low, size_t at)
{
    size_t begin = at, end = at;
    while (begin > low && at - begin < SENTENCE_BYTES && !is_sentence_end(text, begin))
        begin = text_before(text, begin);
    while (end < text.n && end - at < SENTENCE_BYTES) {
        size_t here = end;
        if (sentence_ends(text_next(text.p, text.n, &end)))
            return slice_of(text.p + begin, here - begin);
    }
    return slice_of(text.p + begin, end - begin);
}

static void add_without_breaks(struct buf *out, const char *s, size_t n)
{
    for (size_t at = 0, run; at < n; at += run + 1) {
        for (run = 0; at + run < n && s[at + run] != '\n' && s[at + run] != '\r';)
            run++;
        buf_add(out, s + at, run);
    }
}

/* The sentence with ◇ for each list of bodies; places[i] is where the i-th stands. */
static void mask(struct duties_reader *r, struct slice s, size_t *places)
{
    const struct bodies *b = &r->bodies;
    size_t at = 0;
    r->masked.n = 0;
    for (size_t i = 0; i <= b->list_count; i++) {
        size_t end = i < b->list_count ? b->lists[i].begin : s.n;
        add_without_breaks(&r->masked, s.p + at, end > at ? end - at : 0);
        if (i == b->list_count)
            break;
        places[i] = r->masked.n;
        buf_str(&r->masked, "◇");
        at = b->lists[i].end;
    }
}

/* The role of the list at a place of the masked sentence, which the rules see as ◆. */
static struct slice role_at(struct duties_reader *r, size_t place)
{
    struct rule_match m;
    char *p = r->masked.p;
    size_t begin = text_onward(buf_view(&r->masked), place > BEFORE_BYTES ? place - BEFORE_BYTES : 0);
    size_t end = place + 3;
    while (end < r->masked.n && end < place + BEHIND_BYTES)
        text_next(p, r->masked.n, &end);
    memcpy(p + place, "◆", 3);
    bool found = rules_match(r->g->rules, PLACE_DUTY, slice_of(p + begin, end - begin), &m);
    memcpy(p + place, "◇", 3);
    r->rule = found ? m.rule : NULL;
    return found ? m.field[FIELD_ROLE] : SLICE_NONE;
}

static void read_list(struct duties_reader *r, const struct body_list *l, struct slice role)
{
    for (size_t i = 0; i < l->count; i++) {
        const struct body *b = &r->bodies.items[l->first + i];
        if (b->kind != BODY_FIRM)
            duties_add(r, b, role, l->open);
    }
}

/* Whether a text is lists of bodies and nothing else but what parts them. */
static bool is_all_bodies(struct duties_reader *r, struct slice s)
{
    const struct bodies *b = &r->bodies;
    bodies_read(r->g, s, r->year, &r->bodies);
    size_t at = 0;
    for (size_t i = 0; i <= b->list_count; i++) {
        size_t end = i < b->list_count ? b->lists[i].begin : s.n;
        while (at < end) {
            uint32_t c = text_next(s.p, s.n, &at);
            if (!text_is_blank(c) && !sentence_is_comma(c) && c != '\n' && c != '\r')
                return false;
        }
        at = i < b->list_count ? b->lists[i].end : at;
    }
    return b->list_count > 0;
}

/* （各镇街、区级有关部门） behind the last sentence of a paragraph: those are responsible. */
static bool read_closing(struct duties_reader *r, struct slice s)
{
    size_t open = 0, at;
    s = text_trim(s);
    if (!s.n || !duties_is_open(text_next(s.p, s.n, &open)) || !duties_is_close(text_last(s)))
        return false;
    struct slice bracket = bracket_around(s, open);
    at = open + bracket.n;
    if (bracket.p != s.p + open || at >= s.n || (text_next(s.p, s.n, &at), at < s.n) ||
        !is_blank_until(r->p->source.text, plan_span(r->p, s).end, r->node->span.end) || !is_all_bodies(r, bracket))
        return false;
    return add_bracket(r, bracket);
}

static void read_sentence(struct duties_reader *r, struct slice s)
{
    size_t places[BODY_LISTS_MAX];
    if (read_closing(r, s))
        return;
    bodies_read(r->g, s, r->year, &r->bodies);
    if (!r->bodies.list_count || !find_object(r, plan_span(r->p, s).begin))
        return;
    mask(r, s, places);
    for (size_t i = 0; i < r->bodies.list_count; i++) {
        struct slice role = role_at(r, places[i]);
        if (role.n)
            read_list(r, &r->bodies.lists[i], role);
    }
}

static const struct box *box_around(const struct node *n)
{
    while (n && n->kind != NODE_BOX)
        n = n->parent;
    return n ? n->u.box : NULL;
}

/* Cells of prose and projects, not of figures. */
static bool is_cell_of_text(const struct node *n)
{
    const struct box *b = box_around(n);
    return b && (b->kind == BOX_TEXT || b->kind == BOX_PROJECTS);
}

/* Cells that have been read already, with their column. */
static bool is_cell_of_bearers(const struct node *n)
{
    const struct box *b = n && n->kind == NODE_CELL ? box_around(n) : NULL;
    return b && b->table.columns && b->table.columns[n->u.cell->col].role == COLUMN_RESPONSIBLE;
}

/* Whether the text there may give somebody something to do: not what was, nor the notice, nor a
 * heading, nor a table of figures. */
static bool is_prose(const struct duties_reader *r)
{
    const struct section *s = r->section;
    const struct node *n = r->node;
    if (!s || s->situation || s->level == 0 || !n || s->node->kind == NODE_GLOSSARY)
        return false;
    return n->kind == NODE_PARA || n->kind == NODE_DASH || (n->kind == NODE_CELL && is_cell_of_text(n));
}

static void read_sentence_at(struct duties_reader *r, uint32_t at)
{
    uint32_t begin = r->node->span.begin, low = r->sentences_read > begin ? r->sentences_read : begin;
    struct slice s = sentence_around(plan_slice(r->p, r->node->span), low - begin, at - begin);
    r->sentences_read = plan_span(r->p, s).end;
    read_sentence(r, s);
}

/* 局 is the end of a body, or of some other word. */
static bool ends_body(struct duties_reader *r, const struct hit *h)
{
    return h->kind == HIT_BODY || bodies_end_at(r->g, r->p->source.text, h->at + h->length);
}

static void read_hit(struct duties_reader *r, const struct hit *h)
{
    struct slice text = r->p->source.text;
    bool body = h->kind == HIT_BODY || h->kind == HIT_BODY_END;
    bool label = h->kind != HIT_BODY_END && is_colon(text, h->at + h->length); /* 责任单位： */
    r->node = node_at(r, h->at);
    if (is_cell_of_bearers(r->node) || (r->node && (r->node->kind == NODE_NOISE || r->node->kind == NODE_TOC)))
        return;
    if ((label || h->kind == HIT_CHARGE) && h->at >= r->read && read_bearers(r, h->at, label))
        return;
    if (body && h->at >= r->sentences_read && h->at >= r->read && is_prose(r) && ends_body(r, h))
        read_sentence_at(r, h->at);
}

static int year_of(const struct plan *p)
{
    struct slice s = p->meta[META_ISSUED_ON].value;
    if (!s.n)
        s = p->meta[META_START_YEAR].value;
    return s.n >= 4 ? numeral_count(slice_of(s.p, 4)) : 0;
}

void extract_duties(struct plan *p, struct grammar *g)
{
    struct duties_reader r = {.p = p, .g = g, .year = year_of(p)};
    duties_columns(&r);
    duties_object(&r, "", NULL);
    r.cursor = p->root;
    r.section = NULL;
    r.next_section = p->sections;
    r.measure = p->measures;
    r.programme = p->projects;
    for (size_t i = 0; i < p->hit_count; i++) {
        const struct hit *h = &p->hits[i];
        if (h->kind < HIT_BODY)
            continue;
        move_to(&r, h->at);
        read_hit(&r, h);
    }
    buf_done(&r.masked);
}
