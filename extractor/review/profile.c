#include "review/profile.h"

#include "base/text.h"

#include <stdlib.h>

enum profile_key { KEY_CODE, KEY_LEVEL, KEY_REASON, KEY_FILE, KEY_TEXT, KEY_MAX };

enum { LEVEL_OFF = -1, WORD_MAX = 64 };

static const char *const key_names[KEY_MAX] = {"code", "level", "reason", "file", "text"};
static const char *const level_names[] = {"off", "note", "warning", "error"};

struct rule {
    struct slice value[KEY_MAX]; /* p NULL: not given */
    int level;
    bool any; /* code "*" */
    enum check_id id;
    size_t line;
    bool met; /* its file was among those judged */
    bool used;
};

struct profile {
    struct arena arena;
    char *name;
    struct rule *rules;
    size_t count;
};

/* What is being read. */
struct reader {
    struct profile *p;
    struct slice line;
    size_t number; /* of the line */
    size_t at;     /* byte in the line */
    enum lang lang;
    struct buf *error;
};

static void fault(struct reader *r, size_t at, const char *zh, const char *en, struct slice what, struct slice better)
{
    buf_printf(r->error, "%s:%zu:%zu: %s: %s", r->p->name, r->number, text_chars(slice_of(r->line.p, at)) + 1,
               diag_level_name(LEVEL_ERROR, r->lang), r->lang == LANG_ZH ? zh : en);
    if (what.n) {
        buf_str(r->error, r->lang == LANG_ZH ? "：" : ": ");
        buf_slice(r->error, what);
    }
    if (better.n) {
        buf_str(r->error, r->lang == LANG_ZH ? "（是不是 " : " (do you mean ");
        buf_slice(r->error, better);
        buf_str(r->error, r->lang == LANG_ZH ? "？）" : "?)");
    }
    buf_char(r->error, '\n');
}

/* ---- the nearest name ---- */

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Changes of one byte that make a into b (Levenshtein). */
static size_t distance(struct slice a, struct slice b)
{
    size_t row[WORD_MAX + 1];
    if (a.n > WORD_MAX || b.n > WORD_MAX)
        return WORD_MAX;
    for (size_t j = 0; j <= b.n; j++)
        row[j] = j;
    for (size_t i = 1; i <= a.n; i++) {
        size_t corner = row[0];
        row[0] = i;
        for (size_t j = 1; j <= b.n; j++) {
            size_t changed = corner + (a.p[i - 1] != b.p[j - 1]);
            corner = row[j];
            row[j] = least(changed, least(row[j], row[j - 1]) + 1);
        }
    }
    return row[b.n];
}

struct nearest {
    struct slice to, name;
    size_t distance;
};

static void consider(struct nearest *n, struct slice name)
{
    size_t d = distance(n->to, name);
    if (d < n->distance) {
        n->distance = d;
        n->name = name;
    }
}

static struct nearest nearest_to(struct slice word)
{
    return (struct nearest){.to = word, .name = SLICE_NONE, .distance = word.n / 2 + 2};
}

static struct slice nearest_code(struct slice word)
{
    struct nearest n = nearest_to(word);
    for (int i = 0; i < CHECK_MAX; i++)
        consider(&n, slice_cstr(check_kind((enum check_id)i).code));
    return n.name;
}

static struct slice nearest_of(struct slice word, const char *const *names, size_t count)
{
    struct nearest n = nearest_to(word);
    for (size_t i = 0; i < count; i++)
        consider(&n, slice_cstr(names[i]));
    return n.name;
}

/* ---- strings ---- */

static void skip_blanks(struct reader *r)
{
    while (r->at < r->line.n && (r->line.p[r->at] == ' ' || r->line.p[r->at] == '\t'))
        r->at++;
}

static int hex_digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* \uXXXX: the four digits behind byte at; false when they are none, or half a pair. */
static bool read_unicode(struct reader *r, struct buf *out)
{
    uint32_t c = 0;
    for (size_t i = r->at; i < r->at + 4; i++) {
        int digit = i < r->line.n ? hex_digit(r->line.p[i]) : -1;
        if (digit < 0)
            return false;
        c = c * 16 + (uint32_t)digit;
    }
    if (c == 0 || (c >= 0xD800 && c < 0xE000))
        return false;
    r->at += 4;
    buf_utf8(out, c);
    return true;
}

static bool read_escape(struct reader *r, struct buf *out)
{
    static const char from[] = "\"\\nt", to[] = "\"\\\n\t";
    char c = r->at < r->line.n ? r->line.p[r->at++] : 0;
    if (c == 'u')
        return read_unicode(r, out);
    const char *found = c ? strchr(from, c) : NULL;
    if (found)
        buf_char(out, to[found - from]);
    return found != NULL;
}

