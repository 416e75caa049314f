// flows: one party of the tests of packets: a Pod, a node, a client.   flows NAME PORT...
//
// Serves each PORT over TCP and UDP, IPv4 and IPv6: each line, or datagram, that it is sent is answered with its
// NAME and the address that it saw. Reads one command a line from standard input; each is done by a thread of its
// own, so that the silence of one holds up no other, and is answered with one line that begins with its ID.
//   ID ask PROTOCOL SOURCE ADDRESS PORT MILLIS    who answers; PROTOCOL is tcp, udp or http, SOURCE an address or -
//   ID hold ADDRESS PORT MILLIS                   likewise over TCP, and keeps the connection under ID
//   ID again HELD MILLIS                          who answers on the connection that HELD kept
//   ID keep ADDRESS PORT MILLIS                   likewise over UDP, and keeps the socket under ID
//   ID churn ADDRESS PORT MILLIS                  connects all the time for so long: NAME=COUNT,...
// Who does not answer is: refused, dropped (nothing came within MILLIS), denied (by this host), unreachable.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <poll.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { TEXT = 256, HELD_MAX = 65536, KINDS = 64 };

static const char *name;
static int held[HELD_MAX];

struct command {
    long id;
    char verb[16], protocol[16], source[TEXT], address[TEXT], port[16];
    int millis;
    long other;
};

static double now_ms(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1e3 + t.tv_nsec / 1e6;
}

// The address of a peer, an IPv4 one as such.
static const char *text_of(const struct sockaddr_in6 *peer, char *text) {
    if (IN6_IS_ADDR_V4MAPPED(&peer->sin6_addr)) return inet_ntop(AF_INET, &peer->sin6_addr.s6_addr[12], text, TEXT);
    return inet_ntop(AF_INET6, &peer->sin6_addr, text, TEXT);
}

static void *converse(void *client) {
    int fd = (int)(intptr_t)client;
    struct sockaddr_in6 peer;
    socklen_t length = sizeof peer;
    char text[TEXT], line[TEXT + 80];
    getpeername(fd, (struct sockaddr *)&peer, &length);
    int octets = snprintf(line, sizeof line, "%s %s\n", name, text_of(&peer, text));
    while (recv(fd, text, sizeof text, 0) > 0 && send(fd, line, (size_t)octets, MSG_NOSIGNAL) == octets) continue;
    close(fd);
    return NULL;
}

static void start(void *(*work)(void *), void *with) {
    pthread_t thread;
    pthread_attr_t small;
    pthread_attr_init(&small);
    pthread_attr_setstacksize(&small, 128 << 10);
    pthread_attr_setdetachstate(&small, PTHREAD_CREATE_DETACHED);
    if (pthread_create(&thread, &small, work, with)) {
        perror("flows: no thread");
        exit(1);
    }
}

static void *accept_all(void *listener) {
    int client;
    while ((client = accept((int)(intptr_t)listener, NULL, NULL)) >= 0 || errno != EBADF) {
        if (client >= 0) start(converse, (void *)(intptr_t)client);
    }
    return NULL;
}

static void *answer_all(void *datagrams) {
    int fd = (int)(intptr_t)datagrams;
    char octets[TEXT], line[TEXT + 80], text[TEXT];
    struct sockaddr_in6 peer;
    for (;;) {
        socklen_t length = sizeof peer;
        if (recvfrom(fd, octets, sizeof octets, 0, (struct sockaddr *)&peer, &length) < 0) continue;
        int made = snprintf(line, sizeof line, "%s %s\n", name, text_of(&peer, text));
        sendto(fd, line, (size_t)made, 0, (struct sockaddr *)&peer, length);
    }
    return NULL;
}

static int bound(int type, int port) {
    struct sockaddr_in6 any = {.sin6_family = AF_INET6, .sin6_port = htons((uint16_t)port)};
    int fd = socket(AF_INET6, type, 0), yes = 1, no = 0;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &no, sizeof no);
    if (bind(fd, (struct sockaddr *)&any, sizeof any) || (type == SOCK_STREAM && listen(fd, 4096))) {
        perror("flows: a port of its own");
        exit(1);
    }
    return fd;
}

static const char *failure(int error) {
    switch (error) {
        case ECONNREFUSED: return "refused";
        case ECONNRESET: return "reset";
        case EPERM:
        case EACCES: return "denied";
        case EHOSTUNREACH:
        case ENETUNREACH: return "unreachable";
        case ETIMEDOUT:
        case EINPROGRESS:
        case EAGAIN: return "dropped";
        default: return strerror(error);
    }
}

static int resolve(const char *address, const char *port, int type, struct sockaddr_storage *to, socklen_t *length) {
    struct addrinfo hints = {.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV, .ai_socktype = type}, *found;
    if (getaddrinfo(address, port, &hints, &found)) return 0;
    memcpy(to, found->ai_addr, found->ai_addrlen);
    *length = found->ai_addrlen;
    freeaddrinfo(found);
    return 1;
}

