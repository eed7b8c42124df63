/* box_items: where the text of a box without cells ends, by its own numbering and that of the outline. */
#ifndef GM_PARSE_BOX_ITEMS_H
#define GM_PARSE_BOX_ITEMS_H

#include "parse/parse.h"

/* How items are numbered, the outer first. */
enum item_form {
    ITEM_NONE,
    ITEM_CHINESE,   /* 一、 工程一 */
    ITEM_BRACKETED, /* （一） */
    ITEM_COUNTED,   /* 1. 01 */
    ITEM_INNER,     /* （1） */
    ITEM_CIRCLED,   /* ① */
    ITEM_DASHED,    /* —— */
    ITEM_FORM_MAX
};

/* How a paragraph without number opens. */
enum item_lead { LEAD_NONE, LEAD_COLON, LEAD_PROJECT };

struct box_item {
    enum item_form form;
    enum item_lead lead;
    int number;
    bool bare;     /* a title alone */
    bool fact;     /* 责任单位：, 总投资 */
    bool labelled; /* 工程一 */
    bool entry;    /* 01 */
    bool project;  /* its title names a project, or it has money */
};

/* The text of one box, as far as it was read. */
struct box_items {
    struct parse *ps;
    const struct box *box;
    size_t caption;              /* its line */
    size_t count;                /* lines taken */
    int last[ITEM_FORM_MAX];     /* own numbers */
    enum item_form first;        /* form of the first line */
    struct box_item before;      /* the line before */
    size_t gap;                  /* blank lines before that */
    bool listed;                 /* its items are titles, one behind the other */
    size_t sure;                 /* lines before this index are the box's */
    size_t again;                /* the outline's own number, which the box has as well, stands here; 0: not sought */
};

void box_items_begin(struct box_items *items, struct parse *ps, const struct box *b, size_t caption);

/* Whether line i, so many blank lines behind what was taken, belongs to the box; then it is taken. */
bool box_items_take(struct box_items *items, size_t i, size_t gap);

#endif
