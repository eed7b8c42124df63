#include "write/diff_label.h"

#include "review/match.h"
#include "review/pieces.h"

const char *label_group(enum diff_group g, enum lang lang)
{
    static const char *const names[DIFF_GROUP_MAX][2] = {
        [DIFF_OUTLINE] = {"提纲", "outline"},   [DIFF_INDICATORS] = {"指标", "indicators"},
        [DIFF_RESULTS] = {"完成情况", "results"}, [DIFF_TARGETS] = {"目标值", "targets"}, [DIFF_MEASURES] = {"举措", "measures"},
        [DIFF_PROJECTS] = {"项目", "projects"}, [DIFF_DUTIES] = {"责任", "duties"},
        [DIFF_WORDING] = {"文字", "wording"},
    };
    return names[g][lang];
}

const char *label_change(enum change_kind k, enum lang lang)
{
    return change_names[k][lang == LANG_ZH];
}

const char *label_side(int side, enum lang lang)
{
    static const char *const names[2][2] = {{"甲", "A"}, {"乙", "B"}};
    return names[side][lang];
}

struct word {
    const char *name, *text[2];
};

static const char *find(const struct word *words, size_t n, struct slice name, enum lang lang)
{
    for (size_t i = 0; i < n; i++)
        if (slice_eq(slice_cstr(words[i].name), name))
            return words[i].text[lang];
    return "";
}

#define FIND(words, name, lang) find(words, sizeof words / sizeof *words, name, lang)

const char *label_role(struct slice role, enum lang lang)
{
    static const struct word words[] = {{"base", {"现状", "base"}},
                                        {"target", {"目标", "target"}},
                                        {"actual", {"完成", "actual"}},
                                        {"change", {"增减", "change"}}};
    return FIND(words, role, lang);
}

const char *label_field(const char *field, enum lang lang)
{
    static const struct word words[] = {{"title", {"标题", "title"}},
                                        {"place", {"位置", "place"}},
                                        {"order", {"次序", "order"}},
                                        {"name", {"名称", "name"}},
                                        {"value", {"数值", "value"}},
                                        {"said", {"正文", "prose"}},
                                        {"joint", {"并列", "together"}},
                                        {"unit", {"单位", "unit"}},
                                        {"nature", {"性质", "nature"}},
                                        {"base-year", {"基期", "base year"}},
                                        {"remark", {"备注", "remark"}},
                                        {"agency", {"单位", "agency"}},
                                        {"role", {"分工", "role"}},
                                        {"lead", {"首句", "lead"}},
                                        {"text", {"正文", "text"}},
                                        {"sentence", {"句", "sentence"}},
                                        {"sentence-out", {"句移出", "sentence out"}},
                                        {"paragraph", {"段", "paragraph"}},
                                        {"amount", {"投资（万元）", "amount (10,000 yuan)"}},
                                        {"count", {"项目数", "count"}},
                                        {"record", {"", ""}}};
    return FIND(words, slice_cstr(field), lang);
}

const char *label_strictness(enum claim_strictness s, enum lang lang)
{
    static const char *const names[][2] = {[CLAIM_UNKNOWN] = {"", ""},
                                           [CLAIM_EQUAL] = {"", ""},
                                           [CLAIM_STRICTER] = {"收严", "stricter"},
                                           [CLAIM_LOOSER] = {"放松", "looser"}};
    return names[s][lang];
}

const char *label_result(const struct promise *p, enum lang lang)
{
    static const char *const names[][2][2] = {
        [RESULT_UNKNOWN] = {{"不能判断", "unknown"}, {"不能判断", "unknown"}},
        [RESULT_MET] = {{"达到", "met"}, {"达到（按所记）", "met (as restated)"}},
        [RESULT_MISSED] = {{"未达到", "missed"}, {"未达到（按所记）", "missed (as restated)"}}};
    if ((!p->promised && !p->restated) || !p->reached)
        return "·";
    return names[p->result][p->by_restated][lang];
}

