package dev.weir.stream;

import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What a PROXY header brought beside the addresses: the type-length-value fields of version 2, copied as they came. Owned by
 * the stream's thread; reused.
 */
public final class ProxyHeader {
    /** PP2_TYPE_AUTHORITY: the host name the client asked for. */
    public static final int AUTHORITY = 0x02;
    /** PP2_TYPE_UNIQUE_ID. */
    public static final int UNIQUE_ID = 0x05;

    private static final int HEAD_BYTES = 3;

    private boolean isReceived;
    private byte[] fields = new byte[0];
    private int length;

    void reset() {
        isReceived = false;
        length = 0;
    }

    /** A header came. {@code length} bytes of fields are copied; 0 for version 1. */
    public void received(DirectBuffer source, int offset, int length) {
        isReceived = true;
        if (fields.length < length) {
            fields = Arrays.copyOf(fields, length);
        }
        if (length > 0) {
            source.getBytes(offset, fields, 0, length);
        }
        this.length = length;
    }

    /** {@code fc_rcvd_proxy}. */
    public boolean isReceived() {
        return isReceived;
    }

    /** Lets {@code view} show the value of the first field of that type. @return false if there is none */
    public boolean field(int type, UnsafeBuffer view) {
        int offset = 0;
        while (offset + HEAD_BYTES <= length) {
            int valueLength = (fields[offset + 1] & 0xFF) << 8 | fields[offset + 2] & 0xFF;
            int end = offset + HEAD_BYTES + valueLength;
            if (end > length) {
                return false;
            }
            if ((fields[offset] & 0xFF) == type) {
                view.wrap(fields, offset + HEAD_BYTES, valueLength);
                return true;
            }
            offset = end;
        }
        return false;
    }
}
