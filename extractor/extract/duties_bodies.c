#include "extract/duties_bodies.h"

#include "base/numeral.h"
#include "base/particle.h"
#include "base/text.h"

enum {
    LEVELS_MAX = 5,     /* 市 级 各 before a name */
    PLACE_CHARS = 12,   /* of a region before a name */
    UNKNOWN_CHARS = 10, /* of a member that only its neighbours tell to be a body */
    END_CHARS = 9,      /* of a name, looked at from its end */
    HEAD_BYTES = 120,   /* looked at before a name with class head */
    TAIL_BYTES = 75,    /* looked at behind a list */
};

struct reader {
    struct grammar *g;
    struct slice text; /* the sentence */
    int year;
    struct bodies *out;
};

static struct slice from(struct slice s, size_t at)
{
    return slice_of(s.p + at, s.n - at);
}

/* ---- one body ---- */

static bool has_word(struct slice cell, struct slice word)
{
    struct slice one;
    while (slice_split(&cell, '|', &one))
        if (slice_eq(one, word))
            return true;
    return false;
}

/* The code of a row, or of what took it over when the name was gone before the year; reforms below
 * the nation come a year later. */
static struct slice code_of(struct grammar *g, size_t row, int year)
{
    struct slice code = grammar_cell(g, LEX_AGENCIES, row, "code"), first;
    struct slice to = grammar_cell(g, LEX_AGENCIES, row, "to");
    if (!to.n || year <= numeral_count(to) + 1)
        return code;
    struct slice next = grammar_cell(g, LEX_AGENCIES, row, "successor");
    return slice_split(&next, '|', &first) && first.n ? first : code;
}

static struct body body_of(struct grammar *g, struct slice name, const struct lexicon_hit *hit, size_t level,
                           int year)
{
    struct slice word = slice_of(name.p + level, name.n - level);
    struct slice class = grammar_cell(g, LEX_AGENCIES, hit->row, "class");
    struct body b = {.name = name, .level = level, .code = code_of(g, hit->row, year), .kind = BODY_FULL};
    b.head = !level && slice_eq(class, SLICE("head"));
    b.part = !level && slice_eq(class, SLICE("part"));
    if (has_word(grammar_cell(g, LEX_AGENCIES, hit->row, "short"), word))
        b.kind = BODY_SHORT; /* of firms too: 通信、电力等部门 */
    else if (slice_eq(class, SLICE("firm")))
        b.kind = BODY_FIRM;
    return b;
}

/* Length of a body at byte `at` of text that comes under the one before it: 市公安局|交警支队; or 0. */
static size_t office_length(struct grammar *g, struct slice text, size_t at, size_t row, struct slice *code)
{
    struct lexicon_hit hit;
    if (at >= text.n || !lexicon_longest(grammar_lexicon(g, LEX_AGENCIES), text, at, &hit) ||
        !has_word(grammar_cell(g, LEX_AGENCIES, hit.row, "successor"), grammar_cell(g, LEX_AGENCIES, row, "code")) ||
        has_word(grammar_cell(g, LEX_AGENCIES, hit.row, "short"), slice_of(text.p + at, hit.length)))
        return 0;
    *code = grammar_cell(g, LEX_AGENCIES, hit.row, "code");
    return hit.length;
}

static bool is_tier(struct grammar *g, size_t row)
{
    return slice_eq(grammar_cell(g, LEX_LEVELS, row, "class"), SLICE("tier"));
}

/* Length of the sign at `at` that joins two tiers: 市、县级人民政府; or 0. row: of the word of level before it. */
static size_t tier_joint(struct grammar *g, struct slice text, size_t at, size_t row)
{
    struct lexicon_hit next;
    bool joined = slice_starts(from(text, at), SLICE("、")) && at + 3 < text.n && is_tier(g, row) &&
                  lexicon_longest(grammar_lexicon(g, LEX_LEVELS), text, at + 3, &next) && is_tier(g, next.row);
    return joined ? 3 : 0;
}

