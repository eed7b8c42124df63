/* The tables of the corpus: names, types, keys and meaning of every column. */
#include "write/rows.h"

#define TEXT(n, zh, en) {.name = n, .about = {zh, en}}
#define NEEDED(n, zh, en) {.name = n, .required = true, .about = {zh, en}}
#define INT(n, zh, en) {.name = n, .integer = true, .about = {zh, en}}
#define COUNT(n, zh, en) {.name = n, .integer = true, .required = true, .about = {zh, en}}
#define KEY(n, zh, en) {.name = n, .required = true, .key = true, .about = {zh, en}}
#define KEYINT(n, zh, en) {.name = n, .integer = true, .required = true, .key = true, .about = {zh, en}}
#define REF(n, to, zh, en) {.name = n, .references = to, .about = {zh, en}}

#define OF_PLAN                                                                                       \
    {                                                                                                 \
        .name = "plan_id", .required = true, .key = true, .references = "plans",                      \
        .about = {"所属规划", "the plan it belongs to"}                                               \
    }
#define SECTION REF("section_id", "sections", "所在章节", "the section it stands in")
#define LINE COUNT("line", "源文本中的行，从 1 数", "line of the source text, from 1")
#define COL COUNT("col", "行内的字，从 1 数", "character in the line, from 1")
#define BEGIN COUNT("begin", "源文本（UTF-8）中的起始字节", "first byte in the UTF-8 source")
#define END COUNT("end", "源文本（UTF-8）中的结束字节（不含）", "byte after the last in the UTF-8 source")

static const struct rows_column plans[] = {
    KEY("plan_id", "规划编号：地区代码-领域-规划期", "id of the plan: region-field-period"),
    NEEDED("file", "文件名", "file name"),
    NEEDED("sha256", "文件内容的 SHA-256", "SHA-256 of the file"),
    NEEDED("format", "文件格式", "format of the file"),
    NEEDED("encoding", "文件的字符编码", "character encoding of the file"),
    TEXT("title", "规划标题", "title of the plan"),
    TEXT("region_code", "地区代码（GB/T 2260）", "region by GB/T 2260"),
    TEXT("region_name", "地区全称", "full name of the region"),
    TEXT("region_level", "地区级别：nation、province、prefecture、county", "nation, province, prefecture or county"),
    TEXT("field", "规划领域", "field of the plan"),
    TEXT("period", "规划期，如十四五", "planning period"),
    INT("start_year", "规划期起始年", "first year of the period"),
    INT("end_year", "规划期结束年", "last year of the period"),
    INT("horizon_year", "远景目标年", "year of the long view"),
    TEXT("doc_no", "发文字号", "document number"),
    TEXT("issuer", "发文机关", "issuing body"),
    TEXT("issued_on", "发文日期", "date of issue (ISO 8601)"),
    TEXT("inferred", "推断而非直接读出的列，以空格分隔", "columns inferred rather than read, by blanks"),
};

static const struct rows_column sections[] = {
    OF_PLAN,
    KEY("section_id", "章节编号", "id of the section"),
    REF("parent_id", "sections", "上级章节", "the section around it"),
    NEEDED("kind", "种类：part 篇、chapter 章、section 节、item 一、subitem（一）…",
           "part, chapter, section, item, subitem, article, front, notice, glossary, annex"),
    COUNT("level", "层次，1 最外", "depth, 1 outermost"),
    TEXT("label", "编号原文，如第一章", "number as written"),
    INT("number", "编号的数值", "the number counted"),
    TEXT("title", "标题，断行已接", "title, joined over lines"),
    LINE, COL, BEGIN, END,
};

static const struct rows_column measures[] = {
    OF_PLAN,
    KEY("measure_id", "措施编号", "id of the measure"),
    SECTION,
    TEXT("lead", "段首主题句，不含句号", "lead sentence without its full stop"),
    TEXT("text", "整段文字", "the whole paragraph"),
    LINE, COL, BEGIN, END,
};

static const struct rows_column boxes[] = {
    OF_PLAN,
    KEY("box_id", "专栏编号", "id of the box"),
    SECTION,
    TEXT("label", "标号原文，如专栏1、表2-1", "label as written"),
    {.name = "number", .mixed = true, .about = {"标号的数字：1 或 2-1", "its number: 1 or 2-1"}},
    TEXT("title", "标题", "title"),
    NEEDED("kind", "种类：indicators、completion、projects、text", "indicators, completion, projects or text"),
    COUNT("rows", "表格行数", "rows of the grid"),
    COUNT("cols", "表格列数", "columns of the grid"),
    LINE, COL, BEGIN, END,
};

