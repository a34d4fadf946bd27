package dev.weir.server.check;

import dev.weir.bridge.transport.EventLoop;
import dev.weir.bridge.transport.Transport;
import dev.weir.server.HealthEvents;
import dev.weir.server.Server;
import dev.weir.server.ServerHealth;
import dev.weir.server.ServerPool;
import dev.weir.server.check.script.CheckScript;
import dev.weir.stream.ProcessView;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * All checks of the process, spread over the loops and over time. Thread: configurations are put in force one at a time.
 */
public final class HealthChecks {
    /** Intervals that are shorter do not decide how the others are spread. */
    private static final int SPREAD_THRESHOLD_MS = 1000;

    private final Transport transport;
    private final HealthEvents events;
    private final ProcessView process;
    private final Map<Server, Check> checks = new IdentityHashMap<>();
    private final Map<Server, AgentCheck> agents = new IdentityHashMap<>();
    private int loopTurn;

    /** A server and one of the two ways to ask about it. */
    private record Subject(Server server, boolean isAgent) {}

    public HealthChecks(Transport transport, HealthEvents events, ProcessView process) {
        this.transport = transport;
        this.events = events;
        this.process = process;
    }

    /** Whether nobody says that it is down. */
    static boolean isUp(ServerHealth health) {
        return health == null || health.isUp();
    }

    /** Puts the checks of a configuration in force, with nothing to do before those that begin. */
    public void apply(
            Collection<ServerPool> pools,
            Function<ServerPool, CheckScript> scripts,
            int spreadPercent,
            int spreadMaxMs) {
        apply(pools, scripts, spreadPercent, spreadMaxMs, () -> {});
    }

    /**
     * Puts the checks of a configuration in force: servers that are checked already go on as they are, others begin, and those
     * that are gone end.
     *
     * @param scripts what is done to check a server of a pool
     * @param spreadPercent {@code spread-checks}
     * @param spreadMaxMs {@code max-spread-checks}, 0 for no limit
     * @param beforeStart runs when the servers know their checks, and none of those that begin has run
     */
    public void apply(
            Collection<ServerPool> pools,
            Function<ServerPool, CheckScript> scripts,
            int spreadPercent,
            int spreadMaxMs,
            Runnable beforeStart) {
        List<Subject> subjects = subjects(pools);
        stopOthers(subjects);
        List<RecordedHealth> all = new ArrayList<>();
        for (Subject subject : subjects) {
            Server server = subject.server;
            all.add(
                    subject.isAgent
                            ? applyAgent(server, spreadPercent)
                            : applyCheck(server, scripts.apply(server.pool()), spreadPercent));
        }
        beforeStart.run();
        start(all, spreadMaxMs);
    }

    /** The first checks of all servers are spread over the shortest interval, or over the server's own if that is longer. */
    private static void start(List<RecordedHealth> all, int spreadMaxMs) {
        int shortestMs = shortestInterval(all);
        for (int i = 0; i < all.size(); i++) {
            RecordedHealth one = all.get(i);
            long rangeMs = Math.max(shortestMs, one.intervalMs());
            one.start((spreadMaxMs > 0 ? Math.min(rangeMs, spreadMaxMs) : rangeMs) * i / all.size());
        }
    }

    /** Ends all checks. */
    public void stop() {
        stopOthers(List.of());
    }

    private static List<Subject> subjects(Collection<ServerPool> pools) {
        List<Subject> subjects = new ArrayList<>();
        List<ServerPool> inOrder = new ArrayList<>(pools);
        inOrder.sort(Comparator.comparingInt(ServerPool::id));
        for (ServerPool pool : inOrder) {
            for (Server server : pool.servers()) {
                if (server.settings().check != null) {
                    subjects.add(new Subject(server, false));
                }
                if (server.settings().agent != null) {
                    subjects.add(new Subject(server, true));
                }
            }
        }
        return subjects;
    }

    /** Begins the checks of a server that was added at run time; they are disabled. While the configuration is not being changed. */
    public void add(Server server, CheckScript script, int spreadPercent) {
        if (server.settings().check != null) {
            applyCheck(server, script, spreadPercent).start(0);
        }
        if (server.settings().agent != null) {
            applyAgent(server, spreadPercent).start(0);
        }
    }

    /** Ends the checks of a server. While the configuration is not being changed. */
    public void remove(Server server) {
        Check check = checks.remove(server);
        if (check != null) {
            check.stop();
            server.health(null);
        }
        AgentCheck agent = agents.remove(server);
        if (agent != null) {
            agent.stop();
            server.agent(null);
        }
    }

    /** Makes a check unless there is one. */
    private Check applyCheck(Server server, CheckScript script, int spreadPercent) {
        Check known = checks.get(server);
        if (known != null) {
            known.adopt(script);
            return known;
        }
        Check check = new Check(server, nextLoop(), events, process, script, spreadPercent);
        checks.put(server, check);
        server.health(check);
        return check;
    }

    private AgentCheck applyAgent(Server server, int spreadPercent) {
        AgentCheck known = agents.get(server);
        if (known != null) {
            known.adopt();
            return known;
        }
        AgentCheck agent = new AgentCheck(server, nextLoop(), events, process, spreadPercent);
        agents.put(server, agent);
        server.agent(agent);
        return agent;
    }

    private EventLoop nextLoop() {
        return transport.loop(loopTurn++ % transport.loopCount());
    }

    private void stopOthers(List<Subject> subjects) {
        Set<Server> checked = new HashSet<>();
        Set<Server> asked = new HashSet<>();
        for (Subject subject : subjects) {
            (subject.isAgent ? asked : checked).add(subject.server);
        }
        checks.entrySet().removeIf(entry -> {
            boolean isGone = !checked.contains(entry.getKey());
            if (isGone) {
                entry.getValue().stop();
                entry.getKey().health(null);
            }
            return isGone;
        });
        agents.entrySet().removeIf(entry -> {
            boolean isGone = !asked.contains(entry.getKey());
            if (isGone) {
                entry.getValue().stop();
                entry.getKey().agent(null);
            }
            return isGone;
        });
    }

    private static int shortestInterval(List<RecordedHealth> all) {
        return all.stream()
                .mapToInt(RecordedHealth::intervalMs)
                .filter(intervalMs -> intervalMs >= SPREAD_THRESHOLD_MS)
                .min()
                .orElse(0);
    }
}
