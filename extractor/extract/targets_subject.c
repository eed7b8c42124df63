#include "extract/targets_subject.h"

#include "base/numeral.h"
#include "base/particle.h"
#include "base/sentence.h"
#include "base/text.h"
#include "extract/words.h"

/* ---- clauses ---- */

bool targets_is_clause_end(uint32_t c)
{
    return sentence_is_comma(c) || c == 0xFF1A;
}

/* Begin of the clause that holds `at`. */
size_t targets_clause_begin(struct slice s, size_t at)
{
    size_t begin = 0;
    for (size_t i = 0; i < at;)
        if (targets_is_clause_end(text_next(s.p, s.n, &i)))
            begin = i;
    return begin;
}

bool targets_is_enclosed(struct depth *d, struct slice s, size_t at)
{
    while (d->at < at) {
        uint32_t c = text_next(s.p, s.n, &d->at);
        d->depth += c == 0x300A || c == 0xFF08 || c == '(' || c == 0x201C;
        d->depth -= c == 0x300B || c == 0xFF09 || c == ')' || c == 0x201D;
    }
    return d->depth > 0;
}

/* ---- words ---- */

struct slice targets_word(struct targets_reader *r, struct slice text, size_t at, size_t *length)
{
    struct slice classes;
    *length = words_at(r->g, text, at, &classes);
    return classes;
}

static bool is_class(struct slice classes, const char *a, const char *b, const char *c)
{
    return words_is(classes, a) || words_is(classes, b) || words_is(classes, c);
}

/* Length of a bracket or joint at the front: 创建（巩固）…, 创建和巩固…. */
static size_t joint_length(struct targets_reader *r, struct slice s)
{
    size_t joint = particle_at(r->g, s, 0, PARTICLE_LEAD_JOINT);
    if (joint)
        return joint;
    ptrdiff_t close = slice_starts(s, SLICE("（")) ? slice_find(s, SLICE("）")) : -1;
    return close < 0 ? 0 : (size_t)close + 3;
}

/* Takes scopes, verbs and adverbs off the front: 确保全县 森林覆盖率. */
struct slice targets_strip_front(struct targets_reader *r, struct slice s, struct stripped *off)
{
    for (;;) {
        size_t length = 0;
        s = text_trim_start(s);
        struct slice class = targets_word(r, s, 0, &length);
        bool verb = words_is(class, "verb") || words_is(class, "make");
        if (!verb && !is_class(class, "scope", "adverb", "front"))
            length = off->verb ? joint_length(r, s) : 0;
        bool of_rate = verb && particle_at(r->g, s, length, PARTICLE_RATE); /* 组建率 */
        if (!length || of_rate || (off->verb && r->local && words_is(class, "wide")))
            return s;
        if (words_is(class, "scope"))
            off->scope = slice_of(s.p, length);
        if (words_is(class, "act"))
            off->act = slice_of(s.p, length);
        off->verb |= verb;
        off->cumulative |= words_is(class, "cumulative");
        s = slice_of(s.p + length, s.n - length);
    }
}

/* Takes verbs of reaching and adverbs off the end: 森林覆盖率 分别达到. */
struct slice targets_strip_back(struct targets_reader *r, struct slice s)
{
    for (bool again = true; again;) {
        again = false;
        s = text_trim(s);
        size_t from = text_onward(s, s.n > 24 ? s.n - 24 : 0);
        for (size_t i = from; i < s.n && !again; text_next(s.p, s.n, &i)) {
            size_t length = 0;
            struct slice class = targets_word(r, s, i, &length);
            if (!length || i + length != s.n)
                continue;
            if (!is_class(class, "reach", "adverb", "average"))
                return s; /* 行为 ends in no 为 */
            s.n = i;
            again = true;
        }
    }
    return s;
}

/* Cuts 、 and 的 and 由 that nothing follows off the end. */
static struct slice strip_joints(struct targets_reader *r, struct slice s)
{
    for (size_t n = 1; n;) {
        s = text_trim(s);
        n = slice_ends(s, SLICE("、")) ? 3 : particle_before(r->g, s, s.n, PARTICLE_OF);
        n = n ? n : particle_before(r->g, s, s.n, PARTICLE_FROM);
        s.n -= n;
    }
    return s;
}

