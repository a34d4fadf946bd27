package dev.weir.cli.stat;

import static dev.weir.cli.stat.StatColumn.*;

import dev.weir.balance.Target;
import dev.weir.cli.stat.StatRow.Kind;
import dev.weir.server.ConnectionFigures;
import dev.weir.server.Server;
import dev.weir.server.ServerPool;
import dev.weir.server.ServerState;
import dev.weir.server.StatusText;
import dev.weir.server.check.AgentCheck;
import dev.weir.server.check.Check;
import dev.weir.server.check.script.CheckResult;
import dev.weir.stats.Latencies;
import dev.weir.stats.LatencyPhase;
import dev.weir.stats.LatencySnapshot;
import java.nio.charset.StandardCharsets;

/** Makes the row of a server. No state. */
final class ServerRow {
    /** Those of backends, too. */
    static final StatColumn[] COUNTERS = {
        STOT, BIN, BOUT, DRESP, ECON, ERESP, WRETR, WREDIS, LBTOT, CLI_ABRT, SRV_ABRT, CONNECT, REUSE, WREW, EINT
    };

    private static final long SECOND_NS = 1_000_000_000L;
    private static final long MS_NS = 1_000_000L;

    private ServerRow() {}

    static StatRow of(Server server, long nowNs) {
        ServerPool pool = server.pool();
        StatRow row = new StatRow(Kind.SERVER, pool.name(), pool.id(), server.name(), server.id(), server.latencies());
        limits(server, row);
        row.put(server.counters(), COUNTERS);
        row.put(STATUS, StatusText.of(server));
        row.put(WEIGHT, server.effectiveWeight()).put(UWEIGHT, server.userWeight());
        row.put(ACT, server.isBackup() ? 0 : 1).put(BCK, server.isBackup() ? 1 : 0);
        row.put(LASTCHG, (nowNs - server.lastChangeNs()) / SECOND_NS);
        row.put(LASTSESS, secondsSince(server.lastSessionNs(), nowNs));
        row.put(RATE, server.sessionRate()).put(RATE_MAX, server.rate().maximum(nowNs));
        if (server.state() == ServerState.STARTING && !server.isDraining()) {
            row.put(THROTTLE, throttle(server));
        }
        row.put(TRACKED, server.tracked() == null ? null : server.tracked().path());
        durations(server.latencies(), row);
        check(server, nowNs, row);
        agent(server, row);
        connections(server, row);
        row.put(ADDR, server.lacksAddress() ? null : server.addressText());
        row.put(COOKIE, server.cookie() == null ? null : new String(server.cookie(), StandardCharsets.ISO_8859_1));
        row.put(MODE, pool.mode());
        if (pool.mode().equals("http")) {
            row.put(server.counters(), REQ_TOT).put(server.counters(), HttpColumns.RESPONSES);
        }
        row.guid(server.settings().guid);
        return row;
    }

    /** Percent of its weight in slow start, with HAProxy's rounding, so that also a server of weight 1 shows it. */
    private static long throttle(Server server) {
        long weight = Math.max(1, server.userWeight());
        long sixteenths = Target.WEIGHT_SCALE * weight;
        return (100 * weight * server.warmth() + Target.WEIGHT_SCALE - 1) / sixteenths;
    }

    private static void limits(Server server, StatRow row) {
        row.put(QCUR, server.queued()).put(QMAX, server.queuedHighest());
        row.put(SCUR, server.connections()).put(SMAX, server.connectionsHighest());
        if (server.connectionsMax() > 0) {
            row.put(SLIM, server.connectionsMax());
        }
        if (server.queuedMax() > 0) {
            row.put(QLIMIT, server.queuedMax());
        }
    }

    /** In {@code mode tcp} no connection waits for another session. */
    private static void connections(Server server, StatRow row) {
        boolean isHttp = server.pool().mode().equals("http");
        ConnectionFigures figures = isHttp
                ? server.idle().figures()
                : new ConnectionFigures(0, 0, server.connections(), server.connectionsHighest());
        row.put(SRV_ICUR, figures.idle());
        if (server.settings().idleMax >= 0) {
            row.put(SRC_ILIM, server.settings().idleMax);
        }
        row.put(IDLE_CONN_CUR, figures.idleUnproven()).put(SAFE_CONN_CUR, figures.idleProven());
        row.put(USED_CONN_CUR, figures.used()).put(NEED_CONN_EST, figures.expected());
        row.put(SRID, 0);
    }

    static long secondsSince(long timeNs, long nowNs) {
        return timeNs == 0 ? -1 : (nowNs - timeNs) / SECOND_NS;
    }

    // ---- durations ----

    /** Averages and maxima; there is no response to wait for in {@code mode tcp}. */
    static void durations(Latencies latencies, StatRow row) {
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

    // ---- health ----

    private static void check(Server server, long nowNs, StatRow row) {
        Server observed = server.tracked() == null ? server : server.tracked();
        if (observed.settings().observe != null) {
            row.put(server.counters(), HANAFAIL);
        }
        if (!(server.health() instanceof Check check) || !check.isEnabled()) {
            return;
        }
        row.put(server.counters(), CHKFAIL, CHKDOWN).put(DOWNTIME, server.downNs(nowNs) / SECOND_NS);
        if (server.isInMaintenance()) {
            return; // the check pauses: what it found is over
        }
        CheckResult last = check.last();
        row.put(CHECK_STATUS, last.status().code())
                .put(CHECK_DESC, last.status().text());
        row.put(LAST_CHK, last.info() == null ? "" : last.info());
        row.put(CHECK_RISE, check.rise()).put(CHECK_FALL, check.fall()).put(CHECK_HEALTH, check.value());
        figures(last, row, CHECK_CODE, CHECK_DURATION);
    }

    private static void agent(Server server, StatRow row) {
        if (!(server.agent() instanceof AgentCheck agent) || !agent.isEnabled()) {
            return;
        }
        CheckResult last = agent.last();
        row.put(AGENT_STATUS, last.status().code())
                .put(AGENT_DESC, last.status().text());
        row.put(LAST_AGT, last.info() == null ? "" : last.info());
        row.put(AGENT_RISE, agent.rise()).put(AGENT_FALL, agent.fall()).put(AGENT_HEALTH, agent.value());
        figures(last, row, AGENT_CODE, AGENT_DURATION);
    }

    private static void figures(CheckResult last, StatRow row, StatColumn code, StatColumn duration) {
        if (last.status().hasCode()) {
            row.put(code, last.code());
        }
        if (last.durationMs() >= 0) {
            row.put(duration, last.durationMs());
        }
    }
}
