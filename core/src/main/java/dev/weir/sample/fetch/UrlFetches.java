package dev.weir.sample.fetch;

import static dev.weir.sample.Availability.HTTP_REQUEST;
import static dev.weir.sample.SampleType.BINARY;
import static dev.weir.sample.SampleType.INTEGER;
import static dev.weir.sample.SampleType.IPV4;
import static dev.weir.sample.SampleType.STRING;

import dev.weir.balance.Avalanche;
import dev.weir.balance.HashFunction;
import dev.weir.bridge.transport.SocketName;
import dev.weir.protocol.http.MessageHead;
import dev.weir.protocol.http.RequestTarget;
import dev.weir.protocol.http.Slice;
import dev.weir.sample.AddressText;
import dev.weir.sample.Arguments;
import dev.weir.sample.ByteWriter;
import dev.weir.sample.FetchFamily;
import dev.weir.sample.FetchTable;
import dev.weir.sample.Numbers;
import dev.weir.sample.ParseContext;
import dev.weir.sample.Sample;
import dev.weir.stream.Stream;
import org.agrona.DirectBuffer;

/** What is taken apart or made of the request's target: parameters, the address in it, hashes. */
final class UrlFetches implements FetchFamily {
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    @Override
    public void describe(FetchTable table) {
        table.add(
                "url_param",
                STRING,
                HTTP_REQUEST,
                "[str],[str],[str]",
                "value of a parameter in the query; i ignores the case of its name",
                UrlFetches::check,
                UrlFetches::parameter);
        table.alias("urlp", "url_param");
        table.add(
                "urlp_val",
                INTEGER,
                HTTP_REQUEST,
                "[str],[str],[str]",
                "the number a parameter in the query begins with",
                UrlFetches::check,
                (stream, args, out) ->
                        parameter(stream, args, out) && out.integer(Numbers.parse(out.bytes(), 0, out.length())));
        table.add(
                "url_ip",
                IPV4,
                HTTP_REQUEST,
                "IPv4 address in an absolute target",
                (stream, args, out) -> address(Heads.request(stream, out), out));
        table.add(
                "url_port",
                INTEGER,
                HTTP_REQUEST,
                "port in an absolute target whose host is an IPv4 address",
                (stream, args, out) -> port(Heads.request(stream, out), out));
        hashes(table, "base32", "Host and path", false);
        hashes(table, "url32", "Host, path and query", true);
    }

    private static void hashes(FetchTable table, String name, String what, boolean withQuery) {
        table.add(
                name,
                INTEGER,
                HTTP_REQUEST,
                "32-bit hash of " + what,
                (stream, args, out) -> hash(stream, withQuery, out));
        table.add(
                name + "+src",
                BINARY,
                HTTP_REQUEST,
                "32-bit hash of " + what + ", followed by the client's address",
                (stream, args, out) -> hash(stream, withQuery, out)
                        && append(stream.clientSide().source(), out));
    }

    private static void check(Arguments args, ParseContext context) {
        int delimiter = args.hasText(1) ? args.bytes(1)[0] : '?';
        args.compiled(
                new Parameters(args.hasText(0) ? args.bytes(0) : null, delimiter, Parameters.ignoresCase(args, 2)));
    }

    private static boolean parameter(Stream stream, Arguments args, Sample out) {
        MessageHead head = Heads.request(stream, out);
        if (head == null) {
            return false;
        }
        Parameters parameters = args.compiled(Parameters.class);
        DirectBuffer bytes = head.bytes(head.target());
        int end = Slice.offset(head.target()) + Slice.length(head.target());
        int from = out.cursor();
        if (from == 0) {
            from = Slice.offset(head.target());
            while (from < end && bytes.getByte(from) != parameters.delimiter()) {
                from++;
            }
        }
        return parameters.fetch(bytes, from, end, out);
    }

    private static boolean address(MessageHead head, Sample out) {
        if (head == null || !RequestTarget.isAbsolute(head)) {
            return false;
        }
        long authority = RequestTarget.authority(head);
        int length = hostLength(head, authority);
        long address = AddressText.parseIpv4(head.bytes(authority), Slice.offset(authority), length);
        return address >= 0 && out.ipv4((int) address);
    }

    private static boolean port(MessageHead head, Sample out) {
        if (!address(head, out)) {
            return false;
        }
        long authority = RequestTarget.authority(head);
        int at = hostLength(head, authority) + 1;
        if (at > Slice.length(authority)) {
            return out.integer(Slice.length(RequestTarget.scheme(head)) == 5 ? HTTPS_PORT : HTTP_PORT);
        }
        return out.integer(
                Numbers.parse(head.bytes(authority), Slice.offset(authority) + at, Slice.length(authority) - at));
    }

    /** Up to the first colon. */
    private static int hostLength(MessageHead head, long authority) {
        int length = 0;
        while (length < Slice.length(authority) && head.byteAt(authority, length) != ':') {
            length++;
        }
        return length;
    }

    private static boolean hash(Stream stream, boolean withQuery, Sample out) {
        MessageHead head = Heads.request(stream, out);
        if (head == null) {
            return false;
        }
        boolean isThere = RequestLineFetches.base(head, withQuery, out);
        int hash = isThere ? HashFunction.SDBM.hash(out.bytes(), 0, out.length()) : 0;
        return out.integer(Avalanche.mix(hash) & 0xFFFF_FFFFL);
    }

    private static boolean append(SocketName client, Sample out) {
        ByteWriter bytes = out.writer();
        put(out.low(), 4, bytes);
        switch (client.family()) {
            case IPV4 -> put(client.low(), 4, bytes);
            case IPV6 -> {
                put(client.high(), 8, bytes);
                put(client.low(), 8, bytes);
            }
            case UNIX, NONE -> {
                return false;
            }
        }
        return out.binary(bytes);
    }

    private static void put(long value, int count, ByteWriter out) {
        for (int i = count - 1; i >= 0; i--) {
            out.put((int) (value >>> i * 8));
        }
    }
}
