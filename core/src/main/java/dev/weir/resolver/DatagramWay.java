package dev.weir.resolver;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;

/**
 * UDP to one name server: a connected socket, so that the kernel takes nothing from anybody else, on a port of its choice. Opened with the
 * first question. Thread: the resolvers'.
 */
final class DatagramWay {
    private final Selector selector;
    private final InetSocketAddress address;
    private final int payloadBytes;
    private final NameServerLink.Listener listener;
    /** One byte longer than what is accepted, so that a longer one shows. Shared by all; the listener reads it at once. */
    private final ByteBuffer buffer;

    private DatagramChannel channel;

    DatagramWay(
            Selector selector,
            InetSocketAddress address,
            int payloadBytes,
            ByteBuffer buffer,
            NameServerLink.Listener listener) {
        this.selector = selector;
        this.address = address;
        this.payloadBytes = payloadBytes;
        this.buffer = buffer;
        this.listener = listener;
    }

    boolean send(byte[] message) {
        try {
            if (channel == null) {
                channel = open();
            }
            return channel.write(ByteBuffer.wrap(message)) == message.length;
        } catch (IOException | UnsupportedOperationException e) { // the latter: a machine without IPv6
            close(); // the next question tries afresh; the caller counts
            return false;
        }
    }

    private DatagramChannel open() throws IOException {
        boolean isIpv4 = address.getAddress() instanceof Inet4Address;
        DatagramChannel opened =
                DatagramChannel.open(isIpv4 ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6);
        try {
            opened.configureBlocking(false);
            opened.connect(address);
            opened.register(selector, SelectionKey.OP_READ, (SelectedChannel) this::receive);
            return opened;
        } catch (IOException e) {
            opened.close();
            throw e;
        }
    }

    private void receive() {
        try {
            while (channel != null && channel.read(buffer.clear().limit(payloadBytes + 1)) > 0) {
                if (buffer.position() > payloadBytes) {
                    listener.receivedTooMuch();
                } else {
                    listener.received(buffer.array(), buffer.position(), false);
                }
            }
        } catch (IOException e) { // an ICMP message says that nobody listens
            close();
            listener.datagramsFailed();
        }
    }

    void close() {
        if (channel != null) {
            Channels.close(channel);
            channel = null;
        }
    }
}
