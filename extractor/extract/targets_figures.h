/* targets_figures: which figures of a sentence are promises, and where the words about each begin and end. */
#ifndef GM_EXTRACT_TARGETS_FIGURES_H
#define GM_EXTRACT_TARGETS_FIGURES_H

#include "extract/targets_subject.h"

/* Finds the figures of r->text: none in brackets, titles and quotation marks, no ratios. */
void targets_find_figures(struct targets_reader *r);

/* Where the words about figure i begin, and where those behind figure `last` of a run end. */
size_t targets_words_begin(struct targets_reader *r, size_t i);
size_t targets_words_end(const struct targets_reader *r, size_t last);

/* Whether figure i only tells which things a later one of its clause measures: 5岁以下儿童死亡率, 税收超5亿元企业 2户. */
bool targets_is_attribute(struct targets_reader *r, size_t i);

/* Whether something starts from a figure whose words begin at `from`: 由56% 提高到65%. */
bool targets_is_start(struct targets_reader *r, size_t from, const struct figure *f);

/* Whether a figure whose words begin at `from` is past, defines a word, or is the size of things. */
bool targets_only_tells(struct targets_reader *r, size_t from, const struct figure *f);

/* Whether words of promise stand about a figure whose words begin at `from`, or it goes on with a list of things counted. */
bool targets_is_promised(struct targets_reader *r, size_t from, const struct figure *f, bool goes_on);

#endif
