package dev.weir.sample;

import java.util.EnumSet;
import java.util.Set;

/** From when on a fetch has something to read. Closed set; {@link #source} is HAProxy's wording of the same. */
public enum Availability {
    ALWAYS("internal state", EnumSet.allOf(Hook.class)),
    FROM_ACCEPT(
            "client-side connection", EnumSet.of(Hook.CONNECTION, Hook.SESSION, Hook.REQUEST, Hook.RESPONSE, Hook.LOG)),
    REQUEST_BYTES("request buffer", EnumSet.of(Hook.REQUEST)),
    FROM_BACKEND("backend", EnumSet.of(Hook.REQUEST, Hook.RESPONSE, Hook.LOG, Hook.CHECK)),
    FROM_SERVER("server-side connection", EnumSet.of(Hook.RESPONSE, Hook.LOG, Hook.CHECK)),
    RESPONSE_BYTES("response buffer", EnumSet.of(Hook.RESPONSE)),
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
}
