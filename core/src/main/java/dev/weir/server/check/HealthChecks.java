package dev.weir.server.check;

import dev.weir.bridge.transport.EventLoop;
import dev.weir.bridge.transport.Transport;
import dev.weir.server.CheckSettings;
import dev.weir.server.HealthEvents;
import dev.weir.server.Server;
import dev.weir.server.ServerPool;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All checks of the process, spread over the loops and over time. Thread: configurations are put in force one at a time.
 */
public final class HealthChecks {
    /** Checks with a shorter interval start at once and do not decide how the others are spread. */
    private static final int SPREAD_THRESHOLD_MS = 1000;

    private final Transport transport;
    private final HealthEvents events;
    private final Map<Server, Check> checks = new IdentityHashMap<>();
    private int loopTurn;

    public HealthChecks(Transport transport, HealthEvents events) {
        this.transport = transport;
        this.events = events;
    }

    /**
     * Puts the checks of a configuration in force: servers that are checked already go on as they are, others begin, and those
     * that are gone end.
     *
     * @param spreadPercent {@code spread-checks}
     * @param spreadMaxMs {@code max-spread-checks}, 0 for no limit
     */
    public void apply(Collection<ServerPool> pools, int spreadPercent, int spreadMaxMs) {
        List<Server> checked = checkedServers(pools);
        stopOthers(new HashSet<>(checked));
        int shortestMs = shortestInterval(checked);
        for (int i = 0; i < checked.size(); i++) {
            Server server = checked.get(i);
            Check known = checks.get(server);
            if (known != null) {
                known.adopt();
            } else {
                begin(server, spreadPercent, delayMs(server, shortestMs, spreadMaxMs, i, checked.size()));
            }
        }
    }

    /** Ends all checks. */
    public void stop() {
        stopOthers(Set.of());
    }

    /** Null for a server without checks. */
    public Check check(Server server) {
        return checks.get(server);
    }

    private void begin(Server server, int spreadPercent, long delayMs) {
        EventLoop loop = transport.loop(loopTurn++ % transport.loopCount());
        Check check = new Check(server, loop, events, new ConnectProbe(), spreadPercent);
        checks.put(server, check);
        server.health(check);
        check.start(delayMs);
    }

    private static List<Server> checkedServers(Collection<ServerPool> pools) {
        List<Server> checked = new ArrayList<>();
        for (ServerPool pool : pools) {
            for (int i = 0; i < pool.serverCount(); i++) {
                if (pool.server(i).settings().check != null) {
                    checked.add(pool.server(i));
                }
            }
        }
        return checked;
    }

    private void stopOthers(Set<Server> wanted) {
        checks.entrySet().removeIf(entry -> {
            if (wanted.contains(entry.getKey())) {
                return false;
            }
            entry.getValue().stop();
            entry.getKey().health(null);
            return true;
        });
    }

    private static int shortestInterval(List<Server> checked) {
        int shortestMs = 0;
        for (Server server : checked) {
            int interMs = firstInterval(server);
            if (interMs >= SPREAD_THRESHOLD_MS && (shortestMs == 0 || interMs < shortestMs)) {
                shortestMs = interMs;
            }
        }
        return shortestMs;
    }

    /** The first checks of all servers are spread over the shortest interval, or over the server's own if that is longer. */
    private static long delayMs(Server server, int shortestMs, int spreadMaxMs, int position, int count) {
        long rangeMs = Math.max(shortestMs, firstInterval(server));
        if (spreadMaxMs > 0) {
            rangeMs = Math.min(rangeMs, spreadMaxMs);
        }
        return rangeMs * position / count;
    }

    /** At start health is in between, so {@code fastinter} holds. */
    private static int firstInterval(Server server) {
        CheckSettings check = server.settings().check;
        return check.fastInterMs > 0 ? check.fastInterMs : check.interMs;
    }
}
