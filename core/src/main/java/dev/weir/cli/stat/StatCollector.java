package dev.weir.cli.stat;

import static dev.weir.cli.stat.StatColumn.*;

import dev.weir.cli.stat.StatRow.Kind;
import dev.weir.proxy.Backend;
import dev.weir.proxy.BindListener;
import dev.weir.proxy.Frontend;
import dev.weir.proxy.FrontendState;
import dev.weir.proxy.ProxyProcess;
import dev.weir.server.Server;
import dev.weir.server.ServerPool;
import dev.weir.server.ServerState;
import dev.weir.server.StatusText;
import dev.weir.server.check.AgentCheck;
import dev.weir.server.check.Check;
import dev.weir.stats.Counters;
import dev.weir.stats.Latencies;
import dev.weir.stats.LatencyPhase;
import dev.weir.stats.LatencySnapshot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Makes the rows of all proxies from what runs, in the order of the configuration. Any thread; stops nobody. */
public final class StatCollector {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long MS_NS = 1_000_000L;
    private static final StatColumn[] FRONTEND_COUNTERS = {
        STOT,
        BIN,
        BOUT,
        DREQ,
        DRESP,
        EREQ,
        CONN_TOT,
        DCON,
        DSES,
        WREW,
        EINT,
        HRSP_1XX,
        HRSP_2XX,
        HRSP_3XX,
        HRSP_4XX,
        HRSP_5XX,
        HRSP_OTHER,
        REQ_TOT,
        INTERCEPTED
    };
    private static final StatColumn[] SERVER_COUNTERS = {
        STOT,
        BIN,
        BOUT,
        DRESP,
        ECON,
        ERESP,
        WRETR,
        WREDIS,
        LBTOT,
        CLI_ABRT,
        SRV_ABRT,
        CONNECT,
        REUSE,
        WREW,
        EINT,
        HRSP_1XX,
        HRSP_2XX,
        HRSP_3XX,
        HRSP_4XX,
        HRSP_5XX,
        HRSP_OTHER,
        REQ_TOT
    };

    private final ProxyProcess process;

    public StatCollector(ProxyProcess process) {
        this.process = process;
    }

    /** All rows. */
    public List<StatRow> rows() {
        List<StatRow> rows = new ArrayList<>();
        for (Proxy proxy : proxies()) {
            if (proxy.frontend != null) {
                rows.add(frontend(proxy.frontend));
                addListeners(proxy.frontend, rows);
            }
            if (proxy.pool != null) {
                for (Server server : proxy.pool.servers()) {
                    rows.add(server(server));
                }
                rows.add(backend(proxy.pool));
            }
        }
        return rows;
    }

    private record Proxy(int id, Frontend frontend, ServerPool pool) {}

    private List<Proxy> proxies() {
        List<Proxy> proxies = new ArrayList<>();
        for (Frontend frontend : process.frontends().values()) {
            ServerPool own = process.pools().pool(frontend.name());
            proxies.add(new Proxy(frontend.id(), frontend, own != null && own.id() == frontend.id() ? own : null));
        }
        for (ServerPool pool : process.pools().all()) {
            Frontend same = process.frontends().get(pool.name());
            if (same == null || same.id() != pool.id()) {
                proxies.add(new Proxy(pool.id(), null, pool));
            }
        }
        proxies.sort(Comparator.comparingInt(Proxy::id));
        return proxies;
    }

    private long nowNs() {
        return process.clock().nanoTime();
    }

    // ---- frontends ----

    private StatRow frontend(Frontend frontend) {
        FrontendState state = frontend.state();
        StatRow row = new StatRow(Kind.FRONTEND, frontend.name(), frontend.id(), "FRONTEND", 0, state.latencies());
        row.put(SCUR, state.gate().inside())
                .put(SMAX, state.gate().highest())
                .put(SLIM, state.gate().limit());
        row.put(state.counters(), FRONTEND_COUNTERS);
        row.put(STATUS, status(state));
        row.put(RATE, state.sessionRate().perSecond(nowNs()));
        row.put(RATE_LIM, frontend.sessionRateLimit == null ? 0 : frontend.sessionRateLimit.perSecondMax());
        row.put(RATE_MAX, state.sessionRate().maximum(nowNs()));
        row.put(CONN_RATE, state.connectionRate().perSecond(nowNs()));
        row.put(CONN_RATE_MAX, state.connectionRate().maximum(nowNs()));
        row.put(REQ_RATE, frontend.requestRate())
                .put(REQ_RATE_MAX, state.requestRate().maximum(nowNs()));
        if (frontend.isHttp) {
            row.put(H1SESS, row.number(STOT)).put(H1REQ, row.number(REQ_TOT));
        } else {
            row.put(SESS_OTHER, row.number(STOT));
        }
        row.put(MODE, frontend.mode());
        row.guid(frontend.guid);
        return row;
    }

