#include "parse/breaks.h"

#include "base/numeral.h"
#include "base/sentence.h"
#include "base/text.h"

enum {
    LONG_BYTES = 1500,   /* a line of more may hold several paragraphs */
    TITLE_BYTES = 180,   /* a heading's title is looked through that far for the next enumerator */
    LABEL_BYTES = 60,    /* what is looked at to tell an enumerator */
    PAIR_BYTES = 600,    /* a quote or bracket open for more was never closed */
    CARRIER_BYTES = 600, /* a bracket that says who carries a task is no longer */
};

/* Kinds of enumerators, the outer before the inner. */
enum level { PART, CHAPTER, SECTION, ITEM, SUBITEM, COUNT, BRACKET, CIRCLE, BOX, LEVEL_MAX };

static const char *const level_names[LEVEL_MAX] = {
    [PART] = "part",       [CHAPTER] = "chapter", [SECTION] = "section", [ITEM] = "item",
    [SUBITEM] = "subitem", [COUNT] = "count",     [BRACKET] = "bracket", [CIRCLE] = "circle",
    [BOX] = "box",
};

/* What stands before an enumerator. */
enum edge { EDGE_NONE, EDGE_LINE, EDGE_STOP, EDGE_TITLE, EDGE_PART, EDGE_COLON };

struct enumerator {
    uint32_t at;
    uint32_t line; /* index of its line */
    int number;
    uint8_t level, edge; /* enum level, enum edge */
    bool cut;            /* a paragraph begins here */
    bool fresh;          /* and it goes on with the body, whatever was open */
};

struct breaks {
    struct plan *p;
    struct grammar *g;
    struct lines *ls;
    struct enumerator *list;
    size_t count;
    size_t mark; /* the first mark that does not end before the place looked at */
};

/* ---- enumerators ---- */

/* The enumerator at the beginning of s. */
static bool read_enumerator(struct grammar *g, struct slice s, enum level *level, int *number)
{
    struct rule_match m;
    if (!rules_match(g->rules, PLACE_BREAK, text_head(s, LABEL_BYTES), &m))
        return false;
    int kind = 0;
    while (kind < LEVEL_MAX && !slice_eq(m.field[FIELD_KIND], slice_cstr(level_names[kind])))
        kind++;
    if (kind == LEVEL_MAX)
        return false;
    *level = (enum level)kind;
    uint32_t first = text_first(m.field[FIELD_NUMBER]);
    *number = *level == CIRCLE ? (int)first - 0x245F : numeral_count(m.field[FIELD_NUMBER]); /* ① is 1 */
    return *number > 0;
}

static struct enumerator *add(struct breaks *b, size_t line, uint32_t at, enum edge edge)
{
    b->list = arena_grow(&b->p->arena, b->list, b->count, sizeof *b->list);
    struct enumerator *e = &b->list[b->count++];
    *e = (struct enumerator){.at = at, .line = (uint32_t)line, .level = LEVEL_MAX, .edge = (uint8_t)edge};
    return e;
}

/* Adds the enumerator at `at`, blanks before it left out; false when there is none, or in a mark. */
static bool add_enumerator(struct breaks *b, size_t line, uint32_t at, enum edge edge)
{
    const struct line *l = &b->ls->list[line];
    const char *base = b->p->source.text.p;
    struct slice rest = text_trim_start(slice_of(base + at, l->body_end - at));
    enum level level;
    int number;
    at = (uint32_t)(rest.p - base);
    while (b->mark < b->p->mark_count && b->p->marks[b->mark].span.end <= at)
        b->mark++;
    if ((b->mark < b->p->mark_count && b->p->marks[b->mark].span.begin < at) ||
        !read_enumerator(b->g, rest, &level, &number))
        return false;
    struct enumerator *e = add(b, line, at, edge);
    e->level = (uint8_t)level;
    e->number = number;
    return true;
}

/* ---- inside a line ---- */

/* Where in a line the reading is: what is open, and what may be a title. */
struct scan {
    size_t line;
    struct slice text; /* of the line, from its body's begin */
    size_t at;
    int depth;         /* quotes and brackets open */
    size_t opened;     /* where the outermost of them stands */
    bool after_stop;   /* a sentence ended before it */
    bool stopped;      /* the last char ended a sentence */
    size_t title_end;  /* before it the enumerator of a deeper level may follow a title */
    enum level title;  /* whose title it is */
};

