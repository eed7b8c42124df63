#include "write/store.h"

#include "base/file.h"
#include "base/index.h"
#include "base/mem.h"
#include "base/text.h"
#include "write/sqlite.h"

#include <sqlite3.h>
#include <stdlib.h>

enum { STORE_PLANS = STORE_TABLE_MAX, STORE_INDICATORS, STORE_TARGETS, STORE_STATEMENTS };
enum { COLUMNS_MAX = 48, APPLICATION = 0x474D504C /* GMPL */ };

struct store {
    sqlite3 *handle;
    sqlite3_stmt *select[STORE_STATEMENTS];
    enum store_fault state;
    struct arena arena;
    struct panel_plan *plans;
    size_t plan_count;
    struct index codes; /* rows of the lexicon `indicators` by code */
    bool has_codes;
};

/* The columns of indicators and targets are those of the panel from indicator_code to inferred, but `indicator`
 * and `file`. */
static const char *const statements[STORE_STATEMENTS] = {
    [STORE_SECTIONS] =
        "SELECT section_id, parent_id, title FROM sections WHERE plan_id = ?1 ORDER BY rowid",
    [STORE_MEASURES] =
        "SELECT measure_id, section_id, lead, text, line, col FROM measures WHERE plan_id = ?1 "
        "ORDER BY rowid",
    [STORE_DUTIES] =
        "SELECT agency_code, agency, role, line, col FROM duties WHERE plan_id = ?1 ORDER BY rowid",
    [STORE_PLANS] = "SELECT plan_id, file, title, region_code, region_name, region_level, field, "
                    "period, inferred, "
                    "start_year, end_year FROM plans ORDER BY rowid",
    [STORE_INDICATORS] = "SELECT indicator_code, NULL, indicator, breakdown, NULL, year, role, op, "
                         "value, value_high, unit, unit_code, "
                         "norm_value, norm_unit, value_kind, ifnull(noted_basis, basis), base_year, nature, raw, marks, "
                         "CASE WHEN marks IS NOT NULL THEN (SELECT group_concat(n.text, ' ') FROM "
                         "notes n WHERE n.plan_id = ?1 AND "
                         "n.anchor_id = observation_id AND n.kind = 'mark') END, "
                         "concept, concept_value, concept_unit, concept_note, 'table', "
                         "observation_id, table_label, NULL, line, col, "
                         "\"begin\", \"end\", nullif(trim(CASE WHEN inherited THEN 'value' ELSE '' "
                         "END || CASE WHEN marks IS NOT NULL "
                         "AND EXISTS (SELECT 1 FROM notes n WHERE n.plan_id = ?1 AND n.anchor_id = "
                         "observation_id AND n.kind = 'mark' "
                         "AND n.inferred) THEN ' note' ELSE '' END || ifnull(' ' || inferred, '') || "
                         "CASE WHEN noted_basis <> basis THEN ' basis' ELSE '' END), '') FROM indicators WHERE "
                         "plan_id = ?1 ORDER BY rowid",
    [STORE_TARGETS] = "SELECT indicator_code, NULL, subject, NULL, scope, year, 'target', op, "
                      "value, value_high, unit, unit_code, "
                      "norm_value, norm_unit, CASE WHEN value_high IS NULL THEN 'number' ELSE "
                      "'range' END, basis, NULL, NULL, raw, "
                      "NULL, NULL, concept, concept_value, concept_unit, concept_note, 'prose', "
                      "target_id, NULL, NULL, line, col, \"begin\", "
                      "\"end\", inferred FROM targets WHERE plan_id = ?1 ORDER BY rowid",
};

/* ---- statements ---- */

static void fail(struct store *c, enum store_fault fault)
{
    if (c->state == STORE_GOOD)
        c->state = fault;
}

/* One column of a row; false when the text is not valid UTF-8. */
static bool column(sqlite3_stmt *s, int i, struct slice *out)
{
    *out = SLICE_NONE;
    if (sqlite3_column_type(s, i) == SQLITE_NULL)
        return true;
    const unsigned char *text = sqlite3_column_text(s, i);
    size_t n = (size_t)sqlite3_column_bytes(s, i);
    *out = slice_of((const char *)text, n);
    return text && text_check_utf8(out->p, n) == n;
}

