package dev.weir.stick;

import java.util.Arrays;
import java.util.List;

/**
 * Where things lie in an entry: a header of 40 bytes, the key, the data; all multiples of 8 bytes. An entry of up to 64 bytes fills a
 * line of the CPU's caches, so that a look-up takes no more than that from memory; longer ones are multiples of half a line. Immutable.
 *
 * <pre>
 *  0  u32  hash of the key
 *  4  u32  length of the key plus 1; 0 marks an entry that is free
 *  8  s64  when it expires, milliseconds since 1970; Long.MAX_VALUE for never
 * 16  u64  seal: a checksum of hash, length, expiry, key and data (tables with a file)
 * 24  s32  older neighbour in the order of expiry, -1 at the end
 * 28  s32  newer neighbour, -1 at the end
 * 32  u32  how many were linked into that order before it, wrapping
 * 36  u32  how many sessions refer to it (never sealed)
 * 40       key
 *  n       data
 * </pre>
 */
final class EntryLayout {
    static final int HASH = 0;
    static final int KEY_LENGTH = 4;
    static final int EXPIRY = 8;
    static final int SEAL = 16;
    static final int OLDER = 24;
    static final int NEWER = 28;
    static final int LINKED = 32;
    static final int REFERENCES = 36;
    static final int KEY = 40;
    private static final int LINE_BYTES = 64;

    final int keyBytes;
    final int dataOffset;
    /** Behind the last byte of the data. */
    final int sealedEnd;

    final int entryBytes;
    private final int[] offsets = new int[StoredData.values().length];
    private final int[] counts = new int[offsets.length];
    private final long[] periodsMs = new long[offsets.length];

    EntryLayout(int keyBytes, List<TableSettings.Stored> stored) {
        this.keyBytes = keyBytes;
        Arrays.fill(offsets, -1);
        dataOffset = aligned(KEY + keyBytes);
        int offset = dataOffset;
        for (boolean isLong : new boolean[] {true, false}) { // longs first: all of them aligned without gaps
            for (TableSettings.Stored each : stored) {
                if (each.data().form() == StoredData.Form.LONG == isLong) {
                    offsets[each.data().ordinal()] = offset;
                    counts[each.data().ordinal()] = each.count();
                    periodsMs[each.data().ordinal()] = each.periodMs();
                    offset += each.data().form().bytes * each.count();
                }
            }
        }
        sealedEnd = aligned(offset);
        entryBytes = sealedEnd <= LINE_BYTES ? LINE_BYTES : aligned(sealedEnd, LINE_BYTES / 2);
    }

    private static int aligned(int bytes) {
        return aligned(bytes, Long.BYTES);
    }

    private static int aligned(int bytes, int unit) {
        return bytes + unit - 1 & -unit;
    }

    boolean has(StoredData data) {
        return offsets[data.ordinal()] >= 0;
    }

    /** How many elements; 0 if it is not stored. */
    int count(StoredData data) {
        return counts[data.ordinal()];
    }

    /** Position in an entry of an element that exists. */
    int offset(StoredData data, int index) {
        return offsets[data.ordinal()] + index * data.form().bytes;
    }

    long periodMs(StoredData data) {
        return periodsMs[data.ordinal()];
    }
}