static bool opens(uint32_t c)
{
    return c == 0x201C || c == 0x300A || c == 0xFF08 || c == 0x3010 || c == 0xFF3B || c == '(' || c == '[';
}

static bool closes(uint32_t c)
{
    return c == 0x201D || c == 0x300B || c == 0xFF09 || c == 0x3011 || c == 0xFF3D || c == ')' || c == ']';
}

/* Whether the bracket that closes before s->at ends a sentence: it stands behind one, holds one, or says
 * who carries the task before it. */
static bool bracket_stops(struct breaks *b, const struct scan *s)
{
    struct rule_match m;
    struct slice inside = slice_of(s->text.p + s->opened, s->at - s->opened);
    size_t open = 0;
    text_next(inside.p, inside.n, &open);
    size_t close = text_before(inside, inside.n);
    if (close <= open)
        return false;
    inside = slice_of(inside.p + open, close - open);
    return s->after_stop || sentence_ends(text_last(inside)) ||
           (inside.n <= CARRIER_BYTES && rules_match(b->g->rules, PLACE_CARRIER, inside, &m));
}

/* What the char just read leaves behind it, outside of quotes and brackets. */
static enum edge edge_behind(struct breaks *b, struct scan *s, uint32_t c)
{
    if (c == 0xFF1A || c == ':')
        return EDGE_COLON;
    if (c == 0xFF1B || c == ';')
        return EDGE_PART;
    if (sentence_ends(c))
        return EDGE_STOP;
    return closes(c) && bracket_stops(b, s) ? EDGE_STOP : EDGE_NONE;
}

/* Keeps count of quotes and brackets. */
static void follow_pairs(struct scan *s, uint32_t c, size_t begin)
{
    if (opens(c) && s->depth++ == 0) {
        s->opened = begin;
        s->after_stop = s->stopped;
    }
    if (closes(c) && s->depth > 0)
        s->depth--;
    if (s->depth > 0 && s->at - s->opened > PAIR_BYTES)
        s->depth = 0;
}

/* From the enumerator added last a title may go on up to the next one. */
static void expect_title(struct breaks *b, struct scan *s)
{
    enum level level = (enum level)b->list[b->count - 1].level;
    s->title = level;
    s->title_end = level <= SUBITEM ? s->at + TITLE_BYTES : 0;
}

/* An enumerator right behind a title, without any sign between: （一） behind 一、总体要求. */
static bool follows_title(struct breaks *b, struct scan *s, size_t begin)
{
    uint32_t at = (uint32_t)(s->text.p - b->p->source.text.p + (ptrdiff_t)begin);
    if (begin == 0 || begin >= s->title_end || !add_enumerator(b, s->line, at, EDGE_TITLE))
        return false;
    enum level level = (enum level)b->list[b->count - 1].level;
    if (level > s->title && level <= SUBITEM)
        return true;
    b->count--;
    return false;
}

static void scan_line(struct breaks *b, size_t line, uint32_t from, uint32_t to)
{
    const char *base = b->p->source.text.p;
    struct scan s = {.line = line, .text = slice_of(base + from, to - from)};
    if (b->count && b->list[b->count - 1].line == line)
        expect_title(b, &s);
    while (s.at < s.text.n) {
        size_t begin = s.at;
        uint32_t c = text_next(s.text.p, s.text.n, &s.at);
        bool closing = s.depth == 1 && closes(c);
        if (s.depth == 0 && follows_title(b, &s, begin)) {
            expect_title(b, &s);
            s.stopped = false;
        }
        follow_pairs(&s, c, begin);
        bool ended = s.depth == 0 && (sentence_ends(c) || (closing && s.stopped));
        enum edge edge = s.depth == 0 ? edge_behind(b, &s, c) : EDGE_NONE;
        if (edge == EDGE_STOP || edge == EDGE_PART || edge == EDGE_COLON)
            s.title_end = 0;
        if (edge != EDGE_NONE && s.at < s.text.n && add_enumerator(b, line, from + (uint32_t)s.at, edge)) {
            expect_title(b, &s);
            ended = false;
        }
        s.stopped = ended || (s.stopped && text_is_blank(c));
    }
}

/* ---- which of them begin a paragraph ---- */

/* The run of numbers of one level. */
struct run {
    int last;    /* 0: none is open */
    bool cut;    /* its members begin paragraphs */
    bool habit;  /* one was cut before */
};

