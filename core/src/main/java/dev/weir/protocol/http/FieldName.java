package dev.weir.protocol.http;

import static org.agrona.UnsafeApi.getByte;
import static org.agrona.UnsafeApi.getInt;
import static org.agrona.UnsafeApi.getLong;

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
    public static final FieldName SEC_WEBSOCKET_KEY = of("sec-websocket-key");
    public static final FieldName SEC_WEBSOCKET_ACCEPT = of("sec-websocket-accept");
    public static final FieldName WWW_AUTHENTICATE = of("www-authenticate");
    public static final FieldName PROXY_AUTHENTICATE = of("proxy-authenticate");
    public static final FieldName EXPECT = of("expect");
    public static final FieldName COOKIE = of("cookie");
    public static final FieldName SET_COOKIE = of("set-cookie");
    public static final FieldName CACHE_CONTROL = of("cache-control");
    public static final FieldName AUTHORIZATION = of("authorization");
    public static final FieldName X_FORWARDED_FOR = of("x-forwarded-for");
    public static final FieldName FORWARDED = of("forwarded");
    public static final FieldName LOCATION = of("location");
    public static final FieldName TE = of("te");

    private static final long CASE_BITS = 0x2020202020202020L;
    /** 2^64 divided by the golden ratio. */
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    private final String text;
    private final UnsafeBuffer bytes;
    /** For each letter the bit in which its cases differ. */
    private final UnsafeBuffer caseBits;

    private final int hash;

    private FieldName(String text) {
        this.text = text;
        this.bytes = new UnsafeBuffer(text.getBytes(StandardCharsets.ISO_8859_1));
        this.caseBits = new UnsafeBuffer(new byte[bytes.capacity()]);
        for (int i = 0; i < text.length(); i++) {
            caseBits.putByte(i, (byte) (text.charAt(i) >= 'a' && text.charAt(i) <= 'z' ? 0x20 : 0));
        }
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
        int at = 0;
        for (; at + Long.BYTES <= length; at += Long.BYTES) {
            if (((source.getLong(offset + at) ^ bytes.getLong(at)) & ~caseBits.getLong(at)) != 0) {
                return false;
            }
        }
        for (; at < length; at++) {
            if (((source.getByte(offset + at) ^ bytes.getByte(at)) & ~caseBits.getByte(at)) != 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * A hash of a name that ignores case: of its length and its first and last eight bytes, so that its cost does not grow with the
     * name. Names that differ only between are told apart by {@link #isAt}. All bits are well mixed.
     */
    public static int hash(DirectBuffer source, int offset, int length) {
        if (length >= Long.BYTES) {
            return mixed(source.getLong(offset), source.getLong(offset + length - Long.BYTES), length);
        }
        if (length >= Integer.BYTES) {
            return mixed(source.getInt(offset), source.getInt(offset + length - Integer.BYTES), length);
        }
        return length == 0
                ? 0
                : mixed(
                        source.getByte(offset) | source.getByte(offset + length / 2) << Byte.SIZE,
                        source.getByte(offset + length - 1),
                        length);
    }

    /** The same of native memory, for parsers. */
    public static int hash(long address, int length) {
        if (length >= Long.BYTES) {
            return mixed(getLong(address), getLong(address + length - Long.BYTES), length);
        }
        if (length >= Integer.BYTES) {
            return mixed(getInt(address), getInt(address + length - Integer.BYTES), length);
        }
        return length == 0
                ? 0
                : mixed(
                        getByte(address) | getByte(address + length / 2) << Byte.SIZE,
                        getByte(address + length - 1),
                        length);
    }

    private static int mixed(long first, long last, int length) {
        long both = (first | CASE_BITS) ^ Long.rotateLeft(last | CASE_BITS, 29);
        return (int) ((both + length) * MULTIPLIER >>> 32);
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