    /** Those that count for themselves. */
    private void addListeners(Frontend frontend, List<StatRow> rows) {
        for (BindListener listener : process.listeners()) {
            Counters counters = listener.counters();
            if (counters != null && listener.frontend().id() == frontend.id()) {
                rows.add(ListenerRow.of(listener, counters, process));
            }
        }
    }

    private String status(FrontendState state) {
        return process.hasStopped() || state.isShutDown() ? "STOP" : state.isDisabled() ? "PAUSED" : "OPEN";
    }

    // ---- backends and servers ----

    private StatRow backend(ServerPool pool) {
        StatRow row = new StatRow(Kind.BACKEND, pool.name(), pool.id(), "BACKEND", 0, pool.latencies());
        row.put(QCUR, pool.totalQueued()).put(QMAX, pool.backendQueuedHighest());
        row.put(SCUR, pool.connections()).put(SMAX, pool.connectionsHighest()).put(SLIM, pool.settings().fullConn);
        row.put(pool.counters(), SERVER_COUNTERS).put(pool.counters(), DREQ, CHKDOWN);
        row.put(STATUS, pool.usableServers() > 0 || pool.serverCount() == 0 ? "UP" : "DOWN");
        row.put(ACT, pool.activeServers()).put(BCK, pool.backupServers());
        row.put(WEIGHT, weights(pool, false)).put(UWEIGHT, weights(pool, true));
        row.put(RATE, pool.sessionRate()).put(RATE_MAX, pool.rate().maximum(nowNs()));
        row.put(LASTCHG, (nowNs() - pool.lastChangeNs()) / SECOND_NS);
        row.put(DOWNTIME, pool.downNs(nowNs()) / SECOND_NS);
        row.put(LASTSESS, secondsSince(pool.lastSessionNs()));
        durations(pool.latencies(), row);
        Backend backend = process.runningBackend(pool.name());
        row.put(COOKIE, backend == null || backend.cookie == null ? null : backend.cookie.name());
        row.put(MODE, pool.mode()).put(ALGO, pool.settings().balance.method().keyword());
        row.guid(pool.settings().guid);
        return row;
    }

    private long secondsSince(long timeNs) {
        return timeNs == 0 ? -1 : (nowNs() - timeNs) / SECOND_NS;
    }

    private static long weights(ServerPool pool, boolean isUser) {
        long sum = 0;
        for (Server server : pool.servers()) {
            if (server.isAvailable() && server.isBackup() == (pool.activeServers() == 0)) {
                sum += isUser ? server.userWeight() : server.effectiveWeight();
            }
        }
        return sum;
    }

    private StatRow server(Server server) {
        ServerPool pool = server.pool();
        StatRow row = new StatRow(Kind.SERVER, pool.name(), pool.id(), server.name(), server.id(), server.latencies());
        row.put(QCUR, server.queued()).put(QMAX, server.queuedHighest());
        row.put(SCUR, server.connections()).put(SMAX, server.connectionsHighest());
        if (server.connectionsMax() > 0) {
            row.put(SLIM, server.connectionsMax());
        }
        if (server.queuedMax() > 0) {
            row.put(QLIMIT, server.queuedMax());
        }
        row.put(server.counters(), SERVER_COUNTERS);
        row.put(STATUS, StatusText.of(server));
        row.put(WEIGHT, server.effectiveWeight()).put(UWEIGHT, server.userWeight());
        row.put(ACT, server.isBackup() ? 0 : 1).put(BCK, server.isBackup() ? 1 : 0);
        row.put(LASTCHG, (nowNs() - server.lastChangeNs()) / SECOND_NS);
        row.put(LASTSESS, secondsSince(server.lastSessionNs()));
        row.put(RATE, server.sessionRate()).put(RATE_MAX, server.rate().maximum(nowNs()));
        if (server.state() == ServerState.STARTING && !server.isDraining()) {
            row.put(THROTTLE, server.effectiveWeight() * 100L / Math.max(1, server.userWeight()));
        }
        row.put(TRACKED, server.tracked() == null ? null : server.tracked().path());
        durations(server.latencies(), row);
        checks(server, row);
        agent(server, row);
        row.put(ADDR, server.addressText());
        row.put(COOKIE, server.cookie() == null ? null : text(server.cookie()));
        row.put(MODE, pool.mode());
        row.put(SRV_ICUR, server.idle().count());
        if (server.settings().idleMax >= 0) {
            row.put(SRC_ILIM, server.settings().idleMax);
        }
        row.guid(server.settings().guid);
        return row;
    }

