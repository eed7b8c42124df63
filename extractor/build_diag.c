#include "build_diag.h"

struct head {
    uint32_t id, line, col, length[2];
};

void said_add(struct buf *out, const struct said *said)
{
    struct head h = {.id = (uint32_t)said->id, .line = said->line, .col = said->col};
    for (int i = 0; i < 2; i++)
        h.length[i] = (uint32_t)said->args[i].n;
    buf_add(out, &h, sizeof h);
    for (int i = 0; i < 2; i++)
        buf_slice(out, said->args[i]);
}

bool said_next(struct slice *bytes, struct said *said)
{
    struct head h;
    if (bytes->n < sizeof h)
        return false;
    memcpy(&h, bytes->p, sizeof h);
    struct slice rest = slice_of(bytes->p + sizeof h, bytes->n - sizeof h);
    if (h.id >= DIAG_MAX || (uint64_t)h.length[0] + h.length[1] > rest.n)
        return false;
    *said = (struct said){.id = (enum diag_id)h.id, .line = h.line, .col = h.col};
    for (int i = 0; i < 2; i++) {
        said->args[i] = slice_of(rest.p, h.length[i]);
        rest = slice_of(rest.p + h.length[i], rest.n - h.length[i]);
    }
    *bytes = rest;
    return true;
}

void said_print(struct buf *out, const char *file, const struct said *said, enum diag_level level,
                enum lang lang, bool color)
{
    static const char *const colors[] = {"\033[36m", "\033[33m", "\033[31m"};
    buf_str(out, file);
    if (said->line)
        buf_printf(out, ":%u:%u", said->line, said->col);
    buf_printf(out, ": %s%s%s: ", color ? colors[level] : "", diag_level_name(level, lang),
               color ? "\033[0m" : "");
    diag_message(said->id, said->args, lang, out);
    buf_printf(out, " [%s]\n", diag_kind(said->id)->code);
}
