package dev.weir.server.check.script;

import dev.weir.server.ProxyFields;
import dev.weir.server.Server;
import java.util.List;
import java.util.Map;

/** What a check does, in order; the first step that talks is a connection. Immutable; any loop. */
public final class CheckScript {
    /** Which words messages use. Closed set. */
    enum Dialect {
        /** Built in. */
        NATIVE,
        /** {@code tcp-check} lines. */
        TCP,
        /** {@code http-check} lines: what is received is an HTTP response. */
        HTTP
    }

    /** The plain check: a connection can be established. */
    public static final CheckScript CONNECT = new CheckScript(Dialect.NATIVE, List.of(ConnectStep.IMPLICIT), false);

    private final Dialect dialect;
    private final List<Step> steps;
    private final boolean isGoneMeaningful;
    private final Map<String, ProxyFields> headerFields;
    private final boolean isTolerant;

    /** @param isGoneMeaningful {@code http-check disable-on-404} */
    CheckScript(Dialect dialect, List<Step> steps, boolean isGoneMeaningful) {
        this(dialect, List.copyOf(steps), isGoneMeaningful, Map.of(), false);
    }

    private CheckScript(
            Dialect dialect,
            List<Step> steps,
            boolean isGoneMeaningful,
            Map<String, ProxyFields> headerFields,
            boolean isTolerant) {
        this.dialect = dialect;
        this.steps = steps;
        this.isGoneMeaningful = isGoneMeaningful;
        this.headerFields = headerFields;
        this.isTolerant = isTolerant;
    }

    /** The same with what PROXY headers tell besides, by the server's name. */
    public CheckScript withHeaderFields(Map<String, ProxyFields> fields) {
        return new CheckScript(dialect, steps, isGoneMeaningful, fields, isTolerant);
    }

    /** The same with {@code option accept-unsafe-violations-in-http-response} or without it. */
    public CheckScript withTolerance(boolean isTolerant) {
        return new CheckScript(dialect, steps, isGoneMeaningful, headerFields, isTolerant);
    }

    /** Null for none. */
    ProxyFields headerFields(Server server) {
        return headerFields.get(server.name());
    }

    /** Whether HTTP answers may break some rules. */
    boolean isTolerant() {
        return isTolerant;
    }

    Dialect dialect() {
        return dialect;
    }

    List<Step> steps() {
        return steps;
    }

    /** Whether a 404 of a server that is up asks for no new sessions. */
    boolean isGoneMeaningful() {
        return isGoneMeaningful;
    }
}
