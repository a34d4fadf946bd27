package dev.weir.cli.stat;

import static dev.weir.cli.stat.StatColumn.*;

import dev.weir.cli.stat.StatRow.Kind;
import dev.weir.proxy.Frontend;
import dev.weir.proxy.FrontendState;
import dev.weir.proxy.ProxyProcess;
import dev.weir.stats.Counter;
import dev.weir.stats.EventRate;

/** Makes the row of a frontend. No state. */
final class FrontendRow {
    private static final StatColumn[] COUNTERS = {
        STOT, BIN, BOUT, DREQ, DRESP, EREQ, CONN_TOT, DCON, DSES, WREW, EINT, REQ_TOT
    };

    private FrontendRow() {}

    static StatRow of(Frontend frontend, ProxyProcess process) {
        FrontendState state = frontend.state();
        StatRow row = new StatRow(Kind.FRONTEND, frontend.name(), frontend.id(), "FRONTEND", 0, state.latencies());
        row.put(SCUR, state.gate().inside());
        row.put(SMAX, state.gate().highest()).put(SLIM, state.gate().limit());
        row.put(state.counters(), COUNTERS);
        row.put(STATUS, status(state, process));
        row.put(RATE_LIM, frontend.sessionRateLimit == null ? 0 : frontend.sessionRateLimit.perSecondMax());
        rates(state, process.clock().nanoTime(), row);
        row.put(MODE, frontend.mode());
        if (frontend.isHttp) {
            row.put(state.counters(), INTERCEPTED).put(state.counters(), HttpColumns.RESPONSES);
        }
        protocols(frontend, row);
        HttpColumns.absent(frontend.isHttp, row);
        row.guid(frontend.guid);
        return row;
    }

    private static String status(FrontendState state, ProxyProcess process) {
        return process.hasStopped() || state.isShutDown() ? "STOP" : state.isDisabled() ? "PAUSED" : "OPEN";
    }

    private static void rates(FrontendState state, long nowNs, StatRow row) {
        rate(state.sessionRate(), nowNs, row, RATE, RATE_MAX);
        rate(state.connectionRate(), nowNs, row, CONN_RATE, CONN_RATE_MAX);
        rate(state.requestRate(), nowNs, row, REQ_RATE, REQ_RATE_MAX);
    }

    private static void rate(EventRate rate, long nowNs, StatRow row, StatColumn now, StatColumn maximum) {
        row.put(now, rate.perSecond(nowNs)).put(maximum, rate.maximum(nowNs));
    }

    /** What its connections begin with. */
    private static void protocols(Frontend frontend, StatRow row) {
        long sessions = frontend.state().counters().get(Counter.SESSIONS);
        row.put(SESS_OTHER, frontend.isHttp ? 0 : sessions).put(H1SESS, frontend.isHttp ? sessions : 0);
        row.put(H2SESS, 0).put(H3SESS, 0).put(REQ_OTHER, 0);
        row.put(H1REQ, frontend.state().counters().get(Counter.REQUESTS));
        row.put(H2REQ, 0).put(H3REQ, 0);
    }
}
