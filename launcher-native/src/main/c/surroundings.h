/*
 * What stands around a session while it runs, made before it begins and gone after it: a temporary folder of
 * its own, a session bus that lets pass what the policy names, and a way for links to other apps. None can be
 * replaced by the app: the sockets lie in Landgrant's own runtime folder, the temporary folder in one that is
 * not granted.
 */
#ifndef LANDGRANT_SURROUNDINGS_H
#define LANDGRANT_SURROUNDINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "places.h"
#include "rules.h"
#include "scratch.h"

struct surroundings {
    char *tmp;            /* for TMPDIR; NULL: as it was */
    char *bus_address;    /* of the session bus, or one that leads nowhere; never NULL */
    char *reader_address; /* of the screen readers' bus; NULL: the app has none */
    struct scratch tmp_scratch, bus_scratch, links_scratch;
    int bus_alive;    /* -1: there is no proxy */
    int relay_alive;  /* -1: the app's connections lead to the proxy itself (relay.h) */
    int links_socket; /* listens for links and files to hand on; -1: none are */
    /* The paths of that socket, of the folder of programs that lead there, and of one with entries of apps
     * that do; NULL: there are none. */
    char *links, *programs, *entries;
    pid_t bus_proxy;
    int bus_said; /* what the proxy says of its work, for bus_log.h; likewise */
};

/* Takes the places of sockets out of whatever the policy grants around them. Before the rules are opened. */
void surroundings_except(struct policy *policy, const struct places *places);

/*
 * Makes them and adds their rules. The folder of `private-tmp` exists (folders.c). Without a temporary folder
 * nothing is started: false with a sentence in `problem`. Without a proxy the app has no session bus, which
 * is said. Before rules_except().
 */
bool surroundings_make(const struct policy *policy, const struct places *places,
                       const struct guard guards[GUARDS], struct rules *rules,
                       struct surroundings *surroundings, char *problem, size_t problem_bytes);

/* Ends the proxy and removes the folders. */
void surroundings_end(struct surroundings *surroundings);

#endif
