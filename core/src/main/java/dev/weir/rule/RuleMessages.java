package dev.weir.rule;

import dev.weir.sample.ParseContext;

/** Wording that the parsers of rules share. No state. */
public final class RuleMessages {
    private RuleMessages() {}

    /** Name of the proxy that holds a line; empty outside of proxies. */
    public static String name(ParseContext context) {
        if (context.frontend() != null) {
            return context.frontend().name();
        }
        return context.backend() == null ? "" : context.backend().name();
    }

    /** The proxy that holds a line, as HAProxy names it: {@code frontend 'web'}. */
    static String title(ParseContext context) {
        boolean hasFrontend = context.frontend() != null;
        boolean hasBackend = context.backend() != null;
        if (!hasFrontend && !hasBackend) {
            return "proxy";
        }
        String kind = hasFrontend && hasBackend ? "proxy" : hasFrontend ? "frontend" : "backend";
        return kind + " '" + name(context) + "'";
    }
}
