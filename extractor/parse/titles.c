#include "parse/titles.h"

#include "base/sentence.h"
#include "base/text.h"

#include <stdlib.h>

enum {
    RUN_ON_CHARS = 18,   /* a shorter line is a title */
    DOUBTFUL_CHARS = 45, /* few titles are longer */
    LONGEST_CHARS = 70,  /* none is */
    LOOK_BYTES = 300,    /* of a line, that rules look at */
    HABIT = 2,          /* so many lines that are no titles make a habit of the document */
    SAME_MAX = 8,       /* headings of one label that are compared */
};

/* A heading that stands alone. */
struct known {
    struct slice label, title;
};

static int by_label(const void *a, const void *b)
{
    return slice_cmp(((const struct known *)a)->label, ((const struct known *)b)->label);
}

static bool is_heading(const struct line *l)
{
    return l->match && l->kind >= LINE_PART && l->kind <= LINE_SECTION;
}

/* What follows the label, to the line's end. */
static struct slice behind_label(const struct plan *p, const struct line *l, const struct line_match *m)
{
    const char *begin = m->label.p + m->label.n;
    return slice_of(begin, (size_t)(p->source.text.p + l->body_end - begin));
}

/* The headings that stand alone on their lines, and those of the contents. */
static size_t find_known(struct grammar *g, const struct lines *ls, struct known *out)
{
    size_t n = 0;
    for (size_t i = 0; i < ls->count; i++) {
        const struct line *l = &ls->list[i];
        const struct line_match *m = line_match(ls, l);
        struct rule_match entry;
        if (is_heading(l) && !m->text.n && text_chars(m->title) <= DOUBTFUL_CHARS)
            out[n++] = (struct known){m->label, m->title};
        else if (l->kind == LINE_TOC_ENTRY && rules_match(g->rules, PLACE_LINE, m->title, &entry))
            out[n++] = (struct known){entry.field[FIELD_LABEL], text_trim(entry.field[FIELD_TITLE])};
    }
    qsort(out, n, sizeof *out, by_label);
    return n;
}

/* The title of a heading of that label, where a text begins with it and goes on; empty: none. */
static struct slice title_known(const struct known *list, size_t n, struct slice label, struct slice text)
{
    size_t low = 0, high = n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (slice_cmp(list[middle].label, label) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (size_t i = low; i < n && i - low < SAME_MAX && slice_eq(list[i].label, label); i++)
        if (list[i].title.n && list[i].title.n < text.n && slice_starts(text, list[i].title))
            return slice_of(text.p, list[i].title.n);
    return SLICE_NONE;
}

/* A line that can be no title: a full stop or semicolon inside, or too long. */
static bool is_no_title(struct slice s)
{
    return text_prefix(s, LONGEST_CHARS) < s.n || sentence_end(s, 0) < s.n;
}

/* Takes what a rule says of a heading and the words behind its label, where it says anything. */
static void infer(struct grammar *g, struct line_match *m, struct slice rest)
{
    struct rule_match found;
    if (text_prefix(rest, RUN_ON_CHARS) == rest.n ||
        !rules_match(g->rules, PLACE_RUN_ON, text_head(rest, LOOK_BYTES), &found))
        return;
    m->title = found.field[FIELD_TITLE];
    m->text = found.field[FIELD_TEXT];
    m->inferred = true;
}

/* The text behind the label is the title, or the line no heading. */
static void take_whole(struct line *l, struct line_match *m, struct slice rest)
{
    m->title = text_trim(rest);
    m->text = SLICE_NONE;
    m->inferred = false;
    m->doubtful = text_prefix(m->title, DOUBTFUL_CHARS) < m->title.n;
    if (is_no_title(rest)) {
        l->kind = LINE_TEXT;
        l->match = 0;
    }
}

static struct line_match *weak_heading(struct lines *ls, const struct line *l)
{
    struct line_match *m = is_heading(l) ? &ls->matches[l->match - 1] : NULL;
    return m && m->weak && !m->text.n ? m : NULL;
}

void titles_settle(struct plan *p, struct grammar *g, struct lines *ls)
{
    size_t running[LINE_KIND_MAX] = {0}, weak = 0;
    for (size_t i = 0; i < ls->count; i++) {
        struct line_match *m = weak_heading(ls, &ls->list[i]);
        if (!m)
            continue;
        struct slice rest = behind_label(p, &ls->list[i], m);
        infer(g, m, rest);
        running[ls->list[i].kind] += m->inferred && is_no_title(rest);
        weak++;
    }
    if (!weak)
        return;
    struct known *known = arena_alloc(&p->arena, (ls->count + 1) * sizeof *known);
    size_t count = find_known(g, ls, known);
    for (size_t i = 0; i < ls->count; i++) {
        struct line *l = &ls->list[i];
        struct line_match *m = is_heading(l) ? &ls->matches[l->match - 1] : NULL;
        if (!m || !m->weak || (m->text.n && !m->inferred))
            continue;
        struct slice rest = behind_label(p, l, m), title = title_known(known, count, m->label, rest);
        if (title.n) {
            m->title = title;
            m->text = slice_of(title.p + title.n, rest.n - title.n);
            m->inferred = true;
        } else if (!m->inferred || (running[l->kind] < HABIT && !is_no_title(rest))) {
            take_whole(l, m, rest);
        }
    }
}
