package dev.weir.config.model;

import java.util.List;

/**
 * What the checks of a backend's servers do.
 *
 * @param arguments of the option that chose the kind, as it checks them; byte strings
 * @param lines of {@code tcp-check} or {@code http-check}, in order
 * @param isGoneMeaningful {@code http-check disable-on-404}
 * @param sendsState {@code http-check send-state}
 */
public record HealthCheck(
        Kind kind, List<String> arguments, List<CheckLine> lines, boolean isGoneMeaningful, boolean sendsState) {

    /** Closed set. */
    public enum Kind {
        /** A connection can be established. */
        CONNECT,
        TCP,
        HTTP,
        LDAP,
        MYSQL,
        POSTGRESQL,
        REDIS,
        SMTP,
        SSL_HELLO
    }

    /**
     * A line of a script.
     *
     * @param isOption it is {@code option httpchk}, which stands among the others
     * @param words behind {@code tcp-check}, {@code http-check} or {@code option httpchk}; byte strings
     */
    public record CheckLine(Position at, boolean isOption, List<String> words) {
        /** What kind of step it is. */
        public String step() {
            String first = words.isEmpty() ? "" : words.getFirst();
            int parenthesis = first.indexOf('(');
            return parenthesis < 0 ? first : first.substring(0, parenthesis);
        }
    }
}