/* The longest body at a place, perhaps behind words of level: 县级 有关部门. */
static bool body_at(struct reader *r, size_t at, struct body *out)
{
    const struct lexicon *lex = grammar_lexicon(r->g, LEX_AGENCIES), *levels = grammar_lexicon(r->g, LEX_LEVELS);
    struct lexicon_hit hit, longest;
    size_t name = at, end = at, before = 0;
    for (int i = 0; i <= LEVELS_MAX && name < r->text.n; i++) {
        if (lexicon_longest(lex, r->text, name, &hit) && name + hit.length > end) {
            end = name + hit.length;
            before = name - at;
            longest = hit;
        }
        if (!lexicon_longest(levels, r->text, name, &hit))
            break;
        name += hit.length;
        if (end == at)
            name += tier_joint(r->g, r->text, name, hit.row);
    }
    if (end == at)
        return false;
    *out = body_of(r->g, slice_of(r->text.p + at, end - at), &longest, before, r->year);
    if (out->kind == BODY_FULL)
        out->name.n += office_length(r->g, r->text, end, longest.row, &out->code);
    return true;
}

/* Takes words of level or a region off the front; false when there are none. */
static bool strip_front(struct grammar *g, struct slice *s)
{
    struct lexicon_hit hit;
    bool level = lexicon_longest(grammar_lexicon(g, LEX_LEVELS), *s, 0, &hit);
    if (!level && !lexicon_longest(grammar_lexicon(g, LEX_REGIONS), *s, 0, &hit))
        return false;
    *s = from(*s, hit.length + (level ? tier_joint(g, *s, hit.length, hit.row) : 0));
    return s->n > 0;
}

size_t bodies_tiers(struct grammar *g, struct slice s)
{
    struct lexicon_hit hit;
    size_t at = 0, tiers = 0;
    while (at < s.n && lexicon_longest(grammar_lexicon(g, LEX_LEVELS), s, at, &hit)) {
        size_t joint = tier_joint(g, s, at + hit.length, hit.row);
        at += hit.length + joint;
        tiers = joint ? at : tiers;
    }
    return tiers;
}

/* Length of what makes a body at byte `at` of text one of its branches: 济南分行, 垫江县税务局, 万州分行城口营管部; or 0. */
static size_t branch_length(struct grammar *g, struct slice text, size_t at)
{
    const struct lexicon *regions = grammar_lexicon(g, LEX_REGIONS), *agencies = grammar_lexicon(g, LEX_AGENCIES);
    struct lexicon_hit region, word;
    size_t length = 0, end = at;
    while (end < text.n && lexicon_longest(regions, text, end, &region)) {
        end += region.length;
        size_t n = end < text.n ? particle_at(g, text, end, PARTICLE_BRANCH) : 0;
        if (!n && end < text.n && lexicon_longest(agencies, text, end, &word))
            n = word.length;
        if (n) {
            end += n;
            length = end - at;
        }
    }
    return length;
}

bool bodies_find(struct grammar *g, struct slice name, int year, struct body *out)
{
    const struct lexicon *lex = grammar_lexicon(g, LEX_AGENCIES);
    struct lexicon_hit hit;
    struct slice rest = name, code = SLICE_NONE;
    do {
        bool found = lexicon_find(lex, rest, &hit);
        if (found || (lexicon_longest(lex, rest, 0, &hit) &&
                      (hit.length + branch_length(g, rest, hit.length) == rest.n ||
                       hit.length + office_length(g, rest, hit.length, hit.row, &code) == rest.n))) {
            *out = body_of(g, name, &hit, name.n - rest.n, year);
            if (code.n)
                out->code = code;
            return true;
        }
    } while (strip_front(g, &rest));
    return false;
}

/* The row among the tails that a name ends with: 桂溪街道 → 街道. False: none. */
static bool tail_row(struct grammar *g, struct slice name, size_t *row)
{
    size_t longest = 0;
    for (size_t i = 0; i < lexicon_rows(grammar_lexicon(g, LEX_AGENCIES)); i++) {
        struct slice tails = grammar_cell(g, LEX_AGENCIES, i, "tail"), one;
        while (slice_split(&tails, '|', &one))
            if (one.n > longest && one.n < name.n && slice_ends(name, one)) {
                longest = one.n;
                *row = i;
            }
    }
    return longest > 0;
}

