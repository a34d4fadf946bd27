package dev.weir.cli;

import dev.weir.bridge.transport.Connection;
import dev.weir.bridge.transport.ConnectionHandler;
import dev.weir.bridge.transport.EventLoop;
import dev.weir.bridge.transport.Listener;
import dev.weir.bridge.transport.Transport;
import dev.weir.bridge.transport.TransportException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The sockets of the runtime API. They outlive configurations: a reload keeps those whose address stays. Thread: the one that boots
 * and reloads; connections run on the transport's last loop.
 */
public final class CliServer implements AutoCloseable {
    private final EventLoop loop;
    private final CommandRunner runner;
    private final AtomicInteger connections = new AtomicInteger();
    private final Map<String, OpenSocket> open = new HashMap<>();
    private volatile CliSettings settings = new CliSettings(List.of(), 0, 0);

    public CliServer(Transport transport, CommandTable commands) {
        this.loop = transport.loop(transport.loopCount() - 1);
        this.runner = new CommandRunner(commands);
    }

    private final class OpenSocket implements ConnectionHandler {
        private final String text;
        private volatile Level level;
        private Listener listener;

        OpenSocket(CliSettings.Socket socket) {
            this.text = socket.text();
            this.level = socket.level();
        }

        @Override
        public void handle(Connection client) {
            CliSettings now = settings;
            if (connections.incrementAndGet() > now.connectionsMax()) {
                client.close();
            } else {
                new CliConnection(client, new CliState(text, level, now.idleMs()), runner).run();
            }
            connections.decrementAndGet();
        }
    }

    /**
     * Opens what is new and closes what is gone.
     *
     * @throws TransportException with a message for the operator; what was open before stays so
     */
    public void apply(CliSettings wanted) throws TransportException {
        Map<String, OpenSocket> next = new LinkedHashMap<>();
        for (CliSettings.Socket socket : wanted.sockets()) {
            OpenSocket known = open.get(socket.text());
            next.put(socket.text(), known != null ? known : listen(socket, next));
        }
        for (CliSettings.Socket socket : wanted.sockets()) {
            next.get(socket.text()).level = socket.level();
        }
        settings = wanted;
        open.values().stream().filter(socket -> !next.containsValue(socket)).forEach(socket -> socket.listener.close());
        open.clear();
        open.putAll(next);
    }

    private OpenSocket listen(CliSettings.Socket socket, Map<String, OpenSocket> opened) throws TransportException {
        OpenSocket fresh = new OpenSocket(socket);
        try {
            fresh.listener = loop.listen(socket.options(), fresh);
            return fresh;
        } catch (TransportException e) {
            opened.values().stream()
                    .filter(other -> !open.containsValue(other))
                    .forEach(other -> other.listener.close());
            throw new TransportException("stats socket " + socket.text() + ": " + e.getMessage(), e.errno());
        }
    }

    public CliSettings settings() {
        return settings;
    }

    @Override
    public void close() {
        open.values().forEach(socket -> socket.listener.close());
        open.clear();
    }
}
