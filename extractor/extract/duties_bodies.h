/* duties_bodies: the bodies that a sentence names, and the lists they stand in: 公安、交通等部门. */
#ifndef GM_EXTRACT_DUTIES_BODIES_H
#define GM_EXTRACT_DUTIES_BODIES_H

#include "base/grammar.h"

enum { BODIES_MAX = 64, BODY_LISTS_MAX = 16 }; /* of a sentence; what is more is not looked at */

enum body_kind {
    BODY_FULL,  /* a body by its own name: 县生态环境局, 各乡镇, 工会 */
    BODY_SHORT, /* one only in a list of bodies: 公安, 交通, 政府 */
    BODY_FIRM   /* enterprises, schools, the public: no bearer in the prose */
};

struct body {
    struct slice name; /* with level and place, as written */
    size_t level;      /* bytes of the words of level in front */
    struct slice code; /* empty when the lexicon has not the body */
    enum body_kind kind;
    bool head; /* words before it may belong to its name: 领导小组 */
    bool part; /* what bodies are, too: …为责任单位 */
};

/* Bodies joined by 、和及, with what closes them (等部门). */
struct body_list {
    size_t begin, end;   /* in the sentence */
    size_t first, count; /* in items */
    bool open;           /* 等 */
    bool closed;         /* by 等部门 or the like */
};

struct bodies {
    struct body items[BODIES_MAX];
    size_t count;
    struct body_list lists[BODY_LISTS_MAX];
    size_t list_count;
};

/* All lists of bodies in a sentence, but for what stands in 《》, “” and brackets. year: of the document,
 * 0 unknown; a body that was gone by then has the code of its successor. */
void bodies_read(struct grammar *g, struct slice sentence, int year, struct bodies *out);

/* What the lexicon knows by this name, level and place in front taken off. */
bool bodies_find(struct grammar *g, struct slice name, int year, struct body *out);

/* Length of the words of level that s begins with and that are one body with what follows: 市、|县级人民政府; or 0. */
size_t bodies_tiers(struct grammar *g, struct slice s);

/* The code of a body that the lexicon has not, by a name of the lexicon at its end (北新区建设局) or by a tail
 * (桂溪街道); empty: none. */
struct slice bodies_code_by_end(struct grammar *g, struct slice name, int year);

/* Whether a body's name ends at a place of text, 局 or 部 being its last char. */
bool bodies_end_at(struct grammar *g, struct slice text, size_t end);

#endif
