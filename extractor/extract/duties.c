/* Duties: bodies with something to do, from 责任单位 columns, from brackets behind a task, and from
 * lists before 部门. */
#include "extract/extract.h"

#include "base/text.h"

#include <stdio.h>

enum {
    BODY_CHARS = 24,
    BRACKET_BYTES = 1500,
    LIST_BYTES = 300,
    ROLE_BYTES = 60,
    DUTIES_MAX = 100000, /* limit `duties` of a document */
};

struct reader {
    struct plan *p;
    struct grammar *g;
    struct section *section, *next_section;
    const struct measure *measure; /* the first that ends behind the place looked at */
    uint32_t done;                 /* what has been read already */
};

/* ---- bodies ---- */

/* Words in front that name the level, not the body: 县, 市级, 各, 国务院. */
static struct slice without_level(struct slice s)
{
    static const char *const levels[] = {"国务院", "自治区", "县级", "区级", "市级", "省级", "各级", "重庆市",
                                         "县",     "区",     "市",   "省",   "各",   "州",   "旗",   "我"};
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++) {
        size_t n = strlen(levels[i]);
        if (s.n > n && memcmp(s.p, levels[i], n) == 0)
            return slice_of(s.p + n, s.n - n);
    }
    return s;
}

static bool find_body(struct grammar *g, struct slice s, struct slice *code)
{
    const struct lexicon *lex = grammar_lexicon(g, LEX_AGENCIES);
    struct lexicon_hit hit;
    if (!lexicon_find(lex, s, &hit) && !lexicon_find(lex, without_level(s), &hit))
        return false;
    *code = grammar_cell(g, LEX_AGENCIES, hit.row, "code");
    return true;
}

/* The longest end of s that names a body: 整合生态环境 → 生态环境. */
static struct slice body_at_end(struct grammar *g, struct slice s, struct slice *code)
{
    for (size_t at = 0; at < s.n;) {
        struct slice tail = slice_of(s.p + at, s.n - at);
        if (find_body(g, tail, code))
            return tail;
        text_next(s.p, s.n, &at);
    }
    return SLICE_NONE;
}

/* NULL when there are too many. */
static struct duty *add_duty(struct reader *r, struct slice agency, struct slice code, const char *role,
                             const char *kind, const char *object)
{
    struct plan *p = r->p;
    char id[24];
    if (p->duty_count == DUTIES_MAX) {
        plan_limit(p, "duties", DUTIES_MAX, plan_span(p, agency));
        return NULL;
    }
    struct duty *d = arena_alloc(&p->arena, sizeof *d);
    d->id = arena_dup(&p->arena, id, (size_t)snprintf(id, sizeof id, "d%zu", ++p->duty_count));
    d->agency = d->raw = agency;
    d->agency_code = code;
    d->role = slice_cstr(role);
    d->object_kind = slice_cstr(kind);
    d->object_id = object;
    d->section = r->section;
    d->span = plan_span(p, agency);
    *p->duties_end = d;
    p->duties_end = &d->next;
    return d;
}

/* ---- 责任单位 columns ---- */

static const struct cell *responsible_cell(const struct indicator *o)
{
    const struct table *t = &o->box->table;
    for (int c = 0; c < t->cols; c++)
        if (t->columns[c].role == COLUMN_RESPONSIBLE)
            return t->grid[o->cell->row * t->cols + c];
    return NULL;
}

/* Each body of a cell; the cell's text in the source is cut at its joints. */
static void read_cell(struct reader *r, const struct cell *cell, const char *object)
{
    struct slice rest = plan_slice(r->p, cell->span);
    size_t begin = 0;
    for (size_t at = 0; at <= rest.n;) {
        size_t here = at;
        uint32_t c = at < rest.n ? text_next(rest.p, rest.n, &at) : 0x3001;
        at += here == rest.n;
        if (c != 0x3001 && c != 0xFF0C && c != 0xFF1B && c != ';' && c != '\n' && c != ',')
            continue;
        struct slice body = text_trim(slice_of(rest.p + begin, here - begin)), code = SLICE_NONE;
        begin = at;
        if (!body.n)
            continue;
        find_body(r->g, body, &code);
        add_duty(r, body, code, "responsible", "indicator", object);
    }
}

static void read_columns(struct reader *r)
{
    const struct cell *last = NULL;
    int row = -1;
    for (const struct indicator *o = r->p->indicators; o; o = o->next) {
        const struct cell *cell = responsible_cell(o);
        if (!cell || !cell->text.n || (cell == last && o->cell->row == row))
            continue;
        last = cell;
        row = o->cell->row;
        r->section = o->box->section;
        read_cell(r, cell, o->id);
    }
}

