package dev.weir.stream;

/**
 * When a session reached its phases: the moment of accept, and for each phase the nanoseconds since then, -1 while it was not
 * reached. Owned by the stream's thread; written by the session.
 */
public final class StreamTimes {
    /** Reading of {@link dev.weir.clock.Clock#nanoTime()} at accept. */
    public long acceptNs;
    /** Microseconds since 1970 at accept. */
    public long acceptMicros;
    /** End of the handshakes (PROXY header, TLS). */
    public long handshakeNs;
    /** End of the wait in a queue, or the moment a server was chosen at once. */
    public long queueNs;
    /** Connection to the server established. */
    public long connectNs;
    /** Both sides closed. */
    public long closeNs;

    void reset() {
        acceptNs = 0;
        acceptMicros = 0;
        handshakeNs = queueNs = connectNs = closeNs = -1;
    }

    /** The moment of accept. */
    public void accepted(long nanoTime, long epochMicros) {
        acceptNs = nanoTime;
        acceptMicros = epochMicros;
    }

    /** Converts a reading of the clock into nanoseconds since accept, never negative. */
    public long sinceAccept(long nanoTime) {
        return Math.max(0, nanoTime - acceptNs);
    }

    /** {@code %Th} in milliseconds. */
    public long handshakeMs() {
        return ms(handshakeNs);
    }

    /** {@code %Tw} in milliseconds, -1 if the queue was not left. */
    public long queueMs() {
        return queueNs < 0 ? -1 : ms(queueNs) - Math.max(0, handshakeMs());
    }

    /** {@code %Tc} in milliseconds, -1 if no connection was established. */
    public long connectMs() {
        return connectNs < 0 ? -1 : ms(connectNs) - Math.max(0, ms(queueNs));
    }

    /** {@code %Td} in milliseconds, -1 if there was no connection. */
    public long dataMs() {
        return connectNs < 0 || closeNs < 0 ? -1 : ms(closeNs) - ms(connectNs);
    }

    /** {@code %Tt} in milliseconds. */
    public long totalMs() {
        return ms(closeNs);
    }

    private static long ms(long ns) {
        return ns < 0 ? -1 : ns / 1_000_000;
    }
}
