/* gangmu compare: the plans of a corpus side by side. */
#include "cmd_store.h"

#include "base/text.h"
#include "review/board.h"
#include "review/choice.h"
#include "review/tally.h"
#include "review/theme.h"
#include "write/compare.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum what { WHAT_INDICATORS, WHAT_THEMES, WHAT_AGENCIES, WHAT_GAPS, WHAT_RATCHET, WHAT_MAX };

static const char *const whats[WHAT_MAX] = { "indicators", "themes", "agencies", "gaps",
                                             "ratchet" };

struct options {
    const char *dir, *what_name, *by, *format, *output, *superior;
    const char **indicators, **themes; /* as often as given; freed by run() */
    size_t indicator_count, theme_count, least;
    enum what what;
};

/* What a run works on. */
struct work {
    struct context *ctx;
    const struct options *o;
    struct store *store;
    struct grammar *g;
    bool *wanted;        /* of each row of the lexicon `indicators`; NULL: all */
    bool *wanted_themes; /* of each row of the lexicon `themes`; NULL: all */
    struct matrix matrix;
    struct board board;
    struct sheet sheet;
    struct tally tally;
};

static const struct {
    const char *name;
    void (*write)(struct sheet *, const struct compare_look *, struct buf *);
} formats[] = { { "text", compare_text },
                { "csv", compare_csv },
                { "json", compare_json },
                { "html", compare_html } };

/* ---- options ---- */

static bool take_option(const struct context *ctx, int c, struct options *o)
{
    switch (c) {
    case 'C':
        o->dir = optarg;
        return true;
    case 'w':
        o->what_name = optarg;
        return true;
    case 'b':
        o->by = optarg;
        return true;
    case 'i':
        o->indicators[o->indicator_count++] = optarg;
        return true;
    case 't':
        o->themes[o->theme_count++] = optarg;
        return true;
    case 'm':
        return cmd_size(ctx, optarg, &o->least);
    case 's':
        o->superior = optarg;
        return true;
    case 'f':
        o->format = optarg;
        return true;
    case 'o':
        o->output = strcmp(optarg, "-") == 0 ? NULL : optarg;
        return true;
    default:
        return false;
    }
}

static int check_options(const struct context *ctx, struct options *o)
{
    bool format = false;
    while (o->what < WHAT_MAX && strcmp(whats[o->what], o->what_name) != 0)
        o->what++;
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        format = format || strcmp(formats[i].name, o->format) == 0;
    if (o->what == WHAT_MAX)
        return cmd_trouble(ctx, "--what 要 indicators、themes、agencies、gaps 或 ratchet",
                           "--what takes indicators, themes, agencies, gaps or ratchet",
                           o->what_name);
    if (!format)
        return cmd_trouble(ctx, "没有这种格式（text csv json html）",
                           "no such format (text csv json html)", o->format);
    if (strcmp(o->by, "period") != 0 && strcmp(o->by, "region") != 0)
        return cmd_trouble(ctx, "--by 要 region 或 period", "--by takes region or period", o->by);
    if (o->superior && o->what != WHAT_RATCHET)
        return cmd_trouble(ctx, "--superior 只用于 --what ratchet",
                           "--superior goes with --what ratchet", NULL);
    if (o->indicator_count && (o->what == WHAT_THEMES || o->what == WHAT_AGENCIES))
        return cmd_trouble(ctx, "--indicator 不用于主题和部门",
                           "--indicator does not go with themes and agencies", NULL);
    if (o->theme_count && o->what == WHAT_AGENCIES)
        return cmd_trouble(ctx, "--theme 不用于部门", "--theme does not go with agencies", NULL);
    return EXIT_GOOD;
}

