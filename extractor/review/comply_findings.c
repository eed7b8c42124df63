/* What the comparison with a superior plan says to the reader of the draft. */
#include "review/comply.h"

#include "base/text.h"

enum { TASK_BYTES = 180 }; /* of a task quoted in a message */

void comply_figure(const struct claim *c, struct buf *out)
{
    if (!c || c->kind == VALUE_NONE)
        return;
    buf_slice(out, c->raw);
    if (c->observation && c->unit.n && (c->kind == VALUE_NUMBER || c->kind == VALUE_RANGE) &&
        slice_find(c->raw, c->unit) < 0) {
        char last = c->raw.n ? c->raw.p[c->raw.n - 1] : ' ';
        bool mark = last > 0 && last != ']' && (last < '0' || last > '9');
        if (c->unit.p[0] != '%' || mark)
            buf_char(out, ' '); /* 100* % */
        buf_slice(out, c->unit);
    }
}

static struct slice meta(const struct plan *p, enum meta_id id)
{
    return p->meta[id].value;
}

/* Where a reader looks for what is not there: the first table of indicators, else the beginning. */
static struct span indicators_of(const struct plan *p)
{
    for (const struct box *b = p->boxes; b; b = b->next)
        if (b->kind == BOX_INDICATORS && b->head.end > b->head.begin)
            return b->head;
    return (struct span){0, 0};
}

static bool is_binding(const struct claim *c)
{
    return slice_eq(c->nature, SLICE("约束性"));
}

/* The check that an indicator's verdict belongs to; CHECK_MAX: none. */
static enum check_id check_of(const struct comply *c, const struct comply_indicator *i)
{
    bool binding = i->superior && is_binding(i->superior);
    bool one_field = slice_eq(c->superior->field_code, c->draft->field_code);
    switch (i->verdict) {
    case COMPLY_WEAKER: return binding ? CHECK_COMPLY_WEAKER : CHECK_COMPLY_WEAKER_EXPECTED;
    case COMPLY_DOWNGRADED: return CHECK_COMPLY_DOWNGRADED;
    case COMPLY_DIFFERS: /* no fault of the draft: the table says so */
        return i->reason == REASON_EXTENT || i->reason == REASON_NO_FIGURE ? CHECK_MAX : CHECK_COMPLY_DIFFERS;
    case COMPLY_MISSING: /* a plan of another field need not have it: the table says so */
        return !one_field ? CHECK_MAX : binding ? CHECK_COMPLY_MISSING : CHECK_COMPLY_MISSING_EXPECTED;
    case COMPLY_DELEGATED: return CHECK_COMPLY_DELEGATED;
    default: return CHECK_MAX;
    }
}

static void add_name(const struct claim *c, struct buf *out)
{
    buf_slice(out, c->name);
    if (c->breakdown.n) {
        buf_str(out, "·");
        buf_slice(out, c->breakdown);
    }
}

static void say_indicator(const struct comply *c, const struct comply_indicator *i, enum check_id id,
                          enum lang lang, struct findings *out)
{
    struct buf name = {0}, superior = {0}, draft = {0};
    const struct claim *shown = i->draft ? i->draft : i->superior;
    add_name(shown, &name);
    comply_figure(i->superior, &superior);
    comply_figure(i->draft, &draft);
    if (!superior.n)
        buf_str(&superior, "—");
    if (!draft.n)
        buf_str(&draft, "—");
    struct span at = i->draft ? i->draft->span : indicators_of(c->draft);
    struct finding *x = findings_add(out, id, c->draft, at, buf_view(&name), buf_view(&superior), buf_view(&draft),
                                     slice_cstr(comply_reasons[i->reason][lang]));
    findings_see(out, x, c->superior, i->superior->span, SLICE_NONE);
    if (i->inferred)
        findings_see(out, x, c->superior, i->superior->span, slice_cstr(comply_reasons[i->inferred][lang]));
    buf_done(&name);
    buf_done(&superior);
    buf_done(&draft);
}

