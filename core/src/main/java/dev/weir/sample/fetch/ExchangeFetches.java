package dev.weir.sample.fetch;

import static dev.weir.sample.Availability.FROM_ACCEPT;
import static dev.weir.sample.Availability.FROM_HTTP_REQUEST;
import static dev.weir.sample.Availability.FROM_HTTP_RESPONSE;
import static dev.weir.sample.SampleType.BOOLEAN;
import static dev.weir.sample.SampleType.INTEGER;
import static dev.weir.sample.SampleType.STRING;

import dev.weir.protocol.http.MessageHead;
import dev.weir.sample.ArgumentCheck;
import dev.weir.sample.FetchFamily;
import dev.weir.sample.FetchTable;
import dev.weir.sample.Sample;
import dev.weir.stream.Captures;
import dev.weir.stream.HttpExchange;
import dev.weir.stream.RequestLine;
import dev.weir.stream.Stream;
import dev.weir.stream.ValueType;
import java.nio.charset.StandardCharsets;

/** What stays known of an exchange when its heads are gone: captures, the request line as it was received, the unique id. */
final class ExchangeFetches implements FetchFamily {
    private static final byte[] HTTP_1_0 = "HTTP/1.0".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] HTTP_1_1 = "HTTP/1.1".getBytes(StandardCharsets.US_ASCII);
    private static final ArgumentCheck WANTS_REQUEST_LINE = (args, context) -> context.wantRequestLine();

    @Override
    public void describe(FetchTable table) {
        table.add(
                "capture.req.hdr",
                STRING,
                FROM_ACCEPT,
                "sint",
                "a request capture by its number, from 0",
                (stream, args, out) -> capture(stream.requestCaptures(), args.number(0), out));
        table.add(
                "capture.res.hdr",
                STRING,
                FROM_HTTP_RESPONSE,
                "sint",
                "a response capture by its number, from 0",
                (stream, args, out) -> capture(stream.responseCaptures(), args.number(0), out));
        table.add(
                "capture.req.method",
                STRING,
                FROM_HTTP_REQUEST,
                "",
                "method of the request as it was received",
                WANTS_REQUEST_LINE,
                (stream, args, out) -> method(line(stream), out));
        table.add(
                "capture.req.uri",
                STRING,
                FROM_HTTP_REQUEST,
                "",
                "path and query of the request as it was received",
                WANTS_REQUEST_LINE,
                (stream, args, out) -> target(line(stream), out));
        describeVersions(table);
        table.add(
                "http_first_req",
                BOOLEAN,
                FROM_HTTP_REQUEST,
                "whether this is the first request of its connection",
                (stream, args, out) ->
                        stream.http() != null && out.bool(stream.http().requestNumber() == 1));
        table.add(
                "unique-id",
                STRING,
                FROM_ACCEPT,
                "the text of unique-id-format",
                (stream, args, out) -> capture(stream.uniqueId(), 0, out));
    }

    private static void describeVersions(FetchTable table) {
        table.add(
                "capture.req.ver",
                STRING,
                FROM_HTTP_REQUEST,
                "version of the request: HTTP/1.0 or HTTP/1.1",
                (stream, args, out) ->
                        stream.http() != null && version(stream.http().requestVersion(), out));
        table.add(
                "capture.res.ver",
                STRING,
                FROM_HTTP_REQUEST,
                "version of the server's response: HTTP/1.0 or HTTP/1.1",
                (stream, args, out) ->
                        hasServerStatus(stream.http()) && version(stream.http().responseVersion(), out));
        table.add(
                "server_status",
                INTEGER,
                FROM_HTTP_RESPONSE,
                "status that the server sent, 0 if it sent none",
                (stream, args, out) -> serverStatus(stream.http(), out));
        table.add(
                "txn.status",
                INTEGER,
                FROM_HTTP_RESPONSE,
                "status that is sent to the client",
                (stream, args, out) -> stream.http() != null
                        && stream.http().status() >= 0
                        && out.integer(stream.http().status()));
    }

    /** None before the client has one, nor of what was no request. */
    private static boolean serverStatus(HttpExchange http, Sample out) {
        return http != null
                && http.wasReceived()
                && http.status() >= 0
                && out.integer(Math.max(0, http.serverStatus()));
    }

    private static boolean hasServerStatus(HttpExchange http) {
        return http != null && http.serverStatus() >= 0;
    }

    private static boolean capture(Captures captures, long slot, Sample out) {
        if (slot > Integer.MAX_VALUE || !captures.has((int) slot)) {
            return false;
        }
        captures.wrapInto((int) slot, out.view());
        return out.retype(ValueType.STR);
    }

    /** Null if there is none. */
    private static RequestLine line(Stream stream) {
        HttpExchange http = stream.http();
        return http != null && http.requestLine().isKept() ? http.requestLine() : null;
    }

    private static boolean method(RequestLine line, Sample out) {
        return line != null && out.bytes(ValueType.STR, line.bytes(), 0, line.methodLength());
    }

    private static boolean target(RequestLine line, Sample out) {
        if (line == null) {
            return false;
        }
        int end = line.targetOffset() + line.targetLength();
        int length = end - line.pathOffset();
        return length > 0 && out.bytes(ValueType.STR, line.bytes(), line.pathOffset(), length);
    }

    private static boolean version(int version, Sample out) {
        return version != 0 && out.string(version >= MessageHead.HTTP_1_1 ? HTTP_1_1 : HTTP_1_0);
    }
}
