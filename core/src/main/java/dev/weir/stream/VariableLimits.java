package dev.weir.stream;

/**
 * {@code tune.vars.*-max-size} in bytes, 0 for no limit. What a narrower scope holds also counts in the wider ones.
 *
 * @param process of the process, all its sessions and checks included
 * @param sess of a session, its exchanges included
 * @param txn of an exchange, request and response included
 * @param reqres of a request or response
 * @param check of a health check
 */
public record VariableLimits(long process, long sess, long txn, long reqres, long check) {
    /** No limit at all, as HAProxy's default. */
    public static final VariableLimits NONE = new VariableLimits(0, 0, 0, 0, 0);

    /** What a variable costs beside its bytes; the size of HAProxy's own structure, so that its limits mean the same here. */
    static final int OVERHEAD_BYTES = 80;
}
