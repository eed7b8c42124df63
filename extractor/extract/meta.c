/* The document as a whole. What is written is read with its place; what is not written but follows
 * from the text is inferred and said to be so. */
#include "extract/extract.h"

#include "base/numeral.h"
#include "base/particle.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>

/* Texts without a title are known by their beginning: form, subject and goals stand there. */
enum { NEAR_BYTES = 150, YEARS_LOOKED_AT = 40, REGION_LIMIT = 8 * 1024, TEXT_LIMIT = 36 * 1024, FRONT_BYTES = 60,
       CITED_CHARS = 40 };

static void set(struct plan *p, enum meta_id id, struct slice value, bool inferred, struct span span)
{
    if (!p->meta[id].value.p && value.n)
        p->meta[id] = (struct meta){value, inferred, inferred ? (struct span){0, 0} : span};
}

static struct slice keep_int(struct plan *p, int value)
{
    char digits[16];
    size_t n = (size_t)snprintf(digits, sizeof digits, "%d", value);
    return slice_of(arena_dup(&p->arena, digits, n), n);
}

/* ---- region ---- */

static int level_rank(struct slice level)
{
    static const char *const levels[] = {"nation", "province", "prefecture", "county"};
    for (int i = 0; i < 4; i++)
        if (slice_eq(level, slice_cstr(levels[i])))
            return i;
    return -1;
}

static struct slice region_cell(struct grammar *g, size_t row, const char *column)
{
    return grammar_cell(g, LEX_REGIONS, row, column);
}

/* Whether the parent of a region is named in the text too. */
static bool parent_named(struct grammar *g, size_t row, struct slice text)
{
    struct slice code = region_cell(g, row, "parent");
    const struct lexicon *lex = grammar_lexicon(g, LEX_REGIONS);
    int code_column = lexicon_column(lex, "code"), name_column = lexicon_column(lex, "name");
    for (size_t r = 0; code.n && r < lexicon_rows(lex); r++) {
        if (!slice_eq(lexicon_cell(lex, r, code_column), code))
            continue;
        struct slice name = lexicon_cell(lex, r, name_column), shorter = region_cell(g, r, "short");
        struct slice word;
        if (slice_find(text, name) >= 0)
            return true;
        while (slice_split(&shorter, '|', &word))
            if (word.n && slice_find(text, word) >= 0)
                return true;
        return false;
    }
    return false;
}

/* Several regions bear the word: the one whose superior the text names. */
static size_t settle_name(struct plan *p, struct grammar *g, struct lexicon_hit hit, bool *ambiguous)
{
    const struct lexicon *lex = grammar_lexicon(g, LEX_REGIONS);
    struct lexicon_hit other = hit;
    size_t chosen = hit.row, named = 0;
    struct slice text = p->source.text;
    if (text.n > TEXT_LIMIT)
        text.n = TEXT_LIMIT;
    *ambiguous = false;
    if (!lexicon_again(lex, &other))
        return chosen;
    for (other = hit;;) {
        if (parent_named(g, other.row, text) && named++ == 0)
            chosen = other.row;
        if (!lexicon_again(lex, &other))
            break;
    }
    *ambiguous = named != 1;
    return chosen;
}

static void set_region(struct plan *p, struct grammar *g, struct lexicon_hit hit, bool inferred,
                       struct slice word)
{
    bool ambiguous;
    size_t row = settle_name(p, g, hit, &ambiguous);
    struct span span = inferred ? (struct span){0, 0} : plan_span(p, word);
    set(p, META_REGION_CODE, region_cell(g, row, "code"), inferred, span);
    set(p, META_REGION_NAME, region_cell(g, row, "name"), inferred, span);
    set(p, META_REGION_LEVEL, region_cell(g, row, "level"), inferred, span);
    if (ambiguous)
        plan_diag(p, DIAG_REGION_AMBIGUOUS, span, word, region_cell(g, row, "code"));
}

/* The lowest region named in a short text (a title, an issuer); the first of the lowest level. */
static bool region_in(struct grammar *g, struct slice text, struct lexicon_hit *best, struct slice *word)
{
    const struct lexicon *lex = grammar_lexicon(g, LEX_REGIONS);
    int best_rank = -1;
    for (size_t at = 0; at < text.n;) {
        struct lexicon_hit hit;
        if (!lexicon_longest(lex, text, at, &hit)) {
            text_next(text.p, text.n, &at);
            continue;
        }
        int rank = level_rank(region_cell(g, hit.row, "level"));
        if (rank > best_rank) {
            best_rank = rank;
            *best = hit;
            *word = slice_of(text.p + at, hit.length);
        }
        at += hit.length;
    }
    return best_rank >= 0;
}

