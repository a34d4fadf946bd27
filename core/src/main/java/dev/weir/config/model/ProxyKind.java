package dev.weir.config.model;

/** The sections that describe proxies. */
public enum ProxyKind {
    DEFAULTS("defaults"),
    FRONTEND("frontend"),
    BACKEND("backend"),
    /** A frontend and a backend in one. */
    LISTEN("listen");

    private final String keyword;

    ProxyKind(String keyword) {
        this.keyword = keyword;
    }

    public String keyword() {
        return keyword;
    }

    /** What HAProxy calls it in messages: a listen section is a proxy. */
    public String title() {
        return this == LISTEN ? "proxy" : keyword;
    }

    /** Whether it accepts connections; defaults may hold settings for both sides. */
    public boolean hasFrontend() {
        return this != BACKEND;
    }

    /** Whether it has servers; defaults may hold settings for both sides. */
    public boolean hasBackend() {
        return this != FRONTEND;
    }
}
