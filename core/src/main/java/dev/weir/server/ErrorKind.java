package dev.weir.server;

import dev.weir.bridge.transport.ConnectionFailure;
import dev.weir.stream.Cause;
import dev.weir.stream.Phase;

/** Why a session did not get its server; only the first error of a session counts, as in HAProxy. */
enum ErrorKind {
    /** Waited for longer than {@code timeout queue}. */
    QUEUE_TIMEOUT(Cause.SERVER_TIMEOUT, Phase.QUEUE),
    /** The queue of the only server in question is full. */
    QUEUE_FULL(Cause.SERVER, Phase.QUEUE),
    /** Connecting took longer than {@code timeout connect}. */
    CONNECT_TIMEOUT(Cause.SERVER_TIMEOUT, Phase.CONNECT),
    /** Refused, reset, unreachable; or no server is usable. */
    CONNECT_ERROR(Cause.SERVER, Phase.CONNECT),
    /** No descriptor, port or memory here. */
    NO_RESOURCE(Cause.RESOURCE, Phase.CONNECT),
    /** The proxy itself stops or fails. */
    INTERNAL(Cause.INTERNAL, Phase.CONNECT);

    final Cause cause;
    final Phase phase;

    ErrorKind(Cause cause, Phase phase) {
        this.cause = cause;
        this.phase = phase;
    }

    static ErrorKind of(ConnectionFailure failure) {
        return switch (failure.kind()) {
            case TIMED_OUT -> CONNECT_TIMEOUT;
            case REFUSED, UNREACHABLE, RESET, BROKEN_PIPE -> CONNECT_ERROR;
            case NO_RESOURCE -> NO_RESOURCE;
            case KILLED, CLOSED -> INTERNAL;
        };
    }
}
