package dev.weir.sample.convert;

import static dev.weir.sample.SampleType.BOOLEAN;
import static dev.weir.sample.SampleType.INTEGER;
import static dev.weir.sample.SampleType.STRING;

import dev.weir.sample.ConverterFamily;
import dev.weir.sample.ConverterTable;
import dev.weir.sample.Sample;
import dev.weir.stream.BackendView;
import dev.weir.stream.ServerView;
import dev.weir.stream.Stream;

/** Names of backends and servers to what is known about them. Looking up a computed name allocates its string. */
final class ProxyConverters implements ConverterFamily {
    @Override
    public void describe(ConverterTable table) {
        table.add("nbsrv", STRING, INTEGER, "usable servers of the backend of that name", (stream, args, sample) -> {
            BackendView backend = backend(stream, text(sample));
            return backend != null && sample.integer(backend.usableServers());
        });
        table.add(
                "srv_is_up",
                STRING,
                BOOLEAN,
                "whether the server of that name (backend/server) is up",
                (stream, args, sample) -> {
                    ServerView server = server(stream, text(sample));
                    return server != null && sample.bool(server.isUp());
                });
        table.add(
                "srv_queue",
                STRING,
                INTEGER,
                "sessions that wait for the server of that name",
                (stream, args, sample) -> {
                    ServerView server = server(stream, text(sample));
                    return server != null && sample.integer(server.queued());
                });
        table.add(
                "fe_exists",
                STRING,
                BOOLEAN,
                "whether there is a frontend of that name",
                (stream, args, sample) -> sample.bool(stream.process().frontend(text(sample)) != null));
    }

    private static String text(Sample sample) {
        return sample.bytes().getStringWithoutLengthUtf8(0, sample.length());
    }

    private static BackendView backend(Stream stream, String name) {
        return stream.process().backend(name);
    }

    /** A name without a slash is one of the stream's own backend. */
    private static ServerView server(Stream stream, String name) {
        int slash = name.lastIndexOf('/');
        BackendView backend = slash < 0 ? stream.backend() : backend(stream, name.substring(0, slash));
        return backend == null ? null : backend.server(name.substring(slash + 1));
    }
}
