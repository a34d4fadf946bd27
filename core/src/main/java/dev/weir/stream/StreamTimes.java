package dev.weir.stream;

/**
 * When a session, or one request of an HTTP connection, reached its phases: the moment of its start, and for each phase the
 * nanoseconds since then, -1 while it was not reached. The start is accept, or for a later request of a connection the end of
 * the one before. Owned by the stream's thread; written by the session.
 */
public final class StreamTimes {
    /** Reading of {@link dev.weir.clock.Clock#nanoTime()} at the start. */
    public long acceptNs;
    /** Microseconds since 1970 at the start. */
    public long acceptMicros;
    /** End of the handshakes (PROXY header, TLS); 0 for a later request. */
    public long handshakeNs;
    /** HTTP: from the handshakes to the request's first byte. Stays -1 in {@code mode tcp}. */
    public long idleNs;
    /** HTTP: the request's head was complete. */
    public long requestNs;
    /** End of the wait in a queue, or the moment a server was chosen at once. */
    public long queueNs;
    /** Connection to the server established, or taken from the pool. */
    public long connectNs;
    /** HTTP: the response's head was complete. */
    public long responseNs;
    /** Both sides closed, or the response sent. */
    public long closeNs;

    void reset() {
        acceptNs = 0;
        acceptMicros = 0;
        handshakeNs = idleNs = requestNs = queueNs = connectNs = responseNs = closeNs = -1;
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

    // ---- durations in nanoseconds, negative where the phase was not reached ----

    /** To a place on a server: from the request's head, or from the handshakes if there is none. */
    public long queueDurationNs() {
        return queueNs < 0 ? -1 : queueNs - Math.max(0, requestNs < 0 ? handshakeNs : requestNs);
    }

    /** From there to a connection. */
    public long connectDurationNs() {
        return connectNs < 0 ? -1 : connectNs - Math.max(0, queueNs);
    }

    /** From there to the response's head. */
    public long responseDurationNs() {
        return responseNs < 0 ? -1 : responseNs - Math.max(0, connectNs);
    }

    /** From the request's first byte, in {@code mode tcp} from accept, to a reading of the clock. */
    public long activeDurationNs(long nanoTime) {
        return sinceAccept(nanoTime) - (idleNs < 0 ? 0 : idleNs + Math.max(0, handshakeNs));
    }

    // ---- as logs write them ----

    /** {@code %Th} in milliseconds. */
    public long handshakeMs() {
        return ms(handshakeNs);
    }

    /** {@code %Ti} in milliseconds. */
    public long idleMs() {
        return ms(idleNs);
    }

    /** {@code %TR} in milliseconds, -1 if the head was not received. */
    public long requestHeadMs() {
        return requestNs < 0 ? -1 : ms(requestNs) - activeStartMs();
    }

    /** {@code %Tq} in milliseconds, -1 if the head was not received. */
    public long requestMs() {
        return ms(requestNs);
    }

    /** {@code %Tw} in milliseconds, -1 if the queue was not left. */
    public long queueMs() {
        return queueNs < 0 ? -1 : ms(queueNs) - Math.max(0, requestNs < 0 ? handshakeMs() : ms(requestNs));
    }

    /** {@code %Tc} in milliseconds, -1 if no connection was established. */
    public long connectMs() {
        return connectNs < 0 ? -1 : ms(connectNs) - Math.max(0, ms(queueNs));
    }

    /** {@code %Tr} in milliseconds, -1 if there was no response. */
    public long responseHeadMs() {
        return responseNs < 0 ? -1 : ms(responseNs) - Math.max(0, ms(connectNs));
    }

    /** {@code %Td} in milliseconds: from the connection in {@code mode tcp}, from the response's head in {@code mode http}. */
    public long dataMs(boolean isHttp) {
        long startNs = isHttp ? responseNs : connectNs;
        return startNs < 0 || closeNs < 0 ? -1 : ms(closeNs) - ms(startNs);
    }

    /** {@code %Ta} in milliseconds: without handshakes and idle time. */
    public long activeMs() {
        return closeNs < 0 ? -1 : ms(closeNs) - activeStartMs();
    }

    /** {@code %Tt} in milliseconds. */
    public long totalMs() {
        return ms(closeNs);
    }

    /** {@code %Tu} in milliseconds: without idle time. */
    public long userMs() {
        return closeNs < 0 ? -1 : ms(closeNs) - Math.max(0, ms(idleNs));
    }

    /** Microseconds since 1970 at the request's first byte ({@code %tr}). */
    public long requestMicros() {
        return acceptMicros + activeStartMs() * 1000;
    }

    private long activeStartMs() {
        return idleNs < 0 ? 0 : ms(idleNs) + Math.max(0, ms(handshakeNs));
    }

    private static long ms(long ns) {
        return ns < 0 ? -1 : ns / 1_000_000;
    }
}
