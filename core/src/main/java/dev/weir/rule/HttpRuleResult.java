package dev.weir.rule;

/**
 * What the session has to do after an HTTP rule set ran, or stopped on its way. Closed set. Where it stopped is
 * {@code exchange.nextRule()}: after WAIT_FOR_BODY, PAUSE and EARLY_HINT the session does what is asked and evaluates from there.
 */
public enum HttpRuleResult {
    /** No rule ended it: go on. */
    CONTINUE,
    /** A rule allowed: skip what is left of this set and go on. */
    ALLOW,
    /** Write {@link HttpRules#reply}: forbidden. Counts as denied; the termination state is PROXY. */
    DENY,
    /** Write {@link HttpRules#reply}: an answer of the proxy's own, nothing wrong with it. The termination state is LOCAL. */
    RETURN,
    /** Have {@link HttpRules#service} answer, away from the loop, and write that. The termination state is LOCAL. */
    SERVICE,
    /** Write {@link HttpRules#reply}: the client shall go elsewhere. The termination state is LOCAL. */
    REDIRECT,
    /** Write {@link HttpRules#reply}: credentials are asked for. The termination state is LOCAL. */
    AUTH,
    /** Hold the request for {@code timeout tarpit}, then write {@link HttpRules#reply}. Counts as denied. */
    TARPIT,
    /** Close without a byte. Counts as denied; the termination state is PROXY. */
    REJECT,
    /** Disappear without a FIN or RST. */
    SILENT_DROP,
    /** Wait for {@code exchange.awaitedBytes()} of the body, at most {@code exchange.awaitedMs()}; then evaluate again. */
    WAIT_FOR_BODY,
    /** Wait {@code exchange.awaitedMs()}, then evaluate again. */
    PAUSE,
    /** Wait for {@code stream.pause()}, then evaluate again. */
    AWAIT,
    /** Send {@code exchange.earlyHints()} as an interim response, clear it, then evaluate again. */
    EARLY_HINT,
    /** A rewrite failed and the set is strict: answer 500. The termination state is PROXY. */
    REWRITE_FAILED;

    /** Whether no further rule of the set is looked at. */
    public boolean isLast() {
        return switch (this) {
            case CONTINUE, WAIT_FOR_BODY, PAUSE, AWAIT, EARLY_HINT -> false;
            case ALLOW, DENY, RETURN, SERVICE, REDIRECT, AUTH, TARPIT, REJECT, SILENT_DROP, REWRITE_FAILED -> true;
        };
    }
}
