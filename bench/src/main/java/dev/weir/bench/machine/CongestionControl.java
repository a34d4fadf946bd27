package dev.weir.bench.machine;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Cubic for all while a run lasts: BBR's pacing starves loopback in small virtual machines, and not every product may choose. Restored by {@link #close}. */
public final class CongestionControl implements AutoCloseable {
    private static final Path FILE = Path.of("/proc/sys/net/ipv4/tcp_congestion_control");
    private static final String WANTED = "cubic";

    private final String before;
    private final String complaint;

    public CongestionControl() throws IOException {
        before = Files.readString(FILE).strip();
        complaint = before.equals(WANTED) ? "" : set(WANTED);
    }

    /** Empty if cubic is in force, else a line that says why not. */
    public String complaint() {
        return complaint;
    }

    private String set(String name) throws IOException {
        try {
            Files.writeString(FILE, name + "\n");
            return "";
        } catch (AccessDeniedException e) {
            return "TCP's congestion control stays " + before + " for all (only root may set it to " + WANTED + ")";
        }
    }

    @Override
    public void close() {
        if (complaint.isEmpty() && !before.equals(WANTED)) {
            try {
                set(before);
            } catch (IOException e) {
                System.err.println("weir bench: cannot set " + FILE + " back to " + before + ": " + e.getMessage());
            }
        }
    }
}
