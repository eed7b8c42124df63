#include "read/read.h"

#include "base/decode.h"
#include "base/text.h"

#include <stdio.h>
#include <strings.h>

/* Formats told by their first bytes, for which there is no reader. */
static const struct format {
    const char *name;
    const char *magic;
    size_t length;
} formats[] = {
    {"zip (docx, wps, ofd)", "PK\003\004", 4}, {"pdf", "%PDF-", 5},
    {"doc", "\320\317\021\340\241\261\032\341", 8}, {"rtf", "{\\rtf", 5},
    {"png", "\211PNG", 4}, {"jpeg", "\377\330\377", 3}, {"gif", "GIF8", 4},
    {"gzip", "\037\213", 2}, {"7z", "7z\274\257\047\034", 6}, {"rar", "Rar!", 4},
    {"sqlite", "SQLite format 3", 15}, {"elf", "\177ELF", 4},
};

static bool starts_with_word(struct slice s, const char *word)
{
    size_t n = strlen(word);
    return s.n >= n && strncasecmp(s.p, word, n) == 0;
}

static bool is_html(struct slice bytes)
{
    struct slice s = bytes;
    if (slice_starts(s, SLICE("\xEF\xBB\xBF")))
        s = slice_of(s.p + 3, s.n - 3);
    s = slice_trim_ascii(s);
    return starts_with_word(s, "<!doctype html") || starts_with_word(s, "<html") ||
           starts_with_word(s, "<head") || starts_with_word(s, "<body");
}

static const char *format_without_reader(struct slice bytes)
{
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (slice_starts(bytes, slice_of(formats[i].magic, formats[i].length)))
            return formats[i].name;
    return is_html(bytes) ? "html" : NULL;
}

static inline bool is_control(unsigned char c)
{
    bool space = (c >= '\t') & (c <= '\r') & (c != '\v');
    return ((c < 0x20) & !space) | (c == 0x7F);
}

enum { BLOCK = 64 };

/* Whether a byte of a block is below 0x20 and ends no line, or 0x7F. Without a branch: the compiler makes
 * vectors of it. */
static bool may_hold_control(const char *p)
{
    unsigned char odd = 0;
    for (int i = 0; i < BLOCK; i++)
        odd |= (((unsigned char)p[i] < 0x20) & (p[i] != '\n') & (p[i] != '\r')) | (p[i] == 0x7F);
    return odd;
}

/* Control chars that no text has; more than one in ten of them mean that this is none. */
static size_t count_controls(struct slice text)
{
    size_t n = 0, i = 0;
    while (i < text.n) {
        if (text.n - i >= BLOCK && !may_hold_control(text.p + i)) {
            i += BLOCK;
            continue;
        }
        size_t end = text.n - i > BLOCK ? i + BLOCK : text.n;
        for (; i < end; i++)
            n += is_control((unsigned char)text.p[i]);
    }
    return n;
}

/* Lines end with LF, CR LF, or CR alone. Returns false when there are too many. */
static bool find_lines(struct plan *p)
{
    struct source *s = &p->source;
    size_t count = 1;
    bool returns = memchr(s->text.p, '\r', s->text.n) != NULL;
    for (size_t i = 0; i < s->text.n;) {
        const char *lf = memchr(s->text.p + i, '\n', s->text.n - i);
        count += lf != NULL;
        i = lf ? (size_t)(lf - s->text.p) + 1 : s->text.n;
    }
    for (size_t i = 0; returns && i < s->text.n; i++)
        count += s->text.p[i] == '\r' && (i + 1 == s->text.n || s->text.p[i + 1] != '\n');
    if (count > READ_LINES_MAX)
        return false;
    s->line_begin = arena_alloc(&p->arena, (count + 1) * sizeof *s->line_begin);
    s->line_count = 1;
    for (size_t i = 0; i < s->text.n; i++) {
        if (!returns) {
            const char *lf = memchr(s->text.p + i, '\n', s->text.n - i);
            if (!lf)
                break;
            i = (size_t)(lf - s->text.p);
        } else if (s->text.p[i] == '\r' ? i + 1 < s->text.n && s->text.p[i + 1] == '\n'
                                        : s->text.p[i] != '\n') {
            continue;
        }
        s->line_begin[s->line_count++] = (uint32_t)i + 1;
    }
    if (s->line_count > 1 && s->line_begin[s->line_count - 1] == s->text.n)
        s->line_count--; /* the last line break ends a line, it begins none */
    s->line_begin[s->line_count] = (uint32_t)s->text.n;
    return true;
}

