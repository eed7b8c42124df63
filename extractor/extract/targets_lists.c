/* Lists of subjects: cut at their joints, completed with the head or tail that they share. */
#include "extract/targets_lists.h"

#include "base/numeral.h"
#include "base/particle.h"
#include "base/text.h"

/* Cuts at the joints, or at those alone that are like `only`. */
static void split_at(struct targets_reader *r, struct slice s, struct slice only, struct subjects *out)
{
    size_t begin = 0;
    struct depth depth = {0, 0};
    bool ordinals = slice_starts(s, SLICE("第"));
    out->count = 0;
    for (size_t at = 0; at < s.n;) {
        size_t here = at, joint = particle_at(r->g, s, at, PARTICLE_LIST);
        if (joint)
            at += joint;
        else
            text_next(s.p, s.n, &at);
        bool other = (only.p && !slice_eq(only, slice_of(s.p + here, joint))) ||
                     (!ordinals && numeral_count(slice_of(s.p + begin, here - begin)) > 0); /* 一、二级 危险源 */
        if (!joint || other || targets_is_enclosed(&depth, s, here) || out->count + 1 >= SUBJECTS_MAX)
            continue;
        out->list[out->count++] = text_trim(slice_of(s.p + begin, here - begin));
        begin = at;
    }
    out->list[out->count++] = text_trim(slice_of(s.p + begin, s.n - begin));
}

void targets_split_list(struct targets_reader *r, struct slice s, size_t count, struct subjects *out)
{
    split_at(r, s, SLICE_NONE, out);
    for (size_t at = 0; at < s.n && count && out->count > count; text_next(s.p, s.n, &at)) {
        struct slice joint = slice_of(s.p + at, particle_at(r->g, s, at, PARTICLE_LIST));
        struct subjects some;
        if (joint.n)
            split_at(r, s, joint, &some);
        if (joint.n && some.count == count)
            *out = some;
    }
}

/* 氮氧化物, 挥发性有机物 减排量: behind a char like the member's last one, where what is left is a measure itself. */
static size_t like_end(struct targets_reader *r, struct slice member, struct slice last)
{
    size_t cut = member.n ? text_before(member, member.n) : 0;
    struct slice end = slice_of(member.p + cut, member.n - cut);
    ptrdiff_t found = end.n > 1 ? slice_find(last, end) : -1;
    size_t at = found < 0 ? 0 : (size_t)found + end.n;
    return found > 0 && at < last.n && targets_is_measure(r, slice_of(last.p + at, last.n - at)) ? at : 0;
}

/* Behind which byte of the last member its shared tail begins: 高中阶段教育, 高等教育 毛入学率, else as many
 * characters on as the member has: 任河, 前河 自然岸线率. Its end when there is none. */
static size_t tail_begin(struct targets_reader *r, struct slice member, struct slice last)
{
    size_t chars = text_chars(member), begin = 0;
    for (text_next(member.p, member.n, &begin); begin < member.n; text_next(member.p, member.n, &begin)) {
        struct slice end = slice_of(member.p + begin, member.n - begin);
        ptrdiff_t at = end.n >= 6 ? slice_find(last, end) : -1;
        if (at >= 0 && (size_t)at + end.n < last.n)
            return (size_t)at + end.n;
    }
    size_t place = targets_is_place(r, member) ? targets_place_length(r, last) : 0; /* 城市, 建制镇 污水处理率 */
    if (place)
        return place;
    size_t alike = like_end(r, member, last);
    if (alike)
        return alike;
    return chars + 2 > text_chars(last) ? last.n : text_prefix(last, chars);
}

/* 每千人口床位数、医师数: what the first is counted by holds for the others, if they are numbers of something. */
static void share_per_head(struct targets_reader *r, struct subjects *s)
{
    struct slice first = s->list[0];
    size_t length = particle_at(r->g, first, 0, PARTICLE_PER_HEAD);
    for (size_t i = 1; i < s->count && length; i++) {
        struct slice one = s->list[i];
        if (slice_ends(one, SLICE("数")) && !slice_starts(one, particle_word(r->g, PARTICLE_PER)))
            s->list[i] = targets_join(r->p, slice_of(first.p, length), one);
    }
}