static int read_options(const struct context *ctx, int argc, char **argv, struct options *o)
{
    static const struct option longs[] = {
        { "corpus", required_argument, NULL, 'C' },   { "what", required_argument, NULL, 'w' },
        { "by", required_argument, NULL, 'b' },       { "indicator", required_argument, NULL, 'i' },
        { "theme", required_argument, NULL, 't' },    { "min", required_argument, NULL, 'm' },
        { "superior", required_argument, NULL, 's' }, { "format", required_argument, NULL, 'f' },
        { "output", required_argument, NULL, 'o' },   { NULL, 0, NULL, 0 }
    };
    *o = (struct options){
        .dir = "output", .what_name = "indicators", .by = "period", .format = "text", .least = 1
    };
    o->indicators = mem_alloc((size_t)argc * sizeof *o->indicators);
    o->themes = mem_alloc((size_t)argc * sizeof *o->themes);
    optind = 1;
    for (int c; (c = cmd_option(ctx, argc, argv, "C:f:o:", longs)) != -1;)
        if (!take_option(ctx, c, o))
            return EXIT_TROUBLE;
    if (optind != argc)
        return cmd_trouble(ctx, "compare 不要文件名，语料库用 -C 指定",
                           "compare takes no file, name the corpus with -C", argv[optind]);
    return check_options(ctx, o);
}

/* ---- what the user means ---- */

static int no_indicator(const struct work *w, const char *name)
{
    size_t nearest[CHOICE_NEAREST], n = choice_nearest(w->g, slice_cstr(name), nearest);
    int status = cmd_trouble(w->ctx, "没有这个指标", "no such indicator", name);
    if (n)
        fputs(cmd_text(w->ctx, "相近的有：\n", "near it:\n"), stderr);
    for (size_t i = 0; i < n; i++) {
        struct slice code = grammar_cell(w->g, LEX_INDICATORS, nearest[i], "code");
        struct slice preferred = grammar_cell(w->g, LEX_INDICATORS, nearest[i], "name");
        fprintf(stderr, "  %-28.*s %.*s\n", (int)code.n, code.p, (int)preferred.n, preferred.p);
    }
    return status;
}

static int no_theme(const struct work *w, const char *name)
{
    int status = cmd_trouble(w->ctx, "没有这个主题", "no such theme", name);
    fputs(cmd_text(w->ctx, "主题有：", "themes:"), stderr);
    for (size_t row = 0; row < lexicon_rows(grammar_lexicon(w->g, LEX_THEMES)); row++) {
        struct slice code = grammar_cell(w->g, LEX_THEMES, row, "code"),
                     zh = grammar_cell(w->g, LEX_THEMES, row, "name");
        fprintf(stderr, " %.*s(%.*s)", (int)code.n, code.p, (int)zh.n, zh.p);
    }
    fputc('\n', stderr);
    return status;
}

static int choose(struct work *w)
{
    const struct options *o = w->o;
    if (o->indicator_count + o->theme_count) {
        w->wanted = mem_zalloc(lexicon_rows(grammar_lexicon(w->g, LEX_INDICATORS)) + 1);
        w->wanted_themes = mem_zalloc(lexicon_rows(grammar_lexicon(w->g, LEX_THEMES)) + 1);
    }
    for (size_t i = 0; i < o->indicator_count; i++)
        if (!choice_indicator(w->g, slice_cstr(o->indicators[i]), w->wanted))
            return no_indicator(w, o->indicators[i]);
    for (size_t i = 0; i < o->theme_count; i++) {
        if (!choice_theme(w->g, slice_cstr(o->themes[i]), w->wanted))
            return no_theme(w, o->themes[i]);
        w->wanted_themes[theme_find(w->g, slice_cstr(o->themes[i]))] = true;
    }
    return EXIT_GOOD;
}

static size_t find_superior(const struct work *w)
{
    size_t at = 0;
    while (at < w->matrix.plan_count &&
           !slice_eq(w->matrix.plans[at].id, slice_cstr(w->o->superior)))
        at++;
    return at;
}

/* ---- indicators ---- */

static void fill_matrix(struct work *w)
{
    struct panel panel = { 0 };
    struct matrix *m = &w->matrix;
    for (size_t i = 0; i < m->plan_count && store_state(w->store) == STORE_GOOD; i++) {
        store_panel(w->store, &m->plans[i], w->g, &panel);
        matrix_add(m, i, &panel);
        if (strcmp(w->o->format, "csv") == 0 && store_state(w->store) == STORE_GOOD)
            cmd_store_unread(w->ctx, &m->plans[i], &panel); /* the other formats have room for it */
    }
    panel_done(&panel);
    matrix_rank(m);
}

