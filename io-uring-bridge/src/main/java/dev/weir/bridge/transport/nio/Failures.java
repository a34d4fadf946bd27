package dev.weir.bridge.transport.nio;

import dev.weir.bridge.transport.ConnectionFailure;
import dev.weir.bridge.transport.ConnectionFailure.Kind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;

/**
 * Names what the JDK throws. The JDK keeps no error number, only its text; a text that is not known (another language) still gets
 * the kind that fits the operation.
 */
final class Failures {
    private static final int ECONNRESET = 104;

    private Failures() {}

    static ConnectionFailure ofReceive(IOException e) {
        int errno = errno(e);
        return new ConnectionFailure(Kind.RESET, errno == 0 ? ECONNRESET : errno, e.getMessage());
    }

    static ConnectionFailure ofSend(IOException e) {
        int errno = errno(e);
        Kind kind =
                errno == 32 || e instanceof java.nio.channels.ClosedChannelException ? Kind.BROKEN_PIPE : Kind.RESET;
        return new ConnectionFailure(kind, errno, e.getMessage());
    }

    static ConnectionFailure ofConnect(IOException e) {
        int errno = errno(e);
        return new ConnectionFailure(kindOfConnect(e, errno), errno, e.getMessage());
    }

    private static Kind kindOfConnect(IOException e, int errno) {
        return switch (errno) {
            case 2, 111 -> Kind.REFUSED;
            case 100, 101, 113 -> Kind.UNREACHABLE;
            case 104 -> Kind.RESET;
            case 110 -> Kind.TIMED_OUT;
            case 12, 23, 24, 98, 99, 105 -> Kind.NO_RESOURCE;
            default ->
                e instanceof NoRouteToHostException
                        ? Kind.UNREACHABLE
                        : e instanceof ConnectException ? Kind.REFUSED : Kind.NO_RESOURCE;
        };
    }

    /** Whether no descriptor or memory was left, as opposed to a peer that has gone. */
    static boolean isExhaustion(IOException e) {
        return switch (errno(e)) {
            case 12, 23, 24, 105 -> true;
            default -> false;
        };
    }

    /** The kernel's number by the C library's text; 0 if it is not among those that matter here. */
    static int errno(IOException e) {
        String text = String.valueOf(e.getMessage());
        return switch (text.startsWith("Too many open files in system") ? "ENFILE" : text) {
            case "No such file or directory" -> 2;
            case "Cannot allocate memory" -> 12;
            case "Permission denied" -> 13;
            case "ENFILE" -> 23;
            case "Too many open files" -> 24;
            case "Broken pipe" -> 32;
            case "Address already in use" -> 98;
            case "Cannot assign requested address" -> 99;
            case "Network is down" -> 100;
            case "Network is unreachable" -> 101;
            case "Connection reset", "Connection reset by peer" -> ECONNRESET;
            case "No buffer space available" -> 105;
            case "Connection timed out" -> 110;
            case "Connection refused" -> 111;
            case "No route to host" -> 113;
            default -> 0;
        };
    }
}
