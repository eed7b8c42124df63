/* What the prose says has been reached, beside the tables and the targets: 全县森林覆盖率提升至60.08%. */
#include "review/check.h"

#include "base/index.h"
#include "base/sentence.h"
#include "base/text.h"
#include "extract/quantity.h"
#include "extract/words.h"

enum {
    NAMES = 256,             /* limit `names-of-facts`: names of indicators that are looked for … */
    SEARCHED = 64 << 20,     /* … and bytes searched for all of them */
    NAME_CHARS = 4,          /* a shorter name is no name of its own */
    CLAIMS = 16,             /* limit: claims of one code compared with */
    VERBS = 3,
};

/* Claims of one code, and the names they go by. */
struct subject {
    const struct claim *claims[CLAIMS];
    size_t count;
};

static bool is_own(struct grammar *g, const struct claim *c)
{
    struct lexicon_hit hit;
    bool place = c->scope.n && !(lexicon_find(grammar_lexicon(g, LEX_WORDINGS), c->scope, &hit) &&
                                 slice_eq(grammar_cell(g, LEX_WORDINGS, hit.row, "place"), SLICE("front")));
    return c->code.n && c->kind == VALUE_NUMBER && !place && !c->breakdown.n && slice_eq(c->basis, SLICE("level")) &&
           !(c->target && c->target->act.n) && c->year;
}

/* ---- one fact ---- */

/* Whether a name may begin here: behind a mark, a year, or the plan's own territory. */
static bool begins_subject(struct grammar *g, struct slice text, size_t at)
{
    size_t before = at ? text_before(text, at) : 0, next = before;
    if (slice_eq(slice_of(text.p + before, at - before), SLICE("、"))) /* one of several */
        return false;
    if (!at || !text_is_han(text_next(text.p, text.n, &next)) || slice_eq(slice_of(text.p + before, at - before), SLICE("年")))
        return true;
    for (int chars = 0; chars < 3 && before > 0; chars++) {
        struct lexicon_hit hit;
        before = text_before(text, before);
        if (lexicon_find(grammar_lexicon(g, LEX_WORDINGS), slice_of(text.p + before, at - before), &hit) &&
            slice_eq(grammar_cell(g, LEX_WORDINGS, hit.row, "place"), SLICE("front")))
            return true;
    }
    return false;
}

/* The figure that a name is said to have reached: behind it and a few verbs. */
static bool read_fact(struct grammar *g, struct slice text, size_t end, struct quantity *q)
{
    struct slice classes;
    bool reached = false;
    for (int i = 0; i < VERBS; i++) {
        size_t n = words_at(g, text, end, &classes);
        if (n && check_word(g, slice_of(text.p + end, n), "respectively")) /* of several */
            return false;
        if (!n || !(words_is(classes, "reach") || words_is(classes, "rise") || words_is(classes, "fall") ||
                    words_is(classes, "adverb")))
            break;
        reached |= words_is(classes, "reach");
        end += n;
    }
    size_t at = end;
    return reached && quantity_next(g, text, &at, q) && q->whole.p == text.p + end && !q->value_high.n &&
           slice_eq(q->op, SLICE("=")) && slice_eq(q->basis, SLICE("level"));
}

/* The last year named in the sentence before `at`; 0: none. */
static int year_before(struct slice text, size_t at)
{
    size_t begin = sentence_begin(text, at), from = 0;
    struct year_mention y;
    int year = 0;
    struct slice sentence = slice_of(text.p + begin, at - begin);
    while (quantity_next_year(sentence, &from, &y))
        year = y.year;
    return year;
}

/* ---- beside the claims ---- */

static bool has_base(const struct subject *s)
{
    for (size_t i = 0; i < s->count; i++)
        if (slice_eq(s->claims[i]->role, SLICE("base")))
            return true;
    return false;
}

