// relay: connects one address with another, for as long as it runs.   relay FROM TO
//
// FROM and TO are `tcp:PORT` of 127.0.0.1, or the path of a socket, which is the same in all network namespaces: two
// relays make a way for TCP out of one.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

union address {
    struct sockaddr any;
    struct sockaddr_in in;
    struct sockaddr_un un;
};

static const char *to;

static socklen_t parse(const char *text, union address *address) {
    memset(address, 0, sizeof *address);
    if (strncmp(text, "tcp:", 4) == 0) {
        address->in.sin_family = AF_INET;
        address->in.sin_port = htons((uint16_t)atoi(text + 4));
        address->in.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        return sizeof address->in;
    }
    address->un.sun_family = AF_UNIX;
    strncpy(address->un.sun_path, text, sizeof address->un.sun_path - 1);
    return sizeof address->un;
}

struct way {
    int from, to;
};

static void *pump(void *with) {
    struct way way = *(struct way *)with;
    static _Thread_local char octets[65536];
    ssize_t read_octets;
    free(with);
    while ((read_octets = recv(way.from, octets, sizeof octets, 0)) > 0) {
        for (ssize_t at = 0; at < read_octets;) {
            ssize_t sent = send(way.to, octets + at, (size_t)(read_octets - at), MSG_NOSIGNAL);
            if (sent <= 0) goto over;
            at += sent;
        }
    }
over:
    // The other direction ends by this; the descriptors stay until the process does, which is soon.
    shutdown(way.from, SHUT_RD);
    shutdown(way.to, SHUT_WR);
    return NULL;
}

static void start(int from, int into) {
    struct way *way = malloc(sizeof *way);
    pthread_t thread;
    if (!way) exit(1);
    *way = (struct way){from, into};
    if (pthread_create(&thread, NULL, pump, way)) exit(1);
    pthread_detach(thread);
}

int main(int argc, char **argv) {
    union address own, other;
    if (argc != 3) {
        fprintf(stderr, "usage: relay FROM TO\n");
        return 2;
    }
    to = argv[2];
    socklen_t length = parse(argv[1], &own);
    int listener = socket(own.any.sa_family, SOCK_STREAM, 0), yes = 1;
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (bind(listener, &own.any, length) || listen(listener, 256)) {
        perror("relay: FROM");
        return 1;
    }
    for (;;) {
        int client = accept(listener, NULL, NULL);
        if (client < 0) continue;
        socklen_t size = parse(to, &other);
        int server = socket(other.any.sa_family, SOCK_STREAM, 0);
        if (connect(server, &other.any, size)) {
            close(client);
            close(server);
            continue;
        }
        setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
        setsockopt(server, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
        start(client, server);
        start(server, client);
    }
}
