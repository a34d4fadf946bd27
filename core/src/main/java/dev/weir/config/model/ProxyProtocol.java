package dev.weir.config.model;

/**
 * {@code send-proxy}, {@code send-proxy-v2} and {@code proxy-v2-options}.
 *
 * @param version 0 sends none
 * @param crc32c adds a checksum (version 2)
 */
public record ProxyProtocol(int version, boolean crc32c) {
    public static final ProxyProtocol OFF = new ProxyProtocol(0, false);
}
