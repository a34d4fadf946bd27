package dev.weir.proxy;

import dev.weir.bridge.transport.Connection;
import dev.weir.bridge.transport.ConnectionHandler;
import dev.weir.bridge.transport.Endpoint;
import dev.weir.bridge.transport.SocketName;
import dev.weir.listen.AdmissionGate;
import dev.weir.stats.Counter;
import dev.weir.stats.Counters;
import dev.weir.stream.ListenerView;

/**
 * What a bind address leads to. It outlives configurations: a reload gives it the frontend of the new one, for connections
 * that come from then on. Any thread.
 */
public final class BindListener implements ListenerView, ConnectionHandler {
    /** From here on anybody may use a port. */
    private static final int UNPRIVILEGED_PORTS = 1024;

    private final LoopContext[] contexts;
    private final AdmissionGate gate = new AdmissionGate(0);
    private final Endpoint endpoint;
    private volatile SocketName name = new SocketName();
    private volatile Role role;
    /** Null without {@code option socket-stats}. */
    private volatile Counters counters;

    /**
     * What the configuration says of it.
     *
     * @param label for people, empty for none
     * @param guid empty for none
     */
    public record Role(Frontend frontend, String name, int id, String label, String guid, boolean acceptsProxy) {}

    BindListener(LoopContext[] contexts, Endpoint endpoint, Role role) {
        this.contexts = contexts;
        this.endpoint = endpoint;
        role(role);
    }

    /** Gives it its place in a configuration; what it has counted stays. One thread at a time. */
    final void role(Role role) {
        if (!role.frontend().keepsListenerCounters) {
            counters = null;
        } else if (counters == null) {
            counters = new Counters(contexts.length);
        }
        this.role = role;
    }

    /** Where it leads to now. */
    public Frontend frontend() {
        return role.frontend();
    }

    /** {@code label} of the bind line, empty for none. */
    public String label() {
        return role.label();
    }

    /** Its name in a {@code stats-file}, empty for none. */
    public String guid() {
        return role.guid();
    }

    /** Where it was told to listen. */
    public Endpoint endpoint() {
        return endpoint;
    }

    /** Where it listens in fact; not to be changed. */
    public SocketName socketName() {
        return name;
    }

    void opened(SocketName name) {
        this.name = new SocketName().copyFrom(name);
    }

    // ---- what it counts ----

    /** Null if it counts nothing: {@code option socket-stats} is not set. */
    public Counters counters() {
        return counters;
    }

    /** On the loop of that index. */
    public void add(int loopIndex, Counter counter, long amount) {
        Counters kept = counters;
        if (kept != null) {
            kept.add(loopIndex, counter, amount);
        }
    }

    boolean acceptsProxy() {
        return role.acceptsProxy();
    }

    /** {@code maxconn} of the bind line. */
    public AdmissionGate gate() {
        return gate;
    }

    @Override
    public void handle(Connection client) {
        LoopContext context = contexts[client.loop().index()];
        if (context.process.rejectsPrivilegedPorts() && isFromPrivilegedPort(client)) {
            return; // it is closed, and nobody counts or logs it
        }
        Frontend frontend = role.frontend();
        context.takeSession(frontend).run(client, this, frontend);
    }

    private static boolean isFromPrivilegedPort(Connection client) {
        SocketName peer = new SocketName();
        client.peerName(peer);
        boolean isInet = peer.family() == SocketName.Family.IPV4 || peer.family() == SocketName.Family.IPV6;
        return isInet && peer.port() > 0 && peer.port() < UNPRIVILEGED_PORTS;
    }

    @Override
    public String name() {
        return role.name();
    }

    @Override
    public int id() {
        return role.id();
    }

    @Override
    public int connections() {
        return gate.inside();
    }

    @Override
    public boolean isTls() {
        return false;
    }
}
