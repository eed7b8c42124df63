/* build_worker: what a worker process does, and the language it speaks with its parent.
 *
 * For each document the parent orders COMPILE; the worker answers REFUSED, or PARSED with the plan's
 * id; the parent, which alone knows what ids are taken, orders NAME with the final id; the worker
 * writes the XML file, puts diagnostics and rows into the memory it shares with its parent, and answers DONE. They stay
 * there until the next NAME, which the parent sends when it has taken them. TROUBLE (a full disk) ends the build. */
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
    int write;           /* enum output: what the rows of all tables are wanted for */
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

/* The head of an answer; `size` bytes follow, and those in the shared memory: REFUSED a struct refusal, PARSED the id,
 * DONE a struct worker_result and its parts, TROUBLE a text. */
struct worker_answer {
    enum worker_answer_kind kind;
    uint32_t document;
    uint64_t size, shared;
};

/* Behind it stand region, period, diagnostics (build_diag.h) and rows (write/pack.h). The last two are in the
 * shared memory when there is room for them. */
struct worker_result {
    char sha256[HASH_HEX + 1];
    uint32_t counts[SUMMARY_MAX];
    uint64_t region, period, said, rows; /* bytes of the parts */
};

/* How a worker speaks with its parent. */
struct worker_line {
    int orders, answers;
    char *shared;
};

#define WORKER_SHARED ((size_t)4 << 20) /* bytes of shared memory */

/* Takes orders until their end; does not return. */
_Noreturn void worker_run(const struct worker *w, const struct worker_line *line);

#endif
