package dev.weir.sample.fetch;

import dev.weir.protocol.http.MessageHead;
import dev.weir.sample.Sample;
import dev.weir.stream.HttpExchange;
import dev.weir.stream.Stream;

/** Where fetches find the head of a message. No state. */
final class Heads {
    /** One side of the exchange. */
    interface Source {
        /** Null if there is no such head now; {@code out} is marked if one may still come. */
        MessageHead head(Stream stream, Sample out);
    }

    private Heads() {}

    /** In {@code mode tcp}, too, if what has come begins with a request. */
    static MessageHead request(Stream stream, Sample out) {
        HttpExchange http = stream.http();
        if (http == null) {
            return out.scratch().requestPeek().head(stream.request(), out);
        }
        return http.hasRequest() ? http.request() : null;
    }

    /** The response's from the moment on that it is there. */
    static MessageHead message(Stream stream, Sample out) {
        return isResponse(stream) ? response(stream, out) : request(stream, out);
    }

    static boolean isResponse(Stream stream) {
        return stream.http() != null && stream.http().hasResponse();
    }

    static MessageHead response(Stream stream, Sample out) {
        HttpExchange http = stream.http();
        return http != null && http.hasResponse() ? http.response() : null;
    }
}