/* 第一、二、三产业 → 第一产业、第二产业、第三产业. */
static bool complete_ordinals(struct targets_reader *r, struct subjects *s)
{
    struct slice last = s->list[s->count - 1], ordinal = SLICE("第");
    size_t number = 0;
    for (size_t i = 0; i + 1 < s->count; i++) {
        struct slice one = s->list[i];
        if (i == 0 && !slice_starts(one, ordinal))
            return false;
        if (numeral_count(slice_starts(one, ordinal) ? targets_behind(one, slice_of(one.p, ordinal.n)) : one) < 0)
            return false;
    }
    size_t from = slice_starts(last, ordinal) ? ordinal.n : 0;
    for (size_t at = from; at < last.n; number = at) {
        text_next(last.p, last.n, &at);
        if (numeral_count(slice_of(last.p + from, at - from)) < 0)
            break;
    }
    if (s->count < 2 || !number)
        return false;
    struct slice tail = slice_of(last.p + number, last.n - number);
    for (size_t i = 0; i < s->count; i++) {
        struct slice one = i + 1 < s->count ? s->list[i] : slice_of(last.p, number);
        struct slice named = slice_starts(one, ordinal) ? one : targets_join(r->p, ordinal, one);
        s->list[i] = targets_join(r->p, named, tail);
    }
    return true;
}

/* Gives the members of a list the tail they share with the last one: 任河 → 任河自然岸线率. */
void targets_complete_list(struct targets_reader *r, struct subjects *s)
{
    if (complete_ordinals(r, s))
        return;
    share_per_head(r, s);
    struct slice last = s->list[s->count - 1];
    for (size_t i = 0; i + 1 < s->count; i++) {
        size_t cut = targets_is_measure(r, s->list[i]) ? last.n : tail_begin(r, s->list[i], last);
        if (cut < last.n)
            s->list[i] = targets_join(r->p, s->list[i], slice_of(last.p + cut, last.n - cut));
    }
}

/* Subjects before 分别, 均 or 各, each with the fall or rise behind it: 甲、乙 分别 下降. False: there is none. */
bool targets_split_each(struct targets_reader *r, struct slice before, struct slice each, size_t count,
                       struct subjects *out, struct stripped *off)
{
    if (!each.p || each.p == before.p)
        return false;
    struct slice tail = targets_behind(before, each), list = slice_of(before.p, (size_t)(each.p - before.p));
    tail = targets_strip_back(r, targets_without_comparison(r, text_trim(tail)));
    if (tail.n && !targets_is_change(r, tail))
        return false;
    targets_split_list(r, targets_strip_back(r, targets_strip_front(r, list, off)), count, out);
    targets_complete_list(r, out);
    for (size_t i = 0; i < out->count && tail.n; i++)
        out->list[i] = targets_join(r->p, out->list[i], tail);
    return true;
}

/* 化肥、农药利用率 45%: a rate of each of several short members. */
bool targets_split_rate(struct targets_reader *r, struct slice s, const struct figure *f, struct subjects *out)
{
    if (!targets_is_percent(f->q.unit) || !particle_ends(r->g, s, PARTICLE_RATE))
        return false;
    targets_split_list(r, s, 0, out);
    size_t chars = text_chars(out->list[0]);
    for (size_t i = 0; i + 1 < out->count; i++)
        if (text_chars(out->list[i]) != chars || !slice_starts(targets_behind(s, out->list[i]), SLICE("、")))
            return false;
    if (out->count < 2 || chars < 2 || chars > 4 || text_chars(out->list[out->count - 1]) < chars + 2)
        return false;
    targets_complete_list(r, out);
    return true;
}

/* 污水处理率、垃圾处理率 100%, 城镇居民收入和农村居民收入 增长 5%: each member is a measure itself. */
bool targets_split_measures(struct targets_reader *r, struct slice s, struct subjects *out)
{
    enum { LEAST_CHARS = 4 };
    struct slice change = targets_change_behind(r, s);
    targets_split_list(r, slice_of(s.p, s.n - change.n), 0, out);
    for (size_t i = 0; i < out->count && out->count > 1; i++)
        if (text_chars(out->list[i]) < LEAST_CHARS || !targets_is_measure(r, out->list[i]))
            return false;
    for (size_t i = 0; i < out->count && change.n; i++)
        out->list[i] = targets_join(r->p, out->list[i], change);
    return out->count > 1;
}
