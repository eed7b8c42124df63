#include "base/rules.h"

#include "base/file.h"
#include "base/image.h"
#include "base/mem.h"
#include "base/regex.h"
#include "base/text.h"

#include <stdlib.h>

enum { RULES_MAX = 512, SETS_MAX = 6, NEEDS_MAX = 3, NEED_CHARS = 32, FILES_MAX = 64 };

enum { TEXT_MAX = 600, PARAGRAPH_MAX = 20000 }; /* limits `rule-text`: bytes that rules look at */

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

/* A line of a rule file, for messages. */
struct where {
    const char *file;
    size_t line;
    struct slice text; /* the whole line */
};

struct example {
    struct slice text; /* `text => a=b; c=d` */
    bool good;
    struct where where;
};

struct setting {
    enum rule_field field;
    struct slice value;
};

/* The chars of a text, a bit for the low twelve of each. */
struct chars {
    uint64_t bits[64];
};

/* Chars one of which an end of a text must be; none: any. */
struct edge {
    struct slice chars;
    uint64_t bits; /* of the low six of each */
};

/* Chars one of which a text must hold. */
struct need {
    uint16_t chars[NEED_CHARS];
    size_t count;
};

struct rule {
    char *id;
    size_t id_length;
    enum rule_place place;
    struct where where;
    struct where pattern_where;
    struct slice pattern; /* as written */
    struct edge first, last; /* what a text that matches begins and ends with */
    struct need has[NEEDS_MAX]; /* and holds one of each of these */
    size_t has_count;
    struct setting sets[SETS_MAX];
    size_t set_count;
    size_t example_begin, example_end;
    struct slice source;
    struct slice compiled; /* the pattern, of an image; empty: none */
    struct regex *regex;
    bool tried;
    int *group_field; /* by group, -1 none */
    size_t next;      /* rules_search(): where it matches next in the text, SIZE_MAX: nowhere */
};

struct macro {
    struct slice name;
    struct slice text;
    struct where where;
    bool used;
};

struct rules {
    struct buf files[FILES_MAX];
    char *paths[FILES_MAX];
    size_t file_count;
    struct rule rules[RULES_MAX];
    size_t count;
    struct macro macros[128];
    size_t macro_count;
    struct example *examples;
    size_t example_count;
    uint16_t order[PLACE_MAX][RULES_MAX]; /* rules of a place, first to last */
    size_t order_count[PLACE_MAX];
    struct slice subject; /* the text looked at, folded */
    bool is_plain;        /* the text is its own folding; others are in `folded` */
    struct folded folded;
    uint32_t last;        /* its last char */
    struct chars has;     /* its chars, once they are asked for */
    bool has_known;
    struct rules_given_up given_up;
    rules_lexicon lexicon;
    void *lexicon_ctx;
};

static size_t column_of(struct where w, const char *at)
{
    return text_chars(slice_of(w.text.p, (size_t)(at - w.text.p))) + 1;
}

