package dev.weir.e2e;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** A syslog daemon on a UDP port. */
final class BehaviourLog implements AutoCloseable {
    private static final int LINE_MAX = 65_536;

    private final DatagramSocket socket;

    BehaviourLog() throws IOException {
        socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        socket.setSoTimeout(BehaviourPeer.PATIENCE_MS);
    }

    int port() {
        return socket.getLocalPort();
    }

    /** The next message as it came. */
    String raw() throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[LINE_MAX], LINE_MAX);
        socket.receive(packet);
        return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.ISO_8859_1).stripTrailing();
    }

    /** The next message without its header: {@code <134>Nov 23 01:00:00 haproxy[17]: }. */
    String line() throws IOException {
        return raw().replaceFirst("^<\\d+>\\w+ +\\d+ [0-9:]+ ([^ ]+ )?haproxy\\[\\d+]: ", "");
    }

    /** The next message that contains a text; others are passed over. */
    String lineWith(String text) throws IOException {
        String line = line();
        while (!line.contains(text)) {
            line = line();
        }
        return line;
    }

    @Override
    public void close() {
        socket.close();
    }
}
