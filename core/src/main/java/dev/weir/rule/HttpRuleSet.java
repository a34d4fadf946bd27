package dev.weir.rule;

import dev.weir.sample.Hook;

/** The three sets of HTTP rules. Closed set. */
public enum HttpRuleSet {
    REQUEST("http-request", Hook.HTTP_REQUEST),
    RESPONSE("http-response", Hook.HTTP_RESPONSE),
    /** Sees every response that leaves, those that the proxy made itself among them. */
    AFTER_RESPONSE("http-after-response", Hook.HTTP_RESPONSE);

    private final String text;
    private final Hook hook;

    HttpRuleSet(String text, Hook hook) {
        this.text = text;
        this.hook = hook;
    }

    /** The word that begins its rules. */
    public String text() {
        return text;
    }

    /** What its expressions may look at; the parse context of its lines must say the same. */
    public Hook hook() {
        return hook;
    }
}
