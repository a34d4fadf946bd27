package dev.weir.server;

import dev.weir.balance.Target;

/** How far a server that came up has warmed up ({@code slowstart}). Times count in whole seconds, rounded up. Pure. */
final class SlowStart {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long MS_NS = 1_000_000L;

    private SlowStart() {}

    static boolean isConfigured(Server server) {
        return server.settings().slowStartMs > 0;
    }

    /** Sixteenths of the weight, 1 to 16. */
    static int warmth(Server server, long nowNs) {
        long seconds = seconds(server);
        long elapsed = elapsedSeconds(server, nowNs);
        return Math.clamp((Target.WEIGHT_SCALE * elapsed + seconds) / seconds, 1, Target.WEIGHT_SCALE);
    }

    /** Percent of {@code maxconn}. */
    static int percent(Server server, long nowNs) {
        return isOver(server, nowNs) ? 100 : (int) (100 * elapsedSeconds(server, nowNs) / seconds(server));
    }

    static boolean isOver(Server server, long nowNs) {
        return !isConfigured(server) || elapsedSeconds(server, nowNs) >= seconds(server);
    }

    /** When to look again. */
    static long stepNs(Server server) {
        return Math.max(SECOND_NS, server.settings().slowStartMs / 20 * MS_NS);
    }

    private static long seconds(Server server) {
        return (server.settings().slowStartMs + 999L) / 1000;
    }

    private static long elapsedSeconds(Server server, long nowNs) {
        return Math.max(0, nowNs - server.lastChangeNs()) / SECOND_NS;
    }
}
