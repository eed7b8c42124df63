#include "review/comply.h"

#include "review/likeness.h"

#include <stdlib.h>

enum {
    TITLE_LIKE = 700,   /* likeness from which a cited title is taken for a slip of the superior plan's */
    TITLE_BYTES_MIN = 30 /* of a title that is part of the other one */
};

#define VERDICT(id, code, zh, en) [COMPLY_##id] = code,
const char *const comply_codes[COMPLY_VERDICT_MAX] = {COMPLY_VERDICTS(VERDICT)};
#undef VERDICT
#define VERDICT(id, code, zh, en) [COMPLY_##id] = {[LANG_ZH] = zh, [LANG_EN] = en},
const char *const comply_words[COMPLY_VERDICT_MAX][2] = {COMPLY_VERDICTS(VERDICT)};
#undef VERDICT
#define REASON(id, zh, en) [REASON_##id] = {[LANG_ZH] = zh, [LANG_EN] = en},
const char *const comply_reasons[REASON_MAX][2] = {COMPLY_REASONS(REASON)};
#undef REASON
const char *const comply_states[TASK_STATE_MAX][2] = {
    [TASK_COVERED] = {[LANG_ZH] = "有对应任务", [LANG_EN] = "covered"},
    [TASK_PART] = {[LANG_ZH] = "部分相符", [LANG_EN] = "in part"},
    [TASK_MISSING] = {[LANG_ZH] = "未见对应", [LANG_EN] = "not found"},
};

/* ---- period and region ---- */

static struct slice meta(const struct plan *p, enum meta_id id)
{
    return p->meta[id].value;
}

/* GB/T 2260: two digits a province, two a prefecture, two a county. */
static bool lies_below(struct slice code, struct slice superior)
{
    size_t n = superior.n;
    while (n >= 2 && superior.p[n - 1] == '0' && superior.p[n - 2] == '0')
        n -= 2;
    return code.n >= n && memcmp(code.p, superior.p, n) == 0;
}

static void compare_frames(struct comply *c)
{
    struct slice period[2] = {meta(c->superior, META_PERIOD), meta(c->draft, META_PERIOD)};
    struct slice code[2] = {meta(c->superior, META_REGION_CODE), meta(c->draft, META_REGION_CODE)};
    c->period_differs = period[0].n && period[1].n && !slice_eq(period[0], period[1]);
    c->region_apart = code[0].n && code[1].n && !lies_below(code[1], code[0]);
}

/* ---- the citation of the superior plan ---- */

/* The title, or a long part of it: it may be cited without the region or （草案）. */
static bool same_title(struct slice cited, struct slice title)
{
    struct buf x = {0}, y = {0};
    wording_of(cited, &x);
    wording_of(title, &y);
    struct slice s = buf_view(&x), t = buf_view(&y);
    bool same = slice_eq(s, t) || (s.n >= TITLE_BYTES_MIN && slice_find(t, s) >= 0);
    buf_done(&x);
    buf_done(&y);
    return same;
}

static void take_same_title(struct comply *c, const struct citation *q)
{
    struct slice number = meta(c->superior, META_DOC_NO);
    bool other = number.n && q->doc_no.n && !wording_same(number, q->doc_no);
    if (c->citation == CITATION_GOOD)
        return;
    c->citation = other ? CITATION_NUMBER : CITATION_GOOD;
    c->cited = q;
}

static void find_citation(struct comply *c)
{
    struct slice title = meta(c->superior, META_TITLE);
    struct pairs wanted = pairs_of(&c->arena, title);
    int best = TITLE_LIKE - 1;
    c->citation = title.n ? CITATION_MISSING : CITATION_UNKNOWN;
    for (const struct citation *q = title.n ? c->draft->citations : NULL; q; q = q->next) {
        if (same_title(q->title, title)) {
            take_same_title(c, q);
            continue;
        }
        if (wording_same(q->title, meta(c->draft, META_TITLE)))
            continue; /* the draft names itself */
        struct pairs pairs = pairs_of(&c->arena, q->title);
        int likeness = pairs_likeness(&pairs, &wanted);
        if (likeness <= best || (c->citation != CITATION_MISSING && c->citation != CITATION_OTHER))
            continue;
        best = likeness;
        c->citation = CITATION_OTHER;
        c->cited = q;
    }
}

/* ---- all ---- */

void comply_open(struct comply *c, struct grammar *g, const struct plan *draft, const struct plan *superior)
{
    *c = (struct comply){.superior = superior, .draft = draft};
    arena_init(&c->arena);
    c->claim_count[0] = claims_of(g, superior, &c->claims[0]);
    c->claim_count[1] = claims_of(g, draft, &c->claims[1]);
    compare_frames(c);
    find_citation(c);
    comply_indicators(c, g);
    comply_tasks(c, g);
}

void comply_done(struct comply *c)
{
    free(c->claims[0]);
    free(c->claims[1]);
    arena_done(&c->arena);
}
