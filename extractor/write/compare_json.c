#include "write/compare.h"
#include "write/json.h"

static void add_key(const char *key, struct buf *out)
{
    buf_printf(out, "\"%s\": ", key);
}

static void add_groups(const struct sheet *s, struct buf *out)
{
    buf_str(out, "  \"groups\": [");
    for (size_t g = 0; g < s->group_count; g++) {
        bool first = true;
        buf_str(out, g ? ",\n    {\"title\": " : "\n    {\"title\": ");
        json_string(s->groups[g].title, out);
        if (s->groups[g].note.n) {
            buf_str(out, ", \"note\": ");
            json_string(s->groups[g].note, out);
        }
        buf_str(out, ", \"columns\": [");
        for (size_t i = 0; i < s->column_count; i++) {
            if (s->columns[i].group >= 0 && (size_t)s->columns[i].group != g)
                continue;
            buf_str(out, first ? "" : ", ");
            json_string(s->columns[i].key, out);
            first = false;
        }
        buf_str(out, "]}");
    }
    buf_str(out, "\n  ],\n");
}

static void add_cell(const struct sheet_cell *c, bool placed, struct buf *out)
{
    if (!placed) {
        json_string(c->text, out);
        return;
    }
    buf_str(out, "{\"text\": ");
    json_string(c->text, out);
    if (c->place.n) {
        buf_str(out, ", \"place\": ");
        json_string(c->place, out);
    }
    if (c->note.n) {
        buf_str(out, ", \"note\": ");
        json_string(c->note, out);
    }
    buf_char(out, '}');
}

static void add_row(struct sheet *s, size_t row, struct buf *out)
{
    bool first = true;
    buf_str(out, row ? ",\n    {" : "\n    {");
    for (size_t i = 0; i < s->column_count; i++) {
        struct sheet_cell cell = sheet_cell(s, row, i);
        if (!cell.text.n)
            continue;
        buf_str(out, first ? "" : ", ");
        json_string(s->columns[i].key, out);
        buf_str(out, ": ");
        add_cell(&cell, s->columns[i].placed, out);
        first = false;
    }
    buf_char(out, '}');
    sheet_forget(s);
}

void compare_json(struct sheet *s, const struct compare_look *look, struct buf *out)
{
    buf_str(out, "{\n  ");
    add_key("what", out);
    json_string(s->what, out);
    buf_str(out, ",\n  ");
    add_key("corpus", out);
    json_string(look->source, out);
    buf_str(out, ",\n");
    add_groups(s, out);
    buf_str(out, "  \"rows\": [");
    for (size_t row = 0; row < s->rows; row++)
        add_row(s, row, out);
    buf_str(out, s->rows ? "\n  ]\n}\n" : "]\n}\n");
}
