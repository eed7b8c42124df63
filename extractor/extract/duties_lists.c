/* Records of duties, and the lists in brackets and columns that they are read from. */
#include "extract/duties_reader.h"

#include "base/particle.h"
#include "base/sentence.h"
#include "base/text.h"

#include <stdio.h>

enum {
    BODY_CHARS = 30,    /* of a member that the lexicon has not */
    LABEL_CHARS = 8,    /* of 牵头责任单位： */
    LABEL_BLANKS = 24,  /* bytes of blanks before it */
    MEMBER_BYTES = 240, /* of one, with what 及 joins to it */
    ORDER_BYTES = 400,  /* of a list, looked at from its end for what its order says */
};

static int strength(struct slice role)
{
    static const char *const roles[] = {"mention", "support", "joint", "responsible", "lead"};
    int i = (int)(sizeof roles / sizeof *roles);
    while (i-- > 0 && !slice_eq(role, slice_cstr(roles[i]))) {
    }
    return i;
}

bool duties_is_role(struct slice role)
{
    return strength(role) >= 0;
}

void duties_object(struct duties_reader *r, const char *kind, const char *id)
{
    if (r->object != id || r->task != r->node)
        r->last_count = 0;
    r->object_kind = kind;
    r->object = id;
    r->task = r->node;
}

/* The duty that a body has in the task already. */
static struct duty *find_same(struct duties_reader *r, struct slice agency)
{
    for (size_t i = r->last_count; i-- > 0;)
        if (slice_eq(r->last[i]->agency, agency))
            return r->last[i];
    return NULL;
}

/* NULL when there are too many. */
static struct duty *new_duty(struct duties_reader *r, struct slice agency)
{
    struct plan *p = r->p;
    if (p->duty_count == DUTIES_MAX) {
        plan_limit(p, "duties", DUTIES_MAX, plan_span(p, agency));
        return NULL;
    }
    struct duty *d = arena_alloc(&p->arena, sizeof *d);
    d->id = plan_id(p, "d", ++p->duty_count);
    *p->duties_end = d;
    p->duties_end = &d->next;
    if (r->last_count < SAME_MAX)
        r->last[r->last_count++] = d;
    return d;
}

void duties_add(struct duties_reader *r, const struct body *b, struct slice role, bool open)
{
    struct duty *d = find_same(r, b->name);
    if (d && strength(d->role) >= strength(role))
        return;
    if (!d && !(d = new_duty(r, b->name)))
        return;
    d->agency = d->raw = b->name;
    d->agency_code = b->code;
    d->role = role;
    d->object_kind = slice_cstr(r->object_kind);
    d->object_id = r->object;
    d->section = r->section;
    d->open_ended = open;
    d->rule = r->rule;
    d->span = plan_span(r->p, b->name);
}

/* ---- lists in brackets and columns: what stands there is a body, known or not ---- */

static bool is_part_end(uint32_t c)
{
    return sentence_is_comma(c) || c == 0x3002 || c == '\n';
}

static bool is_member_end(uint32_t c)
{
    return c == 0x3001 || is_part_end(c);
}

static bool is_blank(uint32_t c)
{
    return c == ' ' || c == 0x3000 || c == 0xA0;
}

/* Whether s begins with a blank and a label: 参与单位：. */
static bool begins_label(struct slice s)
{
    size_t at = 0, chars = 0;
    uint32_t c = text_next(s.p, s.n, &at);
    while (at < s.n && at < LABEL_BLANKS && is_blank(c))
        c = text_next(s.p, s.n, &at);
    while (at < s.n && chars <= LABEL_CHARS && text_is_han(c)) {
        c = text_next(s.p, s.n, &at);
        chars++;
    }
    return chars > 1 && chars <= LABEL_CHARS && (c == 0xFF1A || c == ':');
}

/* The next piece of *rest, cut at the ends that stand in no bracket, and before a label behind a blank. */
static bool next_piece(struct slice *rest, bool (*ends)(uint32_t), struct slice *piece)
{
    int depth = 0;
    if (!rest->n)
        return false;
    for (size_t at = 0; at < rest->n;) {
        size_t here = at;
        uint32_t c = text_next(rest->p, rest->n, &at);
        depth += duties_is_open(c);
        depth -= duties_is_close(c) && depth > 0;
        if (depth || (!ends(c) && !(is_blank(c) && begins_label(slice_of(rest->p + here, rest->n - here)))))
            continue;
        *piece = text_trim(slice_of(rest->p, here));
        *rest = slice_of(rest->p + at, rest->n - at);
        return true;
    }
    *piece = text_trim(*rest);
    rest->n = 0;
    return true;
}

