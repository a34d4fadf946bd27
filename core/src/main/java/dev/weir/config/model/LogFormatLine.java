package dev.weir.config.model;

/** A log format as written, with its words still in one text; {@code option tcplog} and {@code log-format} both end here. */
public record LogFormatLine(Position at, Kind kind, String text) {
    /** Where the format comes from. */
    public enum Kind {
        /** {@code option tcplog}. */
        TCPLOG("option tcplog"),
        /** {@code option tcplog clf}. */
        TCPLOG_CLF("option tcplog clf"),
        /** {@code option httplog}. */
        HTTPLOG("option httplog"),
        /** {@code option httplog clf}. */
        HTTPLOG_CLF("option httplog clf"),
        /** {@code option httpslog}. */
        HTTPSLOG("option httpslog"),
        /** {@code log-format} and its relatives: {@link LogFormatLine#text} is the format. */
        CUSTOM("log-format");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        /** The line that says so. */
        public String text() {
            return text;
        }
    }
}