/* For each enumerator the next of its level, b->count when there is none. */
static size_t *find_followers(struct breaks *b)
{
    size_t *next = arena_alloc(&b->p->arena, (b->count + 1) * sizeof *next);
    size_t seen[LEVEL_MAX + 1];
    for (int k = 0; k <= LEVEL_MAX; k++)
        seen[k] = b->count;
    for (size_t i = b->count; i-- > 0;) {
        next[i] = seen[b->list[i].level];
        seen[b->list[i].level] = i;
    }
    return next;
}

static bool is_first_step(const struct enumerator *e)
{
    return e->edge == EDGE_STOP || e->edge == EDGE_LINE || e->edge == EDGE_TITLE;
}

/* The first of a run: the second must stand behind a full stop, or the members are parts of one sentence;
 * a heading alone of its kind is one where such were before. */
static bool begins_run(const struct breaks *b, const struct enumerator *e, size_t next, const struct run *run)
{
    const struct enumerator *second = next < b->count ? &b->list[next] : NULL;
    if (second && second->number == 2)
        return e->edge != EDGE_PART && is_first_step(second);
    return e->level <= SUBITEM && run->habit && is_first_step(e);
}

/* One more of a run that is cut. Only headings may follow a semicolon. */
static bool goes_on(const struct enumerator *e, const struct run *run)
{
    return run->cut && e->number == run->last + 1 &&
           (is_first_step(e) || (e->edge == EDGE_PART && e->level <= SUBITEM));
}

/* The numbers of lists begin anew under each heading; those of headings may run on. */
static void enter(struct run *runs, const struct enumerator *e)
{
    runs[e->level].last = e->number;
    for (int k = e->level + 1 > COUNT ? e->level + 1 : COUNT; k < BOX && e->level < BOX; k++)
        runs[k].last = 0;
}

static bool decide(const struct breaks *b, const struct enumerator *e, size_t next, struct run *runs)
{
    struct run *run = &runs[e->level];
    if (e->level == BOX)
        return e->edge == EDGE_STOP && (e->number == 1 || e->number == run->last + 1);
    return goes_on(e, run) || (e->number == 1 && begins_run(b, e, next, run));
}

static bool choose(struct breaks *b)
{
    struct run runs[LEVEL_MAX + 1] = {{0}};
    size_t *next = find_followers(b);
    bool any = false;
    for (size_t i = 0; i < b->count; i++) {
        struct enumerator *e = &b->list[i];
        struct run *run = &runs[e->level];
        if (e->level < LEVEL_MAX && e->edge != EDGE_LINE)
            e->cut = decide(b, e, next[i], runs);
        any |= e->cut;
        if (e->level == LEVEL_MAX)
            continue;
        if (e->cut || e->edge == EDGE_LINE) {
            run->cut = run->habit = true;
            enter(runs, e);
        } else if (e->number == 1) { /* a list inside a sentence: none of it is cut */
            run->cut = false;
            run->last = 1;
        }
    }
    return any;
}

/* ---- lines looked through ---- */

/* （一）加强监管。1.完善…: the sentence that a heading runs into begins with an enumerator. */
static bool runs_into_list(struct breaks *b, const struct line *l)
{
    enum level level;
    int number;
    struct slice body = line_body(b->p, l);
    size_t stop = l->kind == LINE_ITEM || l->kind == LINE_SUBITEM ? sentence_length(body) : body.n;
    return stop < body.n &&
           read_enumerator(b->g, text_trim_start(slice_of(body.p + stop, body.n - stop)), &level, &number);
}

static bool is_note(struct breaks *b, const struct line *l)
{
    struct rule_match m;
    return rules_match(b->g->rules, PLACE_NOTE, text_head(line_body(b->p, l), LABEL_BYTES), &m) &&
           !slice_eq(m.field[FIELD_KIND], SLICE("numbered"));
}

/* Where the text begins that a caption runs into, or the line's end. */
static uint32_t caption_end(const struct breaks *b, const struct line *l)
{
    const struct line_match *m = line_match(b->ls, l);
    return line_is_caption(l) && m->text.n ? plan_span(b->p, m->text).begin : l->body_end;
}