struct listing {
    struct slice role;
    bool open; /* 等 */
    enum unknown { UNKNOWN_ALL, UNKNOWN_TAIL, UNKNOWN_NONE } unknown; /* members that the lexicon has not */
};

/* Whether a member that the lexicon has not may be a body: only hanzi and their brackets, and what its list
 * asks for: that all are bodies, that they end as bodies do, that all are known. */
static bool may_be_body(struct duties_reader *r, struct slice s, enum unknown unknown)
{
    if (unknown == UNKNOWN_NONE || (unknown == UNKNOWN_TAIL && !particle_ends(r->g, s, PARTICLE_BODY_TAIL)))
        return false;
    size_t chars = text_chars(s);
    for (size_t at = 0; at < s.n;) {
        uint32_t c = text_next(s.p, s.n, &at);
        if (!text_is_han(c) && !duties_is_open(c) && !duties_is_close(c) && c != 0x201C && c != 0x201D)
            return false;
    }
    return chars >= 2 && chars <= BODY_CHARS;
}

static bool knows(struct duties_reader *r, struct slice s, struct body *b)
{
    return s.n && bodies_find(r->g, s, r->year, b);
}

/* Cuts at a particle where one side is known: the two sides. */
static bool cut_at(struct duties_reader *r, struct slice s, enum particle_class class, struct slice *left,
                   struct slice *right)
{
    for (size_t at = 0; at < s.n; text_next(s.p, s.n, &at)) {
        struct body b = {.kind = BODY_SHORT};
        size_t n = particle_at(r->g, s, at, class);
        *left = slice_of(s.p, at);
        *right = slice_of(s.p + at + n, s.n - at - n);
        if (n && ((knows(r, *left, &b) && b.kind != BODY_SHORT) || knows(r, *right, &b)))
            return true;
    }
    return false;
}

/* Cuts A及B, A和B, else A等B: *closing where B only closes a list (等有关部门). */
static bool cut_joint(struct duties_reader *r, struct slice s, struct slice *left, struct slice *right, bool *closing)
{
    *closing = false;
    if (cut_at(r, s, PARTICLE_JOINT, left, right))
        return true;
    *closing = cut_at(r, s, PARTICLE_REST, left, right);
    return *closing;
}

static void add_member(struct duties_reader *r, struct slice s, const struct listing *l)
{
    struct rule_match m;
    struct body b;
    struct slice role = l->role;
    const char *rule = r->rule;
    bool known = knows(r, s, &b);
    if (!known && rules_match(r->g->rules, PLACE_CARRIER, s, &m)) { /* 市科技局（牵头） */
        s = m.field[FIELD_TEXT];
        role = m.field[FIELD_ROLE];
        r->rule = m.rule;
        known = knows(r, s, &b);
    }
    if (!known)
        b = (struct body){.name = s, .kind = BODY_FULL, .code = bodies_code_by_end(r->g, s, r->year)};
    if (known || may_be_body(r, s, l->unknown))
        duties_add(r, &b, role, l->open);
    r->rule = rule;
}

/* Whether the last member of a list is known. */
static bool ends_known(struct duties_reader *r, struct slice s)
{
    struct body b;
    struct slice member = SLICE_NONE;
    while (next_piece(&s, is_member_end, &member)) {
    }
    return knows(r, member, &b);
}

/* One member, or two that a joint parts. */
static void read_member(struct duties_reader *r, struct slice s, struct listing *l)
{
    struct body b;
    struct slice left, right;
    bool closing;
    s = text_trim(s);
    if (!s.n || s.n > MEMBER_BYTES)
        return;
    if (knows(r, s, &b) || !cut_joint(r, s, &left, &right, &closing)) {
        add_member(r, s, l);
        return;
    }
    l->open |= closing;
    read_member(r, left, l);
    if (!closing)
        read_member(r, right, l);
}

/* The next member of *rest; 市、县级人民政府 is one. */
static bool next_member(struct duties_reader *r, struct slice *rest, struct slice *member)
{
    struct body b;
    size_t tiers = bodies_tiers(r->g, *rest);
    struct slice behind = slice_of(rest->p + tiers, rest->n - tiers);
    if (tiers && next_piece(&behind, is_member_end, member)) {
        *member = slice_of(rest->p, (size_t)(member->p - rest->p) + member->n);
        if (knows(r, *member, &b)) {
            *rest = behind;
            return true;
        }
    }
    return next_piece(rest, is_member_end, member);
}

static void read_plain_members(struct duties_reader *r, struct slice s, struct listing l)
{
    struct slice member;
    size_t rest = particle_before(r->g, s, s.n, PARTICLE_REST);
    l.open |= rest > 0;
    s.n -= rest;
    while (next_member(r, &s, &member))
        read_member(r, member, &l);
}

