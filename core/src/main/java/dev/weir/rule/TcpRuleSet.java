package dev.weir.rule;

import dev.weir.sample.Hook;

/** The four sets of TCP rules. Closed set. */
public enum TcpRuleSet {
    REQUEST_CONNECTION("tcp-request connection", Hook.CONNECTION),
    REQUEST_SESSION("tcp-request session", Hook.SESSION),
    REQUEST_CONTENT("tcp-request content", Hook.REQUEST),
    RESPONSE_CONTENT("tcp-response content", Hook.RESPONSE);

    private final String text;
    private final Hook hook;

    TcpRuleSet(String text, Hook hook) {
        this.text = text;
        this.hook = hook;
    }

    /** The words that begin its rules. */
    public String text() {
        return text;
    }

    /** What its expressions may look at; the parse context of its lines must say the same. */
    public Hook hook() {
        return hook;
    }
}
