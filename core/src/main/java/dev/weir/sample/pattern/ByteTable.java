package dev.weir.sample.pattern;

import org.agrona.DirectBuffer;

/** A hash table from byte strings to patterns, read without allocation. Filled while parsing, then immutable. */
final class ByteTable {
    private final ByteKeys rule;
    private final byte[][] keys;
    private final PatternEntry[] entries;
    private final int mask;

    ByteTable(boolean ignoresCase, int keyCount) {
        int capacity = Integer.highestOneBit(Math.max(4, keyCount * 3)) * 2;
        this.rule = new ByteKeys(ignoresCase);
        this.keys = new byte[capacity][];
        this.entries = new PatternEntry[capacity];
        this.mask = capacity - 1;
    }

    /** The first of two equal keys stays. */
    void put(byte[] key, PatternEntry entry) {
        int slot = rule.hash(key) & mask;
        while (keys[slot] != null) {
            if (rule.isEqual(keys[slot], key)) {
                return;
            }
            slot = slot + 1 & mask;
        }
        keys[slot] = key;
        entries[slot] = entry;
    }

    PatternEntry get(DirectBuffer bytes, int offset, int length) {
        int slot = rule.hash(bytes, offset, length) & mask;
        while (keys[slot] != null) {
            if (rule.isEqual(keys[slot], bytes, offset, length)) {
                return entries[slot];
            }
            slot = slot + 1 & mask;
        }
        return null;
    }
}