/* 甲会同乙、丙: where 甲 is responsible it leads, and the others join in. */
static void read_members(struct duties_reader *r, struct slice s, struct listing l)
{
    struct slice with = particle_find(r->g, s, PARTICLE_WITH);
    struct slice left = slice_of(s.p, with.p ? (size_t)(with.p - s.p) : 0);
    if (!left.n || left.n + with.n == s.n || !ends_known(r, left)) {
        read_plain_members(r, s, l);
        return;
    }
    struct listing first = l, others = l;
    first.role = slice_eq(l.role, SLICE("responsible")) ? SLICE("lead") : l.role;
    others.role = first.role.p == l.role.p ? l.role : SLICE("joint");
    read_plain_members(r, left, first);
    read_plain_members(r, slice_of(with.p + with.n, s.n - left.n - with.n), others);
}

static bool match_part(struct duties_reader *r, struct slice part, struct rule_match *m)
{
    return part.n && rules_match(r->g->rules, PLACE_CARRIER, part, m);
}

static void read_parts(struct duties_reader *r, struct slice s, const struct listing *l, const char *rule)
{
    struct slice part;
    r->rule = rule;
    while (next_piece(&s, is_part_end, &part))
        read_members(r, part, *l);
}

/* Whether a comma, and no stronger sign, parts a piece from what is left of its text. */
static bool ends_in_comma(struct slice piece, struct slice rest)
{
    uint32_t c = rest.n ? text_last(slice_of(piece.p, (size_t)(rest.p - piece.p))) : 0;
    return c == 0xFF0C || c == ',';
}

/* Parts are parted by ， and ；. A label holds for the parts behind it without a word of their own
 * (责任单位：甲，乙), other words for their part, and behind the first of them for the parts before it that have
 * none (甲牵头，乙，丙配合). */
void duties_parts(struct duties_reader *r, struct slice s, struct slice role, bool only_known)
{
    struct rule_match m;
    struct slice part, held = SLICE_NONE;
    struct listing plain = {.role = role, .unknown = only_known ? UNKNOWN_NONE : UNKNOWN_ALL};
    const char *plain_rule = NULL;
    bool said = false; /* a part has had a word of its own */
    while (next_piece(&s, is_part_end, &part)) {
        bool matched = match_part(r, part, &m), comma = ends_in_comma(part, s);
        if (!matched) {
            held = held.n ? slice_of(held.p, (size_t)(part.p - held.p) + part.n) : part;
            if (!said || !comma) {
                read_parts(r, held, &plain, plain_rule);
                held = SLICE_NONE;
            }
            continue;
        }
        struct slice text = m.field[FIELD_TEXT];
        bool label = text.p + text.n == part.p + part.n;
        struct listing before = {.role = label ? plain.role : m.field[FIELD_ROLE], .unknown = plain.unknown};
        read_parts(r, held, &before, label ? plain_rule : m.rule);
        held = SLICE_NONE;
        said = !label;
        plain.role = label ? m.field[FIELD_ROLE] : role;
        plain_rule = label ? m.rule : NULL;
        r->rule = m.rule;
        enum unknown unknown = label || !only_known ? UNKNOWN_ALL : UNKNOWN_TAIL;
        read_members(r, text, (struct listing){.role = m.field[FIELD_ROLE], .unknown = unknown});
    }
}

void duties_order(struct duties_reader *r, struct slice s)
{
    struct rule_match m;
    size_t from = text_onward(s, s.n > ORDER_BYTES ? s.n - ORDER_BYTES : 0);
    if (!rules_match(r->g->rules, PLACE_ORDER, slice_of(s.p + from, s.n - from), &m))
        return;
    r->first_leads = m.rule;
    r->order_stays |= m.field[FIELD_TEXT].n > 0;
}

void duties_first_leads(struct duties_reader *r, struct slice s, size_t from)
{
    const char *rule = r->first_leads;
    if (!r->order_stays)
        r->first_leads = NULL;
    if (!rule || r->last_count <= from || (r->last_count == from + 1 && !particle_find(r->g, s, PARTICLE_JOINT).p))
        return;
    for (size_t i = from; i < r->last_count; i++)
        if (!slice_eq(r->last[i]->role, SLICE("responsible")))
            return;
    r->last[from]->role = SLICE("lead");
    r->last[from]->rule = rule;
}

bool duties_named(struct duties_reader *r, struct slice s)
{
    struct rule_match m;
    struct slice part;
    while (next_piece(&s, is_part_end, &part))
        if (match_part(r, part, &m))
            return true;
    return false;
}
