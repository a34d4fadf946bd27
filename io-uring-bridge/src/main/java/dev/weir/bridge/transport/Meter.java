package dev.weir.bridge.transport;

/**
 * Lets bytes of one direction through at a pace: a bandwidth limit. The loop asks whenever bytes are there, and leaves the source
 * alone until it is time to ask again. Thread: the loop's that moves the bytes.
 */
public interface Meter {
    /**
     * How many of the bytes that are here may pass now. They count as passed; of what is held back, nothing does.
     *
     * @param nowNs time of the loop
     * @return 0 to {@code bytes}
     */
    int grant(int bytes, long nowNs);

    /** When to ask again after {@link #grant} gave less than was there; a time of the loop that has not come. */
    long resumeNs();
}
