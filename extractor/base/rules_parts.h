/* rules_parts: what the files of the rules share: rules as read, and what they were compiled to. */
#ifndef GM_BASE_RULES_PARTS_H
#define GM_BASE_RULES_PARTS_H

#include "base/regex.h"
#include "base/rules.h"
#include "base/text.h"

enum { RULES_MAX = 512, SETS_MAX = 6, NEEDS_MAX = 3, NEED_CHARS = 32, FILES_MAX = 64 };

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

/* Appends `file:line:col: message`, the line, and a caret below its column (hanzi are two wide). */
void rules_complain(struct buf *out, struct where w, const char *at, const char *zh, const char *en, struct slice what);

int rules_field(struct slice name);                        /* enum rule_field, or -1 */
bool rules_place_has(enum rule_place place, int field);    /* whether rules of the place may yield it */
const char *rules_place_name(enum rule_place place);

/* Compiles a rule once. With error it says what is wrong. */
bool rules_compile(struct rules *r, struct rule *rule, struct buf *error);

#endif
