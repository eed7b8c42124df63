/* build_worker: what a worker process does, and the language it speaks with its parent.
 *
 * For each document the parent orders COMPILE; the worker answers REFUSED, or PARSED with the plan's
 * id; the parent, which alone knows what ids are taken, orders NAME with the final id; the worker
 * writes the XML file, appends diagnostics and rows to the pack, and answers DONE with their place.
 * TROUBLE (a full disk) ends the build. */
#ifndef GM_BUILD_WORKER_H
#define GM_BUILD_WORKER_H

#include "base/grammar.h"
#include "build_list.h"
#include "build_manifest.h"
#include "compile.h"

#define WORKER_ID_MAX 80
#define WORKER_NO_MEMORY 3 /* exit status: the memory limit was reached */

struct worker {
    struct grammar *grammar;
    const struct document *documents;
    const char *version;
    const char *xml_dir; /* where XML files go, or NULL: write none */
    const char *pack;    /* the file that diagnostics and rows are appended to */
    bool rows;           /* the rows of all tables, not only diagnostics */
    size_t max_size;     /* bytes of a document */
    size_t memory;       /* bytes of address space */
};

enum worker_order_kind { ORDER_COMPILE, ORDER_NAME };

struct worker_order {
    enum worker_order_kind kind;
    uint32_t document; /* position in documents */
    char id[WORKER_ID_MAX];
};

enum worker_answer_kind { ANSWER_REFUSED, ANSWER_PARSED, ANSWER_DONE, ANSWER_TROUBLE };

/* The head of an answer; `size` bytes follow: REFUSED a struct refusal, PARSED the id, DONE a struct
 * worker_result and its parts, TROUBLE a text. */
struct worker_answer {
    enum worker_answer_kind kind;
    uint32_t document;
    uint64_t size;
};

/* Region and period follow. In the pack stand, one behind the other, diagnostics (build_diag.h) and rows
 * (write/pack.h). */
struct worker_result {
    char sha256[HASH_HEX + 1];
    uint32_t counts[SUMMARY_MAX];
    uint64_t region, period;  /* bytes of the parts */
    uint64_t at, said, rows;  /* in the pack: offset, bytes of the parts */
};

/* Takes orders until their end; does not return. */
_Noreturn void worker_run(const struct worker *w, int orders, int answers);

#endif
