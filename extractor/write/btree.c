#include "write/btree.h"

#include "base/file.h"
#include "base/mem.h"
#include "write/record.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#define PAGES_KEPT 16
#define LOCK_PAGE (0x40000000u / BTREE_PAGE + 1) /* never used: locks lie on its bytes */
#define COUNT_AT 28                              /* of the number of pages in the file's header */

enum { LEAF_HEAD = 8, INNER_HEAD = 12, POINTER = 2, CHILD = 4 };
enum { INDEX_INNER = 0x02, TABLE_INNER = 0x05, INDEX_LEAF = 0x0A, TABLE_LEAF = 0x0D };

/* Bytes of a record that stay in its cell; the rest goes to overflow pages. */
enum {
    TABLE_MOST = BTREE_PAGE - 35,
    INDEX_MOST = (BTREE_PAGE - 12) * 64 / 255 - 23,
    LEAST = (BTREE_PAGE - 12) * 32 / 255 - 23
};

static void put_be(unsigned char *to, uint32_t value, unsigned bytes)
{
    while (bytes-- > 0)
        *to++ = (unsigned char)(value >> (8 * bytes));
}

/* ---- pages ---- */

static void fail(struct pages *p)
{
    if (!p->error)
        p->error = errno;
}

static void flush(struct pages *p)
{
    if (p->out.n && !p->error && !file_write_fd(p->fd, p->out.p, p->out.n))
        fail(p);
    p->out.n = 0;
}

static void append(struct pages *p, const unsigned char *page)
{
    buf_add(&p->out, page, BTREE_PAGE);
    p->next++;
    if (p->out.n >= PAGES_KEPT * (size_t)BTREE_PAGE)
        flush(p);
}

/* The number of the page that comes next. */
static uint32_t number_of_next(struct pages *p)
{
    static const unsigned char nothing[BTREE_PAGE];
    if (p->next == LOCK_PAGE)
        append(p, nothing);
    return p->next;
}

void pages_open(struct pages *p, int fd, uint32_t next)
{
    *p = (struct pages){.fd = fd, .next = next};
    if (lseek(fd, (off_t)(next - 1) * BTREE_PAGE, SEEK_SET) < 0)
        fail(p);
}

static void write_at(struct pages *p, const unsigned char *bytes, size_t n, off_t at)
{
    if (p->error)
        return;
    ssize_t done = pwrite(p->fd, bytes, n, at);
    if (done < 0)
        fail(p);
    else if ((size_t)done < n)
        p->error = ENOSPC;
}

bool pages_close(struct pages *p)
{
    unsigned char count[4];
    flush(p);
    put_be(count, p->next - 1, sizeof count);
    write_at(p, count, sizeof count, COUNT_AT);
    buf_done(&p->out);
    return !p->error;
}

/* ---- a page of a tree ---- */


static unsigned head_bytes(unsigned level)
{
    return level ? INNER_HEAD : LEAF_HEAD;
}

static struct btree_level *open_level(struct btree *t, unsigned level)
{
    struct btree_level *l = &t->levels[level];
    if (level == t->height) {
        t->height++;
        *l = (struct btree_level){.page = mem_zalloc(BTREE_PAGE), .begin = BTREE_PAGE};
    }
    return l;
}

static bool fits(const struct btree_level *l, unsigned level, size_t bytes)
{
    return head_bytes(level) + POINTER * (l->cells + 1) + bytes <= l->begin;
}

static void put_cell(struct btree_level *l, unsigned level, struct slice cell)
{
    l->begin -= (unsigned)cell.n;
    memcpy(l->page + l->begin, cell.p, cell.n);
    put_be(l->page + head_bytes(level) + POINTER * l->cells++, l->begin, POINTER);
}

/* Takes the last cell off; it stays readable until the next one is put. */
static struct slice take_cell(struct btree_level *l, unsigned level)
{
    const unsigned char *pointers = l->page + head_bytes(level);
    unsigned begin = l->begin, end = BTREE_PAGE;
    if (--l->cells) {
        const unsigned char *before = pointers + POINTER * (l->cells - 1);
        end = (unsigned)before[0] << 8 | before[1];
    }
    l->begin = end;
    return slice_of((const char *)l->page + begin, end - begin);
}

