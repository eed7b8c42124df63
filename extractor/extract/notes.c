#include "extract/extract.h"

#include "base/index.h"
#include "base/particle.h"
#include "base/text.h"

#include <stdlib.h>

enum {
    LIKENESS_MIN = 4,   /* chars that an indicator's name and a note must share to be bound */
    NAME_CHARS = 80,    /* chars of a name that are compared */
    NOTE_CHARS = 800,   /* and of a note */
    BOX_NOTES_MAX = 64, /* limit `table-notes`: of one table, that marks are looked for in */
    NOTE_SIZE_MAX = 4000, /* limit `note-size`: bytes of a note that marks are looked for in */
    MARK_NOTES_MAX = 10000, /* limit `mark-notes`: marks of a document that are bound */
    LIKENESS_EFFORT = 200000000, /* limit `note-likeness`: pairs of chars compared in a document */
};

static struct note *add_note(struct plan *p, struct slice kind, struct slice marker, struct span span)
{
    struct note *n = arena_alloc(&p->arena, sizeof *n);
    n->id = plan_id(p, "n", ++p->note_count);
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
    if (particle_at(g, rest, 0, PARTICLE_NOTE_SIGN))
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

/* Chars by their low ten bits. */
struct char_set {
    uint64_t bits[16];
};

struct notes_of_box {
    struct note *list[BOX_NOTES_MAX];
    uint16_t chars[BOX_NOTES_MAX][NOTE_CHARS]; /* of each, the first ones folded; asked for seldom */
    size_t char_counts[BOX_NOTES_MAX];         /* 0: not yet */
    size_t count;
    struct char_set sets[BOX_NOTES_MAX];       /* what is in them */
    size_t effort; /* pairs of chars held against each other so far, in the document */
    size_t bound;  /* marks bound so far, in the document */
    const struct indicator *asked; /* note_like() was asked for last, in this box: observations of a row follow … */
    struct note *answer;           /* … each other */
};

/* The note whose marker a mark is, however either is typed. */
static struct note *note_marked(const struct notes_of_box *notes, struct slice mark)
{
    struct folded wanted = {0}, marker = {0};
    struct note *found = NULL;
    text_fold(mark, &wanted);
    for (size_t i = 0; i < notes->count && !found; i++) {
        if (!notes->list[i]->marker.n)
            continue;
        text_fold(notes->list[i]->marker, &marker);
        if (slice_eq(slice_of(marker.p, marker.n), slice_of(wanted.p, wanted.n)))
            found = notes->list[i];
    }
    folded_done(&wanted);
    folded_done(&marker);
    return found;
}

static void add_char(struct char_set *set, uint16_t c)
{
    set->bits[c >> 6 & 15] |= (uint64_t)1 << (c & 63);
}

/* The longest run of a name's chars that are in a set: no common part is longer. */
static size_t longest_inside(const struct char_set *set, const uint16_t *name, size_t n)
{
    size_t best = 0, run = 0;
    for (size_t i = 0; i < n; i++) {
        run = set->bits[name[i] >> 6 & 15] >> (name[i] & 63) & 1 ? run + 1 : 0;
        best = run > best ? run : best;
    }
    return best;
}

/* The first chars of a text, folded; of each its low sixteen bits. */
static size_t first_chars(struct slice s, size_t most, uint16_t *out)
{
    struct folded f = {0};
    size_t n = 0;
    text_fold(slice_of(s.p, text_prefix(s, most)), &f);
    for (size_t at = 0; at < f.n && n < most;)
        out[n++] = (uint16_t)text_next(f.p, f.n, &at);
    folded_done(&f);
    return n;
}

/* now[j + 1]: how many chars are alike up to c and right[j]; was: the same up to the char before c.
 * Written so that compilers do many chars at once. */
static uint16_t extend_runs(uint16_t c, const uint16_t *restrict right, size_t m, const uint16_t *restrict was,
                            uint16_t *restrict now)
{
    uint16_t best = 0;
    for (size_t j = 0; j < m; j++) {
        uint16_t run = (uint16_t)(right[j] == c ? was[j] + 1 : 0);
        now[j + 1] = run;
        best = run > best ? run : best;
    }
    return best;
}

/* Chars of the longest common part of a name and a note; 0 when they are `best` at most. */
static size_t likeness(struct notes_of_box *notes, const uint16_t *name, size_t n, size_t note, size_t best)
{
    uint16_t runs[2][NOTE_CHARS + 1], like = 0;
    size_t m = notes->char_counts[note];
    notes->effort += n * m;
    if (longest_inside(&notes->sets[note], name, n) <= best)
        return 0;
    memset(runs, 0, sizeof runs);
    for (size_t i = 0; i < n; i++) {
        uint16_t run = extend_runs(name[i], notes->chars[note], m, runs[i & 1], runs[~i & 1]);
        like = run > like ? run : like;
    }
    return like > best ? like : 0;
}

/* Folds a note that has not been asked for before. */
static void prepare(struct notes_of_box *notes, size_t note)
{
    if (notes->char_counts[note])
        return;
    notes->char_counts[note] = first_chars(notes->list[note]->text, NOTE_CHARS, notes->chars[note]);
    notes->sets[note] = (struct char_set){{0}};
    for (size_t i = 0; i < notes->char_counts[note]; i++)
        add_char(&notes->sets[note], notes->chars[note][i]);
}

static struct note *note_naming(const struct notes_of_box *notes, struct slice word)
{
    for (size_t i = 0; i < notes->count; i++)
        if (slice_find(notes->list[i]->text, word) >= 0 || slice_eq(notes->list[i]->marker, word))
            return notes->list[i];
    return NULL;
}

/* The note whose text has most in common with the names of the observation. */
static struct note *note_like(struct notes_of_box *notes, const struct indicator *o)
{
    struct note *found = NULL;
    if (notes->asked && slice_eq(o->name, notes->asked->name) && slice_eq(o->breakdown, notes->asked->breakdown))
        return notes->answer;
    uint16_t name[NAME_CHARS], breakdown[NAME_CHARS];
    size_t n = first_chars(o->name, NAME_CHARS, name), m = first_chars(o->breakdown, NAME_CHARS, breakdown);
    size_t best = LIKENESS_MIN - 1;
    for (size_t i = 0; i < notes->count && notes->effort < LIKENESS_EFFORT; i++) {
        prepare(notes, i);
        size_t a = likeness(notes, name, n, i, best), b = likeness(notes, breakdown, m, i, best);
        size_t like = a > b ? a : b;
        if (like) {
            best = like;
            found = notes->list[i];
        }
    }
    notes->asked = o;
    notes->answer = found;
    return found;
}

/* The note a mark stands for: by its marker, by its being named, by likeness of names. */
static struct note *find_note(struct notes_of_box *notes, const struct indicator *o,
                              struct slice mark, bool *inferred)
{
    *inferred = false;
    struct note *named = note_marked(notes, mark);
    if (!named)
        named = note_naming(notes, mark);
    if (named)
        return named;
    *inferred = true;
    named = note_like(notes, o);
    return named || o->kind != VALUE_NONE ? named : note_naming(notes, SLICE("“—”"));
}

static void bind_mark(struct plan *p, struct notes_of_box *notes, const struct indicator *o,
                      struct slice mark)
{
    bool inferred;
    if (notes->bound == MARK_NOTES_MAX) {
        plan_limit(p, "mark-notes", MARK_NOTES_MAX, o->span);
        return;
    }
    struct note *found = find_note(notes, o, mark, &inferred);
    if (!found) {
        plan_diag(p, DIAG_MARK_UNBOUND, o->span, mark, SLICE_NONE);
        return;
    }
    notes->bound++;
    struct note *n = add_note(p, SLICE("mark"), mark, found->span);
    n->anchor = o->id;
    n->anchor_begin = plan_within(p, mark) ? plan_span(p, mark).begin : o->span.begin;
    n->anchored = true;
    n->inferred = inferred;
    n->box = o->box;
}

/* Marks come in a row: *（1） are two. */
static void bind_marks(struct plan *p, struct notes_of_box *notes, const struct indicator *o)
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

static void list_note(struct plan *p, struct notes_of_box *notes, struct note *n)
{
    if (n->text.n > NOTE_SIZE_MAX) {
        plan_limit(p, "note-size", NOTE_SIZE_MAX, n->span);
    } else if (notes->count == BOX_NOTES_MAX) {
        plan_limit(p, "table-notes", BOX_NOTES_MAX, n->span);
    } else {
        notes->char_counts[notes->count] = 0;
        notes->list[notes->count++] = n;
    }
}

/* The table notes of every box stand first in p->notes, box by box. */
static void read_marks(struct plan *p)
{
    const struct indicator *o = p->indicators;
    struct note *n = p->notes;
    size_t left = p->note_count;
    struct notes_of_box notes; /* large: not zeroed */
    notes.effort = notes.bound = 0;
    for (struct box *b = p->boxes; b; b = b->next) {
        notes.count = 0;
        notes.asked = NULL;
        for (; left && n->box == b; n = n->next, left--)
            list_note(p, &notes, n);
        for (; o && o->box == b; o = o->next)
            bind_marks(p, &notes, o);
        if (notes.effort >= LIKENESS_EFFORT)
            plan_limit(p, "note-likeness", LIKENESS_EFFORT, b->node->span);
        bind_signs(p, b, &notes);
    }
}

/* ---- footnotes ---- */

/* References and texts by name. Footnotes bind in order: no reference before the last one bound is
 * asked for again, so that every list is gone through once. */
struct footnotes {
    struct index refs;  /* name → mark + 1 of its first reference not yet passed */
    struct index texts; /* name → mark + 1 of its last text */
    uint32_t *after;    /* mark → mark + 1 of the next reference of its name */
    size_t from;        /* the mark of the last reference bound */
    const struct measure *measure; /* the first that ends behind it */
    const struct section *section; /* the last that begins before it, or NULL */
};

static void index_footnotes(const struct plan *p, struct footnotes *f)
{
    f->after = mem_zalloc(p->mark_count * sizeof *f->after);
    for (size_t i = p->mark_count; i-- > 0;) {
        const struct mark *m = &p->marks[i];
        bool ref = m->kind == NODE_FOOTREF;
        if (m->kind == NODE_BOOKMARK)
            continue;
        size_t *first = index_put(ref ? &f->refs : &f->texts, m->name);
        if (ref)
            f->after[i] = (uint32_t)*first;
        if (ref || !*first)
            *first = i + 1;
    }
    f->measure = p->measures;
}

static void footnotes_done(struct footnotes *f)
{
    index_done(&f->refs);
    index_done(&f->texts);
    free(f->after);
}

static bool has_text(const struct footnotes *f, struct slice name, size_t mark)
{
    const size_t *last = index_get(&f->texts, name);
    return last && *last > mark;
}

/* The first reference of that name from f->from on, or NULL. */
static const struct mark *next_reference(const struct plan *p, struct footnotes *f, struct slice name)
{
    size_t *first = index_put(&f->refs, name);
    while (*first && *first - 1 < f->from)
        *first = f->after[*first - 1];
    return *first ? &p->marks[*first - 1] : NULL;
}

/* Id of the smallest record around an offset, not before the last one asked for: the measure, else
 * the section. */
static const char *holder_of(const struct plan *p, struct footnotes *f, uint32_t offset)
{
    while (f->measure && f->measure->node->span.end <= offset)
        f->measure = f->measure->next;
    const struct section *next = f->section ? f->section->next : p->sections;
    for (; next && next->head.begin <= offset; next = next->next)
        f->section = next;
    if (f->measure && f->measure->span.begin <= offset)
        return f->measure->id;
    return f->section ? f->section->id : NULL;
}

static struct span footnote_text(const struct plan *p, const struct mark *m)
{
    struct slice s = plan_slice(p, m->span);
    const char *colon = memchr(s.p, ':', s.n);
    struct slice text = text_trim(slice_of(colon + 1, (size_t)(s.p + s.n - 1 - (colon + 1))));
    return plan_span(p, text);
}

static void read_footnote(struct plan *p, struct footnotes *f, const struct mark *m)
{
    const struct mark *ref = next_reference(p, f, m->name);
    struct note *n = add_note(p, SLICE("footnote"), m->name, footnote_text(p, m));
    n->anchored = ref && ref < m;
    if (!n->anchored) {
        plan_diag(p, DIAG_FOOTNOTE_NO_REF, m->span, m->name, SLICE_NONE);
        return;
    }
    n->anchor = holder_of(p, f, ref->span.begin);
    n->anchor_begin = ref->span.begin;
    f->from = (size_t)(ref - p->marks);
    *index_put(&f->refs, m->name) = f->after[f->from]; /* numbers may begin anew in each chapter */
}

static void read_footnotes(struct plan *p)
{
    struct footnotes f = {.from = 0};
    index_footnotes(p, &f);
    for (size_t i = 0; i < p->mark_count; i++) {
        const struct mark *m = &p->marks[i];
        if (m->kind == NODE_FOOTREF && !has_text(&f, m->name, i))
            plan_diag(p, DIAG_FOOTNOTE_NO_TEXT, m->span, m->name, SLICE_NONE);
        else if (m->kind == NODE_FOOTNOTE)
            read_footnote(p, &f, m);
    }
    footnotes_done(&f);
}

void extract_notes(struct plan *p, struct grammar *g)
{
    read_table_notes(p, g);
    read_marks(p);
    read_footnotes(p);
}
