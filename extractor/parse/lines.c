#include "parse/lines.h"

#include "base/numeral.h"
#include "base/sentence.h"
#include "base/text.h"
#include "parse/breaks.h"
#include "parse/pages.h"
#include "parse/titles.h"

enum {
    STOPLESS_LINES = 10,  /* a text of so many has a full stop somewhere */
    WEAK_BYTES = 90,      /* a weak heading is no longer than this */
    RULE_BYTES = 300,     /* a line's beginning that rules look at */
    SPLIT_BYTES = 90,     /* lines shorter than this are never cut inside */
    MARKS_MAX = 1000000,  /* limit `marks` of a document */
    MARK_NAME_MAX = 200,  /* limit `mark-name`: bytes of a bookmark's name */
    FOOTNOTE_MAX = 20000, /* limit `footnote-size`: bytes of a footnote's text */
    FOOTNOTE_DEPTH = 16,  /* limit `footnote-brackets` open inside one another */
};

static const char *const kind_names[LINE_KIND_MAX] = {
    [LINE_PART] = "part",       [LINE_CHAPTER] = "chapter",   [LINE_SECTION] = "section",
    [LINE_ARTICLE] = "article", [LINE_ITEM] = "item",         [LINE_SUBITEM] = "subitem",
    [LINE_FRONT] = "front",     [LINE_GLOSSARY] = "glossary", [LINE_ANNEX] = "annex",
    [LINE_TOC] = "toc",         [LINE_TOC_ENTRY] = "toc-entry", [LINE_BOX] = "box",
    [LINE_TABLE] = "table",     [LINE_DASH] = "dash",         [LINE_PAGE] = "page",
    [LINE_ENTRY] = "entry",
    [LINE_FLAT_TABLE] = "flat-table",
};

/* ---- clean: marks ---- */

/* Returns the mark's end. */
static uint32_t add_mark(struct plan *p, enum node_kind kind, struct span span, struct slice name)
{
    p->marks = arena_grow(&p->arena, p->marks, p->mark_count, sizeof *p->marks);
    p->marks[p->mark_count++] = (struct mark){.span = span, .kind = kind, .name = text_trim(name)};
    return span.end;
}

static bool ends_line(char c)
{
    return c == '\n' || c == '\r';
}

/* `[bookmark: X]` or `[footnoteRef:3]` at `at`; returns its end, or 0. */
static uint32_t named_mark(struct plan *p, uint32_t at, struct slice prefix, enum node_kind kind)
{
    struct slice text = p->source.text;
    struct slice rest = slice_of(text.p + at, text.n - at);
    if (!slice_starts(rest, prefix))
        return 0;
    size_t i = prefix.n;
    while (i < rest.n && rest.p[i] != ']' && rest.p[i] != '[' && !ends_line(rest.p[i])) {
        if (i == prefix.n + MARK_NAME_MAX) {
            plan_limit(p, "mark-name", MARK_NAME_MAX, (struct span){at, at});
            return 0;
        }
        i++;
    }
    if (i == rest.n || rest.p[i] != ']')
        return 0;
    return add_mark(p, kind, (struct span){at, at + (uint32_t)i + 1},
                    slice_of(rest.p + prefix.n, i - prefix.n));
}

/* The bracket that closes the one before i, on the same line; 0 when there is none within the limits.
 * The depth bounds the effort: what stays open is looked through by those opened before it. */
static size_t closing_bracket(struct plan *p, uint32_t at, size_t i)
{
    struct slice text = p->source.text;
    size_t limit = text.n - at > FOOTNOTE_MAX ? at + (size_t)FOOTNOTE_MAX : text.n;
    int depth = 1;
    for (; i < limit && !ends_line(text.p[i]) && depth <= FOOTNOTE_DEPTH; i++) {
        depth += (text.p[i] == '[') - (text.p[i] == ']');
        if (!depth)
            return i;
    }
    if (depth > FOOTNOTE_DEPTH)
        plan_limit(p, "footnote-brackets", FOOTNOTE_DEPTH, (struct span){at, at});
    else if (i == limit && i < text.n)
        plan_limit(p, "footnote-size", FOOTNOTE_MAX, (struct span){at, at});
    return 0;
}

