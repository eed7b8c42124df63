#include "base/lexicon.h"

#include "base/file.h"
#include "base/mem.h"
#include "base/text.h"

#include <stdlib.h>

enum { COLUMNS_MAX = 32, STARTS_MAX = 1 << 14, LENGTH_BITS = 32, BEGIN_BITS = 1 << 14 };

#define FILES_MAX ((size_t)1 << 31) /* bytes of all files of a lexicon */

/* Bytes of the lexicon's text. */
struct part {
    uint32_t at, n;
};

struct entry {
    struct part word;
    uint32_t row;
    uint32_t hash;
    uint32_t next; /* entry + 1 with the same hash, 0 at the end */
};

/* What the pointers lead to lies in the image when the lexicon is of one. */
struct lexicon {
    bool of_image;
    struct buf files; /* one behind the other; empty when it is of an image */
    const char *text;
    size_t text_length, file_count;
    struct part columns[COLUMNS_MAX];
    bool key[COLUMNS_MAX];
    size_t column_count;
    struct part *cells; /* row by row, at 0: absent (a header stands there) */
    size_t row_count;
    struct entry *entries;
    size_t entry_count, entry_room;
    size_t *file_begin; /* entry each file's words begin at */
    uint32_t *heads; /* entry + 1 by hash */
    size_t head_mask;
    size_t longest; /* bytes of the longest word */
    uint32_t *lengths; /* by the hash of a beginning: a bit for each length of the words that begin so */
    size_t length_mask;
    uint64_t begins[BEGIN_BITS / 64]; /* a bit for the hash of each beginning: small, so that it stays at hand */
};


/* ---- hashing: by a few bytes and the length, so that neither the words of a large table nor the
 * beginnings of a text are gone through byte by byte ---- */

static uint64_t load(const char *p, size_t n)
{
    uint64_t x = 0;
    memcpy(&x, p, n);
    return x;
}

static uint32_t mix(uint64_t h)
{
    return (uint32_t)(h * 0x9E3779B97F4A7C15u >> 32);
}

static uint32_t hash_word(const char *p, size_t n)
{
    uint64_t h = n;
    if (n >= 8)
        h ^= load(p, 8) * 3 ^ load(p + n / 2 - 4, 8) * 5 ^ load(p + n - 8, 8) * 7;
    else if (n >= 3)
        h ^= load(p, 3) * 3 ^ load(p + n - 3, 3) << 32;
    else
        h ^= n ? load(p, 1) * 3 ^ load(p + n - 1, 1) << 32 : 0;
    return mix(h);
}

static bool is_three(unsigned char lead)
{
    return lead >= 0xE0 && lead < 0xF0;
}

static bool is_hanzi(unsigned char lead) /* U+4000 to U+9FFF */
{
    return lead >= 0xE4 && lead <= 0xE9;
}

/* The hash of a beginning of two chars of three bytes each, of one, or of a byte. */
static uint32_t hash_start(const char *p, size_t n)
{
    uint64_t begin = n == 6 ? load(p, 4) | load(p + 4, 2) << 32 : n == 3 ? load(p, 3) : load(p, 1);
    return mix(begin * 3 + n) >> 8;
}

/* Lengths are told by hanzi; the last bit stands for all that are longer. */
static unsigned length_bit(size_t n)
{
    return n / 3 < LENGTH_BITS - 1 ? (unsigned)(n / 3) : LENGTH_BITS - 1;
}

/* How much of a word counts as its beginning. */
static size_t start_length(struct slice word)
{
    if (word.n < 3 || !is_three((unsigned char)word.p[0]))
        return 1;
    return word.n >= 6 && is_three((unsigned char)word.p[3]) ? 6 : 3;
}

/* ---- reading ---- */

static struct slice part_text(const struct lexicon *lex, struct part part)
{
    return slice_of(lex->text + part.at, part.n);
}

