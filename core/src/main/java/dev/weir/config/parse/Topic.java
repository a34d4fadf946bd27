package dev.weir.config.parse;

/** Why a keyword of HAProxy's is not supported: what it belongs to. */
public enum Topic {
    HTTP("HTTP mode"),
    HTTP2("HTTP/2"),
    TLS("TLS"),
    QUIC("QUIC and HTTP/3"),
    STICKINESS("stick tables and persistence"),
    DNS("DNS at run time"),
    RUNTIME_API("the runtime API and the statistics page"),
    CHECKS("health checks beyond a TCP connection"),
    STATE("state and counters kept in files"),
    PROCESS("processes, privileges and the machine"),
    LUA("Lua"),
    OFFLOAD("SPOE, FastCGI and other helpers"),
    CACHE("caching and compression"),
    LOGGING("log relays, rings and profiles"),
    TUNING("internals of HAProxy"),
    NETWORK("special networking"),
    RULES("rules and filters"),
    ALERTS("e-mail alerts"),
    VENDOR("third-party device databases");

    private final String description;

    Topic(String description) {
        this.description = description;
    }

    public String description() {
        return description;
    }
}
