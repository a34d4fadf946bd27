package dev.weir.bridge.transport.uring;

import dev.weir.bridge.kernel.Errno;
import dev.weir.bridge.transport.ConnectionFailure;
import dev.weir.bridge.transport.ConnectionFailure.Kind;

/** Error numbers as what they mean to a session. */
final class Failures {
    private Failures() {}

    /** A connect is cancelled when its time is over, or when it was killed. */
    static ConnectionFailure ofConnect(int errno, boolean killed, boolean ending) {
        int shown = errno == Errno.ECANCELED ? Errno.ETIMEDOUT : errno;
        return new ConnectionFailure(kindOfConnect(errno, killed, ending), shown, Errno.text(shown));
    }

    private static Kind kindOfConnect(int errno, boolean killed, boolean ending) {
        return switch (errno) {
            case Errno.ECANCELED -> killed ? ending ? Kind.CLOSED : Kind.KILLED : Kind.TIMED_OUT;
            case Errno.ETIMEDOUT -> Kind.TIMED_OUT;
            case Errno.ENETUNREACH, Errno.EHOSTUNREACH, Errno.ENETDOWN, Errno.EACCES, Errno.EPERM -> Kind.UNREACHABLE;
            case Errno.EADDRNOTAVAIL,
                    Errno.EADDRINUSE,
                    Errno.EAGAIN,
                    Errno.ENOBUFS,
                    Errno.ENOMEM,
                    Errno.EMFILE,
                    Errno.ENFILE -> Kind.NO_RESOURCE;
            case Errno.ECONNRESET -> Kind.RESET;
            default -> Kind.REFUSED;
        };
    }

    static Kind ofTraffic(int errno) {
        return errno == Errno.EPIPE ? Kind.BROKEN_PIPE : Kind.RESET;
    }
}
