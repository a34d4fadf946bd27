package dev.weir.sample.fetch;

import dev.weir.bridge.transport.SocketName;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.HashSet;
import java.util.Set;

/**
 * The addresses of this machine, read once: asking the kernel for each session would cost more than a late interface is worth.
 * Any thread.
 */
final class LocalAddresses {
    private static final Set<SocketName> ADDRESSES = read();

    private LocalAddresses() {}

    static boolean contains(SocketName socket) {
        boolean isLoopback = socket.family() == SocketName.Family.IPV4 && socket.low() >>> 24 == 127;
        return isLoopback || contains(socket, socket.port());
    }

    private static boolean contains(SocketName socket, int port) {
        socket.port(0);
        boolean isKnown = ADDRESSES.contains(socket);
        socket.port(port);
        return isKnown;
    }

    private static Set<SocketName> read() {
        Set<SocketName> addresses = new HashSet<>();
        try {
            NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .forEach(address -> addresses.add(new SocketName().inet(address, 0)));
        } catch (SocketException e) {
            // Without a list only loopback counts as local, which is what a machine without interfaces has.
            addresses.clear();
        }
        return addresses;
    }
}
