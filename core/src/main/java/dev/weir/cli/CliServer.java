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
import dev.weir.listen.SharedListener;
import dev.weir.listen.TakenSockets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

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
    private volatile CliSettings settings = new CliSettings(List.of(), 0, 0, 0);
    private volatile int anonymityKey;

    /**
     * @param masterCommands what a socket of {@code -S} takes without a prefix
     * @param listeners all that a new process may take; asked by the command's thread
     */
    public CliServer(
            Transport transport,
            CommandTable commands,
            CommandTable masterCommands,
            Supplier<List<SharedListener>> listeners) {
        this.loop = transport.loop(transport.loopCount() - 1);
        this.runner = new CommandRunner(commands, masterCommands, listeners);
    }

    private final class OpenSocket implements ConnectionHandler {
        private volatile CliSettings.Socket settings;
        private HeldListener listener;
        private boolean isStarted;

        OpenSocket(CliSettings.Socket socket) {
            this.settings = socket;
        }

        @Override
        public void handle(Connection client) {
            gate.enter(loop);
            try {
                var state = new CliState(settings, CliServer.this.settings.idleMs());
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
     * Opens what is new and closes what is gone. What is new takes connections only after {@link #start}.
     *
     * @param taken sockets of a process that ran before, used instead of new ones
     * @throws TransportException with a message for the operator; what was open before stays so
     */
    public void apply(CliSettings wanted, TakenSockets taken) throws TransportException {
        Map<String, OpenSocket> next = new LinkedHashMap<>();
        for (CliSettings.Socket socket : wanted.sockets()) {
            OpenSocket known = open.get(socket.text());
            next.put(socket.text(), known != null ? known : listen(socket, next, taken));
        }
        for (CliSettings.Socket socket : wanted.sockets()) {
            next.get(socket.text()).settings = socket;
        }
        settings = wanted;
        anonymityKey = wanted.anonymityKey();
        gate.limit(wanted.connectionsMax());
        open.values().stream().filter(socket -> !next.containsValue(socket)).forEach(OpenSocket::close);
        open.clear();
        open.putAll(next);
    }

    private OpenSocket listen(CliSettings.Socket socket, Map<String, OpenSocket> opened, TakenSockets taken)
            throws TransportException {
        OpenSocket fresh = new OpenSocket(socket);
        try {
            Listener listener =
                    taken.listen(List.of(loop), socket.options(), fresh).getFirst();
            listener.pause();
            fresh.listener = new HeldListener(listener);
            gate.guard(fresh.listener);
            return fresh;
        } catch (TransportException e) {
            opened.values().stream().filter(other -> !open.containsValue(other)).forEach(OpenSocket::close);
            throw new TransportException("stats socket " + socket.text() + ": " + e.getMessage(), e.errno());
        }
    }

    /** What is open takes connections, and commands. */
    public void start() {
        for (OpenSocket socket : open.values()) {
            if (!socket.isStarted) {
                socket.isStarted = true;
                socket.listener.start();
            }
        }
    }

    /** The sockets that a new process may take. */
    public List<SharedListener> listeners() {
        return open.values().stream()
                .filter(socket -> !socket.settings.isMaster())
                .map(socket -> SharedListener.of(socket.listener.listener(), ""))
                .toList();
    }

    public CliSettings settings() {
        return settings;
    }

    /** What hides names for those who give no key of their own: unsigned, 0 for none. */
    public int anonymityKey() {
        return anonymityKey;
    }

    /** Another one, until the next reload. */
    public void anonymityKey(int key) {
        anonymityKey = key;
    }

    @Override
    public void close() {
        open.values().forEach(OpenSocket::close);
        open.clear();
    }
}
