package dev.weir.server;

import dev.weir.balance.Target;
import dev.weir.bridge.transport.Endpoint;
import dev.weir.bridge.transport.SocketName;
import dev.weir.stream.BackendView;
import dev.weir.stream.ServerView;
import java.nio.charset.StandardCharsets;

/**
 * Who a server is and where: what the configuration, its name and the operator say of it. Changed under its pool's lock or by the
 * resolvers' thread; anyone reads.
 */
abstract class ServerIdentity implements Target, ServerView {
    private final ServerPool pool;
    private final String name;
    private final byte[] nameBytes;
    private final Whereabouts whereabouts;
    private volatile ServerSettings settings;
    private volatile byte[] cookie;

    ServerIdentity(ServerPool pool, ServerSettings settings) {
        this.pool = pool;
        this.name = settings.name;
        this.nameBytes = name.getBytes(StandardCharsets.UTF_8);
        this.settings = settings;
        this.whereabouts = new Whereabouts(settings);
    }

    @Override
    public final String name() {
        return name;
    }

    /** The name for messages; not to be changed. */
    public final byte[] nameBytes() {
        return nameBytes;
    }

    @Override
    public final int id() {
        return settings.id;
    }

    @Override
    public final BackendView backend() {
        return pool;
    }

    public final ServerPool pool() {
        return pool;
    }

    /** {@code backend/server}, as messages write it. */
    public final String path() {
        return pool.name() + "/" + name;
    }

    @Override
    public final String toString() {
        return path();
    }

    // ---- settings ----

    /** Of the configuration in force. */
    public final ServerSettings settings() {
        return settings;
    }

    final void settings(ServerSettings fresh) {
        settings = fresh;
    }

    @Override
    public final boolean isSticky() {
        return !settings.isNonStick;
    }

    @Override
    public final boolean isBackup() {
        return settings.isBackup;
    }

    @Override
    public final int initialWeight() {
        return settings.weight;
    }

    @Override
    public final int queuedMax() {
        return settings.maxQueue;
    }

    // ---- where it is ----

    final Whereabouts whereabouts() {
        return whereabouts;
    }

    /** Where it is now; null: the address that the client connected to, or nowhere ({@link #lacksAddress}). */
    public final Endpoint endpoint() {
        return whereabouts.endpoint();
    }

    /** Whether its name leads nowhere now. */
    public final boolean lacksAddress() {
        return whereabouts.isNowhere();
    }

    /** The name that stands for its address; null if it has none, or an SRV record has to give it one first. */
    public final String host() {
        return whereabouts.host();
    }

    /** Its name is another one, or null: it waits for one. On the resolvers' thread. */
    final void rename(String host) {
        whereabouts.rename(host);
    }

    /** Whether it has that IPv4 address and port. */
    public final boolean isAt(int ipv4Address, int port) {
        SocketName at = whereabouts.address();
        return at.family() == SocketName.Family.IPV4 && (int) at.low() == ipv4Address && at.port() == port;
    }

    /** Its address; NONE for a UNIX socket or for the address that the client connected to. */
    public final SocketName address() {
        return whereabouts.address();
    }

    /** Where it is: {@code 10.0.0.1:80}, {@code [::1]:80}, a path; empty where its name leads nowhere. */
    public final String addressText() {
        if (endpoint() instanceof Endpoint.Inet inet) {
            return AddressText.withPort(address(), inet.port());
        }
        return lacksAddress() ? "" : "" + endpoint();
    }

    @Override
    public final int ringSeed() {
        return settings.hashKey.seed(settings.id, address());
    }

    /** Value of its persistence cookie, or null; not to be written to. */
    public final byte[] cookie() {
        return cookie;
    }

    final void renewCookie() {
        byte[] own = settings.cookie;
        cookie = own != null ? own : pool.dynamicCookies().of(endpoint());
    }
}