/* ---- places in the prose ---- */

static void move_to(struct reader *r, uint32_t at)
{
    while (r->next_section && r->next_section->head.begin <= at) {
        r->section = r->next_section;
        r->next_section = r->next_section->next;
    }
    while (r->measure && r->measure->node->span.end <= at)
        r->measure = r->measure->next;
}

static void add_here(struct reader *r, struct slice agency, struct slice code, const char *role, bool open)
{
    uint32_t at = plan_span(r->p, agency).begin;
    const struct measure *m = r->measure && r->measure->span.begin <= at ? r->measure : NULL;
    if (!m && !r->section)
        return;
    struct duty *d = add_duty(r, agency, code, role, m ? "measure" : "section", m ? m->id : r->section->id);
    if (d)
        d->open_ended = open;
}

/* ---- brackets: （X牵头，Y、Z按职责分工负责）, [责任单位：…] ---- */

/* The bracket around `at`, on one line; empty when there is none. */
static struct slice bracket_around(struct slice text, size_t at)
{
    size_t from = at > BRACKET_BYTES ? at - BRACKET_BYTES : 0, begin = SIZE_MAX;
    while (from < at && ((unsigned char)text.p[from] & 0xC0) == 0x80)
        from++;
    for (size_t i = from; i < at;) {
        uint32_t c = text_next(text.p, text.n, &i);
        if (c == 0xFF08 || c == '(' || c == '[' || c == 0x3010 || c == 0x3014)
            begin = i;
        else if (c == 0xFF09 || c == ')' || c == ']' || c == 0x3011 || c == '\n')
            begin = SIZE_MAX;
    }
    if (begin == SIZE_MAX)
        return SLICE_NONE;
    for (size_t i = at; i < text.n && i - at < BRACKET_BYTES;) {
        size_t here = i;
        uint32_t c = text_next(text.p, text.n, &i);
        if (c == 0xFF09 || c == ')' || c == ']' || c == 0x3011)
            return slice_of(text.p + begin, here - begin);
        if (c == '\n')
            break;
    }
    return SLICE_NONE;
}

static bool has(struct slice s, const char *word)
{
    return slice_find(s, slice_cstr(word)) >= 0;
}

/* The role that a part of a bracket speaks of. */
static const char *role_of(struct slice part, const char *otherwise)
{
    if (has(part, "牵头"))
        return "lead";
    if (has(part, "配合") || has(part, "支持") || has(part, "参与") || has(part, "协同"))
        return "support";
    return otherwise;
}

/* Cuts what is no body off a list member's end: 省大数据局负责 → 省大数据局. */
static struct slice trim_role(struct slice s)
{
    static const char *const ends[] = {"按职责分工负责", "按职责负责", "分工负责", "负责", "牵头", "配合", "参与",
                                       "落实",           "等",         "共同",     "分别", "会同"};
    static const char *const begins[] = {"责任单位：", "牵头单位：", "责任部门：", "牵头部门：", "配合单位：",
                                         "参与单位：", "会同",       "由"};
    for (bool again = true; again;) {
        again = false;
        s = text_trim(s);
        for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
            if (slice_ends(s, slice_cstr(ends[i]))) {
                s.n -= strlen(ends[i]);
                again = true;
            }
        for (size_t i = 0; i < sizeof begins / sizeof *begins; i++)
            if (slice_starts(s, slice_cstr(begins[i]))) {
                s = slice_of(s.p + strlen(begins[i]), s.n - strlen(begins[i]));
                again = true;
            }
    }
    return s;
}

static void read_members(struct reader *r, struct slice part, const char *role)
{
    bool open = has(part, "等");
    size_t begin = 0;
    for (size_t at = 0; at <= part.n;) {
        size_t here = at;
        uint32_t c = at < part.n ? text_next(part.p, part.n, &at) : 0x3001;
        at += here == part.n;
        if (c != 0x3001)
            continue;
        struct slice body = trim_role(slice_of(part.p + begin, here - begin)), code = SLICE_NONE;
        begin = at;
        if (!body.n || text_chars(body) > BODY_CHARS)
            continue;
        find_body(r->g, body, &code);
        add_here(r, body, code, role, open);
    }
}