/* `[3:  text]` on one line, brackets inside balanced; returns its end, or 0. */
static uint32_t footnote_mark(struct plan *p, uint32_t at)
{
    struct slice text = p->source.text;
    size_t i = at + 1;
    while (i < text.n && i - at < 6 && text.p[i] >= '0' && text.p[i] <= '9')
        i++;
    size_t digits = i - at - 1;
    if (!digits || digits > 4 || i + 1 >= text.n || text.p[i] != ':' || text.p[i + 1] != ' ')
        return 0;
    size_t end = closing_bracket(p, at, i);
    if (!end)
        return 0;
    return add_mark(p, NODE_FOOTNOTE, (struct span){at, (uint32_t)end + 1}, slice_of(text.p + at + 1, digits));
}

static void find_marks(struct plan *p)
{
    struct slice text = p->source.text;
    for (size_t at = 0; at < text.n;) {
        const char *bracket = memchr(text.p + at, '[', text.n - at);
        if (!bracket)
            return;
        uint32_t here = (uint32_t)(bracket - text.p);
        if (p->mark_count == MARKS_MAX) {
            plan_limit(p, "marks", MARKS_MAX, (struct span){here, here});
            return;
        }
        uint32_t end = named_mark(p, here, SLICE("[bookmark:"), NODE_BOOKMARK);
        if (!end)
            end = named_mark(p, here, SLICE("[footnoteRef:"), NODE_FOOTREF);
        if (!end)
            end = footnote_mark(p, here);
        at = end ? end : here + 1;
    }
}

/* ---- lines ---- */

/* Takes blanks and bookmarks off both ends of a line. mark is the first mark not before the line. */
static void find_body(const struct plan *p, struct line *l, size_t *mark)
{
    const char *base = p->source.text.p;
    struct slice s = text_trim(slice_of(base + l->begin, l->end - l->begin));
    while (*mark < p->mark_count && p->marks[*mark].span.begin < l->begin)
        ++*mark;
    size_t m = *mark, last = m;
    while (last < p->mark_count && p->marks[last].span.begin < l->end)
        last++;
    while (m < last && p->marks[m].kind == NODE_BOOKMARK && base + p->marks[m].span.begin == s.p) {
        size_t size = p->marks[m].span.end - p->marks[m].span.begin;
        s = text_trim(slice_of(s.p + size, s.n - size));
        m++;
    }
    while (last > m && p->marks[last - 1].kind == NODE_BOOKMARK &&
           base + p->marks[last - 1].span.end == s.p + s.n) {
        last--;
        s = text_trim(slice_of(s.p, s.n - (p->marks[last].span.end - p->marks[last].span.begin)));
    }
    l->body_begin = (uint32_t)(s.p - base);
    l->body_end = l->body_begin + (uint32_t)s.n;
}

static bool pipe_row(struct slice body)
{
    return body.n > 2 && body.p[0] == '|' && memchr(body.p + 1, '|', body.n - 1);
}

static void add_line(struct plan *p, struct lines *ls, uint32_t begin, uint32_t end, size_t *mark)
{
    struct line l = {.begin = begin, .end = end, .kind = LINE_TEXT};
    find_body(p, &l, mark);
    const char *base = p->source.text.p;
    if (base[begin] == '\t' && end > begin)
        l.kind = LINE_CELL;
    else if (l.body_begin == l.body_end)
        l.kind = *mark < p->mark_count && p->marks[*mark].span.begin < end ? LINE_MARKS : LINE_BLANK;
    else if (pipe_row(line_body(p, &l)))
        l.kind = LINE_CELL;
    ls->list = arena_grow(&p->arena, ls->list, ls->count, sizeof *ls->list);
    ls->list[ls->count++] = l;
}

static bool inside_mark(const struct plan *p, size_t *mark, uint32_t at)
{
    while (*mark < p->mark_count && p->marks[*mark].span.end <= at)
        ++*mark;
    return *mark < p->mark_count && p->marks[*mark].span.begin < at;
}

/* Whether a gap stands inside a word of table headers: 指　　标. */
static bool inside_header_word(struct grammar *g, struct slice before, struct slice after)
{
    struct lexicon_hit hit;
    char word[16];
    if (!before.n || !after.n)
        return false;
    size_t begin = text_before(before, before.n), n = before.n - begin, m = text_prefix(after, 1);
    memcpy(word, before.p + begin, n);
    memcpy(word + n, after.p, m);
    return lexicon_find(grammar_lexicon(g, LEX_HEADERS), slice_of(word, n + m), &hit);
}

