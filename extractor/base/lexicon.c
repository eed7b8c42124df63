#include "base/lexicon.h"

#include "base/file.h"
#include "base/mem.h"
#include "base/text.h"

#include <stdlib.h>

enum { COLUMNS_MAX = 32 };

struct entry {
    struct slice word;
    uint32_t row;
    uint32_t next; /* entry + 1 with the same hash, 0 at the end */
};

struct lexicon {
    struct buf *files;
    size_t file_count;
    struct slice columns[COLUMNS_MAX];
    bool key[COLUMNS_MAX];
    size_t column_count;
    struct slice *rows; /* whole lines; cells are cut when asked for */
    size_t row_count;
    struct entry *entries;
    size_t entry_count;
    size_t *file_begin; /* entry each file's words begin at */
    uint32_t *heads; /* entry + 1 by hash */
    size_t head_mask;
    size_t longest; /* bytes of the longest word */
    uint64_t *starts; /* bit set of hashes of the words' first two chars (or only one) */
};

enum { START_BITS = 1 << 16 };

/* FNV-1a, so that the hash of a longer word goes on from that of its beginning. */
static uint32_t hash_more(uint32_t h, const char *p, size_t n)
{
    for (size_t i = 0; i < n; i++)
        h = (h ^ (unsigned char)p[i]) * 16777619u;
    return h;
}

static uint32_t hash_word(struct slice w)
{
    return hash_more(2166136261u, w.p, w.n);
}

static size_t place_of(const struct lexicon *lex, uint32_t h)
{
    return (h ^ h >> 15) & lex->head_mask;
}

static uint32_t start_bit(uint32_t first, uint32_t second)
{
    return (first * 0x9E3779B1u ^ second * 0x85EBCA6Bu) >> 16;
}

static void add_entry(struct lexicon *lex, struct slice word, size_t row)
{
    if (!word.n)
        return;
    if ((lex->entry_count & (lex->entry_count - 1)) == 0)
        lex->entries = mem_realloc(lex->entries, (lex->entry_count ? lex->entry_count * 2 : 1) *
                                                     sizeof *lex->entries);
    lex->entries[lex->entry_count++] = (struct entry){word, (uint32_t)row, 0};
    if (word.n > lex->longest)
        lex->longest = word.n;
}

/* Puts an entry before those of its hash. */
static void index_word(struct lexicon *lex, size_t i)
{
    struct entry *e = &lex->entries[i];
    uint32_t *head = &lex->heads[place_of(lex, hash_word(e->word))];
    e->next = *head;
    *head = (uint32_t)i + 1;
    size_t at = 0;
    uint32_t first = text_next(e->word.p, e->word.n, &at);
    uint32_t bit = start_bit(first, at < e->word.n ? text_next(e->word.p, e->word.n, &at) : 0);
    lex->starts[bit >> 6] |= (uint64_t)1 << (bit & 63);
}

static void index_words(struct lexicon *lex)
{
    size_t heads = 16;
    while (heads < lex->entry_count * 2)
        heads *= 2;
    lex->heads = mem_zalloc(heads * sizeof *lex->heads);
    lex->starts = mem_zalloc(START_BITS / 8);
    lex->head_mask = heads - 1;
    lex->file_begin[lex->file_count] = lex->entry_count;
    for (size_t f = 0; f < lex->file_count; f++) /* the later file's words come first */
        for (size_t i = lex->file_begin[f + 1]; i-- > lex->file_begin[f];)
            index_word(lex, i);
}

static bool is_key(const char *keys, struct slice column)
{
    struct slice rest = slice_cstr(keys), key;
    while (slice_split(&rest, ',', &key))
        if (slice_eq(key, column))
            return true;
    return false;
}

/* Indexes the words of the key columns in one pass over the line. */
static void add_row(struct lexicon *lex, struct slice line)
{
    if ((lex->row_count & (lex->row_count - 1)) == 0)
        lex->rows = mem_realloc(lex->rows, (lex->row_count ? lex->row_count * 2 : 1) * sizeof *lex->rows);
    lex->rows[lex->row_count] = line;
    size_t column = 0, begin = 0;
    for (size_t i = 0; i <= line.n; i++) {
        bool end = i == line.n || line.p[i] == '\t', key = column < lex->column_count && lex->key[column];
        if (key && (end || line.p[i] == '|')) {
            add_entry(lex, slice_of(line.p + begin, i - begin), lex->row_count);
            begin = i + 1;
        }
        if (end) {
            column++;
            begin = i + 1;
        }
    }
    lex->row_count++;
}

/* The first file's header names the columns; the others must have the same. */
static bool read_header(struct lexicon *lex, struct slice line, const char *keys)
{
    size_t width = 0;
    struct slice name;
    bool first = lex->column_count == 0;
    while (slice_split(&line, '\t', &name)) {
        if (width == COLUMNS_MAX || (!first && !slice_eq(lex->columns[width], name)))
            return false;
        lex->columns[width] = name;
        lex->key[width++] = is_key(keys, name);
    }
    bool same = first || width == lex->column_count;
    lex->column_count = width;
    return same;
}

