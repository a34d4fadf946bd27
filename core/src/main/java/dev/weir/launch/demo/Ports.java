package dev.weir.launch.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Ports for the demo's frontend: HAProxy's language has no bind to port 0. */
final class Ports {
    private static final int PREFERRED = 8080;

    private Ports() {}

    /** 8080 if nobody has it, else any. */
    static int preferred() throws IOException {
        try {
            return probe(PREFERRED);
        } catch (IOException e) {
            return any(); // taken
        }
    }

    static int any() throws IOException {
        return probe(0);
    }

    private static int probe(int port) throws IOException {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
