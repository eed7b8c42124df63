/* Rules as their files say them. */
#include "base/rules_parts.h"

#include "base/file.h"
#include "base/mem.h"

#include <stdlib.h>

static const struct {
    const char *name;
    const char *fields;
} places[] = {
#define PLACE(id, n, f) [PLACE_##id] = {.name = n, .fields = " " f " "},
    RULE_PLACES(PLACE)
#undef PLACE
};

static const struct slice field_names[] = {
#define FIELD(id, name) [FIELD_##id] = {name, sizeof name - 1},
    RULE_FIELDS(FIELD)
#undef FIELD
};

static size_t column_of(struct where w, const char *at)
{
    return text_chars(slice_of(w.text.p, (size_t)(at - w.text.p))) + 1;
}

void rules_complain(struct buf *out, struct where w, const char *at, const char *zh, const char *en,
                    struct slice what)
{
    size_t before = at >= w.text.p && at <= w.text.p + w.text.n ? (size_t)(at - w.text.p) : 0;
    buf_printf(out, "%s:%zu:%zu: ", w.file, w.line, column_of(w, w.text.p + before));
    buf_str(out, zh);
    if (what.n)
        buf_printf(out, "：%.*s", (int)what.n, what.p);
    buf_printf(out, " / %s\n", en);
    buf_printf(out, "  %.*s\n  ", (int)w.text.n, w.text.p);
    for (size_t i = 0, width = text_width(slice_of(w.text.p, before)); i < width; i++)
        buf_char(out, ' ');
    buf_str(out, "^\n");
}

int rules_field(struct slice name)
{
    for (int i = 0; i < FIELD_MAX; i++)
        if (slice_eq(name, field_names[i]))
            return i;
    return -1;
}

bool rules_place_has(enum rule_place place, int field)
{
    char wanted[32];
    if (field < 0)
        return false;
    size_t n = field_names[field].n;
    wanted[0] = ' ';
    memcpy(wanted + 1, field_names[field].p, n);
    wanted[n + 1] = ' ';
    wanted[n + 2] = 0;
    return strstr(places[place].fields, wanted) != NULL;
}

const char *rules_place_name(enum rule_place place)
{
    return places[place].name;
}

/* ---- reading ---- */

struct reader {
    struct rules *rules;
    struct rule *rule; /* the one being read */
    struct where where;
    struct buf *error;
    bool overlay; /* a file laid over the first ones */
    bool trusted; /* read before, when the program was built: no rule id stands twice */
    size_t first_new;
};

static bool wrong(struct reader *rd, const char *at, const char *zh, const char *en, struct slice what)
{
    rules_complain(rd->error, rd->where, at, zh, en, what);
    return false;
}

static const char *find_blank(struct slice s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] == ' ' || s.p[i] == '\t')
            return s.p + i;
    return NULL;
}

static bool read_macro(struct reader *rd, struct slice rest)
{
    struct rules *r = rd->rules;
    const char *blank = find_blank(rest);
    if (!blank)
        return wrong(rd, rest.p, "宏没有内容", "macro without text", rest);
    struct macro m = {slice_of(rest.p, (size_t)(blank - rest.p)), SLICE_NONE, rd->where, false};
    m.text = slice_trim_ascii(slice_of(blank, rest.n - m.name.n));
    for (size_t i = 0; i < r->macro_count; i++) {
        if (!slice_eq(r->macros[i].name, m.name))
            continue;
        if (!rd->overlay)
            return wrong(rd, rest.p, "宏重复定义", "macro defined twice", m.name);
        r->macros[i] = m;
        return true;
    }
    if (r->macro_count == sizeof r->macros / sizeof *r->macros)
        return wrong(rd, rest.p, "宏太多", "too many macros", m.name);
    r->macros[r->macro_count++] = m;
    return true;
}

static bool begin_rule(struct reader *rd, struct slice id)
{
    struct rules *r = rd->rules;
    rd->rule = NULL;
    for (size_t i = 0; i < r->count && !rd->trusted; i++) {
        if (!slice_eq(slice_of(r->rules[i].id, r->rules[i].id_length), id))
            continue;
        if (i >= rd->first_new)
            return wrong(rd, id.p, "规则编号重复", "rule id used twice", id);
        free(r->rules[i].id); /* overlaid: same place in the order */
        r->rules[i] = (struct rule){.place = r->rules[i].place};
        rd->rule = &r->rules[i];
    }
    if (!rd->rule && r->count == RULES_MAX)
        return wrong(rd, id.p, "规则太多", "too many rules", id);
    if (!rd->rule)
        rd->rule = &r->rules[r->count++];
    rd->rule->id = mem_dup(id.p, id.n);
    rd->rule->id_length = id.n;
    rd->rule->where = rd->where;
    rd->rule->place = PLACE_MAX;
    rd->rule->source = rd->where.text;
    rd->rule->example_begin = rd->rule->example_end = r->example_count;
    return true;
}