/* The theme of each row of the matrix. */
static void set_headings(struct work *w)
{
    struct slice *headings =
        arena_alloc(&w->matrix.arena, (w->matrix.count + 1) * sizeof *headings);
    for (size_t i = 0; i < w->matrix.count; i++) {
        int theme = theme_of_code(w->g, w->matrix.rows[i].code);
        headings[i] = theme == THEME_NONE ? slice_cstr(cmd_text(w->ctx, "其他", "other"))
                                          : grammar_cell(w->g, LEX_THEMES, (size_t)theme,
                                                         w->ctx->lang == LANG_ZH ? "name" : "code");
    }
    w->board.headings = headings;
}

static int make_matrix_sheet(struct work *w)
{
    size_t superior = w->o->superior ? find_superior(w) : SIZE_MAX;
    if (superior == w->matrix.plan_count)
        return cmd_trouble(w->ctx, "语料库中没有这份规划", "no such plan in the corpus",
                           w->o->superior);
    w->matrix.whole = w->o->what == WHAT_GAPS; /* a joint row, a part or another one of the concept may have it */
    fill_matrix(w);
    set_headings(w);
    if (w->o->what == WHAT_INDICATORS)
        board_indicators(&w->board, &w->sheet);
    else if (w->o->what == WHAT_GAPS)
        board_gaps(&w->board, &w->sheet);
    else
        board_ratchet(&w->board, superior, &w->sheet);
    return EXIT_GOOD;
}

/* ---- themes and agencies ---- */

static uint32_t number(struct slice s)
{
    uint32_t n = 0;
    for (size_t i = 0; i < s.n && i < 9 && s.p[i] >= '0' && s.p[i] <= '9'; i++)
        n = n * 10 + (uint32_t)(s.p[i] - '0');
    return n;
}

enum { HEADINGS_MAX = 12 };

/* Counting the records of one plan. */
struct counting {
    struct work *w;
    size_t plan;
    struct arena arena;    /* sections of the plan */
    struct index sections; /* by id */
    struct slice *titles, *parents;
    size_t count;
};

static struct slice keep(struct counting *x, struct slice s)
{
    return s.p ? slice_of(arena_dup(&x->arena, s.p, s.n), s.n) : SLICE_NONE;
}

static void add_section(void *ctx, const struct slice *v)
{
    struct counting *x = ctx;
    x->titles = arena_grow(&x->arena, x->titles, x->count, sizeof *x->titles);
    x->parents = arena_grow(&x->arena, x->parents, x->count, sizeof *x->parents);
    x->titles[x->count] = keep(x, v[2]);
    x->parents[x->count] = keep(x, v[1]);
    *index_put(&x->sections, keep(x, v[0])) = x->count++;
}

/* The headings above a measure, its own first. */
static size_t headings_of(const struct counting *x, struct slice section,
                          struct slice out[HEADINGS_MAX])
{
    size_t n = 0;
    for (const size_t *at;
         n < HEADINGS_MAX && section.n && (at = index_get(&x->sections, section));) {
        out[n++] = x->titles[*at];
        section = x->parents[*at];
    }
    return n;
}

static void add_measure(void *ctx, const struct slice *v)
{
    struct counting *x = ctx;
    struct work *w = x->w;
    struct slice headings[HEADINGS_MAX];
    size_t n = headings_of(x, v[1], headings), chars = text_chars(v[3]);
    int theme = theme_of(w->g, v[2], headings, n);
    struct slice code = SLICE("-"), name = slice_cstr(cmd_text(w->ctx, "（未归类）", "(none)"));
    if (theme != THEME_NONE) {
        code = grammar_cell(w->g, LEX_THEMES, (size_t)theme, "code");
        name =
            w->ctx->lang == LANG_ZH ? grammar_cell(w->g, LEX_THEMES, (size_t)theme, "name") : code;
    }
    if (w->wanted_themes && (theme == THEME_NONE || !w->wanted_themes[theme]))
        w->tally.totals[x->plan] += chars;
    else
        tally_add(&w->tally, code, name, x->plan, chars, number(v[4]), number(v[5]));
}

static void add_duty(void *ctx, const struct slice *v)
{
    struct counting *x = ctx;
    const size_t *row = v[0].n ? index_get(&x->sections, v[0]) : NULL;
    struct slice code = v[0].n ? v[0] : SLICE("-");
    struct slice name =
        row      ? grammar_cell(x->w->g, LEX_AGENCIES, *row, "name")
        : v[0].n ? v[0]
                 : slice_cstr(cmd_text(x->w->ctx, "（未归并的机构）", "(bodies without a code)"));
    tally_add(&x->w->tally, code, name, x->plan, 1, number(v[3]), number(v[4]));
}

