package dev.weir.sample.fetch;

import static dev.weir.sample.Availability.FROM_ACCEPT;
import static dev.weir.sample.Availability.FROM_SERVER;
import static dev.weir.sample.SampleType.BOOLEAN;
import static dev.weir.sample.SampleType.INTEGER;
import static dev.weir.sample.SampleType.STRING;

import dev.weir.sample.Availability;
import dev.weir.sample.FetchFamily;
import dev.weir.sample.FetchTable;
import dev.weir.sample.Sample;
import dev.weir.stream.ConnectionError;
import dev.weir.stream.Stream;

/**
 * How the connections of a stream fare. The client's has an error only if it never became a session; a stream has its server's
 * only when it was established, so that one has none to tell of.
 */
final class ConnectionStateFetches implements FetchFamily {
    @Override
    public void describe(FetchTable table) {
        describe(table, "fc", "the client's connection", FROM_ACCEPT);
        describe(table, "bc", "the server's connection", FROM_SERVER);
        table.add(
                "bc_reused",
                BOOLEAN,
                FROM_SERVER,
                "whether the server's connection had served before",
                (stream, args, out) -> stream.frontend() != null && out.bool(stream.counts().isReused));
    }

    private static void describe(FetchTable table, String side, String what, Availability from) {
        boolean isServer = from == FROM_SERVER;
        table.add(
                side + "_err",
                INTEGER,
                from,
                "error of " + what + ", 0 for none",
                (stream, args, out) -> isThere(stream, isServer)
                        && out.integer(error(stream, isServer).number()));
        table.add(
                side + "_err_str",
                STRING,
                from,
                "error of " + what + " in words",
                (stream, args, out) -> isThere(stream, isServer)
                        && out.string(error(stream, isServer).message()));
        table.add(
                side + "_err_name",
                STRING,
                from,
                "error of " + what + " in one word",
                (stream, args, out) -> isThere(stream, isServer)
                        && out.string(error(stream, isServer).code()));
        table.add(
                side + "_http_major",
                INTEGER,
                from,
                "major version of HTTP on " + what,
                (stream, args, out) -> isThere(stream, isServer) && httpMajor(stream, out));
        table.add(
                side + "_glitches",
                INTEGER,
                from,
                "protocol glitches of " + what + ": no value in HTTP/1, which ends at the first",
                (stream, args, out) -> false);
        table.add(
                side + "_nb_streams",
                INTEGER,
                from,
                "streams on " + what + " now",
                (stream, args, out) -> isThere(stream, isServer) && out.integer(1));
        table.add(
                side + "_settings_streams_limit",
                INTEGER,
                from,
                "streams that " + what + " takes at a time",
                (stream, args, out) -> isThere(stream, isServer) && out.integer(1));
    }

    private static boolean isThere(Stream stream, boolean isServer) {
        return !isServer || stream.serverSide().isConnected();
    }

    private static ConnectionError error(Stream stream, boolean isServer) {
        return isServer ? ConnectionError.NONE : stream.clientError();
    }

    private static boolean httpMajor(Stream stream, Sample out) {
        return stream.http() != null && out.integer(1);
    }
}
