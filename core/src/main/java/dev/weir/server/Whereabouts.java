package dev.weir.server;

import dev.weir.bridge.transport.Endpoint;
import dev.weir.bridge.transport.SocketName;

/**
 * Where a server is: what its line says, unless the runtime API or its name has said otherwise since. One thread changes it at a time;
 * anyone reads.
 */
final class Whereabouts {
    private volatile Endpoint configured;
    private volatile Endpoint.Inet movedTo;
    private volatile boolean isNowhere;
    private volatile String host;
    private volatile SocketName address;

    Whereabouts(ServerSettings settings) {
        begin(settings);
    }

    private void begin(ServerSettings settings) {
        configured = settings.endpoint;
        movedTo = null;
        isNowhere = settings.lacksAddress;
        host = settings.naming == null ? null : settings.naming.host();
        address = addressOf(settings.endpoint);
    }

    /** Takes over new settings. What a name led to at run time is newer than what it led to when the file was read. */
    void adopt(ServerSettings fresh, ServerSettings before) {
        if (!fresh.leavesWhere(before)) {
            begin(fresh);
        }
    }

    /** Null: the address that the client connected to, or nowhere. */
    Endpoint endpoint() {
        Endpoint moved = movedTo;
        return moved != null ? moved : isNowhere ? null : configured;
    }

    boolean isNowhere() {
        return isNowhere;
    }

    String host() {
        return host;
    }

    SocketName address() {
        return address;
    }

    void moveTo(Endpoint.Inet endpoint) {
        movedTo = endpoint;
        address = addressOf(endpoint);
        isNowhere = false;
    }

    void lose() {
        isNowhere = true;
        movedTo = null;
        address = new SocketName();
    }

    /** @param newHost null if an SRV record has to give it one first */
    void rename(String newHost) {
        host = newHost;
    }

    private static SocketName addressOf(Endpoint endpoint) {
        SocketName name = new SocketName();
        if (endpoint instanceof Endpoint.Inet inet) {
            name.inet(inet.address(), inet.port());
        }
        return name;
    }
}
