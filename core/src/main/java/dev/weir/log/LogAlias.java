package dev.weir.log;

import dev.weir.bridge.transport.SocketName;
import dev.weir.sample.ByteWriter;
import dev.weir.sample.CivilTime;
import dev.weir.sample.DateFormat;
import dev.weir.sample.LocalZone;
import dev.weir.stream.Stream;
import java.util.Set;

/** The aliases of log formats that mean something in TCP mode. Closed set; each knows how to write itself. */
enum LogAlias {
    ACCEPT_DATE_UTC("T", line -> zoned(line, 0)),
    ACCEPT_DATE_LOCAL("Tl", line -> zoned(line, LocalZone.offsetSeconds(seconds(line)))),
    ACCEPT_SECONDS("Ts", line -> line.numberOrHex(seconds(line))),
    ACCEPT_DATE("t", LogAlias::date),
    ACCEPT_MILLISECONDS("ms", line -> milliseconds(line)),
    CONNECT_TIME("Tc", line -> line.number(line.stream().times().connectMs())),
    DATA_TIME("Td", line -> line.number(line.stream().times().dataMs())),
    HANDSHAKE_TIME("Th", line -> line.number(line.stream().times().handshakeMs())),
    TOTAL_TIME("Tt", LogAlias::total),
    USER_TIME("Tu", LogAlias::total),
    QUEUE_TIME("Tw", line -> line.number(line.stream().times().queueMs())),
    BYTES_OUT("B", line -> growing(line, line.stream().counts().bytesOut)),
    BYTES_IN("U", line -> growing(line, line.stream().counts().bytesIn)),
    PROCESS_CONNECTIONS("ac", line -> line.number(line.stream().counts().processConnections)),
    FRONTEND_CONNECTIONS("fc", line -> line.number(line.stream().counts().frontendConnections)),
    BACKEND_CONNECTIONS("bc", line -> line.number(line.stream().counts().backendConnections)),
    SERVER_CONNECTIONS("sc", line -> line.number(line.stream().counts().serverConnections)),
    BACKEND("b", line -> line.text(backendName(line.stream()))),
    FRONTEND("f", line -> line.text(line.stream().frontend().name())),
    FRONTEND_TRANSPORT("ft", LogAlias::transport),
    SERVER(
            "s",
            line -> line.text(
                    line.stream().server() == null
                            ? "<NOSRV>"
                            : line.stream().server().name())),
    BACKEND_SOURCE("bi", line -> line.ip(line.stream().serverSide().source())),
    BACKEND_SOURCE_PORT("bp", line -> line.port(line.stream().serverSide().source(), 0)),
    BACKEND_QUEUE("bq", line -> line.number(line.stream().counts().backendQueuePosition)),
    SERVER_QUEUE("sq", line -> line.number(line.stream().counts().serverQueuePosition)),
    CLIENT("ci", line -> line.ip(client(line.stream()))),
    CLIENT_PORT("cp", line -> line.port(client(line.stream()), listenerId(line.stream()))),
    FRONTEND_ADDRESS("fi", line -> line.ip(line.stream().clientSide().destination())),
    FRONTEND_PORT("fp", line -> line.port(line.stream().clientSide().destination(), listenerId(line.stream()))),
    SERVER_ADDRESS("si", line -> line.ip(line.stream().serverSide().destination())),
    SERVER_PORT("sp", line -> line.port(line.stream().serverSide().destination(), 0)),
    LINE_COUNTER("lc", line -> line.number(line.stream().logCounter())),
    HOST_NAME("H", line -> line.text(line.stream().process().hostName())),
    PROCESS_ID("pid", line -> line.numberOrHex(line.stream().process().pid())),
    RETRIES("rc", LogAlias::retries),
    REQUEST_COUNTER("rt", line -> line.numberOrHex(line.stream().id() & 0xFFFF_FFFFL)),
    TERMINATION("ts", line -> termination(line, "")),
    TERMINATION_WITH_COOKIES("tsc", line -> termination(line, "--")),
    UNIQUE_ID("ID", LineWriter::missing),
    ORIGIN("OG", line -> line.text(line.isEarly() ? "txn_connect" : "txn_close"));

