package dev.weir.protocol.http;

import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A header field's name, in lower case, with the hash that {@link MessageHead} keeps for each field, so that looking for a name
 * compares bytes only where it is likely to be there. Immutable; any thread. RFC 9110 section 5.1: names ignore case.
 */
public final class FieldName {
    public static final FieldName HOST = of("host");
    public static final FieldName CONNECTION = of("connection");
    public static final FieldName CONTENT_LENGTH = of("content-length");
    public static final FieldName CONTENT_TYPE = of("content-type");
    public static final FieldName TRANSFER_ENCODING = of("transfer-encoding");
    public static final FieldName UPGRADE = of("upgrade");
    public static final FieldName EXPECT = of("expect");
    public static final FieldName COOKIE = of("cookie");
    public static final FieldName SET_COOKIE = of("set-cookie");
    public static final FieldName CACHE_CONTROL = of("cache-control");
    public static final FieldName AUTHORIZATION = of("authorization");
    public static final FieldName PROXY_CONNECTION = of("proxy-connection");
    public static final FieldName X_FORWARDED_FOR = of("x-forwarded-for");
    public static final FieldName FORWARDED = of("forwarded");
    public static final FieldName LOCATION = of("location");
    public static final FieldName TE = of("te");
    public static final FieldName TRAILER = of("trailer");

    private final String text;
    private final UnsafeBuffer bytes;
    private final int hash;

    private FieldName(String text) {
        this.text = text;
        this.bytes = new UnsafeBuffer(text.getBytes(StandardCharsets.ISO_8859_1));
        this.hash = hash(bytes, 0, bytes.capacity());
    }

    public static FieldName of(String name) {
        byte[] lower = name.getBytes(StandardCharsets.ISO_8859_1);
        for (int i = 0; i < lower.length; i++) {
            lower[i] = (byte) lower(lower[i]);
        }
        return new FieldName(new String(lower, StandardCharsets.ISO_8859_1));
    }

    /** In lower case. */
    public String text() {
        return text;
    }

    /** In lower case. */
    public DirectBuffer bytes() {
        return bytes;
    }

    public int length() {
        return bytes.capacity();
    }

    public int hash() {
        return hash;
    }

    /** Whether these bytes are this name in any case. */
    public boolean isAt(DirectBuffer source, int offset, int length) {
        if (length != bytes.capacity()) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (lower(source.getByte(offset + i)) != bytes.getByte(i)) {
                return false;
            }
        }
        return true;
    }

    /** A hash of a name that ignores case: of its length and its first and last bytes, so that its cost does not grow with the name. */
    public static int hash(DirectBuffer source, int offset, int length) {
        int first = 0;
        int last = 0;
        int count = Math.min(length, 4);
        for (int i = 0; i < count; i++) {
            first = first << 8 | (source.getByte(offset + i) | 0x20);
            last = last << 8 | (source.getByte(offset + length - count + i) | 0x20);
        }
        return (first * 31 + last) * 31 + length;
    }

    /** Lower case of an ASCII letter, other bytes as they are. */
    public static int lower(int octet) {
        return octet >= 'A' && octet <= 'Z' ? octet | 0x20 : octet;
    }

    @Override
    public String toString() {
        return text;
    }
}
