// Drives HTTP from one thread, at little cost to the two cores that it shares with what it measures.
//
//     load PORT CLIENTS SECONDS FILE
//
// FILE holds whole requests, each after a line "LANE LENGTH\n" (a lane is a till). Client i takes the
// requests of lane i modulo the number of lanes, the next one when the last was answered, on one
// connection kept open. Prints one JSON object: answers by status, requests a second, and latencies in
// microseconds. A connection that breaks ends the run with status 1: the bench never hides an error.
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { LANES_MAX = 1024, CLIENTS_MAX = 1024, ANSWER_MAX = 1 << 20 };

struct request { const char *bytes; size_t length; };
struct lane { struct request *requests; size_t count, capacity, next; };
struct client {
    int socket, lane, idle;
    const struct request *request;
    size_t sent, received;
    uint64_t began;
    char *answer;
};

static struct lane lanes[LANES_MAX];
static struct client clients[CLIENTS_MAX];
static int lane_count, client_count, port;
static uint64_t *latencies;
static size_t answers, latencies_capacity, statuses[1000];

static void fail(const char *what) { perror(what); exit(1); }

static uint64_t now_us(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000 + (uint64_t)t.tv_nsec / 1000;
}

static void read_requests(const char *path) {
    int file = open(path, O_RDONLY);
    struct stat about;
    if (file < 0 || fstat(file, &about) < 0) fail(path);
    const char *at = mmap(NULL, (size_t)about.st_size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, file, 0);
    if (at == MAP_FAILED) fail(path);
    const char *end = at + about.st_size;
    while (at < end) {
        char *after;
        long number = strtol(at, &after, 10);
        size_t length = strtoul(after, &after, 10);
        if (*after != '\n' || number < 0 || number >= LANES_MAX) { fprintf(stderr, "%s: bad line\n", path); exit(2); }
        struct lane *lane = &lanes[number];
        if (number >= lane_count) lane_count = (int)number + 1;
        if (lane->count == lane->capacity) {
            lane->capacity = lane->capacity ? lane->capacity * 2 : 1024;
            lane->requests = realloc(lane->requests, lane->capacity * sizeof *lane->requests);
        }
        lane->requests[lane->count++] = (struct request){after + 1, length};
        at = after + 1 + length;
    }
}

static void connect_client(struct client *client) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int one = 1;
    client->socket = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(client->socket, (struct sockaddr *)&address, sizeof address) < 0) fail("connect");
    setsockopt(client->socket, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    fcntl(client->socket, F_SETFL, O_NONBLOCK);
}

// Requests are below a socket's buffer, so that one write takes each whole or waits for the loop.
static void send_more(struct client *client) {
    while (client->sent < client->request->length) {
        ssize_t n = write(client->socket, client->request->bytes + client->sent, client->request->length - client->sent);
        if (n < 0) { if (errno == EAGAIN) return; fail("write"); }
        client->sent += (size_t)n;
    }
}

static void begin(struct client *client) {
    struct lane *lane = &lanes[client->lane];
    if (lane->next == lane->count) { client->idle = 1; return; }
    client->request = &lane->requests[lane->next++];
    client->sent = client->received = 0;
    client->began = now_us();
    send_more(client);
}

// The length of a whole answer, or 0 while some of it is still to come.
static size_t whole(const struct client *client) {
    const char *head = client->answer, *body = strstr(head, "\r\n\r\n");
    if (!body) return 0;
    body += 4;
    for (const char *line = strstr(head, "\r\n"); line && line + 2 < body; line = strstr(line + 2, "\r\n")) {
        if (!strncasecmp(line + 2, "content-length:", 15)) {
            size_t length = (size_t)(body - head) + strtoul(line + 17, NULL, 10);
            return client->received >= length ? length : 0;
        }
        if (!strncasecmp(line + 2, "transfer-encoding: chunked", 26)) {
            const char *end = strstr(body, "0\r\n\r\n");
            return end ? (size_t)(end + 5 - head) : 0;
        }
    }
    return (size_t)(body - head);
}