static bool columns(sqlite3_stmt *s, struct slice *out)
{
    int count = sqlite3_column_count(s);
    for (int i = 0; i < count; i++)
        if (!column(s, i, &out[i]))
            return false;
    return true;
}

static void each(struct store *c, int statement, struct slice plan, store_row row, void *ctx)
{
    sqlite3_stmt *s = c->select[statement];
    struct slice values[COLUMNS_MAX];
    int code = SQLITE_DONE;
    if (c->state != STORE_GOOD)
        return;
    if (plan.p &&
        sqlite3_bind_text64(s, 1, plan.p, plan.n, SQLITE_STATIC, SQLITE_UTF8) != SQLITE_OK)
        fail(c, STORE_BROKEN);
    while (c->state == STORE_GOOD && (code = sqlite3_step(s)) == SQLITE_ROW) {
        if (columns(s, values))
            row(ctx, values);
        else
            fail(c, STORE_BROKEN);
    }
    if (code != SQLITE_DONE)
        fail(c, STORE_BROKEN);
    sqlite3_reset(s);
}

void store_rows(struct store *c, enum store_table table, const struct panel_plan *plan,
                store_row row, void *ctx)
{
    each(c, (int)table, plan->id, row, ctx);
}

/* ---- plans ---- */

static int number(struct slice s)
{
    int n = 0;
    for (size_t i = 0; i < s.n && i < 6 && s.p[i] >= '0' && s.p[i] <= '9'; i++)
        n = n * 10 + (s.p[i] - '0');
    return n;
}

static struct slice keep(struct arena *a, struct slice s)
{
    return s.p ? slice_of(arena_dup(a, s.p, s.n), s.n) : SLICE_NONE;
}

static void add_plan(void *ctx, const struct slice *v)
{
    struct store *c = ctx;
    c->plans = arena_grow(&c->arena, c->plans, c->plan_count, sizeof *c->plans);
    struct panel_plan *p = &c->plans[c->plan_count++];
    struct slice *to[] = { &p->id,          &p->file,        &p->title,
                           &p->region_code, &p->region_name, &p->region_level,
                           &p->field,       &p->period,      &p->inferred };
    for (size_t i = 0; i < sizeof to / sizeof *to; i++)
        *to[i] = keep(&c->arena, v[i]);
    p->start_year = number(v[9]);
    p->end_year = number(v[10]);
}

const struct panel_plan *store_plans(struct store *c, size_t *count)
{
    *count = c->plan_count;
    return c->plans;
}

/* ---- opening ---- */

/* The value of a pragma, or -1. */
static int pragma(struct store *c, const char *sql)
{
    sqlite3_stmt *s = NULL;
    int value = -1;
    if (sqlite3_prepare_v2(c->handle, sql, -1, &s, NULL) == SQLITE_OK &&
        sqlite3_step(s) == SQLITE_ROW)
        value = sqlite3_column_int(s, 0);
    sqlite3_finalize(s);
    return value;
}

static void prepare(struct store *c)
{
    if (pragma(c, "PRAGMA application_id") != APPLICATION)
        fail(c, STORE_FOREIGN);
    else if (pragma(c, "PRAGMA user_version") != SQLITE_FILE_VERSION)
        fail(c, STORE_OLD);
    for (int i = 0; c->state == STORE_GOOD && i < STORE_STATEMENTS; i++)
        if (sqlite3_prepare_v3(c->handle, statements[i], -1, SQLITE_PREPARE_PERSISTENT,
                               &c->select[i], NULL) != SQLITE_OK)
            fail(c, STORE_OLD);
}

