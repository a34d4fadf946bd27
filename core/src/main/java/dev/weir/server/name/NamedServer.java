package dev.weir.server.name;

import dev.weir.bridge.transport.Endpoint;
import dev.weir.resolver.AddressPreference;
import dev.weir.resolver.AddressUser;
import dev.weir.resolver.NameServer;
import dev.weir.resolver.Requester;
import dev.weir.resolver.Resolution;
import dev.weir.resolver.ResolvedRecord;
import dev.weir.resolver.Resolver;
import dev.weir.resolver.ResolverCounter;
import dev.weir.server.AdminFlags;
import dev.weir.server.NameControl;
import dev.weir.server.Server;
import java.net.InetAddress;

/**
 * Keeps one server where its name says that it is. Servers of a backend that have the same name get an address each. Thread: the
 * resolvers'.
 */
final class NamedServer implements Requester {
    private final Server server;
    private final NameControl control;
    private final AddressPreference preference;
    private final AddressUser use;
    /** Of an SRV record, 0 for the one of the configuration. */
    private int port;

    private Resolver resolver;
    /** Null if it asks nobody. */
    private Resolution resolution;

    NamedServer(Server server) {
        this.server = server;
        this.control = server.pool().names();
        this.preference = server.settings().naming.preference();
        this.use = new AddressUser(server.pool());
    }

    Server server() {
        return server;
    }

    // ---- asking ----

    void ask(Resolver of, String host) {
        stop();
        resolver = of;
        resolution = of.link(host, Resolver.Kind.of(preference), this);
    }

    boolean asks() {
        return resolution != null;
    }

    void stop() {
        use.release();
        if (resolution != null) {
            resolver.unlink(resolution, this);
            resolution = null;
        }
    }

    void port(int newPort) {
        port = newPort;
    }

    /** Whether the server is at that port now. */
    boolean isAt(int otherPort) {
        return server.endpoint() instanceof Endpoint.Inet inet && inet.port() == otherPort;
    }

    private int port() {
        return port != 0 ? port : server.settings().port;
    }

    // ---- Requester ----

    @Override
    public void resolved(Resolution resolution, NameServer from) {
        InetAddress current = server.endpoint() instanceof Endpoint.Inet inet ? inet.address() : null;
        InetAddress chosen = resolution.choose(preference, current, use);
        if (chosen == null) {
            lose("No IP for server ");
            return;
        }
        if (from != null && !chosen.equals(current)) {
            from.counters().increment(ResolverCounter.UPDATE);
        }
        control.move(server, chosen, port(current), from == null ? "DNS cache" : from.path());
        control.found(server);
    }

    /** One that was given by the runtime API stays. */
    private int port(InetAddress current) {
        boolean isKnown = port == 0 && current != null;
        return isKnown && server.endpoint() instanceof Endpoint.Inet inet ? inet.port() : port();
    }

    @Override
    public boolean failed(Resolution resolution) {
        if (isLost() || !resolution.isPastHold()) {
            return true;
        }
        lose(
                switch (resolution.status()) {
                    case NX -> "DNS NX status";
                    case TIMEOUT -> "DNS timeout status";
                    case REFUSED -> "DNS refused status";
                    case NONE, VALID, INVALID, OTHER -> "unspecified DNS error";
                });
        return false;
    }

    @Override
    public void vanished(ResolvedRecord record) {
        // choosing again is a matter of the answer that did not name it
    }

    @Override
    public void retired() {
        use.release();
        resolution = null;
    }

    private boolean isLost() {
        return (server.adminFlags() & AdminFlags.RESOLUTION_MAINTENANCE) != 0;
    }

    void lose(String why) {
        use.release();
        if (!isLost()) {
            control.lose(server, why);
        }
    }
}