/* The region a text without title speaks of: full names count three, short ones one. */
static bool region_by_count(struct plan *p, struct grammar *g, struct lexicon_hit *best)
{
    const struct lexicon *lex = grammar_lexicon(g, LEX_REGIONS);
    struct slice text = p->source.text;
    uint32_t *score = mem_zalloc((lexicon_rows(lex) + 1) * sizeof *score);
    size_t top = SIZE_MAX;
    if (text.n > REGION_LIMIT)
        text.n = text_prefix(text, REGION_LIMIT / 3);
    for (size_t at = 0; at < text.n;) {
        struct lexicon_hit hit;
        at = lexicon_skip(lex, lex, text, at);
        if (!lexicon_longest(lex, text, at, &hit)) {
            text_next(text.p, text.n, &at);
            continue;
        }
        bool full = slice_eq(region_cell(g, hit.row, "name"), slice_of(text.p + at, hit.length));
        score[hit.row] += full ? 3 : 1;
        if (top == SIZE_MAX || score[hit.row] > score[top])
            top = hit.row;
        at += hit.length;
    }
    size_t chosen = top; /* a county half as often named as the province above it is the subject */
    for (size_t r = 0; top != SIZE_MAX && r < lexicon_rows(lex); r++)
        if (score[r] * 2 >= score[top] && score[r] >= 6 &&
            level_rank(region_cell(g, r, "level")) > level_rank(region_cell(g, chosen, "level")))
            chosen = r;
    bool found = chosen != SIZE_MAX && score[chosen] >= 6;
    free(score);
    if (found)
        lexicon_find(lex, region_cell(g, chosen, "name"), best);
    return found;
}

static void read_region(struct plan *p, struct grammar *g)
{
    struct lexicon_hit hit;
    struct slice word = SLICE_NONE, title = p->meta[META_TITLE].value, issuer = p->meta[META_ISSUER].value;
    if (title.n && region_in(g, title, &hit, &word)) {
        if (plan_within(p, word)) {
            set_region(p, g, hit, false, word);
        } else { /* the title was joined over lines: its first line holds the place */
            struct span at = p->meta[META_TITLE].span;
            struct slice line = plan_slice(p, at);
            ptrdiff_t found = slice_find(line, word);
            set_region(p, g, hit, false, found >= 0 ? slice_of(line.p + found, word.n) : line);
        }
    } else if (issuer.n && region_in(g, issuer, &hit, &word)) {
        set_region(p, g, hit, true, word);
    } else if (region_by_count(p, g, &hit)) {
        set_region(p, g, hit, true, region_cell(g, hit.row, "name"));
    } else {
        plan_diag(p, DIAG_REGION_UNKNOWN, (struct span){0, 0}, SLICE_NONE, SLICE_NONE);
    }
}

/* ---- field ---- */

static size_t longest_in(struct grammar *g, enum lexicon_id id, struct slice text,
                         struct lexicon_hit *best, struct slice *word)
{
    const struct lexicon *lex = grammar_lexicon(g, id);
    size_t length = 0;
    for (size_t at = 0; at < text.n;) {
        struct lexicon_hit hit;
        at = lexicon_skip(lex, lex, text, at);
        if (lexicon_longest(lex, text, at, &hit) && hit.length > length) {
            length = hit.length;
            *best = hit;
            *word = slice_of(text.p + at, hit.length);
        }
        text_next(text.p, text.n, &at);
    }
    return length;
}

/* The field most headings and captions name; a long name weighs more, it is seldom there by chance. */
static bool field_by_headings(struct plan *p, struct grammar *g, struct lexicon_hit *best)
{
    const struct lexicon *lex = grammar_lexicon(g, LEX_FIELDS);
    uint32_t *score = mem_zalloc((lexicon_rows(lex) + 1) * sizeof *score);
    size_t top = SIZE_MAX;
    struct slice word;
    for (const struct section *s = p->sections; s; s = s->next) {
        struct lexicon_hit hit;
        size_t length = longest_in(g, LEX_FIELDS, s->title, &hit, &word);
        if (!length)
            continue;
        score[hit.row] += (uint32_t)(length * length);
        if (top == SIZE_MAX || score[hit.row] > score[top])
            top = hit.row;
    }
    free(score);
    return top != SIZE_MAX && lexicon_find(lex, grammar_cell(g, LEX_FIELDS, top, "name"), best);
}

