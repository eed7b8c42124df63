#define PCRE2_CODE_UNIT_WIDTH 8
#include "base/regex.h"

#include "base/mem.h"

#include <pcre2.h>
#include <stdlib.h>

enum { DEPTH_LIMIT = 2000, HEAP_LIMIT_KIB = 16384, JIT_AFTER = 150 };

struct regex {
    pcre2_code *code;
    pcre2_match_data *match;
    pcre2_match_context *limits;
    struct slice *names;
    unsigned groups;
    unsigned searches; /* so far; a pattern is worth the JIT only when it is used often */
    bool fast;         /* the JIT has compiled it */
};

static void read_names(struct regex *re)
{
    uint32_t count = 0, names = 0, size = 0;
    PCRE2_SPTR table = NULL;
    pcre2_pattern_info(re->code, PCRE2_INFO_CAPTURECOUNT, &count);
    pcre2_pattern_info(re->code, PCRE2_INFO_NAMECOUNT, &names);
    pcre2_pattern_info(re->code, PCRE2_INFO_NAMEENTRYSIZE, &size);
    pcre2_pattern_info(re->code, PCRE2_INFO_NAMETABLE, &table);
    re->groups = count + 1;
    re->names = mem_zalloc(re->groups * sizeof *re->names);
    for (uint32_t i = 0; i < names; i++, table += size) {
        unsigned group = (unsigned)table[0] << 8 | table[1];
        if (group < re->groups)
            re->names[group] = slice_cstr((const char *)table + 2);
    }
}

static struct regex *of_code(pcre2_code *compiled)
{
    struct regex *re = mem_zalloc(sizeof *re);
    re->code = compiled;
    re->match = pcre2_match_data_create_from_pattern(compiled, NULL);
    re->limits = pcre2_match_context_create(NULL);
    if (!re->match || !re->limits)
        abort();
    pcre2_set_match_limit(re->limits, REGEX_STEPS);
    pcre2_set_depth_limit(re->limits, DEPTH_LIMIT);
    pcre2_set_heap_limit(re->limits, HEAP_LIMIT_KIB);
    read_names(re);
    return re;
}

struct regex *regex_new(struct slice pattern, struct regex_error *error)
{
    int code = 0;
    PCRE2_SIZE offset = 0;
    pcre2_code *compiled =
        pcre2_compile((PCRE2_SPTR)pattern.p, pattern.n, PCRE2_UTF | PCRE2_DUPNAMES, &code, &offset, NULL);
    if (!compiled) {
        pcre2_get_error_message(code, (PCRE2_UCHAR *)error->message, sizeof error->message);
        error->offset = offset;
        return NULL;
    }
    return of_code(compiled);
}

void regex_save(const struct regex *re, struct buf *image)
{
    const pcre2_code *code = re->code;
    uint8_t *bytes = NULL;
    PCRE2_SIZE n = 0;
    if (pcre2_serialize_encode(&code, 1, &bytes, &n, NULL) == 1)
        buf_add(image, bytes, n);
    pcre2_serialize_free(bytes);
}

struct regex *regex_load(struct slice image)
{
    pcre2_code *code = NULL;
    int count = image.n ? pcre2_serialize_decode(&code, 1, (const uint8_t *)image.p, NULL) : 0;
    return count == 1 ? of_code(code) : NULL;
}

void regex_free(struct regex *re)
{
    if (!re)
        return;
    pcre2_match_context_free(re->limits);
    pcre2_match_data_free(re->match);
    pcre2_code_free(re->code);
    free(re->names);
    free(re);
}

unsigned regex_group_count(const struct regex *re)
{
    return re->groups;
}

struct slice regex_group_name(const struct regex *re, unsigned group)
{
    return re->names[group];
}

static int match(struct regex *re, struct slice subject, size_t start, uint32_t options)
{
    return pcre2_match(re->code, (PCRE2_SPTR)(subject.n ? subject.p : ""), subject.n, start,
                       PCRE2_NO_UTF_CHECK | options, re->match, re->limits);
}

/* Where there is no JIT the interpreter goes on. */
static void use_jit(struct regex *re)
{
    re->searches = JIT_AFTER;
    re->fast = pcre2_jit_compile(re->code, PCRE2_JIT_COMPLETE) == 0;
}

static int match_fast(struct regex *re, struct slice subject, size_t start)
{
    return pcre2_jit_match(re->code, (PCRE2_SPTR)(subject.n ? subject.p : ""), subject.n, start, 0, re->match,
                           re->limits);
}

/* JIT and interpreter count steps differently. What either of them finds holds, so that nothing
 * depends on how often the pattern was used before. */
static int match_again(struct regex *re, struct slice subject, size_t start)
{
    if (re->searches >= JIT_AFTER)
        return match(re, subject, start, PCRE2_NO_JIT);
    use_jit(re);
    return match(re, subject, start, 0);
}

int regex_search(struct regex *re, struct slice subject, size_t start)
{
    if (++re->searches == JIT_AFTER)
        use_jit(re);
    int rc = re->fast ? match_fast(re, subject, start) : match(re, subject, start, 0);
    if (rc < 0 && rc != PCRE2_ERROR_NOMATCH)
        rc = match_again(re, subject, start);
    return rc > 0 ? 1 : rc == PCRE2_ERROR_NOMATCH ? 0 : -1;
}

bool regex_group(const struct regex *re, unsigned group, size_t *begin, size_t *end)
{
    const PCRE2_SIZE *at = pcre2_get_ovector_pointer(re->match);
    if (group >= re->groups || at[2 * group] == PCRE2_UNSET)
        return false;
    *begin = at[2 * group];
    *end = at[2 * group + 1];
    return true;
}
