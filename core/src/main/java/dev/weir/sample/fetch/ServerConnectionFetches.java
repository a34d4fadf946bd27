package dev.weir.sample.fetch;

import static dev.weir.sample.Availability.FROM_SERVER;
import static dev.weir.sample.SampleType.ADDRESS;
import static dev.weir.sample.SampleType.INTEGER;

import dev.weir.bridge.transport.SocketName;
import dev.weir.sample.FetchFamily;
import dev.weir.sample.FetchTable;
import dev.weir.stream.Stream;
import java.util.function.Function;

/** What can be asked about the connection to the server. */
final class ServerConnectionFetches implements FetchFamily {
    @Override
    public void describe(FetchTable table) {
        end(
                table,
                "bc_src",
                "proxy's own end towards the server",
                stream -> stream.serverSide().source());
        end(table, "bc_dst", "server", stream -> stream.serverSide().destination());
        table.add(
                "bc_be_queue",
                INTEGER,
                FROM_SERVER,
                "sessions that were ahead in the backend's queue",
                (stream, args, out) -> out.integer(stream.counts().backendQueuePosition));
        table.add(
                "bc_srv_queue",
                INTEGER,
                FROM_SERVER,
                "sessions that were ahead in the server's queue",
                (stream, args, out) -> out.integer(stream.counts().serverQueuePosition));
    }

    private static void end(FetchTable table, String name, String what, Function<Stream, SocketName> end) {
        table.add(
                name,
                ADDRESS,
                FROM_SERVER,
                what + ": IP address",
                (stream, args, out) -> out.address(end.apply(stream)));
        table.add(name + "_port", INTEGER, FROM_SERVER, what + ": TCP port", (stream, args, out) -> {
            SocketName socket = end.apply(stream);
            return out.address(socket) && out.integer(socket.port());
        });
    }
}
