package dev.weir.load.plan;

/** Who ends a connection that is not kept. */
public enum Closing {
    /** HTTP asks the server to (Connection: close) and waits for it; TCP kinds half-close and wait. TIME_WAIT stays there. */
    SERVER,
    /** This side, as soon as the answer is in; TIME_WAIT stays here and keeps a port for a while. */
    CLIENT,
    /** This side, with RST: no TIME_WAIT anywhere. */
    RESET
}