// A socket that is connected, or -1 with errno.
static int joined(int type, const char *source, const char *address, const char *port, int millis) {
    struct sockaddr_storage to, from;
    socklen_t length, own;
    if (!resolve(address, port, type, &to, &length)) return errno = EINVAL, -1;
    int fd = socket(to.ss_family, type | SOCK_NONBLOCK, 0);
    if (fd < 0) return -1;
    if (strcmp(source, "-") && (!resolve(source, "0", type, &from, &own) || bind(fd, (struct sockaddr *)&from, own))) {
        close(fd);
        return -1;
    }
    int error = connect(fd, (struct sockaddr *)&to, length) ? errno : 0;
    if (error == EINPROGRESS) {
        struct pollfd writable = {.fd = fd, .events = POLLOUT};
        socklen_t size = sizeof error;
        if (poll(&writable, 1, millis) == 1) getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size);
    }
    if (error) {
        close(fd);
        errno = error;
        return -1;
    }
    return fd;
}

// Sends a question and writes what comes back, or why nothing does.
static void converse_once(int fd, const char *question, int millis, char *answer) {
    struct pollfd readable = {.fd = fd, .events = POLLIN};
    if (send(fd, question, strlen(question), MSG_NOSIGNAL) < 0) {
        snprintf(answer, TEXT, "%s", failure(errno));
        return;
    }
    if (poll(&readable, 1, millis) != 1) {
        snprintf(answer, TEXT, "dropped");
        return;
    }
    ssize_t octets = recv(fd, answer, TEXT - 1, 0);
    if (octets <= 0) {
        snprintf(answer, TEXT, "%s", octets == 0 ? "closed" : failure(errno));
    } else {
        answer[octets] = 0;
        answer[strcspn(answer, "\r\n")] = 0;
    }
}

static void ask(const struct command *it, int keep, char *answer) {
    int type = strcmp(it->protocol, "udp") ? SOCK_STREAM : SOCK_DGRAM;
    int fd = joined(type, it->source, it->address, it->port, it->millis);
    if (fd < 0) {
        snprintf(answer, TEXT, "%s", failure(errno));
        return;
    }
    int http = strcmp(it->protocol, "http") == 0;
    converse_once(fd, http ? "GET / HTTP/1.0\r\nHost: node\r\n\r\n" : "?\n", it->millis, answer);
    if (keep) held[it->id % HELD_MAX] = fd;
    else close(fd);
}

static void churn(const struct command *it, char *line) {
    char kinds[KINDS][TEXT];
    long counts[KINDS] = {0};
    int known = 0, at = 0;
    struct command one = *it;
    strcpy(one.protocol, "tcp");
    strcpy(one.source, "-");
    one.millis = 5000;
    for (double end = now_ms() + it->millis; now_ms() < end;) {
        char answer[TEXT];
        int kind = 0;
        ask(&one, 0, answer);
        answer[strcspn(answer, " ")] = 0;
        while (kind < known && strcmp(kinds[kind], answer)) kind++;
        if (kind == known && known < KINDS) strcpy(kinds[known++], answer);
        if (kind < KINDS) counts[kind]++;
    }
    for (int kind = 0; kind < known; kind++) {
        at += snprintf(line + at, (size_t)(4096 - at), "%s%s=%ld", kind ? "," : "", kinds[kind], counts[kind]);
    }
}

static void *perform(void *with) {
    struct command *it = with;
    char answer[4096] = "nothing";
    if (strcmp(it->verb, "churn") == 0) churn(it, answer);
    else if (strcmp(it->verb, "again") == 0) converse_once(held[it->other % HELD_MAX], "?\n", it->millis, answer);
    else ask(it, strcmp(it->verb, "ask") != 0, answer);
    printf("%ld %s\n", it->id, answer);
    free(it);
    return NULL;
}

static int understood(const char *line, struct command *it) {
    if (sscanf(line, "%ld ask %15s %255s %255s %15s %d", &it->id, it->protocol, it->source, it->address, it->port,
            &it->millis) == 6) return strcpy(it->verb, "ask") != NULL;
    strcpy(it->source, "-");
    if (sscanf(line, "%ld again %ld %d", &it->id, &it->other, &it->millis) == 3) return strcpy(it->verb, "again") != NULL;
    if (sscanf(line, "%ld %15s %255s %15s %d", &it->id, it->verb, it->address, it->port, &it->millis) != 5) return 0;
    strcpy(it->protocol, strcmp(it->verb, "keep") ? "tcp" : "udp");
    return !strcmp(it->verb, "hold") || !strcmp(it->verb, "keep") || !strcmp(it->verb, "churn");
}

int main(int argc, char **argv) {
    char line[1024];
    if (argc < 2) {
        fprintf(stderr, "usage: flows NAME PORT...\n");
        return 2;
    }
    name = argv[1];
    for (int i = 2; i < argc; i++) {
        start(accept_all, (void *)(intptr_t)bound(SOCK_STREAM, atoi(argv[i])));
        start(answer_all, (void *)(intptr_t)bound(SOCK_DGRAM, atoi(argv[i])));
    }
    setvbuf(stdout, NULL, _IOLBF, 0);
    printf("ready\n");
    while (fgets(line, sizeof line, stdin)) {
        struct command *it = calloc(1, sizeof *it);
        if (it && understood(line, it)) {
            start(perform, it);
        } else {
            fprintf(stderr, "flows: not understood: %s", line);
            free(it);
        }
    }
    return 0;
}
