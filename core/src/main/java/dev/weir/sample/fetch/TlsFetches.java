package dev.weir.sample.fetch;

import static dev.weir.sample.Availability.FROM_ACCEPT;
import static dev.weir.sample.Availability.FROM_SERVER;
import static dev.weir.sample.SampleType.BOOLEAN;
import static dev.weir.sample.SampleType.INTEGER;
import static dev.weir.sample.SampleType.STRING;

import dev.weir.sample.FetchFamily;
import dev.weir.sample.FetchTable;

/** What can be asked about TLS of a connection that has none, which all are. */
final class TlsFetches implements FetchFamily {
    @Override
    public void describe(FetchTable table) {
        table.add(
                "ssl_fc",
                BOOLEAN,
                FROM_ACCEPT,
                "whether the client's connection is one of TLS",
                (stream, args, out) -> out.bool(false));
        table.add(
                "ssl_bc",
                BOOLEAN,
                FROM_SERVER,
                "whether the server's connection is one of TLS",
                (stream, args, out) -> out.bool(false));
        table.add(
                "ssl_fc_is_resumed",
                BOOLEAN,
                FROM_ACCEPT,
                "whether the client's TLS session was resumed",
                (stream, args, out) -> out.bool(false));
        table.add(
                "ssl_fc_sni",
                STRING,
                FROM_ACCEPT,
                "the server name the client asked for in TLS",
                (stream, args, out) -> false);
        table.add("ssl_fc_err", INTEGER, FROM_ACCEPT, "error of the client's handshake", (stream, args, out) -> false);
        table.add("ssl_c_err", INTEGER, FROM_ACCEPT, "error of the client's certificate", (stream, args, out) -> false);
        table.add(
                "ssl_c_ca_err",
                INTEGER,
                FROM_ACCEPT,
                "error of the authorities of the client's certificate",
                (stream, args, out) -> false);
        table.add(
                "ssl_c_used",
                BOOLEAN,
                FROM_ACCEPT,
                "whether the client's connection uses a certificate",
                (stream, args, out) -> false);
    }
}
