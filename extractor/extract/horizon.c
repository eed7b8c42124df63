#include "extract/horizon.h"

#include "base/numeral.h"
#include "base/text.h"

enum { FRONT_BYTES = 90 };

int horizon_front(struct grammar *g, struct slice text)
{
    struct rule_match m;
    if (!rules_match(g->rules, PLACE_HORIZON, text_head(text, FRONT_BYTES), &m))
        return 0;
    int year = numeral_count(m.field[FIELD_YEAR]);
    return year >= 1949 && year <= 2100 ? year : 0;
}

int horizon_next(struct horizon *h, const struct section *s, int front)
{
    if (s != h->section)
        h->step = 0;
    h->section = s;
    if (front && (!h->end_year || front <= h->end_year))
        h->step = front;
    return front ? front : h->step ? h->step : h->end_year;
}
