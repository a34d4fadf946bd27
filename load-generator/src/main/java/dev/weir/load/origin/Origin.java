package dev.weir.load.origin;

import dev.weir.bridge.transport.Connection;
import dev.weir.bridge.transport.ConnectionFailure;
import dev.weir.bridge.transport.Endpoint;
import dev.weir.bridge.transport.EventLoop;
import dev.weir.bridge.transport.ListenOptions;
import dev.weir.bridge.transport.Listener;
import dev.weir.bridge.transport.Transport;
import dev.weir.bridge.transport.TransportException;
import dev.weir.bridge.transport.TransportOptions;
import dev.weir.bridge.transport.Transports;
import dev.weir.load.plan.Job;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** A running origin. Thread: the one that made it. */
public final class Origin implements AutoCloseable {
    private static final int BACKLOG = 4096;

    private final OriginOptions options;
    private final Transport transport;
    private final AtomicLong firstNs = new AtomicLong();
    private final List<Waiter> waiters = new ArrayList<>();
    private final List<Listener> listeners = new ArrayList<>();

    /** Starts its loops; {@link #serve} gives them something to do. */
    public Origin(OriginOptions options, Consumer<String> log) throws TransportException {
        this.options = options;
        TransportOptions wished = new TransportOptions();
        wished.loops = options.loops;
        wished.cpuMasks = options.cpuMasks;
        wished.log = log;
        transport = Transports.open(options.transport, wished);
        for (int i = 0; i < transport.loopCount(); i++) {
            waiters.add(waiter(transport.loop(i)));
        }
    }

    private Waiter waiter(EventLoop loop) {
        CompletableFuture<Waiter> made = new CompletableFuture<>();
        loop.execute(() -> made.complete(new Waiter(loop, options, firstNs)));
        return made.join();
    }

    /**
     * Listens on all loops.
     *
     * @param job what clients will ask for; null is HTTP
     * @return the port
     */
    public int serve(Endpoint.Inet endpoint, Job job) throws TransportException {
        int port = endpoint.port();
        for (int i = 0; i < transport.loopCount(); i++) {
            Service service =
                    job == null ? new HttpService(options, waiters.get(i)) : new TcpService(job, waiters.get(i));
            ListenOptions wished = new ListenOptions(new Endpoint.Inet(endpoint.address(), port));
            wished.backlog = BACKLOG;
            Listener listener = transport.loop(i).listen(wished, client -> serve(client, service));
            listeners.add(listener);
            port = listener.name().port();
        }
        return port;
    }

    /** Clients come and go as they like: how they go is not the origin's business. */
    private static void serve(Connection client, Service service) {
        try {
            service.serve(client);
        } catch (ConnectionFailure failure) {
            client.reset();
        }
    }

    public String description() {
        return transport.description();
    }

    @Override
    public void close() {
        listeners.forEach(Listener::close);
        transport.close();
    }
}