struct slice bodies_code_by_end(struct grammar *g, struct slice name, int year)
{
    const struct lexicon *lex = grammar_lexicon(g, LEX_AGENCIES);
    struct lexicon_hit hit;
    size_t row;
    for (size_t at = 0; at + 3 < name.n; text_next(name.p, name.n, &at)) {
        struct slice end = from(name, at);
        if (lexicon_find(lex, end, &hit) && body_of(g, end, &hit, 0, year).kind != BODY_SHORT)
            return code_of(g, hit.row, year);
    }
    return tail_row(g, name, &row) ? code_of(g, row, year) : SLICE_NONE;
}

bool bodies_end_at(struct grammar *g, struct slice text, size_t end)
{
    const struct lexicon *lex = grammar_lexicon(g, LEX_AGENCIES);
    struct lexicon_hit hit;
    size_t begin = end;
    for (int i = 0; i < END_CHARS && begin > 0; i++) {
        begin = text_before(text, begin);
        if (lexicon_find(lex, slice_of(text.p + begin, end - begin), &hit))
            return true;
    }
    return false;
}

/* Where a region begins that ends at `end`; `end` when there is none. */
static size_t region_begin(struct reader *r, size_t low, size_t end)
{
    const struct lexicon *lex = grammar_lexicon(r->g, LEX_REGIONS);
    struct lexicon_hit hit;
    size_t best = end, begin = end;
    for (int i = 0; i < PLACE_CHARS && begin > low; i++) {
        begin = text_before(r->text, begin);
        if (lexicon_find(lex, slice_of(r->text.p + begin, end - begin), &hit))
            best = begin;
    }
    return best;
}

/* Where the region before a body begins, which may take the word of level in: 垫江县|生态环境局. */
static size_t place_begin(struct reader *r, size_t low, size_t at, size_t level)
{
    size_t best = at;
    low += low ? particle_at(r->g, r->text, low, PARTICLE_WITH) : 0; /* 甲会同县教委: not of 会同县 */
    for (size_t end = at; end <= at + level && best == at; text_next(r->text.p, r->text.n, &end)) {
        size_t begin = region_begin(r, low, end);
        best = begin < at ? begin : at;
    }
    return best;
}

/* The words before …领导小组 that belong to its name. */
static size_t head_begin(struct reader *r, size_t low, const struct body *b)
{
    struct rule_match m;
    size_t end = (size_t)(b->name.p - r->text.p) + b->name.n;
    size_t begin = text_onward(r->text, end - low > HEAD_BYTES ? end - HEAD_BYTES : low);
    struct slice s = slice_of(r->text.p + begin, end - begin);
    if (rules_match(r->g->rules, PLACE_BODY, s, &m) && m.field[FIELD_NAME].n > b->name.n)
        return (size_t)(m.field[FIELD_NAME].p - r->text.p);
    return end - b->name.n;
}

/* Takes in what stands before a body, not before `low`; …联席会议 with a name of its own is a full one. */
static void widen(struct reader *r, size_t low, struct body *b)
{
    size_t end = (size_t)(b->name.p - r->text.p) + b->name.n, begin = end - b->name.n, at = begin;
    if (b->head)
        at = head_begin(r, low, b);
    else if (b->kind == BODY_FULL)
        at = place_begin(r, low, begin, b->level);
    if (at < begin)
        b->kind = BODY_FULL;
    b->name = slice_of(r->text.p + at, end - at);
}

/* ---- lists ---- */

/* What closes a list: 等部门, 等有关部门. */
static size_t tail_length(struct reader *r, size_t at, bool *open)
{
    struct rule_match m;
    struct slice s = from(r->text, at);
    if (!particle_at(r->g, s, 0, PARTICLE_REST))
        return 0;
    *open = true;
    return rules_match(r->g->rules, PLACE_BODIES, text_head(s, TAIL_BYTES), &m) ? m.field[FIELD_TEXT].n : 0;
}

/* A member between two joints that is no word of the lexicon: 执法机构、公共机关、检察机关. */
static bool unknown_at(struct reader *r, size_t at, struct body *out)
{
    struct body next;
    size_t end = at;
    for (int i = 0; i < UNKNOWN_CHARS && end < r->text.n; i++) {
        size_t here = end;
        if (!text_is_han(text_next(r->text.p, r->text.n, &end)) && here == at)
            return false;
        if (!slice_starts(from(r->text, end), SLICE("、")))
            continue;
        *out = (struct body){.name = slice_of(r->text.p + at, end - at), .kind = BODY_SHORT};
        return body_at(r, end + 3, &next);
    }
    return false;
}