void label_trend(const struct promise *p, enum lang lang, struct buf *out)
{
    static const char *const names[][2] = {[CLAIM_APART] = {"不可比", "not comparable"},
                                           [CLAIM_SAME] = {"持平", "same"},
                                           [CLAIM_RAISED] = {"提高", "raised"},
                                           [CLAIM_LOWERED] = {"降低", "lowered"},
                                           [CLAIM_BOUND] = {"界限变化", "bound"},
                                           [CLAIM_SPREAD] = {"不可比", "not comparable"}};
    bool zh = lang == LANG_ZH, new = !p->promised && !p->restated && (!p->reached || p->reached->kind == VALUE_NONE);
    if (!p->next_target && p->mention.end) {
        buf_str(out, zh ? "未列目标值，正文提到" : "no target, but named in the text");
    } else if (!p->next_target) {
        buf_str(out, zh ? "不再列" : "no longer listed");
    } else if (p->next_by == NEXT_JOINT || p->next_by == NEXT_NEAR) {
        buf_str(out, p->next_by == NEXT_JOINT ? zh ? "并列在“" : "named together in “" : zh ? "未列，相近的是“" : "not listed, near it “");
        buf_slice(out, p->next_target->name);
        buf_str(out, "”");
    } else {
        buf_str(out, new ? zh ? "新列" : "new" : names[p->trend][lang]);
    }
}

void label_claim(const struct claim *c, bool unit, enum lang lang, struct buf *out)
{
    if (!c) {
        buf_str(out, "·");
        return;
    }
    buf_slice(out, c->raw.n ? c->raw : SLICE("—"));
    bool number = c->kind == VALUE_NUMBER || c->kind == VALUE_RANGE || c->kind == VALUE_GRADE;
    if (unit && number && c->unit.n && slice_find(c->raw, c->unit) < 0)
        buf_slice(out, c->unit);
    if (slice_eq(c->basis, SLICE("annual")) && slice_find(c->raw, SLICE("年")) < 0)
        buf_str(out, lang == LANG_ZH ? "（每年）" : " (a year)");
}

void label_value(const struct change *c, int side, enum lang lang, struct buf *out)
{
    const struct claim *own = c->claim[side], *other = c->claim[!side];
    label_claim(own, !other, lang, out);
    if (own && other && slice_eq(own->basis, SLICE("cumulative")) && other->basis.n && !slice_eq(own->basis, other->basis))
        buf_str(out, lang == LANG_ZH ? "（累计）" : " (over the period)");
}

void label_figures(const struct entry *e, enum lang lang, struct buf *out)
{
    size_t begin = out->n;
    for (size_t i = 0; i < e->figure_count; i++) {
        const struct claim *c = &e->figures[i];
        if (c->kind == VALUE_NONE)
            continue;
        buf_str(out, out->n == begin ? "" : lang == LANG_ZH ? "，" : ", ");
        buf_printf(out, "%s ", label_role(c->role, lang));
        if (c->year)
            buf_printf(out, "%d ", c->year);
        label_claim(c, true, lang, out);
    }
}

struct slice label_subject(const struct change *c, enum lang lang)
{
    return c->column.n ? c->column : slice_cstr(label_field(c->field, lang));
}

struct slice label_text(const struct change *c, int side, enum lang lang)
{
    static const struct word words[] = {{"lead", {"牵头", "lead"}},
                                        {"responsible", {"责任", "responsible"}},
                                        {"joint", {"共同", "joint"}},
                                        {"support", {"配合", "support"}},
                                        {"mention", {"提及", "mention"}}};
    struct slice text = c->side[side].text;
    const char *word = strcmp(c->field, "role") == 0 ? FIND(words, text, lang) : "";
    return *word ? slice_cstr(word) : text;
}

const char *label_beside(const struct promise *p, enum lang lang)
{
    bool beside_promise = p->next_target && p->promised && !p->trend_of_reached && p->trend != CLAIM_APART;
    return !beside_promise ? "" : lang == LANG_ZH ? "（比原定目标）" : " (beside what was promised)";
}

