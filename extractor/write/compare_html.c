#include "write/compare.h"
#include "write/html.h"

#include <stdlib.h>

/* Eleven steps from bad (warm) to good (green), all light enough for black text; the figure is always there too.
 * Blank cells are hatched, so that nothing is not mistaken for bad. */
static const char style[] =
    "body{max-width:none}\n"
    "nav{margin:.5rem 0;font-size:.9rem}nav a{margin-right:1rem}\n"
    ".wide{overflow-x:auto}\n"
    "table.data{width:auto;min-width:50%}\n"
    "table.data td{min-width:3rem}table.data td.name{min-width:11rem}\n"
    "table.data td.name,table.data "
    "th.name{position:sticky;left:0;background:var(--back);z-index:1}\n"
    "table.data th.name{background:var(--band);z-index:2}\n"
    "td.none{background:repeating-linear-gradient(135deg,#fff,#fff 5px,#f1f3f5 5px,#f1f3f5 6px)}\n"
    "td .main{font-weight:600;font-variant-numeric:tabular-nums}\n"
    "td .line{display:block;font-size:.8rem;color:#3b444b}\n"
    "td .place{white-space:nowrap}\n"
    ".inferred{border-bottom:1px dotted}\n"
    ".h0{background:#fbd9c9}.h1{background:#fce2d4}.h2{background:#fdeadf}.h3{background:#fdf1ea}"
    ".h4{background:#fef7f3}.h5{background:#fbfbf8}.h6{background:#f3f8f2}.h7{background:#e8f3e7}"
    ".h8{background:#dbeedb}.h9{background:#cee8cf}.h10{background:#bfe1c3}\n"
    ".a0{background:#fbfcfe}.a1{background:#f3f7fb}.a2{background:#eaf1f9}.a3{background:#e0ebf6}"
    ".a4{background:#d6e4f3}.a5{background:#cbddf0}.a6{background:#c0d6ed}.a7{background:#b5cfea}"
    ".a8{background:#aac8e6}.a9{background:#9fc0e3}.a10{background:#94b9df}\n"
    ".scale span{display:inline-block;padding:0 .6rem;font-size:.8rem}\n"
    "@media print{@page{size:A3 landscape;margin:10mm}.wide{overflow:visible}nav{display:none}"
    "*{-webkit-print-color-adjust:exact;print-color-adjust:exact}thead{display:table-header-group}"
    "table.data td.name,table.data th.name{position:static}}\n";

/* ---- cells ---- */

static void add_class(const char *name, struct slice text, struct buf *out)
{
    buf_printf(out, "<span class=\"%s\">", name);
    html_text(text, out);
    buf_str(out, "</span>");
}

static void add_title(const struct sheet_cell *c, struct buf *out)
{
    if (!c->place.n && !c->note.n)
        return;
    buf_str(out, " title=\"");
    html_attr(c->place, out);
    if (c->note.n) {
        buf_str(out, c->place.n ? "&#10;" : "");
        html_attr(c->note, out);
    }
    buf_char(out, '"');
}

static void add_line(const struct compare_line *l, bool main, struct buf *out)
{
    buf_str(out, main ? "<span class=\"main\"" : "<span class=\"line\"");
    add_title(&l->cell, out);
    buf_char(out, '>');
    if (l->head.n) {
        html_text(l->head, out);
        buf_char(out, ' ');
    }
    html_text(compare_shown(&l->cell), out);
    if (main)
        buf_str(out, "</span>");
    for (size_t i = 0; i < l->suffixes; i++) {
        buf_char(out, ' ');
        add_class("badge", compare_shown(&l->suffix[i]), out);
    }
    struct slice places = l->cell.place, place;
    while (compare_place(&places, &place)) {
        buf_str(out, " <span class=\"place\"");
        add_title(&l->cell, out);
        buf_char(out, '>');
        html_text(l->cell.far ? place : compare_spot(place), out);
        buf_str(out, "</span>");
    }
    if (!main)
        buf_str(out, "</span>");
}

static int heat_of(const struct compare_line *lines, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (lines[i].cell.heat >= 0)
            return lines[i].cell.heat;
    return -1;
}

/* The first column that is shown: it stays when the others are moved. */
static bool is_name(const struct sheet *s, size_t column)
{
    size_t first = 0;
    while (s->columns[first].part == SHEET_DATA)
        first++;
    return column == first;
}

