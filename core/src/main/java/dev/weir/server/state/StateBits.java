package dev.weir.server.state;

/** Bits of {@code srv_check_state} and {@code srv_agent_state}. */
public final class StateBits {
    public static final int CONFIGURED = 2;
    public static final int ENABLED = 4;
    public static final int PAUSED = 8;
    public static final int OF_AGENT = 16;

    private StateBits() {}
}
