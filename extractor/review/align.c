#include "review/align.h"

#include "base/text.h"

#include <stdlib.h>

uint32_t align_place(const struct aligned *g, int side, const char *id)
{
    const size_t *found = id ? index_get(&g->places[side], slice_cstr(id)) : NULL;
    return found ? (uint32_t)*found : ASSIGN_NONE;
}

/* ---- the groups ---- */

static void group_init(struct diff *d, struct aligned *g, const size_t count[2])
{
    g->match = (struct match){.arena = &d->arena, .swapped = d->swapped};
    match_init(&g->match, count[0], count[1]);
    for (int s = 0; s < 2; s++) {
        g->items[s] = arena_alloc(&d->arena, (count[s] + 1) * sizeof *g->items[s]);
        g->heads[s] = arena_alloc(&d->arena, (count[s] + 1) * sizeof *g->heads[s]);
        g->parent[s] = arena_alloc(&d->arena, (count[s] + 1) * sizeof *g->parent[s]);
        g->places[s] = (struct index){0};
        g->near[s] = arena_alloc(&d->arena, (count[s] + 1) * sizeof *g->near[s]);
        for (size_t i = 0; i < count[s]; i++)
            g->near[s][i].place = ASSIGN_NONE;
    }
}

static void put(struct aligned *g, int s, size_t i, const void *record, const char *id, struct slice head,
                struct slice text)
{
    g->items[s][i] = record;
    g->heads[s][i] = pairs_of(g->match.arena, head);
    g->match.items[s][i].text = text;
    if (id)
        *index_put(&g->places[s], slice_cstr(id)) = i;
}

static uint32_t place_of_section(const struct alignment *al, int side, const struct section *s)
{
    return s ? align_place(&al->sections, side, s->id) : ASSIGN_NONE;
}

/* Whether the parents of a and b are a pair; two without parents stand in the plans themselves. */
static bool parents_paired(const struct aligned *g, const struct aligned *above, size_t a, size_t b)
{
    uint32_t pa = g->parent[0][a], pb = g->parent[1][b];
    if (pa == ASSIGN_NONE || pb == ASSIGN_NONE)
        return pa == pb;
    return above->match.items[0][pa].mate == pb;
}

/* Of the titles or leads; none are unlike. */
static int heads_likeness(const struct aligned *g, size_t a, size_t b)
{
    const struct pairs *x = &g->heads[0][a], *y = &g->heads[1][b];
    return x->count && y->count ? pairs_likeness(x, y) : 0;
}

/* The least worth of a pair, read off the pairs of the corpus: below, most were of different things. Measures from
 * NEAR_MEASURE on were of one thing in two cases of three: they are named, not paired. LIKE_LEAD: of leads so like all
 * were of one thing, though their texts were not. */
enum { LIKE_MEASURE = 305, LIKE_PROJECT = 440, LIKE_PARAGRAPH = 400, UNLIKE_MEASURE = 60, NEAR_MEASURE = 230, LIKE_LEAD = 555,
       LEAD_WORTH = 25 };

/* ---- sections ---- */

/* Limit: so many bytes of a section are compared; its topic is clear by then. */
enum { SECTION_BYTES = 16384 };

/* What a section is about: its text, headings included. */
static struct slice section_text(const struct plan *p, const struct section *s)
{
    struct span body = {s->head.begin, s->node->span.end};
    return body.end > body.begin ? text_head(plan_slice(p, body), SECTION_BYTES) : s->title;
}

static void fill_sections(struct diff *d, struct aligned *g)
{
    size_t count[2] = {0, 0};
    for (int s = 0; s < 2; s++)
        for (const struct section *x = d->plan[s]->sections; x; x = x->next)
            count[s]++;
    group_init(d, g, count);
    for (int s = 0; s < 2; s++) {
        size_t i = 0;
        for (const struct section *x = d->plan[s]->sections; x; x = x->next, i++) {
            put(g, s, i, x, x->id, x->title, section_text(d->plan[s], x));
            g->parent[s][i] = x->parent ? align_place(g, s, x->parent->id) : ASSIGN_NONE;
        }
    }
}

