package dev.weir.server;

import dev.weir.balance.BalanceAlgorithm;
import dev.weir.stats.Counter;
import dev.weir.stats.Counters;
import dev.weir.stream.Cause;
import java.util.ArrayList;
import java.util.List;

/** One change of a server's state: what it was before, who lost the place in a queue by it, and the tail of its message. */
final class StateChange {
    final Server server;
    ServerState before;
    /** It took new sessions before. */
    boolean wasServing;

    private final ServerPool pool;
    private boolean hadUsable;
    private boolean tookTheLast;
    private final List<Place> displaced = new ArrayList<>();
    private int requeued;

    StateChange(ServerPool pool, Server server) {
        this.pool = pool;
        this.server = server;
    }

    void lock() {
        pool.dispatcher.lock.lock();
        before = server.state;
        wasServing = server.isAvailable();
        hadUsable = pool.dispatcher.algorithm().hasUsable();
    }

    void unlock() {
        boolean hasUsable = pool.dispatcher.algorithm().hasUsable();
        tookTheLast = hadUsable && !hasUsable;
        if (tookTheLast) {
            pool.counters().increment(Counters.SHARED, Counter.CHECK_DOWNS);
        }
        if (hadUsable != hasUsable) {
            pool.usabilityChanged(hasUsable);
        }
        pool.dispatcher.lock.unlock();
    }

    // ---- under the lock ----

    void to(ServerState state, long nowNs) {
        boolean wasUp = before != ServerState.STOPPED;
        if (wasUp && state == ServerState.STOPPED) {
            server.counters().increment(Counters.SHARED, Counter.CHECK_DOWNS);
        }
        if (state == ServerState.STOPPED) {
            server.uncheckedHealth = Server.UNCHECKED_DOWN;
        }
        server.state = state;
        server.downtime.changed(wasUp, nowNs);
        pool.dispatcher.algorithm().update(server);
    }

    /** The server takes nothing more: its queue moves, what waits for requests goes, and its sessions end if so configured. */
    void empty() {
        requeue();
        server.idle().closeAll();
        if (server.settings().isShutdownOnDown) {
            kill(server, Cause.SERVER_DOWN);
        }
    }

    /** Those who wait for the server choose again if they may; those who wait for the backend do if no server is left. */
    void requeue() {
        PoolSettings settings = pool.settings();
        boolean mayMove = settings.redispatchInterval != 0 && !settings.isPersistent;
        if (server.isInMaintenance() || mayMove) {
            requeued = pool.dispatcher.displaceQueue(server, displaced);
        }
        if (!pool.dispatcher.algorithm().hasUsable()) {
            pool.dispatcher.displaceBackendQueue(displaced);
        }
    }

    static void kill(Server server, Cause cause) {
        for (Place place = server.places.first(); place != null; place = place.next) {
            place.session.kill(cause);
        }
    }

    // ---- after it ----

    void wakeDisplaced() {
        displaced.forEach(Place::wake);
    }

    int displaced() {
        return requeued;
    }

    /** How HAProxy ends the message of a server that goes. */
    String left() {
        return servers() + " left." + onBackup() + " " + server.connections() + " sessions active, " + requeued
                + " requeued, " + server.queued() + " remaining in queue.";
    }

    /** How HAProxy ends the message of a server that comes. */
    String online(int taken) {
        return servers() + " online." + onBackup() + " " + taken + " sessions requeued, " + server.queued()
                + " total in queue.";
    }

    void reportLackOfServers(HealthEvents events) {
        if (tookTheLast) {
            events.reportLackOfServers(pool.settings().kind, pool.name());
        }
    }

    private String servers() {
        return ". " + pool.activeServers() + " active and " + pool.backupServers() + " backup servers";
    }

    private String onBackup() {
        BalanceAlgorithm algorithm = pool.dispatcher.algorithm();
        return algorithm.activeCount() == 0 && algorithm.backupCount() > 0 ? " Running on backup." : "";
    }
}
