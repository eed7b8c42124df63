#include "eval_table.h"

#include "base/file.h"

#include <stdlib.h>

/* ---- the definitions: one row a table ---- */

#define REGION {"region_code", EVAL_PLAN, "region_code"}

static const struct eval_column of_plan[] = {REGION, {0}};
static const struct eval_column box_as_section[] = {REGION, {"level", EVAL_WORD, "box"}, {0}};
static const struct eval_column in_box[] = {REGION, {"label", EVAL_BOX, "label"}, {0}};
static const struct eval_column indicator[] = {
    REGION, {"cumulative", EVAL_BASIS, "cumulative"}, {"annual", EVAL_BASIS, "annual"}, {0}};
static const struct eval_column project[] = {REGION,
                                             {"box", EVAL_BOX, "label"},
                                             {"group", EVAL_COLUMN, "project_group"},
                                             {"investment_wan", EVAL_COLUMN, "amount"},
                                             {0}};

const struct eval_table eval_tables[] = {
    {"plans", "region_code", "region_code", {{.table = "plans", .columns = of_plan}}},
    {"sections",
     "region_code level line",
     "region_code",
     {{.table = "sections",
       .columns = of_plan,
       .kinds = "part chapter section front glossary annex",
       .levels = "1 2"},
      {.table = "boxes", .columns = box_as_section}}},
    {"boxes", "region_code label", "region_code", {{.table = "boxes", .columns = of_plan}}},
    {"cells", "region_code label row col", "region_code label", {{.table = "cells", .columns = in_box}}},
    {"indicators",
     "region_code table_label row_no indicator breakdown year role",
     "region_code",
     {{.table = "indicators", .columns = indicator}}},
    {"targets", "region_code line subject year value", "region_code", {{.table = "targets", .columns = of_plan}}},
    {"goals", "region_code line", "region_code", {{.table = "goals", .columns = of_plan}}},
    {"duties", "region_code line agency", "region_code", {{.table = "duties", .columns = of_plan}}},
    {"citations", "region_code line title", "region_code", {{.table = "citations", .columns = of_plan}}},
    {"crossrefs", "region_code line raw", "region_code", {{.table = "crossrefs", .columns = of_plan}}},
    {"terms", "region_code line term", "region_code", {{.table = "terms", .columns = of_plan}}},
    {"projects", /* the programmes, not the single projects inside them */
     "region_code box no title",
     "region_code",
     {{.table = "projects", .columns = project, .unset = "parent_id"}}},
    {"single_projects",
     "region_code box line title",
     "region_code",
     {{.table = "projects", .columns = project, .set = "parent_id"}}},
};

const size_t eval_table_count = sizeof eval_tables / sizeof *eval_tables;

const struct eval_table *eval_find(struct slice name)
{
    for (size_t i = 0; i < eval_table_count; i++)
        if (slice_eq(name, slice_cstr(eval_tables[i].name)))
            return &eval_tables[i];
    return NULL;
}

/* ---- the corpus ---- */

struct corpus_table {
    struct corpus_table *next;
    const char *name;
    struct csv_file file;
};

const struct csv_file *corpus_table(struct corpus *c, const char *name, struct buf *error)
{
    for (struct corpus_table *t = c->tables; t; t = t->next)
        if (strcmp(t->name, name) == 0)
            return &t->file;
    struct buf path = {0};
    struct corpus_table *t = NULL;
    buf_printf(&path, "%s/csv/%s.csv", c->dir, name);
    if (file_exists(buf_cstr(&path))) {
        t = arena_alloc(&c->arena, sizeof *t);
        t->name = name;
        if (csv_read(&t->file, path.p, error)) {
            t->next = c->tables;
            c->tables = t;
        } else {
            t = NULL;
        }
    }
    buf_done(&path);
    return t ? &t->file : NULL;
}

/* `plan_id`, or `plan_id box_id`: in a stack buffer, or kept in the arena. */
static struct slice box_key(const struct csv_file *f, size_t row, struct buf *key)
{
    key->n = 0;
    buf_slice(key, csv_cell(f, row, csv_column(f, "plan_id")));
    buf_char(key, '\n');
    buf_slice(key, csv_cell(f, row, csv_column(f, "box_id")));
    return buf_view(key);
}

static void index_boxes(struct corpus *c, const struct csv_file *boxes)
{
    struct buf key = {0};
    for (size_t i = 0; i < boxes->rows; i++) {
        struct slice k = box_key(boxes, i, &key);
        *index_put(&c->boxes, slice_of(arena_dup(&c->arena, k.p, k.n), k.n)) = i + 1;
    }
    buf_done(&key);
}