/* Parts of a bracket are parted by ， and ；; a part without a word of its own has the role before it. */
static void read_bracket(struct reader *r, struct slice s)
{
    const char *role = "responsible";
    size_t begin = 0;
    for (size_t at = 0; at <= s.n;) {
        size_t here = at;
        uint32_t c = at < s.n ? text_next(s.p, s.n, &at) : 0xFF0C;
        at += here == s.n;
        if (c != 0xFF0C && c != 0xFF1B && c != 0x3002)
            continue;
        struct slice part = slice_of(s.p + begin, here - begin);
        begin = at;
        role = role_of(part, has(part, "负责") || has(part, "责任") ? "responsible" : role);
        read_members(r, part, role);
    }
    r->done = plan_span(r->p, s).end;
}

/* Whether a bracket speaks of who does it, not of something else (（单位：万元）). */
static bool names_bodies(struct slice s)
{
    return has(s, "牵头") || has(s, "负责") || has(s, "责任单位") || has(s, "责任部门");
}

/* ---- lists: 公安、交通、生态环境等部门联合… ---- */

/* What the list does, by the words behind it. */
static const char *list_role(struct slice behind)
{
    static const char *const joint[] = {"联合", "协同", "协作", "联动", "会商", "配合", "共享", "合作", "协调"};
    for (size_t i = 0; i < sizeof joint / sizeof *joint; i++)
        if (has(behind, joint[i]))
            return "joint";
    return "responsible";
}

/* The list that ends at `end`, members known to the lexicon, the first one perhaps behind a verb. */
static void read_list(struct reader *r, size_t end, size_t behind, bool open)
{
    struct slice text = r->p->source.text, members[24];
    struct slice codes[24];
    size_t count = 0, from = end > LIST_BYTES ? end - LIST_BYTES : 0, stop = end;
    while (from < end && ((unsigned char)text.p[from] & 0xC0) == 0x80)
        from++;
    while (count < 24 && stop > from) {
        size_t begin = stop;
        bool joint = false;
        while (begin > from && !joint) {
            size_t previous = begin - 1;
            while (previous > from && ((unsigned char)text.p[previous] & 0xC0) == 0x80)
                previous--;
            uint32_t c = text_first(slice_of(text.p + previous, begin - previous));
            joint = c == 0x3001 || c == 0x548C || c == 0x4E0E;
            if (joint || c == 0xFF0C || c == 0x3002 || c == '\n' || c == 0xFF1B)
                break;
            begin = previous;
        }
        struct slice member = slice_of(text.p + begin, stop - begin);
        struct slice body = body_at_end(r->g, member, &codes[count]);
        if (!body.n)
            break;
        members[count++] = body;
        if (!joint || body.p != member.p)
            break;
        stop = begin - 3;
    }
    if (count < 2 && !open)
        return;
    struct slice after = slice_of(text.p + behind, text.n - behind > ROLE_BYTES ? ROLE_BYTES : text.n - behind);
    const char *role = list_role(after);
    while (count-- > 0)
        add_here(r, members[count], codes[count], role, open);
}

/* Where a list before 部门 ends: 等有关部门 has 等 and words between. */
static void read_list_before(struct reader *r, uint32_t at)
{
    static const char *const between[] = {"等有关", "等相关", "等各", "等"};
    struct slice text = r->p->source.text;
    for (size_t i = 0; i < sizeof between / sizeof *between; i++) {
        size_t n = strlen(between[i]);
        if (at >= n && memcmp(text.p + at - n, between[i], n) == 0) {
            read_list(r, at - n, at + 6, true);
            return;
        }
    }
    read_list(r, at, at + 6, false);
}

static void read_hit(struct reader *r, uint32_t at)
{
    struct slice text = r->p->source.text;
    struct slice bracket = bracket_around(text, at);
    if (bracket.n && names_bodies(bracket)) {
        read_bracket(r, bracket);
        return;
    }
    bool body = memcmp(text.p + at, "部门", 6) == 0 || memcmp(text.p + at, "单位", 6) == 0;
    if (body && r->section && !r->section->situation)
        read_list_before(r, at);
}

void extract_duties(struct plan *p, struct grammar *g)
{
    struct reader r = {.p = p, .g = g};
    read_columns(&r);
    r.section = NULL;
    r.next_section = p->sections;
    r.measure = p->measures;
    size_t i = 0;
    for (const struct hit *h; (h = plan_next_hit(p, HIT_BODY, &i));) {
        if (h->at < r.done)
            continue;
        move_to(&r, h->at);
        read_hit(&r, h->at);
    }
}
