package dev.weir.stick;

/** What an entry of a stick table can store, in the order in which {@code show table} writes it. HAProxy manual 11.1, "store". Closed set. */
public enum StoredData {
    SERVER_ID("server_id", Form.INTEGER),
    GPT0("gpt0", Form.INTEGER),
    GPC0("gpc0", Form.INTEGER),
    GPC0_RATE("gpc0_rate", Form.RATE),
    CONN_CNT("conn_cnt", Form.INTEGER),
    CONN_RATE("conn_rate", Form.RATE),
    CONN_CUR("conn_cur", Form.INTEGER),
    SESS_CNT("sess_cnt", Form.INTEGER),
    SESS_RATE("sess_rate", Form.RATE),
    HTTP_REQ_CNT("http_req_cnt", Form.INTEGER),
    HTTP_REQ_RATE("http_req_rate", Form.RATE),
    HTTP_ERR_CNT("http_err_cnt", Form.INTEGER),
    HTTP_ERR_RATE("http_err_rate", Form.RATE),
    BYTES_IN_CNT("bytes_in_cnt", Form.LONG),
    BYTES_IN_RATE("bytes_in_rate", Form.RATE),
    BYTES_OUT_CNT("bytes_out_cnt", Form.LONG),
    BYTES_OUT_RATE("bytes_out_rate", Form.RATE),
    GPC1("gpc1", Form.INTEGER),
    GPC1_RATE("gpc1_rate", Form.RATE),
    SERVER_KEY("server_key", Form.TEXT),
    HTTP_FAIL_CNT("http_fail_cnt", Form.INTEGER),
    HTTP_FAIL_RATE("http_fail_rate", Form.RATE),
    GPT("gpt", Form.INTEGER, true),
    GPC("gpc", Form.INTEGER, true),
    GPC_RATE("gpc_rate", Form.RATE, true),
    GLITCH_CNT("glitch_cnt", Form.INTEGER),
    GLITCH_RATE("glitch_rate", Form.RATE);

    /** How a value lies in an entry. */
    public enum Form {
        /** 32 bits, unsigned. */
        INTEGER(4),
        /** 64 bits. */
        LONG(8),
        /** Events of a sliding period: its start, its count and the count of the period before. */
        RATE(12),
        /** A place in the table's {@link KeyDictionary}. */
        TEXT(4);

        final int bytes;

        Form(int bytes) {
            this.bytes = bytes;
        }
    }

    private static final StoredData[] ALL = values();

    private final String text;
    private final Form form;
    private final boolean isArray;

    StoredData(String text, Form form) {
        this(text, form, false);
    }

    StoredData(String text, Form form, boolean isArray) {
        this.text = text;
        this.form = form;
        this.isArray = isArray;
    }

    public String text() {
        return text;
    }

    /** Of an element of an array: {@code gpc2}, {@code gpc2_rate}. */
    public String textOf(int index) {
        int underscore = text.indexOf('_');
        return underscore < 0 ? text + index : text.substring(0, underscore) + index + text.substring(underscore);
    }

    public Form form() {
        return form;
    }

    /** Whether it is an array whose size stands in parentheses. */
    public boolean isArray() {
        return isArray;
    }

    public boolean isRate() {
        return form == Form.RATE;
    }

    /** Whether it belongs to one process's present and is not kept over a restart. */
    boolean isPresent() {
        return this == CONN_CUR;
    }

    /** Null if there is none of that name. */
    public static StoredData of(String text) {
        for (StoredData data : ALL) {
            if (data.text.equals(text)) {
                return data;
            }
        }
        return null;
    }
}