bool corpus_open(struct corpus *c, const char *dir, struct buf *error)
{
    *c = (struct corpus){.dir = dir};
    arena_init(&c->arena);
    const struct csv_file *plans = corpus_table(c, "plans", error);
    const struct csv_file *boxes = plans ? corpus_table(c, "boxes", error) : NULL;
    if (!plans || !boxes) {
        corpus_done(c);
        return false;
    }
    for (size_t i = 0; i < plans->rows; i++)
        *index_put(&c->plans, csv_cell(plans, i, csv_column(plans, "plan_id"))) = i + 1;
    index_boxes(c, boxes);
    return true;
}

void corpus_done(struct corpus *c)
{
    for (struct corpus_table *t = c->tables; t; t = t->next)
        csv_done(&t->file);
    index_done(&c->plans);
    index_done(&c->boxes);
    arena_done(&c->arena);
    *c = (struct corpus){0};
}

/* ---- values ---- */

static const struct eval_column *column_of(const struct eval_source *s, struct slice gold)
{
    for (const struct eval_column *c = s->columns; c->gold; c++)
        if (slice_eq(gold, slice_cstr(c->gold)))
            return c;
    return NULL;
}

static int named(const struct csv_file *f, struct slice name)
{
    for (size_t i = 0; f && i < f->columns; i++)
        if (slice_eq(csv_name(f, i), name))
            return (int)i;
    return -1;
}

bool eval_locate(struct corpus *c, const struct eval_source *s, const struct csv_file *rows,
                 struct slice gold, struct eval_place *place)
{
    const struct eval_column *column = column_of(s, gold);
    struct buf ignored = {0};
    *place = (struct eval_place){.how = column ? column->how : EVAL_COLUMN, .column = -1};
    struct slice name = column ? slice_cstr(column->what) : gold;
    switch (place->how) {
    case EVAL_COLUMN: place->column = named(rows, name); break;
    case EVAL_PLAN: place->column = named(corpus_table(c, "plans", &ignored), name); break;
    case EVAL_BOX: place->column = named(corpus_table(c, "boxes", &ignored), name); break;
    case EVAL_BASIS: place->column = named(rows, SLICE("basis")); break;
    case EVAL_WORD: break;
    }
    if (column)
        place->word = column->what;
    buf_done(&ignored);
    return place->column >= 0 || place->how == EVAL_WORD;
}

static struct slice of_row(const struct corpus *c, const char *table, const size_t *row, int column)
{
    for (const struct corpus_table *t = c->tables; row && t; t = t->next)
        if (strcmp(t->name, table) == 0)
            return csv_cell(&t->file, *row - 1, column);
    return SLICE_NONE;
}

struct slice eval_value(const struct corpus *c, const struct csv_file *rows, size_t row,
                        const struct eval_place *place)
{
    struct buf key = {0};
    struct slice value = SLICE_NONE;
    switch (place->how) {
    case EVAL_COLUMN: return csv_cell(rows, row, place->column);
    case EVAL_PLAN:
        return of_row(c, "plans", index_get(&c->plans, csv_cell(rows, row, csv_column(rows, "plan_id"))),
                      place->column);
    case EVAL_BOX:
        value = of_row(c, "boxes", index_get(&c->boxes, box_key(rows, row, &key)), place->column);
        buf_done(&key);
        return value;
    case EVAL_BASIS:
        return slice_eq(csv_cell(rows, row, place->column), slice_cstr(place->word)) ? SLICE("1") : SLICE("0");
    case EVAL_WORD: return slice_cstr(place->word);
    }
    return value;
}

static bool among(const char *words, struct slice word)
{
    struct slice rest = slice_cstr(words), one;
    while (slice_split(&rest, ' ', &one))
        if (slice_eq(one, word))
            return true;
    return false;
}

bool eval_admits(const struct eval_source *s, const struct csv_file *rows, size_t row)
{
    return (!s->unset || !csv_cell(rows, row, csv_column(rows, s->unset)).n) &&
           (!s->set || csv_cell(rows, row, csv_column(rows, s->set)).n) &&
           (!s->kinds || among(s->kinds, csv_cell(rows, row, csv_column(rows, "kind")))) &&
           (!s->levels || among(s->levels, csv_cell(rows, row, csv_column(rows, "level"))));
}