/* Where the last word of reaching in a text begins; its end when there is none. */
size_t targets_last_reach(struct targets_reader *r, struct slice s)
{
    size_t last = s.n;
    for (size_t i = 0; i < s.n;) {
        size_t length = 0;
        struct slice class = targets_word(r, s, i, &length);
        if (words_is(class, "reach") && !words_is(class, "share"))
            last = i;
        if (length)
            i += length;
        else
            text_next(s.p, s.n, &i);
    }
    return last;
}

bool targets_is_change(struct targets_reader *r, struct slice s)
{
    size_t length = 0;
    struct slice class = targets_word(r, s, 0, &length);
    return length && length == s.n && (words_is(class, "fall") || words_is(class, "rise"));
}

struct slice targets_change_behind(struct targets_reader *r, struct slice s)
{
    enum { CHANGE_BYTES = 12 };
    for (size_t i = text_onward(s, s.n > CHANGE_BYTES ? s.n - CHANGE_BYTES : 0); i < s.n; text_next(s.p, s.n, &i)) {
        struct slice rest = slice_of(s.p + i, s.n - i);
        if (i > 0 && targets_is_change(r, rest))
            return rest;
    }
    return SLICE_NONE;
}

struct slice targets_join(struct plan *p, struct slice a, struct slice b)
{
    if (!a.n || !b.n)
        return a.n ? a : b;
    char *out = arena_text(&p->arena, a.n + b.n + 1);
    memcpy(out, a.p, a.n);
    memcpy(out + a.n, b.p, b.n);
    return slice_of(out, a.n + b.n);
}

/* 投资 较“十三五”时期 增长: the same of a period, whose name stands in quotation marks. */
static struct slice without_period(struct targets_reader *r, struct slice s)
{
    ptrdiff_t open = slice_find(s, SLICE("“"));
    size_t against = open < 0 ? 0 : particle_before(r->g, s, (size_t)open, PARTICLE_AGAINST);
    ptrdiff_t close = against ? slice_find(s, SLICE("”")) : -1;
    if (close < 0 || close < open)
        return s;
    struct slice head = text_trim(slice_of(s.p, (size_t)open - against));
    struct slice tail = targets_behind(s, slice_of(s.p, (size_t)close + 3));
    size_t rest = particle_at(r->g, tail, 0, PARTICLE_PERIOD_TAIL);
    rest = rest ? rest : particle_at(r->g, tail, 0, PARTICLE_YEAR_TAIL);
    tail = slice_of(tail.p + rest, tail.n - rest);
    return !tail.n ? head : head.n ? targets_join(r->p, head, tail) : tail;
}

/* Takes what a figure is compared with out: 能耗 较2020年 下降. */
struct slice targets_without_comparison(struct targets_reader *r, struct slice s)
{
    s = without_period(r, s);
    struct year_mention y;
    for (size_t at = 0; quantity_next_year(s, &at, &y);) {
        struct slice head = slice_of(s.p, (size_t)(y.whole.p - s.p)), tail = slice_of(s.p + at, s.n - at);
        size_t rest = particle_at(r->g, tail, 0, PARTICLE_YEAR_BASE); /* 在2020年 的基础上 */
        size_t before = rest ? particle_before(r->g, head, head.n, PARTICLE_BASE) : 0;
        if (!before)
            before = particle_before(r->g, head, head.n, PARTICLE_AGAINST);
        if (!before)
            continue;
        head = text_trim(slice_of(head.p, head.n - before));
        tail = text_trim(slice_of(tail.p + rest, tail.n - rest));
        return !tail.n ? head : head.n ? targets_join(r->p, head, tail) : tail;
    }
    return s;
}

/* ---- subjects ---- */