static bool read_file(struct lexicon *lex, const char *path, const char *keys, struct buf *error)
{
    struct buf *text = &lex->files[lex->file_count++];
    if (!file_read(path, text, SIZE_MAX, error))
        return false;
    struct slice rest = buf_view(text), line;
    if (slice_starts(rest, SLICE("\xEF\xBB\xBF")))
        rest = slice_of(rest.p + 3, rest.n - 3);
    lex->file_begin[lex->file_count - 1] = lex->entry_count;
    bool headed = false;
    for (size_t number = 1; slice_split(&rest, '\n', &line); number++) {
        if (line.n && line.p[line.n - 1] == '\r')
            line.n--;
        if (!line.n || line.p[0] == '#')
            continue;
        if (headed) {
            add_row(lex, line);
            continue;
        }
        headed = read_header(lex, line, keys);
        if (!headed) {
            buf_printf(error, "%s:%zu: 列名与原表不符 / column names differ from the first table's", path,
                       number);
            return false;
        }
    }
    return true;
}

struct lexicon *lexicon_read(const char *const *paths, size_t count, const char *keys, struct buf *error)
{
    struct lexicon *lex = mem_zalloc(sizeof *lex);
    lex->files = mem_zalloc(count * sizeof *lex->files);
    lex->file_begin = mem_zalloc((count + 1) * sizeof *lex->file_begin);
    for (size_t i = 0; i < count; i++)
        if (!read_file(lex, paths[i], keys, error)) {
            lexicon_free(lex);
            return NULL;
        }
    index_words(lex);
    return lex;
}

void lexicon_free(struct lexicon *lex)
{
    if (!lex)
        return;
    for (size_t i = 0; i < lex->file_count; i++)
        buf_done(&lex->files[i]);
    free(lex->files);
    free(lex->file_begin);
    free(lex->rows);
    free(lex->entries);
    free(lex->heads);
    free(lex->starts);
    free(lex);
}

size_t lexicon_rows(const struct lexicon *lex)
{
    return lex->row_count;
}

int lexicon_column(const struct lexicon *lex, const char *name)
{
    for (size_t i = 0; i < lex->column_count; i++)
        if (slice_eq(lex->columns[i], slice_cstr(name)))
            return (int)i;
    return -1;
}

struct slice lexicon_cell(const struct lexicon *lex, size_t row, int column)
{
    if (column < 0 || row >= lex->row_count)
        return SLICE_NONE;
    struct slice rest = lex->rows[row], cell;
    while (slice_split(&rest, '\t', &cell))
        if (column-- == 0)
            return cell;
    return SLICE_NONE;
}

static bool chain_find(const struct lexicon *lex, uint32_t link, struct slice word,
                       struct lexicon_hit *hit)
{
    for (; link; link = lex->entries[link - 1].next) {
        const struct entry *e = &lex->entries[link - 1];
        if (slice_eq(e->word, word)) {
            *hit = (struct lexicon_hit){e->row, word.n, link - 1};
            return true;
        }
    }
    return false;
}

bool lexicon_find(const struct lexicon *lex, struct slice word, struct lexicon_hit *hit)
{
    return word.n && word.n <= lex->longest &&
           chain_find(lex, lex->heads[place_of(lex, hash_word(word))], word, hit);
}

bool lexicon_again(const struct lexicon *lex, struct lexicon_hit *hit)
{
    const struct entry *e = &lex->entries[hit->entry];
    return chain_find(lex, e->next, e->word, hit);
}

static bool may_start(const struct lexicon *lex, uint32_t first, uint32_t second)
{
    uint32_t bit = start_bit(first, second);
    return lex->starts[bit >> 6] >> (bit & 63) & 1;
}

bool lexicon_longest(const struct lexicon *lex, struct slice text, size_t at, struct lexicon_hit *hit)
{
    size_t end = at;
    uint32_t first = text_next(text.p, text.n, &end);
    size_t second_end = end;
    uint32_t second = end < text.n ? text_next(text.p, text.n, &second_end) : 0;
    bool one = may_start(lex, first, 0), more = second && may_start(lex, first, second), found = false;
    if (!one && !more)
        return false;
    uint32_t h = hash_more(2166136261u, text.p + at, end - at);
    while (end - at <= lex->longest) {
        found |= chain_find(lex, lex->heads[place_of(lex, h)], slice_of(text.p + at, end - at), hit);
        if (!more || end >= text.n)
            break;
        size_t from = end;
        text_next(text.p, text.n, &end);
        h = hash_more(h, text.p + from, end - from);
    }
    return found;
}

size_t lexicon_words(const struct lexicon *lex)
{
    return lex->entry_count;
}

struct slice lexicon_word(const struct lexicon *lex, size_t i)
{
    return lex->entries[i].word;
}