static struct part part_of(const struct lexicon *lex, struct slice s)
{
    return (struct part){(uint32_t)(s.p - lex->text), (uint32_t)s.n};
}

static void reserve(struct lexicon *lex, size_t more)
{
    lex->entry_room = lex->entry_count + more + 64;
    lex->entries = mem_realloc(lex->entries, lex->entry_room * sizeof *lex->entries);
}

static void add_entry(struct lexicon *lex, const struct entry *e)
{
    if (lex->entry_count == lex->entry_room)
        reserve(lex, lex->entry_count);
    lex->entries[lex->entry_count++] = *e;
    if (e->word.n > lex->longest)
        lex->longest = e->word.n;
}

/* The words of a cell of a key column, parted by `|`. */
static void add_words(struct lexicon *lex, struct slice cell)
{
    struct slice word;
    while (slice_split(&cell, '|', &word))
        if (word.n)
            add_entry(lex, &(struct entry){part_of(lex, word), (uint32_t)lex->row_count,
                                           hash_word(word.p, word.n), 0});
}

static void index_words(struct lexicon *lex)
{
    size_t heads = 16;
    while (heads < lex->entry_count * 2)
        heads *= 2;
    lex->heads = mem_zalloc(heads * sizeof *lex->heads);
    size_t starts = heads < STARTS_MAX ? heads : STARTS_MAX;
    lex->lengths = mem_zalloc(starts * sizeof *lex->lengths);
    lex->length_mask = starts - 1;
    lex->head_mask = heads - 1;
    lex->file_begin[lex->file_count] = lex->entry_count;
    for (size_t f = 0; f < lex->file_count; f++) /* the later file's words come first */
        for (size_t i = lex->file_begin[f + 1]; i-- > lex->file_begin[f];) {
            struct entry *e = &lex->entries[i];
            uint32_t *head = &lex->heads[e->hash & lex->head_mask];
            e->next = *head;
            *head = (uint32_t)i + 1;
            struct slice word = part_text(lex, e->word);
            uint32_t start = hash_start(word.p, start_length(word));
            lex->lengths[start & lex->length_mask] |= (uint32_t)1 << length_bit(e->word.n);
            lex->begins[start % BEGIN_BITS >> 6] |= (uint64_t)1 << (start & 63);
        }
}

static bool is_key(const char *keys, struct slice column)
{
    struct slice rest = slice_cstr(keys), key;
    while (slice_split(&rest, ',', &key))
        if (slice_eq(key, column))
            return true;
    return false;
}

static void add_row(struct lexicon *lex, struct slice line)
{
    size_t width = lex->column_count, rows = lex->row_count;
    if ((rows & (rows - 1)) == 0)
        lex->cells = mem_realloc(lex->cells, (rows ? rows * 2 : 1) * width * sizeof *lex->cells);
    struct part *cells = lex->cells + rows * width;
    struct slice cell;
    memset(cells, 0, width * sizeof *cells);
    for (size_t column = 0; column < width && slice_split(&line, '\t', &cell); column++) {
        cells[column] = part_of(lex, cell);
        if (lex->key[column])
            add_words(lex, cell);
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
        if (width == COLUMNS_MAX || (!first && !slice_eq(part_text(lex, lex->columns[width]), name)))
            return false;
        lex->columns[width] = part_of(lex, name);
        lex->key[width++] = is_key(keys, name);
    }
    bool same = first || width == lex->column_count;
    lex->column_count = width;
    return same;
}

static bool add_text(struct lexicon *lex, const char *path, struct buf *error)
{
    if (!file_read(path, &lex->files, FILES_MAX, error))
        return false;
    lex->text = lex->files.p;
    lex->text_length = lex->files.n;
    return true;
}

