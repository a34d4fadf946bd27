package dev.weir.cli.metric;

import dev.weir.cli.stat.StatColumn;
import dev.weir.cli.stat.StatRow;

/**
 * One metric of proxies or servers.
 *
 * @param name behind {@code haproxy_frontend_} and its kind
 * @param column of the statistics that it shows
 * @param kinds letters of the rows that have it: F, L, B, S
 * @param isCounter whether it only grows
 */
record Metric(String name, StatColumn column, String kinds, boolean isCounter, Form form) {
    /** How the column becomes samples. */
    enum Form {
        PLAIN,
        /** Milliseconds as seconds. */
        SECONDS,
        /** One sample for each state, of which one is 1. */
        STATE,
        /** The same for the status of a check. */
        CHECK,
        /** One sample for each class of status codes. */
        RESPONSES,
        /** How many servers are in each state. */
        SERVERS,
        /** How many checks have each status. */
        CHECKS
    }

    boolean isOf(StatRow.Kind kind) {
        return kinds.indexOf(kind.letter()) >= 0;
    }

    /** Whether a row of the right kind has something to say here, as HAProxy has it. */
    boolean concerns(StatRow row) {
        boolean isOfHttp = name.startsWith("http_") || column == StatColumn.INTERCEPTED;
        return (!isOfHttp || row.text(StatColumn.MODE).equals("http"))
                && switch (column) {
                    case CHECK_STATUS, CHECK_CODE, CHECK_DURATION -> row.has(StatColumn.CHECK_STATUS);
                    case AGENT_STATUS, AGENT_CODE, AGENT_DURATION -> row.has(StatColumn.AGENT_STATUS);
                    default -> true;
                };
    }

    /** Whether it sums up a backend's servers. */
    boolean isOfServers() {
        return form == Form.SERVERS || form == Form.CHECKS;
    }
}
