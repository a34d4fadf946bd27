package dev.weir.log;

import dev.weir.bridge.transport.SocketName;
import dev.weir.sample.ByteWriter;
import dev.weir.sample.CivilTime;
import dev.weir.sample.DateFormat;
import dev.weir.sample.LocalZone;
import dev.weir.stream.HttpExchange;
import dev.weir.stream.Stream;

/** The aliases of log formats. Closed set; each knows how to write itself. */
enum LogAlias {
    ACCEPT_DATE_UTC("T", line -> zoned(line, seconds(line), 0)),
    ACCEPT_DATE_LOCAL("Tl", line -> zoned(line, seconds(line), LocalZone.offsetSeconds(seconds(line)))),
    ACCEPT_SECONDS("Ts", line -> line.numberOrHex(seconds(line))),
    ACCEPT_DATE("t", line -> date(line, line.stream().times().acceptMicros)),
    ACCEPT_MILLISECONDS("ms", line -> milliseconds(line)),
    CONNECT_TIME("Tc", line -> line.number(line.stream().times().connectMs())),
    DATA_TIME(
            "Td", line -> line.number(line.stream().times().dataMs(line.stream().http() != null))),
    HANDSHAKE_TIME("Th", line -> line.number(line.stream().times().handshakeMs())),
    TOTAL_TIME("Tt", LogAlias::total),
    USER_TIME("Tu", line -> growing(line, line.stream().times().userMs())),
    ACTIVE_TIME("Ta", line -> growing(line, line.stream().times().activeMs())),
    IDLE_TIME("Ti", line -> line.number(line.stream().times().idleMs())),
    REQUEST_TIME("TR", line -> line.number(line.stream().times().requestHeadMs())),
    TIME_TO_REQUEST("Tq", line -> line.number(line.stream().times().requestMs())),
    RESPONSE_TIME("Tr", line -> line.number(line.stream().times().responseHeadMs())),
    QUEUE_TIME("Tw", line -> line.number(line.stream().times().queueMs())),
    BYTES_OUT("B", line -> growing(line, line.stream().counts().bytesOut)),
    BYTES_IN("U", line -> line.number(line.stream().counts().bytesIn)),
    PROCESS_CONNECTIONS("ac", line -> line.number(line.stream().counts().processConnections)),
    FRONTEND_CONNECTIONS("fc", line -> line.number(line.stream().counts().frontendConnections)),
    BACKEND_CONNECTIONS("bc", line -> line.number(line.stream().counts().backendConnections)),
    SERVER_CONNECTIONS("sc", line -> line.number(line.stream().counts().serverConnections)),
    BACKEND("b", line -> line.text(backendName(line.stream()))),
    FRONTEND("f", line -> line.text(line.stream().frontend().name())),
    FRONTEND_TRANSPORT("ft", LogAlias::transport),
    SERVER("s", line -> line.text(serverName(line.stream()))),
    BACKEND_SOURCE(
            "bi", line -> AddressItems.ip(line, line.stream().serverSide().source())),
    BACKEND_SOURCE_PORT(
            "bp", line -> AddressItems.port(line, line.stream().serverSide().source(), 0)),
    BACKEND_QUEUE("bq", line -> line.number(line.stream().counts().backendQueuePosition)),
    SERVER_QUEUE("sq", line -> line.number(line.stream().counts().serverQueuePosition)),
    CLIENT("ci", line -> AddressItems.ip(line, client(line.stream()))),
    CLIENT_PORT("cp", line -> AddressItems.port(line, client(line.stream()), listenerId(line.stream()))),
    FRONTEND_ADDRESS(
            "fi", line -> AddressItems.ip(line, line.stream().clientSide().destination())),
    FRONTEND_PORT(
            "fp", line -> AddressItems.port(line, line.stream().clientSide().destination(), listenerId(line.stream()))),
    SERVER_ADDRESS(
            "si", line -> AddressItems.ip(line, line.stream().serverSide().destination())),
    SERVER_PORT("sp", line -> AddressItems.port(line, line.stream().serverSide().destination(), 0)),
    LINE_COUNTER("lc", line -> line.numberOrHex(line.stream().logCounter())),
    HOST_NAME("H", line -> line.text(line.stream().process().hostName())),
    PROCESS_ID("pid", line -> line.numberOrHex(line.stream().process().pid())),
    RETRIES("rc", LogAlias::retries),
    REQUEST_COUNTER("rt", line -> line.numberOrHex(line.stream().id() & 0xFFFF_FFFFL)),
    TERMINATION("ts", line -> termination(line, false)),
    TERMINATION_WITH_COOKIES("tsc", line -> termination(line, true)),
    UNIQUE_ID("ID", HttpText::uniqueId),
    REQUEST_DATE("tr", line -> date(line, line.stream().times().requestMicros())),
    REQUEST_DATE_UTC("trg", line -> zoned(line, requestSeconds(line), 0)),
    REQUEST_DATE_LOCAL("trl", line -> zoned(line, requestSeconds(line), LocalZone.offsetSeconds(requestSeconds(line)))),
    STATUS("ST", HttpText::status),
    REQUEST_LINE("r", HttpText::requestLine),
    METHOD("HM", HttpText::method),
    URI("HU", HttpText::target),
    URI_WITHOUT_QUERY("HP", HttpText::targetWithoutQuery),
    PATH("HPO", HttpText::path),
    QUERY("HQ", HttpText::query),
    VERSION("HV", HttpText::version),
    CLIENT_COOKIE("CC", line -> HttpText.cookie(line, HttpExchange.CLIENT_COOKIE)),
    SERVER_COOKIE("CS", line -> HttpText.cookie(line, HttpExchange.SERVER_COOKIE)),
    REQUEST_CAPTURES("hr", line -> HttpText.captures(line, true)),
    RESPONSE_CAPTURES("hs", line -> HttpText.captures(line, false)),
    REQUEST_CAPTURE_LIST("hrl", line -> HttpText.captureList(line, true)),
    RESPONSE_CAPTURE_LIST("hsl", line -> HttpText.captureList(line, false)),
    TLS_CIPHER("sslc", LineWriter::missing),
    TLS_VERSION("sslv", LineWriter::missing),
    ORIGIN("OG", line -> line.text(line.origin().text()));

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

