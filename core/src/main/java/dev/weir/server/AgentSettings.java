package dev.weir.server;

/** {@code agent-check}: a program beside the server that says how it is. Filled once, then only read. */
public final class AgentSettings {
    public int interMs = 2000;
    public ProbeTarget target = ProbeTarget.SERVER;
    /** What it is sent first ({@code agent-send}), or null. */
    public byte[] greeting;
}
