#include "eval_score.h"

#include <stdio.h>
#include <stdlib.h>

#define KEYS_MAX 12

/* A gold column and where each source has its like. */
struct pair {
    int gold;
    struct eval_place place[EVAL_SOURCES];
    struct score_field *field; /* NULL: a key */
};

/* A corpus row that may answer to a gold row; rows of one key hang together in order. */
struct candidate {
    struct candidate *next;
    size_t row;
    int source;
    bool taken;
};

struct match {
    struct corpus *corpus;
    const struct score_input *in;
    struct score *score;
    struct arena arena;
    const struct csv_file *rows[EVAL_SOURCES]; /* NULL: the corpus has no such table */
    struct pair keys[KEYS_MAX], scope[KEYS_MAX], fields[SCORE_FIELDS_MAX];
    size_t key_count, scope_count, field_count;
    struct index judged; /* plan_id of the plans the gold speaks of */
    struct index scopes; /* what the gold covers */
    struct index by_key; /* position + 1 in `first` */
    struct candidate **first, **last, *all;
    size_t list_count, candidate_count;
    struct buf scratch;
};

static const char *say(const struct match *m, const char *zh, const char *en)
{
    return m->in->lang == LANG_ZH ? zh : en;
}

/* ---- columns ---- */

/* A gold column in every source; false when no source that is there knows it. */
static bool pair_columns(struct match *m, struct slice name, struct pair *p)
{
    bool known = false;
    *p = (struct pair){.gold = -1};
    for (size_t i = 0; i < m->in->gold->columns; i++)
        if (slice_eq(csv_name(m->in->gold, i), name))
            p->gold = (int)i;
    for (int s = 0; s < EVAL_SOURCES; s++)
        known |= m->rows[s] &&
                 eval_locate(m->corpus, &m->in->table->sources[s], m->rows[s], name, &p->place[s]);
    return known && p->gold >= 0;
}

/* Gold that names plans by their id has no region_code. */
static struct slice plan_column(const struct match *m, struct slice name)
{
    return slice_eq(name, SLICE("region_code")) && csv_column(m->in->gold, "plan_id") >= 0 ? SLICE("plan_id")
                                                                                          : name;
}

static bool pair_words(struct match *m, const char *words, struct pair *pairs, size_t *count,
                       struct buf *error)
{
    struct slice rest = slice_cstr(words), word;
    while (slice_split(&rest, ' ', &word)) {
        word = plan_column(m, word);
        if (!pair_columns(m, word, &pairs[(*count)++])) {
            buf_printf(error, "%s: %.*s: %s", m->in->gold_path, (int)word.n, word.p,
                       say(m, "缺少这个键列", "this key column is missing"));
            return false;
        }
    }
    return true;
}

static bool is_key(const struct match *m, int column)
{
    for (size_t i = 0; i < m->key_count; i++)
        if (m->keys[i].gold == column)
            return true;
    return false;
}

static void pair_fields(struct match *m)
{
    for (size_t i = 0; i < m->in->gold->columns && m->field_count < SCORE_FIELDS_MAX; i++) {
        struct slice name = csv_name(m->in->gold, i);
        struct pair *p = &m->fields[m->field_count];
        if (is_key(m, (int)i))
            continue;
        if (!pair_columns(m, name, p)) {
            buf_printf(&m->score->notices, "%s: %.*s: %s\n", m->in->gold_path, (int)name.n, name.p,
                       say(m, "语料没有这一列，未比较", "the corpus has no such column, not compared"));
            continue;
        }
        p->field = &m->score->fields[m->score->field_count++];
        snprintf(p->field->name, sizeof p->field->name, "%.*s", (int)name.n, name.p);
        m->field_count++;
    }
}

static bool open_sources(struct match *m, struct buf *error)
{
    bool any = false;
    for (int s = 0; s < EVAL_SOURCES; s++) {
        const char *name = m->in->table->sources[s].table;
        m->rows[s] = name ? corpus_table(m->corpus, name, error) : NULL;
        any |= m->rows[s] != NULL;
    }
    if (!any && !error->n)
        buf_printf(error, "%s: %s", m->in->table->name,
                   say(m, "语料没有这个表，跳过", "the corpus has no such table, skipped"));
    return any && !error->n;
}

/* ---- keys ---- */

static struct slice gold_key(struct match *m, const struct pair *pairs, size_t count, size_t row)
{
    m->scratch.n = 0;
    for (size_t i = 0; i < count; i++) {
        buf_slice(&m->scratch, csv_cell(m->in->gold, row, pairs[i].gold));
        buf_char(&m->scratch, '\n');
    }
    return buf_view(&m->scratch);
}