const char *label_how(const char *how, enum lang lang)
{
    static const struct word words[] = {
        {"title", {"标题相同", "same title"}}, {"text", {"文字相同", "same text"}},   {"lead", {"首句相同", "same lead"}},
        {"code", {"同一指标", "same code"}},   {"concept", {"同一概念", "same concept"}}, {"name", {"名称相同", "same name"}},
        {"agency", {"同一单位", "same body"}}, {"object", {"同一事项", "same object"}}, {"likeness", {"文字相近", "alike"}},
        {"joint", {"几项并列", "named together"}}, {"bodies", {"同一组单位", "same bodies"}}};
    return how ? FIND(words, slice_cstr(how), lang) : "";
}

const char *name_strictness(enum claim_strictness s)
{
    static const char *const names[] = {
        [CLAIM_UNKNOWN] = "unknown", [CLAIM_EQUAL] = "same", [CLAIM_STRICTER] = "stricter", [CLAIM_LOOSER] = "looser"};
    return names[s];
}

const char *name_result(enum promise_result r)
{
    static const char *const names[] = {[RESULT_UNKNOWN] = "unknown", [RESULT_MET] = "met", [RESULT_MISSED] = "missed"};
    return names[r];
}

const char *name_next(enum promise_next n)
{
    static const char *const names[] = {
        [NEXT_SAME] = "same", [NEXT_CONVERTED] = "converted", [NEXT_JOINT] = "joint", [NEXT_NEAR] = "near"};
    return names[n];
}

const char *name_order(enum claim_order o)
{
    static const char *const names[] = {[CLAIM_APART] = "apart",     [CLAIM_SAME] = "same",   [CLAIM_RAISED] = "raised",
                                        [CLAIM_LOWERED] = "lowered", [CLAIM_BOUND] = "bound", [CLAIM_SPREAD] = "apart"};
    return names[o];
}

void label_place(const struct diff *d, int side, struct span span, struct buf *out)
{
    const struct plan *p = d->plan[side];
    buf_slice(out, p->source.file);
    buf_printf(out, ":%u:%u", plan_line(p, span.begin), plan_col(p, span.begin));
}

void label_share(size_t part, size_t all, struct buf *out)
{
    size_t tenths = all ? (part * 2000 + all) / (all * 2) : 0;
    buf_printf(out, "%zu.%zu", tenths / 10, tenths % 10);
}

bool label_shown(const struct diff *d, enum diff_group g)
{
    return d->only >> g & 1 && !(g == DIFF_RESULTS && d->periods);
}

bool label_is_value(const struct change *c)
{
    return strcmp(c->field, "value") == 0 || strcmp(c->field, "said") == 0;
}

static void add_limit(struct buf *out, enum lang lang, const char *before, const char *after, size_t n, const char *zh,
                      const char *en)
{
    if (!n)
        return;
    buf_str(out, before);
    buf_printf(out, lang == LANG_ZH ? "%zu 条：%s" : "%zu records: %s", n, lang == LANG_ZH ? zh : en);
    buf_str(out, after);
}

void label_limits(const struct diff *d, enum lang lang, const char *before, const char *after, struct buf *out)
{
    add_limit(out, lang, before, after, d->rough, "超过上限 assignment，按相近程度依次配对，未求总体最优",
              "above the limit `assignment`: paired by falling likeness, not the best over all");
    add_limit(out, lang, before, after, d->ordered, "超过上限 same-key，文字相同而两边个数不等，按先后配对",
              "above the limit `same-key`: of one wording but not as many in both, paired in order");
    add_limit(out, lang, before, after, d->thinned, "超过上限 candidates，只同共有少见字对者比较",
              "above the limit `candidates`: compared only where they share rare pairs of chars");
    add_limit(out, lang, before, after, d->uncut, "超过上限 pieces，整句显示，未逐字比较",
              "above the limit `pieces`: sentences shown whole, not char by char");
}
