package dev.weir.load.plan;

import dev.weir.load.http.Expectation;
import dev.weir.load.http.RequestBytes;

/** What one request is. Closed set. */
public sealed interface Job {
    /** An HTTP request and what its answer has to be. */
    record Http(RequestBytes request, Expectation expectation) implements Job {}

    /** So many bytes there and the same back. */
    record Echo(int bytes) implements Job {}

    /** So many bytes there, so many back. */
    record Ask(int bytes, int answerBytes) implements Job {}

    /** A connection, and nothing on it. */
    record Connect() implements Job {}

    /** Bytes there, without end; so many count as a request. */
    record Sink(int bytes) implements Job {}

    /** Bytes back, without end; so many count as a request. */
    record Source(int bytes) implements Job {}
}
