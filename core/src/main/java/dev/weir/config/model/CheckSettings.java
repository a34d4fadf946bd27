package dev.weir.config.model;

import dev.weir.server.CheckSettings.InitialState;
import dev.weir.server.ObserveSettings;

/**
 * Health checks of one server: a TCP connection.
 *
 * @param fastInterMs 0 for {@code interMs}
 * @param downInterMs 0 for {@code interMs}
 * @param port 0 for the server's
 * @param address null for the server's
 * @param initialState of a checked server
 * @param observe null without {@code observe}
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
        boolean sendProxy,
        InitialState initialState,
        ObserveSettings observe) {}
