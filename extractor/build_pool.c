#include "build_pool.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define READ_BYTES (64u * 1024)
#define KEEP ((size_t)1024 * 1024) /* bytes of an input buffer kept */
#define QUEUE_MAX 4
#define LATE 1000 /* milliseconds */

struct slot {
    pid_t pid; /* 0: no process */
    char *shared; /* memory of parent and worker */
    int orders, answers;
    struct buf in;
    uint32_t queue[QUEUE_MAX]; /* queue[0] is the one it is at */
    int queued;
    bool waiting;     /* for an id: no time runs */
    int64_t deadline; /* of the one it is at */
};

struct pool {
    const struct worker *worker;
    struct pool_options options;
    struct slot *slots;
    struct pollfd *polls;
};

static int64_t now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* ---- processes ---- */

/* In the new process: nothing of the parent's is left but what a worker needs. */
static _Noreturn void become_worker(const struct pool *p, const struct worker_line *line, pid_t parent)
{
    static const int reset[] = {SIGTERM, SIGPIPE};
    static const int ignored[] = {SIGINT, SIGHUP}; /* the parent gets them too and decides */
    sigset_t none;
    for (size_t i = 0; i < sizeof reset / sizeof *reset; i++)
        signal(reset[i], SIG_DFL);
    for (size_t i = 0; i < sizeof ignored / sizeof *ignored; i++)
        signal(ignored[i], SIG_IGN);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent)
        _exit(0);
    for (int i = 0; i < p->options.workers; i++) {
        if (p->slots[i].pid) {
            close(p->slots[i].orders);
            close(p->slots[i].answers);
        }
    }
    if (p->options.lock >= 0)
        close(p->options.lock);
    worker_run(p->worker, line);
}

static bool share(struct slot *s)
{
    void *memory = mmap(NULL, WORKER_SHARED, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    s->shared = memory == MAP_FAILED ? NULL : memory;
    return s->shared != NULL;
}

static bool start(struct pool *p, struct slot *s)
{
    int orders[2], answers[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, orders) != 0)
        return false;
    if (pipe2(answers, O_CLOEXEC) != 0) {
        close(orders[0]);
        close(orders[1]);
        return false;
    }
    pid_t parent = getpid(), pid = fork();
    if (pid == 0) {
        close(orders[0]);
        close(answers[0]);
        become_worker(p, &(struct worker_line){orders[1], answers[1], s->shared}, parent);
    }
    close(orders[1]);
    close(answers[1]);
    if (pid < 0) {
        close(orders[0]);
        close(answers[0]);
        return false;
    }
    *s = (struct slot){.pid = pid, .shared = s->shared, .orders = orders[0], .answers = answers[0], .in = s->in};
    s->in.n = 0;
    return true;
}

/* Ends a worker's process and returns how it ended. */
static int end(struct slot *s, bool kill_it)
{
    int status = 0;
    close(s->orders);
    close(s->answers);
    if (kill_it)
        kill(s->pid, SIGKILL);
    while (waitpid(s->pid, &status, 0) < 0 && errno == EINTR)
        continue;
    s->pid = 0;
    return status;
}

/* ---- orders ---- */

static void send_order(struct slot *s, enum worker_order_kind kind, uint32_t document, const char *id)
{
    struct worker_order order = {.kind = kind, .document = document};
    snprintf(order.id, sizeof order.id, "%s", id);
    /* a worker that is gone is noticed when its answers end */
    (void)!send(s->orders, &order, sizeof order, MSG_NOSIGNAL);
}

static void start_clock(const struct pool *p, struct slot *s)
{
    s->deadline = now() + p->options.timeout;
}

static struct slot *least_busy(const struct pool *p)
{
    struct slot *least = &p->slots[0];
    for (int i = 1; i < p->options.workers; i++)
        if (p->slots[i].queued < least->queued)
            least = &p->slots[i];
    return least;
}

bool pool_has_room(const struct pool *p)
{
    return least_busy(p)->queued < p->options.ahead;
}

