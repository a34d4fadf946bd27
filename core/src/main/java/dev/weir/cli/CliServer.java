package dev.weir.cli;

import dev.weir.bridge.transport.Connection;
import dev.weir.bridge.transport.ConnectionHandler;
import dev.weir.bridge.transport.EventLoop;
import dev.weir.bridge.transport.Listener;
import dev.weir.bridge.transport.Transport;
import dev.weir.bridge.transport.TransportException;
import dev.weir.clock.Clock;
import dev.weir.listen.AdmissionGate;
import dev.weir.listen.HeldListener;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The sockets of the runtime API. They outlive configurations: a reload keeps those whose address stays. Thread: the one that boots
 * and reloads; connections run on the transport's last loop.
 */
public final class CliServer implements AutoCloseable {
    private final EventLoop loop;
    private final long startNs = Clock.SYSTEM.nanoTime();
    private final CommandRunner runner;
    /** {@code stats maxconn}: who comes while as many are served waits, in the kernel's backlog at last. */
    private final AdmissionGate gate = new AdmissionGate(0);

    private final Map<String, OpenSocket> open = new HashMap<>();
    private volatile CliSettings settings = new CliSettings(List.of(), 0, 0);

    /** @param masterCommands what a socket of {@code -S} takes without a prefix */
    public CliServer(Transport transport, CommandTable commands, CommandTable masterCommands) {
        this.loop = transport.loop(transport.loopCount() - 1);
        this.runner = new CommandRunner(commands, masterCommands);
    }

    private final class OpenSocket implements ConnectionHandler {
        private final String text;
        private final boolean isMaster;
        private volatile Level level;
        private HeldListener listener;

        OpenSocket(CliSettings.Socket socket) {
            this.text = socket.text();
            this.isMaster = socket.isMaster();
            this.level = socket.level();
        }

        @Override
        public void handle(Connection client) {
            gate.enter(loop);
            try {
                var state = new CliState(text, isMaster, level, settings.idleMs());
                new CliConnection(client, state, runner, startNs).run();
            } finally {
                gate.leave();
            }
        }

        private void close() {
            gate.forget(listener);
            listener.listener().close();
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
        gate.limit(wanted.connectionsMax());
        open.values().stream().filter(socket -> !next.containsValue(socket)).forEach(OpenSocket::close);
        open.clear();
        open.putAll(next);
    }

    private OpenSocket listen(CliSettings.Socket socket, Map<String, OpenSocket> opened) throws TransportException {
        OpenSocket fresh = new OpenSocket(socket);
        try {
            Listener listener = loop.listen(socket.options(), fresh);
            listener.pause();
            fresh.listener = new HeldListener(listener);
            gate.guard(fresh.listener);
            fresh.listener.start();
            return fresh;
        } catch (TransportException e) {
            opened.values().stream().filter(other -> !open.containsValue(other)).forEach(OpenSocket::close);
            throw new TransportException("stats socket " + socket.text() + ": " + e.getMessage(), e.errno());
        }
    }

    public CliSettings settings() {
        return settings;
    }

    @Override
    public void close() {
        open.values().forEach(OpenSocket::close);
        open.clear();
    }
}
