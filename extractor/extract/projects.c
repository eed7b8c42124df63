/* Programmes of project boxes and tables, and the single projects inside them. */
#include "extract/projects_reader.h"

#include "base/decimal.h"
#include "base/particle.h"
#include "base/sentence.h"
#include "base/text.h"
#include "extract/quantity.h"
#include "extract/words.h"

enum {
    YEAR_BYTES = 24,   /* of 到二〇二五年 */
    AMOUNT_BYTES = 60, /* of 项目总投资估算为12亿元 */
    UNIT_BYTES = 24,   /* of 万立方米/日 */
    REACH_CHARS = 3,   /* of 提高到 */
};

struct project *projects_add(struct projects_reader *r, struct project *parent, struct span span)
{
    struct plan *p = r->p;
    struct project *o = arena_alloc(&p->arena, sizeof *o);
    o->id = plan_id(p, "pj", ++p->project_count);
    o->parent = parent;
    o->box = r->box;
    o->section = r->box->section;
    o->group = r->group;
    o->span = span;
    *p->projects_end = o;
    p->projects_end = &o->next;
    return o;
}

/* ---- figures of a programme ---- */

/* The investment in 万元, exact: 72.8亿元 is 728000. */
struct slice projects_in_ten_thousands(struct projects_reader *r, struct slice value, struct slice unit)
{
    struct decimal d, factor;
    struct lexicon_hit hit;
    struct buf out = {0};
    if (!lexicon_find(grammar_lexicon(r->g, LEX_UNITS), unit, &hit) ||
        !decimal_read(grammar_cell(r->g, LEX_UNITS, hit.row, "factor"), &factor) || !decimal_read(value, &d) ||
        !decimal_multiply(d, factor, &d))
        return SLICE_NONE;
    decimal_write(d, &out);
    struct slice amount = slice_of(arena_dup(&r->p->arena, out.p, out.n), out.n);
    buf_done(&out);
    return amount;
}

size_t projects_read_figures(struct projects_reader *r, struct project *o, struct slice text)
{
    struct rule_match m;
    size_t end = 0, amounts = 0;
    for (size_t at = 0; rules_search(r->g->rules, PLACE_FIGURES, text, at, &m, &end); at = end) {
        struct slice value = m.field[FIELD_VALUE], unit = m.field[FIELD_UNIT];
        if (slice_eq(m.field[FIELD_KIND], SLICE("count")) && !o->count.n)
            o->count = value;
        bool amount = slice_eq(m.field[FIELD_KIND], SLICE("amount"));
        if (amount && !o->amount.n)
            o->amount = projects_in_ten_thousands(r, value, unit);
        amounts += amount;
        if (end <= at)
            break;
    }
    return amounts;
}

/* ---- single projects ---- */

size_t projects_length_to(struct slice s, const uint32_t *ends, size_t count)
{
    int depth = 0;
    for (size_t at = 0; at < s.n;) {
        size_t begin = at;
        uint32_t c = text_next(s.p, s.n, &at);
        depth += c == 0xFF08 || c == '(';
        depth -= c == 0xFF09 || c == ')';
        for (size_t i = 0; i < count && depth <= 0; i++)
            if (c == ends[i])
                return begin;
    }
    return s.n;
}

/* Length of the clause at the front of s, without its comma. */
static size_t clause_length(struct slice s)
{
    static const uint32_t commas[] = {0xFF0C, 0xFF1B, ',', ';'};
    return projects_length_to(s, commas, sizeof commas / sizeof *commas);
}

static bool has_figure(struct projects_reader *r, struct slice s)
{
    struct quantity q;
    for (size_t at = 0; quantity_next(r->g, s, &at, &q);)
        if (q.unit.n)
            return true;
    return false;
}

enum clause { CLAUSE_OWN, CLAUSE_MORE, CLAUSE_DROP };

/* 亿元, 万元 at the end of a clause. */
static bool ends_with_money(struct projects_reader *r, struct slice s)
{
    struct lexicon_hit hit;
    size_t begin = text_before(s, text_before(s, s.n));
    return lexicon_find(grammar_lexicon(r->g, LEX_UNITS), slice_of(s.p + begin, s.n - begin), &hit) &&
           slice_eq(grammar_cell(r->g, LEX_UNITS, hit.row, "kind"), SLICE("money"));
}

