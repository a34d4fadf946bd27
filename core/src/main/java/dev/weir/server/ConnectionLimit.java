package dev.weir.server;

/** How many sessions a server may have at a time ({@code maxconn}, {@code minconn}, {@code fullconn}). Any thread. */
final class ConnectionLimit {
    private static final int NO_OVERRIDE = -1;

    private final Server server;
    private volatile int atRunTime = NO_OVERRIDE;

    ConnectionLimit(Server server) {
        this.server = server;
    }

    /** {@code set maxconn server}: 0 is no limit. */
    void override(int connectionsMax) {
        atRunTime = connectionsMax;
    }

    /** The configuration says something new. */
    void forgetOverride() {
        atRunTime = NO_OVERRIDE;
    }

    /** What it never exceeds; 0 for no limit. */
    int upper() {
        int limit = atRunTime;
        return limit >= 0 ? limit : server.settings().upperLimit();
    }

    /** The limit that holds now: between {@code minconn} and {@code maxconn} by the backend's load, less during slow start. */
    int now() {
        ServerSettings settings = server.settings();
        ServerPool pool = server.pool();
        int upper = upper();
        int limit = upper;
        int fullConn = pool.settings().fullConn;
        int load = pool.connections();
        if (settings.lowerLimit() != upper && load < fullConn) {
            limit = Math.max(settings.lowerLimit(), (int) ((long) load * upper / fullConn));
        }
        boolean isWarming = server.state == ServerState.STARTING;
        return isWarming ? Math.max(1, limit * SlowStart.percent(server, pool.nowNs()) / 100) : limit;
    }
}
