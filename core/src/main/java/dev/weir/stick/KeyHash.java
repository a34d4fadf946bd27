package dev.weir.stick;

import org.agrona.DirectBuffer;

/** The hash of a key: 32 bits that differ in all of them for keys that differ in one. Files depend on it. Stateless. */
final class KeyHash {
    private KeyHash() {}

    static int of(DirectBuffer key, int offset, int length) {
        long hash = length * 0x9E3779B97F4A7C15L;
        int i = 0;
        for (; i + Long.BYTES <= length; i += Long.BYTES) {
            hash = mixed(hash ^ key.getLong(offset + i));
        }
        return (int) (mixed(hash ^ rest(key, offset + i, length - i)) >>> 32);
    }

    /** Fewer than eight bytes. */
    private static long rest(DirectBuffer key, int offset, int length) {
        long rest = 0;
        int i = 0;
        if (length >= Integer.BYTES) {
            rest = Integer.toUnsignedLong(key.getInt(offset));
            i = Integer.BYTES;
        }
        for (; i < length; i++) {
            rest = rest << 8 | key.getByte(offset + i) & 0xFF;
        }
        return rest;
    }

    private static long mixed(long word) {
        long product = word * 0xD6E8FEB86659FD93L;
        return product ^ product >>> 32;
    }
}
