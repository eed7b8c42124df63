/* assign: against every pairing there is on small groups, parts, limits, runs in order. */
#include "review/assign.h"

#include <stdio.h>
#include <stdlib.h>

static int points, failed;

static void ok(bool good, const char *what)
{
    points++;
    failed += !good;
    printf("%sok %d - %s\n", good ? "" : "not ", points, what);
}

enum { SIDE = 6 };

/* The largest sum over all pairings of rows from `row` on. */
static int64_t largest(int64_t w[SIDE][SIDE], size_t na, size_t nb, size_t row, unsigned taken)
{
    if (row == na)
        return 0;
    int64_t best = largest(w, na, nb, row + 1, taken);
    for (size_t j = 0; j < nb; j++) {
        if (taken >> j & 1 || !w[row][j])
            continue;
        int64_t sum = w[row][j] + largest(w, na, nb, row + 1, taken | 1u << j);
        best = sum > best ? sum : best;
    }
    return best;
}

static uint32_t random_below(uint32_t *state, uint32_t n)
{
    *state = *state * 1664525u + 1013904223u;
    return (*state >> 8) % n;
}

static size_t edges_of(int64_t w[SIDE][SIDE], size_t na, size_t nb, struct edge *out)
{
    size_t n = 0;
    for (uint32_t i = 0; i < na; i++)
        for (uint32_t j = 0; j < nb; j++)
            if (w[i][j])
                out[n++] = (struct edge){i, j, w[i][j]};
    return n;
}

static bool valid_and_best(int64_t w[SIDE][SIDE], size_t na, size_t nb)
{
    struct edge edges[SIDE * SIDE];
    uint32_t mate[SIDE];
    unsigned taken = 0;
    int64_t sum = 0;
    assign_best(edges, edges_of(w, na, nb, edges), na, nb, mate);
    for (size_t i = 0; i < na; i++) {
        if (mate[i] == ASSIGN_NONE)
            continue;
        if (mate[i] >= nb || !w[i][mate[i]] || taken >> mate[i] & 1)
            return false;
        taken |= 1u << mate[i];
        sum += w[i][mate[i]];
    }
    return sum == largest(w, na, nb, 0, 0);
}

static void test_all_pairings(void)
{
    uint32_t state = 7;
    bool good = true;
    for (int round = 0; round < 400; round++) {
        int64_t w[SIDE][SIDE] = {{0}};
        size_t na = 1 + random_below(&state, SIDE), nb = 1 + random_below(&state, SIDE);
        for (size_t i = 0; i < na; i++)
            for (size_t j = 0; j < nb; j++)
                w[i][j] = random_below(&state, 3) ? 1 + random_below(&state, 20) : 0;
        good = good && valid_and_best(w, na, nb);
    }
    ok(good, "400 groups: as good as the best of all pairings");
}

static void test_first_is_not_best(void)
{
    struct edge edges[] = {{0, 0, 10}, {0, 1, 9}, {1, 0, 9}};
    uint32_t mate[2];
    assign_best(edges, 3, 2, 2, mate);
    ok(mate[0] == 1 && mate[1] == 0, "9 + 9 before 10 alone");
    struct edge twice[] = {{0, 0, 3}, {0, 0, 8}, {0, 1, 5}};
    assign_best(twice, 3, 1, 2, mate);
    ok(mate[0] == 0, "the heavier of two edges for one pair counts");
    assign_best(NULL, 0, 2, 0, mate);
    ok(mate[0] == ASSIGN_NONE && mate[1] == ASSIGN_NONE, "no edges, no pairs");
}

static void test_order_of_edges(void)
{
    struct edge up[] = {{0, 0, 5}, {0, 1, 5}, {1, 0, 5}, {1, 1, 5}, {2, 3, 1}};
    struct edge down[] = {{2, 3, 1}, {1, 1, 5}, {1, 0, 5}, {0, 1, 5}, {0, 0, 5}};
    uint32_t one[3], two[3];
    assign_best(up, 5, 3, 4, one);
    assign_best(down, 5, 3, 4, two);
    ok(one[0] == two[0] && one[1] == two[1] && one[2] == 3 && two[2] == 3, "the order of the edges changes nothing");
}

/* All with all: one part, larger than is solved exactly. */
static void test_limit(void)
{
    size_t n = ASSIGN_SIDE + 5, count = 0;
    struct edge *edges = malloc(n * n * sizeof *edges);
    uint32_t *mate = malloc(n * sizeof *mate);
    bool good = edges && mate;
    for (uint32_t i = 0; good && i < n; i++)
        for (uint32_t j = 0; j < n; j++)
            edges[count++] = (struct edge){i, j, i == j ? 1000 : 1};
    size_t rough = good ? assign_best(edges, count, n, n, mate) : 0;
    for (uint32_t i = 0; good && i < n; i++)
        good = mate[i] == i;
    ok(good && rough == 2 * n, "a part above the limit is paired by weight, and said");
    free(edges);
    free(mate);
}

static void test_rising(void)
{
    uint32_t values[] = {4, 0, 1, 5, 2, 3};
    bool rising[6];
    assign_rising(values, 6, rising);
    ok(!rising[0] && rising[1] && rising[2] && !rising[3] && rising[4] && rising[5], "0 1 2 3 rise; 4 and 5 stand out");
    assign_rising(values, 0, rising);
    ok(true, "nothing rises in nothing");
}

int main(void)
{
    test_all_pairings();
    test_first_is_not_best();
    test_order_of_edges();
    test_limit();
    test_rising();
    printf("1..%d\n", points);
    return failed != 0;
}
