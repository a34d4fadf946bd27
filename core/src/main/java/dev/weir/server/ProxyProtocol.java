package dev.weir.server;

/**
 * {@code send-proxy}, {@code send-proxy-v2} and {@code proxy-v2-options} of a server line. Immutable.
 *
 * @param version 1 or 2
 * @param authority adds the host name that the client asked for, where known
 * @param crc32c adds a checksum of the header
 * @param uniqueId adds the session's unique id, where there is one
 * @param neverLocal {@code pp2-never-send-local}: connections of the proxy's own are not called so
 */
public record ProxyProtocol(int version, boolean authority, boolean crc32c, boolean uniqueId, boolean neverLocal) {
    public static final ProxyProtocol V1 = new ProxyProtocol(1, false, false, false, false);
    public static final ProxyProtocol V2 = new ProxyProtocol(2, false, false, false, false);
}