static void read_field(struct plan *p, struct grammar *g)
{
    struct lexicon_hit hit;
    struct slice word, title = p->meta[META_TITLE].value;
    bool read = title.n && longest_in(g, LEX_FIELDS, title, &hit, &word);
    if (!read && (title.n || !field_by_headings(p, g, &hit)))
        return;
    struct span span = p->meta[META_TITLE].span;
    if (read && plan_within(p, word))
        span = plan_span(p, word);
    set(p, META_FIELD, grammar_cell(g, LEX_FIELDS, hit.row, "name"), !read, span);
    p->field_code = grammar_cell(g, LEX_FIELDS, hit.row, "code");
}

/* ---- period and years ---- */

/* Whether a place of text stands in a title that is cited: 《…. */
static bool in_citation(struct slice text, size_t at)
{
    for (int i = 0; i < CITED_CHARS && at > 0; i++) {
        uint32_t c = text_first(slice_of(text.p + (at = text_before(text, at)), 3));
        if (c == 0x300A || c == 0x300B || c == '\n')
            return c == 0x300A;
    }
    return false;
}

/* How often a word stands in a text, titles that are cited apart. */
static size_t count_of(struct slice text, const char *word)
{
    struct slice w = slice_cstr(word);
    size_t count = 0, from = 0;
    for (ptrdiff_t at; (at = slice_find(slice_of(text.p + from, text.n - from), w)) >= 0; from += (size_t)at + w.n)
        count += !in_citation(text, from + (size_t)at);
    return count;
}

/* The period whose name and final year (到2030年) the text names most; the latest on a tie. */
static bool period_by_count(struct plan *p, struct grammar *g, size_t *row)
{
    const struct lexicon *lex = grammar_lexicon(g, LEX_PERIODS);
    struct slice text = p->source.text;
    struct slice word = particle_word(g, PARTICLE_UNTIL);
    size_t best = 0;
    if (text.n > TEXT_LIMIT)
        text.n = TEXT_LIMIT;
    for (size_t r = 9; r < lexicon_rows(lex); r++) { /* from 十五 on */
        char quoted[40], until[40];
        struct slice name = grammar_cell(g, LEX_PERIODS, r, "name"), end = grammar_cell(g, LEX_PERIODS, r, "end");
        snprintf(quoted, sizeof quoted, "“%.*s”", (int)name.n, name.p);
        snprintf(until, sizeof until, "%.*s%.*s年", (int)word.n, word.p, (int)end.n, end.p);
        size_t named = count_of(text, quoted), score = named ? named + 3 * count_of(text, until) : 0;
        if (score >= best && score >= 2) {
            best = score;
            *row = r;
        }
    }
    return best > 0;
}

static void read_years_at(struct plan *p, struct grammar *g, uint32_t at)
{
    struct rule_match m;
    struct slice near = slice_of(p->source.text.p + at, p->source.text.n - at);
    near.n = near.n > NEAR_BYTES ? text_prefix(near, NEAR_BYTES / 3) : near.n;
    if (!rules_match(g->rules, PLACE_PERIOD, near, &m))
        return;
    bool horizon = slice_eq(m.field[FIELD_KIND], SLICE("horizon"));
    struct slice start = m.field[FIELD_START], end = m.field[FIELD_END];
    if (start.n)
        set(p, META_START_YEAR, keep_int(p, numeral_count(start)), false, plan_span(p, start));
    if (end.n)
        set(p, horizon ? META_HORIZON_YEAR : META_END_YEAR, keep_int(p, numeral_count(end)), false,
            plan_span(p, end));
}

/* Sentences on the plan's period: 规划期限为…, 远景展望至…. */
static void read_years(struct plan *p, struct grammar *g)
{
    static const enum hit_kind kinds[] = {HIT_PERIOD, HIT_HORIZON};
    for (size_t k = 0; k < 2; k++) {
        size_t at = 0;
        const struct hit *h;
        for (int n = 0; n < YEARS_LOOKED_AT && (h = plan_next_hit(p, kinds[k], &at)); n++)
            read_years_at(p, g, h->at);
    }
}

static void read_title_years(struct plan *p, struct grammar *g)
{
    struct rule_match m;
    struct slice title = p->meta[META_TITLE].value;
    struct span span = p->meta[META_TITLE].span;
    if (!title.n || !rules_match(g->rules, PLACE_PERIOD, title, &m))
        return;
    bool horizon = slice_eq(m.field[FIELD_KIND], SLICE("horizon"));
    if (m.field[FIELD_START].n)
        set(p, META_START_YEAR, keep_int(p, numeral_count(m.field[FIELD_START])), false, span);
    if (m.field[FIELD_END].n)
        set(p, horizon ? META_HORIZON_YEAR : META_END_YEAR,
            keep_int(p, numeral_count(m.field[FIELD_END])), false, span);
}