static bool read_file(struct lexicon *lex, const char *path, const char *keys, struct buf *error)
{
    size_t before = lex->text_length;
    if (!add_text(lex, path, error))
        return false;
    struct slice rest = slice_of(lex->text + before, lex->text_length - before), line;
    reserve(lex, rest.n / 24);
    if (slice_starts(rest, SLICE("\xEF\xBB\xBF")))
        rest = slice_of(rest.p + 3, rest.n - 3);
    lex->file_begin[lex->file_count++] = lex->entry_count;
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
    if (!lex->of_image) {
        free(lex->file_begin);
        free(lex->cells);
        free(lex->entries);
        free(lex->heads);
        free(lex->lengths);
        buf_done(&lex->files);
    }
    free(lex);
}

/* ---- images: the lexicon with the pointers left out, then what they lead to ---- */

enum { PARTS = 4 };

static void part_sizes(const struct lexicon *lex, size_t sizes[PARTS])
{
    sizes[0] = lex->row_count * lex->column_count * sizeof *lex->cells;
    sizes[1] = lex->entry_count * sizeof *lex->entries;
    sizes[2] = (lex->head_mask + 1) * sizeof *lex->heads;
    sizes[3] = (lex->length_mask + 1) * sizeof *lex->lengths;
}

void lexicon_save(const struct lexicon *lex, struct buf *image)
{
    struct lexicon bare = *lex;
    size_t sizes[PARTS];
    const void *parts[PARTS] = {lex->cells, lex->entries, lex->heads, lex->lengths};
    part_sizes(lex, sizes);
    bare.of_image = true;
    bare.files = (struct buf){0};
    bare.text = NULL;
    bare.cells = NULL;
    bare.entries = NULL;
    bare.file_begin = NULL;
    bare.heads = bare.lengths = NULL;
    buf_add(image, &bare, sizeof bare);
    for (int i = 0; i < PARTS; i++)
        buf_add(image, parts[i], sizes[i]);
}

/* The pointers of a lexicon just copied from an image; false when the image is of another size. */
static bool point_into(struct lexicon *lex, struct slice image)
{
    size_t sizes[PARTS], size = sizeof *lex;
    void *parts[PARTS];
    part_sizes(lex, sizes);
    for (int i = 0; i < PARTS; i++) {
        parts[i] = (void *)(image.p + size);
        size += sizes[i];
    }
    lex->cells = parts[0];
    lex->entries = parts[1];
    lex->heads = parts[2];
    lex->lengths = parts[3];
    return size == image.n;
}

struct lexicon *lexicon_load(struct slice image, struct slice text)
{
    struct lexicon *lex = mem_alloc(sizeof *lex);
    if (image.n < sizeof *lex) {
        free(lex);
        return NULL;
    }
    memcpy(lex, image.p, sizeof *lex);
    if (text.n != lex->text_length || !point_into(lex, image)) {
        free(lex);
        return NULL;
    }
    lex->text = text.p;
    return lex;
}

size_t lexicon_rows(const struct lexicon *lex)
{
    return lex->row_count;
}

int lexicon_column(const struct lexicon *lex, const char *name)
{
    for (size_t i = 0; i < lex->column_count; i++)
        if (slice_eq(part_text(lex, lex->columns[i]), slice_cstr(name)))
            return (int)i;
    return -1;
}

struct slice lexicon_cell(const struct lexicon *lex, size_t row, int column)
{
    if (column < 0 || row >= lex->row_count)
        return SLICE_NONE;
    struct part cell = lex->cells[row * lex->column_count + (size_t)column];
    return cell.at ? part_text(lex, cell) : SLICE_NONE;
}

static bool chain_find(const struct lexicon *lex, uint32_t link, uint32_t hash, struct slice word,
                       struct lexicon_hit *hit)
{
    for (; link; link = lex->entries[link - 1].next) {
        const struct entry *e = &lex->entries[link - 1];
        if (e->hash == hash && slice_eq(part_text(lex, e->word), word)) {
            *hit = (struct lexicon_hit){e->row, word.n, link - 1};
            return true;
        }
    }
    return false;
}

static bool find(const struct lexicon *lex, uint32_t hash, struct slice word, struct lexicon_hit *hit)
{
    return chain_find(lex, lex->heads[hash & lex->head_mask], hash, word, hit);
}