static void give(struct pool *p, struct slot *s, uint32_t document)
{
    s->queue[s->queued++] = document;
    if (s->queued == 1)
        start_clock(p, s);
    send_order(s, ORDER_COMPILE, document, "");
}

void pool_compile(struct pool *p, uint32_t document)
{
    give(p, least_busy(p), document);
}

void pool_name(struct pool *p, uint32_t document, const char *id)
{
    for (int i = 0; i < p->options.workers; i++) {
        struct slot *s = &p->slots[i];
        if (!s->queued || s->queue[0] != document || !s->waiting)
            continue;
        s->waiting = false;
        start_clock(p, s);
        send_order(s, ORDER_NAME, document, id);
    }
}

/* ---- answers ---- */

static void next_document(const struct pool *p, struct slot *s)
{
    s->queued--;
    memmove(s->queue, s->queue + 1, sizeof s->queue - sizeof s->queue[0]);
    s->waiting = false;
    start_clock(p, s);
}

static void handle(struct pool *p, struct slot *s, const struct worker_answer *a, struct slice bytes,
                   pool_handler handler, void *ctx)
{
    static const enum pool_event_kind kinds[] = {[ANSWER_REFUSED] = POOL_REFUSED,
                                                 [ANSWER_PARSED] = POOL_PARSED,
                                                 [ANSWER_DONE] = POOL_DONE,
                                                 [ANSWER_TROUBLE] = POOL_TROUBLE};
    if (a->kind == ANSWER_PARSED)
        s->waiting = true;
    else
        next_document(p, s);
    struct pool_event event = {.kind = kinds[a->kind], .document = a->document, .bytes = bytes};
    event.shared = slice_of(s->shared, (size_t)a->shared);
    handler(ctx, &event);
}

static bool is_sane(const struct slot *s, const struct worker_answer *a)
{
    return a->kind <= ANSWER_TROUBLE && a->shared <= WORKER_SHARED && s->queued && a->document == s->queue[0];
}

/* Hands out every answer that is whole; false when the worker talks nonsense. */
static bool take_answers(struct pool *p, struct slot *s, pool_handler handler, void *ctx)
{
    size_t at = 0;
    struct worker_answer a;
    while (s->in.n - at >= sizeof a) {
        memcpy(&a, s->in.p + at, sizeof a);
        if (!is_sane(s, &a))
            return false;
        if (s->in.n - at - sizeof a < a.size)
            break;
        handle(p, s, &a, slice_of(s->in.p + at + sizeof a, (size_t)a.size), handler, ctx);
        at += sizeof a + (size_t)a.size;
    }
    if (at)
        memmove(s->in.p, s->in.p + at, s->in.n - at);
    s->in.n -= at;
    if (!s->in.n && s->in.room > KEEP)
        buf_done(&s->in);
    return true;
}

enum fate { FATE_GONE, FATE_LATE, FATE_GARBLED };

static void explain(const struct pool *p, int status, enum fate fate, struct refusal *why)
{
    long long limit = p->options.timeout;
    *why = (struct refusal){.id = DIAG_CRASHED};
    if (fate == FATE_GARBLED)
        snprintf(why->arg, sizeof why->arg, "garbled answer");
    else if (fate == FATE_LATE)
        snprintf(why->arg, sizeof why->arg, limit % 1000 ? "timeout %lld ms" : "timeout %lld s",
                 limit % 1000 ? limit : limit / 1000);
    else if (WIFEXITED(status) && WEXITSTATUS(status) == WORKER_NO_MEMORY)
        snprintf(why->arg, sizeof why->arg, "memory %zu MiB", p->worker->memory >> 20);
    else if (WIFSIGNALED(status) && sigabbrev_np(WTERMSIG(status)))
        snprintf(why->arg, sizeof why->arg, "SIG%s", sigabbrev_np(WTERMSIG(status)));
    else
        snprintf(why->arg, sizeof why->arg, "status %d", WIFEXITED(status) ? WEXITSTATUS(status) : status);
}