/* Two ideographic blanks inside a long line stand for a paragraph break that conversion lost. */
static void cut_line(struct plan *p, struct grammar *g, struct lines *ls, uint32_t begin, uint32_t end, size_t *mark)
{
    static const char gap[] = "　　";
    const char *base = p->source.text.p;
    uint32_t at = begin;
    size_t around = *mark;
    bool blank = true; /* from begin to at */
    while (ls->has_gaps && end - begin > SPLIT_BYTES && at < end) {
        const char *hit = memmem(base + at, end - at, gap, sizeof gap - 1);
        if (!hit)
            break;
        uint32_t here = (uint32_t)(hit - base);
        struct slice before = slice_of(base + at, here - at);
        blank = blank && text_trim_start(before).n == 0;
        at = here + sizeof gap - 1;
        while (at + 3 <= end && memcmp(base + at, gap, 3) == 0)
            at += 3;
        if (!blank && !inside_mark(p, &around, here) && !inside_header_word(g, before, slice_of(base + at, end - at))) {
            add_line(p, ls, begin, here, mark);
            begin = here;
            blank = true;
        }
    }
    add_line(p, ls, begin, end, mark);
}

static void split_lines(struct plan *p, struct grammar *g, struct lines *ls)
{
    const struct source *src = &p->source;
    size_t mark = 0;
    for (uint32_t i = 0; i < src->line_count; i++) {
        uint32_t begin = src->line_begin[i], end = src->line_begin[i + 1];
        while (end > begin && (src->text.p[end - 1] == '\n' || src->text.p[end - 1] == '\r'))
            end--;
        if (begin == src->text.n && begin > 0)
            break; /* nothing after the last line break */
        cut_line(p, g, ls, begin, end, &mark);
    }
}

/* TABs that begin most lines, and long ones, indent paragraphs; they make no cells. */
static bool tabs_only_indent(const struct lines *ls)
{
    size_t tabs = 0, longish = 0, texts = 0;
    for (size_t i = 0; i < ls->count; i++) {
        const struct line *l = &ls->list[i];
        if (l->kind == LINE_CELL) {
            tabs++;
            longish += l->body_end - l->body_begin > 120;
        } else if (l->kind == LINE_TEXT) {
            texts++;
        }
    }
    return tabs > 10 && longish * 2 > tabs && tabs > texts;
}

/* ---- lex ---- */

static enum line_kind kind_by_name(struct slice name)
{
    for (int i = 0; i < LINE_KIND_MAX; i++)
        if (kind_names[i] && slice_eq(name, slice_cstr(kind_names[i])))
            return (enum line_kind)i;
    return LINE_TEXT;
}

/* A heading's number is followed by a blank, or the title is too doubtful to stand on its own. */
static bool is_weak(const struct line_match *m, enum line_kind kind)
{
    if (kind < LINE_PART || kind > LINE_ARTICLE || !m->title.n || !m->label.n)
        return false;
    return m->label.p + m->label.n == m->title.p;
}

/* A field as it stands in the text: one that a rule sets, or leaves out, is empty here. */
static struct slice quoted(const struct plan *p, struct slice field, const char *at)
{
    return field.p && plan_within(p, field) ? field : slice_of(at, 0);
}

static void lex_line(struct plan *p, struct grammar *g, struct lines *ls, struct line *l)
{
    struct slice body = line_body(p, l);
    struct rule_match m;
    body = text_head(body, RULE_BYTES);
    if (!rules_match(g->rules, PLACE_LINE, body, &m))
        return;
    l->kind = (uint8_t)kind_by_name(m.field[FIELD_KIND]);
    if (l->kind == LINE_TEXT)
        return;
    ls->matches = arena_grow(&p->arena, ls->matches, ls->match_count, sizeof *ls->matches);
    struct line_match *out = &ls->matches[ls->match_count++];
    *out = (struct line_match){
        .rule = m.rule,
        .label = quoted(p, m.field[FIELD_LABEL], body.p),
        .number = m.field[FIELD_NUMBER],
        .title = text_trim(quoted(p, m.field[FIELD_TITLE], body.p + body.n)),
        .text = m.field[FIELD_TEXT],
    };
    out->weak = is_weak(out, (enum line_kind)l->kind);
    out->inferred = out->text.n && out->text.p == out->title.p + out->title.n;
    l->match = (uint32_t)ls->match_count;
}

