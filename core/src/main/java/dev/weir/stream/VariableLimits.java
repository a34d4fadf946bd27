package dev.weir.stream;

/**
 * {@code tune.vars.*-max-size} in bytes, 0 for no limit. What a narrower scope holds also counts in the wider ones.
 *
 * @param proc of the process
 * @param sess of a session, its exchanges included
 * @param txn of an exchange, request and response included
 * @param reqres of a request or response
 */
public record VariableLimits(long proc, long sess, long txn, long reqres) {
    /** No limit at all, as HAProxy's default. */
    public static final VariableLimits NONE = new VariableLimits(0, 0, 0, 0);

    /** What a variable costs beside its bytes; the size HAProxy counts for its own structure. */
    static final int OVERHEAD_BYTES = 64;
}
