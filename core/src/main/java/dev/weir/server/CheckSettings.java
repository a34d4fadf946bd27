package dev.weir.server;

/** What a server line says of its health checks. Filled once, then only read. Times in milliseconds. */
public final class CheckSettings {
    /** State of a checked server at start ({@code init-state}). */
    public enum InitialState {
        /** Up; goes down after {@code fall} failures. */
        FULLY_UP,
        /** Up; one failure takes it down. */
        UP,
        /** Down; one success brings it up. */
        DOWN,
        /** Down; comes up after {@code rise} successes. */
        FULLY_DOWN
    }

    public int interMs = 2000;
    /** 0 is {@link #interMs}. */
    public int fastInterMs;
    /** 0 is {@link #interMs}. */
    public int downInterMs;

    public int rise = 2;
    public int fall = 3;
    /** {@code addr}, {@code port}, {@code check-send-proxy}. */
    public ProbeTarget target = ProbeTarget.SERVER;

    public InitialState initialState = InitialState.UP;
}
