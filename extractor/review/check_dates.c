/* Days that no calendar has: 2月30日, 13月. */
#include "review/check.h"

#include "base/text.h"

/* What stands before 月 and behind it; 0: nothing. */
struct date {
    int year, month, day;
    size_t begin, end;
};

static bool ends(struct slice s, size_t at, const char *word)
{
    return slice_ends(slice_of(s.p, at), slice_cstr(word));
}

/* The day behind 月: one or two digits, or hanzi, and 日; *end moves behind it. */
static int read_day(struct slice s, size_t *end)
{
    size_t at = *end;
    for (int i = 0; i < 4 && at < s.n; i++) {
        text_next(s.p, s.n, &at);
        if (!slice_starts(slice_of(s.p + at, s.n - at), SLICE("日")))
            continue;
        int day;
        if (check_number_before(s, at, &day) != *end)
            return 0;
        *end = at + 3;
        return day;
    }
    return 0;
}

/* The date around 月 at byte `at`; false when it is none. */
static bool read_date(struct slice s, size_t at, struct date *d)
{
    *d = (struct date){ .begin = check_number_before(s, at, &d->month), .end = at + 3 };
    check_number_before(s, at, &d->month);
    if (d->begin == at)
        return false;
    d->day = read_day(s, &d->end);
    if (ends(s, d->begin, "年")) {
        size_t year = check_number_before(s, d->begin - 3, &d->year);
        d->year = d->year < 1949 ? 0 : d->year;
        d->begin = d->year ? year : d->begin;
    }
    return d->year || d->day;
}

static int days_of(const struct date *d)
{
    static const int days[] = { 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    bool leap = !d->year || (d->year % 4 == 0 && d->year % 100 != 0) || d->year % 400 == 0;
    return d->month == 2 && !leap ? 28 : days[d->month - 1];
}

static void look_at(struct check_job *job, struct slice s, size_t at)
{
    struct date d;
    if (!read_date(s, at, &d) || (d.month >= 1 && d.month <= 12 && (!d.day || d.day <= days_of(&d))))
        return;
    struct slice date = slice_of(s.p + d.begin, d.end - d.begin);
    if (!check_word_at(job->grammar, s, d.end, "no-date"))
        check_say_at(job, CHECK_DATE_IMPOSSIBLE, date, date, SLICE_NONE);
}

void check_dates(struct check_job *job)
{
    for (size_t i = 0; i < job->block_count; i++) {
        struct slice s = job->blocks[i].text;
        for (size_t at = 0; at < s.n;) {
            ptrdiff_t found = slice_find(slice_of(s.p + at, s.n - at), SLICE("月"));
            if (found < 0)
                break;
            look_at(job, s, at + (size_t)found);
            at += (size_t)found + 3;
        }
    }
}
