#include "extract/quantity.h"

#include "base/numeral.h"
#include "base/particle.h"
#include "base/text.h"

enum { BEFORE_BYTES = 30 }; /* how far before a number its comparator begins at most */

struct scan {
    struct grammar *g;
    struct slice text;
};

static bool starts_at(struct slice s, size_t at, struct slice word)
{
    return at <= s.n && slice_starts(slice_of(s.p + at, s.n - at), word);
}

static size_t digits_end(struct slice s, size_t at)
{
    for (size_t n; (n = text_digit(s, at)) > 0;)
        at += n;
    return at;
}

/* Exactly three digits at `at`, all of that width. */
static bool is_thousand(struct slice s, size_t at, size_t width)
{
    return text_digit(s, at) == width && digits_end(s, at) == at + 3 * width;
}

/* End of the number at i: digits of either width, thousands commas, one decimal point. */
static size_t number_end(struct slice s, size_t i)
{
    size_t width = text_digit(s, i), end = digits_end(s, i);
    struct slice comma = width == 1 ? SLICE(",") : SLICE("，"), point = width == 1 ? SLICE(".") : SLICE("．");
    bool few = end <= i + 3 * width; /* 2025，100个 is two numbers */
    while ((width == 1 || few) && starts_at(s, end, comma) && is_thousand(s, end + comma.n, width))
        end += comma.n + 3 * width;
    if (!starts_at(s, end, point) && width == 3)
        point = SLICE(".");
    if (starts_at(s, end, point) && text_digit(s, end + point.n))
        end = digits_end(s, end + point.n);
    return end;
}

static size_t skip_blanks(struct slice s, size_t at)
{
    while (at < s.n && s.p[at] == ' ')
        at++;
    return at;
}

struct slice quantity_unit_code(struct grammar *g, struct slice unit)
{
    struct lexicon_hit hit;
    if (!unit.n || !lexicon_find(grammar_lexicon(g, LEX_UNITS), unit, &hit))
        return SLICE_NONE;
    return grammar_cell(g, LEX_UNITS, hit.row, "code");
}

static size_t unit_end(const struct scan *sc, size_t at)
{
    struct lexicon_hit hit;
    if (at >= sc->text.n || !lexicon_longest(grammar_lexicon(sc->g, LEX_UNITS), sc->text, at, &hit))
        return at;
    return at + hit.length;
}

static struct slice comparator(const struct scan *sc, size_t row)
{
    return grammar_cell(sc->g, LEX_COMPARATORS, row, "op");
}

static bool comparator_place(const struct scan *sc, size_t row, const char *place)
{
    return slice_eq(grammar_cell(sc->g, LEX_COMPARATORS, row, "place"), slice_cstr(place));
}

/* A comparator that ends right before `at`: 不低于36.91. Returns where it begins. */
static size_t comparator_before(const struct scan *sc, size_t at, struct slice *op)
{
    const struct lexicon *lex = grammar_lexicon(sc->g, LEX_COMPARATORS);
    size_t from = text_onward(sc->text, at > BEFORE_BYTES ? at - BEFORE_BYTES : 0), end = at;
    while (end > 0 && sc->text.p[end - 1] == ' ')
        end--;
    for (size_t i = from; i < end;) {
        struct lexicon_hit hit;
        size_t next = i;
        if (lexicon_find(lex, slice_of(sc->text.p + i, end - i), &hit) &&
            comparator_place(sc, hit.row, "before")) {
            *op = comparator(sc, hit.row);
            return i;
        }
        text_next(sc->text.p, sc->text.n, &next);
        i = next;
    }
    return at;
}

static size_t comparator_behind(const struct scan *sc, size_t at, struct slice *op)
{
    struct lexicon_hit hit;
    if (at >= sc->text.n || !lexicon_longest(grammar_lexicon(sc->g, LEX_COMPARATORS), sc->text, at, &hit) ||
        !comparator_place(sc, hit.row, "behind"))
        return at;
    *op = comparator(sc, hit.row);
    return at + hit.length;
}

/* Letters, digits and dots right before make a name of it: PM2.5, GB3095, 5G+3. */
static bool inside_name(struct slice s, size_t at)
{
    if (!at)
        return false;
    char c = s.p[at - 1];
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '.' || c == '_' || text_digit_before(s, at);
}

/* Dates, ordinals, document numbers: figures that count nothing. */
static bool is_other_number(const struct scan *sc, size_t begin, size_t end)
{
    end = skip_blanks(sc->text, end);
    if (starts_at(sc->text, end, SLICE("年")) && unit_end(sc, end) > end + SLICE("年").n)
        return false; /* 50年一遇 */
    while (begin && sc->text.p[begin - 1] == ' ')
        begin--;
    return particle_at(sc->g, sc->text, end, PARTICLE_FIGURE_NO) ||
           particle_before(sc->g, sc->text, begin, PARTICLE_NO_FIGURE);
}

