package dev.weir.bench.scenario;

import dev.weir.bench.judge.Workload;
import dev.weir.bench.judge.Workload.Kind;
import dev.weir.bench.product.Mode;
import java.util.List;
import java.util.stream.Stream;

/** Scenarios of {@code mode tcp}. */
final class TcpScenarios {
    private static final List<Integer> CONNECTIONS = List.of(1, 8, 64, 512, 4096);
    private static final int USUAL_CONNECTIONS = 64;
    private static final Workload USUAL_EXCHANGE = Workload.exchange("/64", USUAL_CONNECTIONS);

    private static final String EXCHANGE_QUESTION = """
            What does it cost to pass on a request of some 40 bytes and an answer of %s, and how does that change with the number of \
            connections? Most of it is the kernel's TCP work, twice in and twice out for each exchange; what products differ in is how \
            often they enter the kernel, how often they are woken, and their own code. Loopback: no network card, no loss, no round-trip \
            time.""";

    private static final String BULK_QUESTION = """
            What does it cost to move many bytes %s? Two of the four copies are the load's and the origin's, so CPU per byte tells more \
            than bits per second. HAProxy has option splice-auto, Weir moves bulk by splice(2) by itself, nginx and Netty copy.""";

    private TcpScenarios() {}

    static List<Scenario> all() {
        return Stream.of(exchanges(), bulk(), List.of(connections(), latency(), idle(), start()))
                .flatMap(List::stream)
                .toList();
    }

    private static List<Scenario> exchanges() {
        return List.of(
                exchange("l4-64b", "/64", "64 bytes", List.of(USUAL_CONNECTIONS)),
                exchange("l4-1k", "/1k", "1 kB", List.of()),
                exchange("l4-16k", "/16k", "16 kB", List.of()),
                new Scenario(
                        "l4-pipelined",
                        "L4: requests of 64-byte answers, several in flight on each of 64 connections",
                        "How well are small messages that come together passed on together?",
                        Mode.TCP,
                        false,
                        false,
                        "requests in flight on each connection",
                        List.of(4, 16, 64),
                        List.of(),
                        new Probe.Traffic(
                                depth -> Workload.exchange("/64", USUAL_CONNECTIONS)
                                        .withDepth((int) depth),
                                false)));
    }

    private static Scenario exchange(String name, String path, String size, List<Integer> quickPoints) {
        return new Scenario(
                name,
                "L4: request and answer, " + size,
                EXCHANGE_QUESTION.formatted(size),
                Mode.TCP,
                false,
                false,
                "connections",
                CONNECTIONS,
                quickPoints,
                new Probe.Traffic(count -> Workload.exchange(path, (int) count), false));
    }

    private static List<Scenario> bulk() {
        return List.of(
                bulk(
                        "l4-bulk-down",
                        "L4: bulk to the client, 10 MB answers",
                        "to the client",
                        Kind.EXCHANGE,
                        List.of(16)),
                bulk("l4-bulk-up", "L4: bulk to the server, 10 MB uploads", "to the server", Kind.UPLOAD, List.of()),
                bulk("l4-bulk-both", "L4: bulk both ways", "both ways at once", Kind.BOTH_WAYS, List.of()));
    }

    private static Scenario bulk(String name, String title, String way, Kind kind, List<Integer> quickPoints) {
        return new Scenario(
                name,
                title,
                BULK_QUESTION.formatted(way),
                Mode.TCP,
                true,
                false,
                "connections",
                List.of(1, 16),
                quickPoints,
                new Probe.Traffic(count -> Workload.of(kind, "/10m", (int) count), true));
    }

    private static Scenario connections() {
        return new Scenario(
                "l4-connect",
                "L4: a connection for each request",
                "What does a session cost from accept to close, with its connection to the server? The origin closes first, so"
                        + " its side and the proxy's towards the client keep the ports in TIME_WAIT.",
                Mode.TCP,
                false,
                false,
                "connections",
                List.of(8, USUAL_CONNECTIONS),
                List.of(),
                new Probe.Traffic(count -> Workload.of(Kind.RECONNECT, "/64", (int) count), false));
    }

    private static Scenario latency() {
        return new Scenario(
                "l4-latency",
                "L4: latency at a constant rate, 64 connections",
                "How long do answers take when the same number of requests per second is sent to everyone, timed from when each"
                        + " should have been sent? The rates are shares of what the slowest proxy can do.",
                Mode.TCP,
                false,
                false,
                "% of the slowest proxy's saturation",
                List.of(25, 50, 75),
                List.of(50),
                new Probe.Latency(USUAL_EXCHANGE));
    }

    private static Scenario idle() {
        return new Scenario(
                "l4-idle",
                "L4: memory of idle connections",
                "What does an open connection cost that does nothing, once it has carried one exchange? The process' memory is its"
                        + " own (PSS); the kernel's is of all sockets on the machine, so the direct line shows what client and"
                        + " origin take of it.",
                Mode.TCP,
                false,
                false,
                "connections",
                List.of(1000, 9000),
                List.of(),
                new Probe.Idle());
    }

    private static Scenario start() {
        return new Scenario(
                "l4-start",
                "L4: start",
                "How long does a new process take to its first proxied byte, and to 95 % of its full speed under 64 connections;"
                        + " and how much memory does it take?",
                Mode.TCP,
                false,
                false,
                "connections",
                List.of(USUAL_CONNECTIONS),
                List.of(USUAL_CONNECTIONS),
                new Probe.Start(USUAL_EXCHANGE));
    }
}