    /** Averages and maxima; there is no response to wait for in {@code mode tcp}. */
    private static void durations(Latencies latencies, StatRow row) {
        duration(latencies, LatencyPhase.QUEUE, row, QTIME, QTIME_MAX);
        duration(latencies, LatencyPhase.CONNECT, row, CTIME, CTIME_MAX);
        duration(latencies, LatencyPhase.RESPONSE, row, RTIME, RTIME_MAX);
        duration(latencies, LatencyPhase.TOTAL, row, TTIME, TTIME_MAX);
    }

    private static void duration(
            Latencies latencies, LatencyPhase phase, StatRow row, StatColumn average, StatColumn maximum) {
        LatencySnapshot snapshot = latencies.snapshot(phase);
        row.put(average, snapshot.recentMeanNs() / MS_NS).put(maximum, snapshot.maximumNs() / MS_NS);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    private void checks(Server server, StatRow row) {
        if (server.health() == null && server.tracked() == null) {
            return;
        }
        row.put(server.counters(), CHKDOWN).put(DOWNTIME, server.downNs(nowNs()) / SECOND_NS);
        if (server.health() instanceof Check check) {
            row.put(server.counters(), CHKFAIL, HANAFAIL);
        }
        if (server.health() instanceof Check check && !server.isInMaintenance()) {
            row.put(CHECK_STATUS, check.last().status().code())
                    .put(CHECK_DESC, check.last().status().text());
            row.put(LAST_CHK, check.last().info() == null ? "" : check.last().info());
            row.put(CHECK_RISE, check.rise()).put(CHECK_FALL, check.fall()).put(CHECK_HEALTH, check.value());
            if (check.last().durationMs() >= 0) {
                row.put(CHECK_DURATION, check.last().durationMs());
            }
            if (check.last().status().hasCode()) {
                row.put(CHECK_CODE, check.last().code());
            }
        }
    }

    private static void agent(Server server, StatRow row) {
        if (!(server.agent() instanceof AgentCheck agent) || !agent.isEnabled()) {
            return;
        }
        var last = agent.last();
        row.put(AGENT_STATUS, last.status().code())
                .put(AGENT_DESC, last.status().text());
        row.put(LAST_AGT, last.info() == null ? "" : last.info());
        row.put(AGENT_RISE, agent.rise()).put(AGENT_FALL, agent.fall()).put(AGENT_HEALTH, agent.value());
        if (last.durationMs() >= 0) {
            row.put(AGENT_DURATION, last.durationMs());
        }
        if (last.status().hasCode()) {
            row.put(AGENT_CODE, last.code());
        }
    }

    /** {@code clear counters}: highest values; with {@code all}, counters as well. */
    public void clear(boolean all) {
        for (Frontend frontend : process.frontends().values()) {
            FrontendState state = frontend.state();
            state.gate().clearHighest();
            state.sessionRate().clearMaximum();
            state.connectionRate().clearMaximum();
            state.requestRate().clearMaximum();
            state.latencies().clear(all);
            clear(state.counters(), all);
        }
        for (BindListener listener : process.listeners()) {
            listener.gate().clearHighest();
            clear(listener.counters(), all);
        }
        for (ServerPool pool : process.pools().all()) {
            pool.clearHighest();
            pool.latencies().clear(all);
            clear(pool.counters(), all);
            for (Server server : pool.servers()) {
                server.clearHighest();
                server.latencies().clear(all);
                clear(server.counters(), all);
            }
        }
        process.gate().clearHighest();
        process.connectionRate().clearMaximum();
        process.newSessionRate().clearMaximum();
    }

    private static void clear(Counters counters, boolean all) {
        if (all && counters != null) {
            counters.clear();
        }
    }
}
