/* build_signal: the wish to stop (Ctrl-C, SIGTERM, SIGHUP), seen between two steps of a build and
 * never in the midst of one. */
#ifndef GM_BUILD_SIGNAL_H
#define GM_BUILD_SIGNAL_H

#include <signal.h>

struct signals {
    sigset_t held, before;
    int fd; /* readable when one has come */
};

/* From here on the signals wait; those the caller of the program ignores stay ignored. A write beyond
 * a file size limit fails instead of ending the program. */
void signals_hold(struct signals *s);

/* Takes the signal that has come, or 0. */
int signals_take(const struct signals *s);

/* As before signals_hold(). */
void signals_release(struct signals *s);

#endif
