/* What the relay asked the session's supervisor, in the way of hand_on.c, and what was answered. */
#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "descriptors.h"
#include "links.h"
#include "relay.h"
#include "uri.h"
#include "util.h"

/* A program that opens something and ends is to end after it was opened; but a call has its time. */
enum { PATIENCE_MS = 40000, RETURN_MS = 5000, OPENED = 0, NOT_OPENED = 2 };

static struct asked {
    struct connection *connection; /* NULL: nobody waits here */
    int line;                      /* -1: answered, and not said yet */
    uint32_t response;
    int64_t until, return_at; /* return_at 0: the call has returned */
    struct request_of_app request;
} asks[ASKS_MOST];

static const struct sockaddr_un *leads_to;

void asks_lead_to(const struct sockaddr_un *broker) {
    leads_to = broker;
}

static bool send_ask(int line, const char *link, int file) {
    static char packet[2 + LINK_BYTES];
    size_t length = link != NULL ? strlen(link) : 0;
    packet[0] = link != NULL ? LINKS_LINK : LINKS_FILE;
    packet[1] = '\0'; /* no app is named */
    memcpy(packet + 2, link != NULL ? link : "", length);
    return send_with(line, packet, 2 + length, file, MSG_DONTWAIT);
}

bool asks_begin(struct connection *connection, const struct request_of_app *request, const char *link,
                int file) {
    struct asked *ask = NULL;
    for (size_t i = 0; i < ASKS_MOST && ask == NULL; i++) {
        ask = asks[i].connection == NULL ? &asks[i] : NULL;
    }
    if (ask == NULL || (link != NULL && strlen(link) > LINK_BYTES)) {
        return false;
    }
    int line = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (line < 0 || connect(line, (const struct sockaddr *)leads_to, sizeof *leads_to) != 0 ||
        !send_ask(line, link, file)) {
        close_later(&line);
        return false;
    }
    int64_t now = now_ms();
    *ask = (struct asked){.connection = connection,
                          .line = line,
                          .until = now + PATIENCE_MS,
                          .return_at = now + RETURN_MS,
                          .request = *request};
    return true;
}

size_t asks_watch(struct pollfd *watched, int64_t *until) {
    size_t count = 0;
    for (size_t i = 0; i < ASKS_MOST; i++) {
        if (asks[i].connection != NULL && asks[i].line >= 0) {
            watched[count++] = (struct pollfd){.fd = asks[i].line, .events = POLLIN};
            bool returns = asks[i].return_at > 0 && portal_has_room(asks[i].connection);
            int64_t due = returns ? asks[i].return_at : asks[i].until;
            *until = *until < 0 || due < *until ? due : *until;
        }
    }
    return count;
}

/* Takes what was answered, if anything was. */
static void hear(struct asked *ask) {
    char word;
    ssize_t got = recv(ask->line, &word, 1, MSG_DONTWAIT);
    if (got < 0 && (errno == EAGAIN || errno == EINTR) && now_ms() < ask->until) {
        return;
    }
    ask->response = got == 1 && word == LINKS_DONE ? OPENED : NOT_OPENED;
    close_later(&ask->line);
    ask->line = -1;
}

static void tell(struct asked *ask) {
    if (ask->return_at > 0 && (ask->line < 0 || now_ms() >= ask->return_at)) {
        portal_returns(ask->connection, &ask->request);
        ask->return_at = 0;
    }
    if (ask->line < 0) {
        portal_responds(ask->connection, &ask->request, ask->response);
        ask->connection = NULL;
    }
}

void asks_look(void) {
    for (size_t i = 0; i < ASKS_MOST; i++) {
        struct asked *ask = &asks[i];
        if (ask->connection != NULL && ask->line >= 0) {
            hear(ask);
        }
        if (ask->connection != NULL && portal_has_room(ask->connection)) {
            tell(ask);
        } else if (ask->connection != NULL && ask->line < 0 && now_ms() >= ask->until) {
            ask->connection = NULL; /* who never reads does not keep the place of others */
        }
    }
}

void asks_forget(const struct connection *connection) {
    for (size_t i = 0; i < ASKS_MOST; i++) {
        if (asks[i].connection == connection) {
            if (asks[i].line >= 0) {
                close_later(&asks[i].line);
            }
            asks[i].connection = NULL;
        }
    }
}
