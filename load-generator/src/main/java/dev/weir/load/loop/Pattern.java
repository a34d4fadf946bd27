package dev.weir.load.loop;

import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** What TCP kinds send: bytes that tell their place, in native memory that all users share. */
public final class Pattern {
    /** A prime, so that blocks of any usual size do not look alike. */
    private static final int PERIOD = 251;

    private Pattern() {}

    public static UnsafeBuffer ofBytes(int count) {
        UnsafeBuffer bytes = new UnsafeBuffer(ByteBuffer.allocateDirect(count));
        for (int i = 0; i < count; i++) {
            bytes.putByte(i, at(i));
        }
        return bytes;
    }

    private static byte at(int index) {
        return (byte) (index % PERIOD);
    }
}
