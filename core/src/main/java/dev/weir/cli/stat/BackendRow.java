package dev.weir.cli.stat;

import static dev.weir.cli.stat.StatColumn.*;

import dev.weir.cli.stat.StatRow.Kind;
import dev.weir.proxy.Backend;
import dev.weir.server.Server;
import dev.weir.server.ServerPool;
import dev.weir.server.ServerState;
import java.util.Arrays;

/** Makes the row of a backend. No state. */
final class BackendRow {
    private static final long SECOND_NS = 1_000_000_000L;

    private BackendRow() {}

    /** @param running the backend of the configuration in force, or null */
    static StatRow of(ServerPool pool, Backend running, long nowNs) {
        boolean isHttp = pool.mode().equals("http");
        StatRow row = new StatRow(Kind.BACKEND, pool.name(), pool.id(), "BACKEND", 0, pool.latencies());
        row.put(QCUR, pool.backendQueued()).put(QMAX, pool.backendQueuedHighest());
        row.put(SCUR, pool.connections()).put(SMAX, pool.connectionsHighest()).put(SLIM, pool.settings().fullConn);
        row.put(pool.counters(), ServerRow.COUNTERS).put(pool.counters(), DREQ, CHKDOWN);
        row.put(STATUS, pool.usableServers() > 0 || pool.serverCount() == 0 ? "UP" : "DOWN");
        row.serversUp(serversUp(pool), pool.serverCount());
        row.put(ACT, pool.activeServers()).put(BCK, pool.backupServers());
        row.put(WEIGHT, weights(pool, false)).put(UWEIGHT, weights(pool, true));
        row.put(RATE, pool.sessionRate()).put(RATE_MAX, pool.rate().maximum(nowNs));
        row.put(LASTCHG, (nowNs - pool.lastChangeNs()) / SECOND_NS);
        if (pool.serverCount() > 0) {
            row.put(DOWNTIME, pool.downNs(nowNs) / SECOND_NS);
        }
        row.put(LASTSESS, ServerRow.secondsSince(pool.lastSessionNs(), nowNs));
        ServerRow.durations(pool.latencies(), row);
        row.put(COOKIE, running == null || running.cookie == null ? null : running.cookie.name());
        row.put(MODE, pool.mode()).put(ALGO, pool.settings().balance.method().keyword());
        row.put(AGG_SERVER_STATUS, 0).put(AGG_SERVER_CHECK_STATUS, 0).put(AGG_CHECK_STATUS, 0); // of metrics alone
        if (isHttp) {
            row.put(pool.counters(), REQ_TOT).put(pool.counters(), HttpColumns.RESPONSES);
        }
        HttpColumns.absent(isHttp, row);
        row.guid(pool.settings().guid);
        return row;
    }

    private static long serversUp(ServerPool pool) {
        return Arrays.stream(pool.servers())
                .filter(server -> server.state() != ServerState.STOPPED && !server.isInMaintenance())
                .count();
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
}
