#include "build_signal.h"

#include <stddef.h>
#include <sys/signalfd.h>
#include <time.h>
#include <unistd.h>

void signals_hold(struct signals *s)
{
    static const int stopping[] = {SIGINT, SIGTERM, SIGHUP};
    struct sigaction action;
    sigemptyset(&s->held);
    for (size_t i = 0; i < sizeof stopping / sizeof *stopping; i++)
        if (sigaction(stopping[i], NULL, &action) == 0 && action.sa_handler != SIG_IGN)
            sigaddset(&s->held, stopping[i]);
    sigprocmask(SIG_BLOCK, &s->held, &s->before);
    s->fd = signalfd(-1, &s->held, SFD_NONBLOCK | SFD_CLOEXEC);
    signal(SIGXFSZ, SIG_IGN);
}

int signals_take(const struct signals *s)
{
    struct timespec none = {0};
    int signal = sigtimedwait(&s->held, NULL, &none);
    return signal > 0 ? signal : 0;
}

void signals_release(struct signals *s)
{
    if (s->fd >= 0)
        close(s->fd);
    s->fd = -1;
    signal(SIGXFSZ, SIG_DFL);
    sigprocmask(SIG_SETMASK, &s->before, NULL);
}