static void add_member(struct reader *r, struct body_list *l, const struct body *b)
{
    r->out->items[r->out->count++] = *b;
    l->count++;
    l->end = (size_t)(b->name.p - r->text.p) + b->name.n;
}

/* Length of a short bracket right behind a body: 市场监管总局（标准委）. */
static size_t bracket_length(struct slice s, size_t at)
{
    struct slice rest = from(s, at);
    if (!slice_starts(rest, SLICE("（")))
        return 0;
    ptrdiff_t close = slice_find(slice_of(rest.p, rest.n < TAIL_BYTES ? rest.n : TAIL_BYTES), SLICE("）"));
    return close < 0 ? 0 : (size_t)close + 3;
}

/* Everything that joints add to a list that has begun. */
static void read_more(struct reader *r, struct body_list *l)
{
    while (r->out->count < BODIES_MAX) {
        struct body b;
        l->end += bracket_length(r->text, l->end);
        size_t tail = tail_length(r, l->end, &l->open);
        l->end += tail;
        l->closed |= tail > 0;
        size_t joint = particle_at(r->g, r->text, l->end, PARTICLE_JOINT);
        if (!joint || (!body_at(r, l->end + joint, &b) && !unknown_at(r, l->end + joint, &b)))
            return;
        add_member(r, l, &b);
    }
}

/* Short names are bodies only beside a full one or where 部门 closes the list. */
static bool is_list(const struct reader *r, const struct body_list *l)
{
    bool full = l->closed;
    for (size_t i = 0; i < l->count; i++)
        full |= r->out->items[l->first + i].kind == BODY_FULL;
    return full;
}

/* Reads the list that begins with b; returns where to go on. low: the end of the list before. */
static size_t read_list(struct reader *r, size_t *low, struct body b)
{
    struct bodies *o = r->out;
    struct body_list *l = &o->lists[o->list_count];
    size_t after = (size_t)(b.name.p - r->text.p) + b.name.n;
    widen(r, *low, &b);
    *l = (struct body_list){.begin = (size_t)(b.name.p - r->text.p), .first = o->count};
    add_member(r, l, &b);
    read_more(r, l);
    if (is_list(r, l)) {
        o->list_count++;
        return *low = l->end;
    }
    o->count = l->first;
    return after;
}

/* What closes a title, a quotation or a bracket; NULL for any other char. */
static const char *close_of(uint32_t c)
{
    return c == 0x300A ? "》" : c == 0x201C ? "”" : c == 0xFF08 ? "）" : NULL;
}

/* Past the char at a place, or past all that it encloses. */
static size_t past_char(struct slice s, size_t at)
{
    size_t here = at;
    const char *close = close_of(text_next(s.p, s.n, &at));
    struct slice open = slice_of(s.p + here, at - here);
    for (size_t depth = close ? 1 : 0; depth > 0; depth--) {
        ptrdiff_t end = slice_find(from(s, at), slice_cstr(close)), inner;
        if (end < 0)
            return s.n;
        struct slice within = slice_of(s.p + at, (size_t)end);
        for (; (inner = slice_find(within, open)) >= 0; depth++)
            within = from(within, (size_t)inner + open.n);
        at += (size_t)end + 3;
    }
    return at;
}

void bodies_read(struct grammar *g, struct slice sentence, int year, struct bodies *out)
{
    struct reader r = {g, sentence, year, out};
    struct body b;
    size_t low = 0;
    out->count = out->list_count = 0;
    for (size_t at = 0; at < sentence.n && out->list_count < BODY_LISTS_MAX && out->count < BODIES_MAX;) {
        at = lexicon_skip(grammar_lexicon(g, LEX_AGENCIES), grammar_lexicon(g, LEX_LEVELS), sentence, at);
        if (!body_at(&r, at, &b))
            at = past_char(sentence, at);
        else if (b.part && particle_before(g, sentence, at, PARTICLE_AS)) /* 县水务局为责任单位 */
            at += b.name.n;
        else
            at = read_list(&r, &low, b);
    }
}
