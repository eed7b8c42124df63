#include "base/rules_parts.h"

#include <stdlib.h>

enum { TEXT_MAX = 600, PARAGRAPH_MAX = 20000 }; /* limits `rule-text`: bytes that rules look at */

/* A char of a folded text as rules write it. */
static uint32_t known_char(uint32_t c)
{
    return c == TEXT_STOP ? 0x3002 : c;
}

static void set_chars(struct chars *set, struct slice s)
{
    memset(set, 0, sizeof *set);
    for (size_t at = 0; at < s.n;) {
        const unsigned char *p = (const unsigned char *)s.p + at;
        if ((p[0] & 0xF0) == 0xE0) { /* its last two bytes hold the low twelve bits */
            set->bits[p[1] & 63] |= (uint64_t)1 << (p[2] & 63);
            at += 3;
            continue;
        }
        uint32_t c = known_char(text_next(s.p, s.n, &at));
        set->bits[c >> 6 & 63] |= (uint64_t)1 << (c & 63);
    }
}

/* May say yes for a text that has none of them, seldom. */
static bool holds(const struct chars *set, const struct need *need)
{
    for (size_t i = 0; i < need->count; i++)
        if (set->bits[need->chars[i] >> 6] >> (need->chars[i] & 63) & 1)
            return true;
    return false;
}

/* ---- matching ---- */

static bool is_one_of(struct slice chars, uint32_t c)
{
    for (size_t at = 0; at < chars.n;)
        if (text_next(chars.p, chars.n, &at) == c)
            return true;
    return false;
}

static inline bool edge_allows(const struct edge *e, uint32_t c)
{
    return !e->chars.n || (e->bits >> (c & 63) & 1 && is_one_of(e->chars, c));
}

static void fold(struct rules *r, struct slice text)
{
    r->subject = text;
    size_t plain = text_fold_none(text, true);
    r->is_plain = plain == text.n;
    if (!r->is_plain) {
        r->folded.stops = true;
        text_fold_behind(text, plain, &r->folded);
        r->subject = slice_of(r->folded.p, r->folded.n);
    }
    r->last = known_char(text_last(r->subject));
    r->has_known = false;
}

/* Where a byte of the folded text came from. */
static size_t source_of(const struct rules *r, size_t at)
{
    return r->is_plain ? at : r->folded.map[at];
}

/* Whether the folded text ends with and holds what the rule wants. */
static bool fits(struct rules *r, const struct rule *rule)
{
    bool good = edge_allows(&rule->last, r->last);
    if (good && rule->has_count && !r->has_known) {
        set_chars(&r->has, r->subject);
        r->has_known = true;
    }
    for (size_t i = 0; good && i < rule->has_count; i++)
        good = holds(&r->has, &rule->has[i]);
    return good;
}

static void fill_match(const struct rules *r, const struct rule *rule, struct slice text,
                       struct rule_match *m)
{
    memset(m, 0, sizeof *m);
    m->rule = rule->id;
    for (size_t i = 0; i < rule->set_count; i++)
        m->field[rule->sets[i].field] = rule->sets[i].value;
    for (unsigned g = 1; g < regex_group_count(rule->regex); g++) {
        size_t begin, end;
        if (rule->group_field[g] < 0 || !regex_group(rule->regex, g, &begin, &end))
            continue;
        size_t from = source_of(r, begin), to = source_of(r, end);
        m->field[rule->group_field[g]] = slice_of(text.p + from, to > from ? to - from : 0);
    }
}

static bool search(struct rules *r, struct rule *rule, size_t start)
{
    int found = rules_compile(r, rule, NULL) ? regex_search(rule->regex, r->subject, start) : 0;
    if (found < 0)
        r->given_up.steps = REGEX_STEPS;
    return found > 0;
}

static bool match_one(struct rules *r, struct rule *rule, struct slice text, struct rule_match *m)
{
    if (!search(r, rule, 0))
        return false;
    fill_match(r, rule, text, m);
    return true;
}

/* Names, values and the like are short; these are whole paragraphs. */
static bool is_too_long(struct rules *r, enum rule_place place, struct slice text)
{
    bool whole = place == PLACE_NOTE || place == PLACE_TERM || place == PLACE_PROGRAMME ||
                 place == PLACE_FIGURES || place == PLACE_CARRIER;
    size_t limit = whole ? PARAGRAPH_MAX : TEXT_MAX;
    if (text.n > limit)
        r->given_up.text = limit;
    return text.n > limit;
}

struct rules_given_up rules_given_up(struct rules *r)
{
    struct rules_given_up was = r->given_up;
    r->given_up = (struct rules_given_up){0};
    return was;
}

bool rules_match(struct rules *r, enum rule_place place, struct slice text, struct rule_match *m)
{
    uint32_t c = text_fold_first(text);
    bool folded = false;
    if (is_too_long(r, place, text))
        return false;
    for (size_t i = 0; i < r->order_count[place]; i++) {
        struct rule *rule = &r->rules[r->order[place][i]];
        if (!edge_allows(&rule->first, c))
            continue;
        if (!folded)
            fold(r, text);
        folded = true;
        if (fits(r, rule) && match_one(r, rule, text, m))
            return true;
    }
    return false;
}

