package dev.weir.proxy;

import dev.weir.sample.Scratch;
import dev.weir.server.HeaderFields;
import dev.weir.server.ProxyFields;
import dev.weir.server.Server;
import dev.weir.stream.Stream;
import org.agrona.MutableDirectBuffer;

/**
 * What one session adds to PROXY headers. Its stream knows the server from then on. Thread: the session's.
 *
 * @param refresh brings the stream up to date: it may have waited since anybody looked
 */
public record SessionFields(Backend backend, Stream stream, Scratch scratch, Runnable refresh) implements HeaderFields {
    @Override
    public int write(Server server, MutableDirectBuffer header, int end, int bytesMax) {
        ProxyFields fields = backend.proxyFields.get(server.name());
        if (fields == null) {
            return end;
        }
        stream.server(server);
        refresh.run();
        return fields.write(stream, scratch, header, end, bytesMax);
    }
}
