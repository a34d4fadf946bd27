package dev.weir.sample.fetch;

import static dev.weir.sample.Availability.FROM_ACCEPT;
import static dev.weir.sample.Availability.FROM_START;
import static dev.weir.sample.SampleType.INTEGER;
import static dev.weir.sample.SampleType.STRING;

import dev.weir.sample.FetchFamily;
import dev.weir.sample.FetchTable;

/** What can be asked about frontends and listeners. */
final class FrontendFetches implements FetchFamily {
    @Override
    public void describe(FetchTable table) {
        table.add(
                "fe_name",
                STRING,
                FROM_ACCEPT,
                "name of the frontend",
                (stream, args, out) -> out.string(stream.frontend().name()));
        table.add(
                "fe_id",
                INTEGER,
                FROM_ACCEPT,
                "number of the frontend",
                (stream, args, out) -> out.integer(stream.frontend().id()));
        table.add(
                "fe_defbe",
                STRING,
                FROM_ACCEPT,
                "name of the frontend's default backend",
                (stream, args, out) -> out.string(stream.frontend().defaultBackendName()));
        table.add(
                "fe_client_timeout",
                INTEGER,
                FROM_ACCEPT,
                "the frontend's timeout client in ms",
                (stream, args, out) -> out.integer(stream.frontend().clientTimeoutMs()));
        table.add(
                "fe_conn",
                INTEGER,
                FROM_START,
                "frontend",
                "connections of a frontend",
                (stream, args, out) -> out.integer(args.frontend(0).connections()));
        table.add(
                "fe_sess_rate",
                INTEGER,
                FROM_START,
                "frontend",
                "new sessions of a frontend in the last second",
                (stream, args, out) -> out.integer(args.frontend(0).sessionRate()));
        table.add(
                "fe_req_rate",
                INTEGER,
                FROM_START,
                "frontend",
                "HTTP requests of a frontend in the last second",
                (stream, args, out) -> out.integer(args.frontend(0).requestRate()));
        describeListener(table);
    }

    private static void describeListener(FetchTable table) {
        table.add(
                "so_id",
                INTEGER,
                FROM_ACCEPT,
                "number of the listener",
                (stream, args, out) -> stream.listener() != null
                        && out.integer(stream.listener().id()));
        table.add(
                "so_name",
                STRING,
                FROM_ACCEPT,
                "name of the listener",
                (stream, args, out) -> stream.listener() != null
                        && stream.listener().name() != null
                        && out.string(stream.listener().name()));
        table.add(
                "dst_conn",
                INTEGER,
                FROM_ACCEPT,
                "connections of the listener",
                (stream, args, out) -> stream.listener() != null
                        && out.integer(stream.listener().connections()));
    }
}