struct section_rule {
    struct aligned *g;
    int level; /* sections of this level; -1: of different ones */
    enum { BY_TITLE, BY_TEXT, BY_SECTIONS } by;
};

/* Two sections of one topic in the plans of two counties share so much of their text (rare wording weighs more);
 * others of one chapter share less. Read off the sections of the corpus. */
enum { LIKE_TITLE = 380, LIKE_TEXT = 140, LIKE_SECTIONS = 500, LIKE_OF_ANY_LEVEL = 550, UNLIKE_TEXT = 70,
       SURE_TITLE = 750 };

static bool stands_apart(enum node_kind kind)
{
    return kind == NODE_NOTICE || kind == NODE_FRONT || kind == NODE_GLOSSARY || kind == NODE_ANNEX;
}

/* Of the sections in a and b, how many in 1000 are pairs. */
static int content_paired(const struct aligned *g, size_t a, size_t b)
{
    size_t inside[2] = {0, 0}, pairs = 0;
    for (size_t i = b + 1; i < g->match.count[1] && g->parent[1][i] != ASSIGN_NONE && g->parent[1][i] >= b; i++)
        inside[1] += g->parent[1][i] == b;
    for (size_t i = a + 1; i < g->match.count[0] && g->parent[0][i] != ASSIGN_NONE && g->parent[0][i] >= a; i++) {
        uint32_t mate = g->match.items[0][i].mate;
        inside[0] += g->parent[0][i] == a;
        pairs += g->parent[0][i] == a && mate != ASSIGN_NONE && g->parent[1][mate] == b;
    }
    return inside[0] + inside[1] ? (int)(pairs * 2000 / (inside[0] + inside[1])) : 0;
}

static int refine_section(void *ctx, size_t a, size_t b, int likeness)
{
    struct section_rule *r = ctx;
    const struct section *x = r->g->items[0][a], *y = r->g->items[1][b];
    if (r->level >= 0 ? x->level != r->level || y->level != r->level : x->level == y->level)
        return -1;
    if (x->node->kind != y->node->kind && (stands_apart(x->node->kind) || stands_apart(y->node->kind)))
        return -1;
    if (r->by == BY_SECTIONS)
        return content_paired(r->g, a, b);
    bool numbered = x->number >= 0 && x->number == y->number;
    bool beside = parents_paired(r->g, r->g, a, b);
    int title = heads_likeness(r->g, a, b);
    if (likeness < UNLIKE_TEXT && title < SURE_TITLE)
        return -1;
    if (r->by == BY_TEXT)
        return beside ? likeness : -1;
    int content = likeness * 22 / 10 > 1000 ? 1000 : likeness * 22 / 10;
    return title * 55 / 100 + content * 30 / 100 + (beside ? 100 : 0) + (numbered ? 50 : 0);
}

static bool section_part(void *ctx, int side, size_t i)
{
    const struct section_rule *r = ctx;
    const struct section *s = r->g->items[side][i];
    return r->level < 0 || s->level == r->level;
}

static void key_title(void *ctx, int side, size_t i, struct buf *out)
{
    struct section_rule *r = ctx;
    const struct section *s = r->g->items[side][i];
    if (r->level >= 0 && s->level != r->level)
        return;
    if (stands_apart(s->node->kind))
        buf_printf(out, "%s ", node_name(s->node->kind));
    wording_of(s->title, out);
}

static void align_level(struct match *m, struct section_rule *rule)
{
    match_keys(m, "title");
    match_alike(m, LIKE_TITLE);
    rule->by = BY_TEXT;
    match_alike(m, LIKE_TEXT);
    rule->by = BY_TITLE;
}

