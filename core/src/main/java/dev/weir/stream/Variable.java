package dev.weir.stream;

import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The value of one variable. Reused from session to session: a byte value is copied into an array that only grows. Owned by
 * the thread of its stream; one of the {@code proc} scope is never changed after it was published.
 */
public final class Variable {
    private static final byte[] NO_BYTES = new byte[0];

    Scope scope;
    int id;
    private ValueType type;
    private long high;
    private long low;
    private byte[] bytes = NO_BYTES;
    private int length;

    public ValueType type() {
        return type;
    }

    /** The upper 64 bits of an IPv6 address. */
    public long high() {
        return high;
    }

    /** The number, the IPv4 address, the lower 64 bits of an IPv6 address, or the number of a method. */
    public long low() {
        return low;
    }

    /** The bytes; only the first {@link #length} count. */
    public byte[] bytes() {
        return bytes;
    }

    public int length() {
        return length;
    }

    Variable at(Scope scope, int id) {
        this.scope = scope;
        this.id = id;
        return this;
    }

    void number(ValueType type, long high, long low) {
        this.type = type;
        this.high = high;
        this.low = low;
        this.length = 0;
    }

    void bytes(ValueType type, long low, DirectBuffer source, int offset, int length) {
        if (bytes.length < length) {
            bytes = new byte[Math.max(length, 32)];
        }
        source.getBytes(offset, bytes, 0, length);
        this.type = type;
        this.low = low;
        this.length = length;
    }

    /** Whether the other, which may be null, has the same type and value. */
    boolean equalsValue(Variable other) {
        return other != null
                && type == other.type
                && high == other.high
                && low == other.low
                && Arrays.equals(bytes, 0, length, other.bytes, 0, other.length);
    }

    /** Wraps the bytes for a reader. */
    public void wrapInto(UnsafeBuffer view) {
        view.wrap(bytes, 0, length);
    }
}
