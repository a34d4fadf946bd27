package dev.weir.sample;

import dev.weir.bridge.transport.SocketName;
import dev.weir.protocol.http.CookiePairs;
import dev.weir.protocol.http.ListValues;
import dev.weir.protocol.http.MessageHead;
import dev.weir.protocol.http.Slice;
import dev.weir.stream.ValueType;
import dev.weir.stream.Variable;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A value on its way through an expression: a number, an address, or a view of bytes that lie in the input, in a constant or
 * in one of two own buffers that converters fill in turn. Mutable and reused; lent by {@link Scratch}; one thread. Setters
 * return true so that a fetch can end with them.
 */
public final class Sample {
    /** How long a built value may get: HAProxy's default {@code tune.bufsize}. */
    public static final int BYTES_MAX = 16384;

    private static final byte[] NOTHING = new byte[0];

    private final Scratch scratch;
    private final UnsafeBuffer view = new UnsafeBuffer(NOTHING);
    private ByteWriter filled;
    private ByteWriter spare;
    private ValueType type = ValueType.BOOL;
    private long high;
    private long low;
    private boolean mayChange;
    private boolean hasMore;
    private boolean isIterated;
    private int cursor;
    private ListValues values;
    private CookiePairs pairs;

    Sample(Scratch scratch) {
        this.scratch = scratch;
    }

    /** Where further samples can be had while this one is worked on. */
    public Scratch scratch() {
        return scratch;
    }

    public ValueType type() {
        return type;
    }

    /** The number, the boolean as 0 or 1, the IPv4 address, the lower half of an IPv6 address, the method's number. */
    public long low() {
        return low;
    }

    /** The upper half of an IPv6 address. */
    public long high() {
        return high;
    }

    /** The bytes of a string, binary or method. Its capacity is their count. */
    public DirectBuffer bytes() {
        return view;
    }

    /** The view itself, for a source that wraps it. */
    public UnsafeBuffer view() {
        return view;
    }

    public int length() {
        return view.capacity();
    }

    /** The byte at that index, unsigned. */
    public int byteAt(int index) {
        return view.getByte(index) & 0xFF;
    }

    /** Whether more input could give another value, or a value where there is none. */
    public boolean mayChange() {
        return mayChange;
    }

    public void mayChange(boolean mayChange) {
        this.mayChange = mayChange;
    }

    /** Whether the fetch has further values of which this is not the last, such as the next protocol of a list. */
    public boolean hasMore() {
        return hasMore;
    }

    /** Where a fetch with several values goes on; 0 at the first. */
    public int cursor() {
        return cursor;
    }

    /** For a fetch with several values: more follow, and where. */
    public void more(int cursor) {
        this.hasMore = true;
        this.cursor = cursor;
    }

    /** Whether a test wants all values of the fetch one after another; else it wants the one that stands for all. */
    public boolean isIterated() {
        return isIterated;
    }

    /** For fetches that walk a list: this sample's own walker, which keeps its place between calls. */
    public ListValues values() {
        if (values == null) {
            values = new ListValues();
        }
        return values;
    }

    /** As {@link #values}. */
    public CookiePairs pairs() {
        if (pairs == null) {
            pairs = new CookiePairs();
        }
        return pairs;
    }

    void begin(boolean isIterated) {
        this.isIterated = isIterated;
        mayChange = false;
        hasMore = false;
        cursor = 0;
    }

    void beginNext() {
        mayChange = false;
        hasMore = false;
    }

    public boolean bool(boolean value) {
        return number(ValueType.BOOL, value ? 1 : 0);
    }

    public boolean integer(long value) {
        return number(ValueType.SINT, value);
    }

    public boolean ipv4(int address) {
        return number(ValueType.IPV4, address & 0xFFFF_FFFFL);
    }

    public boolean ipv6(long high, long low) {
        this.high = high;
        return number(ValueType.IPV6, low);
    }

    public boolean method(int number) {
        return number(ValueType.METH, number);
    }

    private boolean number(ValueType type, long low) {
        this.type = type;
        this.low = low;
        return true;
    }

    /** False if the name holds no IP address. */
    public boolean address(SocketName name) {
        return switch (name.family()) {
            case IPV4 -> ipv4((int) name.low());
            case IPV6 -> ipv6(name.high(), name.low());
            case NONE, UNIX -> false;
        };
    }

    /** Changes what the value is taken for; the bytes and the number stay. */
    public boolean retype(ValueType type) {
        this.type = type;
        return true;
    }

    /** Shows bytes that live elsewhere and stay there while the sample is used. */
    public boolean bytes(ValueType type, DirectBuffer source, int offset, int length) {
        view.wrap(source, offset, length);
        this.type = type;
        return true;
    }

    /** Shows a piece of a message's head; false if that is none. */
    public boolean slice(MessageHead head, long slice) {
        return slice != Slice.NONE && bytes(ValueType.STR, head.bytes(slice), Slice.offset(slice), Slice.length(slice));
    }

    /** Shows bytes of an array. */
    public boolean bytes(ValueType type, byte[] source, int offset, int length) {
        view.wrap(source, offset, length);
        this.type = type;
        return true;
    }

    public boolean string(byte[] text) {
        return bytes(ValueType.STR, text, 0, text.length);
    }

    /** Copies the text as UTF-8; false if it is null. */
    public boolean string(String text) {
        return text != null && string(writer().put(text));
    }

    /** Narrows the view to a part of itself. */
    public boolean slice(int offset, int length) {
        view.wrap(view, offset, length);
        return true;
    }

    /**
     * An empty writer that does not hold the present bytes, so that a converter may read one while it fills the other. The
     * next call gives the same writer until {@link #string(ByteWriter)} or {@link #binary} took it.
     */
    public ByteWriter writer() {
        if (spare == null) {
            spare = new ByteWriter(64, BYTES_MAX);
        }
        return spare.clear();
    }

    /** Takes what {@link #writer()} was filled with; false if it did not fit. */
    public boolean string(ByteWriter written) {
        return take(written, ValueType.STR);
    }

    /** Takes what {@link #writer()} was filled with; false if it did not fit. */
    public boolean binary(ByteWriter written) {
        return take(written, ValueType.BIN);
    }

    private boolean take(ByteWriter written, ValueType type) {
        assert written == spare : "a sample takes its own writer";
        spare = filled;
        filled = written;
        bytes(type, written.array(), 0, written.length());
        return !written.isOverflowed();
    }

    /** False if the variable is null. The bytes are shown, not copied. */
    public boolean variable(Variable variable) {
        if (variable == null) {
            return false;
        }
        high = variable.high();
        if (variable.type().isBytes()) {
            variable.wrapInto(view);
        }
        return number(variable.type(), variable.low());
    }

    /** Takes over another sample's value; its bytes are shown, not copied. */
    public boolean copyFrom(Sample other) {
        high = other.high;
        if (other.type.isBytes()) {
            view.wrap(other.view);
        }
        return number(other.type, other.low);
    }
}
