package dev.weir.bench.judge;

import java.util.List;

/**
 * What is put on a target. Everything is HTTP/1.1, which a proxy in {@code mode tcp} passes on unseen: so the same traffic serves
 * both modes and every judge.
 *
 * @param kind of exchange
 * @param path what to ask for: {@code /64}, {@code /16k}, {@code /10m}
 * @param connections open at the same time
 * @param depth requests in flight on each connection
 * @param rate requests per second of an open loop; 0 is the closed loop: a new request as soon as an answer is there
 * @param fields header fields of a request beside what every judge sends, as {@code name: value}
 */
public record Workload(Kind kind, String path, int connections, int depth, double rate, List<String> fields) {
    /** What happens on a connection. */
    public enum Kind {
        /** One request after the other on connections that stay. */
        EXCHANGE,
        /** A connection for each request; the origin closes first. */
        RECONNECT,
        /** Requests with a large body, small answers. */
        UPLOAD,
        /** Large bodies both ways: every other request is an upload. */
        BOTH_WAYS
    }

    /** Body of an upload. */
    public static final int UPLOAD_BYTES = 10 << 20;

    /** What an upload is answered with. */
    public static final String UPLOAD_PATH = "/64";

    public static Workload exchange(String path, int connections) {
        return of(Kind.EXCHANGE, path, connections);
    }

    public static Workload of(Kind kind, String path, int connections) {
        return new Workload(kind, path, connections, 1, 0, List.of());
    }

    public Workload withDepth(int requests) {
        return new Workload(kind, path, connections, requests, rate, fields);
    }

    public Workload withRate(double perSecond) {
        return new Workload(kind, path, connections, depth, perSecond, fields);
    }

    public Workload withFields(List<String> headerFields) {
        return new Workload(kind, path, connections, depth, rate, headerFields);
    }
}
