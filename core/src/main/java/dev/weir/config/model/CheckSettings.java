package dev.weir.config.model;

/**
 * Health checks of one server: a TCP connection.
 *
 * @param fastInterMs 0 for {@code interMs}
 * @param downInterMs 0 for {@code interMs}
 * @param port 0 for the server's
 * @param address null for the server's
 * @param sendProxy opens the check's connection with a PROXY header ({@code LOCAL} in version 2)
 */
public record CheckSettings(
        boolean enabled,
        long interMs,
        long fastInterMs,
        long downInterMs,
        int rise,
        int fall,
        int port,
        AddressSpec.Inet address,
        boolean sendProxy) {}