static bool read_place(struct reader *rd, struct slice rest)
{
    for (int i = 0; i < PLACE_MAX; i++)
        if (slice_eq(rest, slice_cstr(places[i].name))) {
            rd->rule->place = (enum rule_place)i;
            return true;
        }
    return wrong(rd, rest.p, "没有这个位置", "no such place", rest);
}

static bool read_set(struct reader *rd, struct slice rest)
{
    const char *eq = memchr(rest.p, '=', rest.n);
    struct slice name = slice_of(rest.p, eq ? (size_t)(eq - rest.p) : rest.n);
    int field = rules_field(name);
    if (!eq || rd->rule->place == PLACE_MAX || !rules_place_has(rd->rule->place, field))
        return wrong(rd, rest.p, "这个位置没有此字段", "unknown field at this place", name);
    if (rd->rule->set_count == SETS_MAX)
        return wrong(rd, rest.p, "set 太多", "too many set lines", name);
    rd->rule->sets[rd->rule->set_count++] =
        (struct setting){(enum rule_field)field, slice_of(eq + 1, rest.n - name.n - 1)};
    return true;
}

static bool read_example(struct reader *rd, struct slice rest, bool good)
{
    struct rules *r = rd->rules;
    if ((r->example_count & (r->example_count - 1)) == 0)
        r->examples = mem_realloc(r->examples,
                                  (r->example_count ? r->example_count * 2 : 1) * sizeof *r->examples);
    r->examples[r->example_count++] = (struct example){rest, good, rd->where};
    rd->rule->example_end = r->example_count;
    return true;
}

static struct edge edge_of(struct slice chars)
{
    struct edge e = {chars, 0};
    for (size_t at = 0; at < chars.n;)
        e.bits |= (uint64_t)1 << (text_next(chars.p, chars.n, &at) & 63);
    return e;
}

/* Groups of chars parted by blanks. */
static bool read_needs(struct reader *rd, struct slice groups)
{
    struct slice one;
    while (slice_split(&groups, ' ', &one)) {
        if (!one.n)
            continue;
        if (rd->rule->has_count == NEEDS_MAX || text_chars(one) > NEED_CHARS)
            return wrong(rd, one.p, "has 太多", "too much in has", one);
        struct need *need = &rd->rule->has[rd->rule->has_count++];
        for (size_t at = 0; at < one.n;)
            need->chars[need->count++] = text_next(one.p, one.n, &at) & 0xFFF;
    }
    return true;
}

/* The text of an example when the line is one as they are mostly written, p NULL else. */
static struct slice example_text(struct slice line, bool *good)
{
    *good = slice_starts(line, SLICE("yes   "));
    size_t blanks = *good || slice_starts(line, SLICE("no    ")) ? 6 : 0;
    bool plain = blanks && line.n > blanks && line.p[blanks] != ' ' && line.p[line.n - 1] != ' ';
    return plain ? slice_of(line.p + blanks, line.n - blanks) : SLICE_NONE;
}

static bool read_line(struct reader *rd, struct slice line)
{
    bool good;
    struct slice example = rd->rule ? example_text(line, &good) : SLICE_NONE;
    if (example.p) {
        rd->rule->source.n = (size_t)(line.p + line.n - rd->rule->source.p);
        return read_example(rd, example, good);
    }
    struct slice s = slice_trim_ascii(line);
    if (!s.n || s.p[0] == '#')
        return true;
    const char *blank = find_blank(s);
    struct slice word = slice_of(s.p, blank ? (size_t)(blank - s.p) : s.n);
    struct slice rest = slice_trim_ascii(slice_of(s.p + word.n, s.n - word.n));
    if (!rest.n)
        return wrong(rd, s.p, "这一行没有内容", "nothing after the keyword", word);
    if (slice_eq(word, SLICE("macro")))
        return read_macro(rd, rest);
    if (slice_eq(word, SLICE("rule")))
        return begin_rule(rd, rest);
    if (!rd->rule)
        return wrong(rd, s.p, "这一行不属于任何规则", "a line outside any rule", word);
    rd->rule->source.n = (size_t)(line.p + line.n - rd->rule->source.p);
    if (slice_eq(word, SLICE("in")))
        return read_place(rd, rest);
    if (slice_eq(word, SLICE("first"))) {
        rd->rule->first = edge_of(rest);
        return true;
    }
    if (slice_eq(word, SLICE("last"))) {
        rd->rule->last = edge_of(rest);
        return true;
    }
    if (slice_eq(word, SLICE("has")))
        return read_needs(rd, rest);
    if (slice_eq(word, SLICE("match"))) {
        rd->rule->pattern = rest;
        rd->rule->pattern_where = rd->where;
        return true;
    }
    if (slice_eq(word, SLICE("set")))
        return read_set(rd, rest);
    if (slice_eq(word, SLICE("yes")) || slice_eq(word, SLICE("no")))
        return read_example(rd, rest, word.n == 3);
    return slice_eq(word, SLICE("about")) || wrong(rd, s.p, "不认识的关键字", "unknown keyword", word);
}

