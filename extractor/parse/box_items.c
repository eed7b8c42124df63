#include "parse/box_items.h"

#include "base/numeral.h"
#include "base/particle.h"
#include "base/text.h"

enum {
    AHEAD_ITEMS = 12,  /* lines looked through for the next item of the box */
    AHEAD_LINES = 200, /* lines looked through for a number that comes again */
    BACK_LINES = 12,   /* lines looked back through for numbered paragraphs */
};

/* ---- what a line is ---- */

static enum item_form form_of(struct slice line)
{
    size_t at = 0;
    uint32_t c = text_next(line.p, line.n, &at);
    if (c == 0xFF08 || c == '(')
        return text_digit(line, at) ? ITEM_INNER : ITEM_BRACKETED;
    if (c >= 0x2460 && c <= 0x2473)
        return ITEM_CIRCLED;
    return text_digit(line, 0) ? ITEM_COUNTED : ITEM_CHINESE;
}

static int number_of(struct slice number)
{
    uint32_t c = text_first(number);
    return c >= 0x2460 && c <= 0x2473 ? (int)(c - 0x2460) + 1 : numeral_count(number);
}

static void read_programme(const struct parse *ps, struct slice body, struct box_item *out)
{
    struct rule_match m;
    if (!rules_match(ps->g->rules, PLACE_PROGRAMME, body, &m))
        return;
    struct slice title = m.field[FIELD_TITLE], kind = m.field[FIELD_KIND];
    uint32_t last = text_last(body);
    out->fact = slice_eq(kind, SLICE("fact"));
    out->labelled = m.field[FIELD_NUMBER].n && form_of(body) == ITEM_CHINESE && m.field[FIELD_NUMBER].p > body.p;
    out->project = title.n && particle_ends(ps->g, title, PARTICLE_PROJECT);
    if (m.field[FIELD_NUMBER].n && !out->form) {
        out->form = form_of(body);
        out->number = number_of(m.field[FIELD_NUMBER]);
    }
    out->bare = out->form && !m.field[FIELD_TEXT].n && last != 0x3002 && last != 0xFF1B;
    if (!out->form && !out->fact && m.field[FIELD_TEXT].n) {
        size_t end = (size_t)(title.p + title.n - body.p);
        uint32_t c = end < body.n ? text_first(slice_of(body.p + end, body.n - end)) : 0;
        out->lead = c == 0xFF1A ? LEAD_COLON : out->project ? LEAD_PROJECT : LEAD_NONE;
    }
}

/* What has no number of the outline is read by the rules of programmes. */
static struct box_item read_item(const struct parse *ps, const struct line *l)
{
    struct box_item out = {.number = -1};
    struct slice body = line_body(ps->p, l);
    struct rule_match m;
    if (l->kind == LINE_DASH) {
        out.form = ITEM_DASHED;
        return out;
    }
    if (l->kind == LINE_ITEM || l->kind == LINE_SUBITEM || l->kind == LINE_ENTRY) {
        out.form = l->kind == LINE_ITEM ? ITEM_CHINESE : l->kind == LINE_SUBITEM ? ITEM_BRACKETED : ITEM_COUNTED;
        out.number = numeral_count(line_match(&ps->lines, l)->number);
        out.entry = l->kind == LINE_ENTRY;
    }
    read_programme(ps, body, &out);
    if (l->kind == LINE_ITEM) /* no programme by its number: 一、铁路项目 */
        out.bare = text_last(body) != 0x3002;
    if (!out.form && text_digit(body, 0) && rules_match(ps->g->rules, PLACE_NOTE, body, &m) &&
        slice_eq(m.field[FIELD_KIND], SLICE("numbered"))) {
        out.form = ITEM_COUNTED;
        out.number = numeral_count(m.field[FIELD_NUMBER]);
    }
    return out;
}

/* ---- the numbers around the box ---- */

static bool ends_box(const struct line *l)
{
    return line_is_strong(l) || line_is_caption(l) || l->kind == LINE_CELL || l->kind == LINE_TOC;
}

static enum node_kind kind_of(enum item_form form)
{
    return form == ITEM_CHINESE ? NODE_ITEM : NODE_SUBITEM;
}

/* The number before the box in the outline; -1: it has none of that form here. */
static int outer_number(const struct parse *ps, enum item_form form)
{
    for (const struct node *n = ps->at; n && n->kind != NODE_PLAN; n = n->parent)
        if (n->kind == kind_of(form))
            return n->u.section->number;
    return -1;
}

/* The number of the paragraph before the box: 3. */
static int paragraph_number(const struct box_items *items)
{
    const struct parse *ps = items->ps;
    struct rule_match m;
    for (size_t i = items->caption, n = 0; i-- > 0 && n < BACK_LINES; n++) {
        const struct line *l = &ps->lines.list[i];
        struct slice body = line_body(ps->p, l);
        if (ends_box(l) || l->kind == LINE_ITEM || l->kind == LINE_SUBITEM)
            return -1;
        if (l->kind == LINE_TEXT && text_digit(body, 0) && rules_match(ps->g->rules, PLACE_NOTE, body, &m) &&
            slice_eq(m.field[FIELD_KIND], SLICE("numbered")))
            return numeral_count(m.field[FIELD_NUMBER]);
    }
    return -1;
}

