package dev.weir.bridge.transport;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** The other end in a test: a plain blocking socket of the JDK. Thread: one that writes and one that reads. */
final class Peer implements AutoCloseable {
    /** What {@link #read} returns at the end of the stream. */
    static final int END = -1;

    private final SocketChannel channel;

    Peer(SocketChannel channel) {
        this.channel = channel;
    }

    static Peer connect(SocketAddress address) throws IOException {
        return new Peer(SocketChannel.open(address));
    }

    static Peer connect(Listener listener) throws IOException {
        return connect(addressOf(listener));
    }

    /** With a small receive buffer, so that its slowness is felt at once. */
    static Peer connectNarrow(Listener listener, int receiveBufferBytes) throws IOException {
        SocketChannel channel = SocketChannel.open();
        channel.setOption(StandardSocketOptions.SO_RCVBUF, receiveBufferBytes);
        channel.connect(addressOf(listener));
        return new Peer(channel);
    }

    static InetSocketAddress addressOf(Listener listener) {
        SocketName name = listener.name();
        return new InetSocketAddress(name.toInetAddress(), name.port());
    }

    SocketChannel channel() {
        return channel;
    }

    InetSocketAddress localAddress() throws IOException {
        return (InetSocketAddress) channel.getLocalAddress();
    }

    InetSocketAddress remoteAddress() throws IOException {
        return (InetSocketAddress) channel.getRemoteAddress();
    }

    Peer send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    Peer send(byte[] bytes) throws IOException {
        return send(bytes, 0, bytes.length);
    }

    Peer send(byte[] bytes, int offset, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        return this;
    }

    Peer halfClose() throws IOException {
        channel.shutdownOutput();
        return this;
    }

    /** Ends with RST. */
    void reset() throws IOException {
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        channel.close();
    }

    int read(byte[] bytes, int offset, int length) throws IOException {
        return channel.read(ByteBuffer.wrap(bytes, offset, length));
    }

    byte[] readBytes(int count) throws IOException {
        byte[] bytes = new byte[count];
        int read = 0;
        while (read < count) {
            int got = read(bytes, read, count - read);
            if (got == END) {
                throw new EOFException("the stream ended after " + read + " of " + count + " bytes");
            }
            read += got;
        }
        return bytes;
    }

    String readText(int count) throws IOException {
        return new String(readBytes(count), StandardCharsets.ISO_8859_1);
    }

    String readTextToEnd() throws IOException {
        return new String(readToEnd(), StandardCharsets.ISO_8859_1);
    }

    byte[] readToEnd() throws IOException {
        var all = new java.io.ByteArrayOutputStream();
        byte[] chunk = new byte[65536];
        int got;
        while ((got = read(chunk, 0, chunk.length)) != END) {
            all.write(chunk, 0, got);
        }
        return all.toByteArray();
    }

    /** Whether the stream ends by reset rather than by an end; whatever comes before is read and forgotten. */
    boolean isReset() {
        byte[] chunk = new byte[65536];
        try {
            while (read(chunk, 0, chunk.length) != END) {
                // Until it ends one way or the other.
            }
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
