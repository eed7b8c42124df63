/* Indicators that the new plan sets no target for, but names. */
#include "review/promise.h"

#include "base/text.h"

#include <stdlib.h>

/* A paragraph names an indicator when so much of its name (in thousandths), and so many chars, stand in it in one run. */
enum { MENTION_SHARE = 600, MENTION_CHARS = 5 };

/* Limit: bytes looked through for all indicators together. */
enum { MENTION_WORK = 400 * 1000 * 1000 };

/* The wording of the paragraphs that tell what shall be, a line each. */
struct prose {
    struct buf text;
    size_t *begin; /* of each */
    const struct paragraph **paragraph;
    size_t count;
};

static void collect(const struct diff *d, const struct alignment *al, int side, struct prose *out)
{
    size_t n = d->paragraph_count[side];
    out->begin = mem_alloc((n + 1) * sizeof *out->begin);
    out->paragraph = mem_alloc((n + 1) * sizeof *out->paragraph);
    for (size_t i = 0; i < n; i++) {
        const struct node *node = al->paragraphs.items[side][i];
        uint32_t parent = al->paragraphs.parent[side][i];
        const struct section *s = parent == ASSIGN_NONE ? NULL : al->sections.items[side][parent];
        if (!s || s->situation || (node->kind != NODE_PARA && node->kind != NODE_DASH))
            continue;
        out->begin[out->count] = out->text.n;
        out->paragraph[out->count++] = &d->paragraphs[side][i];
        wording_of(d->paragraphs[side][i].text, &out->text);
        buf_char(&out->text, '\n');
    }
}

static const struct paragraph *paragraph_at(const struct prose *p, size_t at)
{
    size_t low = 0, high = p->count;
    while (high - low > 1) {
        size_t middle = (low + high) / 2;
        if (p->begin[middle] <= at)
            low = middle;
        else
            high = middle;
    }
    return p->paragraph[low];
}

/* The first paragraph that has a run long enough of the name; the runs are tried from its head on. */
static const struct paragraph *find_mention(const struct prose *p, struct slice name, size_t *work)
{
    struct buf wording = {0};
    wording_of(name, &wording);
    size_t chars = text_chars(buf_view(&wording)), least = (chars * MENTION_SHARE + 999) / 1000;
    const struct paragraph *found = NULL;
    least = least < MENTION_CHARS ? MENTION_CHARS : least;
    for (size_t at = 0, i = 0; !found && i + least <= chars && *work >= p->text.n; i++) {
        struct slice left = slice_of(wording.p + at, wording.n - at);
        ptrdiff_t hit = slice_find(buf_view(&p->text), slice_of(left.p, text_prefix(left, least)));
        *work -= p->text.n;
        if (hit >= 0)
            found = paragraph_at(p, (size_t)hit);
        text_next(wording.p, wording.n, &at);
    }
    buf_done(&wording);
    return found;
}

void promise_mentions(struct diff *d, const struct alignment *al)
{
    struct prose prose = {.count = 0};
    size_t work = MENTION_WORK;
    if (!d->promises)
        return;
    collect(d, al, !d->older, &prose);
    for (struct promise *p = d->promises; p && prose.count; p = p->next) {
        const struct paragraph *found = p->next_target ? NULL : find_mention(&prose, p->name, &work);
        if (found)
            p->mention = found->span;
    }
    buf_done(&prose.text);
    free(prose.begin);
    free(prose.paragraph);
}
