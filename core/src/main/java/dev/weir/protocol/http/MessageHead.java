package dev.weir.protocol.http;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The head of one request or response: a start line and fields in order, as {@link Slice}s of what was received and of a small
 * buffer that holds what rules put in their place. Nothing is copied to read it; {@link #source} may be moved as long as the
 * bytes keep their offsets. Reused from message to message and then allocates nothing.
 *
 * <p>Owner: the exchange; its thread only. What a slice shows is valid until the input is consumed or {@link #clear}.
 */
public final class MessageHead {
    /** HTTP/1.1 as {@link #version} has it: major in the high byte. */
    public static final int HTTP_1_1 = 0x0101;

    public static final int HTTP_1_0 = 0x0100;

    private static final int EDIT_BYTES_AT_FIRST = 512;

    /** What received heads leave free of a buffer ({@code tune.maxrewrite}): so much may be written without measuring the head. */
    private static final int FREE_BYTES = 1024;

    /** Around a name and a value, and in a start line. */
    private static final int FIELD_MARKS = ": \r\n".length();

    private static final int START_MARKS = "HTTP/1.1 200 \r\n\r\n".length();
    private static final UnsafeBuffer NOTHING = new UnsafeBuffer(new byte[0]);

    private final int bytesMax;
    private final int fieldsMax;
    private DirectBuffer source = NOTHING;
    private UnsafeBuffer edits = NOTHING;
    private int editBytes;

    private long method = Slice.NONE;
    private long target = Slice.NONE;
    private long reason = Slice.NONE;
    private int status;
    private int version;

    private long[] names = new long[16];
    private long[] values = new long[16];
    private int[] hashes = new int[16];
    private int fieldCount;
    /** One bit per name that was added, chosen by its hash; names that were removed since may still have theirs. */
    private long nameBits;

    private boolean isOverflowed;

    /**
     * @param fieldsMax {@code tune.http.maxhdr}
     * @param bytesMax {@code tune.bufsize}: how large the head may become by edits
     */
    public MessageHead(int fieldsMax, int bytesMax) {
        this.fieldsMax = fieldsMax;
        this.bytesMax = bytesMax;
    }

    /** Forgets the message. The edit buffer is kept. */
    public void clear() {
        source = NOTHING;
        editBytes = 0;
        method = target = reason = Slice.NONE;
        status = 0;
        version = 0;
        fieldCount = 0;
        nameBits = 0;
        isOverflowed = false;
    }

    // ---- bytes ----

    /** Where received bytes are now; offsets count from its start. */
    public void source(DirectBuffer source) {
        this.source = source;
    }

    /** The buffer in which a slice lies. */
    public DirectBuffer bytes(long slice) {
        return Slice.isEdited(slice) ? edits : source;
    }

    public int byteAt(long slice, int index) {
        return bytes(slice).getByte(Slice.offset(slice) + index) & 0xFF;
    }

    /** Copies bytes into the edit buffer; {@link Slice#NONE}, and {@link #isOverflowed} from then on, if there is no room. */
    public long write(DirectBuffer from, int offset, int length) {
        if (!reserve(length)) {
            return Slice.NONE;
        }
        edits.putBytes(editBytes, from, offset, length);
        long slice = Slice.edited(editBytes, length);
        editBytes += length;
        return slice;
    }

    public long write(byte[] from, int offset, int length) {
        if (!reserve(length)) {
            return Slice.NONE;
        }
        edits.putBytes(editBytes, from, offset, length);
        long slice = Slice.edited(editBytes, length);
        editBytes += length;
        return slice;
    }

    /** Two pieces with a byte between them {@code count} times, as one of the edit buffer; {@link Slice#NONE} if there is no room. */
    public long joined(long first, char between, int count, long second) {
        int length = Slice.length(first) + count + Slice.length(second);
        if (!reserve(length)) {
            return Slice.NONE;
        }
        long slice = Slice.edited(editBytes, length);
        editBytes += copy(first, edits, editBytes);
        edits.setMemory(editBytes, count, (byte) between);
        editBytes += count;
        editBytes += copy(second, edits, editBytes);
        return slice;
    }

    /** As one piece more; what was replaced stays in the edit buffer, which may be twice as large as a head. */
    private boolean reserve(int length) {
        int wanted = editBytes + length;
        boolean fits = wanted <= FREE_BYTES || wanted <= 2 * bytesMax && size() + length <= bytesMax;
        if (!fits) {
            isOverflowed = true;
            return false;
        }
        if (wanted > edits.capacity()) {
            grow(wanted);
        }
        return true;
    }

    /** Bytes of the head as it would be sent now, about. */
    private int size() {
        int size = START_MARKS + length(method) + length(target) + length(reason) + FIELD_MARKS * fieldCount;
        for (int field = 0; field < fieldCount; field++) {
            size += length(names[field]) + length(values[field]);
        }
        return size;
    }

    private static int length(long slice) {
        return slice == Slice.NONE ? 0 : Slice.length(slice);
    }

    private void grow(int wanted) {
        int capacity = Math.max(EDIT_BYTES_AT_FIRST, Integer.highestOneBit(wanted - 1) << 1);
        UnsafeBuffer larger = new UnsafeBuffer(ByteBuffer.allocateDirect(Math.min(capacity, 2 * bytesMax)));
        larger.putBytes(0, edits, 0, editBytes);
        edits = larger;
    }

    /** Whether an edit did not fit or a field was one too many: the rewrite failed ({@code wrew}). */
    public boolean isOverflowed() {
        return isOverflowed;
    }

    /** Says that an edit failed elsewhere: what it had to write is not to be had. */
    public void overflow() {
        isOverflowed = true;
    }

    public void forgetOverflow() {
        isOverflowed = false;
    }

    // ---- start line ----

    public long method() {
        return method;
    }

    public void method(long slice) {
        method = slice;
    }

    /** The request target as it stands: path, absolute URI, authority or {@code *}. */
    public long target() {
        return target;
    }

    public void target(long slice) {
        target = slice;
    }

    public int status() {
        return status;
    }

    public void status(int status) {
        this.status = status;
    }

    public long reason() {
        return reason;
    }

    public void reason(long slice) {
        reason = slice;
    }

    /** Major version in the second byte, minor in the first: {@code 0x0101} for HTTP/1.1. */
    public int version() {
        return version;
    }

    public void version(int version) {
        this.version = version;
    }

    // ---- fields ----

    public int fieldCount() {
        return fieldCount;
    }

    public long name(int field) {
        return names[field];
    }

    public long value(int field) {
        return values[field];
    }

    public int nameHash(int field) {
        return hashes[field];
    }

    public boolean isNamed(int field, FieldName name) {
        long at = names[field];
        return hashes[field] == name.hash() && name.isAt(bytes(at), Slice.offset(at), Slice.length(at));
    }

    /** False if there certainly is no field of that name: cheaper than {@link #find}, which asks it first. */
    public boolean mayHave(FieldName name) {
        return (nameBits >>> name.hash() & 1) != 0;
    }

    /** The next field of that name at or behind a position, -1 if there is none. */
    public int find(FieldName name, int from) {
        if (!mayHave(name)) {
            return -1;
        }
        for (int field = from; field < fieldCount; field++) {
            if (isNamed(field, name)) {
                return field;
            }
        }
        return -1;
    }

    /** Appends a field; false, and {@link #isOverflowed}, if there are too many or a slice is {@link Slice#NONE}. */
    public boolean add(long name, long value) {
        if (name == Slice.NONE || value == Slice.NONE) {
            isOverflowed = true;
            return false;
        }
        return add(name, FieldName.hash(bytes(name), Slice.offset(name), Slice.length(name)), value);
    }

    /** For parsers, which have the hash already. */
    public boolean add(long name, int hash, long value) {
        if (fieldCount >= fieldsMax) {
            isOverflowed = true;
            return false;
        }
        if (fieldCount == names.length) {
            growFields();
        }
        names[fieldCount] = name;
        hashes[fieldCount] = hash;
        nameBits |= 1L << hash;
        values[fieldCount++] = value;
        return true;
    }

    private void growFields() {
        int count = Math.min(fieldsMax, names.length * 2);
        names = Arrays.copyOf(names, count);
        values = Arrays.copyOf(values, count);
        hashes = Arrays.copyOf(hashes, count);
    }

    /** Appends a field with a copied value. */
    public boolean add(FieldName name, DirectBuffer from, int offset, int length) {
        return add(write(name.bytes(), 0, name.length()), write(from, offset, length));
    }

    /** As {@link #add(FieldName, DirectBuffer, int, int)}, with a value from the start of an array. */
    public boolean add(FieldName name, byte[] from, int length) {
        return add(write(name.bytes(), 0, name.length()), write(from, 0, length));
    }

    public void value(int field, long slice) {
        values[field] = slice;
    }

    /** Takes a field out; those behind it move up. */
    public void remove(int field) {
        int behind = fieldCount - field - 1;
        System.arraycopy(names, field + 1, names, field, behind);
        System.arraycopy(values, field + 1, values, field, behind);
        System.arraycopy(hashes, field + 1, hashes, field, behind);
        fieldCount--;
    }

    /** Takes out all fields of a name; how many there were. */
    public int removeAll(FieldName name) {
        if (!mayHave(name)) {
            return 0;
        }
        int kept = 0;
        for (int field = 0; field < fieldCount; field++) {
            if (!isNamed(field, name)) {
                names[kept] = names[field];
                values[kept] = values[field];
                hashes[kept++] = hashes[field];
            }
        }
        int removed = fieldCount - kept;
        fieldCount = kept;
        return removed;
    }

    /** Whether a slice is exactly these bytes. */
    public boolean isText(long slice, DirectBuffer text) {
        int length = text.capacity();
        if (slice == Slice.NONE || Slice.length(slice) != length) {
            return false;
        }
        DirectBuffer bytes = bytes(slice);
        int offset = Slice.offset(slice);
        for (int i = 0; i < length; i++) {
            if (bytes.getByte(offset + i) != text.getByte(i)) {
                return false;
            }
        }
        return true;
    }

    /** Copies a slice's bytes; returns how many. */
    public int copy(long slice, MutableDirectBuffer to, int offset) {
        bytes(slice).getBytes(Slice.offset(slice), to, offset, Slice.length(slice));
        return Slice.length(slice);
    }

    /** A slice as text, for messages and tests; allocates. */
    public String text(long slice) {
        return slice == Slice.NONE
                ? null
                : bytes(slice).getStringWithoutLengthAscii(Slice.offset(slice), Slice.length(slice));
    }
}
