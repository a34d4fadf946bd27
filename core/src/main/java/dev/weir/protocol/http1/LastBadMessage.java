package dev.weir.protocol.http1;

import java.util.concurrent.atomic.AtomicLong;

/** The last message of one side of a proxy that could not be read, and which one it was. Written by loops, read by commands. */
public final class LastBadMessage {
    private static final AtomicLong EVENTS = new AtomicLong();

    /** @param number of the event among all of the process, from 0 */
    public record Event(long number, BadMessage message) {}

    private volatile Event last;

    public void note(BadMessage message) {
        last = new Event(EVENTS.getAndIncrement(), message);
    }

    /** Null if there was none. */
    public Event last() {
        return last;
    }

    /** How many there were in the process. */
    public static long eventCount() {
        return EVENTS.get();
    }
}