/* 总投资约3亿元: a clause that only says what the programme costs. */
static bool is_amount(struct projects_reader *r, struct slice s)
{
    struct rule_match m;
    if (s.n < 6 || s.n > AMOUNT_BYTES || !ends_with_money(r, s) || !rules_match(r->g->rules, PLACE_FIGURES, s, &m))
        return false;
    struct slice unit = m.field[FIELD_UNIT];
    return unit.n && unit.p + unit.n == s.p + s.n;
}

/* The end of a text tells that a figure is reached: 达到, 控制在. */
static bool ends_with_reach(struct projects_reader *r, struct slice s)
{
    size_t at = s.n;
    for (int chars = 0; chars < REACH_CHARS && at > 0; chars++) {
        struct slice classes;
        at = text_before(s, at);
        if (words_at(r->g, s, at, &classes) == s.n - at && words_is(classes, "reach"))
            return true;
    }
    return false;
}

enum figure { FIGURE_NONE, FIGURE_BUILT, FIGURE_REACHED };

/* Whether a clause has a figure, and whether one is only to be reached: 治疗比例均达到95%以上. */
static enum figure figure_in(struct projects_reader *r, struct slice s)
{
    struct quantity q;
    enum figure out = FIGURE_NONE;
    for (size_t at = 0; quantity_next(r->g, s, &at, &q);) {
        if (!q.unit.n)
            continue;
        if (slice_eq(q.unit, SLICE("%")) || ends_with_reach(r, slice_of(s.p, (size_t)(q.whole.p - s.p))))
            return FIGURE_REACHED;
        out = FIGURE_BUILT;
    }
    return out;
}

/* What a clause is: a project of its own, the continuation of the one before, or no project. */
static enum clause judge(struct projects_reader *r, struct slice s, bool first)
{
    struct slice classes;
    words_at(r->g, s, 0, &classes);
    if (words_is(classes, "contents") || words_is(classes, "basis") || is_amount(r, s))
        return CLAUSE_DROP;
    if (words_is(classes, "purpose") && !first && !has_figure(r, s))
        return CLAUSE_DROP;
    bool acts = words_is(classes, "verb") || words_is(classes, "action") || words_is(classes, "purpose");
    if (acts || particle_ends(r->g, s, PARTICLE_PROJECT))
        return CLAUSE_OWN;
    enum figure figure = figure_in(r, s);
    return figure == FIGURE_REACHED ? CLAUSE_DROP : first || figure == FIGURE_BUILT ? CLAUSE_OWN : CLAUSE_MORE;
}

/* Length of a time or a comma in front: 规划期内, 到2025年底, ，. */
static size_t frame_length(struct projects_reader *r, struct slice s)
{
    struct year_mention y;
    size_t length = particle_at(r->g, s, 0, PARTICLE_FRAME), at = 0;
    if (!length && (slice_starts(s, SLICE("，")) || slice_starts(s, SLICE("、"))))
        length = 3;
    size_t until = length ? 0 : particle_at(r->g, s, 0, PARTICLE_UNTIL);
    if (!until || !quantity_next_year(text_head(s, YEAR_BYTES), &at, &y) || y.whole.p != s.p + until)
        return length;
    return at + particle_at(r->g, s, at, PARTICLE_YEAR_TAIL);
}

/* 规划期内每年, 其中 in front are no part of the action. */
static struct slice strip_time(struct projects_reader *r, struct slice s)
{
    for (size_t n; (n = frame_length(r, s)) > 0;)
        s = text_trim(slice_of(s.p + n, s.n - n));
    return s;
}

static void add_single(struct projects_reader *r, struct project *parent, struct slice s)
{
    s = strip_time(r, text_trim(s));
    if (text_chars(s) < 4)
        return;
    struct project *o = projects_add(r, parent, plan_span(r->p, s));
    o->title = o->text = s;
}

/* 治理l2万公顷: digits and a unit at the end, also where a slip of the pen hides the figure. */
static bool ends_counted(struct projects_reader *r, struct slice s)
{
    struct lexicon_hit hit;
    size_t at = s.n;
    while (at > 0 && !text_digit_before(s, at) && s.n - at < UNIT_BYTES)
        at = text_before(s, at);
    return at > 0 && at < s.n && text_digit_before(s, at) &&
           lexicon_find(grammar_lexicon(r->g, LEX_UNITS), slice_of(s.p + at, s.n - at), &hit);
}

