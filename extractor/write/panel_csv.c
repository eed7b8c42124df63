#include "write/panel_csv.h"

void csv_field(struct slice s, struct buf *out)
{
    bool quote = false;
    for (size_t i = 0; i < s.n && !quote; i++)
        quote = s.p[i] == '"' || s.p[i] == ',' || s.p[i] == '\n' || s.p[i] == '\r';
    if (!quote) {
        buf_slice(out, s);
        return;
    }
    buf_char(out, '"');
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '"')
            buf_char(out, '"');
        buf_char(out, s.p[i]);
    }
    buf_char(out, '"');
}

void panel_csv_header(struct buf *out)
{
    buf_str(out, "\xEF\xBB\xBF");
    for (int i = 0; i < PANEL_MAX; i++)
        buf_printf(out, "%s%c", panel_column_names[i], i + 1 < PANEL_MAX ? ',' : '\n');
}

void panel_csv_rows(const struct panel *p, struct buf *out)
{
    for (size_t row = 0; row < p->count; row++)
        for (int i = 0; i < PANEL_MAX; i++) {
            csv_field(p->rows[row].v[i], out);
            buf_char(out, i + 1 < PANEL_MAX ? ',' : '\n');
        }
}