static void say_task(const struct comply *c, const struct comply_task *t, struct findings *out)
{
    if (t->state == TASK_COVERED)
        return;
    enum check_id id = t->state == TASK_PART ? CHECK_COMPLY_TASK_PART
                       : t->named            ? CHECK_COMPLY_TASK
                                             : CHECK_COMPLY_TASK_COMMON;
    struct slice whole = plan_slice(c->superior, t->superior), head = text_head(whole, TASK_BYTES);
    struct buf words = {0};
    buf_slice(&words, head);
    if (head.n < whole.n)
        buf_str(&words, "…");
    struct span at = t->state == TASK_PART ? t->draft : (struct span){0, 0};
    struct finding *x = findings_add(out, id, c->draft, at, buf_view(&words), SLICE_NONE, SLICE_NONE, SLICE_NONE);
    findings_see(out, x, c->superior, t->superior, SLICE_NONE);
    buf_done(&words);
}

/* A county stands under its city or province, and only through these under the nation. */
static bool is_far_above(const struct comply *c)
{
    return slice_eq(meta(c->superior, META_REGION_LEVEL), SLICE("nation")) &&
           !slice_eq(meta(c->draft, META_REGION_LEVEL), SLICE("nation")) &&
           !slice_eq(meta(c->draft, META_REGION_LEVEL), SLICE("province"));
}

static void say_citation(const struct comply *c, struct findings *out)
{
    struct slice title = meta(c->superior, META_TITLE), number = meta(c->superior, META_DOC_NO);
    if (c->citation == CITATION_MISSING) {
        struct finding *x = findings_add(out, CHECK_COMPLY_CITATION, c->draft, (struct span){0, 0}, title, SLICE_NONE,
                                         SLICE_NONE, SLICE_NONE);
        if (is_far_above(c))
            x->level = LEVEL_NOTE;
    }
    if (c->citation == CITATION_OTHER || c->citation == CITATION_NUMBER)
        findings_see(out,
                     findings_add(out, CHECK_COMPLY_CITATION_WRONG, c->draft, c->cited->span, c->cited->title,
                                  c->cited->doc_no, title, number),
                     c->superior, c->superior->meta[META_TITLE].span, SLICE_NONE);
}

static void say_frames(const struct comply *c, struct findings *out)
{
    const struct plan *d = c->draft, *s = c->superior;
    if (c->period_differs)
        findings_add(out, CHECK_COMPLY_PERIOD, d, d->meta[META_PERIOD].span, meta(d, META_PERIOD), meta(s, META_PERIOD),
                     SLICE_NONE, SLICE_NONE);
    if (c->region_apart)
        findings_add(out, CHECK_COMPLY_REGION, d, d->meta[META_REGION_NAME].span, meta(d, META_REGION_NAME),
                     meta(d, META_REGION_CODE), meta(s, META_REGION_NAME), meta(s, META_REGION_CODE));
}

void comply_findings(const struct comply *c, enum lang lang, struct findings *out)
{
    say_frames(c, out);
    say_citation(c, out);
    for (size_t i = 0; i < c->indicator_count; i++) {
        enum check_id id = check_of(c, &c->indicators[i]);
        if (id != CHECK_MAX)
            say_indicator(c, &c->indicators[i], id, lang, out);
        if (c->indicators[i].lower_nature && id != CHECK_MAX && id != CHECK_COMPLY_DOWNGRADED)
            say_indicator(c, &c->indicators[i], CHECK_COMPLY_DOWNGRADED, lang, out);
    }
    for (size_t i = 0; i < c->task_count; i++)
        say_task(c, &c->tasks[i], out);
    if (c->tasks_cut) {
        struct buf limit = {0};
        buf_uint(&limit, COMPLY_TASKS_MAX);
        findings_add(out, CHECK_COMPLY_CUT, c->draft, (struct span){0, 0}, buf_view(&limit), SLICE_NONE, SLICE_NONE,
                     SLICE_NONE);
        buf_done(&limit);
    }
}
