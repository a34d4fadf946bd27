package dev.weir.config.model;

import java.util.List;

/**
 * {@code cookie <name> ...}.
 *
 * @param domains as written, in order
 * @param maxIdleSeconds 0 for none
 * @param maxLifeSeconds 0 for none
 * @param attributes as written, in order
 */
public record CookieLine(
        Position at,
        String name,
        Mode mode,
        boolean indirect,
        boolean noCache,
        boolean postOnly,
        boolean preserve,
        boolean httpOnly,
        boolean secure,
        boolean dynamic,
        List<String> domains,
        int maxIdleSeconds,
        int maxLifeSeconds,
        List<String> attributes) {
    /** Who makes the cookie. */
    public enum Mode {
        PASSIVE,
        REWRITE,
        INSERT,
        PREFIX
    }

    /** Whether the line says more than a name. */
    public boolean hasOptions() {
        return mode != Mode.PASSIVE || indirect || noCache || postOnly || preserve || httpOnly || secure || dynamic;
    }
}
