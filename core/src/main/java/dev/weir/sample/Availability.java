package dev.weir.sample;

import java.util.EnumSet;
import java.util.Set;

/** From when on a fetch has something to read. Closed set; {@link #source} is HAProxy's wording of the same. */
public enum Availability {
    /** What the configuration itself may use ({@code set-var} in the global section). */
    ALWAYS("internal state", EnumSet.allOf(Hook.class)),
    /** What there is as soon as the process serves. */
    FROM_START("internal state", EnumSet.complementOf(EnumSet.of(Hook.CONFIGURATION))),
    FROM_ACCEPT(
            "client-side connection",
            EnumSet.of(
                    Hook.CONNECTION,
                    Hook.SESSION,
                    Hook.REQUEST,
                    Hook.HTTP_REQUEST,
                    Hook.SERVER_CONNECTION,
                    Hook.RESPONSE,
                    Hook.HTTP_RESPONSE,
                    Hook.LOG)),
    REQUEST_BYTES("request buffer", EnumSet.of(Hook.REQUEST, Hook.SERVER_CONNECTION)),
    /** The head of an HTTP request, in {@code mode http} proxies. */
    HTTP_REQUEST("HTTP request headers", EnumSet.of(Hook.REQUEST, Hook.HTTP_REQUEST, Hook.SERVER_CONNECTION)),
    /** The head of the message that a rule is about, be it request or response. */
    HTTP_MESSAGE(
            "HTTP request headers,HTTP response headers",
            EnumSet.of(Hook.REQUEST, Hook.HTTP_REQUEST, Hook.SERVER_CONNECTION, Hook.RESPONSE, Hook.HTTP_RESPONSE)),
    /** What stays known of an HTTP request to the end of its exchange. */
    FROM_HTTP_REQUEST(
            "HTTP request meta-data",
            EnumSet.of(
                    Hook.REQUEST,
                    Hook.HTTP_REQUEST,
                    Hook.SERVER_CONNECTION,
                    Hook.RESPONSE,
                    Hook.HTTP_RESPONSE,
                    Hook.LOG)),
    FROM_BACKEND(
            "backend",
            EnumSet.of(
                    Hook.REQUEST,
                    Hook.HTTP_REQUEST,
                    Hook.SERVER_CONNECTION,
                    Hook.RESPONSE,
                    Hook.HTTP_RESPONSE,
                    Hook.LOG,
                    Hook.CHECK)),
    FROM_SERVER_CHOICE(
            "server", EnumSet.of(Hook.SERVER_CONNECTION, Hook.RESPONSE, Hook.HTTP_RESPONSE, Hook.LOG, Hook.CHECK)),
    FROM_SERVER("server-side connection", EnumSet.of(Hook.RESPONSE, Hook.HTTP_RESPONSE, Hook.LOG, Hook.CHECK)),
    RESPONSE_BYTES("response buffer", EnumSet.of(Hook.RESPONSE, Hook.CHECK)),
    /** The head of an HTTP response. */
    HTTP_RESPONSE("HTTP response headers", EnumSet.of(Hook.RESPONSE, Hook.HTTP_RESPONSE, Hook.CHECK)),
    /** What stays known of an HTTP response to the end of its exchange. */
    FROM_HTTP_RESPONSE("HTTP response meta-data", EnumSet.of(Hook.RESPONSE, Hook.HTTP_RESPONSE, Hook.LOG, Hook.CHECK)),
    AT_END("log", EnumSet.of(Hook.LOG));

    private final String source;
    private final Set<Hook> hooks;

    Availability(String source, Set<Hook> hooks) {
        this.source = source;
        this.hooks = hooks;
    }

    /** What the value comes from, for messages. */
    public String source() {
        return source;
    }

    public boolean at(Hook hook) {
        return hook == Hook.ANYWHERE || hooks.contains(hook);
    }

    /** The same of a line: rules of a frontend for requests run before there is a backend. */
    public boolean at(Hook hook, ParseContext context) {
        boolean isBeforeBackend = hook.isOfRequest() && context.backend() == null;
        return at(hook) && !(this == FROM_BACKEND && isBeforeBackend);
    }
}
