package dev.weir.sample;

import dev.weir.stick.StickTable;
import dev.weir.stick.StoredData;

/**
 * What can be read from an entry of a stick table, under the suffix that fetches ({@code sc_conn_rate}, {@code src_conn_rate}) and
 * converters ({@code table_conn_rate}) share. A table that stores an array instead of the single tag or counter answers with the
 * array's element. Closed set.
 */
public enum TableFigure {
    BYTES_IN_RATE("bytes_in_rate", "bytes from clients in the rate's period", StoredData.BYTES_IN_RATE),
    BYTES_OUT_RATE("bytes_out_rate", "bytes to clients in the rate's period", StoredData.BYTES_OUT_RATE),
    CONN_CNT("conn_cnt", "connections", StoredData.CONN_CNT),
    CONN_CUR("conn_cur", "connections that are open", StoredData.CONN_CUR),
    CONN_RATE("conn_rate", "connections in the rate's period", StoredData.CONN_RATE),
    GPC0("gpc0", "general purpose counter 0", StoredData.GPC0, StoredData.GPC, 0),
    GPC1("gpc1", "general purpose counter 1", StoredData.GPC1, StoredData.GPC, 1),
    GPT0("gpt0", "general purpose tag 0", StoredData.GPT0, StoredData.GPT, 0),
    GPC0_RATE("gpc0_rate", "increments of counter 0 in its period", StoredData.GPC0_RATE, StoredData.GPC_RATE, 0),
    GPC1_RATE("gpc1_rate", "increments of counter 1 in its period", StoredData.GPC1_RATE, StoredData.GPC_RATE, 1),
    HTTP_ERR_CNT("http_err_cnt", "HTTP errors of the client", StoredData.HTTP_ERR_CNT),
    HTTP_ERR_RATE("http_err_rate", "HTTP errors of the client in the rate's period", StoredData.HTTP_ERR_RATE),
    HTTP_FAIL_CNT("http_fail_cnt", "HTTP failures of servers", StoredData.HTTP_FAIL_CNT),
    HTTP_FAIL_RATE("http_fail_rate", "HTTP failures of servers in the rate's period", StoredData.HTTP_FAIL_RATE),
    HTTP_REQ_CNT("http_req_cnt", "HTTP requests", StoredData.HTTP_REQ_CNT),
    HTTP_REQ_RATE("http_req_rate", "HTTP requests in the rate's period", StoredData.HTTP_REQ_RATE),
    KBYTES_IN("kbytes_in", "KiB from clients", StoredData.BYTES_IN_CNT),
    KBYTES_OUT("kbytes_out", "KiB to clients", StoredData.BYTES_OUT_CNT),
    SESS_CNT("sess_cnt", "sessions", StoredData.SESS_CNT),
    SESS_RATE("sess_rate", "sessions in the rate's period", StoredData.SESS_RATE),
    GLITCH_CNT("glitch_cnt", "protocol glitches", StoredData.GLITCH_CNT),
    GLITCH_RATE("glitch_rate", "protocol glitches in the rate's period", StoredData.GLITCH_RATE);

    private static final int KIB_BITS = 10;

    private final String suffix;
    private final String description;
    private final StoredData data;
    private final StoredData array;
    private final int index;

    TableFigure(String suffix, String description, StoredData data) {
        this(suffix, description, data, data, 0);
    }

    TableFigure(String suffix, String description, StoredData data, StoredData array, int index) {
        this.suffix = suffix;
        this.description = description;
        this.data = data;
        this.array = array;
        this.index = index;
    }

    public String suffix() {
        return suffix;
    }

    public String description() {
        return description;
    }

    /** Whether fetches say {@code get_} before it. */
    public boolean isGeneralPurpose() {
        return this == GPC0 || this == GPC1 || this == GPT0;
    }

    /** Reads it into {@code out}: 0 without an entry; false if the table does not store it. */
    public boolean read(StickTable table, long entry, long nowNs, Sample out) {
        if (entry == StickTable.NONE) {
            return out.integer(0);
        }
        boolean isSingle = table.stores(data);
        StoredData from = isSingle ? data : array;
        int element = isSingle ? 0 : index;
        if (element >= table.count(from)) {
            return false;
        }
        long value = table.get(entry, from, element, nowNs);
        return out.integer(this == KBYTES_IN || this == KBYTES_OUT ? value >>> KIB_BITS : value);
    }
}
