package dev.weir.sample.fetch;

import static dev.weir.sample.Availability.FROM_HTTP_REQUEST;
import static dev.weir.sample.Availability.FROM_HTTP_RESPONSE;
import static dev.weir.sample.Availability.HTTP_REQUEST;
import static dev.weir.sample.Availability.HTTP_RESPONSE;
import static dev.weir.sample.SampleType.INTEGER;
import static dev.weir.sample.SampleType.METHOD;
import static dev.weir.sample.SampleType.STRING;

import dev.weir.protocol.http.FieldName;
import dev.weir.protocol.http.ListValues;
import dev.weir.protocol.http.MessageHead;
import dev.weir.protocol.http.Method;
import dev.weir.protocol.http.RequestTarget;
import dev.weir.protocol.http.Slice;
import dev.weir.sample.Arguments;
import dev.weir.sample.ByteWriter;
import dev.weir.sample.FetchFamily;
import dev.weir.sample.FetchTable;
import dev.weir.sample.ParseContext;
import dev.weir.sample.ParseProblem;
import dev.weir.sample.Sample;
import dev.weir.stream.HttpExchange;
import dev.weir.stream.Stream;

/** The start lines of request and response, and what is put together with {@code Host}. */
final class RequestLineFetches implements FetchFamily {
    @Override
    public void describe(FetchTable table) {
        table.add(
                "method",
                METHOD,
                FROM_HTTP_REQUEST,
                "method of the request",
                (stream, args, out) -> method(stream, out));
        table.add("path", STRING, HTTP_REQUEST, "path of the request, without the query", (stream, args, out) -> {
            MessageHead head = Heads.request(stream, out);
            return head != null && out.slice(head, RequestTarget.path(head));
        });
        table.add("pathq", STRING, HTTP_REQUEST, "path of the request with the query", (stream, args, out) -> {
            MessageHead head = Heads.request(stream, out);
            return head != null && out.slice(head, RequestTarget.pathAndQuery(head));
        });
        table.add(
                "query",
                STRING,
                HTTP_REQUEST,
                "[str]",
                "query of the request, without the mark; with_qm with it, if there is a query",
                RequestLineFetches::checkQuery,
                (stream, args, out) -> query(Heads.request(stream, out), args.has(0), out));
        table.add("url", STRING, HTTP_REQUEST, "target of the request as it stands", (stream, args, out) -> {
            MessageHead head = Heads.request(stream, out);
            return head != null && out.slice(head, head.target());
        });
        describeBase(table);
        describeVersions(table);
    }

    private static void checkQuery(Arguments args, ParseContext context) throws ParseProblem {
        if (args.has(0) && !args.text(0).equals("with_qm")) {
            throw new ParseProblem("supported options are: 'with_qm'");
        }
    }

    private static boolean query(MessageHead head, boolean withMark, Sample out) {
        long query = head == null ? Slice.NONE : RequestTarget.query(head);
        if (query == Slice.NONE) {
            return false;
        }
        boolean isLonger = withMark && Slice.length(query) > 0;
        return out.slice(head, isLonger ? Slice.part(query, -1, Slice.length(query) + 1) : query);
    }

    private static void describeBase(FetchTable table) {
        table.add(
                "base",
                STRING,
                HTTP_REQUEST,
                "Host and path of the request",
                (stream, args, out) -> base(Heads.request(stream, out), false, out));
        table.add(
                "baseq",
                STRING,
                HTTP_REQUEST,
                "Host, path and query of the request",
                (stream, args, out) -> base(Heads.request(stream, out), true, out));
    }

    private static void describeVersions(FetchTable table) {
        table.add(
                "req.ver",
                STRING,
                HTTP_REQUEST,
                "HTTP version of the request, such as 1.1",
                (stream, args, out) -> version(Heads.request(stream, out), out));
        table.alias("req_ver", "req.ver");
        table.add(
                "res.ver",
                STRING,
                HTTP_RESPONSE,
                "HTTP version of the response, such as 1.1",
                (stream, args, out) -> version(Heads.response(stream, out), out));
        table.alias("resp_ver", "res.ver");
        table.add(
                "status",
                INTEGER,
                FROM_HTTP_RESPONSE,
                "status of the response",
                (stream, args, out) -> status(stream, out));
    }

    private static boolean method(Stream stream, Sample out) {
        HttpExchange http = stream.http();
        MessageHead head = Heads.request(stream, out);
        if (head != null) {
            int number = Method.numberOf(head);
            return (number != Method.OTHER || out.slice(head, head.method())) && out.method(number);
        }
        return http != null && http.method() != Method.OTHER && out.method(http.method());
    }

    private static boolean version(MessageHead head, Sample out) {
        if (head == null) {
            return false;
        }
        ByteWriter text = out.writer();
        text.put('0' + (head.version() >> 8)).put('.').put('0' + (head.version() & 0xFF));
        return out.string(text);
    }

    /** As the head has it; when that is gone, what the client was sent. */
    private static boolean status(Stream stream, Sample out) {
        HttpExchange http = stream.http();
        if (http == null) {
            return false;
        }
        int status = http.hasResponse() ? http.response().status() : http.status();
        return status >= 0 && out.integer(status);
    }

    /** The first {@code Host} value with the path; the path alone without one. */
    static boolean base(MessageHead head, boolean withQuery, Sample out) {
        if (head == null) {
            return false;
        }
        long path = withQuery ? RequestTarget.pathAndQuery(head) : RequestTarget.path(head);
        ListValues hosts = out.values().start(head, FieldName.HOST);
        if (!hosts.next() || Slice.length(hosts.value()) == 0) {
            return out.slice(head, path);
        }
        ByteWriter text = out.writer();
        put(head, hosts.value(), text);
        boolean isPath = path != Slice.NONE && Slice.length(path) > 0 && head.byteAt(path, 0) == '/';
        if (isPath) {
            put(head, path, text);
        }
        return out.string(text);
    }

    private static void put(MessageHead head, long slice, ByteWriter out) {
        out.put(head.bytes(slice), Slice.offset(slice), Slice.length(slice));
    }
}
