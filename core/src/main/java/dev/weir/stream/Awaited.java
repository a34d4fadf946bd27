package dev.weir.stream;

/**
 * What a rule leaves to its session to wait for, such as an answer from elsewhere. It always ends, by itself, in bounded time. Made and
 * waited for on one loop; what it waits for may be on any thread.
 */
public interface Awaited {
    /** @param wake called once, on any thread, when it is over */
    void begin(Runnable wake);

    boolean isOver();

    /** What it brings takes effect. When it is over, on the session's loop. */
    void finish(Stream stream);

    /** The session is over before it is. */
    void abandon();
}