    /** Aliases that only mode http has. */
    static final Set<String> HTTP_ONLY = Set.of(
            "tr", "trg", "trl", "Ta", "Ti", "Tq", "TR", "Tr", "CC", "CS", "HM", "HP", "HPO", "HQ", "HU", "HV", "ST",
            "hr", "hrl", "hs", "hsl", "r", "sslc", "sslv");

    private interface Writer {
        void write(LineWriter line);
    }

    private final String text;
    private final Writer writer;

    LogAlias(String text, Writer writer) {
        this.text = text;
        this.writer = writer;
    }

    /** Null if there is none of that name. */
    static LogAlias of(String text) {
        for (LogAlias alias : values()) {
            if (alias.text.equals(text)) {
                return alias;
            }
        }
        return null;
    }

    /** Whether it is part of a peer's name. */
    boolean showsPeer() {
        return this == CLIENT || this == CLIENT_PORT || this == SERVER_ADDRESS || this == SERVER_PORT;
    }

    void write(LineWriter line) {
        writer.write(line);
    }

    private static long seconds(LineWriter line) {
        return Math.floorDiv(line.stream().times().acceptMicros, 1_000_000L);
    }

    private static int millis(LineWriter line) {
        return (int) (Math.floorMod(line.stream().times().acceptMicros, 1_000_000L) / 1000);
    }

    private static void milliseconds(LineWriter line) {
        if (line.flags().isHex()) {
            line.raw().putHex(millis(line) >> 8).putHex(millis(line));
        } else {
            line.raw().putPadded(millis(line), 3);
        }
    }

    /** {@code 23/Nov/2026:00:59:10 +0000}. */
    private static void zoned(LineWriter line, int offsetSeconds) {
        CivilTime time = line.scratch().civilTime().set(seconds(line), offsetSeconds);
        ByteWriter out = quoteIfJson(line);
        dayAndClock(time, out);
        DateFormat.offset(time, out.put(' '));
        quoteIfJson(line);
    }

    /** {@code 23/Nov/2026:00:59:10.925}, local time. */
    private static void date(LineWriter line) {
        CivilTime time = line.scratch().civilTime().set(seconds(line), LocalZone.offsetSeconds(seconds(line)));
        ByteWriter out = quoteIfJson(line);
        dayAndClock(time, out);
        out.put('.').putPadded(millis(line), 3);
        quoteIfJson(line);
    }

    private static ByteWriter quoteIfJson(LineWriter line) {
        return line.flags().isJson() ? line.raw().put('"') : line.raw();
    }

    private static void dayAndClock(CivilTime time, ByteWriter out) {
        out.putPadded(time.day, 2).put('/');
        DateFormat.shortMonth(time, out);
        out.put('/').putPadded(time.year, 4).put(':');
        DateFormat.clock(time, out);
    }

    private static void total(LineWriter line) {
        growing(line, line.stream().times().totalMs());
    }

    /** A plus sign tells that the number still grows. */
    private static void growing(LineWriter line, long value) {
        if (line.isEarly() && !line.flags().isJson()) {
            line.raw().put('+');
        }
        line.number(value);
    }

    /** A session without a backend shows its frontend. */
    private static String backendName(Stream stream) {
        return stream.backend() == null
                ? stream.frontend().name()
                : stream.backend().name();
    }

    private static void transport(LineWriter line) {
        Stream stream = line.stream();
        if (stream.listener() != null && stream.listener().isTls()) {
            line.text(stream.frontend().name(), '~');
        } else {
            line.text(stream.frontend().name());
        }
    }

    private static SocketName client(Stream stream) {
        return stream.clientSide().source();
    }

    private static int listenerId(Stream stream) {
        return stream.listener() == null ? 0 : stream.listener().id();
    }

    private static void retries(LineWriter line) {
        if (line.stream().counts().isRedispatched && !line.flags().isJson()) {
            line.raw().put('+');
        }
        line.number(line.stream().counts().retries);
    }

    private static void termination(LineWriter line, String cookies) {
        ByteWriter out = quoteIfJson(line);
        out.put(line.stream().cause().letter())
                .put(line.stream().phase().letter())
                .put(cookies);
        quoteIfJson(line);
    }
}
