package dev.weir.rule;

/** What the session has to do after a rule set ran. Closed set. */
public enum RuleResult {
    /** No rule ended it: go on. */
    CONTINUE,
    /** A rule accepted: skip what is left of this set and go on. */
    ACCEPT,
    /** Close the connection, without another byte; the termination state is PROXY. */
    REJECT,
    /** Disappear without a FIN or RST. */
    SILENT_DROP,
    /** Not decided: call again with more input, or finally when the inspection delay is over. */
    WAIT,
    /** Wait for {@code stream.pause()}, then call {@link TcpRules#goOn}. */
    AWAIT,
    /** Connection rules only: a PROXY header must come before anything else; call again with {@link TcpRules#resume}. */
    EXPECT_PROXY,
    /** Content rules of a frontend only: the connection goes on as HTTP; the set ends. */
    SWITCH_TO_HTTP,
    /** Response rules only: close the connection to the server now; the response rules end. */
    CLOSE
}
