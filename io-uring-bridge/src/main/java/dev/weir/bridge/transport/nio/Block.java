package dev.weir.bridge.transport.nio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** One off-heap block and the span of it that holds bytes. Thread: the loop's. Owner: who borrowed it from {@link BlockPool}. */
final class Block {
    /** Position and limit mean nothing between two calls. */
    private final ByteBuffer bytes;

    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
    private int start;
    private int end;
    /** The next one of the pool's free blocks, or of a connection's output. */
    Block next;

    Block(int capacityBytes) {
        bytes = ByteBuffer.allocateDirect(capacityBytes);
    }

    int readable() {
        return end - start;
    }

    int capacity() {
        return bytes.capacity();
    }

    Block clear() {
        start = 0;
        end = 0;
        return this;
    }

    void consume(int count) {
        start += count;
    }

    /** The held bytes; valid until they change. */
    DirectBuffer view() {
        view.wrap(bytes, start, end - start);
        return view;
    }

    /** Reads until at most {@code heldMax} bytes are held. What {@link SocketChannel#read} returns. */
    int readFrom(SocketChannel channel, int heldMax) throws IOException {
        if (start > 0 && end + heldMax - readable() > bytes.capacity()) {
            moveToFront();
        }
        int count = channel.read(
                bytes.limit(Math.min(bytes.capacity(), start + heldMax)).position(end));
        end += Math.max(count, 0);
        return count;
    }

    /** How many bytes fit behind the held ones. */
    int room() {
        return bytes.capacity() - end;
    }

    /** Adds bytes behind the held ones; there must be {@link #room} for them. */
    void append(DirectBuffer source, int offset, int length) {
        source.getBytes(offset, bytes.clear(), end, length);
        end += length;
    }

    /** How many held bytes the socket took. */
    int writeTo(SocketChannel channel) throws IOException {
        return writeTo(channel, readable());
    }

    /** The same of the first ones. */
    int writeTo(SocketChannel channel, int most) throws IOException {
        int count = channel.write(bytes.limit(start + most).position(start));
        start += count;
        return count;
    }

    private void moveToFront() {
        bytes.limit(end).position(start).compact();
        end -= start;
        start = 0;
    }

    void free() {
        view.wrap(0, 0);
        BufferUtil.free(bytes);
    }
}
