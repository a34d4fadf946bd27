package dev.weir.load.run;

/** When a virtual user may send its next request. Thread: the loop's; users call it on their virtual threads. */
interface Pace {
    /** No request: the run is over, or the user's idle connection has ended and wants to be replaced. */
    long NONE = Long.MIN_VALUE;

    /** Waits for the next request; when it is due (the time that its latency counts from), or {@link #NONE}. */
    long take(User user);

    /** Another request that may be sent at once, or {@link #NONE}: for users that pipeline. */
    long takeMore();

    /** The clock starts. */
    void start(long startNs);

    /** No further requests: whoever waits is let go. Returns how many requests are due and unsent. */
    long end(long endNs);
}