struct store *store_open(const char *dir, enum store_fault *fault)
{
    struct store *c = mem_zalloc(sizeof *c);
    struct buf path = { 0 };
    arena_init(&c->arena);
    buf_printf(&path, "%s/gangmu.db", dir);
    if (!file_exists(buf_cstr(&path)))
        fail(c, STORE_MISSING);
    else if (sqlite3_open_v2(buf_cstr(&path), &c->handle,
                             SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
        fail(c, STORE_FOREIGN);
    else
        prepare(c);
    buf_done(&path);
    each(c, STORE_PLANS, SLICE_NONE, add_plan, c);
    *fault = c->state;
    if (c->state == STORE_GOOD)
        return c;
    store_close(c);
    return NULL;
}

enum store_fault store_state(const struct store *c)
{
    return c->state;
}

void store_close(struct store *c)
{
    if (!c)
        return;
    for (int i = 0; i < STORE_STATEMENTS; i++)
        sqlite3_finalize(c->select[i]);
    sqlite3_close(c->handle);
    index_done(&c->codes);
    arena_done(&c->arena);
    free(c);
}

/* ---- the panel ---- */

struct filling {
    struct store *c;
    const struct panel_plan *plan;
    struct grammar *g;
    struct panel *p;
};

static struct slice preferred_name(struct filling *f, struct slice code)
{
    size_t rows = lexicon_rows(grammar_lexicon(f->g, LEX_INDICATORS));
    for (size_t row = 0; !f->c->has_codes && row < rows; row++)
        *index_put(&f->c->codes, grammar_cell(f->g, LEX_INDICATORS, row, "code")) = row;
    f->c->has_codes = true;
    const size_t *row = code.n ? index_get(&f->c->codes, code) : NULL;
    return row ? grammar_cell(f->g, LEX_INDICATORS, *row, "name") : SLICE_NONE;
}

/* The inferred columns of the plan that the panel shows, then those of the row. */
static struct slice inferred(struct filling *f, struct slice own)
{
    struct buf b = { 0 };
    struct slice rest = f->plan->inferred, name;
    while (slice_split(&rest, ' ', &name))
        for (int i = PANEL_REGION_CODE; i <= PANEL_PERIOD; i++)
            if (slice_eq(name, slice_cstr(panel_column_names[i])))
                buf_printf(&b, "%s%s", b.n ? " " : "", panel_column_names[i]);
    if (own.n && b.n)
        buf_char(&b, ' ');
    buf_slice(&b, own);
    struct slice s = keep(&f->p->arena, buf_view(&b));
    buf_done(&b);
    return s;
}

static void add_row(void *ctx, const struct slice *v)
{
    struct filling *f = ctx;
    struct panel *p = f->p;
    p->rows = arena_grow(&p->arena, p->rows, p->count, sizeof *p->rows);
    struct panel_row *r = &p->rows[p->count++];
    *r = (struct panel_row){ 0 };
    r->v[PANEL_REGION_CODE] = f->plan->region_code;
    r->v[PANEL_REGION_NAME] = f->plan->region_name;
    r->v[PANEL_REGION_LEVEL] = f->plan->region_level;
    r->v[PANEL_FIELD] = f->plan->field;
    r->v[PANEL_PERIOD] = f->plan->period;
    r->v[PANEL_PLAN_ID] = f->plan->id;
    for (int i = PANEL_CODE; i <= PANEL_INFERRED; i++)
        r->v[i] = keep(&p->arena, v[i - PANEL_CODE]);
    r->v[PANEL_INDICATOR] = preferred_name(f, r->v[PANEL_CODE]);
    r->v[PANEL_FILE] = f->plan->file;
    r->v[PANEL_INFERRED] = inferred(f, r->v[PANEL_INFERRED]);
    r->year = number(r->v[PANEL_YEAR]);
}

void store_panel(struct store *c, const struct panel_plan *plan, struct grammar *g, struct panel *p)
{
    struct filling f = { .c = c, .plan = plan, .g = g, .p = p };
    panel_done(p);
    arena_init(&p->arena);
    each(c, STORE_INDICATORS, plan->id, add_row, &f);
    each(c, STORE_TARGETS, plan->id, add_row, &f);
    panel_join(p, plan, g);
}

void panel_done(struct panel *p)
{
    if (p->rows)
        arena_done(&p->arena);
    *p = (struct panel){ 0 };
}