/* `file:line:col: message`, the line, and a caret below its column (hanzi are two wide). */
static void complain(struct buf *out, struct where w, const char *at, const char *zh, const char *en,
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

static int field_by_name(struct slice name)
{
    for (int i = 0; i < FIELD_MAX; i++)
        if (slice_eq(name, field_names[i]))
            return i;
    return -1;
}

static bool place_has(enum rule_place place, int field)
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

static void set_chars(struct chars *set, struct slice s)
{
    memset(set, 0, sizeof *set);
    for (size_t at = 0; at < s.n;) {
        const unsigned char *p = (const unsigned char *)s.p + at;
        if ((p[0] & 0xF0) == 0xE0) { /* its last two bytes hold the low twelve bits */
            set->bits[p[1] & 63] |= (uint64_t)1 << (p[2] & 63);
            at += 3;
            continue;
        }
        uint32_t c = text_next(s.p, s.n, &at);
        set->bits[c >> 6 & 63] |= (uint64_t)1 << (c & 63);
    }
}

/* May say yes for a text that has none of them, seldom. */
static bool holds(const struct chars *set, const struct need *need)
{
    for (size_t i = 0; i < need->count; i++)
        if (set->bits[need->chars[i] >> 6] >> (need->chars[i] & 63) & 1)
            return true;
    return false;
}

/* ---- reading ---- */

struct reader {
    struct rules *rules;
    struct rule *rule; /* the one being read */
    struct where where;
    struct buf *error;
    bool overlay; /* a file laid over the first ones */
    size_t first_new;
};

static bool wrong(struct reader *rd, const char *at, const char *zh, const char *en, struct slice what)
{
    complain(rd->error, rd->where, at, zh, en, what);
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
    for (size_t i = 0; i < r->count; i++) {
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
    int field = field_by_name(name);
    if (!eq || rd->rule->place == PLACE_MAX || !place_has(rd->rule->place, field))
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

static bool read_line(struct reader *rd, struct slice line)
{
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
    struct reader rd = {.rules = r, .error = error, .overlay = first_new > 0, .first_new = first_new};
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

/* ---- compiling ---- */

static bool is_special(char c)
{
    return strchr("\\^$.[]|()?*+{}-", c) != NULL && c;
}

static void add_escaped(struct buf *out, struct slice s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (is_special(s.p[i]))
            buf_char(out, '\\');
        buf_char(out, s.p[i]);
    }
}

/* Appends text folded, so that a pattern may be written as the plans write; a char that folds to one
 * with a meaning in patterns is escaped: （ becomes \( . */
static void add_folded(struct buf *out, struct slice s, bool escape_all)
{
    struct folded f = {0};
    for (size_t at = 0; at < s.n;) {
        struct slice plain = slice_of(s.p + at, text_fold_none(slice_of(s.p + at, s.n - at)));
        if (escape_all)
            add_escaped(out, plain);
        else
            buf_slice(out, plain);
        at += plain.n;
        if (at == s.n)
            break;
        size_t begin = at;
        text_next(s.p, s.n, &at);
        struct slice one = slice_of(s.p + begin, at - begin);
        text_fold(one, &f);
        struct slice folded = slice_of(f.p, f.n);
        if (escape_all || !slice_eq(one, folded))
            add_escaped(out, folded);
        else
            buf_slice(out, folded);
    }
    folded_done(&f);
}

static int longer_first(const void *a, const void *b)
{
    const struct slice *x = a, *y = b;
    return x->n != y->n ? (x->n < y->n) - (x->n > y->n) : slice_cmp(*x, *y);
}

/* Adds (?=[…]) with the first chars of the words: one look, so that not each word is tried everywhere. */
static void add_look(struct buf *out, const struct slice *words, size_t n)
{
    struct buf chars = {0};
    buf_str(out, "(?=[");
    for (size_t i = 0; i < n; i++) {
        struct slice first = slice_of(words[i].p, text_prefix(words[i], 1));
        if (slice_find(buf_view(&chars), first) >= 0)
            continue;
        buf_slice(&chars, first);
        add_folded(out, first, true);
    }
    buf_str(out, "])");
    buf_done(&chars);
}

static bool add_lexicon(struct rules *r, struct slice name, struct buf *out)
{
    const struct lexicon *lex = r->lexicon(r->lexicon_ctx, name);
    if (!lex)
        return false;
    size_t n = lexicon_words(lex);
    struct slice *words = mem_alloc(n * sizeof *words);
    for (size_t i = 0; i < n; i++)
        words[i] = lexicon_word(lex, i);
    qsort(words, n, sizeof *words, longer_first);
    buf_str(out, "(?:");
    if (n)
        add_look(out, words, n);
    buf_str(out, "(?:");
    for (size_t i = 0; i < n; i++) {
        if (i)
            buf_char(out, '|');
        add_folded(out, words[i], true);
    }
    buf_str(out, "))");
    free(words);
    return true;
}

static bool expand(struct rules *r, struct slice pattern, int depth, struct buf *out, const char **bad);

static bool expand_name(struct rules *r, struct slice name, int depth, struct buf *out, const char **bad)
{
    if (slice_starts(name, SLICE("lexicon:")))
        return add_lexicon(r, slice_of(name.p + 8, name.n - 8), out);
    for (size_t i = 0; i < r->macro_count && depth < 8; i++) {
        if (!slice_eq(r->macros[i].name, name))
            continue;
        r->macros[i].used = true;
        buf_str(out, "(?:");
        bool good = expand(r, r->macros[i].text, depth + 1, out, bad);
        buf_char(out, ')');
        return good;
    }
    return false;
}

static bool expand(struct rules *r, struct slice s, int depth, struct buf *out, const char **bad)
{
    size_t plain = 0;
    for (size_t i = 0; i < s.n; i++) {
        bool property = i >= 2 && s.p[i - 2] == '\\' && strchr("pPxu", s.p[i - 1]);
        if (s.p[i] != '{' || property || i + 1 == s.n || s.p[i + 1] < 'a' || s.p[i + 1] > 'z')
            continue;
        const char *close = memchr(s.p + i, '}', s.n - i);
        struct slice name = slice_of(s.p + i + 1, close ? (size_t)(close - s.p) - i - 1 : 0);
        add_folded(out, slice_of(s.p + plain, i - plain), false);
        if (!close || !expand_name(r, name, depth, out, bad)) {
            *bad = s.p + i;
            return false;
        }
        i += name.n + 1;
        plain = i + 1;
    }
    add_folded(out, slice_of(s.p + plain, s.n - plain), false);
    return true;
}

/* The rule's pattern compiled from what is written, or NULL and what is wrong. */
static struct regex *compile_source(struct rules *r, const struct rule *rule, struct buf *error)
{
    struct buf pattern = {0};
    struct regex *regex = NULL;
    struct regex_error why;
    const char *bad = rule->pattern.p;
    if (!expand(r, rule->pattern, 0, &pattern, &bad))
        complain(error, rule->pattern_where, bad, "没有这个宏或词表", "no such macro or lexicon", SLICE_NONE);
    else if (!(regex = regex_new(buf_view(&pattern), &why)))
        complain(error, rule->pattern_where, rule->pattern.p, "模式有误", "pattern error",
                 slice_cstr(why.message));
    buf_done(&pattern);
    return regex;
}

/* Compiles a rule once. With error it says what is wrong. */
static bool compile_rule(struct rules *r, struct rule *rule, struct buf *error)
{
    if (rule->tried && (rule->regex || !error))
        return rule->regex != NULL;
    struct buf unused = {0};
    rule->tried = true;
    rule->regex = regex_load(rule->compiled);
    if (!rule->regex)
        rule->regex = compile_source(r, rule, error ? error : &unused);
    buf_done(&unused);
    if (!rule->regex)
        return false;
    unsigned groups = regex_group_count(rule->regex);
    rule->group_field = mem_alloc(groups * sizeof *rule->group_field);
    for (unsigned g = 0; g < groups; g++)
        rule->group_field[g] = field_by_name(regex_group_name(rule->regex, g));
    return true;
}

void rules_save(struct rules *r, struct buf *image)
{
    struct buf pattern = {0};
    for (size_t i = 0; i < r->count; i++) {
        pattern.n = 0;
        if (compile_rule(r, &r->rules[i], NULL))
            regex_save(r->rules[i].regex, &pattern);
        image_add(image, buf_view(&pattern));
    }
    buf_done(&pattern);
}

void rules_load(struct rules *r, struct slice image)
{
    for (size_t i = 0; i < r->count && image_next(&image, &r->rules[i].compiled); i++)
        continue;
}

/* ---- matching ---- */

static bool is_one_of(struct slice chars, uint32_t c)
{
    for (size_t at = 0; at < chars.n;)
        if (text_next(chars.p, chars.n, &at) == c)
            return true;
    return false;
}

static inline bool edge_allows(const struct edge *e, uint32_t c)
{
    return !e->chars.n || (e->bits >> (c & 63) & 1 && is_one_of(e->chars, c));
}

static void fold(struct rules *r, struct slice text)
{
    r->subject = text;
    r->is_plain = text_fold_none(text) == text.n;
    if (!r->is_plain) {
        text_fold(text, &r->folded);
        r->subject = slice_of(r->folded.p, r->folded.n);
    }
    r->last = text_last(r->subject);
    r->has_known = false;
}

/* Where a byte of the folded text came from. */
static size_t source_of(const struct rules *r, size_t at)
{
    return r->is_plain ? at : r->folded.map[at];
}

/* Whether the folded text ends with and holds what the rule wants. */
static bool fits(struct rules *r, const struct rule *rule)
{
    bool good = edge_allows(&rule->last, r->last);
    if (good && rule->has_count && !r->has_known) {
        set_chars(&r->has, r->subject);
        r->has_known = true;
    }
    for (size_t i = 0; good && i < rule->has_count; i++)
        good = holds(&r->has, &rule->has[i]);
    return good;
}

static void fill_match(const struct rules *r, const struct rule *rule, struct slice text,
                       struct rule_match *m)
{
    memset(m, 0, sizeof *m);
    m->rule = rule->id;
    for (size_t i = 0; i < rule->set_count; i++)
        m->field[rule->sets[i].field] = rule->sets[i].value;
    for (unsigned g = 1; g < regex_group_count(rule->regex); g++) {
        size_t begin, end;
        if (rule->group_field[g] < 0 || !regex_group(rule->regex, g, &begin, &end))
            continue;
        size_t from = source_of(r, begin), to = source_of(r, end);
        m->field[rule->group_field[g]] = slice_of(text.p + from, to > from ? to - from : 0);
    }
}

static bool search(struct rules *r, struct rule *rule, size_t start)
{
    int found = compile_rule(r, rule, NULL) ? regex_search(rule->regex, r->subject, start) : 0;
    if (found < 0)
        r->given_up.steps = REGEX_STEPS;
    return found > 0;
}

static bool match_one(struct rules *r, struct rule *rule, struct slice text, struct rule_match *m)
{
    if (!search(r, rule, 0))
        return false;
    fill_match(r, rule, text, m);
    return true;
}

/* Names, values and the like are short; these are whole paragraphs. */
static bool is_too_long(struct rules *r, enum rule_place place, struct slice text)
{
    bool whole = place == PLACE_NOTE || place == PLACE_TERM || place == PLACE_PROGRAMME ||
                 place == PLACE_FIGURES || place == PLACE_CARRIER;
    size_t limit = whole ? PARAGRAPH_MAX : TEXT_MAX;
    if (text.n > limit)
        r->given_up.text = limit;
    return text.n > limit;
}

struct rules_given_up rules_given_up(struct rules *r)
{
    struct rules_given_up was = r->given_up;
    r->given_up = (struct rules_given_up){0};
    return was;
}

bool rules_match(struct rules *r, enum rule_place place, struct slice text, struct rule_match *m)
{
    uint32_t c = text_fold_first(text);
    bool folded = false;
    if (is_too_long(r, place, text))
        return false;
    for (size_t i = 0; i < r->order_count[place]; i++) {
        struct rule *rule = &r->rules[r->order[place][i]];
        if (!edge_allows(&rule->first, c))
            continue;
        if (!folded)
            fold(r, text);
        folded = true;
        if (fits(r, rule) && match_one(r, rule, text, m))
            return true;
    }
    return false;
}

/* The first folded byte that comes from byte `from` or behind it. */
static size_t folded_from(const struct rules *r, size_t from)
{
    size_t low = 0, high = from ? r->subject.n : 0;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (source_of(r, middle) < from)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool rules_search(struct rules *r, enum rule_place place, struct slice text, size_t from,
                  struct rule_match *m, size_t *end)
{
    struct rule *best = NULL;
    size_t begin, stop, start = folded_from(r, from);
    if (is_too_long(r, place, text))
        return false;
    if (from == 0)
        fold(r, text);
    for (size_t i = 0; i < r->order_count[place]; i++) {
        struct rule *rule = &r->rules[r->order[place][i]];
        if (from == 0 || rule->next < start)
            rule->next = fits(r, rule) && search(r, rule, start) && regex_group(rule->regex, 0, &begin, &stop)
                             ? begin
                             : SIZE_MAX;
        if (rule->next != SIZE_MAX && (!best || rule->next < best->next))
            best = rule;
    }
    if (!best || !regex_group(best->regex, 0, &begin, &stop))
        return false;
    fill_match(r, best, text, m);
    *end = source_of(r, stop);
    return true;
}

/* ---- checking ---- */

static bool expectation_holds(struct slice expect, const struct rule_match *m, struct slice *wrong_part)
{
    struct slice part;
    while (slice_split(&expect, ';', &part)) {
        part = slice_trim_ascii(part);
        const char *eq = part.n ? memchr(part.p, '=', part.n) : NULL;
        if (!eq)
            continue;
        int field = field_by_name(slice_of(part.p, (size_t)(eq - part.p)));
        struct slice want = slice_of(eq + 1, part.n - (size_t)(eq + 1 - part.p));
        if (field < 0 || !slice_eq(m->field[field], want)) {
            *wrong_part = part;
            return false;
        }
    }
    return true;
}

/* Takes what is expected off the example's text; empty when it says nothing. */
static struct slice cut_expectation(struct slice *text)
{
    ptrdiff_t arrow = slice_find(*text, SLICE(" => "));
    if (arrow < 0)
        return SLICE_NONE;
    struct slice expect = slice_of(text->p + arrow + 4, text->n - (size_t)arrow - 4);
    text->n = (size_t)arrow;
    return slice_trim_ascii(expect);
}

static size_t check_example(struct rules *r, struct rule *rule, struct example e, struct buf *report)
{
    struct rule_match m;
    struct slice expect = cut_expectation(&e.text), part = e.text;
    fold(r, e.text);
    if (regex_search(rule->regex, r->subject, 0) < 0) {
        complain(report, rule->pattern_where, rule->pattern.p, "匹配超过上限（回溯太多）",
                 "over the match limits (too much backtracking)", e.text);
        return 1;
    }
    bool own = edge_allows(&rule->first, text_fold_first(e.text)) && fits(r, rule) && match_one(r, rule, e.text, &m);
    if (!e.good && !own)
        return 0;
    if (!e.good || !own) {
        complain(report, e.where, e.text.p, e.good ? "例子应匹配而没有" : "例子不应匹配而匹配",
                 e.good ? "example does not match" : "example matches but should not", e.text);
        return 1;
    }
    if (!rules_match(r, rule->place, e.text, &m) || strcmp(m.rule, rule->id) != 0) {
        complain(report, e.where, e.text.p, "例子被前面的规则先匹配", "an earlier rule takes the example",
                 slice_cstr(m.rule ? m.rule : ""));
        return 1;
    }
    if (!expectation_holds(expect, &m, &part)) {
        complain(report, e.where, part.p, "捕获与例子所写不同", "captures differ from the example", part);
        return 1;
    }
    return 0;
}

static size_t check_fields(const struct rule *rule, struct buf *report)
{
    size_t findings = 0;
    for (unsigned g = 1; g < regex_group_count(rule->regex); g++) {
        struct slice name = regex_group_name(rule->regex, g);
        if (!name.n || place_has(rule->place, rule->group_field[g]))
            continue;
        ptrdiff_t at = slice_find(rule->pattern, name);
        complain(report, rule->pattern_where, rule->pattern.p + (at < 0 ? 0 : at), "这个位置没有此字段",
                 "unknown field at this place", name);
        findings++;
    }
    return findings;
}

size_t rules_check(struct rules *r, struct buf *report, size_t *examples)
{
    size_t findings = 0;
    *examples = 0;
    for (size_t i = 0; i < r->count; i++) /* the patterns as they are written, not as they were compiled ahead */
        r->rules[i].compiled = SLICE_NONE;
    for (size_t i = 0; i < r->count; i++) {
        struct rule *rule = &r->rules[i];
        if (!compile_rule(r, rule, report)) {
            findings++;
            continue;
        }
        findings += check_fields(rule, report);
        if (rule->example_begin == rule->example_end) {
            complain(report, rule->where, rule->where.text.p, "规则没有例子", "rule without examples",
                     slice_cstr(rule->id));
            findings++;
        }
        for (size_t e = rule->example_begin; e < rule->example_end; e++, ++*examples)
            findings += check_example(r, rule, r->examples[e], report);
    }
    for (size_t i = 0; i < r->macro_count; i++) {
        if (r->macros[i].used)
            continue;
        complain(report, r->macros[i].where, r->macros[i].name.p, "宏没有用到", "macro is never used",
                 r->macros[i].name);
        findings++;
    }
    return findings;
}

size_t rules_count(const struct rules *r)
{
    return r->count;
}

struct rule_info rules_info(const struct rules *r, size_t i)
{
    const struct rule *rule = &r->rules[i];
    return (struct rule_info){rule->id,         places[rule->place].name, rule->where.file,
                              rule->where.line, rule->source,
                              rule->example_end - rule->example_begin};
}
