#include "extract/extract.h"

static void (*const extractors[])(struct plan *, struct grammar *) = {
    extract_meta,     extract_measures,  extract_indicators, extract_notes,     extract_targets,  extract_goals,
    extract_projects, extract_citations, extract_terms,      extract_bookmarks, extract_effects,  extract_canonical,
    extract_duties,
};

void extract_all(struct plan *p, struct grammar *g)
{
    for (size_t i = 0; i < sizeof extractors / sizeof *extractors; i++)
        extractors[i](p, g);
}