static void say(struct check_job *job, enum check_id id, const struct claim *fact, const struct claim *c)
{
    const struct claim *at = id == CHECK_BASE_DIFFERS ? fact : c, *other = at == fact ? c : fact;
    struct slice year = check_number(job, fact->year, "");
    struct finding *x = findings_add(job->out, id, job->plan, at->span, c->name, year,
                                     id == CHECK_BASE_DIFFERS ? check_value(job, c) : fact->raw,
                                     id == CHECK_BASE_DIFFERS ? fact->raw : check_value(job, c));
    findings_see(job->out, x, job->plan, other->span, SLICE_NONE);
}

static void judge(struct check_job *job, const struct subject *s, const struct claim *fact)
{
    for (size_t i = 0; i < s->count; i++) {
        const struct claim *c = s->claims[i];
        bool target = slice_eq(c->role, SLICE("target"));
        if (c->target && !slice_eq(c->name, fact->name)) /* 城市 and 县城 may share a code in the prose */
            continue;
        enum claim_order order = claim_compare(job->grammar, c, fact, NULL);
        if (!target && c->year == fact->year && (order == CLAIM_RAISED || order == CLAIM_LOWERED)) {
            say(job, CHECK_BASE_DIFFERS, fact, c);
            return;
        }
        if (target && c->year > fact->year && c->year >= job->start_year && !has_base(s) &&
            claim_strictness(job->grammar, fact, c) == CLAIM_LOOSER) {
            say(job, CHECK_TARGET_WEAKER, fact, c);
            return;
        }
    }
}

static void look_at(struct check_job *job, struct slice text, size_t at, struct slice name, const struct subject *s)
{
    struct quantity q;
    if (!begins_subject(job->grammar, text, at) || !read_fact(job->grammar, text, at + name.n, &q))
        return;
    int year = year_before(text, at);
    struct claim fact = {.plan = job->plan, .code = s->claims[0]->code, .name = name, .role = SLICE("actual"),
                         .op = q.op, .value = q.value, .unit = q.unit, .unit_code = q.unit_code, .basis = q.basis,
                         .raw = q.whole, .year = year ? year : job->start_year - 1, .kind = VALUE_NUMBER,
                         .span = check_span(job, q.whole)};
    judge(job, s, &fact);
}

static void find_name(struct check_job *job, struct slice name, const struct subject *s)
{
    for (size_t i = 0; i < job->block_count; i++) {
        const struct check_block *b = &job->blocks[i];
        if (b->node->kind != NODE_PARA || !b->section || !b->section->situation)
            continue;
        for (size_t at = 0; at < b->text.n;) {
            ptrdiff_t found = slice_find(slice_of(b->text.p + at, b->text.n - at), name);
            if (found < 0)
                break;
            look_at(job, b->text, at + (size_t)found, name, s);
            at += (size_t)found + name.n;
        }
    }
}

void check_facts(struct check_job *job)
{
    struct index codes = {0}, names = {0};
    struct subject *subjects = NULL;
    size_t count = 0, most = SEARCHED / (job->plan->source.text.n + 1), searched = 0;
    for (size_t i = 0; i < job->claim_count && job->start_year; i++) {
        const struct claim *c = &job->claims[i];
        size_t *at = is_own(job->grammar, c) ? index_put(&codes, c->code) : NULL;
        if (at && !*at) {
            subjects = arena_grow(&job->arena, subjects, count, sizeof *subjects);
            subjects[count] = (struct subject){.count = 0};
            *at = ++count;
        }
        if (at && subjects[*at - 1].count < CLAIMS)
            subjects[*at - 1].claims[subjects[*at - 1].count++] = c;
    }
    for (size_t i = 0; i < job->claim_count; i++) {
        const struct claim *c = &job->claims[i];
        const size_t *at = c->code.n ? index_get(&codes, c->code) : NULL;
        if (!at || !is_own(job->grammar, c) || text_chars(c->name) < NAME_CHARS || index_get(&names, c->name))
            continue;
        *index_put(&names, c->name) = 1;
        if (searched++ >= NAMES || searched > most) {
            check_limit(job, "names-of-facts", (int)searched - 1, c->span);
            break;
        }
        find_name(job, c->name, &subjects[*at - 1]);
    }
    index_done(&codes);
    index_done(&names);
}
