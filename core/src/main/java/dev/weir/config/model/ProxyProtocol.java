package dev.weir.config.model;

/**
 * {@code send-proxy}, {@code send-proxy-v2} and {@code proxy-v2-options}.
 *
 * @param version 0 sends none
 * @param authority adds the host name that came in the client's own PROXY header (version 2)
 * @param crc32c adds a checksum (version 2)
 * @param uniqueId adds the text of {@code unique-id-format} (version 2)
 */
public record ProxyProtocol(int version, boolean authority, boolean crc32c, boolean uniqueId) {
    public static final ProxyProtocol OFF = new ProxyProtocol(0, false, false, false);
}
