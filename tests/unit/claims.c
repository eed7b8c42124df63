/* claims: decimals added and compared, figures of two plans in one unit, wording by pairs of chars. */
#include "review/claim.h"
#include "review/likeness.h"

#include <stdio.h>

static int points, failed;

static void ok(bool good, const char *what)
{
    points++;
    failed += !good;
    printf("%sok %d - %s\n", good ? "" : "not ", points, what);
}

static struct decimal number(const char *s)
{
    struct decimal d = {0, 0};
    if (!decimal_read(slice_cstr(s), &d))
        printf("# no number: %s\n", s);
    return d;
}

static void reads(bool good, struct decimal d, const char *expected, const char *what)
{
    struct buf b = {0};
    decimal_write(d, &b);
    bool same = good && slice_eq(buf_view(&b), slice_cstr(expected));
    ok(same, what);
    if (!same)
        printf("# expected %s, got %s%s\n", expected, good ? "" : "nothing; ", buf_cstr(&b));
    buf_done(&b);
}

static void test_decimals(void)
{
    struct decimal d = {0, 0};
    bool good = decimal_add(number("0.1"), number("0.20"), &d);
    reads(good, d, "0.3", "0.1 + 0.20");
    good = decimal_subtract(number("46"), number("46.5"), &d);
    reads(good, d, "-0.5", "46 - 46.5");
    good = decimal_quotient(number("2"), number("3"), 4, &d);
    reads(good, d, "0.6667", "2 / 3 to four places");
    good = decimal_quotient(number("-1"), number("0.08"), 0, &d);
    reads(good, d, "-13", "-12.5 rounds away from zero");
    good = decimal_quotient(number("0.00049"), number("1"), 3, &d);
    reads(good, d, "0", "0.00049 to three places");
    good = decimal_quotient(number("0.0005"), number("1"), 3, &d);
    reads(good, d, "0.001", "0.0005 to three places");
    ok(!decimal_quotient(number("1"), number("0"), 2, &d), "nothing is divided by 0");
    ok(decimal_compare(number("7.0"), number("7")) == 0, "7.0 is 7");
    ok(decimal_compare(number("-3"), number("0.0000001")) < 0, "-3 lies below");
    ok(decimal_compare(number("999999999999999999999999999999"), number("0.00000000000000000000000000001")) > 0,
       "the largest against the smallest");
    ok(decimal_compare(number("0.00000000000000000000000000001"), number("-999999999999999999999999999999")) > 0,
       "and the other way round");
}

/* A claim in per cent of an indicator where more is better, or (down) less. */
static struct claim claim(const char *op, const char *value, const char *code)
{
    return (struct claim){.kind = VALUE_NUMBER, .op = slice_cstr(op), .value = slice_cstr(value), .unit = SLICE("%"),
                          .code = slice_cstr(code), .role = SLICE("target")};
}

static void test_claims(struct grammar *g)
{
    static const char up[] = "air.good_share", down[] = "air.heavy_share";
    static const struct {
        const char *op[2], *value[2], *code;
        enum claim_order order;
        enum claim_strictness strictness;
    } cases[] = {
        {{">=", ""}, {"46", "47"}, up, CLAIM_RAISED, CLAIM_STRICTER},
        {{">=", ""}, {"46", "46"}, up, CLAIM_BOUND, CLAIM_EQUAL},
        {{">=", ">"}, {"46", "46"}, up, CLAIM_BOUND, CLAIM_STRICTER},
        {{"", "~"}, {"46", "46.0"}, up, CLAIM_BOUND, CLAIM_LOOSER},
        {{"", ""}, {"46", "46.0"}, up, CLAIM_SAME, CLAIM_EQUAL},
        {{"<=", "<="}, {"1", "0.5"}, down, CLAIM_LOWERED, CLAIM_STRICTER},
        {{"<=", "<="}, {"1", "1.5"}, down, CLAIM_RAISED, CLAIM_LOOSER},
        {{"", ""}, {"1", "1.5"}, "no.such.code", CLAIM_RAISED, CLAIM_UNKNOWN},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct claim a = claim(cases[i].op[0], cases[i].value[0], cases[i].code);
        struct claim b = claim(cases[i].op[1], cases[i].value[1], cases[i].code);
        char what[128];
        snprintf(what, sizeof what, "%s: %s%s, then %s%s", cases[i].code, cases[i].op[0], cases[i].value[0],
                 cases[i].op[1], cases[i].value[1]);
        ok(claim_compare(g, &a, &b, NULL) == cases[i].order &&
           claim_strictness(g, &a, &b) == cases[i].strictness, what);
    }
}

static void test_units(struct grammar *g)
{
    struct claim a = claim("", "1.5", ""), b = claim("", "15000", "");
    struct decimal difference = {0, 0};
    a.unit = SLICE("万亩");
    b.unit = SLICE("亩");
    ok(claim_compare(g, &a, &b, &difference) == CLAIM_SAME, "1.5 万亩 are 15000 亩");
    b.unit = SLICE("公里");
    ok(claim_compare(g, &a, &b, NULL) == CLAIM_APART, "areas and lengths are not compared");
    b = claim("", "20", "");
    a = b;
    a.basis = SLICE("annual");
    b.basis = SLICE("cumulative");
    ok(claim_compare(g, &a, &b, NULL) == CLAIM_APART, "neither a yearly figure with one over the period");
}

static void test_wording(void)
{
    struct arena arena;
    struct buf b = {0};
    arena_init(&arena);
    wording_of(SLICE("Ⅲ类，二○二五年 （ＰＭ2.5）"), &b);
    ok(slice_eq(buf_view(&b), SLICE("III类二〇二五年PM2.5")), "wording is folded, without blanks and points");
    struct pairs x = pairs_of(&arena, SLICE("推进水环境治理。")), y = pairs_of(&arena, SLICE("推进  水环境\n治理")),
                 z = pairs_of(&arena, SLICE("大气")), none = pairs_of(&arena, SLICE("，。"));
    ok(pairs_likeness(&x, &y) == 1000, "blanks and line ends make no difference");
    ok(pairs_likeness(&x, &z) == 0 && pairs_likeness(&x, &none) == 0, "other words are not alike");
    ok(pairs_likeness(&none, &none) == 1000, "empty texts");
    arena_done(&arena);
    buf_done(&b);
}

int main(int argc, char **argv)
{
    struct buf error = {0};
    struct grammar *g = grammar_open(argc > 1 ? argv[1] : "grammars", NULL, SLICE_NONE, &error);
    if (!g) {
        printf("Bail out! %s\n", buf_cstr(&error));
        return 1;
    }
    test_decimals();
    test_claims(g);
    test_units(g);
    test_wording();
    printf("1..%d\n", points);
    grammar_close(g);
    buf_done(&error);
    return failed != 0;
}