static void complete(const struct btree *t, struct btree_level *l, unsigned level, uint32_t right)
{
    static const unsigned char types[2][2] = {{TABLE_LEAF, TABLE_INNER}, {INDEX_LEAF, INDEX_INNER}};
    unsigned char *head = l->page;
    head[0] = types[t->index][level > 0];
    put_be(head + 1, 0, 2);
    put_be(head + 3, l->cells, 2);
    put_be(head + 5, l->begin, 2);
    head[7] = 0;
    if (level > 0)
        put_be(head + 8, right, 4);
    unsigned used = head_bytes(level) + POINTER * l->cells;
    memset(head + used, 0, l->begin - used);
}

static uint32_t write_level(struct btree *t, struct pages *to, unsigned level, uint32_t right)
{
    struct btree_level *l = &t->levels[level];
    complete(t, l, level, right);
    uint32_t number = number_of_next(to);
    append(to, l->page);
    l->cells = 0;
    l->begin = BTREE_PAGE;
    return number;
}

/* ---- adding ---- */

static void add_cell(struct btree *t, struct pages *to, unsigned level, struct slice cell);

/* The page of a level is full: it is written, and the level above told what parts it from the next one: of a table's
 * leaf the last rowid, else its last cell, which goes up. */
static void shut(struct btree *t, struct pages *to, unsigned level)
{
    unsigned char divider[CHILD + INDEX_MOST + 2 * VARINT_MOST], *end = divider + CHILD;
    uint32_t right = 0;
    if (!level && !t->index) {
        end = record_put_varint(end, t->rowid);
    } else {
        struct slice last = take_cell(&t->levels[level], level);
        if (level) {
            const unsigned char *child = (const unsigned char *)last.p;
            right = (uint32_t)child[0] << 24 | (uint32_t)child[1] << 16 | (uint32_t)child[2] << 8 | child[3];
            last = slice_of(last.p + CHILD, last.n - CHILD);
        }
        memcpy(end, last.p, last.n);
        end += last.n;
    }
    put_be(divider, write_level(t, to, level, right), CHILD);
    add_cell(t, to, level + 1, slice_of((const char *)divider, (size_t)(end - divider)));
}

static void add_cell(struct btree *t, struct pages *to, unsigned level, struct slice cell)
{
    struct btree_level *l = open_level(t, level);
    if (!fits(l, level, cell.n))
        shut(t, to, level);
    put_cell(l, level, cell);
}

static uint32_t add_overflow(struct pages *to, struct slice rest)
{
    unsigned char page[BTREE_PAGE];
    uint32_t first = number_of_next(to);
    while (rest.n) {
        size_t n = rest.n < BTREE_PAGE - 4 ? rest.n : BTREE_PAGE - 4;
        uint32_t next = to->next + 1 == LOCK_PAGE ? to->next + 2 : to->next + 1;
        put_be(page, rest.n > n ? next : 0, 4);
        memcpy(page + 4, rest.p, n);
        memset(page + 4 + n, 0, BTREE_PAGE - 4 - n);
        rest = slice_of(rest.p + n, rest.n - n);
        append(to, page);
        if (rest.n)
            number_of_next(to);
    }
    return first;
}

static size_t local_bytes(const struct btree *t, size_t n)
{
    size_t most = t->index ? INDEX_MOST : TABLE_MOST;
    if (n <= most)
        return n;
    size_t local = LEAST + (n - LEAST) % (BTREE_PAGE - 4);
    return local <= most ? local : LEAST;
}

void btree_add(struct btree *t, struct pages *to, uint64_t rowid, struct slice record)
{
    unsigned char cell[BTREE_PAGE], *end = record_put_varint(cell, record.n);
    size_t local = local_bytes(t, record.n);
    if (!t->index)
        end = record_put_varint(end, rowid);
    memcpy(end, record.p, local);
    end += local;
    if (local < record.n) {
        put_be(end, add_overflow(to, slice_of(record.p + local, record.n - local)), 4);
        end += 4;
    }
    add_cell(t, to, 0, slice_of((const char *)cell, (size_t)(end - cell)));
    t->rowid = rowid;
}

void btree_finish(struct btree *t, struct pages *to, uint32_t root)
{
    uint32_t right = 0;
    unsigned top = t->height - 1;
    if (t->height) {
        for (unsigned level = 0; level < top; level++)
            right = write_level(t, to, level, right);
        complete(t, &t->levels[top], top, right);
        write_at(to, t->levels[top].page, BTREE_PAGE, (off_t)(root - 1) * BTREE_PAGE);
    }
    btree_done(t);
}

void btree_done(struct btree *t)
{
    for (unsigned level = 0; level < t->height; level++)
        free(t->levels[level].page);
    t->height = 0;
}
