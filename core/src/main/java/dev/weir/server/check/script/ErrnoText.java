package dev.weir.server.check.script;

import dev.weir.bridge.transport.ConnectionFailure;

/** What the C library says of the failures that connecting meets. */
final class ErrnoText {
    private ErrnoText() {}

    static String of(ConnectionFailure failure) {
        return failure.errno() == 0 ? byKind(failure) : byNumber(failure);
    }

    /** Of a connection that was established. */
    static String returned(ConnectionFailure failure) {
        return switch (failure.kind()) {
            case RESET -> "ECONNRESET returned by OS (" + of(failure) + ")";
            case BROKEN_PIPE -> "EPIPE returned by OS (" + of(failure) + ")";
            default -> of(failure);
        };
    }

    private static String byNumber(ConnectionFailure failure) {
        return switch (failure.errno()) {
            case 2 -> "No such file or directory";
            case 11 -> "Resource temporarily unavailable";
            case 13 -> "Permission denied";
            case 32 -> "Broken pipe";
            case 24 -> "Too many open files";
            case 98 -> "Address already in use";
            case 99 -> "Cannot assign requested address";
            case 101 -> "Network is unreachable";
            case 104 -> "Connection reset by peer";
            case 110 -> "Connection timed out";
            case 111 -> "Connection refused";
            case 112 -> "Host is down";
            case 113 -> "No route to host";
            default -> byKind(failure);
        };
    }

    /** Where the transport does not know the number. */
    private static String byKind(ConnectionFailure failure) {
        return switch (failure.kind()) {
            case REFUSED -> "Connection refused";
            case UNREACHABLE -> "No route to host";
            case TIMED_OUT -> "Connection timed out";
            case RESET -> "Connection reset by peer";
            case BROKEN_PIPE -> "Broken pipe";
            case NO_RESOURCE -> "Too many open files";
            case KILLED, CLOSED -> failure.getMessage();
        };
    }
}
