/* file: whole files in, whole files out. */
#ifndef GM_BASE_FILE_H
#define GM_BASE_FILE_H

#include "base/buf.h"

/* Reads a file whole ("-" is standard input), at most limit bytes. On failure returns false and
 * writes the reason (the system's words) into error. out is owned by the caller. */
bool file_read(const char *path, struct buf *out, size_t limit, struct buf *error);

/* Writes a file aside and renames it into place; on failure nothing is left but the old file. */
bool file_write(const char *path, struct slice bytes, struct buf *error);

/* Writes all bytes to a descriptor. */
bool file_write_fd(int fd, const char *bytes, size_t n);

/* Reads n bytes from offset `at` into out; false when they are not there. */
bool file_read_at(int fd, uint64_t at, size_t n, struct buf *out);

/* What shows that a file is still the same. */
struct file_stamp {
    uint64_t size, inode;
    int64_t mtime; /* nanoseconds since 1970 */
};

bool file_stamp(const char *path, struct file_stamp *stamp); /* false, and all 0, when it is not there */

bool file_exists(const char *path);
bool file_make_dirs(const char *path, struct buf *error); /* mkdir -p */
void file_remove_tree(const char *path);                  /* rm -rf, links not followed */

/* Names in a directory, sorted by byte, "." and ".." left out. file_names_free() frees. */
bool file_names(const char *dir, char ***names, size_t *count, struct buf *error);
void file_names_free(char **names, size_t count);

#endif
