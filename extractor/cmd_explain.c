/* gangmu explain FILE:LINE: what the compiler made of a line. */
#include "cmd.h"

#include "compile.h"

#include <stdio.h>
#include <stdlib.h>

struct place {
    struct context *ctx;
    const struct plan *p;
    uint32_t begin, end; /* of the line */
};

static bool touches(const struct place *t, struct span s)
{
    return s.begin < t->end && (s.end > t->begin || s.begin == s.end) && s.begin + (s.begin == s.end) >= t->begin;
}

static void print_place(struct span s)
{
    printf("  [%u:%u]\n", s.begin, s.end);
}

static void print_id(const struct node *n)
{
    if (node_is_division(n->kind))
        printf(" %s", n->u.section->id);
    else if (n->kind == NODE_BOX)
        printf(" %s", n->u.box->id);
    else if (n->kind == NODE_CELL)
        printf(" r%d.c%d", n->u.cell->row, n->u.cell->col);
    else if (n->kind == NODE_PARA || n->kind == NODE_DASH)
        printf(" %u", n->number);
}

/* The nodes that touch the line, outermost first. */
static void print_nodes(const struct place *t, const struct node *n, int depth)
{
    for (; n; n = n->next) {
        bool inner = n->span.begin >= t->begin && n->span.begin < t->end;
        if (n->span.begin >= t->end || (n->span.end <= t->begin && !inner))
            continue;
        printf("%*s%s", depth * 2, "", node_name(n->kind));
        print_id(n);
        if (n->rule)
            printf(cmd_text(t->ctx, "  规则 %s", "  rule %s"), n->rule);
        print_place(n->span);
        print_nodes(t, n->first, depth + 1);
    }
}

static void print_field(const char *name, struct slice value)
{
    if (value.n)
        printf(" %s=%.*s", name, (int)value.n, value.p);
}

static void print_indicator(const struct indicator *o)
{
    printf("indicator %s", o->id);
    print_field("indicator", o->name);
    print_field("breakdown", o->breakdown);
    print_field("unit", o->unit);
    if (o->year)
        printf(" year=%d", o->year);
    print_field("role", o->role);
    print_field("raw", o->raw);
    printf(" kind=%s", value_kind_names[o->kind]);
    print_field("op", o->op);
    print_field("value", o->value);
    if (o->rule)
        printf(" rule=%s", o->rule);
    if (o->inherited)
        printf(" inherited");
    print_place(o->span);
}

static void print_rule(const char *rule, struct span span)
{
    if (rule)
        printf(" rule=%s", rule);
    print_place(span);
}

static void print_year(const char *name, int year)
{
    if (year)
        printf(" %s=%d", name, year);
}

static void print_target(const struct target *r)
{
    printf("target %s", r->id);
    print_field("subject", r->subject);
    print_field("scope", r->scope);
    print_year("year", r->year);
    print_field("op", r->op);
    print_field("value", r->value);
    print_field("value_high", r->value_high);
    print_field("unit", r->unit);
    print_field("basis", r->basis);
    print_field("code", r->indicator_code);
    print_place(r->span);
}

static void print_goal(const struct goal *r)
{
    printf("goal %s", r->id);
    print_field("kind", r->kind);
    print_year("horizon_year", r->horizon_year);
    print_field("headline", r->headline);
    print_place(r->span);
}

static void print_project(const struct project *r)
{
    printf("project %s", r->id);
    if (r->parent)
        printf(" parent=%s", r->parent->id);
    print_field("no", r->no);
    print_field("title", r->title);
    print_field("places", r->places);
    print_field("amount", r->amount);
    print_field("count", r->count);
    print_rule(r->rule, r->span);
}

static void print_duty(const struct duty *r)
{
    printf("duty %s", r->id);
    print_field("agency", r->agency);
    print_field("code", r->agency_code);
    print_field("role", r->role);
    print_field("object_kind", r->object_kind);
    if (r->object_id)
        printf(" object_id=%s", r->object_id);
    print_rule(r->rule, r->span);
}

static void print_citation(const struct citation *r)
{
    printf("citation %s", r->id);
    print_field("title", r->title);
    print_field("doc_no", r->doc_no);
    print_field("kind", r->kind);
    print_rule(r->rule, r->span);
}

static void print_crossref(const struct crossref *r)
{
    printf("crossref");
    print_field("raw", r->raw);
    if (r->target)
        printf(" target=%s", r->target->id);
    print_rule(r->rule, r->span);
}

