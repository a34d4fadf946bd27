package dev.weir.server;

import dev.weir.stats.Counter;
import dev.weir.stats.DepartedTotals;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * All pools by name of their backend: what survives a reload. Thread: configurations are put in force one at a time; anyone
 * looks up.
 */
public final class ServerPools {
    private final Map<String, ServerPool> pools = new ConcurrentHashMap<>();
    private final ServerEnvironment environment;
    /** Guarded by this, together with who leaves. */
    private final DepartedTotals<ServerPool> departed = new DepartedTotals<>(
            pool -> pool.connections() > 0, List.of(pool -> pool.counters().lifetime(Counter.BYTES_IN)));

    public ServerPools(ServerEnvironment environment) {
        this.environment = environment;
    }

    /**
     * Puts the backends of a configuration in force, as the last step of a reload that can no longer fail: pools of the same
     * name live on with new settings. Pools that are gone keep the sessions they have, and are forgotten.
     */
    public void apply(Collection<PoolSettings> backends) {
        for (PoolSettings settings : backends) {
            ServerPool known = pools.get(settings.name);
            if (known == null) {
                pools.put(settings.name, new ServerPool(settings, environment));
            } else {
                known.apply(settings);
            }
        }
        Set<String> wanted = backends.stream().map(settings -> settings.name).collect(Collectors.toSet());
        forgetAllBut(wanted);
        for (ServerPool pool : pools.values()) {
            resolveTracking(pool);
        }
    }

    private synchronized void forgetAllBut(Set<String> wanted) {
        departed.depart(pools.values().stream()
                .filter(pool -> !wanted.contains(pool.name()))
                .toList());
        pools.keySet().retainAll(wanted);
    }

    /** Bytes that went to servers since the process began, also to those of pools that are gone. */
    public synchronized long bytesToServers() {
        return departed.total(0, pools.values());
    }

    /** Null if there is none. */
    public ServerPool pool(String name) {
        return pools.get(name);
    }

    public Collection<ServerPool> all() {
        return pools.values();
    }

    private void resolveTracking(ServerPool pool) {
        for (Server server : pool.servers()) {
            resolveTracking(server);
        }
    }

    /** Has a server follow the one that its settings name. */
    public void resolveTracking(Server server) {
        ServerSettings settings = server.settings();
        ServerPool leader = settings.trackedBackend == null ? null : pools.get(settings.trackedBackend);
        Server tracked = leader == null ? null : leader.server(settings.trackedServer);
        if (tracked != server.tracked()) {
            server.track(tracked);
            server.pool().control().followAtStart(server);
        }
    }
}
