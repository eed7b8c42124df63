#include "extract/extract.h"

#include "base/text.h"

#include <stdio.h>

enum {
    LIKENESS_MIN = 4,   /* chars that an indicator's name and a note must share to be bound */
    NAME_CHARS = 80,    /* chars of a name that are compared */
    NOTE_CHARS = 800,   /* and of a note */
    BOX_NOTES_MAX = 64, /* notes of one table that marks are looked for in */
};

static struct note *add_note(struct plan *p, struct slice kind, struct slice marker, struct span span)
{
    struct note *n = arena_alloc(&p->arena, sizeof *n);
    char id[24];
    n->id = arena_dup(&p->arena, id, (size_t)snprintf(id, sizeof id, "n%zu", ++p->note_count));
    n->kind = kind;
    n->marker = marker;
    n->span = span;
    n->text = plan_flat(p, span, false);
    *p->notes_end = n;
    p->notes_end = &n->next;
    return n;
}

/* ---- sentences under a table ---- */

/* Whether a new note begins at `at` of text: 2. （2） ② “—”… 带“[ ]”…; only after 。or ；. */
static bool begins_note(struct grammar *g, struct slice rest)
{
    struct rule_match m;
    if (!rest.n)
        return false;
    if (slice_starts(rest, SLICE("带")))
        return true;
    struct slice head = slice_of(rest.p, text_prefix(rest, 24));
    return rules_match(g->rules, PLACE_NOTE, head, &m) && !slice_eq(m.field[FIELD_KIND], SLICE("lead"));
}

/* Takes the marker off a note's beginning. */
static struct slice take_marker(struct grammar *g, struct slice *text)
{
    struct rule_match m;
    struct slice head = slice_of(text->p, text_prefix(*text, 24));
    if (!rules_match(g->rules, PLACE_NOTE, head, &m) || slice_eq(m.field[FIELD_KIND], SLICE("lead")) ||
        slice_starts(*text, SLICE("“")))
        return SLICE_NONE;
    struct slice marker = m.field[FIELD_NUMBER];
    const char *after = m.field[FIELD_TEXT].p ? m.field[FIELD_TEXT].p : text->p;
    *text = slice_of(after, (size_t)(text->p + text->n - after));
    return marker;
}

static void add_table_note(struct plan *p, struct grammar *g, struct box *box, struct slice text)
{
    text = text_trim(text);
    struct slice marker = take_marker(g, &text);
    text = text_trim(text);
    if (!text.n)
        return;
    struct note *n = add_note(p, SLICE("table"), marker, plan_span(p, text));
    n->anchor = box->id;
    n->anchor_begin = box->node->span.begin;
    n->anchored = true;
    n->box = box;
}

/* Cuts a note line into its sentences. */
static void cut_notes(struct plan *p, struct grammar *g, struct box *box, struct slice line)
{
    struct rule_match m;
    struct slice head = slice_of(line.p, text_prefix(line, 24));
    if (rules_match(g->rules, PLACE_NOTE, head, &m) && slice_eq(m.field[FIELD_KIND], SLICE("lead"))) {
        const char *after = m.field[FIELD_TEXT].p;
        line = slice_of(after, (size_t)(line.p + line.n - after));
    }
    size_t begin = 0;
    for (size_t at = 0; at < line.n;) {
        uint32_t c = text_next(line.p, line.n, &at);
        if (c != 0x3002 && c != 0xFF1B && c != ';')
            continue;
        struct slice rest = text_trim_start(slice_of(line.p + at, line.n - at));
        if (!begins_note(g, rest))
            continue;
        add_table_note(p, g, box, slice_of(line.p + begin, at - begin));
        begin = (size_t)(rest.p - line.p);
    }
    add_table_note(p, g, box, slice_of(line.p + begin, line.n - begin));
}

static void read_table_notes(struct plan *p, struct grammar *g)
{
    for (struct box *b = p->boxes; b; b = b->next)
        for (struct node *n = b->node->first; n; n = n->next)
            if (n->kind == NODE_NOTE)
                cut_notes(p, g, b, plan_slice(p, n->span));
}