/* The first folded byte that comes from byte `from` or behind it. */
static size_t folded_from(const struct rules *r, size_t from)
{
    size_t low = 0, high = from ? r->subject.n : 0;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (source_of(r, middle) < from)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool rules_search(struct rules *r, enum rule_place place, struct slice text, size_t from,
                  struct rule_match *m, size_t *end)
{
    struct rule *best = NULL;
    size_t begin, stop, start = folded_from(r, from);
    if (is_too_long(r, place, text))
        return false;
    if (from == 0)
        fold(r, text);
    for (size_t i = 0; i < r->order_count[place]; i++) {
        struct rule *rule = &r->rules[r->order[place][i]];
        if (from == 0 || rule->next < start)
            rule->next = fits(r, rule) && search(r, rule, start) && regex_group(rule->regex, 0, &begin, &stop)
                             ? begin
                             : SIZE_MAX;
        if (rule->next != SIZE_MAX && (!best || rule->next < best->next))
            best = rule;
    }
    if (!best || !regex_group(best->regex, 0, &begin, &stop))
        return false;
    fill_match(r, best, text, m);
    *end = source_of(r, stop);
    return true;
}

/* ---- checking ---- */

static bool expectation_holds(struct slice expect, const struct rule_match *m, struct slice *wrong_part)
{
    struct slice part;
    while (slice_split(&expect, ';', &part)) {
        part = slice_trim_ascii(part);
        const char *eq = part.n ? memchr(part.p, '=', part.n) : NULL;
        if (!eq)
            continue;
        int field = rules_field(slice_of(part.p, (size_t)(eq - part.p)));
        struct slice want = slice_of(eq + 1, part.n - (size_t)(eq + 1 - part.p));
        if (field < 0 || !slice_eq(m->field[field], want)) {
            *wrong_part = part;
            return false;
        }
    }
    return true;
}

/* Takes what is expected off the example's text; empty when it says nothing. */
static struct slice cut_expectation(struct slice *text)
{
    ptrdiff_t arrow = slice_find(*text, SLICE(" => "));
    if (arrow < 0)
        return SLICE_NONE;
    struct slice expect = slice_of(text->p + arrow + 4, text->n - (size_t)arrow - 4);
    text->n = (size_t)arrow;
    return slice_trim_ascii(expect);
}

static size_t check_example(struct rules *r, struct rule *rule, struct example e, struct buf *report)
{
    struct rule_match m;
    struct slice expect = cut_expectation(&e.text), part = e.text;
    fold(r, e.text);
    if (regex_search(rule->regex, r->subject, 0) < 0) {
        rules_complain(report, rule->pattern_where, rule->pattern.p, "匹配超过上限（回溯太多）",
                 "over the match limits (too much backtracking)", e.text);
        return 1;
    }
    bool own = edge_allows(&rule->first, text_fold_first(e.text)) && fits(r, rule) && match_one(r, rule, e.text, &m);
    if (!e.good && !own)
        return 0;
    if (!e.good || !own) {
        rules_complain(report, e.where, e.text.p, e.good ? "例子应匹配而没有" : "例子不应匹配而匹配",
                 e.good ? "example does not match" : "example matches but should not", e.text);
        return 1;
    }
    if (!rules_match(r, rule->place, e.text, &m) || strcmp(m.rule, rule->id) != 0) {
        rules_complain(report, e.where, e.text.p, "例子被前面的规则先匹配", "an earlier rule takes the example",
                 slice_cstr(m.rule ? m.rule : ""));
        return 1;
    }
    if (!expectation_holds(expect, &m, &part)) {
        rules_complain(report, e.where, part.p, "捕获与例子所写不同", "captures differ from the example", part);
        return 1;
    }
    return 0;
}

static size_t check_fields(const struct rule *rule, struct buf *report)
{
    size_t findings = 0;
    for (unsigned g = 1; g < regex_group_count(rule->regex); g++) {
        struct slice name = regex_group_name(rule->regex, g);
        if (!name.n || rules_place_has(rule->place, rule->group_field[g]))
            continue;
        ptrdiff_t at = slice_find(rule->pattern, name);
        rules_complain(report, rule->pattern_where, rule->pattern.p + (at < 0 ? 0 : at), "这个位置没有此字段",
                 "unknown field at this place", name);
        findings++;
    }
    return findings;
}

size_t rules_check(struct rules *r, struct buf *report, size_t *examples)
{
    size_t findings = 0;
    *examples = 0;
    for (size_t i = 0; i < r->count; i++) /* the patterns as they are written, not as they were compiled ahead */
        r->rules[i].compiled = SLICE_NONE;
    for (size_t i = 0; i < r->count; i++) {
        struct rule *rule = &r->rules[i];
        if (!rules_compile(r, rule, report)) {
            findings++;
            continue;
        }
        findings += check_fields(rule, report);
        if (rule->example_begin == rule->example_end) {
            rules_complain(report, rule->where, rule->where.text.p, "规则没有例子", "rule without examples",
                     slice_cstr(rule->id));
            findings++;
        }
        for (size_t e = rule->example_begin; e < rule->example_end; e++, ++*examples)
            findings += check_example(r, rule, r->examples[e], report);
    }
    for (size_t i = 0; i < r->macro_count; i++) {
        if (r->macros[i].used)
            continue;
        rules_complain(report, r->macros[i].where, r->macros[i].name.p, "宏没有用到", "macro is never used",
                 r->macros[i].name);
        findings++;
    }
    return findings;
}

size_t rules_count(const struct rules *r)
{
    return r->count;
}

struct rule_info rules_info(const struct rules *r, size_t i)
{
    const struct rule *rule = &r->rules[i];
    return (struct rule_info){rule->id,         rules_place_name(rule->place), rule->where.file,
                              rule->where.line, rule->source,
                              rule->example_end - rule->example_begin};
}
