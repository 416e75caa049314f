// connect: the client of a data path and all of its endpoints, on one node.   connect PORT
//
// Accepts every connection to PORT, whatever the address, and reads one command a line from standard
// input; each is answered with one line of pairs `key value`.
//   until ADDRESS PORT MILLIS    connects again and again until it succeeds: us (-1: it did not), attempts
//   unless ADDRESS PORT MILLIS   connects again and again until it no longer does: us, attempts
//   each FILE COUNT              COUNT times to a line of FILE, drawn by chance: p50_us, p99_us, mean_us, failed
// The first packet of each connection meets the rules; connect() returns when the answer to it is there.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { PATIENCE_US = 500, PAUSE_US = 50, LINES_MAX = 100000, COUNT_MAX = 1000000 };

static double now_us(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1e6 + t.tv_nsec / 1e3;
}

// Ends a connection at once, so that neither side keeps anything of it.
static void end(int fd) {
    struct linger at_once = {1, 0};
    setsockopt(fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    close(fd);
}

static void *serve(void *listener) {
    int fd = (int)(intptr_t)listener, client;
    do {
        client = accept(fd, NULL, NULL);
        if (client >= 0) close(client);
    } while (client >= 0 || errno != EBADF);
    return NULL;
}

// Whether a connection comes about within PATIENCE_US. One that the rules drop is not told: it is given up, and tried anew.
static int connects(const struct sockaddr_in *to) {
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), ok = 0;
    if (fd < 0) return 0;
    if (connect(fd, (const struct sockaddr *)to, sizeof *to) == 0) {
        ok = 1;
    } else if (errno == EINPROGRESS) {
        struct pollfd writable = {.fd = fd, .events = POLLOUT};
        int error = 1;
        socklen_t length = sizeof error;
        struct timespec patience = {0, PATIENCE_US * 1000};
        if (ppoll(&writable, 1, &patience, NULL) == 1 && getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &length) == 0) {
            ok = error == 0;
        }
    }
    end(fd);
    return ok;
}

static void await(const struct sockaddr_in *to, int wanted, double limit_ms) {
    double start = now_us();
    long attempts = 1;
    while (connects(to) != wanted) {
        if (now_us() - start > limit_ms * 1e3) {
            printf("us -1 attempts %ld\n", attempts);
            return;
        }
        usleep(PAUSE_US);
        attempts++;
    }
    printf("us %.1f attempts %ld\n", now_us() - start, attempts);
}

static int ascending(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static int address(const char *text, int port, struct sockaddr_in *to) {
    *to = (struct sockaddr_in){.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    return inet_pton(AF_INET, text, &to->sin_addr) == 1;
}

static void each(const char *name, long count) {
    static struct sockaddr_in lines[LINES_MAX];
    static double took[COUNT_MAX];
    FILE *file = fopen(name, "r");
    long known = 0, made = 0, failed = 0;
    char text[64];
    int port;
    while (file && known < LINES_MAX && fscanf(file, "%63s %d", text, &port) == 2) {
        if (address(text, port, &lines[known])) known++;
    }
    if (file) fclose(file);
    unsigned chance = 1;
    double sum = 0;
    for (long i = 0; known && i < count && i < COUNT_MAX; i++) {
        const struct sockaddr_in *to = &lines[rand_r(&chance) % known];
        int fd = socket(AF_INET, SOCK_STREAM, 0);
        double start = now_us();
        int refused = connect(fd, (const struct sockaddr *)to, sizeof *to);
        double us = now_us() - start;
        end(fd);
        if (refused) {
            failed++;
        } else {
            took[made++] = us;
            sum += us;
        }
    }
    qsort(took, (size_t)made, sizeof *took, ascending);
    printf("p50_us %.2f p99_us %.2f mean_us %.2f failed %ld\n", made ? took[made / 2] : -1,
        made ? took[made * 99 / 100] : -1, made ? sum / made : -1, known ? failed : -1);
}

int main(int argc, char **argv) {
    struct sockaddr_in own = {.sin_family = AF_INET}, to;
    if (argc != 2) {
        fprintf(stderr, "usage: connect PORT\n");
        return 2;
    }
    own.sin_port = htons((uint16_t)atoi(argv[1]));
    int fd = socket(AF_INET, SOCK_STREAM, 0), yes = 1;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    pthread_t server;
    if (bind(fd, (struct sockaddr *)&own, sizeof own) || listen(fd, 4096)
        || pthread_create(&server, NULL, serve, (void *)(intptr_t)fd)) {
        perror("connect: its own port");
        return 1;
    }
    setvbuf(stdout, NULL, _IOLBF, 0);
    char line[512], word[16], text[256];
    int port;
    double limit;
    long count;
    while (fgets(line, sizeof line, stdin)) {
        if (sscanf(line, "%15s %255s %d %lf", word, text, &port, &limit) == 4 && address(text, port, &to)) {
            await(&to, strcmp(word, "until") == 0, limit);
        } else if (sscanf(line, "each %255s %ld", text, &count) == 2) {
            each(text, count);
        } else {
            printf("unknown 1\n");
        }
    }
    return 0;
}
