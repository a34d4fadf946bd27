package dev.weir.rule;

import dev.weir.sample.Hook;
import dev.weir.stream.LogOrigin;

/** The four sets of TCP rules. Closed set. */
public enum TcpRuleSet {
    REQUEST_CONNECTION("tcp-request connection", Hook.CONNECTION, LogOrigin.CONNECTION_RULE),
    REQUEST_SESSION("tcp-request session", Hook.SESSION, LogOrigin.SESSION_RULE),
    REQUEST_CONTENT("tcp-request content", Hook.REQUEST, LogOrigin.CONTENT_RULE),
    RESPONSE_CONTENT("tcp-response content", Hook.RESPONSE, LogOrigin.RESPONSE_CONTENT_RULE);

    private final String text;
    private final Hook hook;
    private final LogOrigin origin;

    TcpRuleSet(String text, Hook hook, LogOrigin origin) {
        this.text = text;
        this.hook = hook;
        this.origin = origin;
    }

    /** The words that begin its rules. */
    public String text() {
        return text;
    }

    /** What lines are called that its rules write ({@code do-log}). */
    public LogOrigin origin() {
        return origin;
    }

    /** What its expressions may look at; the parse context of its lines must say the same. */
    public Hook hook() {
        return hook;
    }
}