static void add_cell(struct sheet *s, size_t row, size_t column, struct buf *out)
{
    struct compare_line lines[COMPARE_LINES];
    const struct sheet_column *c = &s->columns[column];
    size_t n = compare_lines(s, row, column, lines);
    int heat = heat_of(lines, n);
    bool name = is_name(s, column);
    buf_printf(out, "<td class=\"%s%s", name ? "name" : "", c->number ? "number" : "");
    if (heat >= 0)
        buf_printf(out, " %c%d", s->amounts ? 'a' : 'h', heat / 100);
    buf_printf(out, "%s\">", !n && c->owner ? " none" : "");
    for (size_t i = 0; i < n; i++) {
        if (!c->owner)
            html_text(compare_shown(&lines[i].cell), out);
        else
            add_line(&lines[i], i == 0 && !lines[i].head.n, out);
    }
    buf_str(out, "</td>");
}

/* ---- tables ---- */

static void add_head(const struct sheet *s, const size_t *columns, size_t count, struct buf *out)
{
    buf_str(out, "<thead><tr>");
    for (size_t i = 0; i < count; i++) {
        const struct sheet_column *c = &s->columns[columns[i]];
        bool name = is_name(s, columns[i]);
        buf_printf(out, "<th scope=\"col\"%s>",
                   name        ? " class=\"name\""
                   : c->number ? " class=\"number\""
                               : "");
        html_text(c->head, out);
        if (c->sub.n) {
            buf_str(out, "<br>");
            add_class("place", c->sub, out);
        }
        buf_str(out, "</th>");
    }
    buf_str(out, "</tr></thead>\n<tbody>\n");
}

static void add_heading(const struct sheet *s, size_t row, size_t count, struct slice *last,
                        struct buf *out)
{
    struct slice heading = s->heading ? s->heading(s, row) : SLICE_NONE;
    if (slice_eq(heading, *last))
        return;
    *last = heading;
    buf_printf(out, "<tr class=\"group\"><td colspan=\"%zu\">", count);
    html_text(heading, out);
    buf_str(out, "</td></tr>\n");
}

static void add_group(struct sheet *s, size_t group, struct buf *out)
{
    size_t *columns, count = compare_columns(s, group, &columns);
    struct slice heading = SLICE_NONE;
    buf_printf(out, "<h2 id=\"g%zu\">", group + 1);
    html_text(s->groups[group].title, out);
    buf_str(out, "</h2>\n");
    if (s->groups[group].note.n) {
        buf_str(out, "<p class=\"note\">");
        html_text(s->groups[group].note, out);
        buf_str(out, "</p>\n");
    }
    buf_str(out, "<div class=\"wide\"><table class=\"data\">\n");
    add_head(s, columns, count, out);
    for (size_t row = 0; row < s->rows; row++) {
        if (compare_has(s, row, columns, count)) {
            add_heading(s, row, count, &heading, out);
            buf_str(out, "<tr>");
            for (size_t i = 0; i < count; i++)
                add_cell(s, row, columns[i], out);
            buf_str(out, "</tr>\n");
        }
        sheet_forget(s);
    }
    buf_str(out, "</tbody></table></div>\n");
    free(columns);
}

static void add_contents(const struct sheet *s, struct buf *out)
{
    buf_str(out, "<nav>");
    for (size_t i = 0; s->group_count > 1 && i < s->group_count; i++) {
        buf_printf(out, "<a href=\"#g%zu\">", i + 1);
        html_text(s->groups[i].title, out);
        buf_str(out, "</a>");
    }
    buf_str(out, "</nav>\n");
}

static void add_scale(const struct sheet *s, const struct compare_look *look, struct buf *out)
{
    bool zh = look->lang == LANG_ZH;
    const char *low = s->amounts ? (zh ? "少" : "little") : zh ? "差、缺" : "worse, lacking";
    const char *high = s->amounts ? (zh ? "多" : "much") : zh ? "好" : "better";
    char c = s->amounts ? 'a' : 'h';
    buf_printf(out, "<p class=\"scale note\">%s <span class=\"%c0\">%s</span>", zh ? "底色：" : "shades:", c, low);
    for (int step = 3; step < 9; step += 2)
        buf_printf(out, "<span class=\"%c%d\">&nbsp;</span>", c, step);
    buf_printf(out, "<span class=\"%c10\">%s</span><span class=\"none\">%s</span></p>\n", c, high,
               zh ? (s->amounts ? "斜纹：没有" : "无底色：不比；斜纹：没有；只有两份可比的，底色淡") : s->amounts ? "hatched: nothing" : "none: not compared; hatched: nothing; pale: only two are compared");
}

void compare_html(struct sheet *s, const struct compare_look *look, struct buf *out)
{
    html_begin(out, s->title, look->lang, style);
    add_contents(s, out);
    add_scale(s, look, out);
    for (size_t i = 0; i < s->group_count; i++)
        add_group(s, i, out);
    for (size_t i = 0; s->notes[i]; i++) {
        buf_str(out, "<p class=\"note\">");
        html_text(slice_cstr(s->notes[i]), out);
        buf_str(out, "</p>\n");
    }
    html_end(out);
}
