package dev.weir.sample.fetch;

import static dev.weir.sample.Availability.FROM_HTTP_REQUEST;
import static dev.weir.sample.Availability.REQUEST_BYTES;
import static dev.weir.sample.SampleType.BOOLEAN;
import static dev.weir.sample.SampleType.INTEGER;
import static dev.weir.sample.SampleType.STRING;

import dev.weir.protocol.RdpCookie;
import dev.weir.sample.Arguments;
import dev.weir.sample.FetchFamily;
import dev.weir.sample.FetchTable;
import dev.weir.sample.Sample;
import dev.weir.stream.InputView;
import dev.weir.stream.ValueType;

/** Protocols that are recognised by their first bytes: HTTP/1 and RDP. */
final class ProtocolFetches implements FetchFamily {
    private static final byte[] NO_NAME = new byte[0];

    @Override
    public void describe(FetchTable table) {
        table.add(
                "req.proto_http",
                BOOLEAN,
                FROM_HTTP_REQUEST,
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

    private static boolean rdpCookie(InputView input, Arguments args, Sample out) {
        byte[] name = args.hasText(0) ? args.bytes(0) : NO_NAME;
        long found = RdpCookie.find(input.bytes(), input.length(), name);
        if (found == RdpCookie.TOO_SHORT) {
            out.mayChange(input.mayGrow());
        }
        return found >= 0 && out.bytes(ValueType.STR, input.bytes(), RdpCookie.offset(found), RdpCookie.length(found));
    }
}
