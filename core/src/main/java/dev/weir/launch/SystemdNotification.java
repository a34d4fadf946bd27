package dev.weir.launch;

import dev.weir.bridge.kernel.Kernel;
import dev.weir.bridge.kernel.SocketAddress;
import dev.weir.bridge.kernel.SocketConstants;
import dev.weir.bridge.transport.Endpoint;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * {@code -Ws}: tells systemd how far the process is, by a datagram to the socket that {@code NOTIFY_SOCKET} names
 * (sd_notify(3)); the JDK has no such sockets. Without that variable nobody wants to know. Thread: the main one.
 */
final class SystemdNotification {
    private SystemdNotification() {}

    /** It serves: a {@code Type=notify} unit is up. */
    static void ready() {
        send("READY=1\nMAINPID=" + ProcessHandle.current().pid() + "\n");
    }

    /** The configuration is being read again; {@link #ready} ends that. */
    static void reloading() {
        send("RELOADING=1\nMONOTONIC_USEC=" + System.nanoTime() / 1_000 + "\n");
    }

    /** It takes no more connections. */
    static void stopping() {
        send("STOPPING=1\n");
    }

    private static void send(String state) {
        String name = System.getenv("NOTIFY_SOCKET");
        if (name == null || name.isEmpty() || Kernel.refusal() != null) {
            return;
        }
        Kernel kernel = new Kernel();
        int fd = kernel.socket(SocketConstants.AF_UNIX, SocketConstants.SOCK_DGRAM | SocketConstants.SOCK_CLOEXEC, 0);
        if (fd < 0) {
            return; // without a descriptor systemd learns nothing, and its own time-out says so
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = arena.allocateFrom(state);
            SocketAddress address = new SocketAddress().set(endpoint(name));
            // Without the zeros behind the name: an abstract one would be another name with them.
            int length = 2 + name.length();
            kernel.sendto(
                    fd, text.address(), text.byteSize() - 1, SocketConstants.MSG_NOSIGNAL, address.address(), length);
        } finally {
            kernel.close(fd);
        }
    }

    private static Endpoint endpoint(String name) {
        return name.charAt(0) == '@' ? new Endpoint.Abstract(name.substring(1)) : new Endpoint.Unix(name);
    }
}