static void read_period(struct plan *p, struct grammar *g)
{
    struct lexicon_hit hit;
    struct slice word, title = p->meta[META_TITLE].value;
    bool read = title.n && longest_in(g, LEX_PERIODS, title, &hit, &word);
    size_t row = read ? hit.row : 0;
    bool read_range = p->meta[META_START_YEAR].value.p && p->meta[META_END_YEAR].value.p;
    if (!read && (read_range || !period_by_count(p, g, &row))) {
        if (!read_range)
            plan_diag(p, DIAG_PERIOD_UNKNOWN, (struct span){0, 0}, SLICE_NONE, SLICE_NONE);
        return;
    }
    struct span span = p->meta[META_TITLE].span;
    if (read && plan_within(p, word))
        span = plan_span(p, word);
    set(p, META_PERIOD, grammar_cell(g, LEX_PERIODS, row, "name"), !read, span);
    p->period_no = grammar_cell(g, LEX_PERIODS, row, "number");
    set(p, META_START_YEAR, grammar_cell(g, LEX_PERIODS, row, "start"), true, span);
    set(p, META_END_YEAR, grammar_cell(g, LEX_PERIODS, row, "end"), true, span);
}

/* The long view without 远景: a goal 到2035年 beyond the end of the period. */
static void read_horizon(struct plan *p, struct grammar *g)
{
    struct slice end = p->meta[META_END_YEAR].value;
    int last = end.n ? numeral_count(end) : 0;
    for (const struct section *s = p->sections; s && last; s = s->next)
        for (const struct node *n = s->node->first; n; n = n->next) {
            struct slice text = plan_slice(p, n->span);
            struct rule_match m;
            if (n->kind != NODE_PARA || !rules_match(g->rules, PLACE_HORIZON, text_head(text, FRONT_BYTES), &m))
                continue;
            int year = numeral_count(m.field[FIELD_YEAR]);
            if (year > last && year < 2100) {
                set(p, META_HORIZON_YEAR, keep_int(p, year), false, plan_span(p, m.field[FIELD_YEAR]));
                return;
            }
        }
}

/* ---- title and id ---- */

static void infer_title(struct plan *p, struct grammar *g)
{
    struct slice region = p->meta[META_REGION_NAME].value, field = p->meta[META_FIELD].value;
    struct slice period = p->meta[META_PERIOD].value;
    if (p->meta[META_TITLE].value.p || !region.n || !field.n || !period.n)
        return;
    struct buf title = {0};
    struct slice plan = particle_word(g, PARTICLE_PLAN);
    buf_printf(&title, "%.*s%.*s“%.*s”%.*s", (int)region.n, region.p, (int)field.n, field.p,
               (int)period.n, period.p, (int)plan.n, plan.p);
    set(p, META_TITLE, slice_of(arena_dup(&p->arena, title.p, title.n), title.n), true, (struct span){0, 0});
    buf_done(&title);
}

static void set_id(struct plan *p)
{
    struct slice code = p->meta[META_REGION_CODE].value;
    const struct slice x = SLICE("x");
    struct slice a = code.n ? code : x, b = p->field_code.n ? p->field_code : x;
    struct slice c = p->period_no.n ? p->period_no : x;
    snprintf(p->id, sizeof p->id, "%.*s-%.*s-%.*s", (int)(a.n < 12 ? a.n : 12), a.p,
             (int)(b.n < 16 ? b.n : 16), b.p, (int)(c.n < 4 ? c.n : 4), c.p);
}

static void report_inferred(struct plan *p)
{
    struct buf names = {0};
    for (int i = 0; i < META_MAX; i++)
        if (p->meta[i].inferred)
            buf_printf(&names, "%s%s", names.n ? " " : "", meta_names[i]);
    if (names.n)
        plan_diag(p, DIAG_META_INFERRED, (struct span){0, 0}, buf_view(&names), SLICE_NONE);
    buf_done(&names);
}

void extract_meta(struct plan *p, struct grammar *g)
{
    read_region(p, g);
    read_field(p, g);
    read_title_years(p, g);
    read_years(p, g);
    read_period(p, g);
    read_horizon(p, g);
    infer_title(p, g);
    set_id(p);
    report_inferred(p);
}
