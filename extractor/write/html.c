#include "write/html.h"

#include "write/escape.h"

/* Colours are told apart in grey and by the colour-blind too: each class also differs in words. */
static const char style_sheet[] =
    ":root{--ink:#1d2327;--soft:#5f6b73;--line:#d5dbe0;--back:#fff;--band:#f4f6f8;--good:#1a7f4b;--bad:#b3261e;"
    "--warn:#9a6200;--mild:#3565a8}\n"
    "*{box-sizing:border-box}\n"
    "body{margin:0 auto;max-width:75rem;padding:1.5rem;color:var(--ink);background:var(--back);line-height:1.6;"
    "font-family:'Noto Sans CJK SC','Noto Sans SC','Source Han Sans SC','PingFang SC','Microsoft YaHei',sans-serif}\n"
    "h1{font-size:1.5rem;line-height:1.3;margin:0 0 .5rem}\n"
    "h2{font-size:1.15rem;margin:2rem 0 .5rem;border-bottom:2px solid var(--line)}\n"
    "h3{font-size:1rem;margin:1.25rem 0 .25rem}\n"
    "a{color:var(--mild)}\n"
    "table.data{border-collapse:collapse;width:100%;font-size:.9rem;margin:.5rem 0 1rem}\n"
    "table.data th{background:var(--band);text-align:left;font-weight:600;position:sticky;top:0}\n"
    "table.data th,table.data td{border:1px solid var(--line);padding:.3rem .5rem;vertical-align:top}\n"
    "table.data tr.group td{background:var(--band);font-weight:600}\n"
    "td.number,th.number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}\n"
    ".badge{display:inline-block;padding:0 .45rem;border-radius:.6rem;border:1px solid;font-size:.8rem;"
    "white-space:nowrap}\n"
    ".good{color:var(--good)}.bad{color:var(--bad)}.warn{color:var(--warn)}.mild{color:var(--mild)}\n"
    "ins{background:#dff3e6;text-decoration:underline;text-decoration-color:var(--good)}\n"
    "del{background:#fbe4e2;text-decoration:line-through;text-decoration-color:var(--bad)}\n"
    ".place,.note{color:var(--soft);font-size:.8rem}\n"
    "blockquote.source{margin:.25rem 0;padding:.25rem .75rem;border-left:3px solid var(--line);background:var(--band)}\n"
    ".cards{display:flex;flex-wrap:wrap;gap:.75rem;margin:1rem 0}\n"
    ".card{border:1px solid var(--line);border-radius:.4rem;padding:.5rem 1rem;min-width:7rem}\n"
    ".card b{display:block;font-size:1.4rem;line-height:1.2}\n"
    "@media print{body{max-width:none;padding:0;font-size:10pt}table.data th{position:static}"
    "tr,blockquote{break-inside:avoid}h2,h3{break-after:avoid}a{color:inherit;text-decoration:none}}\n";

void html_text(struct slice s, struct buf *out)
{
    escape_plain(s, out);
}

void html_attr(struct slice s, struct buf *out)
{
    escape_attr(s, out);
}

void html_begin(struct buf *out, struct slice title, enum lang lang, const char *style)
{
    buf_printf(out, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n",
               lang == LANG_ZH ? "zh-CN" : "en");
    buf_str(out, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>");
    html_text(title, out);
    buf_printf(out, "</title>\n<style>\n%s%s</style>\n</head>\n<body>\n<h1>", style_sheet, style);
    html_text(title, out);
    buf_str(out, "</h1>\n");
}

void html_end(struct buf *out)
{
    buf_str(out, "</body>\n</html>\n");
}
