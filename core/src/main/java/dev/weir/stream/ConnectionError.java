package dev.weir.stream;

/** Why a client's connection never became a session: HAProxy's numbers, names and words ({@code fc_err}, {@code fc_err_name}, {@code fc_err_str}). */
public enum ConnectionError {
    NONE(0, "", "Success"),
    PROXY_EMPTY(11, "PRX_EMPTY", "Connection closed while waiting for PROXY protocol header"),
    PROXY_ABORT(12, "PRX_ABORT", "Connection error while waiting for PROXY protocol header"),
    PROXY_TIMEOUT(13, "PRX_TIMEOUT", "Timeout while waiting for PROXY protocol header"),
    PROXY_NO_HEADER(15, "PRX_NOT_HDR", "Received something which does not look like a PROXY protocol header");

    private final int number;
    private final String code;
    private final String message;

    ConnectionError(int number, String code, String message) {
        this.number = number;
        this.code = code;
        this.message = message;
    }

    public int number() {
        return number;
    }

    /** One word; empty for none. */
    public String code() {
        return code;
    }

    public String message() {
        return message;
    }
}
