package dev.weir.proxy;

/** How much of what a session has moved is in the counters already. Thread: the loop's. */
public final class CountedBytes {
    private long in;
    private long out;

    public void forget() {
        in = out = 0;
    }

    /** @return what came from the client since the last call, when it is so much in all */
    public long in(long all) {
        long fresh = all - in;
        in = all;
        return fresh;
    }

    /** @return what went to the client since the last call, when it is so much in all */
    public long out(long all) {
        long fresh = all - out;
        out = all;
        return fresh;
    }
}
