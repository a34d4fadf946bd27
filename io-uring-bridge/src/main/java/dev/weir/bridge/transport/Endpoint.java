package dev.weir.bridge.transport;

import java.net.InetAddress;

/** Where to listen or connect: immutable, resolved. Closed set: a transport's switch handles each. */
public sealed interface Endpoint {

    /** An IPv4 or IPv6 address and a TCP port; port 0 lets the kernel choose. */
    record Inet(InetAddress address, int port) implements Endpoint {
        @Override
        public String toString() {
            String text = address.getHostAddress();
            return text.indexOf(':') >= 0 ? "[" + text + "]:" + port : text + ":" + port;
        }
    }

    /** A UNIX stream socket in the file system. */
    record Unix(String path) implements Endpoint {
        @Override
        public String toString() {
            return "unix@" + path;
        }
    }

    /** A UNIX stream socket in Linux's abstract namespace; the name is padded with zero bytes to the size of {@code sun_path}, as HAProxy's {@code abns@} does. */
    record Abstract(String name) implements Endpoint {
        @Override
        public String toString() {
            return "abns@" + name;
        }
    }

    /** An inherited descriptor that is bound and listening already; the listener that adopts it closes it. */
    record Inherited(int fd) implements Endpoint {
        @Override
        public String toString() {
            return "fd@" + fd;
        }
    }
}
