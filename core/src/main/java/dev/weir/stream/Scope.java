package dev.weir.stream;

/** How long a variable lives; the names are the prefixes in configurations. */
public enum Scope {
    /** The whole process, shared by all threads. */
    PROC("proc"),
    /** The client connection. */
    SESS("sess"),
    /** One exchange, request and response. */
    TXN("txn"),
    /** The request only. */
    REQ("req"),
    /** The response only. */
    RES("res"),
    /** One health check. */
    CHECK("check");

    private final String prefix;

    Scope(String prefix) {
        this.prefix = prefix;
    }

    public String prefix() {
        return prefix;
    }

    /** Null if no scope has that prefix. */
    public static Scope of(String prefix) {
        for (Scope scope : values()) {
            if (scope.prefix.equals(prefix)) {
                return scope;
            }
        }
        return null;
    }
}
