package dev.weir.launch;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.bridge.kernel.Errno;
import dev.weir.bridge.kernel.Kernel;
import dev.weir.bridge.kernel.SocketAddress;
import dev.weir.bridge.kernel.SocketConstants;
import dev.weir.bridge.transport.Endpoint;
import dev.weir.config.model.Severity;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.Map;

/**
 * {@code -Ws}: tells systemd how far the process is, by a datagram to the socket that {@code NOTIFY_SOCKET} names
 * (sd_notify(3)); the JDK has no such sockets. Without {@code -Ws} or that variable nobody wants to know, and nothing is sent.
 * The texts of {@code STATUS} are HAProxy's where it has one. Any thread.
 */
final class SystemdNotification {
    private static final String READY = "READY=1\nMAINPID=%d\nSTATUS=%s\n";

    private final String socket;
    private final Map<String, String> environment;
    private final StartupMessages messages;
    private final long pid = ProcessHandle.current().pid();
    /** One warning is enough: systemd's own time-out says the rest. */
    private volatile boolean hasFailed;

    private SystemdNotification(String socket, Map<String, String> environment, StartupMessages messages) {
        this.socket = socket;
        this.environment = environment;
        this.messages = messages;
    }

    /** For this process, as its command line and environment want it. */
    static SystemdNotification of(CommandLine commandLine, Map<String, String> environment, StartupMessages messages) {
        boolean isWanted = commandLine.notifiesSystemd() && Kernel.refusal() == null;
        String socket = isWanted ? environment.getOrDefault("NOTIFY_SOCKET", "") : "";
        return new SystemdNotification(socket, environment, messages);
    }

    /** It serves: a {@code Type=notify} unit is up. */
    void ready() {
        send(READY.formatted(pid, "Ready."));
    }

    /** The configuration is being read again; {@link #ready} or {@link #reloadFailed} ends that. */
    void reloading() {
        // What systemd compares is CLOCK_MONOTONIC, which HotSpot's nanoTime is on Linux.
        send("RELOADING=1\nSTATUS=Reloading Configuration.\nMONOTONIC_USEC=" + System.nanoTime() / 1_000 + "\n");
    }

    /** It serves on as before. */
    void reloadFailed() {
        send(READY.formatted(pid, "Reload failed, the configuration before stays in force."));
    }

    /** It takes no more connections. */
    void stopping() {
        send("STOPPING=1\nSTATUS=Stopping.\n");
    }

    /** It is alive: to be said again within {@link #watchdogInterval}. */
    void alive() {
        send("WATCHDOG=1\n");
    }

    /** {@code WatchdogSec=} of the unit: how long systemd waits for a sign of life; zero if it does not wait for any. */
    Duration watchdogInterval() {
        String microseconds = environment.getOrDefault("WATCHDOG_USEC", "");
        String addressee = environment.getOrDefault("WATCHDOG_PID", "");
        boolean isMeant = addressee.isEmpty() || addressee.equals(Long.toString(pid));
        if (socket.isEmpty() || !isMeant || !microseconds.matches("[0-9]{1,15}")) {
            return Duration.ZERO;
        }
        return Duration.ofNanos(Long.parseLong(microseconds) * 1_000);
    }

    private void send(String state) {
        if (socket.isEmpty()) {
            return;
        }
        String failure = failureOf(state);
        if (failure != null && !hasFailed) {
            hasFailed = true;
            messages.show(Severity.WARNING, "systemd cannot be told at NOTIFY_SOCKET '" + socket + "': " + failure);
        }
    }

    /** Sends it; null, or why it could not. */
    private String failureOf(String state) {
        boolean isAbstract = socket.charAt(0) == '@';
        SocketAddress address = new SocketAddress();
        try {
            address.set(isAbstract ? new Endpoint.Abstract(socket.substring(1)) : new Endpoint.Unix(socket));
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
        Kernel kernel = new Kernel();
        int fd = kernel.socket(SocketConstants.AF_UNIX, SocketConstants.SOCK_DGRAM | SocketConstants.SOCK_CLOEXEC, 0);
        if (fd < 0) {
            return Errno.text(-fd);
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = arena.allocateFrom(state);
            // Without the zeros behind the name: an abstract one would be another name with them.
            int length = 2 + socket.getBytes(UTF_8).length;
            long sent = kernel.sendto(
                    fd, text.address(), text.byteSize() - 1, SocketConstants.MSG_NOSIGNAL, address.address(), length);
            return sent < 0 ? Errno.text((int) -sent) : null;
        } finally {
            kernel.close(fd);
        }
    }
}