/* The worker is gone, or has to go: its document is refused, a new worker takes the others. */
static void replace(struct pool *p, struct slot *s, enum fate fate, pool_handler handler, void *ctx)
{
    uint32_t left[QUEUE_MAX];
    int count = s->queued;
    struct refusal why;
    memcpy(left, s->queue, sizeof left);
    explain(p, end(s, fate != FATE_GONE), fate, &why);
    if (!start(p, s)) {
        struct slice reason = slice_cstr(strerror(errno));
        struct pool_event event = {.kind = POOL_TROUBLE, .bytes = reason};
        s->queued = 0;
        handler(ctx, &event);
        return;
    }
    for (int i = 1; i < count; i++)
        give(p, s, left[i]);
    struct pool_event event = {
        .kind = POOL_REFUSED, .document = left[0], .bytes = slice_of((const char *)&why, sizeof why)};
    if (count)
        handler(ctx, &event);
}

static void read_answers(struct pool *p, struct slot *s, pool_handler handler, void *ctx)
{
    buf_reserve(&s->in, READ_BYTES);
    ssize_t got = read(s->answers, s->in.p + s->in.n, s->in.room - s->in.n);
    if (got > 0) {
        s->in.n += (size_t)got;
        if (!take_answers(p, s, handler, ctx))
            replace(p, s, FATE_GARBLED, handler, ctx);
    } else if (got == 0 || (errno != EINTR && errno != EAGAIN)) {
        replace(p, s, FATE_GONE, handler, ctx);
    }
}

/* ---- waiting ---- */

static bool runs(const struct slot *s)
{
    return s->queued && !s->waiting;
}

static int64_t time_left(const struct pool *p, int milliseconds)
{
    int64_t left = milliseconds, t = now();
    for (int i = 0; i < p->options.workers; i++)
        if (runs(&p->slots[i]) && p->slots[i].deadline - t < left)
            left = p->slots[i].deadline - t;
    return left < 0 ? 0 : left;
}

/* When this process was stopped for a while, its workers were too, or waited for it. */
static void forgive(struct pool *p, int64_t late)
{
    for (int i = 0; late > LATE && i < p->options.workers; i++)
        p->slots[i].deadline += late;
}

void pool_wait(struct pool *p, int milliseconds, int wake, pool_handler handler, void *ctx)
{
    int64_t wait = time_left(p, milliseconds), before = now();
    int count = p->options.workers;
    for (int i = 0; i < p->options.workers; i++)
        p->polls[i] = (struct pollfd){.fd = p->slots[i].answers, .events = POLLIN};
    p->polls[count] = (struct pollfd){.fd = wake, .events = POLLIN};
    if (poll(p->polls, (nfds_t)count + 1, (int)wait) < 0)
        return;
    forgive(p, now() - before - wait);
    for (int i = 0; i < p->options.workers; i++) {
        struct slot *s = &p->slots[i];
        if (p->polls[i].revents)
            read_answers(p, s, handler, ctx);
        else if (runs(s) && now() >= s->deadline)
            replace(p, s, FATE_LATE, handler, ctx);
    }
}

/* ---- all together ---- */

struct pool *pool_open(const struct worker *w, const struct pool_options *o, struct buf *error)
{
    struct pool *p = mem_zalloc(sizeof *p);
    p->worker = w;
    p->options = *o;
    p->slots = mem_zalloc((size_t)o->workers * sizeof *p->slots);
    p->polls = mem_zalloc(((size_t)o->workers + 1) * sizeof *p->polls);
    for (int i = 0; i < o->workers; i++) {
        if (!share(&p->slots[i]) || !start(p, &p->slots[i])) {
            buf_printf(error, "fork: %s", strerror(errno));
            pool_close(p);
            return NULL;
        }
    }
    return p;
}

void pool_close(struct pool *p)
{
    if (!p)
        return;
    for (int i = 0; i < p->options.workers; i++) {
        if (p->slots[i].pid)
            end(&p->slots[i], true);
        if (p->slots[i].shared)
            munmap(p->slots[i].shared, WORKER_SHARED);
        buf_done(&p->slots[i].in);
    }
    free(p->slots);
    free(p->polls);
    free(p);
}
