package dev.weir.sample.pattern;

import org.agrona.DirectBuffer;

/** How tables of patterns hash and compare their keys: byte for byte, or as if ASCII letters had no case. Immutable. */
final class ByteKeys {
    private final boolean ignoresCase;

    ByteKeys(boolean ignoresCase) {
        this.ignoresCase = ignoresCase;
    }

    int hash(byte[] key) {
        int hash = 0;
        for (byte b : key) {
            hash = step(hash, b);
        }
        return spread(hash);
    }

    int hash(DirectBuffer bytes, int offset, int length) {
        int hash = 0;
        for (int i = 0; i < length; i++) {
            hash = step(hash, bytes.getByte(offset + i));
        }
        return spread(hash);
    }

    private int step(int hash, byte value) {
        return hash * 31 + fold(value);
    }

    /** So that the low bits, which choose the slot, depend on all bytes. */
    private static int spread(int hash) {
        return hash * 0x9E37_79B9 >>> 7;
    }

    boolean isEqual(byte[] key, DirectBuffer bytes, int offset, int length) {
        if (key.length != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (fold(key[i]) != fold(bytes.getByte(offset + i))) {
                return false;
            }
        }
        return true;
    }

    boolean isEqual(byte[] key, byte[] other) {
        if (key.length != other.length) {
            return false;
        }
        for (int i = 0; i < key.length; i++) {
            if (fold(key[i]) != fold(other[i])) {
                return false;
            }
        }
        return true;
    }

    private int fold(int c) {
        return ignoresCase && c >= 'A' && c <= 'Z' ? c + 32 : c;
    }
}
