package dev.weir.resolver;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.ArrayDeque;

/**
 * TCP to one name server: one connection for all questions, opened when there is one and none is open. Messages go with their length
 * before them, both ways. Thread: the resolvers'.
 */
final class StreamWay {
    /** Questions that wait for the connection to take them; more are refused. */
    private static final int WAITING_MAX = 1024;

    private static final int LENGTH_BYTES = Short.BYTES;

    private final Selector selector;
    private final InetSocketAddress address;
    private final NameServerLink.Listener listener;
    private final ArrayDeque<ByteBuffer> outgoing = new ArrayDeque<>();
    /** What came of the next message so far. Made with the connection. */
    private ByteBuffer incoming;

    private SocketChannel channel;
    private SelectionKey key;

    StreamWay(Selector selector, InetSocketAddress address, NameServerLink.Listener listener) {
        this.selector = selector;
        this.address = address;
        this.listener = listener;
    }

    boolean send(byte[] message) {
        if (outgoing.size() >= WAITING_MAX) {
            return false;
        }
        try {
            if (channel == null) {
                open();
            }
        } catch (IOException | UnsupportedAddressTypeException e) { // the latter: a machine without IPv6
            close(); // the next question tries afresh; the caller counts
            return false;
        }
        ByteBuffer framed = ByteBuffer.allocate(LENGTH_BYTES + message.length);
        outgoing.addLast(framed.putShort((short) message.length).put(message).flip());
        if (channel.isConnected()) {
            key.interestOpsOr(SelectionKey.OP_WRITE);
        }
        return true;
    }

    private void open() throws IOException {
        channel = SocketChannel.open();
        channel.configureBlocking(false);
        incoming = ByteBuffer.allocate(LENGTH_BYTES + ResolverSettings.PAYLOAD_BYTES_MAX);
        boolean isConnected = channel.connect(address);
        key = channel.register(
                selector, isConnected ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT, (SelectedChannel) this::ready);
    }

    private void ready() {
        try {
            if (key.isConnectable() && channel.finishConnect()) {
                key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
            }
            if (key.isValid() && key.isWritable()) {
                write();
            }
            if (key.isValid() && key.isReadable()) {
                read();
            }
        } catch (IOException e) {
            fail();
        }
    }

    private void write() throws IOException {
        while (!outgoing.isEmpty()) {
            channel.write(outgoing.getFirst());
            if (outgoing.getFirst().hasRemaining()) {
                return;
            }
            outgoing.removeFirst();
        }
        key.interestOpsAnd(~SelectionKey.OP_WRITE);
    }

    private void read() throws IOException {
        int count = channel.read(incoming);
        if (count < 0) {
            fail();
            return;
        }
        incoming.flip();
        while (channel != null && hasWhole()) {
            byte[] message = new byte[incoming.getShort() & 0xFFFF];
            incoming.get(message);
            listener.received(message, message.length, true);
        }
        incoming.compact();
    }

    private boolean hasWhole() {
        return incoming.remaining() >= LENGTH_BYTES
                && incoming.remaining() >= LENGTH_BYTES + (incoming.getShort(incoming.position()) & 0xFFFF);
    }

    private void fail() {
        close();
        listener.streamFailed();
    }

    void close() {
        if (channel != null) {
            Channels.close(channel);
            channel = null;
            outgoing.clear();
        }
    }
}
