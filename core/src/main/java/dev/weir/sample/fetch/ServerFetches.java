package dev.weir.sample.fetch;

import static dev.weir.sample.Availability.FROM_SERVER_CHOICE;
import static dev.weir.sample.Availability.FROM_START;
import static dev.weir.sample.SampleType.BOOLEAN;
import static dev.weir.sample.SampleType.INTEGER;
import static dev.weir.sample.SampleType.STRING;

import dev.weir.sample.FetchFamily;
import dev.weir.sample.FetchTable;
import dev.weir.stream.ServerView;
import java.util.function.ToLongFunction;

/** What can be asked about servers: the stream's own, and any by name. */
final class ServerFetches implements FetchFamily {
    @Override
    public void describe(FetchTable table) {
        table.add(
                "srv_name",
                STRING,
                FROM_SERVER_CHOICE,
                "name of the server",
                (stream, args, out) ->
                        stream.server() != null && out.string(stream.server().name()));
        table.add(
                "srv_id",
                INTEGER,
                FROM_SERVER_CHOICE,
                "number of the server within its backend",
                (stream, args, out) ->
                        stream.server() != null && out.integer(stream.server().id()));
        table.add(
                "srv_is_up",
                BOOLEAN,
                FROM_START,
                "server",
                "whether a server is up",
                (stream, args, out) -> out.bool(args.server(0).isUp()));
        add(table, "srv_conn", "sessions on a server", ServerView::connections);
        add(table, "srv_conn_free", "free slots of a server, -1 if it has no limit", ServerFetches::freeSlots);
        add(table, "srv_queue", "sessions that wait for a server", ServerView::queued);
        add(table, "srv_sess_rate", "new sessions on a server in the last second", ServerView::sessionRate);
        add(table, "srv_weight", "weight of a server in force", ServerView::effectiveWeight);
        add(table, "srv_iweight", "weight of a server as configured", ServerView::initialWeight);
        add(table, "srv_uweight", "weight of a server as last set", ServerView::userWeight);
    }

    private static void add(FetchTable table, String name, String description, ToLongFunction<ServerView> figure) {
        table.add(
                name,
                INTEGER,
                FROM_START,
                "server",
                description,
                (stream, args, out) -> out.integer(figure.applyAsLong(args.server(0))));
    }

    private static long freeSlots(ServerView server) {
        return server.connectionsMax() == 0 ? -1 : Math.max(0, server.connectionsMax() - server.connections());
    }
}
