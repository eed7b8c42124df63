#include "write/compare.h"
#include "write/panel_csv.h"

static void add_header(const struct sheet *s, struct buf *out)
{
    buf_str(out, "\xEF\xBB\xBF");
    for (size_t i = 0; i < s->column_count; i++) {
        if (i)
            buf_char(out, ',');
        csv_field(s->columns[i].key, out);
        if (!s->columns[i].placed)
            continue;
        buf_char(out, ',');
        buf_slice(out, s->columns[i].key);
        buf_str(out, ".place,");
        buf_slice(out, s->columns[i].key);
        buf_str(out, ".note");
    }
    buf_char(out, '\n');
}

void compare_csv(struct sheet *s, const struct compare_look *look, struct buf *out)
{
    (void)look;
    add_header(s, out);
    for (size_t row = 0; row < s->rows; row++) {
        for (size_t i = 0; i < s->column_count; i++) {
            struct sheet_cell cell = sheet_cell(s, row, i);
            if (i)
                buf_char(out, ',');
            csv_field(cell.text, out);
            if (!s->columns[i].placed)
                continue;
            buf_char(out, ',');
            csv_field(cell.place, out);
            buf_char(out, ',');
            csv_field(cell.note, out);
        }
        buf_char(out, '\n');
        sheet_forget(s);
    }
}