/* Whether a number goes on what stood before the box. */
static bool outer_claims(const struct box_items *items, const struct box_item *it)
{
    if (it->labelled || it->number < 2)
        return false;
    if (it->form == ITEM_CHINESE || it->form == ITEM_BRACKETED)
        return outer_number(items->ps, it->form) + 1 == it->number;
    return it->form == ITEM_COUNTED && paragraph_number(items) + 1 == it->number;
}

/* Whether the number of a heading at line i comes again before its sequence ends: then the first is no
 * heading of the outline. */
static bool comes_again(struct box_items *items, size_t i, const struct box_item *it)
{
    const struct lines *ls = &items->ps->lines;
    uint8_t kind = it->form == ITEM_CHINESE ? LINE_ITEM : LINE_SUBITEM;
    if (items->again)
        return i < items->again;
    items->again = i;
    for (size_t n = i + 1; n < ls->count && n - i < AHEAD_LINES; n++) {
        const struct line *l = &ls->list[n];
        if (line_is_strong(l) || (kind == LINE_SUBITEM && l->kind == LINE_ITEM))
            break;
        int number = l->kind == kind ? numeral_count(line_match(ls, l)->number) : -1;
        if (number == it->number)
            items->again = n;
        if (number == 1 || number == it->number)
            break;
    }
    return i < items->again;
}

/* Whether the number goes on the box's own, or begins one inside it. */
static bool goes_on(const struct box_items *items, const struct box_item *it)
{
    if (items->last[it->form])
        return it->number == items->last[it->form] + 1;
    return it->number == 1 && it->form > items->first && items->first;
}

/* ---- what belongs ---- */

/* The first line behind the caption. 一、 and （二） may be the outline's. */
static bool takes_first(struct box_items *items, size_t i, const struct line *l, const struct box_item *it)
{
    if (l->kind == LINE_SUBITEM)
        return !outer_claims(items, it);
    if (l->kind != LINE_ITEM)
        return true;
    if (it->number != 1 || !items->box->boxed || items->ps->at->kind == NODE_PLAN)
        return false;
    if (outer_number(items->ps, ITEM_CHINESE) > 0 || items->box->kind == BOX_PROJECTS)
        return true;
    bool again = comes_again(items, i, it);
    items->again = 0;
    return again;
}

/* （三） behind （一）: a number was left out. */
static bool skips(const struct box_items *items, const struct line *l, const struct box_item *it)
{
    return l->kind == LINE_SUBITEM && items->last[it->form] && it->number > items->last[it->form];
}

static bool takes_numbered(struct box_items *items, size_t i, const struct line *l, const struct box_item *it)
{
    bool heading = l->kind == LINE_ITEM || l->kind == LINE_SUBITEM;
    if (!items->first)
        return false;
    if (it->number < 0)
        return true;
    bool own = goes_on(items, it), outer = outer_claims(items, it);
    if (!outer)
        return own || (heading ? skips(items, l, it) : it->form > items->first || it->number >= items->last[it->form]);
    if (!own)
        return false;
    return heading ? comes_again(items, i, it) || it->project : true;
}

/* Whether an item of the box comes behind line i, nothing between that ends the box. */
static bool item_follows(struct box_items *items, size_t i)
{
    const struct lines *ls = &items->ps->lines;
    size_t n = parse_next(items->ps, i + 1);
    for (int k = 0; k < AHEAD_ITEMS && n < ls->count; k++, n = parse_next(items->ps, n + 1)) {
        const struct line *l = &ls->list[n];
        if (ends_box(l) || l->fresh)
            return false;
        struct box_item it = read_item(items->ps, l);
        if (it.number < 1)
            continue;
        if (!items->last[it.form] || !goes_on(items, &it) || !takes_numbered(items, n, l, &it)) {
            if (l->kind == LINE_ITEM || l->kind == LINE_SUBITEM)
                return false;
            continue;
        }
        items->sure = n;
        return true;
    }
    return false;
}

static bool takes_plain(struct box_items *items, size_t i, const struct box_item *it, size_t gap)
{
    const struct box_item *before = &items->before;
    if (before->bare && (before->entry || !items->listed))
        return true;
    if (!items->box->boxed)
        return false;
    if (it->fact)
        return items->first || before->lead || before->fact;
    if (it->lead && it->lead == before->lead && gap == items->gap)
        return true;
    return items->first && items->first != ITEM_DASHED && item_follows(items, i);
}

static bool takes(struct box_items *items, size_t i, const struct line *l, const struct box_item *it, size_t gap)
{
    if (!items->count)
        return takes_first(items, i, l, it);
    if (l->fresh)
        return false;
    if (i < items->sure)
        return true;
    return it->form ? takes_numbered(items, i, l, it) : takes_plain(items, i, it, gap);
}

void box_items_begin(struct box_items *items, struct parse *ps, const struct box *b, size_t caption)
{
    *items = (struct box_items){.ps = ps, .box = b, .caption = caption};
}

bool box_items_take(struct box_items *items, size_t i, size_t gap)
{
    const struct line *l = &items->ps->lines.list[i];
    if (ends_box(l))
        return false;
    struct box_item it = read_item(items->ps, l);
    if (!takes(items, i, l, &it, gap))
        return false;
    items->listed |= items->before.bare && it.form && it.form <= items->before.form;
    if (!items->count)
        items->first = it.form;
    if (it.form) {
        items->last[it.form] = it.number > 0 ? it.number : items->last[it.form];
        for (int f = (int)it.form + 1; f < ITEM_FORM_MAX; f++)
            items->last[f] = 0;
    }
    items->before = it;
    items->gap = gap;
    items->count++;
    return true;
}
