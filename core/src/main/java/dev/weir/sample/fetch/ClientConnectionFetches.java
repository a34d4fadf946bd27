package dev.weir.sample.fetch;

import static dev.weir.sample.Availability.FROM_ACCEPT;
import static dev.weir.sample.SampleType.ADDRESS;
import static dev.weir.sample.SampleType.BOOLEAN;
import static dev.weir.sample.SampleType.INTEGER;

import dev.weir.bridge.transport.SocketName;
import dev.weir.sample.FetchFamily;
import dev.weir.sample.FetchTable;
import dev.weir.stream.Stream;
import java.util.function.Function;

/**
 * What can be asked about the client's TCP connection. {@code src} and {@code dst} follow all rules that set them,
 * {@code fc_src} and {@code fc_dst} only those of the connection level.
 */
final class ClientConnectionFetches implements FetchFamily {
    @Override
    public void describe(FetchTable table) {
        end(table, "src", "client", stream -> stream.clientSide().source());
        end(
                table,
                "dst",
                "address the client connected to",
                stream -> stream.clientSide().destination());
        end(
                table,
                "fc_src",
                "client of the connection",
                stream -> stream.clientSide().connectionSource());
        end(
                table,
                "fc_dst",
                "address the connection came to",
                stream -> stream.clientSide().connectionDestination());
    }

    private static void end(FetchTable table, String name, String what, Function<Stream, SocketName> end) {
        table.add(
                name,
                ADDRESS,
                FROM_ACCEPT,
                what + ": IP address",
                (stream, args, out) -> out.address(end.apply(stream)));
        table.add(name + "_port", INTEGER, FROM_ACCEPT, what + ": TCP port", (stream, args, out) -> {
            SocketName socket = end.apply(stream);
            return isInternet(socket) && out.integer(socket.port());
        });
        table.add(
                name + "_is_local",
                BOOLEAN,
                FROM_ACCEPT,
                what + ": whether the address is one of this machine",
                (stream, args, out) -> {
                    SocketName socket = end.apply(stream);
                    return isInternet(socket) && out.bool(LocalAddresses.contains(socket));
                });
    }

    private static boolean isInternet(SocketName socket) {
        return switch (socket.family()) {
            case IPV4, IPV6 -> true;
            case NONE, UNIX -> false;
        };
    }
}
