package dev.weir.bench.origin;

import dev.weir.bridge.transport.Endpoint;
import dev.weir.bridge.transport.ListenOptions;
import dev.weir.bridge.transport.Transport;
import dev.weir.bridge.transport.TransportException;
import dev.weir.bridge.transport.TransportOptions;
import dev.weir.bridge.transport.Transports;
import java.net.InetAddress;
import java.nio.file.Path;

/** The origin on a port of loopback, all its loops listening. */
public final class Origin implements AutoCloseable {
    private static final int BACKLOG = 4096;

    private final Transport transport;
    private final int port;

    /**
     * @param port 0 lets the kernel choose; then there is one loop
     * @param countersFile is created
     */
    public Origin(int port, int loops, Path countersFile) throws TransportException {
        var options = new TransportOptions();
        options.loops = loops;
        transport = Transports.open(Transports.Choice.BEST, options);
        OriginCounters counters = OriginCounters.create(countersFile, loops);
        int listening = port;
        for (int loop = 0; loop < loops; loop++) {
            listening = listen(loop, listening, counters);
        }
        this.port = listening;
    }

    private int listen(int loop, int wantedPort, OriginCounters counters) throws TransportException {
        var options = new ListenOptions(new Endpoint.Inet(InetAddress.getLoopbackAddress(), wantedPort));
        options.backlog = BACKLOG;
        options.reusePort = transport.loopCount() > 1;
        return transport
                .loop(loop)
                .listen(options, client -> new OriginSession(client, counters).run())
                .name()
                .port();
    }

    public int port() {
        return port;
    }

    public String transport() {
        return transport.description();
    }

    @Override
    public void close() {
        transport.close();
    }
}