// Gives 1 when the answer is there.
static int receive(struct client *client) {
    for (;;) {
        ssize_t n = read(client->socket, client->answer + client->received, ANSWER_MAX - 1 - client->received);
        if (n == 0) { fprintf(stderr, "the service closed a connection\n"); exit(1); }
        if (n < 0) { if (errno == EAGAIN) return 0; fail("read"); }
        client->received += (size_t)n;
        client->answer[client->received] = 0;
        if (whole(client)) break;
        if (client->received >= ANSWER_MAX - 1) { fprintf(stderr, "an answer is too long\n"); exit(1); }
    }
    int status = atoi(client->answer + 9);
    if (status < 100 || status > 999) { fprintf(stderr, "no answer of HTTP\n"); exit(1); }
    if (status >= 400 && statuses[status] == 0) fprintf(stderr, "first %d: %.600s\n", status, client->answer);
    statuses[status]++;
    if (answers == latencies_capacity) {
        latencies_capacity = latencies_capacity ? latencies_capacity * 2 : 65536;
        latencies = realloc(latencies, latencies_capacity * sizeof *latencies);
    }
    latencies[answers++] = now_us() - client->began;
    return 1;
}

static int by_size(const void *a, const void *b) {
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static uint64_t at_share(double share) {
    return answers ? latencies[(size_t)(share * (double)(answers - 1))] : 0;
}

int main(int argc, char **argv) {
    if (argc != 5) { fprintf(stderr, "usage: load PORT CLIENTS SECONDS FILE\n"); return 2; }
    port = atoi(argv[1]);
    client_count = atoi(argv[2]);
    double seconds = atof(argv[3]);
    if (client_count < 1 || client_count > CLIENTS_MAX || seconds <= 0 || seconds > 600) return 2;
    read_requests(argv[4]);

    int loop = epoll_create1(0);
    for (int i = 0; i < client_count; i++) {
        struct client *client = &clients[i];
        client->lane = i % lane_count;
        client->answer = malloc(ANSWER_MAX);
        connect_client(client);
        struct epoll_event event = {.events = EPOLLIN | EPOLLOUT | EPOLLET, .data.ptr = client};
        if (epoll_ctl(loop, EPOLL_CTL_ADD, client->socket, &event) < 0) fail("epoll");
    }
    uint64_t began = now_us(), end = began + (uint64_t)(seconds * 1e6), last = began;
    int busy = 0, dry = 0;
    for (int i = 0; i < client_count; i++) { begin(&clients[i]); busy += !clients[i].idle; }
    struct epoll_event events[256];
    while (busy) {
        int count = epoll_wait(loop, events, 256, 30000);
        if (count == 0) { fprintf(stderr, "no answer for 30 seconds\n"); return 1; }
        for (int i = 0; i < count; i++) {
            struct client *client = events[i].data.ptr;
            if (client->idle) continue;
            send_more(client);
            if (!receive(client)) continue;
            last = now_us();
            if (last < end) begin(client); else client->idle = 1;
            if (client->idle) { busy--; dry |= last < end; }
        }
    }
    double took = (double)(last - began) / 1e6;
    qsort(latencies, answers, sizeof *latencies, by_size);
    printf("{\"answers\": %zu, \"seconds\": %.3f, \"per_second\": %.1f, \"p50_us\": %lu, \"p99_us\": %lu, \"max_us\": %lu, \"ran_dry\": %s, \"statuses\": {",
           answers, took, (double)answers / took, at_share(0.5), at_share(0.99), at_share(1), dry ? "true" : "false");
    const char *comma = "";
    for (int s = 0; s < 1000; s++)
        if (statuses[s]) { printf("%s\"%d\": %zu", comma, s, statuses[s]); comma = ", "; }
    printf("}}\n");
    return 0;
}