/* Level by level, so that sections of paired chapters find each other first. */
static void align_sections(struct diff *d, struct aligned *g)
{
    struct section_rule rule = {.g = g};
    int deepest = 0;
    fill_sections(d, g);
    g->match.ctx = &rule;
    g->match.refine = refine_section;
    g->match.key = key_title;
    g->match.part = section_part;
    for (int s = 0; s < 2; s++)
        for (const struct section *x = d->plan[s]->sections; x; x = x->next)
            deepest = x->level > deepest ? x->level : deepest;
    for (int pass = 0; pass < 2; pass++) {
        for (rule.level = 0; rule.level <= deepest; rule.level++)
            align_level(&g->match, &rule);
        rule.by = BY_SECTIONS;
        for (rule.level = deepest; rule.level > 0; rule.level--)
            match_alike(&g->match, LIKE_SECTIONS);
        rule.by = BY_TITLE;
    }
    rule.level = -1;
    match_keys(&g->match, "title");
    match_alike(&g->match, LIKE_OF_ANY_LEVEL);
}

/* ---- measures ---- */

struct record_rule {
    struct aligned *g;
    const struct aligned *above;
    bool whole; /* the key is the whole text, not the lead or title */
};

static int refine_measure(void *ctx, size_t a, size_t b, int likeness)
{
    struct record_rule *r = ctx;
    int lead = heads_likeness(r->g, a, b);
    if (likeness < UNLIKE_MEASURE && lead < SURE_TITLE)
        return -1;
    return lead * 40 / 100 + likeness * 50 / 100 + (parents_paired(r->g, r->above, a, b) ? 100 : 0) +
           (lead >= LIKE_LEAD ? LEAD_WORTH : 0);
}

static void key_measure(void *ctx, int side, size_t i, struct buf *out)
{
    struct record_rule *r = ctx;
    const struct measure *m = r->g->items[side][i];
    wording_of(r->whole ? m->text : m->lead, out);
}

static void align_measures(struct diff *d, struct alignment *al)
{
    struct aligned *g = &al->measures;
    struct record_rule rule = {.g = g, .above = &al->sections, .whole = true};
    group_init(d, g, (size_t[2]){d->plan[0]->measure_count, d->plan[1]->measure_count});
    for (int s = 0; s < 2; s++) {
        size_t i = 0;
        for (const struct measure *m = d->plan[s]->measures; m; m = m->next, i++) {
            put(g, s, i, m, m->id, m->lead, m->text);
            g->parent[s][i] = place_of_section(al, s, m->section);
        }
    }
    g->match.ctx = &rule;
    g->match.refine = refine_measure;
    g->match.key = key_measure;
    match_keys(&g->match, "text");
    rule.whole = false;
    match_keys(&g->match, "lead");
    match_alike(&g->match, LIKE_MEASURE);
    align_near(&g->match, NEAR_MEASURE, g->near);
}

/* ---- projects ---- */

static int refine_project(void *ctx, size_t a, size_t b, int likeness)
{
    struct record_rule *r = ctx;
    const struct project *x = r->g->items[0][a], *y = r->g->items[1][b];
    if (!x->parent != !y->parent)
        return -1;
    bool beside = x->parent && parents_paired(r->g, r->g, a, b);
    return heads_likeness(r->g, a, b) * (x->parent ? 50 : 65) / 100 +
           likeness * (x->parent ? 40 : 35) / 100 + (beside ? 100 : 0);
}

static void key_project(void *ctx, int side, size_t i, struct buf *out)
{
    struct record_rule *r = ctx;
    const struct project *x = r->g->items[side][i];
    wording_of(r->whole ? x->text : x->title, out);
}

static void align_projects(struct diff *d, struct alignment *al)
{
    struct aligned *g = &al->projects;
    struct record_rule rule = {.g = g, .above = g, .whole = true};
    group_init(d, g, (size_t[2]){d->plan[0]->project_count, d->plan[1]->project_count});
    for (int s = 0; s < 2; s++) {
        size_t i = 0;
        for (const struct project *x = d->plan[s]->projects; x; x = x->next, i++) {
            put(g, s, i, x, x->id, x->title, x->text);
            g->parent[s][i] = x->parent ? align_place(g, s, x->parent->id) : ASSIGN_NONE;
        }
    }
    g->match.ctx = &rule;
    g->match.refine = refine_project;
    g->match.key = key_project;
    match_keys(&g->match, "text");
    rule.whole = false;
    match_keys(&g->match, "title");
    match_alike(&g->match, LIKE_PROJECT);
}

