#include "base/outfile.h"

#include "base/file.h"
#include "base/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

struct outfile {
    const char *path; /* NULL: standard output */
    struct buf aside; /* the name it has until it is whole */
    int fd;
    int failure; /* errno of the first one */
};

static void check(struct outfile *f, bool good)
{
    if (!good && !f->failure)
        f->failure = errno ? errno : EIO;
}

struct outfile *outfile_open(const char *path)
{
    struct outfile *f = mem_zalloc(sizeof *f);
    f->path = path;
    f->fd = STDOUT_FILENO;
    if (path) {
        buf_printf(&f->aside, "%s.%ld.tmp", path, (long)getpid());
        f->fd = open(buf_cstr(&f->aside), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
        check(f, f->fd >= 0);
    } else {
        check(f, fflush(stdout) == 0);
    }
    return f;
}

bool outfile_good(const struct outfile *f)
{
    return !f->failure;
}

void outfile_add(struct outfile *f, struct slice bytes)
{
    if (!f->failure)
        check(f, file_write_fd(f->fd, bytes.p, bytes.n));
}

bool outfile_close(struct outfile *f, bool whole, struct buf *error)
{
    if (f->path) {
        if (f->fd >= 0)
            check(f, close(f->fd) == 0);
        if (whole && !f->failure)
            check(f, rename(buf_cstr(&f->aside), f->path) == 0);
        if (f->fd >= 0 && (!whole || f->failure))
            unlink(buf_cstr(&f->aside));
    }
    bool good = !f->failure;
    if (!good)
        buf_printf(error, "%s: %s", f->path ? f->path : "-", strerror(f->failure));
    buf_done(&f->aside);
    free(f);
    return good;
}