static const struct rows_column cells[] = {
    OF_PLAN,
    {.name = "box_id", .required = true, .key = true, .references = "boxes",
     .about = {"所属专栏", "the box it belongs to"}},
    KEYINT("row", "行，从 0 数", "row, from 0"),
    KEYINT("col", "列，从 0 数", "column, from 0"),
    COUNT("rowspan", "占几行", "rows covered"),
    COUNT("colspan", "占几列", "columns covered"),
    COUNT("header", "1：表头", "1: in the header"),
    TEXT("text", "单元格文字，断行已接", "text, joined over lines"),
    COUNT("inherited", "1：空格，取上方合并格的文字", "1: blank, takes the text of the merged cell above"),
    LINE, BEGIN, END,
};

#define COMPARABLE                                                                                                     \
    TEXT("concept", "所属概念，同一概念的代码是一件事的几种量法", "concept: its codes measure one thing in several ways"),         \
        TEXT("concept_value", "折成概念中可比的量法的值", "value in the measure that those of the concept convert to"),           \
        TEXT("concept_unit", "它的单位", "its unit"),                                                                  \
        TEXT("concept_note", "怎样折算的；空：就是标准单位的值", "how it was inferred; empty: the value in the preferred unit itself")

static const struct rows_column indicators[] = {
    OF_PLAN,
    REF("box_id", "boxes", "所在专栏", "the box it stands in"),
    TEXT("table_label", "专栏标号", "label of the box"),
    TEXT("row_no", "指标序号", "number the plan gives the indicator"),
    TEXT("category", "指标类别", "outermost group heading"),
    TEXT("indicator", "指标名称", "name of the indicator"),
    TEXT("breakdown", "分项", "breakdown of the indicator"),
    TEXT("indicator_code", "可比指标代码", "code that makes plans comparable"),
    TEXT("unit", "单位原文", "unit as written"),
    TEXT("unit_code", "单位代码（仿 UCUM）", "unit as a UCUM-like code"),
    TEXT("nature", "约束性或预期性", "约束性 (binding) or 预期性 (anticipated)"),
    INT("year", "该列的年份", "year of the column"),
    TEXT("role", "base 现状、target 目标、actual 完成、change 变化", "base, target, actual or change"),
    TEXT("raw", "单元格原文", "the cell as written"),
    NEEDED("value_kind", "值的种类：number、range、grade、relative、delegated、qualitative、compound、none",
           "number, range, grade, relative, delegated, qualitative, compound or none"),
    TEXT("op", "比较符：= >= <= > < ~", "comparison: = >= <= > < ~"),
    TEXT("value", "数值，精确十进制", "value, exact decimal"),
    TEXT("value_high", "区间上限", "upper end of a range"),
    TEXT("basis", "level 水平、cumulative 累计、annual 年均", "level, cumulative or annual"),
    INT("base_year", "相对值的基准年", "year a relative value is compared with"),
    TEXT("marks", "注释标记", "marks resolved in the notes"),
    COUNT("inherited", "1：取自合并单元格", "1: from a merged cell"),
    TEXT("responsible", "责任单位", "responsible bodies"),
    TEXT("remark", "备注", "remark of the row"),
    LINE, COL, BEGIN, END,
    TEXT("norm_value", "换算为标准单位的值", "value in the preferred unit"),
    TEXT("norm_unit", "标准单位", "the preferred unit"),
    TEXT("subcategory", "内层类别", "inner group heading"),
    KEY("observation_id", "观测值编号", "id of the observation"),
    COMPARABLE,
    TEXT("inferred", "不是从栏目、单元格而是从表下的注推断的列：year、basis，以空格分隔",
         "columns inferred from a note under the table, not read from column and cell: year, basis"),
    TEXT("noted_basis", "表下的注对口径的说明：annual 年均、mean 几年的平均",
         "what a note under the table says of the basis: annual, or mean of several years"),
};