/* Whether an enumerator stands behind a full stop, or behind a bracket that stands there. */
static bool steps_inside(struct breaks *b, const struct line *l)
{
    enum level level;
    int number;
    struct slice rest = line_body(b->p, l);
    if (rest.n <= LONG_BYTES)
        return false;
    for (size_t stop; (stop = sentence_stop(rest)) < rest.n;) {
        rest = text_trim_start(slice_of(rest.p + stop + 3, rest.n - stop - 3));
        if (read_enumerator(b->g, rest, &level, &number))
            return true;
        ptrdiff_t close = text_fold_first(rest) == '(' ? slice_find(text_head(rest, CARRIER_BYTES), SLICE("）")) : -1;
        if (close > 0 && read_enumerator(b->g, slice_of(rest.p + close + 3, rest.n - (size_t)close - 3), &level, &number))
            return true;
    }
    return false;
}

static bool may_hold_more(struct breaks *b, const struct line *l)
{
    if (l->kind < LINE_TEXT || l->kind == LINE_CELL || l->kind == LINE_TOC_ENTRY || l->kind == LINE_PAGE)
        return false;
    return caption_end(b, l) < l->body_end || steps_inside(b, l) || runs_into_list(b, l);
}

static bool any_may_hold_more(struct breaks *b)
{
    for (size_t i = 0; i < b->ls->count; i++)
        if (may_hold_more(b, &b->ls->list[i]))
            return true;
    return false;
}

/* Adds what is at the beginning of a line, and what is inside where it may hold more. */
static void look_through(struct breaks *b, size_t i)
{
    const struct line *l = &b->ls->list[i];
    if (l->kind < LINE_TEXT || l->kind == LINE_CELL || l->kind == LINE_TOC_ENTRY)
        return;
    add_enumerator(b, i, l->body_begin, EDGE_LINE);
    uint32_t begin = caption_end(b, l);
    if (begin < l->body_end) {
        if (!add_enumerator(b, i, begin, EDGE_LINE))
            add(b, i, begin, EDGE_LINE);
        b->list[b->count - 1].cut = true;
        const struct line_match *m = line_match(b->ls, l);
        if (m->inferred)
            plan_diag(b->p, DIAG_TITLE_INFERRED, plan_span(b->p, m->title), m->title, SLICE_NONE);
    } else {
        begin = l->body_begin;
    }
    if (may_hold_more(b, l) && sentence_stop(line_body(b->p, l)) < l->body_end - l->body_begin && !is_note(b, l))
        scan_line(b, i, begin, l->body_end);
}

/* 。 and a blank inside a line of a wrapped text: the body goes on behind a box, or a new paragraph. */
static void find_gaps(struct breaks *b, size_t i)
{
    const struct line *l = &b->ls->list[i];
    const char *base = b->p->source.text.p;
    struct slice rest = line_body(b->p, l);
    if (l->kind < LINE_TEXT || l->kind == LINE_CELL)
        return;
    for (size_t stop; (stop = sentence_stop(rest)) < rest.n;) {
        rest = slice_of(rest.p + stop + 3, rest.n - stop - 3);
        struct slice next = text_trim_start(rest);
        uint32_t c = next.n ? text_first(next) : 0;
        if (next.n == rest.n || !(text_is_han(c) || c == 0xFF08))
            continue;
        struct enumerator *e = add(b, i, (uint32_t)(next.p - base), EDGE_LINE);
        e->cut = e->fresh = true;
    }
}

/* Cuts once; true when captions were found inside lines, which may run into their text in turn. */
static bool mend(struct plan *p, struct grammar *g, struct lines *ls)
{
    struct breaks b = {.p = p, .g = g, .ls = ls};
    bool captions = false;
    if (ls->wrapped)
        for (size_t i = 0; i < ls->count; i++)
            find_gaps(&b, i);
    else if (!any_may_hold_more(&b))
        return false;
    else
        for (size_t i = 0; i < ls->count; i++)
            look_through(&b, i);
    if (!choose(&b))
        return false;
    struct lines_cut *cuts = arena_alloc(&p->arena, (b.count + 1) * sizeof *cuts);
    size_t n = 0;
    for (size_t i = 0; i < b.count; i++) {
        const struct enumerator *e = &b.list[i];
        if (e->cut)
            cuts[n++] = (struct lines_cut){e->line, e->at, e->fresh};
        captions |= e->cut && e->level == BOX;
    }
    lines_cut(p, g, ls, cuts, n);
    return captions;
}

void breaks_mend(struct plan *p, struct grammar *g, struct lines *ls)
{
    if (mend(p, g, ls))
        mend(p, g, ls);
}
