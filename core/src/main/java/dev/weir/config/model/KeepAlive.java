package dev.weir.config.model;

/** TCP keepalive parameters of both sides ({@code clitcpka-*}, {@code srvtcpka-*}), 0 where the kernel's hold. Seconds. */
public record KeepAlive(
        int clientCount,
        int clientIdleSeconds,
        int clientIntervalSeconds,
        int serverCount,
        int serverIdleSeconds,
        int serverIntervalSeconds) {}
