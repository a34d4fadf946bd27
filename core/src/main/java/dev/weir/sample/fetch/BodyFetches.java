package dev.weir.sample.fetch;

import static dev.weir.sample.SampleType.BINARY;
import static dev.weir.sample.SampleType.INTEGER;

import dev.weir.sample.Arguments;
import dev.weir.sample.Availability;
import dev.weir.sample.FetchFamily;
import dev.weir.sample.FetchTable;
import dev.weir.sample.ParseContext;
import dev.weir.sample.Sample;
import dev.weir.stream.HttpExchange;
import dev.weir.stream.Stream;
import dev.weir.stream.ValueType;
import org.agrona.DirectBuffer;

/** What is held of a message's body: as much as came with its head, more if something waited for it. */
final class BodyFetches implements FetchFamily {
    @Override
    public void describe(FetchTable table) {
        table.add(
                "req.body",
                BINARY,
                Availability.HTTP_REQUEST,
                "what is held of the request's body",
                (stream, args, out) -> body(requestBody(stream), out));
        table.add(
                "req.body_len",
                INTEGER,
                Availability.HTTP_REQUEST,
                "bytes held of the request's body",
                (stream, args, out) -> length(requestBody(stream), out));
        table.add(
                "req.body_size",
                INTEGER,
                Availability.HTTP_REQUEST,
                "announced bytes of the request's body, or those held",
                (stream, args, out) -> requestBody(stream) != null
                        && out.integer(size(stream.http().requestBodyBytes(), requestBody(stream))));
        table.add(
                "req.body_param",
                BINARY,
                Availability.HTTP_REQUEST,
                "[str],[str]",
                "value of a parameter in a form in the request's body; i ignores the case of its name",
                BodyFetches::check,
                (stream, args, out) -> parameter(requestBody(stream), args, out));
        table.add(
                "res.body",
                BINARY,
                Availability.HTTP_RESPONSE,
                "what is held of the response's body",
                (stream, args, out) -> body(responseBody(stream), out));
        table.add(
                "res.body_len",
                INTEGER,
                Availability.HTTP_RESPONSE,
                "bytes held of the response's body",
                (stream, args, out) -> length(responseBody(stream), out));
        table.add(
                "res.body_size",
                INTEGER,
                Availability.HTTP_RESPONSE,
                "announced bytes of the response's body, or those held",
                (stream, args, out) -> responseBody(stream) != null
                        && out.integer(size(stream.http().responseBodyBytes(), responseBody(stream))));
    }

    private static DirectBuffer requestBody(Stream stream) {
        HttpExchange http = stream.http();
        return http == null || !http.hasRequest() ? null : http.requestBody();
    }

    private static DirectBuffer responseBody(Stream stream) {
        HttpExchange http = stream.http();
        return http == null || !http.hasResponse() ? null : http.responseBody();
    }

    private static boolean body(DirectBuffer body, Sample out) {
        return body != null && out.bytes(ValueType.BIN, body, 0, body.capacity());
    }

    private static boolean length(DirectBuffer body, Sample out) {
        return body != null && out.integer(body.capacity());
    }

    private static long size(long announced, DirectBuffer held) {
        return announced >= 0 ? announced : held.capacity();
    }

    private static void check(Arguments args, ParseContext context) {
        args.compiled(new Parameters(args.hasText(0) ? args.bytes(0) : null, '&', Parameters.ignoresCase(args, 1)));
    }

    private static boolean parameter(DirectBuffer body, Arguments args, Sample out) {
        return body != null && args.compiled(Parameters.class).fetch(body, out.cursor(), body.capacity(), out);
    }
}
