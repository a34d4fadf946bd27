package dev.weir.proxy;

import dev.weir.protocol.http.FieldName;
import java.util.BitSet;

/** What a {@link Frontend} says of connections that speak HTTP: all of them in {@code mode http}, those that become HTTP in {@code mode tcp}. Filled by the compiler, then only read. */
public final class HttpFrontend extends HttpSide {
    private static final int FIELD_BYTES_MIN = "a: \r\n".length();

    /** Idle time between two requests: {@code timeout http-keep-alive}, with its fallbacks. */
    public long keepAliveTimeoutMs;
    /** {@code tune.bufsize}. */
    public int bufferBytes = 16384;
    /** {@code tune.bufsize} less {@code tune.maxrewrite}: the longest head. */
    public int headBytesMax = 15360;
    /** {@code tune.http.maxhdr}. */
    public int headersMax = 101;
    /** {@code unique-id-header}: the field that tells servers {@link dev.weir.stream.Stream#uniqueId}; null for none. */
    public FieldName uniqueIdHeader;
    /** {@code max-session-srv-conns}: how many idle connections a session keeps for itself. */
    public int keptConnectionsMax = 5;
    /** {@code monitor-uri}, null for none. */
    public Monitor monitor;
    /** {@code option accept-unsafe-violations-in-http-request}. */
    public boolean acceptsUnsafeRequests;
    /** {@code h1-accept-payload-with-any-method}. */
    public boolean acceptsAnyPayload;
    /** {@code h1-do-not-close-on-insecure-transfer-encoding}. */
    public boolean keepsInsecure;
    /** {@code http-err-codes}: statuses of servers' responses that count as errors of whom the stream tracks. */
    public BitSet errorStatuses = new BitSet();
    /** {@code http-fail-codes}: statuses of servers' responses that count as failures for whom the stream tracks. */
    public BitSet failureStatuses = new BitSet();
    /** {@code option http-drop-response-trailers}. */
    public boolean dropsResponseTrailers;
    /** {@code option http-use-proxy-header}: who asks as one asks a proxy is authenticated as by a proxy. */
    public boolean usesProxyHeader;
    /** {@code option idle-close-on-response}: in a soft stop a connection is closed after a response, not while it is idle. */
    public boolean closesOnResponse;
    /** {@code option http-ignore-probes}: connections without a request end without a word. */
    public boolean ignoresProbes;

    /** How many fields a head may have when rules have added theirs: as many as have room, whatever may be received. */
    public int fieldsMax() {
        return Math.max(headersMax, bufferBytes / FIELD_BYTES_MIN);
    }
}