static void print_term(const struct term *r)
{
    printf("term %s", r->id);
    print_field("no", r->no);
    print_field("term", r->term);
    print_rule(r->rule, r->span);
}

#define PRINT_ALL(type, list)                                                                         \
    for (const struct type *r = t->p->list; r; r = r->next)                                           \
        if (touches(t, r->span))                                                                      \
    print_##type(r)

static void print_prose(const struct place *t)
{
    PRINT_ALL(target, targets);
    PRINT_ALL(goal, goals);
    PRINT_ALL(project, projects);
    PRINT_ALL(duty, duties);
    PRINT_ALL(citation, citations);
    PRINT_ALL(crossref, crossrefs);
    PRINT_ALL(term, terms);
}

static void print_records(const struct place *t)
{
    const struct plan *p = t->p;
    for (const struct section *s = p->sections; s; s = s->next)
        if (touches(t, s->head)) {
            printf("section %s level=%d", s->id, s->level);
            print_field("label", s->label);
            print_field("title", s->title);
            print_place(s->head);
        }
    for (const struct measure *m = p->measures; m; m = m->next)
        if (touches(t, m->span)) {
            printf("measure %s", m->id);
            print_field("lead", m->lead);
            print_place(m->span);
        }
    for (const struct indicator *o = p->indicators; o; o = o->next)
        if (touches(t, o->span))
            print_indicator(o);
    for (const struct note *n = p->notes; n; n = n->next)
        if (touches(t, n->span)) {
            printf("note %s", n->id);
            print_field("kind", n->kind);
            print_field("marker", n->marker);
            if (n->anchor)
                printf(" anchor=%s", n->anchor);
            print_place(n->span);
        }
}

static void print_diags(const struct place *t)
{
    for (const struct diag *d = t->p->diags; d; d = d->next) {
        if (!touches(t, d->span))
            continue;
        struct buf out = {0};
        diag_message(d->id, d->args, t->ctx->lang, &out);
        printf("%s: %s [%s]\n", diag_level_name(diag_kind(d->id)->level, t->ctx->lang), buf_cstr(&out),
               diag_kind(d->id)->code);
        buf_done(&out);
    }
}

static int explain(struct context *ctx, const struct plan *p, uint32_t line)
{
    if (!line || line > p->source.line_count)
        return cmd_trouble(ctx, "没有这一行", "no such line", NULL);
    struct place t = {ctx, p, p->source.line_begin[line - 1], p->source.line_begin[line]};
    struct slice text = plan_slice(p, (struct span){t.begin, t.end});
    printf("%u  %.*s%s", line, (int)text.n, text.p, text.n && text.p[text.n - 1] == '\n' ? "" : "\n");
    print_nodes(&t, p->root->first, 0);
    print_records(&t);
    print_prose(&t);
    print_diags(&t);
    return EXIT_GOOD;
}

static int run(struct context *ctx, int argc, char **argv)
{
    char *colon = argc == 2 ? strrchr(argv[1], ':') : NULL;
    if (!colon || !colon[1])
        return cmd_trouble(ctx, "要写成 文件:行号", "FILE:LINE is needed", NULL);
    struct grammar *g = cmd_grammar(ctx);
    if (!g)
        return EXIT_TROUBLE;
    struct refusal why;
    uint32_t line = (uint32_t)strtoul(colon + 1, NULL, 10);
    *colon = 0;
    struct plan *p = compile_file(g, argv[1], argv[1], COMPILE_MAX_SIZE, &why);
    int status = EXIT_TROUBLE;
    if (p) {
        status = explain(ctx, p, line);
    } else {
        struct slice args[2] = {slice_cstr(why.arg), SLICE_NONE};
        cmd_print_diag(ctx, argv[1], 0, 0, why.id, args);
    }
    plan_free(p);
    grammar_close(g);
    return status;
}

const struct command cmd_explain = {
    .name = "explain",
    .run = run,
    .summary = {"说明某一行读成了什么、用了哪些规则", "what a line was read as, and by which rules"},
    .usage = {"用法：gangmu explain 文件:行号\n\n"
              "显示这一行、它所在的结构（由外到内）、从它读出的记录，各带字节区间和规则编号。\n",
              "usage: gangmu explain FILE:LINE\n\n"
              "Shows the line, the structure it stands in (outermost first) and the records read from it,\n"
              "each with its byte range and the id of the rule.\n"},
};