static struct slice corpus_key(struct match *m, const struct pair *pairs, size_t count, int source,
                               size_t row)
{
    m->scratch.n = 0;
    for (size_t i = 0; i < count; i++) {
        buf_slice(&m->scratch, eval_value(m->corpus, m->rows[source], row, &pairs[i].place[source]));
        buf_char(&m->scratch, '\n');
    }
    return buf_view(&m->scratch);
}

static struct slice keep(struct match *m, struct slice s)
{
    return slice_of(arena_dup(&m->arena, s.p, s.n), s.n);
}

/* ---- what the gold covers ---- */

/* The plans of the gold. Where several plans have its region, the first one is meant. */
static void find_plans(struct match *m)
{
    struct buf ignored = {0};
    const struct csv_file *plans = corpus_table(m->corpus, "plans", &ignored);
    bool by_id = csv_column(m->in->gold, "plan_id") >= 0;
    int gold = csv_column(m->in->gold, by_id ? "plan_id" : "region_code");
    int id = csv_column(plans, "plan_id"), known = csv_column(plans, by_id ? "plan_id" : "region_code");
    struct index wanted = {0};
    for (size_t i = 0; i < m->in->gold->rows; i++)
        *index_put(&wanted, csv_cell(m->in->gold, i, gold)) = 1;
    for (size_t i = 0; i < plans->rows; i++) {
        if (!index_get(&wanted, csv_cell(plans, i, known)))
            continue;
        struct slice plan = csv_cell(plans, i, id);
        size_t *seen = index_put(&wanted, csv_cell(plans, i, known));
        if (++*seen == 2)
            *index_put(&m->judged, plan) = 1;
        else
            buf_printf(&m->score->notices, "%.*s: %s\n", (int)plan.n, plan.p,
                       say(m, "同一地区的另一份规划，未评", "another plan of a region in the gold, not scored"));
    }
    index_done(&wanted);
    buf_done(&ignored);
}

static void find_scopes(struct match *m)
{
    for (size_t i = 0; i < m->in->gold->rows; i++) {
        struct slice scope = gold_key(m, m->scope, m->scope_count, i);
        if (!index_get(&m->scopes, scope))
            *index_put(&m->scopes, keep(m, scope)) = 1;
    }
}

static bool is_judged(struct match *m, int source, size_t row)
{
    const struct csv_file *rows = m->rows[source];
    return index_get(&m->judged, csv_cell(rows, row, csv_column(rows, "plan_id"))) &&
           eval_admits(&m->in->table->sources[source], rows, row) &&
           index_get(&m->scopes, corpus_key(m, m->scope, m->scope_count, source, row));
}

/* ---- matching ---- */

static void add_candidate(struct match *m, int source, size_t row)
{
    struct candidate *c = &m->all[m->candidate_count++];
    struct slice key = corpus_key(m, m->keys, m->key_count, source, row);
    const size_t *known = index_get(&m->by_key, key);
    *c = (struct candidate){.row = row, .source = source};
    if (known) {
        m->last[*known - 1]->next = c;
        m->last[*known - 1] = c;
        return;
    }
    m->first[m->list_count] = m->last[m->list_count] = c;
    *index_put(&m->by_key, keep(m, key)) = ++m->list_count;
}

static void find_candidates(struct match *m)
{
    size_t most = 1;
    for (int s = 0; s < EVAL_SOURCES; s++)
        most += m->rows[s] ? m->rows[s]->rows : 0;
    m->all = mem_zalloc(most * sizeof *m->all);
    m->first = mem_zalloc(most * sizeof *m->first);
    m->last = mem_zalloc(most * sizeof *m->last);
    for (int s = 0; s < EVAL_SOURCES; s++)
        for (size_t i = 0; m->rows[s] && i < m->rows[s]->rows; i++)
            if (is_judged(m, s, i))
                add_candidate(m, s, i);
}

/* The first candidate of the key that no gold row has taken. */
static struct candidate *take_candidate(struct match *m, size_t gold_row)
{
    const size_t *list = index_get(&m->by_key, gold_key(m, m->keys, m->key_count, gold_row));
    struct candidate *c = list ? m->first[*list - 1] : NULL;
    if (c)
        m->first[*list - 1] = c->next;
    return c;
}

/* ---- findings ---- */

static void add_key(struct buf *out, struct slice key)
{
    struct slice value;
    bool any = false;
    while (slice_split(&key, '\n', &value)) {
        if (!value.n)
            continue;
        buf_str(out, any ? " " : "");
        buf_slice(out, value);
        any = true;
    }
}

static void report_missing(struct match *m, size_t row)
{
    struct buf *out = &m->score->findings;
    buf_printf(out, "%s:%zu: %s", m->in->gold_path, csv_line(m->in->gold, row), say(m, "缺：", "missing: "));
    add_key(out, gold_key(m, m->keys, m->key_count, row));
    for (size_t i = 0; i < m->field_count; i++) {
        struct slice value = csv_cell(m->in->gold, row, m->fields[i].gold);
        if (value.n)
            buf_printf(out, " %s=%.*s", m->fields[i].field->name, (int)value.n, value.p);
    }
    buf_char(out, '\n');
}

