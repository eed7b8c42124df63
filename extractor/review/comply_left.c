/* What a draft leaves to its superior outside a row of its own: in a row of several indicators, in prose, in notes. */
#include "review/comply.h"

#include "base/sentence.h"
#include "base/text.h"
#include "extract/canonical_name.h"

enum {
    LEFT_MAX = 4000,     /* limit: indicators left so */
    NAME_CHARS = 4,      /* of the shortest name that is looked up */
    SENTENCE_MAX = 3000, /* bytes of a sentence that is looked at */
    PHRASES = 16,        /* limit: of one sentence */
};

struct desk {
    struct comply *c;
    struct grammar *g;
    struct naming naming;
    struct comply_left *items;
    size_t count;
};

static struct slice kept(struct desk *d, struct slice s)
{
    return slice_of(arena_dup(&d->c->arena, s.p ? s.p : "", s.n), s.n);
}

/* Adds one under the name of a row of the lexicon, or its own where there is none. */
static void add(struct desk *d, const struct claim *like, struct slice name, bool known, size_t row)
{
    if (d->count == LEFT_MAX)
        return;
    struct comply_left left = {.claim = *like};
    left.claim.name = kept(d, name);
    left.claim.breakdown = SLICE_NONE;
    left.claim.code = known ? grammar_cell(d->g, LEX_INDICATORS, row, "code") : SLICE_NONE;
    left.concept = known ? grammar_cell(d->g, LEX_INDICATORS, row, "concept") : SLICE_NONE;
    d->items = arena_grow(&d->c->arena, d->items, d->count, sizeof *d->items);
    d->items[d->count++] = left;
}

/* The next name of a list parted by 、 or a word for and; empty at its end. */
static struct slice next_name(struct desk *d, struct slice list, size_t *at)
{
    size_t begin = *at;
    int depth = 0;
    while (*at < list.n) {
        size_t from = *at;
        struct lexicon_hit hit;
        uint32_t c = text_next(list.p, list.n, at);
        depth += c == 0xFF08 || c == '(' ? 1 : c == 0xFF09 || c == ')' ? -1 : 0;
        struct slice one = slice_of(list.p + from, *at - from);
        bool joint = c == 0x3001 || (lexicon_find(grammar_lexicon(d->g, LEX_REVIEW), one, &hit) &&
                                     slice_starts(grammar_cell(d->g, LEX_REVIEW, hit.row, "class"), SLICE("and")));
        if (depth <= 0 && joint && from > begin)
            return slice_of(list.p + begin, from - begin);
    }
    return slice_of(list.p + begin, *at - begin);
}

/* 主要污染物（化学需氧量、氨氮）排放总量减少: one for each part. False when the name is none of that kind. */
static bool add_combined(struct desk *d, const struct claim *like, struct slice name)
{
    struct rule_match m;
    if (!rules_match(d->g->rules, PLACE_COMBINED, name, &m))
        return false;
    struct buf whole = {0}, own = {0};
    struct slice list = m.field[FIELD_TEXT], post = m.field[FIELD_POST], part;
    buf_slice(&whole, m.field[FIELD_NAME]);
    buf_slice(&whole, post);
    for (size_t at = 0; (part = text_trim(next_name(d, list, &at))).n;) {
        size_t row = 0;
        bool known = naming_find(&d->naming, buf_view(&whole), part, &row);
        own.n = 0;
        buf_slice(&own, part);
        buf_slice(&own, post);
        add(d, like, buf_view(&own), known, row);
    }
    buf_done(&whole);
    buf_done(&own);
    return true;
}

/* A name of the prose: as it stands, then without words before it (确保, 到2025年). */
static void add_name(struct desk *d, const struct claim *like, struct slice name)
{
    size_t row = 0;
    name = text_trim(name);
    if (text_chars(name) < NAME_CHARS || add_combined(d, like, name))
        return;
    for (struct slice rest = name; text_chars(rest) >= NAME_CHARS;) {
        size_t next = 0;
        if (naming_find(&d->naming, rest, SLICE_NONE, &row)) {
            add(d, like, name, true, row);
            return;
        }
        text_next(rest.p, rest.n, &next);
        rest = slice_of(rest.p + next, rest.n - next);
    }
    add(d, like, name, false, row);
}