/* A piece of the line `of`, lexed anew. */
static void add_piece(struct plan *p, struct grammar *g, struct lines *ls, struct line of, uint32_t end, size_t *mark)
{
    struct line l = {.begin = of.begin, .end = end, .kind = LINE_TEXT, .fresh = of.fresh};
    find_body(p, &l, mark);
    if (l.body_begin == l.body_end)
        l.kind = LINE_BLANK;
    else
        lex_line(p, g, ls, &l);
    ls->list[ls->count++] = l;
}

void lines_cut(struct plan *p, struct grammar *g, struct lines *ls, const struct lines_cut *cuts, size_t count)
{
    const struct line *old = ls->list;
    size_t lines = ls->count, mark = 0, c = 0;
    ls->list = arena_alloc(&p->arena, (lines + count) * sizeof *ls->list);
    ls->count = 0;
    for (size_t i = 0; i < lines; i++) {
        struct line rest = old[i];
        if (c == count || cuts[c].line != i) {
            ls->list[ls->count++] = rest;
            continue;
        }
        for (; c < count && cuts[c].line == i; c++) {
            add_piece(p, g, ls, rest, cuts[c].at, &mark);
            rest.begin = cuts[c].at;
            rest.fresh = cuts[c].fresh;
        }
        add_piece(p, g, ls, rest, old[i].end, &mark);
    }
}

static int number_of(const struct lines *ls, const struct line *l)
{
    return numeral_count(line_match(ls, l)->number);
}

/* The next heading of the line's kind behind it; NULL when there is none before one of a higher rank. */
static const struct line *next_of_kind(const struct lines *ls, const struct line *l)
{
    for (const struct line *n = l + 1; n < ls->list + ls->count; n++) {
        if (n->match && n->kind == l->kind)
            return n;
        if (n->match && n->kind >= LINE_PART && n->kind < l->kind)
            return NULL;
    }
    return NULL;
}

/* Weak headings stand where the document has no strong ones of their kind, or where they are short and
 * fill a gap in the strong ones' numbers. */
static void settle_weak(struct lines *ls)
{
    size_t strong[LINE_KIND_MAX] = {0};
    int last[LINE_KIND_MAX] = {0};
    for (size_t i = 0; i < ls->count; i++)
        if (ls->list[i].match && !line_match(ls, &ls->list[i])->weak)
            strong[ls->list[i].kind]++;
    for (size_t i = 0; i < ls->count; i++) {
        struct line *l = &ls->list[i];
        if (!l->match || l->kind < LINE_PART || l->kind > LINE_ARTICLE)
            continue;
        int number = number_of(ls, l);
        if (line_match(ls, l)->weak && strong[l->kind]) {
            const struct line *next = next_of_kind(ls, l);
            bool fits = number == last[l->kind] + 1 && number > 1 && (!next || number_of(ls, next) == number + 1);
            const struct line_match *m = line_match(ls, l);
            size_t length = m->text.n ? m->label.n + m->title.n : l->body_end - l->body_begin;
            if (!fits || length > WEAK_BYTES) {
                l->kind = LINE_TEXT;
                l->match = 0;
                continue;
            }
        }
        last[l->kind] = number;
        for (int k = l->kind + 1; k <= LINE_ARTICLE; k++)
            last[k] = 0;
    }
}

void lines_read(struct plan *p, struct grammar *g, struct lines *out)
{
    size_t gap = 0;
    *out = (struct lines){0};
    out->has_gaps = plan_next_hit(p, HIT_GAP, &gap) != NULL;
    find_marks(p);
    split_lines(p, g, out);
    out->tabs_indent = tabs_only_indent(out);
    for (size_t i = 0; i < out->count; i++) {
        struct line *l = &out->list[i];
        if (l->kind == LINE_CELL && out->tabs_indent)
            l->kind = l->body_begin == l->body_end ? LINE_BLANK : LINE_TEXT;
        if (l->kind == LINE_TEXT)
            lex_line(p, g, out, l);
    }
    out->stopless = out->count >= STOPLESS_LINES && sentence_stop(p->source.text) == p->source.text.n;
    out->wrapped = pages_wrapped(p, out);
    breaks_mend(p, g, out);
    titles_settle(p, g, out);
    settle_weak(out);
    if (out->wrapped)
        pages_mark(p, out);
}
