/* build_list: the documents that the paths of a command line mean. */
#ifndef GM_BUILD_LIST_H
#define GM_BUILD_LIST_H

#include "base/index.h"
#include "base/mem.h"

struct document {
    const char *path;    /* as reached from the command line: diagnostics name it */
    const char *real;    /* absolute: by this it is known again in the next build */
    const char *name;    /* shown in results, valid UTF-8: below the named directory, or the base name */
    const char *trouble; /* why it cannot be read (the system's words), or NULL */
    bool named;          /* on the command line, not found in a directory */
    bool guessed;        /* found in a directory and without suffix: may be anything */
    bool regular;        /* not a pipe or the like: size and mtime mean something */
    bool fresh;          /* changed a moment ago: it may change again without its time showing it */
    uint64_t size;
    int64_t mtime;       /* nanoseconds since 1970 */
};

/* Zero-initialised is empty; list_done() frees. */
struct list {
    struct arena arena;
    struct document *items;
    size_t count;
    struct index seen; /* device and inode of files and directories */
    struct index own;  /* of the results of builds, which are no documents */
};

/* Adds what path means: a file, "-", or the documents below a directory in byte order of their names.
 * Hidden files, files of other suffixes and what a build has written are no documents; a file met
 * before is not added again. A path that cannot be read is added with its trouble. */
void list_add(struct list *l, const char *path);
void list_done(struct list *l);

#endif