/* 示范道路5条、示范工地5个: a list whose members have figures of their own is cut. */
static void cut_figures(struct projects_reader *r, struct project *parent, struct slice s)
{
    struct quantity q;
    size_t begin = 0;
    for (size_t at = 0; quantity_next(r->g, s, &at, &q);) {
        size_t end = (size_t)(q.whole.p + q.whole.n - s.p);
        if (!q.unit.n || end + 3 >= s.n || memcmp(s.p + end, "、", 3) != 0 ||
            !(has_figure(r, slice_of(s.p + end, s.n - end)) || ends_counted(r, slice_of(s.p + end, s.n - end))))
            continue;
        add_single(r, parent, slice_of(s.p + begin, end - begin));
        begin = at = end + 3;
    }
    add_single(r, parent, slice_of(s.p + begin, s.n - begin));
}

static void read_sentence(struct projects_reader *r, struct project *parent, struct slice s)
{
    struct slice open = SLICE_NONE;
    bool first = true, dropped = false;
    while (s.n) {
        size_t n = clause_length(s);
        struct slice clause = strip_time(r, text_trim(slice_of(s.p, n)));
        enum clause kind = clause.n ? judge(r, clause, first) : CLAUSE_DROP;
        if (kind == CLAUSE_OWN || kind == CLAUSE_DROP) {
            if (open.n)
                cut_figures(r, parent, open);
            open = kind == CLAUSE_OWN ? clause : SLICE_NONE;
            dropped = kind == CLAUSE_DROP && clause.n;
        } else if (!dropped && open.n) {
            open.n = (size_t)(clause.p + clause.n - open.p);
        }
        size_t next = n < s.n ? n : s.n;
        uint32_t end = next < s.n ? text_next(s.p, s.n, &next) : 0;
        first = end == 0xFF1B || end == ';' || (first && kind == CLAUSE_DROP); /* ； begins anew */
        s = slice_of(s.p + next, s.n - next);
    }
    if (open.n)
        cut_figures(r, parent, open);
}

bool projects_acts(struct projects_reader *r, struct slice s)
{
    struct slice classes;
    s = strip_time(r, text_trim(s));
    words_at(r->g, s, 0, &classes);
    return words_is(classes, "verb") || words_is(classes, "action") || words_is(classes, "purpose");
}

void projects_read_contents(struct projects_reader *r, struct project *parent, struct slice text)
{
    for (struct slice sentence; sentence_next(&text, &sentence);)
        if (projects_acts(r, sentence))
            read_sentence(r, parent, sentence);
}

void projects_read_singles(struct projects_reader *r, struct project *parent, struct slice text)
{
    for (struct slice sentence; sentence_next(&text, &sentence);)
        read_sentence(r, parent, sentence);
}

/* Each line of a cell or paragraph is a programme. */
void projects_read_lines(struct projects_reader *r, struct span span)
{
    struct slice rest = plan_slice(r->p, span);
    while (rest.n) {
        size_t n = 0;
        while (n < rest.n && rest.p[n] != '\n' && rest.p[n] != '\r')
            n++;
        struct slice line = text_trim(slice_of(rest.p, n));
        if (line.n)
            projects_read_line(r, line);
        n += n < rest.n;
        rest = slice_of(rest.p + n, rest.n - n);
    }
}

static void read_paragraphs(struct projects_reader *r)
{
    const struct node *first = r->box->node->first->next; /* behind the caption */
    if (first && !first->next && projects_read_heads(r, first->span))
        return;
    for (const struct node *n = r->box->node->first; n; n = n->next)
        if (n->kind == NODE_PARA || n->kind == NODE_DASH)
            projects_read_lines(r, n->span);
    projects_close(r);
}

void extract_projects(struct plan *p, struct grammar *g)
{
    for (struct box *b = p->boxes; b; b = b->next) {
        struct projects_reader r = {.p = p, .g = g, .box = b};
        if (b->kind != BOX_PROJECTS)
            continue;
        if (b->table.cols)
            projects_read_table(&r);
        else if (b->node->first)
            read_paragraphs(&r);
    }
}
