package dev.weir.rule;

import dev.weir.sample.Hook;
import dev.weir.stream.LogOrigin;

/** The three sets of HTTP rules. Closed set. */
public enum HttpRuleSet {
    REQUEST("http-request", Hook.HTTP_REQUEST, LogOrigin.REQUEST_RULE),
    RESPONSE("http-response", Hook.HTTP_RESPONSE, LogOrigin.RESPONSE_RULE),
    /** Sees every response that leaves, those that the proxy made itself among them. */
    AFTER_RESPONSE("http-after-response", Hook.HTTP_RESPONSE, LogOrigin.AFTER_RESPONSE_RULE);

    private final String text;
    private final Hook hook;
    private final LogOrigin origin;

    HttpRuleSet(String text, Hook hook, LogOrigin origin) {
        this.text = text;
        this.hook = hook;
        this.origin = origin;
    }

    /** The word that begins its rules. */
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