/* A string in quotes at r->at, to the end of which it moves. */
static bool read_string(struct reader *r, struct slice *value)
{
    struct buf out = {0};
    size_t begin = r->at;
    char quote = r->at < r->line.n ? r->line.p[r->at] : 0;
    if (quote != '"' && quote != '\'') {
        fault(r, r->at, "要一个带引号的字符串", "a string in quotes is needed", SLICE_NONE, SLICE_NONE);
        return false;
    }
    r->at++;
    while (r->at < r->line.n && r->line.p[r->at] != quote) {
        size_t at = r->at;
        char c = r->line.p[r->at++];
        if (quote == '\'' || c != '\\') {
            buf_char(&out, c);
        } else if (!read_escape(r, &out)) {
            fault(r, at, "不认识的转义", "unknown escape", slice_of(r->line.p + at, 1), SLICE_NONE);
            buf_done(&out);
            return false;
        }
    }
    bool closed = r->at < r->line.n;
    if (closed)
        r->at++;
    else
        fault(r, begin, "引号没有结束", "the quotes do not end", SLICE_NONE, SLICE_NONE);
    *value = slice_of(arena_dup(&r->p->arena, out.p ? out.p : "", out.n), out.n);
    buf_done(&out);
    return closed;
}

/* ---- lines ---- */

static void expect_end(struct reader *r)
{
    skip_blanks(r);
    if (r->at < r->line.n && r->line.p[r->at] != '#')
        fault(r, r->at, "多余的内容", "nothing may follow here", slice_of(r->line.p + r->at, r->line.n - r->at), SLICE_NONE);
}

static void read_code(struct reader *r, struct rule *rule, size_t at)
{
    struct slice code = rule->value[KEY_CODE];
    rule->any = slice_eq(code, SLICE("*"));
    if (!rule->any && !check_by_code(code, &rule->id))
        fault(r, at, "没有这项检查", "there is no such check", code, nearest_code(code));
}

static void read_level(struct reader *r, struct rule *rule, size_t at)
{
    for (int i = 0; i < 4; i++)
        if (slice_eq(rule->value[KEY_LEVEL], slice_cstr(level_names[i]))) {
            rule->level = i - 1;
            return;
        }
    fault(r, at, "level 要 off、note、warning 或 error", "level takes off, note, warning or error",
          rule->value[KEY_LEVEL], nearest_of(rule->value[KEY_LEVEL], level_names, 4));
}

static int key_at(struct reader *r)
{
    size_t begin = r->at;
    while (r->at < r->line.n && strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-", r->line.p[r->at]) &&
           r->line.p[r->at])
        r->at++;
    struct slice word = slice_of(r->line.p + begin, r->at - begin);
    for (int i = 0; i < KEY_MAX; i++)
        if (slice_eq(word, slice_cstr(key_names[i])))
            return i;
    fault(r, begin, "不认识的键", "unknown key", word.n ? word : r->line, nearest_of(word, key_names, KEY_MAX));
    return -1;
}

static void read_pair(struct reader *r)
{
    size_t begin = r->at;
    int key = key_at(r);
    if (key < 0)
        return;
    if (!r->p->count) {
        fault(r, begin, "键要写在 [[check]] 之下", "keys stand below [[check]]", SLICE_NONE, SLICE_NONE);
        return;
    }
    struct rule *rule = &r->p->rules[r->p->count - 1];
    skip_blanks(r);
    if (r->at >= r->line.n || r->line.p[r->at] != '=') {
        fault(r, r->at, "要一个 =", "a = is needed", SLICE_NONE, SLICE_NONE);
        return;
    }
    r->at++;
    skip_blanks(r);
    size_t at = r->at;
    if (rule->value[key].p)
        fault(r, begin, "键重复", "the key is there already", slice_cstr(key_names[key]), SLICE_NONE);
    if (!read_string(r, &rule->value[key]))
        return;
    if (key == KEY_CODE)
        read_code(r, rule, at);
    else if (key == KEY_LEVEL)
        read_level(r, rule, at);
    expect_end(r);
}

static void read_table(struct reader *r)
{
    static const struct slice head = {"[[check]]", 9};
    struct slice rest = slice_of(r->line.p + r->at, r->line.n - r->at);
    if (!slice_starts(rest, head)) {
        fault(r, r->at, "只有 [[check]] 这一种表", "the only table is [[check]]", rest, SLICE_NONE);
        return;
    }
    r->at += head.n;
    expect_end(r);
    r->p->rules = arena_grow(&r->p->arena, r->p->rules, r->p->count, sizeof *r->p->rules);
    r->p->rules[r->p->count++] = (struct rule){.line = r->number, .level = LEVEL_NOTE};
}

