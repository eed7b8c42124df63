/* The tasks of a superior plan that are for the draft's region, and where the draft takes them up. */
#include "review/comply.h"

#include "base/sentence.h"
#include "base/text.h"
#include "review/likeness.h"

#include <stdlib.h>

enum {
    PASSAGES_MAX = 20000, /* of the draft, that are looked at */
    SENTENCE_MAX = 3000,  /* bytes of a sentence that are compared */
    LIKE_COVERED = 600,   /* likeness from which a task counts as taken up … */
    LIKE_PART = 300       /* … and in part */
};

/* A paragraph or project of the draft. */
struct passage {
    struct span span;
    struct pairs pairs;
};

struct desk {
    struct comply *c;
    struct grammar *g;
    struct slice region; /* the draft's code */
    struct passage *passages;
    size_t passage_count;
    uint64_t *known; /* pairs of the passages, each once a passage, sorted */
    size_t known_count;
};

/* ---- sentences of the source ---- */

static struct slice span_text(const struct plan *p, struct span span)
{
    return text_head(plan_slice(p, span), SENTENCE_MAX);
}

static struct span trimmed(const struct plan *p, uint32_t begin, size_t n)
{
    struct slice s = text_trim(slice_of(p->source.text.p + begin, n));
    uint32_t from = n && s.n ? (uint32_t)(s.p - p->source.text.p) : begin;
    return (struct span){from, from + (uint32_t)s.n};
}

/* ---- paragraphs ---- */

/* Whether a division tells what is to be done: not the notice, the analysis, the glossary or an annex. */
static bool is_of_tasks(const struct node *n)
{
    bool apart = n->kind == NODE_NOTICE || n->kind == NODE_GLOSSARY || n->kind == NODE_FRONT || n->kind == NODE_TOC;
    return !apart && !(node_is_division(n->kind) && n->u.section && n->u.section->situation);
}

/* Every paragraph below a node. */
static void take_paragraphs(struct desk *d, const struct node *n, void (*take)(struct desk *d, struct span span))
{
    for (n = n->first; n; n = n->next) {
        if (n->kind == NODE_PARA || n->kind == NODE_DASH)
            take(d, n->span);
        else if (is_of_tasks(n) && n->kind != NODE_BOX)
            take_paragraphs(d, n, take);
    }
}

/* ---- passages of the draft ---- */

static void add_passage(struct desk *d, struct span span)
{
    if (d->passage_count == PASSAGES_MAX || span.end <= span.begin)
        return;
    struct arena *a = &d->c->arena;
    d->passages = arena_grow(a, d->passages, d->passage_count, sizeof *d->passages);
    struct slice text = text_head(plan_slice(d->c->draft, span), SENTENCE_MAX);
    d->passages[d->passage_count++] = (struct passage){span, pairs_of(a, text)};
}

