#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/un.h>

#include "borrow.h"
#include "sockets.h"

int address_copy(struct request *request) {
    int length = (int)request->arguments[2];
    if (request->copied) {
        return 0;
    }
    if (length < 0 || (size_t)length > sizeof(struct sockaddr_storage)) {
        return EINVAL;
    }
    uint8_t *bytes = grow(NULL, sizeof(struct sockaddr_storage), 1);
    memset(bytes, 0, sizeof(struct sockaddr_storage));
    int error = borrow_bytes(request, request->arguments[1], bytes, (size_t)length);
    if (error != 0) {
        free(bytes);
        return error;
    }
    request->copied = true;
    request->bytes = bytes;
    request->byte_count = (size_t)length;
    return 0;
}

sa_family_t address_family(const struct request *request) {
    sa_family_t family = AF_UNSPEC;
    if (request->byte_count >= sizeof family) {
        memcpy(&family, request->bytes, sizeof family);
    }
    return family;
}

bool address_is_internet(const struct request *request) {
    return address_family(request) == AF_INET || address_family(request) == AF_INET6;
}

int address_port(const struct request *request) {
    uint16_t port;
    if (request->byte_count < sizeof(sa_family_t) + sizeof port) {
        return -1;
    }
    memcpy(&port, request->bytes + sizeof(sa_family_t), sizeof port); /* at the same place in both versions */
    return ntohs(port);
}

static bool is_unix(const struct request *request) {
    return address_family(request) == AF_UNIX && request->byte_count > sizeof(sa_family_t) &&
           request->byte_count <= sizeof(struct sockaddr_un);
}

bool address_path(const struct request *request, char path[110]) {
    const char *name = (const char *)request->bytes + sizeof(sa_family_t);
    if (!is_unix(request) || name[0] == '\0') {
        return false;
    }
    size_t length = strnlen(name, request->byte_count - sizeof(sa_family_t));
    memcpy(path, name, length);
    path[length] = '\0';
    return true;
}

const char *address_abstract(const struct request *request, size_t *length) {
    const char *name = (const char *)request->bytes + sizeof(sa_family_t);
    if (!is_unix(request) || name[0] != '\0') {
        return NULL;
    }
    *length = request->byte_count - sizeof(sa_family_t);
    return name;
}

int display_number(const char *text) {
    if (text == NULL) {
        return NO_DISPLAY;
    }
    text += strncmp(text, "unix:", 5) == 0 ? 4 : 0;
    size_t digits = text[0] == ':' ? strspn(text + 1, "0123456789") : 0;
    if (digits == 0 || digits > 5 || (text[digits + 1] != '\0' && text[digits + 1] != '.')) {
        return NO_DISPLAY;
    }
    return atoi(text + 1);
}

int socket_option(int socket, int option) {
    int value = -1;
    socklen_t size = sizeof value;
    return getsockopt(socket, SOL_SOCKET, option, &value, &size) == 0 ? value : -1;
}

void wants_port(struct verdict *verdict, bool listening, unsigned port, int refusal) {
    char text[8];
    snprintf(text, sizeof text, "%u", port & 0xffff);
    /* Ports know no letters; the messages ask for one. */
    verdict_wants(verdict, listening ? DENIED_LISTEN : DENIED_CONNECT, 'r', text, false, refusal);
}

void verdict_of_call(struct verdict *verdict, int result) {
    if (result == 0) {
        verdict_answer(verdict, 0);
    } else {
        verdict_error(verdict, errno);
    }
}