bool lexicon_find(const struct lexicon *lex, struct slice word, struct lexicon_hit *hit)
{
    return word.n && word.n <= lex->longest && find(lex, hash_word(word.p, word.n), word, hit);
}

bool lexicon_again(const struct lexicon *lex, struct lexicon_hit *hit)
{
    const struct entry *e = &lex->entries[hit->entry];
    return chain_find(lex, e->next, e->hash, part_text(lex, e->word), hit);
}

static uint32_t lengths_of(const struct lexicon *lex, struct slice text, size_t start)
{
    uint32_t h = hash_start(text.p, start);
    return lex->begins[h % BEGIN_BITS >> 6] >> (h & 63) & 1 ? lex->lengths[h & lex->length_mask] : 0;
}

size_t lexicon_skip(const struct lexicon *a, const struct lexicon *b, struct slice text, size_t at)
{
    for (; at + 6 <= text.n && is_hanzi((unsigned char)text.p[at]) && is_three((unsigned char)text.p[at + 3]); at += 3) {
        uint32_t two = hash_start(text.p + at, 6) % BEGIN_BITS, one = hash_start(text.p + at, 3) % BEGIN_BITS;
        uint64_t bits = (a->begins[two >> 6] | b->begins[two >> 6]) >> (two & 63) |
                        (a->begins[one >> 6] | b->begins[one >> 6]) >> (one & 63);
        if (bits & 1)
            break;
    }
    return at;
}

/* Whether the text begins with so many chars of three bytes, or is nothing but fewer of them. */
static bool is_all_three(struct slice text, size_t chars)
{
    size_t end = text.n < chars * 3 ? text.n : chars * 3, at = 0;
    while (at < end && is_three((unsigned char)text.p[at]))
        at += 3;
    return at >= end;
}

/* The longest word of the lengths at the front of a text whose chars all have three bytes. */
static bool longest_of_three(const struct lexicon *lex, uint32_t lengths, struct slice text, struct lexicon_hit *hit)
{
    while (lengths) {
        unsigned chars = 31 - (unsigned)__builtin_clz(lengths);
        size_t n = chars * 3;
        if (n <= text.n && find(lex, hash_word(text.p, n), slice_of(text.p, n), hit))
            return true;
        lengths ^= 1u << chars;
    }
    return false;
}

/* So too, for any text. */
static bool longest_of_any(const struct lexicon *lex, uint32_t lengths, struct slice text, struct lexicon_hit *hit)
{
    size_t most = text.n < lex->longest ? text.n : lex->longest, n = 0;
    bool found = false;
    while (n < most && lengths >> length_bit(n)) {
        text_next(text.p, text.n, &n);
        if (lengths >> length_bit(n) & 1)
            found |= find(lex, hash_word(text.p, n), slice_of(text.p, n), hit);
    }
    return found;
}

bool lexicon_longest(const struct lexicon *lex, struct slice text, size_t at, struct lexicon_hit *hit)
{
    if (at >= text.n)
        return false;
    struct slice rest = slice_of(text.p + at, text.n - at);
    size_t start = start_length(rest);
    uint32_t lengths = lengths_of(lex, rest, start);
    if (start == 6) /* or a word of one char */
        lengths |= lengths_of(lex, rest, 3) & 1u << length_bit(3);
    if (!lengths)
        return false;
    unsigned longest = 31 - (unsigned)__builtin_clz(lengths);
    if (longest < LENGTH_BITS - 1 && is_all_three(rest, longest + 1))
        return longest_of_three(lex, lengths, rest, hit);
    return longest_of_any(lex, lengths, rest, hit);
}

size_t lexicon_words(const struct lexicon *lex)
{
    return lex->entry_count;
}

struct slice lexicon_word(const struct lexicon *lex, size_t i)
{
    return part_text(lex, lex->entries[i].word);
}
