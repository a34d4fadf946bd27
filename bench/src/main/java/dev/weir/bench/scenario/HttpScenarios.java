package dev.weir.bench.scenario;

import dev.weir.bench.judge.Workload;
import dev.weir.bench.judge.Workload.Kind;
import dev.weir.bench.product.Mode;
import java.util.List;
import java.util.function.DoubleFunction;

/** Scenarios of {@code mode http}: keep-alive on both sides, connections to the origin shared ({@code http-reuse always}). */
final class HttpScenarios {
    private static final int USUAL_CONNECTIONS = 64;

    private static final String EXCHANGE_QUESTION = """
            What does it cost to read, route and pass on a small request and an answer of %s, on connections that stay? Beside the kernel's \
            TCP work, which is that of the L4 scenarios, products differ in how they parse and write heads and how they find a connection to \
            the origin. No rules, no logs. Loopback: no network card, no loss, no round-trip time.""";

    private HttpScenarios() {}

    static List<Scenario> all() {
        return List.of(
                exchange("http-64b", "/64", "64 bytes", List.of(1, 8, 64, 512), List.of(USUAL_CONNECTIONS)),
                exchange("http-1k", "/1k", "1 kB", List.of(8, 64, 512), List.of()),
                exchange("http-16k", "/16k", "16 kB", List.of(8, 64, 512), List.of()),
                bulk(
                        "http-1m",
                        "HTTP: answers of 1 MB",
                        "What does it cost to pass on answers of 1 MB? Their bodies decide: how often they are copied, and how many system"
                                + " calls a megabyte takes. HAProxy has option splice-auto.",
                        count -> Workload.exchange("/1m", (int) count)),
                bulk(
                        "http-upload",
                        "HTTP: POST of 10 MB",
                        "What does it cost to pass on large request bodies, which nobody stores in between?",
                        count -> Workload.of(Kind.UPLOAD, "/64", (int) count)),
                connect(),
                rules(),
                latency());
    }

    private static Scenario exchange(
            String name, String path, String size, List<Integer> points, List<Integer> quickPoints) {
        return new Scenario(
                name,
                "HTTP: request and answer, " + size,
                EXCHANGE_QUESTION.formatted(size),
                Mode.HTTP,
                false,
                false,
                "connections",
                points,
                quickPoints,
                new Probe.Traffic(count -> Workload.exchange(path, (int) count), false));
    }

    private static Scenario bulk(String name, String title, String question, DoubleFunction<Workload> workload) {
        return new Scenario(
                name,
                title,
                question,
                Mode.HTTP,
                true,
                false,
                "connections",
                List.of(1, 16),
                List.of(),
                new Probe.Traffic(workload, true));
    }

    private static Scenario connect() {
        return new Scenario(
                "http-connect",
                "HTTP: a connection for each request",
                "What does a client cost that comes for one request and says Connection: close? The proxy's connections to the origin stay,"
                        + " as http-reuse always allows, so each request is one accept and one close. On the direct line the origin accepts"
                        + " and closes. Whoever answers closes first and keeps the port in TIME_WAIT.",
                Mode.HTTP,
                false,
                false,
                "connections",
                List.of(8, USUAL_CONNECTIONS),
                List.of(),
                new Probe.Traffic(count -> Workload.of(Kind.RECONNECT, "/64", (int) count), false));
    }

    private static Scenario rules() {
        return new Scenario(
                "http-rules",
                "HTTP: a browser's request with 20 header fields, five conditions, three header rules",
                "What do rules cost on a request as browsers send it? Every one of the five conditions (path twice, User-Agent, method,"
                        + " cookie) is evaluated for every request; two fields are set in the request, one in the answer of 1 kB. nginx says"
                        + " the same with map, location and if.",
                Mode.HTTP,
                false,
                true,
                "connections",
                List.of(8, USUAL_CONNECTIONS, 512),
                List.of(),
                new Probe.Traffic(
                        count -> Workload.exchange("/1k", (int) count).withFields(BrowserRequest.FIELDS), false));
    }

    private static Scenario latency() {
        return new Scenario(
                "http-latency",
                "HTTP: latency at a constant rate, 64 connections",
                "How long do answers take when the same number of requests per second is sent to everyone, timed from when each should have"
                        + " been sent? The rates are shares of what the slowest proxy can do.",
                Mode.HTTP,
                false,
                false,
                "% of the slowest proxy's saturation",
                List.of(25, 50, 75),
                List.of(),
                new Probe.Latency(Workload.exchange("/64", USUAL_CONNECTIONS)));
    }
}