bool targets_is_measure(struct targets_reader *r, struct slice name)
{
    struct rule_match m;
    return name.n && rules_match(r->g->rules, PLACE_MEASURE, name, &m);
}

struct slice targets_behind(struct slice s, struct slice part)
{
    const char *end = part.p + part.n;
    return slice_of(end, (size_t)(s.p + s.n - end));
}

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

/* ---- places ---- */

bool targets_is_place(struct targets_reader *r, struct slice s)
{
    size_t length = 0;
    struct slice class = targets_word(r, s, 0, &length);
    return length && length == s.n && words_is(class, "place");
}

bool targets_ends_in_place(struct targets_reader *r, struct slice s)
{
    for (size_t i = 0; i < s.n; text_next(s.p, s.n, &i))
        if (targets_is_place(r, slice_of(s.p + i, s.n - i)))
            return true;
    return false;
}

size_t targets_place_length(struct targets_reader *r, struct slice s)
{
    size_t length = 0;
    struct slice class = targets_word(r, s, 0, &length);
    return words_is(class, "place") && length < s.n ? length : 0;
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

/* 200项 国家、行业标准: 、 parts members of one noun, but not what is done next (、改善环境) or is counted next (、3处). */
static bool ends_noun(struct targets_reader *r, struct slice s, bool first)
{
    size_t length = 0;
    if (text_first(s) != 0x3001)
        return false;
    if (first)
        return true;
    struct slice rest = targets_behind(s, slice_of(s.p, 3));
    struct slice class = targets_word(r, rest, 0, &length);
    return !rest.n || text_digit(rest, 0) || is_class(class, "verb", "reach", "make") || words_is(class, "action");
}

/* The noun right behind a figure: 100个 美丽绿色村庄. */
static struct slice noun_behind(struct targets_reader *r, const struct figure *f, size_t to, const struct stripped *off)
{
    size_t length = 0, end = f->end;
    while (end < to && !ends_noun(r, slice_of(r->text.p + end, to - end), end == f->end))
        text_next(r->text.p, to, &end);
    struct slice s = text_trim(slice_of(r->text.p + f->end, end - f->end));
    if (targets_is_percent(f->q.unit)) { /* 100% 的 行政村通公路 */
        size_t of = particle_at(r->g, s, 0, PARTICLE_OF);
        s = slice_of(s.p + of, s.n - of);
    }
    struct slice class = targets_word(r, s, 0, &length);
    bool other = is_class(class, "verb", "reach", "adverb") || is_class(class, "action", "average", "make");
    if (off->verb && words_is(class, "act") && length < s.n) /* 完成 3000亩 修复任务 */
        other = false;
    size_t joint = particle_at(r->g, s, 0, PARTICLE_JOINT);
    if (other || particle_at(r->g, s, 0, PARTICLE_OF) || text_digit(s, joint)) /* 100% 和75% */
        return SLICE_NONE;
    return targets_strip_back(r, s);
}

bool targets_is_percent(struct slice unit)
{
    return slice_eq(unit, SLICE("%")) || slice_eq(unit, SLICE("％"));
}

/* The noun before 每年 in its clause. */
static struct slice words_before(struct targets_reader *r, size_t from, struct stripped *off)
{
    struct slice text = slice_of(r->text.p, from);
    size_t yearly = particle_before(r->g, text, from, PARTICLE_YEARLY), begin = targets_clause_begin(r->text, from);
    if (!yearly || begin + yearly > from)
        return SLICE_NONE;
    struct slice words = slice_of(text.p + begin, from - yearly - begin);
    if (text_digit(words, 0)) /* 2023—2025年 每年 */
        return SLICE_NONE;
    return strip_joints(r, targets_strip_back(r, targets_strip_front(r, words, off)));
}

static bool is_doing(struct targets_reader *r, struct slice s)
{
    size_t length = 0;
    struct slice class = targets_word(r, s, 0, &length);
    return length && length == s.n && is_class(class, "verb", "make", "make");
}

/* 增长速度 年均, 产值 年均 增长: 年均 is the basis, no part of the name. */
static struct slice without_yearly(struct targets_reader *r, struct slice s, struct stripped *off)
{
    struct slice yearly = particle_find(r->g, s, PARTICLE_ANNUAL);
    if (!yearly.p)
        return s;
    struct slice tail = targets_behind(s, yearly);
    size_t length = 0;
    if (words_is(targets_word(r, tail, 0, &length), "pace") && length == tail.n) { /* 规模 年均增速: what it is called */
        off->annual = true;
        return s;
    }
    if (yearly.p == s.p && (!tail.n || is_doing(r, tail))) { /* 年均 培训 */
        off->annual = true;
        return slice_of(s.p, 0);
    }
    if (yearly.p == s.p ? !targets_is_change(r, tail) : tail.n && !targets_is_change(r, tail))
        return s;
    off->annual = true;
    struct slice head = targets_strip_back(r, slice_of(s.p, (size_t)(yearly.p - s.p)));
    return tail.n ? targets_join(r->p, head, tail) : head;
}

/* 新增就业 累计, 用水量 累计 下降: how it is counted, no part of the name. */
static struct slice without_total(struct targets_reader *r, struct slice s, struct stripped *off)
{
    struct slice total = particle_find(r->g, s, PARTICLE_CUMULATIVE);
    if (!total.p || total.p == s.p)
        return s;
    struct slice tail = targets_behind(s, total);
    if (tail.n && !targets_is_change(r, tail))
        return s;
    off->cumulative = true;
    struct slice head = targets_strip_back(r, slice_of(s.p, (size_t)(total.p - s.p)));
    return tail.n ? targets_join(r->p, head, tail) : head;
}

/* Bytes of the verb that ends s and has a noun before it: 每个乡镇 建成; else 0. */
static size_t verb_behind(struct targets_reader *r, struct slice s)
{
    for (size_t i = 0; i < s.n; text_next(s.p, s.n, &i)) {
        size_t length = 0;
        struct slice class = targets_word(r, s, i, &length);
        if (i && length && i + length == s.n && (words_is(class, "verb") || words_is(class, "make")) &&
            !words_is(class, "rise") && !words_is(class, "act"))
            return length;
    }
    return 0;
}

/* 零售额 五年翻一番、达到…: how many times is not what is measured. */
static struct slice without_times(struct targets_reader *r, struct slice s)
{
    size_t length = 0;
    struct slice change = targets_change_behind(r, s);
    if (!change.n || !words_is(targets_word(r, change, 0, &length), "times"))
        return s;
    s = targets_strip_back(r, slice_of(s.p, s.n - change.n));
    for (size_t i = 0; i < s.n; text_next(s.p, s.n, &i))
        if (words_is(targets_word(r, s, i, &length), "cumulative") && i + length == s.n)
            s.n = i;
    return s;
}

/* Whether a verb right before a share belongs to its name: it says of which things the share is. */
static bool keeps_act(struct targets_reader *r, struct slice s, const struct figure *f, const struct stripped *off)
{
    bool share = targets_is_percent(f->q.unit) || !f->q.unit.n;
    return share && s.n && off->act.n && off->act.p + off->act.n == s.p && targets_is_measure(r, s);
}

/* The subject before a figure, or, where only verbs stand before it, the noun behind it. */
struct slice targets_subject(struct targets_reader *r, size_t from, const struct figure *f, size_t to,
                               struct stripped *off)
{
    struct slice before = slice_of(r->text.p + from, f->words_end - from);
    struct slice s = targets_without_comparison(r, targets_strip_back(r, targets_strip_front(r, before, off)));
    if (particle_ends(r->g, s, PARTICLE_OF)) /* 土地面积 达到 建成区面积的 20% */
        s = slice_of(s.p, targets_last_reach(r, s));
    s = without_total(r, without_yearly(r, strip_joints(r, s), off), off);
    struct slice behind = noun_behind(r, f, to, off);
    if (targets_is_change(r, s) || (!s.n && !behind.n)) /* 近视率 每年 降低 1个百分点, 示范点 每年 建设 50处 */
        s = targets_join(r->p, words_before(r, from, off), s);
    size_t done = behind.n ? verb_behind(r, s) : 0;
    if (done) {
        off->scope = slice_of(s.p, s.n - done);
        return behind;
    }
    s = without_times(r, s);
    if (keeps_act(r, s, f, off)) { /* 新建 绿色建筑占比: of what is new */
        s = slice_of(off->act.p, off->act.n + s.n);
        off->act = SLICE_NONE;
    }
    bool place = off->verb && behind.n && !targets_is_percent(f->q.unit); /* 完成城区100公里管网改造 */
    return s.n && !place ? s : behind;
}

/* What a clause without figures is about: 森林覆盖率 稳步提高, 提高 计算机普及率; empty when that is no measure. */
static struct slice subject_of_clause(struct targets_reader *r, struct slice clause)
{
    struct stripped off = {0};
    struct slice s = targets_strip_back(r, targets_strip_front(r, clause, &off));
    for (size_t i = 0; i < s.n; text_next(s.p, s.n, &i)) {
        size_t length = 0;
        struct slice class = targets_word(r, s, i, &length), head = targets_strip_back(r, slice_of(s.p, i));
        bool moves = words_is(class, "fall") || words_is(class, "rise") || words_is(class, "verb");
        if (i && length && moves && targets_is_measure(r, head))
            return head;
    }
    return targets_is_measure(r, s) ? s : SLICE_NONE;
}

/* Whether two units measure in one: 万亩, 亩. */
static bool is_unit_alike(struct targets_reader *r, struct slice a, struct slice b)
{
    struct lexicon_hit x, y;
    const struct lexicon *units = grammar_lexicon(r->g, LEX_UNITS);
    return slice_eq(a, b) || (a.n && b.n && lexicon_find(units, a, &x) && lexicon_find(units, b, &y) &&
                              slice_eq(grammar_cell(r->g, LEX_UNITS, x.row, "base"),
                                       grammar_cell(r->g, LEX_UNITS, y.row, "base")));
}

struct slice targets_headed(struct targets_reader *r, const struct figure *f, struct slice own)
{
    ptrdiff_t colon = slice_find(slice_of(r->text.p, f->begin), SLICE("："));
    size_t from = colon < 0 ? 0 : targets_clause_begin(r->text, (size_t)colon);
    struct slice head = slice_of(r->text.p + from, colon < 0 ? 0 : (size_t)colon - from);
    if (colon < 0 || !own.n || targets_is_measure(r, own))
        return SLICE_NONE;
    struct stripped off = {0};
    struct slice s = targets_strip_back(r, head);
    s = s.n < head.n ? targets_strip_front(r, s, &off) : SLICE_NONE;
    return s.n && targets_is_measure(r, s) ? s : SLICE_NONE;
}

struct slice targets_borrowed(struct targets_reader *r, const struct figure *f, struct slice rest, size_t i)
{
    size_t begin = targets_clause_begin(r->text, f->words_end);
    bool goes_on = i && r->figures[i - 1].end > begin; /* 财政收入达到100亿元、增长8% */
    if (!begin && !goes_on)
        return SLICE_NONE;
    size_t end = goes_on ? f->begin : text_before(r->text, begin), from = goes_on ? begin : targets_clause_begin(r->text, end);
    struct slice change = targets_is_change(r, rest) ? rest : SLICE_NONE, subject = SLICE_NONE;
    if (i && r->figures[i - 1].begin >= from && r->figures[i - 1].end <= end && r->last.subject.n) {
        subject = r->last.subject;
        struct slice old = targets_change_behind(r, subject);
        if (!rest.n && !old.n && !is_unit_alike(r, r->last.unit, f->q.unit))
            return SLICE_NONE; /* of another thing */
        subject.n -= old.n;
    } else if (!i || r->figures[i - 1].end <= from)
        subject = subject_of_clause(r, slice_of(r->text.p + from, end - from));
    return subject.n && change.n ? targets_join(r->p, subject, change) : subject;
}
