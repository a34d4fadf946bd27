package dev.weir.cli.stat;

import static dev.weir.cli.stat.StatColumn.*;

/** Columns that several kinds of rows have alike. No state. */
final class HttpColumns {
    static final StatColumn[] RESPONSES = {HRSP_1XX, HRSP_2XX, HRSP_3XX, HRSP_4XX, HRSP_5XX, HRSP_OTHER};

    private HttpColumns() {}

    /** What is never done here counts as never done: compression in every mode, the cache in {@code mode http}. */
    static void absent(boolean isHttp, StatRow row) {
        row.put(COMP_IN, 0).put(COMP_OUT, 0).put(COMP_BYP, 0).put(COMP_RSP, 0);
        if (isHttp) {
            row.put(CACHE_LOOKUPS, 0).put(CACHE_HITS, 0);
        }
    }
}
