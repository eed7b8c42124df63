#include "extract/targets_time.h"

#include "base/numeral.h"
#include "base/particle.h"
#include "base/text.h"

enum { AROUND_CHARS = 3, YEAR_BYTES = 12 }; /* before 年 or 期: of a particle that holds it, of 二〇二五 */

/* The particle of that class that holds the hanzi at `at`; p NULL: none. */
static struct slice particle_around(struct grammar *g, struct slice text, size_t at, enum particle_class class)
{
    size_t begin = at;
    for (int i = 0; i < AROUND_CHARS; i++) {
        size_t n = particle_at(g, text, begin, class);
        if (begin + n > at)
            return slice_of(text.p + begin, n);
        if (!begin)
            break;
        begin = text_before(text, begin);
    }
    return SLICE_NONE;
}

/* ---- paragraphs ---- */

/* Conversion from PDF leaves blanks around figures: 到 2025 年. */
static size_t blanks_before(struct slice s, size_t at)
{
    while (at && s.p[at - 1] == ' ')
        at--;
    return at;
}

/* 2025年, 二〇三五年, 每年; 规划期内, 期间. */
static bool governs(struct grammar *g, struct slice text, const struct hit *h)
{
    if (h->kind == HIT_TERM)
        return particle_around(g, text, h->at, PARTICLE_PERIOD_TAIL).p || particle_around(g, text, h->at, PARTICLE_PERIOD).p;
    if (h->kind != HIT_YEAR)
        return false;
    return text_digit_before(text, blanks_before(text, h->at)) || (h->at >= YEAR_BYTES && numeral_count(slice_of(text.p + h->at - YEAR_BYTES, YEAR_BYTES)) > 1949) ||
           particle_around(g, text, h->at, PARTICLE_YEARLY).p;
}

bool targets_may_govern(struct targets_reader *r, struct slice paragraph)
{
    const struct plan *p = r->p;
    struct span span = plan_span(p, paragraph);
    while (r->hit < p->hit_count && p->hits[r->hit].at < span.begin)
        r->hit++;
    for (size_t i = r->hit; i < p->hit_count && p->hits[i].at < span.end; i++)
        if (governs(r->g, p->source.text, &p->hits[i]))
            return true;
    return false;
}

/* ---- sentences ---- */

static void add_governor(struct targets_reader *r, size_t begin, size_t end, int year, bool annual, bool inferred)
{
    if (r->governor_count < GOVERNORS_MAX)
        r->governors[r->governor_count++] = (struct governor){.begin = begin, .end = end, .year = year, .annual = annual, .inferred = inferred};
}

static bool begins_clause(const struct targets_reader *r, size_t begin)
{
    size_t at = begin ? text_before(r->text, begin) : 0;
    uint32_t before = begin ? text_next(r->text.p, begin, &at) : '\n';
    return before == '\n' || targets_is_clause_end(before);
}

/* 2025年，…: a year that opens a clause, and is no beginning (2022年起, 2022年以来); one before the plan (2020年达到50%)
 * ends what governed before. Of the first year nobody knows whether it is past. */
static bool opens_clause(const struct targets_reader *r, size_t begin, size_t end, int year)
{
    if (!begins_clause(r, begin) || !r->start_year || particle_at(r->g, r->text, end, PARTICLE_YEAR_SINCE))
        return false;
    return year > r->start_year || (year < r->start_year && !particle_at(r->g, r->text, end, PARTICLE_OF));
}

/* 2021—2025年，…; 2023—2025年每年…: years of the plan itself. */
static bool ends_period(const struct targets_reader *r, size_t begin, int year)
{
    size_t range = particle_before(r->g, r->text, begin, PARTICLE_RANGE);
    struct slice head = slice_of(r->text.p, begin - range);
    if (!range || year > r->end_year)
        return false;
    if (slice_ends(head, SLICE("年")))
        head.n -= SLICE("年").n;
    size_t at = head.n;
    for (int i = 0; i < 4 && at; i++)
        at = text_before(head, at);
    int from = numeral_count(slice_of(head.p + at, head.n - at));
    return from >= r->start_year && from < year && begins_clause(r, at);
}

/* 较2020年 下降; 在2020年 的基础上. */
static bool is_compared(const struct targets_reader *r, size_t begin, size_t end)
{
    return particle_before(r->g, r->text, begin, PARTICLE_AGAINST) || particle_before(r->g, r->text, begin, PARTICLE_BASE) ||
           particle_at(r->g, r->text, end, PARTICLE_YEAR_BASE);
}

/* 到2025年, 至2025年底, 2030年前. Years before the plan are of the past: they end what governed before. */
static void find_years(struct targets_reader *r)
{
    struct year_mention y;
    for (size_t at = 0; quantity_next_year(r->text, &at, &y);) {
        size_t begin = blanks_before(r->text, (size_t)(y.whole.p - r->text.p));
        size_t end = at + particle_at(r->g, r->text, at, PARTICLE_YEAR_TAIL), count = r->governor_count;
        if (y.year < r->start_year && particle_at(r->g, r->text, at, PARTICLE_YEAR_BY))
            continue; /* 2000年底前建成的 小区: which things are meant */
        add_governor(r, begin, end, y.year, false, false);
        bool governs_more = opens_clause(r, begin, at, y.year) || ends_period(r, begin, y.year) || particle_before(r->g, r->text, begin, PARTICLE_UNTIL) ||
                            particle_at(r->g, r->text, at, PARTICLE_YEAR_BY);
        if (count == r->governor_count)
            continue;
        r->governors[count].own = !governs_more;
        r->governors[count].other = !governs_more && !is_compared(r, begin, end);
    }
}

