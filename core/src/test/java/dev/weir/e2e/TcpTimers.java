package dev.weir.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The kernel's timers of established connections, as {@code /proc/net/tcp} lists them. */
final class TcpTimers {
    /** No timer runs that could be keepalive's. */
    static final long NONE = Long.MAX_VALUE;

    private static final String ESTABLISHED = "01";
    /** The one of the socket itself: keepalive, once everything sent has been acknowledged. */
    private static final String SOCKET_TIMER = "02";

    private static final int TICKS_PER_SECOND = 100;

    private TcpTimers() {}

    /**
     * Seconds until the first probe of the connection that has, or leads to, a port of 127.0.0.1.
     *
     * @param isOwn the port is the connection's own; else its peer's
     */
    static long keepaliveSeconds(int port, boolean isOwn) throws IOException {
        String wanted = String.format("0100007F:%04X", port);
        List<String> lines = Files.readAllLines(Path.of("/proc/net/tcp"));
        for (String line : lines.subList(1, lines.size())) {
            String[] columns = line.trim().split("\\s+");
            String address = columns[isOwn ? 1 : 2];
            String[] timer = columns[5].split(":");
            if (address.equals(wanted) && columns[3].equals(ESTABLISHED) && timer[0].equals(SOCKET_TIMER)) {
                return Long.parseLong(timer[1], 16) / TICKS_PER_SECOND;
            }
        }
        return NONE;
    }
}