static void count_measures(struct work *w, size_t plan)
{
    struct counting x = { .w = w, .plan = plan };
    arena_init(&x.arena);
    store_rows(w->store, STORE_SECTIONS, &w->matrix.plans[plan], add_section, &x);
    store_rows(w->store, STORE_MEASURES, &w->matrix.plans[plan], add_measure, &x);
    index_done(&x.sections);
    arena_done(&x.arena);
}

static void make_tally_sheet(struct work *w)
{
    struct counting duties = { .w = w };
    size_t agencies = lexicon_rows(grammar_lexicon(w->g, LEX_AGENCIES));
    tally_init(&w->tally, w->matrix.plan_count);
    for (size_t row = agencies; row-- > 0;) /* the first row of a code counts */
        *index_put(&duties.sections, grammar_cell(w->g, LEX_AGENCIES, row, "code")) = row;
    for (size_t i = 0; i < w->matrix.plan_count; i++) {
        duties.plan = i;
        if (w->o->what == WHAT_THEMES)
            count_measures(w, i);
        else
            store_rows(w->store, STORE_DUTIES, &w->matrix.plans[i], add_duty, &duties);
    }
    index_done(&duties.sections);
    if (w->o->what == WHAT_THEMES)
        board_themes(&w->board, &w->tally, &w->sheet);
    else
        board_agencies(&w->board, &w->tally, &w->sheet);
}

/* ---- all of it ---- */

static size_t terminal_width(void)
{
    struct winsize size;
    const char *columns = getenv("COLUMNS");
    int wanted = columns ? atoi(columns) : 0;
    if (wanted <= 0 && isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0)
        wanted = size.ws_col;
    return wanted >= 40 ? (size_t)wanted : 120;
}

static int write_sheet(struct work *w)
{
    const char *no_color = getenv("NO_COLOR");
    struct compare_look look = { .lang = w->ctx->lang,
                                 .width = 120,
                                 .source = slice_cstr(w->o->dir) };
    struct buf out = { 0 };
    if (!w->o->output) {
        look.width = terminal_width();
        look.color = isatty(STDOUT_FILENO) && !(no_color && *no_color);
    }
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (strcmp(formats[i].name, w->o->format) == 0)
            formats[i].write(&w->sheet, &look, &out);
    int status = cmd_output(w->ctx, w->o->output, buf_view(&out));
    buf_done(&out);
    return status;
}

static int compare(struct work *w)
{
    size_t count;
    const struct panel_plan *plans = store_plans(w->store, &count);
    int status = choose(w);
    if (status != EXIT_GOOD)
        return status;
    matrix_init(&w->matrix, w->g, plans, count, w->wanted);
    w->board = (struct board){ .matrix = &w->matrix,
                               .lang = w->ctx->lang,
                               .least_plans = w->o->least,
                               .by_region = strcmp(w->o->by, "region") == 0 };
    if (w->o->what == WHAT_THEMES || w->o->what == WHAT_AGENCIES)
        make_tally_sheet(w);
    else
        status = make_matrix_sheet(w);
    if (status == EXIT_GOOD)
        status = cmd_store_end(w->ctx, w->store, w->o->dir);
    if (status == EXIT_GOOD)
        status = write_sheet(w);
    sheet_done(&w->sheet);
    tally_done(&w->tally);
    matrix_done(&w->matrix);
    return status;
}

static int run(struct context *ctx, int argc, char **argv)
{
    struct options o;
    struct work w = { .ctx = ctx, .o = &o };
    int status = read_options(ctx, argc, argv, &o);
    if (status == EXIT_GOOD) {
        w.store = cmd_store(ctx, o.dir);
        w.g = w.store ? cmd_grammar(ctx) : NULL;
        status = w.g ? compare(&w) : EXIT_TROUBLE;
    }
    free(w.wanted);
    free(w.wanted_themes);
    grammar_close(w.g);
    store_close(w.store);
    free(o.indicators);
    free(o.themes);
    return status;
}

