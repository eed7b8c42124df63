#include "base/diag.h"

static const struct diag_kind kinds[] = {
#define DIAG(id, c, l, zh, en) [DIAG_##id] = {.code = c, .level = LEVEL_##l, .text = {zh, en}},
#include "base/diag.def"
#undef DIAG
};

_Static_assert(sizeof kinds / sizeof *kinds == DIAG_MAX, "every diagnostic has its row");

const struct diag_kind *diag_kind(enum diag_id id)
{
    return &kinds[id];
}

const char *diag_level_name(enum diag_level level, enum lang lang)
{
    static const char *const names[2][3] = {{"提示", "警告", "错误"}, {"note", "warning", "error"}};
    return names[lang][level];
}

void diag_message(enum diag_id id, const struct slice args[2], enum lang lang, struct buf *out)
{
    for (const char *at = kinds[id].text[lang]; *at; at++) {
        if (at[0] == '{' && (at[1] == '0' || at[1] == '1') && at[2] == '}') {
            buf_slice(out, args[at[1] - '0']);
            at += 2;
        } else {
            buf_char(out, *at);
        }
    }
}
