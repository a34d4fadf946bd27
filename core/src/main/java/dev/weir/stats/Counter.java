package dev.weir.stats;

import java.util.HashMap;
import java.util.Map;

/**
 * The table of counters of frontends, listeners, backends and servers: label, unit and the column of HAProxy's statistics. The
 * runtime API, the CSV and metrics only read it.
 */
public enum Counter {
    SESSIONS("sessions", Unit.COUNT, "stot"),
    CONNECTIONS("connections accepted", Unit.COUNT, "conn_tot"),
    BYTES_IN("bytes received from clients", Unit.BYTES, "bin"),
    BYTES_OUT("bytes sent to clients", Unit.BYTES, "bout"),
    DENIED_CONNECTIONS("connections refused by rules", Unit.COUNT, "dcon"),
    DENIED_SESSIONS("sessions refused by rules", Unit.COUNT, "dses"),
    DENIED_REQUESTS("requests refused by rules", Unit.COUNT, "dreq"),
    DENIED_RESPONSES("responses refused by rules", Unit.COUNT, "dresp"),
    REQUEST_ERRORS("faulty or unfinished requests", Unit.COUNT, "ereq"),
    CONNECT_ERRORS("sessions that found no server", Unit.COUNT, "econ"),
    RESPONSE_ERRORS("faulty or unfinished responses", Unit.COUNT, "eresp"),
    RETRIES("repeated attempts to connect", Unit.COUNT, "wretr"),
    REDISPATCHES("sessions moved to another server", Unit.COUNT, "wredis"),
    SELECTIONS("times chosen by the balancing algorithm", Unit.COUNT, "lbtot"),
    CHECK_FAILURES("failed health checks while up", Unit.COUNT, "chkfail"),
    CHECK_DOWNS("transitions to down", Unit.COUNT, "chkdown"),
    CLIENT_ABORTS("sessions aborted by the client", Unit.COUNT, "cli_abrt"),
    SERVER_ABORTS("sessions aborted by the server", Unit.COUNT, "srv_abrt"),
    CONNECT_ATTEMPTS("attempts to connect", Unit.COUNT, "connect"),
    REUSES("requests over a connection that served before", Unit.COUNT, "reuse"),
    REQUESTS("HTTP requests", Unit.COUNT, "req_tot"),
    RESPONSES_1XX("interim HTTP responses", Unit.COUNT, "hrsp_1xx"),
    RESPONSES_2XX("HTTP responses with status 2xx", Unit.COUNT, "hrsp_2xx"),
    RESPONSES_3XX("HTTP responses with status 3xx", Unit.COUNT, "hrsp_3xx"),
    RESPONSES_4XX("HTTP responses with status 4xx", Unit.COUNT, "hrsp_4xx"),
    RESPONSES_5XX("HTTP responses with status 5xx", Unit.COUNT, "hrsp_5xx"),
    RESPONSES_OTHER("HTTP responses with any other status", Unit.COUNT, "hrsp_other"),
    FAILED_REWRITES("rewrites of messages that failed", Unit.COUNT, "wrew"),
    INTERCEPTED("HTTP requests that the proxy answered itself", Unit.COUNT, "intercepted"),
    INTERNAL_ERRORS("internal errors", Unit.COUNT, "eint");

    /** What a figure counts. */
    public enum Unit {
        COUNT,
        BYTES
    }

    private static final Map<String, Counter> BY_COLUMN = new HashMap<>();

    static {
        for (Counter counter : values()) {
            BY_COLUMN.put(counter.column, counter);
        }
    }

    private final String label;
    private final Unit unit;
    private final String column;

    Counter(String label, Unit unit, String column) {
        this.label = label;
        this.unit = unit;
        this.column = column;
    }

    public String label() {
        return label;
    }

    public Unit unit() {
        return unit;
    }

    /** The counter of a column of HAProxy's CSV, or null. */
    public static Counter ofColumn(String column) {
        return BY_COLUMN.get(column);
    }

    /** Its column in HAProxy's CSV. */
    public String column() {
        return column;
    }
}