const struct command cmd_compare = {
    .name = "compare",
    .run = run,
    .summary = { "把语料库中的规划并排比较", "the plans of a corpus side by side" },
    .usage = { "用法：gangmu compare [-C 目录] [--what 内容] [--by period|region] [--indicator "
               "名称]…\n"
               "                      [--theme 主题]… [--min 份数] [--superior 规划编号]\n"
               "                      [-f text|csv|json|html] [-o 文件]\n\n"
               "把 gangmu build "
               "建好的语料库中的规划并排：一行一个指标（或主题、部门），一列一份规划。\n"
               "每个数都带原文位置（行:列，CSV 中为 文件:行:列）；换算、推断来的都注明。\n\n"
               "  --what indicators "
               "指标（缺省）：目标、属性、名次、现状、完成；同期规划的最小、中位、最大\n"
               "         gaps       约束性指标：谁有，谁没有\n"
               "         ratchet    "
               "目标比上级、比自己的现状和上期目标、比邻居的中位数高多少低多少\n"
               "         themes     主题：各类措施的文字占多少\n"
               "         agencies   部门：各承担多少条职责\n"
               "  --by period       同一规划期、级别、领域的规划排在一起（缺省）；region "
               "同一地区的排在一起\n"
               "  --indicator 名称  只要这个指标：代码（air.pm25）、概念或任何一种叫法；可写几次\n"
               "  --theme 主题      只要这个主题的指标（大气、water…）；可写几次\n"
               "  --min 份数        只要至少这么多份规划有的指标\n"
               "  --superior 编号   ratchet 以这份规划为上级（缺省按地区代码自动找）\n"
               "  -C, --corpus 目录 语料库（缺省 output）\n"
               "  -f, --format 格式 text 终端（缺省），按终端宽度分块；csv 表格软件；\n"
               "                    json；html 一个网页，按好坏着色，可打印\n"
               "  -o, --output 文件 写到文件\n\n"
               "名次：1 最好，方向看词表 "
               "indicators；口径不同的（累计、水平、年均）、区间、定性、上级下达的\n"
               "不排，照原文显示。一份规划几处给出同一指标时，表格优先于行文；几处不同又分不出主次"
               "的，全部\n"
               "列出，哪个也不取。\n\n"
               "例：gangmu compare --indicator 森林覆盖率 --indicator PM2.5\n"
               "    gangmu compare --what gaps -f csv -o gaps.csv\n",
               "usage: gangmu compare [-C DIR] [--what WHAT] [--by period|region] [--indicator "
               "NAME]...\n"
               "                      [--theme THEME]... [--min N] [--superior PLAN_ID]\n"
               "                      [-f text|csv|json|html] [-o FILE]\n\n"
               "Sets the plans of a corpus made by gangmu build side by side: a row an indicator "
               "(or theme, or\n"
               "agency), a column a plan. Each figure has its place in the source (line:col; in "
               "CSV\n"
               "file:line:col); what was converted or inferred says so.\n\n"
               "  --what indicators targets, nature, rank, base, actual; least, median, most "
               "(default)\n"
               "         gaps       binding indicators: who has them, who lacks them\n"
               "         ratchet    targets against the superior plan, the own base and last "
               "target, and the\n"
               "                    neighbours' median\n"
               "         themes     themes: share of the text of measures\n"
               "         agencies   agencies: number of duties\n"
               "  --by period       plans of one period, level and field together (default); "
               "region: of one region\n"
               "  --indicator NAME  only this one: a code (air.pm25), a concept, or any of its "
               "names; repeatable\n"
               "  --theme THEME     only the indicators of this theme (air, water ...); "
               "repeatable\n"
               "  --min N           only indicators that at least N plans have\n"
               "  --superior ID     for ratchet, the superior plan (default: found by region "
               "code)\n"
               "  -C, --corpus DIR  the corpus (default output)\n"
               "  -f, --format F    text (default), cut to the width of the terminal; csv; json;\n"
               "                    html, one page with a heat map, prints well\n"
               "  -o, --output FILE write to a file\n\n"
               "Ranks: 1 is best, by the direction in the lexicon of indicators; other bases, "
               "ranges, words and\n"
               "what the superior sets are shown as written and not ranked. Where a plan states an "
               "indicator more\n"
               "than once a table goes before the prose; where several differ all are shown and "
               "none is taken.\n\n"
               "example: gangmu compare --indicator air.pm25 --indicator forest.coverage\n"
               "         gangmu compare --what gaps -f csv -o gaps.csv\n" },
};