/* Where lines are long, columns are counted from marks set every few kilobytes. */
static void index_columns(struct plan *p)
{
    struct source *s = &p->source;
    uint32_t longest = 0, chars = 0, n = (uint32_t)s->text.n;
    for (uint32_t i = 0; i < s->line_count; i++)
        if (s->line_begin[i + 1] - s->line_begin[i] > longest)
            longest = s->line_begin[i + 1] - s->line_begin[i];
    if (longest <= COLUMN_STEP)
        return;
    s->chars_before = arena_alloc(&p->arena, (n / COLUMN_STEP + 1) * sizeof *s->chars_before);
    for (uint32_t i = 1; i <= n / COLUMN_STEP; i++) {
        chars += (uint32_t)text_chars(slice_of(s->text.p + (i - 1) * COLUMN_STEP, COLUMN_STEP));
        s->chars_before[i] = chars;
    }
}

static void note_bad_bytes(struct plan *p, const struct decoded *d)
{
    size_t kept = sizeof d->bad_at / sizeof *d->bad_at;
    char offset[24];
    for (size_t i = 0; i < d->bad_count && i < kept; i++) {
        uint32_t at = (uint32_t)d->bad_text_at[i];
        snprintf(offset, sizeof offset, "%zu", d->bad_at[i]);
        plan_diag(p, DIAG_BAD_BYTES, (struct span){at, at + 3}, slice_cstr(offset), slice_cstr(d->encoding));
    }
    if (d->bad_count <= kept)
        return;
    snprintf(offset, sizeof offset, "%zu", d->bad_count - kept);
    uint32_t last = (uint32_t)d->bad_text_at[kept - 1];
    plan_diag(p, DIAG_MORE_BAD_BYTES, (struct span){last, last + 3}, slice_cstr(offset), SLICE_NONE);
}

static bool refuse(struct read_refusal *why, enum diag_id id, const char *arg)
{
    why->id = id;
    snprintf(why->arg, sizeof why->arg, "%s", arg);
    return false;
}

static bool refuse_limit(struct read_refusal *why, enum diag_id id, size_t limit)
{
    char digits[24];
    snprintf(digits, sizeof digits, "%zu", limit);
    return refuse(why, id, digits);
}

bool read_document(struct plan *p, struct buf *raw, struct read_refusal *why)
{
    struct decoded d;
    struct slice bytes = buf_view(raw); /* wherever they are moved */
    if (!bytes.n)
        return refuse(why, DIAG_EMPTY, "");
    const char *format = format_without_reader(bytes);
    if (format)
        return refuse(why, DIAG_NO_READER, format);
    decode_bytes(raw, &d);
    p->text_owner = d.text;
    p->source.text = buf_view(&d.text);
    if (!p->source.text.n)
        return refuse(why, DIAG_EMPTY, "");
    if (p->source.text.n > READ_TEXT_MAX)
        return refuse_limit(why, DIAG_TOO_LONG_TEXT, READ_TEXT_MAX);
    size_t controls = count_controls(p->source.text);
    if (controls * 10 > p->source.text.n || d.bad_count * 5 > bytes.n)
        return refuse(why, DIAG_BINARY, "");
    p->source.format = "text";
    memcpy(p->source.encoding, d.encoding, sizeof p->source.encoding);
    hash_sha256(bytes.p, bytes.n, p->source.sha256);
    if (!find_lines(p))
        return refuse_limit(why, DIAG_TOO_MANY_LINES, READ_LINES_MAX);
    index_columns(p);
    note_bad_bytes(p, &d);
    if (controls) {
        char count[24];
        snprintf(count, sizeof count, "%zu", controls);
        plan_diag(p, DIAG_CONTROL_CHARS, (struct span){0, 0}, slice_cstr(count), SLICE_NONE);
    }
    return true;
}