static const struct rows_column targets[] = {
    OF_PLAN,
    KEY("target_id", "目标值编号", "id of the target"),
    SECTION,
    REF("measure_id", "measures", "所在举措", "the measure it stands in"),
    TEXT("subject", "对象，不含范围词与动词", "what the figure is of, without scope and verbs"),
    TEXT("indicator_code", "可比指标代码", "code that makes plans comparable"),
    TEXT("scope", "范围，如全县", "scope, such as 全县 (the whole county)"),
    INT("year", "目标年", "year it is promised for"),
    TEXT("op", "比较符：= >= <= > < ~", "comparison: = >= <= > < ~"),
    TEXT("value", "数值，精确十进制", "value, exact decimal"),
    TEXT("value_high", "区间上限", "upper end of a range"),
    TEXT("unit", "单位原文", "unit as written"),
    TEXT("unit_code", "单位代码（仿 UCUM）", "unit as a UCUM-like code"),
    TEXT("basis", "level 水平、cumulative 累计、annual 年均", "level, cumulative or annual"),
    TEXT("raw", "数量原文", "the quantity as written"),
    LINE, COL, BEGIN, END,
    TEXT("norm_value", "换算为标准单位的值", "value in the preferred unit"),
    TEXT("norm_unit", "标准单位", "the preferred unit"),
    TEXT("inferred", "推断所得的列，以空格分隔：year 年份取自规划期末或所在目标的前文，subject 对象取自前一分句或前一个数",
         "columns inferred, by blanks: year from the end of the period or the goals around, subject from the clause or figure before"),
    COMPARABLE,
};

static const struct rows_column goals[] = {
    OF_PLAN,
    KEY("goal_id", "目标编号", "id of the goal"),
    SECTION,
    INT("horizon_year", "到哪一年", "year it is to be reached by"),
    NEEDED("kind", "种类：overall 总体、vision 远景、specific 具体", "overall, vision or specific"),
    TEXT("headline", "主题句", "lead sentence"),
    TEXT("text", "整段文字", "the whole paragraph"),
    LINE, COL, BEGIN, END,
};

static const struct rows_column projects[] = {
    OF_PLAN,
    KEY("project_id", "项目编号", "id of the project"),
    REF("parent_id", "projects", "所属工程", "the programme it belongs to"),
    REF("box_id", "boxes", "所在专栏", "the box it stands in"),
    SECTION,
    TEXT("no", "序号，照原文", "number as written"),
    TEXT("title", "名称", "title"),
    TEXT("text", "全文", "the whole text"),
    TEXT("places", "建设地点", "places"),
    TEXT("amount", "投资，精确十进制", "investment, exact decimal"),
    TEXT("amount_unit", "投资的单位：万元", "unit of the investment: 万元 (10,000 yuan)"),
    INT("count", "涉及项目数", "number of projects it comprises"),
    LINE, COL, BEGIN, END,
    TEXT("project_group", "所属领域或类别", "group heading of its row"),
};

static const struct rows_column duties[] = {
    OF_PLAN,
    KEY("duty_id", "职责编号", "id of the duty"),
    TEXT("agency", "单位名称", "name of the body"),
    TEXT("agency_code", "职能代码，同一职能的单位相同", "code of its function, shared by bodies of one function"),
    NEEDED("role", "角色：responsible 责任、lead 牵头（甲会同乙，甲为牵头）、joint 共同、support 配合（指导、协办、参与也是）、mention 提及",
           "responsible, lead (also 甲 of 甲会同乙), joint, support (also who guides: 指导), or mention"),
    TEXT("object_kind", "对象的种类：indicator、measure、project、target、section",
         "indicator, measure, project, target or section"),
    TEXT("object_id", "对象的编号，在 object_kind 所指的表中（indicator：observation_id）",
         "id of the object in the table that object_kind names (indicator: observation_id)"),
    TEXT("raw", "原文", "as written"),
    LINE, COL, BEGIN, END,
    COUNT("open_ended", "1：名单以“等”结尾", "1: the list ends with 等 (and others)"),
};

static const struct rows_column citations[] = {
    OF_PLAN,
    KEY("citation_id", "引用编号", "id of the citation"),
    SECTION,
    TEXT("title", "文件名称，不含书名号", "title without its brackets"),
    TEXT("doc_no", "发文字号", "document number"),
    NEEDED("kind", "种类：plan、law、regulation、standard、policy、other",
           "plan, law, regulation, standard, policy or other"),
    LINE, COL, BEGIN, END,
};

