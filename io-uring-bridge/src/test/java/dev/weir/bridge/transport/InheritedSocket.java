package dev.weir.bridge.transport;

import dev.weir.bridge.kernel.Kernel;
import dev.weir.bridge.kernel.SocketAddress;
import dev.weir.bridge.kernel.SocketConstants;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** A listening descriptor as a parent process would leave it. */
final class InheritedSocket {
    private InheritedSocket() {}

    /** Whoever adopts it closes it. */
    static int listening() throws UnknownHostException {
        Kernel kernel = new Kernel();
        int fd = kernel.socket(SocketConstants.AF_INET, SocketConstants.SOCK_STREAM, 0);
        SocketAddress address = new SocketAddress().set(new Endpoint.Inet(InetAddress.getByName("127.0.0.1"), 0));
        if (kernel.bind(fd, address.address(), address.length()) < 0 || kernel.listen(fd, 16) < 0) {
            throw new AssertionError("cannot listen on a descriptor of our own");
        }
        return fd;
    }
}
