#include "base/file.h"

#include "base/mem.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static bool fail(struct buf *error, const char *path)
{
    int why = errno;
    if (error)
        buf_printf(error, "%s: %s", path, strerror(why));
    return false;
}

bool file_read(const char *path, struct buf *out, size_t limit, struct buf *error)
{
    bool standard = strcmp(path, "-") == 0;
    int fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    struct stat st;
    if (fd < 0)
        return fail(error, path);
    bool known = fstat(fd, &st) == 0 && S_ISREG(st.st_mode);
    size_t size = known ? (size_t)st.st_size : 65535;
    buf_reserve(out, (size < limit ? size : limit) + 1); /* one more: to see that it ends, or goes on */
    ssize_t got;
    for (;;) {
        got = read(fd, out->p + out->n, out->room - out->n);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            break;
        out->n += (size_t)got;
        if (out->n > limit) {
            errno = EFBIG;
            got = -1;
            break;
        }
        if (out->room == out->n)
            buf_reserve(out, out->room);
    }
    bool good = got == 0 || fail(error, path);
    if (!standard)
        close(fd);
    return good;
}

bool file_write_fd(int fd, const char *bytes, size_t n)
{
    while (n) {
        ssize_t put = write(fd, bytes, n);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return false;
        bytes += put;
        n -= (size_t)put;
    }
    return true;
}

bool file_read_at(int fd, uint64_t at, size_t n, struct buf *out)
{
    out->n = 0;
    buf_reserve(out, n + 1);
    while (out->n < n) {
        ssize_t got = pread(fd, out->p + out->n, n - out->n, (off_t)(at + out->n));
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return false;
        out->n += (size_t)got;
    }
    return true;
}

bool file_write(const char *path, struct slice bytes, struct buf *error)
{
    struct buf aside = {0};
    buf_printf(&aside, "%s.%ld.tmp", path, (long)getpid());
    const char *name = buf_cstr(&aside);
    int fd = open(name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    bool good = fd >= 0 && file_write_fd(fd, bytes.p, bytes.n);
    if (fd >= 0 && close(fd) != 0)
        good = false;
    good = good && rename(name, path) == 0;
    if (!good) {
        fail(error, path);
        unlink(name);
    }
    buf_done(&aside);
    return good;
}

bool file_stamp(const char *path, struct file_stamp *stamp)
{
    struct stat st;
    *stamp = (struct file_stamp){0};
    if (stat(path, &st) != 0)
        return false;
    stamp->size = (uint64_t)st.st_size;
    stamp->inode = st.st_ino;
    stamp->mtime = (int64_t)st.st_mtim.tv_sec * 1000000000 + st.st_mtim.tv_nsec;
    return true;
}

bool file_exists(const char *path)
{
    return access(path, F_OK) == 0;
}

bool file_make_dirs(const char *path, struct buf *error)
{
    char *copy = mem_dup(path, strlen(path));
    for (char *at = copy + 1; *at; at++) {
        if (*at != '/')
            continue;
        *at = 0;
        mkdir(copy, 0777);
        *at = '/';
    }
    struct stat st;
    bool good = mkdir(copy, 0777) == 0 || (errno == EEXIST && stat(copy, &st) == 0 && S_ISDIR(st.st_mode));
    free(copy);
    return good || fail(error, path);
}

void file_remove_tree(const char *path)
{
    struct stat st;
    char **names = NULL;
    size_t count = 0;
    if (lstat(path, &st) != 0)
        return;
    if (!S_ISDIR(st.st_mode)) {
        unlink(path);
        return;
    }
    if (file_names(path, &names, &count, NULL)) {
        struct buf child = {0};
        for (size_t i = 0; i < count; i++) {
            child.n = 0;
            buf_printf(&child, "%s/%s", path, names[i]);
            file_remove_tree(buf_cstr(&child));
        }
        buf_done(&child);
        file_names_free(names, count);
    }
    rmdir(path);
}

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

bool file_names(const char *dir, char ***names, size_t *count, struct buf *error)
{
    DIR *d = opendir(dir);
    if (!d)
        return fail(error, dir);
    char **list = NULL;
    size_t n = 0;
    for (struct dirent *e; (e = readdir(d));) {
        if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
            continue;
        if ((n & (n - 1)) == 0)
            list = mem_realloc(list, (n ? n * 2 : 1) * sizeof *list);
        list[n++] = mem_dup(e->d_name, strlen(e->d_name));
    }
    closedir(d);
    if (n)
        qsort(list, n, sizeof *list, by_bytes);
    *names = list;
    *count = n;
    return true;
}

void file_names_free(char **names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        free(names[i]);
    free(names);
}