/* 教育年限达到11.3年: years that measure; no date has a decimal point, or stands behind such a noun. */
static bool is_span_of_years(const struct scan *sc, size_t begin, size_t end)
{
    if (!starts_at(sc->text, skip_blanks(sc->text, end), SLICE("年")))
        return false;
    struct slice number = slice_of(sc->text.p + begin, end - begin);
    size_t from = text_onward(sc->text, begin > BEFORE_BYTES ? begin - BEFORE_BYTES : 0);
    return slice_find(number, SLICE(".")) >= 0 || slice_find(number, SLICE("．")) >= 0 ||
           (text_chars(number) < 4 && particle_find(sc->g, slice_of(sc->text.p + from, begin - from), PARTICLE_YEARS).p);
}

/* 5—10个: a second number behind a dash. Returns its end, or at. */
static size_t range_end(const struct scan *sc, size_t at, struct slice *high)
{
    struct slice s = sc->text;
    size_t n = particle_at(sc->g, s, at, PARTICLE_RANGE);
    if (!n || !text_digit(s, at + n))
        return at;
    size_t end = number_end(s, at + n);
    if (starts_at(s, end, SLICE("年")))
        return at;
    *high = slice_of(s.p + at + n, end - at - n);
    return end;
}

/* 5000 余: the figure is about. Returns the end of the word. */
static size_t over_end(const struct scan *sc, size_t at, struct slice *op)
{
    size_t n = particle_at(sc->g, sc->text, at, PARTICLE_OVER);
    if (n)
        *op = SLICE("~");
    return at + n;
}

/* 5A级, 3D: a letter right behind that begins no unit makes a name of it. */
static bool is_name_behind(const struct scan *sc, size_t at)
{
    char c = at < sc->text.n ? sc->text.p[at] : 0;
    return ((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')) && unit_end(sc, at) == at;
}

/* Reads the figure whose first digit is at i; *end is where its number ends in any case. */
static bool read_figure(const struct scan *sc, size_t i, size_t *end, struct quantity *q)
{
    struct slice s = sc->text;
    *end = number_end(s, i);
    *q = (struct quantity){.value = slice_of(s.p + i, *end - i), .op = SLICE("="), .basis = SLICE("level")};
    size_t at = range_end(sc, *end, &q->value_high);
    if (inside_name(s, i) || is_name_behind(sc, at) ||
        (!q->value_high.n && is_other_number(sc, i, at) && !is_span_of_years(sc, i, at)))
        return false;
    *end = at;
    at = over_end(sc, at, &q->op);
    size_t unit = skip_blanks(s, at), stop = unit_end(sc, unit);
    if (stop > unit) {
        q->unit = slice_of(s.p + unit, stop - unit);
        q->unit_code = quantity_unit_code(sc->g, q->unit);
        at = stop;
    }
    at = over_end(sc, at, &q->op);
    at = comparator_behind(sc, at, &q->behind_op);
    if (q->behind_op.n)
        q->op = q->behind_op;
    size_t begin = comparator_before(sc, i, &q->op);
    q->whole = slice_of(s.p + begin, at - begin);
    *end = at;
    return true;
}

bool quantity_next(struct grammar *g, struct slice text, size_t *at, struct quantity *out)
{
    struct scan sc = {g, text};
    while (*at < text.n) {
        if (!text_digit(text, *at)) {
            ++*at;
            continue;
        }
        size_t begin = *at;
        if (read_figure(&sc, begin, at, out))
            return true;
    }
    return false;
}

/* Where the four chars of the year before 年 at `mark` begin (2025, ２０２５, 二〇二五); mark when there are fewer. */
static size_t year_begin(struct slice s, size_t mark)
{
    size_t begin = mark;
    for (int i = 0; i < 4; i++) {
        if (!begin)
            return mark;
        begin = text_before(s, begin);
    }
    return begin;
}

bool quantity_next_year(struct slice text, size_t *at, struct year_mention *out)
{
    for (;;) {
        ptrdiff_t found = slice_find(slice_of(text.p + *at, text.n - *at), SLICE("年"));
        if (found < 0)
            return false;
        size_t mark = *at + (size_t)found, end = mark;
        *at = mark + 3;
        while (end && text.p[end - 1] == ' ') /* 2025 年 */
            end--;
        size_t begin = year_begin(text, end);
        int year = numeral_count(slice_of(text.p + begin, end - begin));
        if (year < 1949 || year > 2100)
            continue;
        *out = (struct year_mention){slice_of(text.p + begin, *at - begin), year};
        return true;
    }
}

struct slice quantity_plain(struct arena *arena, struct slice s)
{
    struct folded f = {0};
    if (!s.n || (text_fold_none(s, false) == s.n && !memchr(s.p, ',', s.n)))
        return s;
    text_fold(s, &f);
    char *out = arena_text(arena, f.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < f.n; i++)
        if (f.p[i] != ',')
            out[n++] = f.p[i];
    folded_done(&f);
    return slice_eq(slice_of(out, n), s) ? s : slice_of(out, n);
}