    /** Whether it is made of the request line, which then has to be kept. */
    boolean showsRequestLine() {
        return switch (this) {
            case REQUEST_LINE, METHOD, URI, URI_WITHOUT_QUERY, PATH, QUERY, VERSION -> true;
            default -> false;
        };
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

    private static long requestSeconds(LineWriter line) {
        return Math.floorDiv(line.stream().times().requestMicros(), 1_000_000L);
    }

    private static int millis(LineWriter line) {
        return (int) (Math.floorMod(line.stream().times().acceptMicros, 1_000_000L) / 1000);
    }

    private static void milliseconds(LineWriter line) {
        ByteWriter digits = line.stage();
        if (line.flags().isHex()) {
            digits.put(millis(line) < 16 ? "0" : "").putHexNumber(millis(line));
        } else {
            digits.putPadded(millis(line), 3);
        }
        if (line.flags().isHex() || !line.flags().isEncoded()) {
            line.staged(digits);
        } else {
            line.number(millis(line));
        }
    }

    /** {@code 23/Nov/2026:00:59:10 +0000}. */
    private static void zoned(LineWriter line, long seconds, int offsetSeconds) {
        CivilTime time = line.scratch().civilTime().set(seconds, offsetSeconds);
        ByteWriter out = line.stage();
        dayAndClock(time, out);
        DateFormat.offset(time, out.put(' '));
        line.staged(out);
    }

    /** {@code 23/Nov/2026:00:59:10.925}, local time. */
    private static void date(LineWriter line, long micros) {
        long seconds = Math.floorDiv(micros, 1_000_000L);
        CivilTime time = line.scratch().civilTime().set(seconds, LocalZone.offsetSeconds(seconds));
        ByteWriter out = line.stage();
        dayAndClock(time, out);
        line.staged(out.put('.').putPadded(Math.floorMod(micros, 1_000_000L) / 1000, 3));
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
        if (line.isEarly()) {
            line.number('+', value);
        } else {
            line.number(value);
        }
    }

    /** A session without a backend shows its frontend. */
    private static String serverName(Stream stream) {
        if (stream.server() != null) {
            return stream.server().name();
        }
        return stream.serviceName() == null ? "<NOSRV>" : stream.serviceName();
    }

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
        if (line.stream().counts().isRedispatched) {
            line.number('+', line.stream().counts().retries);
        } else {
            line.number(line.stream().counts().retries);
        }
    }

    private static void termination(LineWriter line, boolean withCookies) {
        ByteWriter out = line.stage();
        out.put(line.stream().cause().letter()).put(line.stream().phase().letter());
        if (withCookies) {
            HttpExchange http = line.stream().http();
            boolean isLogged = http != null && http.cookie().isLogged();
            out.put(isLogged ? http.cookie().request().letter() : '-');
            out.put(isLogged ? http.cookie().response().letter() : '-');
        }
        line.staged(out);
    }
}