/* ---- tables ---- */

static void read_tables(struct desk *d)
{
    for (size_t i = 0; i < d->c->claim_count[1]; i++) {
        const struct claim *c = &d->c->claims[1][i];
        if (c->observation && c->kind == VALUE_DELEGATED && slice_eq(c->role, SLICE("target")))
            add_combined(d, c, c->name);
    }
}

/* ---- prose ---- */

/* The clause that ends at byte `end`: where it begins; brackets hold no ends. */
static size_t clause_begin(struct slice s, size_t end)
{
    int depth = 0;
    while (end > 0) {
        size_t before = text_before(s, end), next = before;
        uint32_t c = text_next(s.p, s.n, &next);
        depth += c == 0xFF09 || c == ')' ? 1 : c == 0xFF08 || c == '(' ? -1 : 0;
        if (depth <= 0 && (c == 0xFF0C || c == ',' || c == 0xFF1A || c == ':'))
            break;
        end = before;
    }
    return end;
}

static void read_phrase(struct desk *d, struct slice sentence, struct slice phrase)
{
    const struct plan *p = d->c->draft;
    size_t end = (size_t)(phrase.p - sentence.p), begin = clause_begin(sentence, end);
    if (begin == end && begin > 0) { /* the subject stands before a comma */
        end = text_before(sentence, begin);
        begin = clause_begin(sentence, end);
    }
    struct target *t = arena_alloc(&d->c->arena, sizeof *t);
    *t = (struct target){.id = ""};
    struct claim like = {.plan = p, .target = t, .role = SLICE("target"), .kind = VALUE_DELEGATED, .raw = phrase,
                         .year = claim_plan_year(p, META_END_YEAR), .span = plan_span(p, phrase), .id = ""};
    struct slice list = slice_of(sentence.p + begin, end - begin), name;
    for (size_t at = 0; (name = next_name(d, list, &at)).n;)
        add_name(d, &like, name);
}

/* All phrases first: another look at the rules would end the search. */
static void read_sentence(struct desk *d, struct slice sentence)
{
    struct slice phrases[PHRASES];
    struct rule_match m;
    struct folded f = {0};
    size_t count = 0, at = 0, end;
    text_fold(sentence, &f);
    while (count < PHRASES && at < f.n && rules_search(d->g->rules, PLACE_DELEGATION, slice_of(f.p, f.n), at, &m, &end) &&
           end > at) {
        size_t begin = f.map[m.field[FIELD_TEXT].p - f.p];
        phrases[count++] = slice_of(sentence.p + begin, f.map[end] - begin);
        at = end;
    }
    folded_done(&f);
    for (size_t i = 0; i < count; i++)
        read_phrase(d, sentence, phrases[i]);
}

/* Not the notice, the contents and glossary, nor what was done in the past. */
static bool is_looked_at(const struct node *n)
{
    bool apart = n->kind == NODE_NOTICE || n->kind == NODE_GLOSSARY || n->kind == NODE_TOC || n->kind == NODE_FRONT;
    return !apart && !(node_is_division(n->kind) && n->u.section && n->u.section->situation);
}

static void read_prose(struct desk *d, const struct node *n)
{
    for (n = n->first; n; n = n->next) {
        if (n->kind != NODE_PARA && n->kind != NODE_DASH && n->kind != NODE_NOTE) {
            if (is_looked_at(n))
                read_prose(d, n);
            continue;
        }
        struct slice rest = plan_slice(d->c->draft, n->span);
        while (rest.n) {
            size_t length = sentence_length(rest);
            if (length <= SENTENCE_MAX)
                read_sentence(d, slice_of(rest.p, length));
            rest = slice_of(rest.p + length, rest.n - length);
        }
    }
}

size_t comply_left(struct comply *c, struct grammar *g, struct comply_left **out)
{
    struct desk d = {.c = c, .g = g, .naming = {.g = g}};
    read_tables(&d);
    read_prose(&d, c->draft->root);
    naming_done(&d.naming);
    *out = d.items;
    return d.count;
}
