package dev.weir.bench.origin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What each loop of the origin has done, in a mapped file, so that the runner reads it without asking: one slot of a cache line
 * and its neighbour for each loop. A slot is written by its loop's thread only.
 */
public final class OriginCounters {
    private static final int SLOT_BYTES = 128;
    private static final int CONNECTIONS = 0;
    private static final int REQUESTS = 8;
    private static final int BYTES_IN = 16;
    private static final int BYTES_OUT = 24;

    private final UnsafeBuffer slots;

    private OriginCounters(UnsafeBuffer slots) {
        this.slots = slots;
    }

    /** Creates the file. */
    static OriginCounters create(Path file, int loops) {
        return map(file, loops * SLOT_BYTES);
    }

    /** Opens what an origin created. */
    public static OriginCounters open(Path file) {
        return map(file, (int) file.toFile().length());
    }

    private static OriginCounters map(Path file, int bytes) {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MappedByteBuffer mapped = channel.map(FileChannel.MapMode.READ_WRITE, 0, bytes);
            return new OriginCounters(new UnsafeBuffer(mapped.order(ByteOrder.nativeOrder())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void addConnection(int loop) {
        add(loop, CONNECTIONS, 1);
    }

    void addRequests(int loop, long count) {
        add(loop, REQUESTS, count);
    }

    void addBytesIn(int loop, long count) {
        add(loop, BYTES_IN, count);
    }

    void addBytesOut(int loop, long count) {
        add(loop, BYTES_OUT, count);
    }

    private void add(int loop, int field, long count) {
        int index = loop * SLOT_BYTES + field;
        slots.putLongRelease(index, slots.getLong(index) + count);
    }

    /** The sum over the loops. Any process. */
    public OriginFigures read() {
        return new OriginFigures(sum(CONNECTIONS), sum(REQUESTS), sum(BYTES_IN), sum(BYTES_OUT));
    }

    private long sum(int field) {
        long sum = 0;
        for (int slot = 0; slot < slots.capacity(); slot += SLOT_BYTES) {
            sum += slots.getLongVolatile(slot + field);
        }
        return sum;
    }
}