static bool finish_rules(struct reader *rd)
{
    struct rules *r = rd->rules;
    for (size_t i = 0; i < r->count; i++) {
        rd->where = r->rules[i].where;
        if (r->rules[i].place == PLACE_MAX || !r->rules[i].pattern.n)
            return wrong(rd, rd->where.text.p, "规则缺 in 或 match", "rule lacks in or match",
                         slice_cstr(r->rules[i].id));
    }
    return true;
}

/* The text of the next file, from the disk when it is not at hand. */
static bool take_text(struct rules *r, const struct rules_file *file, struct slice *text, struct buf *error)
{
    struct buf *bytes = &r->files[r->file_count];
    *text = file->text;
    if (text->p)
        return true;
    if (!file_read(file->path, bytes, SIZE_MAX, error))
        return false;
    *text = buf_view(bytes);
    if (text_check_utf8(text->p, text->n) == text->n)
        return true;
    buf_printf(error, "%s: 不是 UTF-8 / not UTF-8\n", file->path);
    return false;
}

static bool read_file(struct rules *r, const struct rules_file *file, size_t first_new, struct buf *error)
{
    struct slice rest, line;
    if (r->file_count == FILES_MAX)
        return true;
    r->paths[r->file_count] = mem_dup(file->path, strlen(file->path));
    if (!take_text(r, file, &rest, error))
        return false;
    struct reader rd = {.rules = r, .error = error, .overlay = first_new > 0, .first_new = first_new, .trusted = file->text.p && !first_new};
    if (slice_starts(rest, SLICE("\xEF\xBB\xBF")))
        rest = slice_of(rest.p + 3, rest.n - 3);
    rd.where.file = r->paths[r->file_count++];
    while (slice_split(&rest, '\n', &line)) {
        if (slice_ends(line, SLICE("\r")))
            line.n--;
        rd.where.line++;
        rd.where.text = line;
        if (!read_line(&rd, line))
            return false;
    }
    return finish_rules(&rd);
}

static void order_range(struct rules *r, size_t begin, size_t end)
{
    for (size_t i = begin; i < end; i++) {
        enum rule_place p = r->rules[i].place;
        r->order[p][r->order_count[p]++] = (uint16_t)i;
    }
}

struct rules *rules_read(const struct rules_file *files, size_t base, size_t count, rules_lexicon lexicon,
                         void *ctx, struct buf *error)
{
    struct rules *r = mem_zalloc(sizeof *r);
    size_t base_rules = 0;
    r->lexicon = lexicon;
    r->lexicon_ctx = ctx;
    for (size_t i = 0; i < count; i++) {
        if (i == base)
            base_rules = r->count;
        if (!read_file(r, &files[i], i < base ? 0 : base_rules, error)) {
            rules_free(r);
            return NULL;
        }
    }
    if (count > base) /* a province's habits are tried before the general ones */
        order_range(r, base_rules, r->count);
    order_range(r, 0, count > base ? base_rules : r->count);
    return r;
}

void rules_free(struct rules *r)
{
    if (!r)
        return;
    for (size_t i = 0; i < FILES_MAX; i++) {
        buf_done(&r->files[i]);
        free(r->paths[i]);
    }
    for (size_t i = 0; i < r->count; i++) {
        regex_free(r->rules[i].regex);
        free(r->rules[i].group_field);
        free(r->rules[i].id);
    }
    free(r->examples);
    folded_done(&r->folded);
    free(r);
}
