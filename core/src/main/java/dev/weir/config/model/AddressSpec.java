package dev.weir.config.model;

/** An address as written; host names are not resolved. Closed set. */
public sealed interface AddressSpec {
    /** The text of the line, for messages and statistics. */
    String text();

    /** What a host must be. */
    enum Family {
        ANY,
        IPV4,
        IPV6
    }

    /** How a server's port is found. */
    enum PortForm {
        /** The number itself. */
        FIXED,
        /** No port: that of the client's connection. */
        OF_CLIENT,
        /** The client's port plus {@link Inet#port} ({@code +n}, {@code -n}). */
        SHIFTED
    }

    /**
     * Host and ports.
     *
     * @param host a literal, a name, or empty for the wildcard
     * @param port first port, or the shift
     * @param portLast last port of a range, equal to {@code port} otherwise
     */
    record Inet(String text, Family family, String host, PortForm portForm, int port, int portLast)
            implements AddressSpec {
        public boolean isWildcard() {
            return host.isEmpty();
        }
    }

    /** A UNIX socket's path, absolute or relative to the working directory. */
    record Unix(String text, String path) implements AddressSpec {}

    /** A name in Linux's abstract namespace. */
    record Abstract(String text, String name) implements AddressSpec {}

    /** A descriptor that is open already. */
    record Inherited(String text, int fd) implements AddressSpec {}
}