/* ---- marks ---- */

struct notes_of_box {
    struct note *list[BOX_NOTES_MAX];
    size_t count;
};

static bool same_mark(struct slice a, struct slice b)
{
    struct folded x = {0}, y = {0};
    text_fold(a, &x);
    text_fold(b, &y);
    bool same = x.n == y.n && memcmp(x.p, y.p, x.n) == 0;
    folded_done(&x);
    folded_done(&y);
    return same;
}

/* Chars of the longest common part of two texts, folded. */
static size_t likeness(struct slice a, struct slice b)
{
    struct folded x = {0}, y = {0};
    uint32_t left[NAME_CHARS], right[NOTE_CHARS];
    size_t n = 0, m = 0, best = 0;
    text_fold(a, &x);
    text_fold(b, &y);
    for (size_t at = 0; at < x.n && n < NAME_CHARS;)
        left[n++] = text_next(x.p, x.n, &at);
    for (size_t at = 0; at < y.n && m < NOTE_CHARS;)
        right[m++] = text_next(y.p, y.n, &at);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < m; j++) {
            size_t k = 0;
            while (i + k < n && j + k < m && left[i + k] == right[j + k])
                k++;
            if (k > best)
                best = k;
        }
    folded_done(&x);
    folded_done(&y);
    return best;
}

static struct note *note_naming(const struct notes_of_box *notes, struct slice word)
{
    for (size_t i = 0; i < notes->count; i++)
        if (slice_find(notes->list[i]->text, word) >= 0)
            return notes->list[i];
    return NULL;
}

/* The note a mark stands for: by its marker, by its being named, by likeness of names. */
static struct note *find_note(const struct notes_of_box *notes, const struct indicator *o,
                              struct slice mark, bool *inferred)
{
    *inferred = false;
    for (size_t i = 0; i < notes->count; i++)
        if (notes->list[i]->marker.n && same_mark(notes->list[i]->marker, mark))
            return notes->list[i];
    struct note *named = note_naming(notes, mark);
    if (named)
        return named;
    *inferred = true;
    size_t best = 0;
    for (size_t i = 0; i < notes->count; i++) {
        size_t a = likeness(o->name, notes->list[i]->text), b = likeness(o->breakdown, notes->list[i]->text);
        size_t like = a > b ? a : b;
        if (like > best) {
            best = like;
            named = notes->list[i];
        }
    }
    if (best >= LIKENESS_MIN)
        return named;
    return o->kind == VALUE_NONE ? note_naming(notes, SLICE("“—”")) : NULL;
}

static void bind_mark(struct plan *p, const struct notes_of_box *notes, const struct indicator *o,
                      struct slice mark)
{
    bool inferred;
    struct note *found = find_note(notes, o, mark, &inferred);
    if (!found) {
        plan_diag(p, DIAG_MARK_UNBOUND, o->span, mark, SLICE_NONE);
        return;
    }
    struct note *n = add_note(p, SLICE("mark"), mark, found->span);
    n->anchor = o->id;
    n->anchor_begin = plan_within(p, mark) ? plan_span(p, mark).begin : o->span.begin;
    n->anchored = true;
    n->inferred = inferred;
    n->box = o->box;
}

/* Marks come in a row: *（1） are two. */
static void bind_marks(struct plan *p, const struct notes_of_box *notes, const struct indicator *o)
{
    struct slice rest = text_trim(o->marks);
    while (rest.n) {
        size_t end = 0;
        uint32_t c = text_next(rest.p, rest.n, &end);
        if (c == '(' || c == 0xFF08)
            while (end < rest.n && c != ')' && c != 0xFF09)
                c = text_next(rest.p, rest.n, &end);
        else
            while (c == '*' && end < rest.n && rest.p[end] == '*')
                end++;
        bind_mark(p, notes, o, slice_of(rest.p, end));
        rest = text_trim(slice_of(rest.p + end, rest.n - end));
    }
}