static int by_value(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static void read_passages(struct desk *d)
{
    const struct plan *p = d->c->draft;
    size_t room = 0;
    take_paragraphs(d, p->root, add_passage);
    for (const struct project *r = p->projects; r; r = r->next)
        add_passage(d, r->span);
    for (size_t i = 0; i < d->passage_count; i++)
        room += d->passages[i].pairs.count;
    d->known = mem_alloc((room + 1) * sizeof *d->known);
    for (size_t i = 0; i < d->passage_count; i++) {
        const struct pairs *pairs = &d->passages[i].pairs;
        for (size_t j = 0; j < pairs->count; j++)
            if (!j || pairs->items[j] != pairs->items[j - 1])
                d->known[d->known_count++] = pairs->items[j];
    }
    qsort(d->known, d->known_count, sizeof *d->known, by_value);
}

/* The index of the first known pair that is not below the value. */
static size_t lower_bound(const struct desk *d, uint64_t value)
{
    size_t low = 0, high = d->known_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (d->known[middle] < value)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* A pair weighs the more the fewer passages have it: 推进 says little, 餐厨 much. */
static int weight(const struct desk *d, uint64_t pair)
{
    size_t passages = lower_bound(d, pair + 1) - lower_bound(d, pair), rare = (d->passage_count + 1) / (passages + 1);
    int bits = 1;
    for (; rare > 1; rare /= 2)
        bits++;
    return bits;
}

/* ---- tasks ---- */

/* Appends the sentence without the names of regions; whether it names the draft's. */
static bool without_regions(struct desk *d, struct slice s, struct buf *out)
{
    const struct lexicon *lex = grammar_lexicon(d->g, LEX_REGIONS);
    bool named = false;
    for (size_t at = 0; at < s.n;) {
        struct lexicon_hit hit;
        size_t from = at;
        if (!lexicon_longest(lex, s, at, &hit)) {
            text_next(s.p, s.n, &at);
            buf_add(out, s.p + from, at - from);
            continue;
        }
        at += hit.length;
        for (bool more = true; more; more = lexicon_again(lex, &hit))
            named = named || slice_eq(grammar_cell(d->g, LEX_REGIONS, hit.row, "code"), d->region);
    }
    return named;
}

static bool for_all_counties(struct desk *d, struct slice s)
{
    struct rule_match m;
    size_t end;
    struct folded f = {0};
    text_fold(s, &f);
    bool found = rules_search(d->g->rules, PLACE_ADDRESSEE, slice_of(f.p, f.n), 0, &m, &end);
    folded_done(&f);
    return found;
}

struct weighted {
    struct pairs pairs;
    int *weights, all;
};

static struct weighted weigh(struct desk *d, struct slice text)
{
    struct weighted w = {.pairs = pairs_of(&d->c->arena, text)};
    w.weights = arena_alloc(&d->c->arena, (w.pairs.count + 1) * sizeof *w.weights);
    for (size_t i = 0; i < w.pairs.count; i++)
        w.all += w.weights[i] = weight(d, w.pairs.items[i]);
    return w;
}

/* How much of the weight is in the passage, in 1000. */
static int covered(const struct weighted *w, const struct pairs *in)
{
    int found = 0;
    for (size_t i = 0, j = 0; i < w->pairs.count; i++) {
        while (j < in->count && in->items[j] < w->pairs.items[i])
            j++;
        if (j < in->count && in->items[j] == w->pairs.items[i])
            found += w->weights[i];
    }
    return w->all ? (int)((int64_t)found * 1000 / w->all) : 0;
}

/* The sentence of a passage that is nearest to the task. */
static struct span nearest_sentence(struct desk *d, const struct weighted *w, struct span in)
{
    struct span best = in;
    int most = -1;
    for (uint32_t at = in.begin; at < in.end;) {
        struct slice rest = plan_slice(d->c->draft, (struct span){at, in.end});
        size_t n = sentence_length(rest);
        struct pairs pairs = pairs_of(&d->c->arena, text_head(slice_of(rest.p, n), SENTENCE_MAX));
        int share = covered(w, &pairs);
        if (share > most) {
            most = share;
            best = trimmed(d->c->draft, at, n);
        }
        at += (uint32_t)n;
    }
    return best;
}

static void find_task(struct desk *d, struct slice words, struct comply_task *task)
{
    struct weighted w = weigh(d, words);
    const struct passage *best = NULL;
    for (size_t i = 0; i < d->passage_count; i++) {
        int share = covered(&w, &d->passages[i].pairs);
        if (share > task->likeness) {
            task->likeness = share;
            best = &d->passages[i];
        }
    }
    if (best)
        task->draft = nearest_sentence(d, &w, best->span);
    task->state = task->likeness >= LIKE_COVERED ? TASK_COVERED : task->likeness >= LIKE_PART ? TASK_PART : TASK_MISSING;
}

static void take_sentence(struct desk *d, struct span span)
{
    struct comply *c = d->c;
    struct slice s = span_text(c->superior, span);
    struct buf words = {0};
    struct comply_task task = {.superior = span, .named = without_regions(d, s, &words)};
    if (c->task_count == COMPLY_TASKS_MAX) {
        c->tasks_cut = true;
    } else if (task.named || for_all_counties(d, s)) {
        find_task(d, buf_view(&words), &task);
        c->tasks = arena_grow(&c->arena, c->tasks, c->task_count, sizeof *c->tasks);
        c->tasks[c->task_count++] = task;
        c->task_counts[task.state]++;
    }
    buf_done(&words);
}

static void take_passage(struct desk *d, struct span span)
{
    for (uint32_t at = span.begin; at < span.end;) {
        size_t n = sentence_length(plan_slice(d->c->superior, (struct span){at, span.end}));
        struct span one = trimmed(d->c->superior, at, n);
        if (one.end > one.begin)
            take_sentence(d, one);
        at += (uint32_t)n;
    }
}

/* In document order within a kind; of programmes only the projects inside them, which repeat their text. */
static void take_all(struct desk *d)
{
    const struct plan *p = d->c->superior;
    take_paragraphs(d, p->root, take_passage);
    for (const struct project *r = p->projects; r; r = r->next)
        if (r->box && (r->parent || !r->next || r->next->parent != r))
            take_passage(d, r->span);
}

void comply_tasks(struct comply *c, struct grammar *g)
{
    struct desk d = {.c = c, .g = g, .region = c->draft->meta[META_REGION_CODE].value};
    if (slice_eq(d.region, c->superior->meta[META_REGION_CODE].value))
        return; /* plans of one region: all is for it */
    read_passages(&d);
    take_all(&d);
    free(d.known);
}