/* ---- paragraphs ---- */

static bool is_paragraph(const struct node *n)
{
    if (n->kind == NODE_CELL) {
        const struct node *b = n;
        while (b && b->kind != NODE_BOX)
            b = b->parent;
        return b && b->u.box && (b->u.box->kind == BOX_TEXT || b->u.box->kind == BOX_PROJECTS);
    }
    return n->kind == NODE_PARA || n->kind == NODE_DASH || n->kind == NODE_TITLE || n->kind == NODE_DATE ||
           n->kind == NODE_CAPTION || n->kind == NODE_NOTE;
}

/* Walks the tree in order; below a paragraph there is none. Returns how many there are; items may be NULL. */
static size_t list_paragraphs(const struct node *root, const void **items)
{
    size_t count = 0;
    for (const struct node *n = root; n;) {
        bool taken = is_paragraph(n) && n->span.end > n->span.begin;
        if (taken && items)
            items[count] = n;
        count += taken;
        if (n->first && !taken) {
            n = n->first;
            continue;
        }
        while (n && n != root && !n->next)
            n = n->parent;
        n = n && n != root ? n->next : NULL;
    }
    return count;
}

static const struct section *section_above(const struct node *n)
{
    while (n && !(node_is_division(n->kind) && n->u.section))
        n = n->parent;
    return n ? n->u.section : NULL;
}

static int refine_paragraph(void *ctx, size_t a, size_t b, int likeness)
{
    struct record_rule *r = ctx;
    return likeness * 90 / 100 + (parents_paired(r->g, r->above, a, b) ? 100 : 0);
}

static void key_paragraph(void *ctx, int side, size_t i, struct buf *out)
{
    struct record_rule *r = ctx;
    wording_of(r->g->match.items[side][i].text, out);
}

static uint32_t place_of_node(const struct aligned *g, int side, const struct node *n)
{
    size_t low = 0, high = g->match.count[side];
    while (low < high) {
        size_t middle = (low + high) / 2;
        const struct node *m = g->items[side][middle];
        if (m == n)
            return (uint32_t)middle;
        if (m->span.begin < n->span.begin)
            low = middle + 1;
        else
            high = middle;
    }
    return ASSIGN_NONE;
}

/* Paragraphs of paired measures are pairs. */
static void pair_by_measures(struct alignment *al)
{
    const struct match *m = &al->measures.match;
    for (size_t i = 0; i < m->count[0]; i++) {
        if (m->items[0][i].mate == ASSIGN_NONE)
            continue;
        const struct measure *x = al->measures.items[0][i], *y = al->measures.items[1][m->items[0][i].mate];
        uint32_t a = place_of_node(&al->paragraphs, 0, x->node), b = place_of_node(&al->paragraphs, 1, y->node);
        if (a != ASSIGN_NONE && b != ASSIGN_NONE)
            match_pair(&al->paragraphs.match, a, b, m->items[0][i].likeness, m->items[0][i].how);
    }
}

static void align_paragraphs(struct diff *d, struct alignment *al)
{
    struct aligned *g = &al->paragraphs;
    struct record_rule rule = {.g = g, .above = &al->sections};
    size_t count[2];
    for (int s = 0; s < 2; s++)
        count[s] = list_paragraphs(d->plan[s]->root, NULL);
    group_init(d, g, count);
    for (int s = 0; s < 2; s++) {
        list_paragraphs(d->plan[s]->root, g->items[s]);
        for (size_t i = 0; i < count[s]; i++) {
            const struct node *n = g->items[s][i];
            put(g, s, i, n, NULL, SLICE_NONE, plan_flat(d->plan[s], n->span, false));
            g->parent[s][i] = place_of_section(al, s, section_above(n));
        }
    }
    pair_by_measures(al);
    g->match.ctx = &rule;
    g->match.refine = refine_paragraph;
    g->match.key = key_paragraph;
    match_keys(&g->match, "text");
    match_alike(&g->match, LIKE_PARAGRAPH);
}