/* What the signs of a whole table mean: “—”, [ ], 【】. */
static void bind_signs(struct plan *p, struct box *box, const struct notes_of_box *notes)
{
    static const struct {
        struct slice sign, in_note[3];
    } signs[] = {
        {{"—", 3}, {{"“—”", 9}, {"“-”", 7}, {"“—", 6}}},
        {{"[ ]", 3}, {{"[ ]", 3}, {"[  ]", 4}, {"[]", 2}}},
        {{"【】", 6}, {{"【】", 6}, {"【 】", 7}, {"【　】", 9}}},
        {{"〔〕", 6}, {{"〔〕", 6}, {"〔 〕", 7}, {"〔　〕", 9}}},
    };
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        struct note *found = NULL;
        for (size_t k = 0; k < 3 && !found; k++)
            found = note_naming(notes, signs[i].in_note[k]);
        if (!found)
            continue;
        struct note *n = add_note(p, SLICE("mark"), signs[i].sign, found->span);
        n->anchor = box->id;
        n->anchor_begin = box->node->span.begin;
        n->anchored = true;
        n->box = box;
    }
}

/* The table notes of every box stand first in p->notes, box by box. */
static void read_marks(struct plan *p)
{
    const struct indicator *o = p->indicators;
    struct note *n = p->notes;
    size_t left = p->note_count;
    for (struct box *b = p->boxes; b; b = b->next) {
        struct notes_of_box notes = {.count = 0};
        for (; left && n->box == b; n = n->next, left--)
            if (notes.count < BOX_NOTES_MAX)
                notes.list[notes.count++] = n;
        for (; o && o->box == b; o = o->next)
            bind_marks(p, &notes, o);
        bind_signs(p, b, &notes);
    }
}

/* ---- footnotes ---- */

/* Id of the smallest record around an offset: the measure, else the section. */
static const char *holder_of(const struct plan *p, uint32_t offset)
{
    for (const struct measure *m = p->measures; m && m->span.begin <= offset; m = m->next)
        if (offset < m->node->span.end)
            return m->id;
    const char *id = NULL;
    for (const struct section *s = p->sections; s && s->head.begin <= offset; s = s->next)
        id = s->id;
    return id;
}

static const struct mark *find_mark(const struct plan *p, enum node_kind kind, struct slice name,
                                    size_t from)
{
    enum { NEAR = 4096 }; /* references and texts farther apart than this many marks are not looked for */
    for (size_t i = from; i < p->mark_count && i - from < NEAR; i++)
        if (p->marks[i].kind == kind && slice_eq(p->marks[i].name, name))
            return &p->marks[i];
    return NULL;
}

static struct span footnote_text(const struct plan *p, const struct mark *m)
{
    struct slice s = plan_slice(p, m->span);
    const char *colon = memchr(s.p, ':', s.n);
    struct slice text = text_trim(slice_of(colon + 1, (size_t)(s.p + s.n - 1 - (colon + 1))));
    return plan_span(p, text);
}

static void read_footnotes(struct plan *p)
{
    size_t from = 0, footnotes = 0;
    for (size_t i = 0; i < p->mark_count; i++) {
        const struct mark *m = &p->marks[i];
        if (m->kind == NODE_FOOTREF && !find_mark(p, NODE_FOOTNOTE, m->name, i))
            plan_diag(p, DIAG_FOOTNOTE_NO_TEXT, m->span, m->name, SLICE_NONE);
        if (m->kind != NODE_FOOTNOTE)
            continue;
        const struct mark *ref = find_mark(p, NODE_FOOTREF, m->name, from);
        struct note *n = add_note(p, SLICE("footnote"), m->name, footnote_text(p, m));
        n->anchored = ref && ref < m;
        if (n->anchored) {
            n->anchor = footnotes < 2000 ? holder_of(p, ref->span.begin) : NULL;
            n->anchor_begin = ref->span.begin;
            from = (size_t)(ref - p->marks);
        } else {
            plan_diag(p, DIAG_FOOTNOTE_NO_REF, m->span, m->name, SLICE_NONE);
        }
        footnotes++;
    }
}

void extract_notes(struct plan *p, struct grammar *g)
{
    read_table_notes(p, g);
    read_marks(p);
    read_footnotes(p);
}