static void report_wrong(struct match *m, size_t row, const struct pair *p, struct slice is)
{
    struct buf *out = &m->score->findings;
    struct slice should = csv_cell(m->in->gold, row, p->gold);
    buf_printf(out, "%s:%zu: %s: ", m->in->gold_path, csv_line(m->in->gold, row), p->field->name);
    buf_printf(out, say(m, "应为“%.*s”，得“%.*s”（", "should be “%.*s”, is “%.*s” ("), (int)should.n,
               should.n ? should.p : "", (int)is.n, is.n ? is.p : "");
    add_key(out, gold_key(m, m->keys, m->key_count, row));
    buf_str(out, say(m, "）\n", ")\n"));
}

static void report_surplus(struct match *m, const struct candidate *c)
{
    struct buf *out = &m->score->findings;
    const struct csv_file *rows = m->rows[c->source];
    buf_printf(out, "%s/csv/%s.csv:%zu: %s", m->corpus->dir, m->in->table->sources[c->source].table,
               csv_line(rows, c->row), say(m, "多：", "surplus: "));
    add_key(out, corpus_key(m, m->keys, m->key_count, c->source, c->row));
    for (size_t i = 0; i < m->field_count; i++) {
        const struct eval_place *place = &m->fields[i].place[c->source];
        struct slice value = eval_value(m->corpus, rows, c->row, place);
        if (value.n)
            buf_printf(out, " %s=%.*s", m->fields[i].field->name, (int)value.n, value.p);
    }
    buf_char(out, '\n');
}

static void compare(struct match *m, size_t row, const struct candidate *c)
{
    for (size_t i = 0; i < m->field_count; i++) {
        const struct pair *p = &m->fields[i];
        struct slice should = csv_cell(m->in->gold, row, p->gold);
        struct slice is = eval_value(m->corpus, m->rows[c->source], c->row, &p->place[c->source]);
        if (slice_eq(should, is)) {
            p->field->right++;
        } else {
            p->field->wrong++;
            report_wrong(m, row, p, is);
        }
    }
}

static void match_rows(struct match *m)
{
    struct score *s = m->score;
    s->gold = m->in->gold->rows;
    s->corpus = m->candidate_count;
    for (size_t i = 0; i < s->gold; i++) {
        struct candidate *c = take_candidate(m, i);
        if (c) {
            c->taken = true;
            s->matched++;
            compare(m, i, c);
        } else {
            report_missing(m, i);
        }
    }
    for (size_t i = 0; i < m->candidate_count; i++)
        if (!m->all[i].taken)
            report_surplus(m, &m->all[i]);
}

static void match_done(struct match *m)
{
    index_done(&m->judged);
    index_done(&m->scopes);
    index_done(&m->by_key);
    free(m->all);
    free(m->first);
    free(m->last);
    buf_done(&m->scratch);
    arena_done(&m->arena);
}

bool score_table(struct corpus *c, const struct score_input *in, struct score *s, struct buf *error)
{
    struct match m = {.corpus = c, .in = in, .score = s};
    *s = (struct score){0};
    arena_init(&m.arena);
    bool good = open_sources(&m, error) && pair_words(&m, in->table->keys, m.keys, &m.key_count, error) &&
                pair_words(&m, in->table->scope, m.scope, &m.scope_count, error);
    if (good) {
        pair_fields(&m);
        find_plans(&m);
        find_scopes(&m);
        find_candidates(&m);
        match_rows(&m);
    }
    match_done(&m);
    return good;
}

void score_done(struct score *s)
{
    buf_done(&s->findings);
    buf_done(&s->notices);
}

/* ---- scores ---- */

static unsigned ratio(size_t part, size_t whole)
{
    return whole ? (unsigned)((uint64_t)part * SCORE_ONE / whole) : SCORE_ONE;
}

unsigned score_precision(const struct score *s)
{
    return ratio(s->matched, s->corpus);
}

unsigned score_recall(const struct score *s)
{
    return ratio(s->matched, s->gold);
}

unsigned score_f1(const struct score *s)
{
    return ratio(2 * s->matched, s->gold + s->corpus);
}

unsigned score_field_accuracy(const struct score_field *f)
{
    return ratio(f->right, f->right + f->wrong);
}

unsigned score_least(const struct score *s)
{
    unsigned least = score_f1(s);
    for (size_t i = 0; i < s->field_count; i++) {
        unsigned accuracy = score_field_accuracy(&s->fields[i]);
        least = accuracy < least ? accuracy : least;
    }
    return least;
}