/* ---- all, and what stands elsewhere ---- */

void align_make(struct diff *d, struct alignment *al)
{
    align_sections(d, &al->sections);
    align_measures(d, al);
    align_headings(d, al);
    align_projects(d, al);
    align_paragraphs(d, al);
    const struct aligned *all[] = {&al->sections, &al->measures, &al->projects, &al->paragraphs};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        d->rough += all[i]->match.rough;
        d->ordered += all[i]->match.ordered;
        d->thinned += all[i]->match.thinned;
    }
}

void align_done(struct alignment *al)
{
    struct aligned *all[] = {&al->sections, &al->measures, &al->projects, &al->paragraphs};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        for (int s = 0; s < 2; s++)
            index_done(&all[i]->places[s]);
}

/* The records that stand in one parent, from first[parent] on; those without one from first[0]. */
struct family {
    uint32_t *first, *next;
    size_t count;
};

static void family_init(struct family *f, const struct aligned *g, int side, size_t parents)
{
    size_t n = g->match.count[side];
    f->count = parents + 1;
    f->first = mem_alloc(f->count * sizeof *f->first);
    f->next = mem_alloc((n + 1) * sizeof *f->next);
    for (size_t i = 0; i < f->count; i++)
        f->first[i] = ASSIGN_NONE;
    for (size_t i = n; i-- > 0;) {
        uint32_t parent = g->parent[side][i];
        uint32_t *first = &f->first[parent == ASSIGN_NONE ? 0 : parent + 1];
        f->next[i] = *first;
        *first = (uint32_t)i;
    }
}

/* Marks those of the listed records (of the side asked from; their mates rise) that are out of order. */
static void mark_disorder(const struct match *m, const uint32_t *listed, size_t n, bool *moved)
{
    const struct match_item *items = m->items[m->swapped];
    uint32_t *mates = mem_alloc((n + 1) * sizeof *mates);
    bool *rising = mem_alloc(n + 1);
    for (size_t i = 0; i < n; i++)
        mates[i] = items[listed[i]].mate;
    assign_rising(mates, n, rising);
    for (size_t i = 0; i < n; i++)
        moved[m->swapped ? mates[i] : listed[i]] = !rising[i];
    free(mates);
    free(rising);
}

void align_disorder(const struct match *m, bool *moved)
{
    const struct match_item *items = m->items[m->swapped];
    size_t count = m->count[m->swapped], n = 0;
    uint32_t *listed = mem_alloc((count + 1) * sizeof *listed);
    for (uint32_t i = 0; i < count; i++)
        if (items[i].mate != ASSIGN_NONE)
            listed[n++] = i;
    mark_disorder(m, listed, n, moved);
    free(listed);
}

/* The pairs of one parent that moved already are left out. */
static size_t list_family(const struct aligned *g, const struct family *f, size_t parent, const bool *moved,
                          uint32_t *listed)
{
    const struct match_item *items = g->match.items[g->match.swapped];
    size_t n = 0;
    for (uint32_t i = f->first[parent]; i != ASSIGN_NONE; i = f->next[i])
        if (items[i].mate != ASSIGN_NONE && !moved[g->match.swapped ? items[i].mate : i])
            listed[n++] = i;
    return n;
}

void align_moved(const struct aligned *g, const struct aligned *above, bool order, bool *moved)
{
    int from = g->match.swapped;
    for (size_t a = 0; a < g->match.count[0]; a++) {
        uint32_t b = g->match.items[0][a].mate;
        moved[a] = b != ASSIGN_NONE && !parents_paired(g, above, a, b);
    }
    if (!order)
        return;
    struct family f;
    family_init(&f, g, from, above->match.count[from]);
    uint32_t *listed = mem_alloc((g->match.count[from] + 1) * sizeof *listed);
    for (size_t parent = 0; parent < f.count; parent++)
        mark_disorder(&g->match, listed, list_family(g, &f, parent, moved, listed), moved);
    free(listed);
    free(f.first);
    free(f.next);
}
