package dev.weir.server;

import java.util.BitSet;

/**
 * After what an attempt is followed by another ({@code retry-on}). All but the first need the request once more.
 *
 * @param connFailure no connection was to be had
 * @param emptyResponse the server ended without a word
 * @param junkResponse what it sent is no response, or not a whole head
 * @param responseTimeout it sent nothing in time
 * @param statuses what it answered; never changed after construction
 */
public record RetryEvents(
        boolean connFailure, boolean emptyResponse, boolean junkResponse, boolean responseTimeout, BitSet statuses) {
    /** Where nothing is said. */
    public static final RetryEvents DEFAULT = new RetryEvents(true, false, false, false, new BitSet());

    /** Whether requests that were sent may be sent once more. */
    public boolean repeatsRequests() {
        return emptyResponse || junkResponse || responseTimeout || !statuses.isEmpty();
    }

    /** Whether whatever befalls a connection that served before is made good: then a client's first request may use it, too. */
    boolean makesReuseSafe() {
        return connFailure && emptyResponse && responseTimeout;
    }
}
