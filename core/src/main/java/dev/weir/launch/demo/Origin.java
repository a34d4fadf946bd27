package dev.weir.launch.demo;

import dev.weir.bridge.transport.Connection;
import dev.weir.bridge.transport.ConnectionFailure;
import dev.weir.bridge.transport.Endpoint;
import dev.weir.bridge.transport.EventLoop;
import dev.weir.bridge.transport.ListenOptions;
import dev.weir.bridge.transport.Listener;
import dev.weir.bridge.transport.TransportException;
import java.net.InetAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A server to balance over: it answers each HTTP request with its name, its port and how many it has answered. It can be
 * stopped, which ends its connections too, and started again on the same port.
 *
 * <p>Threads: {@link #start} and {@link #stop} from any that is not the loop's; requests on virtual threads of the loop.
 */
final class Origin {
    private static final long IDLE_NS = 60_000_000_000L;

    private final String name;
    private final EventLoop loop;
    private final AtomicLong requests = new AtomicLong();
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private volatile int port;
    private Listener listener;

    Origin(String name, EventLoop loop) {
        this.name = name;
        this.loop = loop;
    }

    String name() {
        return name;
    }

    /** The port; 0 before the first start. */
    int port() {
        return port;
    }

    long requests() {
        return requests.get();
    }

    synchronized boolean isRunning() {
        return listener != null;
    }

    /** @throws TransportException if somebody took the port while the origin was stopped */
    synchronized void start() throws TransportException {
        var options = new ListenOptions(new Endpoint.Inet(InetAddress.getLoopbackAddress(), port));
        options.reusePort = false;
        listener = loop.listen(options, this::serve);
        port = listener.name().port();
    }

    synchronized void stop() {
        listener.close();
        listener = null;
        connections.forEach(Connection::kill);
    }

    private void serve(Connection client) {
        connections.add(client);
        try {
            boolean isOpen = true;
            while (isOpen) {
                isOpen = exchange(client);
            }
        } catch (ConnectionFailure e) {
            client.reset(); // the peer left, was silent too long, or the origin was stopped
        } finally {
            connections.remove(client);
        }
    }

    /** One request and its answer; false when the connection ends. */
    private boolean exchange(Connection client) throws ConnectionFailure {
        int headBytes;
        while ((headBytes = RequestHead.length(client.input(), client.available())) < 0) {
            if (client.inputEnded() || client.available() >= client.inputBytesMax()) {
                return false; // a health check, or no request at all
            }
            client.receive(loop.nanoTime() + IDLE_NS);
        }
        RequestHead head = RequestHead.of(client.input(), headBytes);
        client.consume(headBytes);
        byte[] answer = head.answer(name, port, requests.incrementAndGet());
        client.send(new UnsafeBuffer(answer), 0, answer.length, loop.nanoTime() + IDLE_NS);
        return head.isKeepAlive();
    }
}
