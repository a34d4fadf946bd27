package dev.weir.rule.reply;

import dev.weir.protocol.http.FieldName;
import dev.weir.protocol.http.MessageHead;
import dev.weir.protocol.http.Slice;
import dev.weir.sample.ByteWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A response head that is the same every time: its bytes in one piece, and where its parts are in it. Immutable; any loop. */
final class HeadTemplate {
    private static final int BYTES_MAX = 1 << 20;

    private final int version;
    private final int status;
    private final byte[] bytes;
    private final int reasonLength;
    private final int[] nameLengths;
    private final int[] valueLengths;

    private HeadTemplate(
            int version, int status, byte[] bytes, int reasonLength, int[] nameLengths, int[] valueLengths) {
        this.version = version;
        this.status = status;
        this.bytes = bytes;
        this.reasonLength = reasonLength;
        this.nameLengths = nameLengths;
        this.valueLengths = valueLengths;
    }

    int status() {
        return status;
    }

    /** Fills a cleared head; false if it does not fit. */
    boolean write(MessageHead head) {
        head.version(version);
        head.status(status);
        long all = head.write(bytes, 0, bytes.length);
        if (all == Slice.NONE) {
            return false;
        }
        head.reason(Slice.part(all, 0, reasonLength));
        int offset = reasonLength;
        boolean fits = true;
        for (int i = 0; i < nameLengths.length; i++) {
            long name = Slice.part(all, offset, nameLengths[i]);
            offset += nameLengths[i];
            fits &= head.add(name, Slice.part(all, offset, valueLengths[i]));
            offset += valueLengths[i];
        }
        return fits;
    }

    /** Collects the parts in order. One thread. */
    static final class Builder {
        private final int version;
        private final int status;
        private final int reasonLength;
        private final ByteWriter bytes = new ByteWriter(256, BYTES_MAX);
        private final List<Integer> lengths = new ArrayList<>();

        Builder(int status, byte[] reason) {
            this(MessageHead.HTTP_1_1, status, reason);
        }

        Builder(int version, int status, byte[] reason) {
            this.version = version;
            this.status = status;
            this.reasonLength = reason.length;
            bytes.put(reason);
        }

        Builder field(FieldName name, byte[] value) {
            bytes.put(name.bytes(), 0, name.length()).put(value);
            lengths.add(name.length());
            lengths.add(value.length);
            return this;
        }

        HeadTemplate build() {
            int count = lengths.size() / 2;
            int[] nameLengths = new int[count];
            int[] valueLengths = new int[count];
            for (int i = 0; i < count; i++) {
                nameLengths[i] = lengths.get(2 * i);
                valueLengths[i] = lengths.get(2 * i + 1);
            }
            byte[] all = Arrays.copyOf(bytes.array(), bytes.length());
            return new HeadTemplate(version, status, all, reasonLength, nameLengths, valueLengths);
        }
    }
}
