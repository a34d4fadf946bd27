package dev.weir.config.model;

import dev.weir.server.CheckSettings.InitialState;
import dev.weir.server.ObserveSettings;

/**
 * When and where the checks of one server are; what they do is said by {@link HealthCheck}.
 *
 * @param fastInterMs 0 for {@code interMs}
 * @param downInterMs 0 for {@code interMs}
 * @param port 0 for the server's
 * @param address null for the server's
 * @param initialState of a checked server
 * @param observe null without {@code observe}
 * @param checksHttp1 {@code check-proto h1}: only for checks that speak HTTP
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
        ObserveSettings observe,
        boolean checksHttp1,
        AgentLine agent) {}
