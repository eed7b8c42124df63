/* targets_lists: several subjects in one: cut at their joints, completed with the head or tail that they share. */
#ifndef GM_EXTRACT_TARGETS_LISTS_H
#define GM_EXTRACT_TARGETS_LISTS_H

#include "extract/targets_subject.h"

/* Cuts 任河、前河、中河自然岸线率 at its joints: into `count` members where that can be done, by one of
 * the joints alone if need be (城市和县城 污水、垃圾处理率 for two figures). count 0: into all. */
void targets_split_list(struct targets_reader *r, struct slice s, size_t count, struct subjects *out);

/* Gives the members of a list the head or tail they share. */
void targets_complete_list(struct targets_reader *r, struct subjects *s);

/* Subjects before `each` (分别, 均, 各), each with the fall or rise behind it: 甲、乙 分别 下降; `count` members, 0: as many as
 * there are. False: there is none. */
bool targets_split_each(struct targets_reader *r, struct slice before, struct slice each, size_t count,
                        struct subjects *out, struct stripped *off);

/* 化肥、农药利用率 45%: a rate of each of several short members. False: s is one subject. */
bool targets_split_rate(struct targets_reader *r, struct slice s, const struct figure *f, struct subjects *out);

/* 污水处理率、垃圾处理率 100%: each member is a measure itself. False: s is one subject. */
bool targets_split_measures(struct targets_reader *r, struct slice s, struct subjects *out);

#endif
