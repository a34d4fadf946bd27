package dev.weir.sample.pattern;

import org.agrona.DirectBuffer;

/** A hash table from byte strings to patterns, read without allocation. Filled while parsing, then immutable. */
final class ByteTable {
    private final boolean ignoresCase;
    private final byte[][] keys;
    private final PatternEntry[] entries;
    private final int mask;

    ByteTable(boolean ignoresCase, int keyCount) {
        int capacity = Integer.highestOneBit(Math.max(4, keyCount * 3)) * 2;
        this.ignoresCase = ignoresCase;
        this.keys = new byte[capacity][];
        this.entries = new PatternEntry[capacity];
        this.mask = capacity - 1;
    }

    /** The first of two equal keys stays. */
    void put(byte[] key, PatternEntry entry) {
        int hash = 0;
        for (byte b : key) {
            hash = step(hash, fold(b));
        }
        int slot = spread(hash) & mask;
        while (keys[slot] != null) {
            if (isEqual(keys[slot], new org.agrona.concurrent.UnsafeBuffer(key), 0, key.length)) {
                return;
            }
            slot = slot + 1 & mask;
        }
        keys[slot] = key;
        entries[slot] = entry;
    }

    PatternEntry get(DirectBuffer bytes, int offset, int length) {
        int hash = 0;
        for (int i = 0; i < length; i++) {
            hash = step(hash, fold(bytes.getByte(offset + i)));
        }
        int slot = spread(hash) & mask;
        while (keys[slot] != null) {
            if (isEqual(keys[slot], bytes, offset, length)) {
                return entries[slot];
            }
            slot = slot + 1 & mask;
        }
        return null;
    }

    private static int step(int hash, int value) {
        return hash * 31 + value;
    }

    private static int spread(int hash) {
        return hash * 0x9E37_79B9 >>> 7;
    }

    private int fold(int c) {
        return ignoresCase && c >= 'A' && c <= 'Z' ? c + 32 : c;
    }

    private boolean isEqual(byte[] key, DirectBuffer bytes, int offset, int length) {
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
}
