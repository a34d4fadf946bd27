package dev.weir.sample.fetch;

import static dev.weir.sample.Availability.FROM_BACKEND;
import static dev.weir.sample.Availability.FROM_START;
import static dev.weir.sample.SampleType.INTEGER;
import static dev.weir.sample.SampleType.STRING;

import dev.weir.sample.FetchFamily;
import dev.weir.sample.FetchTable;
import dev.weir.sample.Sample;
import dev.weir.stream.BackendView;
import dev.weir.stream.FrontendView;
import dev.weir.stream.ServerView;
import dev.weir.stream.Stream;
import java.util.function.ToLongFunction;

/** What can be asked about backends: the stream's own, and any by name. */
final class BackendFetches implements FetchFamily {
    @Override
    public void describe(FetchTable table) {
        describeOwn(table);
        add(table, "be_conn", "sessions of a backend", BackendView::connections);
        add(table, "be_sess_rate", "new sessions of a backend in the last second", BackendView::sessionRate);
        add(table, "nbsrv", "usable servers of a backend", BackendView::usableServers);
        add(table, "queue", "sessions that wait in a backend, its servers' queues included", BackendView::totalQueued);
        add(table, "avg_queue", "waiting sessions of a backend per usable server", BackendFetches::averageQueue);
        add(
                table,
                "connslots",
                "free slots and queue places of a backend, -1 if one of its servers has no limit",
                BackendFetches::slots);
        add(
                table,
                "be_conn_free",
                "free slots of a backend's usable servers, -1 if one has no limit",
                BackendFetches::freeSlots);
    }

    private static void describeOwn(FetchTable table) {
        table.add(
                "be_name",
                STRING,
                FROM_BACKEND,
                "name of the backend, before one is chosen of the frontend",
                (stream, args, out) -> name(stream, out));
        own(
                table,
                "be_id",
                "number of the backend, before one is chosen of the frontend",
                BackendView::id,
                FrontendView::id);
        own(table, "be_connect_timeout", "the backend's timeout connect in ms", BackendView::connectTimeoutMs);
        own(table, "be_queue_timeout", "the backend's timeout queue in ms", BackendView::queueTimeoutMs);
        own(table, "be_server_timeout", "the backend's timeout server in ms", BackendView::serverTimeoutMs);
        own(table, "be_tunnel_timeout", "the backend's timeout tunnel in ms", BackendView::tunnelTimeoutMs);
        own(table, "be_max_retries", "the backend's retries", BackendView::retriesMax);
    }

    private static boolean name(Stream stream, Sample out) {
        if (stream.backend() != null) {
            return out.string(stream.backend().name());
        }
        return stream.frontend() != null && out.string(stream.frontend().name());
    }

    /** A frontend has none of a backend's settings. */
    private static void own(FetchTable table, String name, String description, ToLongFunction<BackendView> figure) {
        own(table, name, description, figure, frontend -> 0);
    }

    private static void own(
            FetchTable table,
            String name,
            String description,
            ToLongFunction<BackendView> figure,
            ToLongFunction<FrontendView> ofFrontend) {
        table.add(name, INTEGER, FROM_BACKEND, description, (stream, args, out) -> {
            if (stream.backend() != null) {
                return out.integer(figure.applyAsLong(stream.backend()));
            }
            return stream.frontend() != null && out.integer(ofFrontend.applyAsLong(stream.frontend()));
        });
    }

    private static void add(FetchTable table, String name, String description, ToLongFunction<BackendView> figure) {
        table.add(
                name,
                INTEGER,
                FROM_START,
                "backend",
                description,
                (stream, args, out) -> out.integer(figure.applyAsLong(args.backend(0))));
    }

    private static long averageQueue(BackendView backend) {
        int servers = backend.usableServers();
        int queued = backend.totalQueued();
        return servers > 0 ? (queued + servers - 1) / servers : queued * 2L;
    }

    private static long slots(BackendView backend) {
        long slots = 0;
        for (ServerView server : backend.servers()) {
            if (!server.isUp()) {
                continue;
            }
            if (server.connectionsMax() == 0 || server.queuedMax() == 0) {
                return -1;
            }
            slots += server.connectionsMax() - server.connections() + server.queuedMax() - server.queued();
        }
        return slots;
    }

    private static long freeSlots(BackendView backend) {
        boolean hasActive = false;
        for (ServerView server : backend.servers()) {
            hasActive |= server.isUp() && !server.isBackup();
        }
        long free = 0;
        for (ServerView server : backend.servers()) {
            if (!server.isUp() || server.isBackup() && hasActive) {
                continue;
            }
            if (server.connectionsMax() == 0) {
                return -1;
            }
            free += Math.max(0, server.connectionsMax() - server.connections());
        }
        return free;
    }
}
