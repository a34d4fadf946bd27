package dev.weir.sample.fetch;

import static dev.weir.sample.Availability.FROM_ACCEPT;
import static dev.weir.sample.SampleType.BOOLEAN;
import static dev.weir.sample.SampleType.STRING;

import dev.weir.sample.Arguments;
import dev.weir.sample.FetchFamily;
import dev.weir.sample.FetchTable;
import dev.weir.sample.ParseContext;
import dev.weir.sample.ParseProblem;
import dev.weir.sample.Sample;
import dev.weir.stream.ProxyHeader;
import dev.weir.stream.Stream;
import dev.weir.stream.ValueType;
import java.util.Locale;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;

/** What a PROXY header brought beside addresses. */
final class ProxyHeaderFetches implements FetchFamily {
    /** Names that stand for types (the PROXY protocol's text, section 2.2). */
    private static final Map<String, Integer> TYPES = Map.ofEntries(
            Map.entry("ALPN", 0x01),
            Map.entry("AUTHORITY", ProxyHeader.AUTHORITY),
            Map.entry("CRC32C", 0x03),
            Map.entry("NOOP", 0x04),
            Map.entry("UNIQUE_ID", ProxyHeader.UNIQUE_ID),
            Map.entry("SSL", 0x20),
            Map.entry("SSL_VERSION", 0x21),
            Map.entry("SSL_CN", 0x22),
            Map.entry("SSL_CIPHER", 0x23),
            Map.entry("SSL_SIG_ALG", 0x24),
            Map.entry("SSL_KEY_ALG", 0x25),
            Map.entry("NETNS", 0x30));

    @Override
    public void describe(FetchTable table) {
        table.add(
                "fc_rcvd_proxy",
                BOOLEAN,
                FROM_ACCEPT,
                "whether the client sent a PROXY header",
                (stream, args, out) -> out.bool(stream.proxyHeader().isReceived()));
        table.add(
                "fc_pp_authority",
                STRING,
                FROM_ACCEPT,
                "host name from the PROXY header",
                (stream, args, out) -> field(stream, ProxyHeader.AUTHORITY, out));
        table.add(
                "fc_pp_unique_id",
                STRING,
                FROM_ACCEPT,
                "unique id from the PROXY header",
                (stream, args, out) -> field(stream, ProxyHeader.UNIQUE_ID, out));
        table.add(
                "fc_pp_tlv",
                STRING,
                FROM_ACCEPT,
                "str",
                "a field of the PROXY header by its type",
                ProxyHeaderFetches::checkType,
                (stream, args, out) -> field(stream, args.compiled(Integer.class), out));
    }

    private static boolean field(Stream stream, int type, Sample out) {
        UnsafeBuffer view = out.view();
        return stream.proxyHeader().field(type, view) && out.retype(ValueType.STR);
    }

    private static void checkType(Arguments args, ParseContext context) throws ParseProblem {
        Integer named = TYPES.get(args.text(0).toUpperCase(Locale.ROOT));
        if (named != null) {
            args.compiled(named);
            return;
        }
        try {
            int type = Integer.decode(args.text(0));
            if (type >= 0 && type <= 255) {
                args.compiled(type);
                return;
            }
        } catch (NumberFormatException e) {
            // reported below, as a number out of range is
        }
        throw new ParseProblem("Invalid TLV ID '%s'", args.text(0));
    }
}