/* Length of the period's name that ends at `end`, with its quotation marks: “十四五”期间, 十四五期间. */
static size_t period_length(const struct targets_reader *r, size_t end)
{
    struct slice name = r->p->meta[META_PERIOD].value, head = slice_of(r->text.p, end);
    size_t quote = name.n && slice_ends(head, SLICE("”")) ? SLICE("”").n : 0;
    head.n -= quote;
    if (!name.n || !slice_ends(head, name))
        return 0;
    head.n -= name.n;
    return !quote ? name.n : slice_ends(head, SLICE("“")) ? name.n + 2 * quote : 0;
}

/* “十三五”期间 of a plan for another period: governs nothing, and what stands behind it is no promise of this one. */
static void add_other_period(struct targets_reader *r, struct slice word)
{
    size_t at = (size_t)(word.p - r->text.p), count = r->governor_count;
    add_governor(r, at, at + word.n, 0, false, false);
    if (count < r->governor_count)
        r->governors[count].own = r->governors[count].other = true;
}

/* 规划期内, “十四五”期间, 每年: around a hit in the sentence. */
static void find_word(struct targets_reader *r, const struct hit *h, size_t at)
{
    bool yearly = h->kind == HIT_YEAR;
    struct slice word = particle_around(r->g, r->text, at, yearly ? PARTICLE_YEARLY : PARTICLE_PERIOD);
    size_t name = 0;
    if (!word.p && !yearly) {
        word = particle_around(r->g, r->text, at, PARTICLE_PERIOD_TAIL);
        name = word.p ? period_length(r, (size_t)(word.p - r->text.p)) : 0;
        if (word.p && !name && slice_ends(slice_of(r->text.p, (size_t)(word.p - r->text.p)), SLICE("”")))
            add_other_period(r, word);
        word = name ? word : SLICE_NONE;
    }
    if (!word.p || (!yearly && !r->end_year))
        return;
    size_t begin = (size_t)(word.p - r->text.p);
    size_t end = particle_find(r->g, word, PARTICLE_CUMULATIVE).p ? begin : begin + word.n; /* 五年累计 says the basis, too */
    add_governor(r, begin - name, end, yearly ? 0 : r->end_year, yearly, !yearly);
}

void targets_find_governors(struct targets_reader *r)
{
    const struct plan *p = r->p;
    struct span span = plan_span(p, r->text);
    r->governor_count = 0;
    find_years(r);
    for (size_t i = r->hit; i < p->hit_count && p->hits[i].at < span.end; i++)
        if (p->hits[i].at >= span.begin && (p->hits[i].kind == HIT_YEAR || p->hits[i].kind == HIT_TERM))
            find_word(r, &p->hits[i], p->hits[i].at - span.begin);
}

/* 组建率 2023年 达到 70%: only a word of reaching stands between a year and a figure. */
static bool reaches(struct targets_reader *r, size_t from, const struct figure *f)
{
    if (from >= f->begin)
        return false;
    struct slice words = slice_of(r->text.p + from, f->begin - from);
    return !targets_strip_back(r, words).n;
}

void targets_bind_years(struct targets_reader *r)
{
    for (size_t i = 0, n = 0; i < r->figure_count; i++) {
        struct figure *f = &r->figures[i];
        while (n < r->governor_count && (!r->governors[n].own || r->governors[n].end <= f->begin)) {
            struct governor *g = &r->governors[n++];
            size_t of = particle_at(r->g, r->text, g->end, PARTICLE_OF);
            if (g->own && (g->end + of == f->begin || reaches(r, g->end, f)))
                f->own = g;
        }
        if (f->own)
            f->words_end = f->own->begin;
    }
}

/* 每年送戏1000场，…面积提高到0.5平方米: in a later clause what is reached is no figure of each year. */
static bool reaches_later(struct targets_reader *r, const struct governor *annual, const struct figure *f)
{
    size_t begin = targets_clause_begin(r->text, f->begin);
    struct slice words = slice_of(r->text.p + begin, (size_t)(f->q.value.p - r->text.p) - begin);
    return annual->end <= begin && targets_last_reach(r, words) < words.n;
}

static bool is_bound(const struct targets_reader *r, const struct governor *g)
{
    for (size_t i = 0; i < r->figure_count; i++)
        if (r->figures[i].own == g)
            return true;
    return false;
}

bool targets_governor(struct targets_reader *r, const struct figure *f, struct governor *out)
{
    const struct governor *time = f->own, *annual = NULL;
    bool other = false;
    size_t at = f->begin;
    for (size_t i = 0; i < r->governor_count; i++) {
        const struct governor *g = &r->governors[i];
        other |= g->other && g->begin < at && !(is_bound(r, g) && g->year > r->start_year);
        if (g->own || g->begin > at)
            continue;
        if (g->annual && (!annual || g->begin > annual->begin))
            annual = g;
        if (!g->annual && !f->own && (!time || g->begin > time->begin))
            time = g;
    }
    int year = other ? 0 : r->goal_year;
    if (!time && !annual && !year)
        return false;
    *out = time ? *time : annual ? *annual : (struct governor){.begin = 0};
    out->of_goals = !time && !annual;
    out->annual = annual && (!time || annual->begin > time->begin) && !reaches_later(r, annual, f);
    if (!time) {
        out->year = year ? year : r->end_year;
        out->inferred = true;
    }
    return out->year >= r->start_year && out->year > 0;
}
