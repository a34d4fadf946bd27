package dev.weir.config.model;

/** A log format as written, with its words still in one text; {@code option tcplog} and {@code log-format} both end here. */
public record LogFormatLine(Position at, Kind kind, String text) {
    /** Where the format comes from. */
    public enum Kind {
        /** {@code option tcplog}. */
        TCPLOG,
        /** {@code option tcplog clf}. */
        TCPLOG_CLF,
        /** {@code option httplog}. */
        HTTPLOG,
        /** {@code option httplog clf}. */
        HTTPLOG_CLF,
        /** {@code option httpslog}. */
        HTTPSLOG,
        /** {@code log-format} and its relatives: {@link LogFormatLine#text} is the format. */
        CUSTOM
    }
}
