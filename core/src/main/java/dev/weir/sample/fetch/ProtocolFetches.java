package dev.weir.sample.fetch;

import static dev.weir.sample.Availability.REQUEST_BYTES;
import static dev.weir.sample.SampleType.BOOLEAN;
import static dev.weir.sample.SampleType.INTEGER;
import static dev.weir.sample.SampleType.STRING;

import dev.weir.sample.Arguments;
import dev.weir.sample.FetchFamily;
import dev.weir.sample.FetchTable;
import dev.weir.sample.Sample;
import dev.weir.stream.InputView;
import dev.weir.stream.ValueType;
import org.agrona.DirectBuffer;

/** Protocols that are recognised by their first bytes: HTTP/1 and RDP. */
final class ProtocolFetches implements FetchFamily {
    private static final int RDP_HEAD = 11;
    private static final byte[] COOKIE = "cookie:".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    private static final byte[] NO_NAME = new byte[0];

    @Override
    public void describe(FetchTable table) {
        table.add(
                "req.proto_http",
                BOOLEAN,
                REQUEST_BYTES,
                "true once a complete HTTP/1 request head is there",
                (stream, args, out) -> stream.http() != null
                        ? stream.http().hasRequest() && out.bool(true)
                        : HttpHeadProbe.fetch(stream.request(), out));
        table.alias("req_proto_http", "req.proto_http");
        table.add(
                "req.rdp_cookie",
                STRING,
                REQUEST_BYTES,
                "[str]",
                "value of an RDP cookie, by name or the first",
                (stream, args, out) -> rdpCookie(stream.request(), args, out));
        table.alias("rdp_cookie", "req.rdp_cookie");
        table.add(
                "req.rdp_cookie_cnt",
                INTEGER,
                REQUEST_BYTES,
                "[str]",
                "number of RDP cookies, 0 or 1",
                (stream, args, out) -> {
                    boolean isThere = rdpCookie(stream.request(), args, out);
                    return (isThere || !out.mayChange()) && out.integer(isThere ? 1 : 0);
                });
        table.alias("rdp_cookie_cnt", "req.rdp_cookie_cnt");
    }

    private static boolean tooShort(InputView input, Sample out) {
        out.mayChange(input.mayGrow());
        return false;
    }

    /** A TPKT packet with an X.224 connection request whose data starts with {@code Cookie: name=value CR LF}. */
    private static boolean rdpCookie(InputView input, Arguments args, Sample out) {
        DirectBuffer bytes = input.bytes();
        int length = input.length();
        if (length <= RDP_HEAD) {
            return tooShort(input, out);
        }
        boolean isRdp = bytes.getByte(0) == 3 && bytes.getByte(5) == (byte) 0xE0;
        if (!isRdp) {
            return false;
        }
        int at = RDP_HEAD + COOKIE.length;
        if (at > length) {
            return tooShort(input, out);
        }
        if (!startsWith(bytes, RDP_HEAD, COOKIE)) {
            return false;
        }
        while (at < length && bytes.getByte(at) == ' ') {
            at++;
        }
        byte[] name = args.hasText(0) ? args.bytes(0) : NO_NAME;
        return named(input, at, name, out);
    }

    private static boolean named(InputView input, int start, byte[] name, Sample out) {
        DirectBuffer bytes = input.bytes();
        int equals = start;
        while (equals < input.length() && bytes.getByte(equals) != '=') {
            if (bytes.getByte(equals) == '\r' || bytes.getByte(equals) == '\n') {
                return false;
            }
            equals++;
        }
        if (equals == input.length()) {
            return tooShort(input, out);
        }
        boolean isWanted = name.length == 0 || name.length == equals - start && startsWith(bytes, start, name);
        return isWanted && line(input, equals + 1, out);
    }

    private static boolean line(InputView input, int start, Sample out) {
        DirectBuffer bytes = input.bytes();
        int end = start;
        while (end < input.length() && bytes.getByte(end) != '\r' && bytes.getByte(end) != '\n') {
            end++;
        }
        return end == input.length() ? tooShort(input, out) : out.bytes(ValueType.STR, bytes, start, end - start);
    }

    /** Ignores the case of ASCII letters. */
    private static boolean startsWith(DirectBuffer bytes, int offset, byte[] text) {
        for (int i = 0; i < text.length; i++) {
            if (lower(bytes.getByte(offset + i)) != lower(text[i])) {
                return false;
            }
        }
        return true;
    }

    private static int lower(byte c) {
        return c >= 'A' && c <= 'Z' ? c + 32 : c;
    }
}
