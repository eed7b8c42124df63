/* What a plan says beside a figure of a table: its remark, and the note that its mark stands for. */
#include "review/check.h"

#include "base/numeral.h"
#include "base/text.h"

/* The number of a mark or of a note: (3), （3）, ③, 3; 0: none. */
static int number_of(struct slice mark)
{
    uint32_t c = text_first(mark);
    if (c >= 0x2460 && c <= 0x2473) /* ①…⑳ */
        return (int)(c - 0x2460) + 1;
    for (size_t begin = 0; begin < mark.n; text_next(mark.p, mark.n, &begin))
        for (size_t end = mark.n; end > begin; end = text_before(mark, end)) {
            int number = numeral_count(slice_of(mark.p + begin, end - begin));
            if (number >= 0)
                return number;
        }
    return 0;
}

static bool is_of_table(const struct note *n)
{
    return slice_eq(n->kind, SLICE("table"));
}

const struct note *check_note_of(const struct plan *p, const struct note *mark)
{
    int wanted = mark->inferred ? number_of(mark->marker) : 0;
    const struct note *numbered = NULL, *bound = NULL;
    for (const struct note *n = p->notes; n && is_of_table(n); n = n->next) {
        if (n->box == mark->box && wanted && number_of(n->marker) == wanted && !numbered)
            numbered = n;
        if (n->span.begin == mark->span.begin)
            bound = n;
    }
    if (!wanted || !bound || !number_of(bound->marker) || number_of(bound->marker) == wanted)
        return bound ? bound : mark;
    return numbered;
}

/* The first note that one of an observation's marks stands for, or NULL. */
static const struct note *first_note(const struct plan *p, const struct indicator *i)
{
    for (const struct note *n = i->marks.n ? p->notes : NULL; n; n = n->next)
        if (n->anchor && strcmp(n->anchor, i->id) == 0)
            return check_note_of(p, n);
    return NULL;
}

/* Whether a text may be why a target is weak or lacks: not when it says the contrary, or nothing of it. */
static bool explains(struct check_job *job, const struct claim *c, struct slice text)
{
    struct rule_match m;
    text = text_trim(text);
    if (!text.n)
        return false;
    if (!rules_match(job->grammar->rules, PLACE_REMARK, text, &m))
        return true;
    enum direction better = claim_direction(job->grammar, c->code);
    struct slice kind = m.field[FIELD_KIND];
    return (slice_eq(kind, SLICE("rise")) && better == DIRECTION_DOWN) ||
           (slice_eq(kind, SLICE("fall")) && better == DIRECTION_UP);
}

void check_explain(struct check_job *job, struct finding *x, const struct claim *c)
{
    const struct indicator *i = c->observation;
    const struct note *n = first_note(job->plan, i);
    if (n && explains(job, c, n->text))
        findings_see(job->out, x, job->plan, n->span, SLICE_NONE);
    else if (explains(job, c, i->remark))
        findings_see(job->out, x, job->plan, i->span, i->remark);
    else
        return;
    x->level = LEVEL_NOTE;
}
