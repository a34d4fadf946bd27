package dev.weir.bridge.transport;

import java.util.function.Consumer;

/** How to start a transport. Filled once, then only read. */
public final class TransportOptions {
    /** Below this blocks would cost more kernel entries than they save memory. */
    public static final int BUFFER_BYTES_MIN = 16384;

    /** How many loops. */
    public int loops = 1;
    /** For each loop the CPUs that it may run on, as a bit mask; null or 0 leaves it to the kernel. */
    public long[] cpuMasks;
    /** {@code busy-polling}: look for events for this long before sleeping, nanoseconds; 0 sleeps at once. */
    public long spinNs;
    /** With few connections, let whom a send woke run before the loop sleeps, and with a shorter slice than the loop's. For proxies. */
    public boolean courtesy;
    /** Look for events for a moment before sleeping, where that costs hardly more CPU than sleeping. For proxies. */
    public boolean lookout;
    /** Makes every send with a system call of its own, as {@link #courtesy} does with few connections: slower, for tests. */
    public boolean sendsAllAtOnce;
    /** {@code tune.bufsize}: size of a receive block, and how much of its input a connection holds; {@link #BUFFER_BYTES_MIN} at least. */
    public int bufferBytes = BUFFER_BYTES_MIN;
    /** How many blocks a loop may lend at most. */
    public int buffersMax = 8192;
    /** How many connections a loop may hold at most, both sides counted. */
    public int connectionsMax = 1 << 16;
    /** False: no splice(2) at all ({@code nosplice}). */
    public boolean splice = true;
    /** How many pipes a loop may hold ({@code maxpipes}). */
    public int pipesMax = 256;
    /** False runs virtual threads as on a JDK that refuses to let a loop be their carrier: slower, for tests and diagnosis. */
    public boolean schedulerHook = !Boolean.getBoolean("weir.scheduler.refuse");
    /** Takes lines for the operator, with the level's HAProxy name first ({@code NOTICE}, {@code WARNING}, {@code ALERT}). Any thread. */
    public Consumer<String> log = line -> {};
}
