package dev.weir.server;

/** What traffic finds out about a server; the texts are those of messages. Closed set. */
public enum Observation {
    CONNECTED(false, true, "L4 successful connection"),
    NOT_CONNECTED(true, true, "L4 unsuccessful connection"),
    HTTP_PASSED(false, false, "Correct http response"),
    HTTP_WRONG_STATUS(true, false, "Wrong http response"),
    HTTP_BAD_HEAD(true, false, "Invalid http response (headers)"),
    READ_ERROR(true, false, "Read error (http)"),
    READ_TIMEOUT(true, false, "Read timeout (http)"),
    CLOSED(true, false, "Close from server (http)");

    private static final int ERROR_STATUS = 500;
    private static final int NOT_IMPLEMENTED = 501;
    private static final int VERSION_NOT_SUPPORTED = 505;

    private final boolean isError;
    private final boolean isOfConnection;
    private final String text;

    Observation(boolean isError, boolean isOfConnection, String text) {
        this.isError = isError;
        this.isOfConnection = isOfConnection;
        this.text = text;
    }

    /** Of a response that could be read: an error unless the server did what it was asked, or said that the client was wrong. */
    public static Observation ofStatus(int status) {
        boolean isFine = status < ERROR_STATUS || status == NOT_IMPLEMENTED || status == VERSION_NOT_SUPPORTED;
        return isFine ? HTTP_PASSED : HTTP_WRONG_STATUS;
    }

    public boolean isError() {
        return isError;
    }

    public String text() {
        return text;
    }

    /** Whether it says something where that layer is observed: connections that can be opened are no news about HTTP. */
    public boolean counts(ObserveSettings.Layer layer) {
        return switch (layer) {
            case LAYER4 -> isOfConnection;
            case LAYER7 -> !isOfConnection || isError;
        };
    }
}
