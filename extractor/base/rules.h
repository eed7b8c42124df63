/* rules: what the program knows of the language, as data. See grammars/README.md for the form.
 *
 * A rule applies at a place (a line, a header cell, a value cell ...), matches folded text with a
 * PCRE2 pattern, and yields fields: named groups, quoted from the original, and constants (`set`). */
#ifndef GM_BASE_RULES_H
#define GM_BASE_RULES_H

#include "base/buf.h"
#include "base/lexicon.h"

/* PLACE(id, name, fields it may yield) */
#define RULE_PLACES(PLACE)                                                                            \
    PLACE(LINE, "line", "kind label number title text")                                               \
    PLACE(RUN_ON, "run-on", "title text")                                                             \
    PLACE(BREAK, "break", "kind number")                                                              \
    PLACE(PREAMBLE, "preamble", "kind number year month day title")                                   \
    PLACE(CAPTION, "caption", "kind nature")                                                          \
    PLACE(HEADER, "header", "role year text")                                                             \
    PLACE(NAME, "name", "number hash name unit marks")                                                \
    PLACE(MEASURE, "measure", "kind")                                                                 \
    PLACE(VALUE, "value", "kind op value high unit basis year marks post")                            \
    PLACE(NOTE, "note", "kind number text")                                                           \
    PLACE(EFFECT, "effect", "kind number name value year basis")                                      \
    PLACE(TASK, "task", "kind")                                                                       \
    PLACE(LEAD, "lead", "title")                                                                      \
    PLACE(PERIOD, "period", "kind start end number")                                                  \
    PLACE(CITATION, "citation", "kind number")                                                        \
    PLACE(CROSSREF, "crossref", "label")                                                              \
    PLACE(TERM, "term", "number name text")                                                           \
    PLACE(PROGRAMME, "programme", "kind number title text")                                           \
    PLACE(FIGURES, "figures", "kind value unit")                                                      \
    PLACE(BODY, "body", "name")                                                                       \
    PLACE(BODIES, "bodies", "text")                                                                   \
    PLACE(DUTY, "duty", "role")                                                                       \
    PLACE(CARRIER, "carrier", "role text")                                                            \
    PLACE(ADDRESSEE, "addressee", "kind")                                                             \
    PLACE(DELEGATION, "delegation", "text")                                                           \
    PLACE(COMBINED, "combined", "name text post")                                                     \
    PLACE(EXTENT, "extent", "kind")                                                                   \
    PLACE(CUMULATION, "cumulation", "kind")                                                           \
    PLACE(REMARK, "remark", "kind")                                                                   \
    PLACE(HORIZON, "horizon", "year")                                                                 \
    PLACE(NATURE, "nature", "nature")                                                                 \
    PLACE(ORDER, "order", "role text")

/* FIELD(id, name) */
#define RULE_FIELDS(FIELD)                                                                            \
    FIELD(KIND, "kind") FIELD(LABEL, "label") FIELD(NUMBER, "number") FIELD(TITLE, "title")           \
    FIELD(YEAR, "year") FIELD(MONTH, "month") FIELD(DAY, "day") FIELD(NATURE, "nature")               \
    FIELD(ROLE, "role") FIELD(HASH, "hash") FIELD(NAME, "name") FIELD(UNIT, "unit")                   \
    FIELD(MARKS, "marks") FIELD(OP, "op") FIELD(VALUE, "value") FIELD(HIGH, "high")                   \
    FIELD(BASIS, "basis") FIELD(POST, "post") FIELD(TEXT, "text") FIELD(START, "start")               \
    FIELD(END, "end")

enum rule_place {
#define PLACE(id, name, fields) PLACE_##id,
    RULE_PLACES(PLACE)
#undef PLACE
    PLACE_MAX
};

enum rule_field {
#define FIELD(id, name) FIELD_##id,
    RULE_FIELDS(FIELD)
#undef FIELD
    FIELD_MAX
};

struct rules;

struct rule_match {
    const char *rule;                   /* its id, lives as long as the rules */
    struct slice field[FIELD_MAX];      /* p NULL: not set. Groups point into the text given to
                                           rules_match(), constants into the rules. */
};

/* Where a lexicon named in a pattern comes from; NULL when there is none of that name. */
typedef const struct lexicon *(*rules_lexicon)(void *ctx, struct slice name);

/* A file, and its text where that is at hand: borrowed, and read before without a finding. */
struct rules_file {
    const char *path;
    struct slice text; /* p NULL: it is read */
};

/* Reads the files one after the other. The first `base` files are one grammar; the others are laid
 * over it: their rules are tried first, and a rule with the same id replaces the grammar's in its
 * place. Patterns are compiled when first needed. Returns NULL and fills error with
 * `file:line:col: ...`, the line and a caret. */
struct rules *rules_read(const struct rules_file *files, size_t base, size_t count, rules_lexicon lexicon,
                         void *ctx, struct buf *error);
void rules_free(struct rules *r);

/* Appends to an image what the patterns were compiled to, and takes it over for rules read from the same
 * texts; the image is borrowed. */
void rules_save(struct rules *r, struct buf *image);
void rules_load(struct rules *r, struct slice image);

/* The first rule of the place that matches text. A broken pattern matches nothing (`rules check`
 * finds it). */
bool rules_match(struct rules *r, enum rule_place place, struct slice text, struct rule_match *m);

/* What was given up since the last call: a search that took too many steps, a text too long for its
 * place (the limit; 0: none). */
struct rules_given_up {
    size_t steps, text;
};

struct rules_given_up rules_given_up(struct rules *r);

/* The leftmost match of any rule of the place at or after byte `from`; *end is where it ended. Calls
 * over one text go from 0 upwards without another call between them. */
bool rules_search(struct rules *r, enum rule_place place, struct slice text, size_t from,
                  struct rule_match *m, size_t *end);

/* Compiles all and runs every example; findings go to report as `file:line:col: ...`.
 * Returns the number of findings; *examples is the number of examples run. */
size_t rules_check(struct rules *r, struct buf *report, size_t *examples);

size_t rules_count(const struct rules *r);
/* For listing: id, place, file, line, pattern as written, number of examples. */
struct rule_info {
    const char *id;
    const char *place;
    const char *file;
    size_t line;
    struct slice source; /* the rule's lines, as written */
    size_t examples;
};
struct rule_info rules_info(const struct rules *r, size_t i);

#endif
