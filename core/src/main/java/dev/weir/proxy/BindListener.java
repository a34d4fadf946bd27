package dev.weir.proxy;

import dev.weir.bridge.transport.Connection;
import dev.weir.bridge.transport.ConnectionHandler;
import dev.weir.listen.AdmissionGate;
import dev.weir.stream.ListenerView;

/**
 * What a bind address leads to. It outlives configurations: a reload gives it the frontend of the new one, for connections
 * that come from then on. Any thread.
 */
public final class BindListener implements ListenerView, ConnectionHandler {
    private final LoopContext[] contexts;
    private final AdmissionGate gate = new AdmissionGate(0);
    private volatile Role role;

    /** What the configuration says of it. */
    public record Role(Frontend frontend, String name, int id, boolean acceptsProxy) {}

    BindListener(LoopContext[] contexts, Role role) {
        this.contexts = contexts;
        this.role = role;
    }

    void role(Role role) {
        this.role = role;
    }

    boolean acceptsProxy() {
        return role.acceptsProxy();
    }

    /** {@code maxconn} of the bind line. */
    AdmissionGate gate() {
        return gate;
    }

    @Override
    public void handle(Connection client) {
        Frontend frontend = role.frontend();
        contexts[client.loop().index()].takeSession(frontend).run(client, this, frontend);
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
