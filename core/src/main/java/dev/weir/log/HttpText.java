package dev.weir.log;

import dev.weir.stream.CapturePlan;
import dev.weir.stream.Captures;
import dev.weir.stream.HttpExchange;
import dev.weir.stream.RequestLine;
import dev.weir.stream.Stream;
import java.nio.charset.StandardCharsets;

/** What lines show of an HTTP exchange: pieces of the request line as it was received, captures, cookies. No state. */
final class HttpText {
    private static final byte[] BAD_REQUEST = "<BADREQ>".getBytes(StandardCharsets.US_ASCII);
    private static final String VERSION_MISSING = "HTTP/0.9";

    private HttpText() {}

    static void requestLine(LineWriter line) {
        RequestLine request = request(line);
        if (request != null) {
            line.encoded(request.bytes(), 0, request.length(), ByteEscapes.URI);
        }
    }

    static void method(LineWriter line) {
        RequestLine request = request(line);
        if (request != null) {
            line.encoded(request.bytes(), 0, request.methodLength(), ByteEscapes.URI);
        }
    }

    static void target(LineWriter line) {
        RequestLine request = request(line);
        if (request != null) {
            line.encoded(request.bytes(), request.targetOffset(), request.targetLength(), ByteEscapes.URI);
        }
    }

    static void targetWithoutQuery(LineWriter line) {
        RequestLine request = request(line);
        if (request != null) {
            int end = queryAt(request);
            line.encoded(request.bytes(), request.targetOffset(), end - request.targetOffset(), ByteEscapes.URI);
        }
    }

    static void path(LineWriter line) {
        RequestLine request = request(line);
        if (request != null) {
            int start = Math.min(request.pathOffset(), queryAt(request));
            part(line, request, start, queryAt(request));
        }
    }

    static void query(LineWriter line) {
        RequestLine request = request(line);
        if (request != null) {
            part(line, request, queryAt(request), targetEnd(request));
        }
    }

    /** Nothing leaves no trace in a plain line: blanks around it become one. */
    private static void part(LineWriter line, RequestLine request, int start, int end) {
        if (end > start || !line.isPlain()) {
            line.encoded(request.bytes(), start, end - start, ByteEscapes.URI);
        }
    }

    static void version(LineWriter line) {
        RequestLine request = request(line);
        if (request == null) {
            return;
        }
        if (request.versionLength() == 0) {
            line.text(VERSION_MISSING);
        } else {
            line.encoded(request.bytes(), request.versionOffset(), request.versionLength(), ByteEscapes.URI);
        }
    }

    /** Null for a request that could not be read: the line then says so. */
    private static RequestLine request(LineWriter line) {
        HttpExchange http = line.stream().http();
        if (http == null || !http.requestLine().isKept()) {
            line.encoded(BAD_REQUEST, 0, BAD_REQUEST.length, ByteEscapes.URI);
            return null;
        }
        return http.requestLine();
    }

    private static int targetEnd(RequestLine request) {
        return request.targetOffset() + request.targetLength();
    }

    /** Where the question mark stands, the target's end without one. */
    private static int queryAt(RequestLine request) {
        int at = request.targetOffset();
        while (at < targetEnd(request) && request.bytes()[at] != '?') {
            at++;
        }
        return at;
    }

    /** Of a session that is not one of HTTP it is 0, as under HAProxy. */
    static void status(LineWriter line) {
        HttpExchange http = line.stream().http();
        line.number(http == null ? 0 : http.status());
    }

    static void uniqueId(LineWriter line) {
        Captures id = line.stream().uniqueId();
        if (id.has(0)) {
            line.text(id.bytes(0), id.length(0));
        } else {
            line.missing();
        }
    }

    static void cookie(LineWriter line, int slot) {
        HttpExchange http = line.stream().http();
        if (http != null && http.cookies().has(slot)) {
            line.text(http.cookies().bytes(slot), http.cookies().length(slot));
        } else {
            line.missing();
        }
    }

    /** How many slots there are; none for a request that could not be read. */
    private static int slots(Stream stream, boolean ofRequest) {
        HttpExchange http = stream.http();
        if (http != null && !http.wasReceived()) {
            return 0;
        }
        CapturePlan plan = stream.frontend().capturePlan();
        return ofRequest ? plan.requestSlotCount() : plan.responseSlotCount();
    }

    private static Captures captures(Stream stream, boolean ofRequest) {
        return ofRequest ? stream.requestCaptures() : stream.responseCaptures();
    }

    /** {@code {first|second}}, nothing at all without captures. */
    static void captures(LineWriter line, boolean ofRequest) {
        int slots = slots(line.stream(), ofRequest);
        if (slots == 0) {
            line.nothing();
            return;
        }
        Captures captures = captures(line.stream(), ofRequest);
        line.beginText();
        line.part('{');
        for (int slot = 0; slot < slots; slot++) {
            if (slot > 0) {
                line.part('|');
            }
            if (captures.has(slot)) {
                line.part(captures.bytes(slot), 0, captures.length(slot), ByteEscapes.CAPTURE);
            }
        }
        line.part('}');
        line.endText();
    }

    /** Each capture as a text of its own, a dash for one without a value. */
    static void captureList(LineWriter line, boolean ofRequest) {
        int slots = slots(line.stream(), ofRequest);
        if (slots == 0) {
            line.nothing();
            return;
        }
        Captures captures = captures(line.stream(), ofRequest);
        line.beginList();
        for (int slot = 0; slot < slots; slot++) {
            line.nextInList(slot == 0);
            if (captures.has(slot)) {
                line.encoded(captures.bytes(slot), 0, captures.length(slot), ByteEscapes.CAPTURE);
            } else {
                line.missingInList();
            }
        }
        line.endList();
    }
}
