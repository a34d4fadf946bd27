package dev.weir.config.model;

import java.util.List;

/**
 * What a proxy does with clients.
 *
 * @param maxConn concurrent connections, 0 for the process's limit
 * @param backlog 0 for a default
 * @param sessionRateMax {@code rate-limit sessions}: new sessions per second, 0 for no limit
 * @param defaultBackend empty if none
 * @param defaultBackendAt the line that named it, or the section's
 */
public record FrontendSettings(
        List<BindLine> binds,
        int maxConn,
        int backlog,
        int sessionRateMax,
        String defaultBackend,
        Position defaultBackendAt,
        List<UseBackendLine> useBackends,
        CaptureSettings captures) {}
