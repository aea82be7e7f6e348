#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include "broker.h"
#include "peek.h"

/* Only predicts: Landlock judges TCP ports by itself. */
void sockets_handle(struct request *request, struct reach *reach, struct verdict *verdict) {
    union {
        struct sockaddr any;
        struct sockaddr_in ip4;
        struct sockaddr_in6 ip6;
    } address;
    bool listening = request->row->call == CALL_BIND;
    uint64_t length = request->arguments[2];
    memset(&address, 0, sizeof address);
    if (length < sizeof address.ip4 ||
        !peek_bytes(request->thread, request->arguments[1], &address,
                    length < sizeof address ? length : sizeof address) ||
        (address.any.sa_family != AF_INET && address.any.sa_family != AF_INET6)) {
        return;
    }
    unsigned port = ntohs(address.ip4.sin_port); /* at the same place in both */
    if (!reach_kernel_port(reach, listening, port) &&
        peek_is_tcp(request->thread, (int)request->arguments[0])) {
        char text[8];
        snprintf(text, sizeof text, "%u", port);
        /* Ports know no letters; the messages ask for one. */
        verdict_wants(verdict, listening ? DENIED_LISTEN : DENIED_CONNECT, 'r', text, false, 0);
    }
}