static const struct rows_column crossrefs[] = {
    OF_PLAN,
    SECTION,
    TEXT("raw", "原文，如详见表2-1", "as written"),
    REF("target_id", "boxes", "所指专栏；空：找不到", "the box meant; empty when there is none"),
    LINE, COL,
    KEYINT("begin", "源文本（UTF-8）中的起始字节", "first byte in the UTF-8 source"),
    END,
};

static const struct rows_column notes[] = {
    OF_PLAN,
    KEY("note_id", "注释编号", "id of the note"),
    NEEDED("kind", "种类：footnote、table、mark", "footnote, table or mark"),
    TEXT("marker", "标记", "marker"),
    TEXT("text", "注文", "text"),
    TEXT("anchor_id", "所注对象的编号", "id of what it belongs to"),
    INT("anchor_begin", "所注之处的起始字节", "byte of the place it belongs to"),
    LINE, COL, BEGIN, END,
    COUNT("inferred", "1：按名称相近推断", "1: bound by likeness of names"),
};

static const struct rows_column bookmarks[] = {
    OF_PLAN,
    TEXT("name", "书签名", "name of the bookmark"),
    REF("section_id", "sections", "所指章节", "the section it marks"),
    LINE, COL,
    KEYINT("begin", "源文本（UTF-8）中的起始字节", "first byte in the UTF-8 source"),
    END,
};

static const struct rows_column terms[] = {
    OF_PLAN,
    KEY("term_id", "名词编号", "id of the term"),
    TEXT("no", "序号，照原文", "number as written"),
    TEXT("term", "名词", "term"),
    TEXT("definition", "解释", "definition"),
    LINE, COL, BEGIN, END,
};

static const struct rows_column diagnostics[] = {
    OF_PLAN,
    NEEDED("code", "诊断代码", "code of the diagnostic"),
    NEEDED("level", "级别：note、warning、error", "note, warning or error"),
    NEEDED("message", "说明", "message, in Chinese"),
    LINE, COL, BEGIN, END,
    KEYINT("seq", "规划内的顺序号", "running number in the plan"),
};

#define DEFINE(table, zh, en)                                                                         \
    {                                                                                                 \
        .name = #table, .columns = table, .count = sizeof table / sizeof *table, .about = {zh, en}    \
    }

const struct rows_definition rows_definitions[ROWS_MAX] = {
    [ROWS_PLANS] = DEFINE(plans, "规划，一份一行", "one row a plan"),
    [ROWS_SECTIONS] = DEFINE(sections, "章节提纲", "the outline"),
    [ROWS_MEASURES] = DEFINE(measures, "措施：以主题句开头的任务段落", "task paragraphs that open with a lead sentence"),
    [ROWS_BOXES] = DEFINE(boxes, "专栏与表格", "boxes and captioned tables"),
    [ROWS_CELLS] = DEFINE(cells, "表格的单元格", "cells of the tables"),
    [ROWS_INDICATORS] = DEFINE(indicators, "指标观测值：一个值格一行", "observations: one row a value cell"),
    [ROWS_TARGETS] = DEFINE(targets, "行文中承诺的数量，一个数一行", "figures promised in the prose, one row a figure"),
    [ROWS_GOALS] = DEFINE(goals, "目标：总体、远景、具体", "goals: overall, vision, specific"),
    [ROWS_PROJECTS] = DEFINE(projects, "重点工程及其中的项目", "programmes, and the projects inside them"),
    [ROWS_DUTIES] = DEFINE(duties, "职责：谁承担什么，一个单位一行", "who carries what: one row a body"),
    [ROWS_CITATIONS] = DEFINE(citations, "引用的文件：《…》", "documents cited: 《…》"),
    [ROWS_CROSSREFS] = DEFINE(crossrefs, "文内参见：详见表2-1", "references to boxes and tables of the plan"),
    [ROWS_NOTES] = DEFINE(notes, "脚注、表注与标记说明", "footnotes, table notes and meanings of marks"),
    [ROWS_BOOKMARKS] = DEFINE(bookmarks, "Word 书签", "Word bookmarks"),
    [ROWS_TERMS] = DEFINE(terms, "名词解释", "entries of the glossary"),
    [ROWS_DIAGNOSTICS] = DEFINE(diagnostics, "编译时的诊断", "what the compiler reported"),
};
