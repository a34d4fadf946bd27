package dev.weir.sample.fetch;

import static dev.weir.sample.Availability.REQUEST_BYTES;
import static dev.weir.sample.Availability.RESPONSE_BYTES;
import static dev.weir.sample.SampleType.BINARY;
import static dev.weir.sample.SampleType.BOOLEAN;
import static dev.weir.sample.SampleType.INTEGER;
import static dev.weir.sample.SampleType.STRING;

import dev.weir.sample.ByteWriter;
import dev.weir.sample.FetchFamily;
import dev.weir.sample.FetchTable;
import dev.weir.sample.Sample;
import dev.weir.stream.InputView;
import dev.weir.stream.ValueType;
import org.agrona.DirectBuffer;

/** What the first TLS handshake message of a stream says that passes through unencrypted: TLS passthrough by SNI. */
final class TlsHelloFetches implements FetchFamily {
    private static final int SERVER_NAME = 0;
    private static final int SUPPORTED_GROUPS = 10;
    private static final int SIGNATURE_ALGORITHMS = 13;
    private static final int ALPN = 16;
    private static final int SESSION_TICKET = 35;
    private static final int KEY_SHARE = 51;

    @Override
    public void describe(FetchTable table) {
        table.add(
                "req.ssl_hello_type",
                INTEGER,
                REQUEST_BYTES,
                "type of the client's first TLS message, 1 for a ClientHello",
                (stream, args, out) -> TlsHello.firstMessage(stream.request(), out) && out.integer(out.byteAt(0)));
        table.alias("req_ssl_hello_type", "req.ssl_hello_type");
        table.add(
                "res.ssl_hello_type",
                INTEGER,
                RESPONSE_BYTES,
                "type of the server's first TLS message, 2 for a ServerHello",
                (stream, args, out) -> TlsHello.firstMessage(stream.response(), out) && out.integer(out.byteAt(0)));
        table.alias("rep_ssl_hello_type", "res.ssl_hello_type");
        table.add(
                "req.ssl_sni",
                STRING,
                REQUEST_BYTES,
                "server name in the ClientHello",
                (stream, args, out) -> serverName(stream.request(), out));
        table.alias("req_ssl_sni", "req.ssl_sni");
        table.add(
                "req.ssl_ver",
                INTEGER,
                REQUEST_BYTES,
                "TLS version in the ClientHello, major * 65536 + minor",
                (stream, args, out) -> TlsVersion.fetch(stream.request(), out));
        table.alias("req_ssl_ver", "req.ssl_ver");
        table.add(
                "req.ssl_alpn",
                STRING,
                REQUEST_BYTES,
                "protocols in the ClientHello's ALPN extension, one after another",
                (stream, args, out) -> protocol(stream.request(), out));
        describeLists(table);
    }

    private static void describeLists(FetchTable table) {
        table.add(
                "req.ssl_ec_ext",
                BOOLEAN,
                REQUEST_BYTES,
                "true if the ClientHello lists elliptic curves",
                (stream, args, out) -> extension(stream.request(), SUPPORTED_GROUPS, out) && out.bool(true));
        table.add(
                "req.ssl_st_ext",
                INTEGER,
                REQUEST_BYTES,
                "0 without session ticket extension, 1 with an empty one, 2 with a ticket",
                (stream, args, out) -> sessionTicket(stream.request(), out));
        table.add(
                "req.ssl_cipherlist",
                BINARY,
                REQUEST_BYTES,
                "cipher suites in the ClientHello",
                (stream, args, out) -> cipherSuites(stream.request(), out));
        table.add(
                "req.ssl_supported_groups",
                BINARY,
                REQUEST_BYTES,
                "groups in the ClientHello",
                (stream, args, out) -> list(stream.request(), SUPPORTED_GROUPS, out));
        table.add(
                "req.ssl_sigalgs",
                BINARY,
                REQUEST_BYTES,
                "signature algorithms in the ClientHello",
                (stream, args, out) -> list(stream.request(), SIGNATURE_ALGORITHMS, out));
        table.add(
                "req.ssl_keyshare_groups",
                BINARY,
                REQUEST_BYTES,
                "groups of the key shares in the ClientHello",
                (stream, args, out) -> keyShareGroups(stream.request(), out));
    }

    /** Shows the body of an extension. */
    private static boolean extension(InputView input, int type, Sample out) {
        return TlsHello.clientHello(input, out) && slice(TlsHello.extension(out.bytes(), type), out);
    }

    private static boolean slice(long packed, Sample out) {
        return packed >= 0 && out.slice(TlsHello.offset(packed), TlsHello.length(packed));
    }

    /** Narrows to the list behind a length of 16 bits. */
    private static boolean innerList(Sample out) {
        if (out.length() < 2) {
            return false;
        }
        int length = TlsHello.unsigned16(out.bytes(), 0);
        return length <= out.length() - 2 && out.slice(2, length);
    }

    private static boolean list(InputView input, int type, Sample out) {
        return extension(input, type, out) && innerList(out);
    }

    /** Only the first entry counts, and only if it is a host name (RFC 6066, 3). */
    private static boolean serverName(InputView input, Sample out) {
        if (!list(input, SERVER_NAME, out) || out.length() < 3 || out.byteAt(0) != 0) {
            return false;
        }
        int length = TlsHello.unsigned16(out.bytes(), 1);
        return length <= out.length() - 3 && out.slice(3, length) && out.retype(ValueType.STR);
    }

    private static boolean protocol(InputView input, Sample out) {
        int at = out.cursor();
        if (!list(input, ALPN, out) || at >= out.length()) {
            return false;
        }
        int length = out.byteAt(at);
        int next = at + 1 + length;
        if (next > out.length()) {
            return false;
        }
        if (next < out.length()) {
            out.more(next);
        }
        return out.slice(at + 1, length) && out.retype(ValueType.STR);
    }

    private static boolean sessionTicket(InputView input, Sample out) {
        if (!TlsHello.clientHello(input, out)) {
            return false;
        }
        long packed = TlsHello.extension(out.bytes(), SESSION_TICKET);
        if (packed == TlsHello.MALFORMED) {
            return false;
        }
        return out.integer(packed == TlsHello.ABSENT ? 0 : TlsHello.length(packed) == 0 ? 1 : 2);
    }

    private static boolean cipherSuites(InputView input, Sample out) {
        return TlsHello.clientHello(input, out) && slice(TlsHello.cipherSuites(out.bytes()), out);
    }

    private static boolean keyShareGroups(InputView input, Sample out) {
        if (!list(input, KEY_SHARE, out)) {
            return false;
        }
        DirectBuffer shares = out.bytes();
        ByteWriter groups = out.writer();
        int at = 0;
        while (at + 4 <= shares.capacity()) {
            groups.put(shares, at, 2);
            at += 4 + TlsHello.unsigned16(shares, at + 2);
        }
        return at == shares.capacity() && out.binary(groups);
    }
}