static void read_line(struct reader *r)
{
    r->at = 0;
    skip_blanks(r);
    if (r->at == r->line.n || r->line.p[r->at] == '#')
        return;
    if (r->line.p[r->at] == '[')
        read_table(r);
    else
        read_pair(r);
}

/* What a rule must have. */
static void check_rules(struct reader *r)
{
    for (size_t i = 0; i < r->p->count; i++) {
        const struct rule *rule = &r->p->rules[i];
        r->number = rule->line;
        r->line = SLICE("");
        for (int key = KEY_CODE; key <= KEY_REASON; key++)
            if (!rule->value[key].p)
                fault(r, 0, "这一条缺少", "this rule lacks", slice_cstr(key_names[key]), SLICE_NONE);
        if (rule->value[KEY_REASON].p && !text_trim(rule->value[KEY_REASON]).n)
            fault(r, 0, "理由是空的", "the reason is empty", SLICE_NONE, SLICE_NONE);
    }
}

struct profile *profile_read(struct slice text, const char *name, enum lang lang, struct buf *error)
{
    struct profile *p = mem_zalloc(sizeof *p);
    struct reader r = {.p = p, .lang = lang, .error = error};
    size_t before = error->n;
    arena_init(&p->arena);
    p->name = mem_dup(name, strlen(name));
    if (slice_starts(text, SLICE("\xEF\xBB\xBF")))
        text = slice_of(text.p + 3, text.n - 3);
    if (text_check_utf8(text.p, text.n) < text.n)
        buf_printf(error, "%s: %s: %s\n", name, diag_level_name(LEVEL_ERROR, lang),
                   lang == LANG_ZH ? "不是 UTF-8" : "not UTF-8");
    else {
        while (slice_split(&text, '\n', &r.line)) {
            r.number++;
            while (r.line.n && r.line.p[r.line.n - 1] == '\r')
                r.line.n--;
            read_line(&r);
        }
        check_rules(&r);
    }
    if (error->n == before)
        return p;
    profile_free(p);
    return NULL;
}

void profile_free(struct profile *p)
{
    if (!p)
        return;
    arena_done(&p->arena);
    free(p->name);
    free(p);
}

/* ---- applying ---- */

static bool contains(const struct finding *x, struct slice what)
{
    if (slice_find(plan_slice(x->plan, x->span), what) >= 0)
        return true;
    for (int i = 0; i < FINDING_ARGS; i++)
        if (x->args[i].n && slice_find(x->args[i], what) >= 0)
            return true;
    return false;
}

static bool is_file(struct slice path, struct slice name)
{
    return slice_ends(path, name) && (path.n == name.n || path.p[path.n - name.n - 1] == '/');
}

static bool is_for(const struct rule *rule, const struct plan *plan)
{
    return !rule->value[KEY_FILE].p || is_file(plan->source.file, rule->value[KEY_FILE]);
}

static bool fits(const struct rule *rule, const struct finding *x)
{
    return (rule->any || rule->id == x->id) && is_for(rule, x->plan) &&
           (!rule->value[KEY_TEXT].n || contains(x, rule->value[KEY_TEXT]));
}

static void decide(struct findings *f, struct finding *x, const struct rule *rule)
{
    struct slice reason = rule->value[KEY_REASON];
    x->reason = slice_of(arena_dup(&f->arena, reason.p, reason.n), reason.n);
    if (rule->level == LEVEL_OFF)
        x->suppressed = true;
    else
        x->level = (enum diag_level)rule->level;
}

void profile_apply(struct profile *p, struct findings *f, const struct plan *plan)
{
    for (size_t k = 0; k < p->count; k++)
        p->rules[k].met = p->rules[k].met || is_for(&p->rules[k], plan);
    for (size_t i = f->count; i > 0 && f->items[i - 1]->plan == plan; i--) {
        struct finding *x = f->items[i - 1];
        for (size_t k = 0; k < p->count; k++)
            if (fits(&p->rules[k], x)) {
                p->rules[k].used = true;
                decide(f, x, &p->rules[k]);
                break;
            }
    }
}

void profile_say_unused(const struct profile *p, enum lang lang, struct buf *out)
{
    for (size_t i = 0; i < p->count; i++)
        if (p->rules[i].met && !p->rules[i].used)
            buf_printf(out, "%s:%zu:1: %s: %s\n", p->name, p->rules[i].line, diag_level_name(LEVEL_NOTE, lang),
                       lang == LANG_ZH ? "没有发现符合这一条，可以删去" : "no finding fits this rule; it can go");
}
