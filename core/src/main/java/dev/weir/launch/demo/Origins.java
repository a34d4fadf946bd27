package dev.weir.launch.demo;

import dev.weir.bridge.transport.Transport;
import dev.weir.bridge.transport.TransportException;
import dev.weir.bridge.transport.TransportOptions;
import dev.weir.bridge.transport.Transports;
import java.util.ArrayList;
import java.util.List;

/** The demo's servers, on a loop of their own. Thread: one that is not that loop. */
final class Origins implements AutoCloseable {
    private final Transport transport;
    private final List<Origin> origins = new ArrayList<>();

    /** Starts {@code origin-1} and so on. */
    Origins(int count) throws TransportException {
        TransportOptions options = new TransportOptions();
        options.connectionsMax = 4096;
        options.buffersMax = 1024;
        boolean isNio = System.getProperty("weir.transport", "").equals("nio");
        transport = Transports.open(isNio ? Transports.Choice.NIO : Transports.Choice.BEST, options);
        try {
            for (int i = 1; i <= count; i++) {
                Origin origin = new Origin("origin-" + i, transport.loop(0));
                origin.start();
                origins.add(origin);
            }
        } catch (TransportException e) {
            transport.close();
            throw e;
        }
    }

    List<Origin> all() {
        return origins;
    }

    Transport transport() {
        return transport;
    }

    @Override
    public void close() {
        for (Origin origin : origins) {
            if (origin.isRunning()) {
                origin.stop();
            }
        }
        transport.close();
    }
}
