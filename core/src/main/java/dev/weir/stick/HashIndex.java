package dev.weir.stick;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * Finds slots by hash: an open-addressed array of cells, half full at most, which is small enough to stay in the CPU's caches where
 * the entries are not. A cell of 32 bits holds the slot plus 1, how far it lies from the place that its hash wants, and as many bits
 * of the hash as there is room for: hardly ever an entry is looked at in vain, and cells move without a look at theirs. 0 is an empty
 * one. Thread: whoever holds the shard's lock.
 *
 * <pre>
 * hash  |   tag (cut)   |    place in the array    |
 * cell  |      tag      | distance |   slot + 1    |
 * </pre>
 */
final class HashIndex {
    static final int EMPTY = 0;
    private static final int CELLS_MIN = 16; // one line
    private static final int DISTANCE_BITS = 4;
    /** That far or farther: only the entry knows. */
    private static final int DISTANCE_MAX = (1 << DISTANCE_BITS) - 1;

    private final UnsafeBuffer cells;
    private final Entries entries;
    private final int mask;
    private final int placeBits;
    private final int slotBits;

    /** @param address of {@link #bytes} that are zero */
    HashIndex(Entries entries, long address) {
        this.cells = new UnsafeBuffer(address, bytes(entries.slotCount));
        this.entries = entries;
        this.mask = cellCount(entries.slotCount) - 1;
        this.placeBits = Integer.bitCount(mask);
        this.slotBits = Integer.SIZE - Integer.numberOfLeadingZeros(entries.slotCount);
    }

    static int bytes(int slotCount) {
        return cellCount(slotCount) * Integer.BYTES;
    }

    private static int cellCount(int slotCount) {
        return Integer.highestOneBit(Math.max(CELLS_MIN / 2, slotCount * 2 - 1)) * 2;
    }

    // ---- a search: from first() over next() to an empty cell ----

    int first(int hash) {
        return hash & mask;
    }

    int next(int place) {
        return place + 1 & mask;
    }

    int cell(int place) {
        return cells.getInt(place * Integer.BYTES);
    }

    boolean mayHold(int cell, int hash) {
        return (cell ^ tag(hash)) >>> slotBits + DISTANCE_BITS == 0;
    }

    int slot(int cell) {
        return (cell & (1 << slotBits) - 1) - 1;
    }

    private int tag(int hash) {
        return hash >>> placeBits << slotBits + DISTANCE_BITS;
    }

    // ---- changes ----

    void insert(int slot, int hash) {
        int place = first(hash);
        while (cell(place) != EMPTY) {
            place = next(place);
        }
        put(place, tag(hash) | slot + 1, first(hash));
    }

    private void put(int place, int cell, int wanted) {
        int distance = Math.min(place - wanted & mask, DISTANCE_MAX);
        cells.putInt(place * Integer.BYTES, cell & ~(DISTANCE_MAX << slotBits) | distance << slotBits);
    }

    /** Where the search for it begins. */
    private int wanted(int cell, int place) {
        int distance = cell >>> slotBits & DISTANCE_MAX;
        return distance < DISTANCE_MAX ? place - distance & mask : first(entries.hash(slot(cell)));
    }

    /** Cells behind it move up where their own place allows it, so that no gap hides them. */
    void remove(int slot, int hash) {
        int gap = first(hash);
        while (slot(cell(gap)) != slot) {
            gap = next(gap);
        }
        for (int place = next(gap); cell(place) != EMPTY; place = next(place)) {
            int cell = cell(place);
            int wanted = wanted(cell, place);
            if ((place - wanted & mask) >= (place - gap & mask)) {
                put(gap, cell, wanted);
                gap = place;
            }
        }
        cells.putInt(gap * Integer.BYTES, EMPTY);
    }
}
