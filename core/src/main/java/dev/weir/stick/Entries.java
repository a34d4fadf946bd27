package dev.weir.stick;

import static dev.weir.stick.EntryLayout.EXPIRY;
import static dev.weir.stick.EntryLayout.HASH;
import static dev.weir.stick.EntryLayout.KEY;
import static dev.weir.stick.EntryLayout.KEY_LENGTH;
import static dev.weir.stick.EntryLayout.REFERENCES;
import static dev.weir.stick.EntryLayout.SEAL;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** The entries of a shard, by slot; slots count from 0. Memory: the table's. Thread: whoever holds the shard's lock. */
final class Entries {
    final UnsafeBuffer buffer;
    final int slotCount;
    private final EntryLayout layout;
    private final int slotsBetweenRuns;
    private final int entryBytes;
    private final boolean isSealed;

    /**
     * @param address of slot 0
     * @param isSealed whether entries have to survive the process
     */
    Entries(EntryLayout layout, TablePlan plan, long address, boolean isSealed) {
        this.layout = layout;
        this.buffer = new UnsafeBuffer(address, plan.reachBytes());
        this.slotCount = plan.slotCount();
        this.slotsBetweenRuns = plan.slotsBetweenRuns();
        this.entryBytes = plan.entryBytes();
        this.isSealed = isSealed;
    }

    int at(int slot) {
        return (slot + (slot >>> TablePlan.RUN_SHIFT) * slotsBetweenRuns) * entryBytes;
    }

    int hash(int slot) {
        return buffer.getInt(at(slot) + HASH);
    }

    boolean isFree(int slot) {
        return buffer.getInt(at(slot) + KEY_LENGTH) == 0;
    }

    /** Milliseconds since 1970. */
    long expiryMs(int slot) {
        return buffer.getLong(at(slot) + EXPIRY);
    }

    void expiryMs(int slot, long expiryMs) {
        buffer.putLong(at(slot) + EXPIRY, expiryMs);
    }

    int references(int slot) {
        return buffer.getInt(at(slot) + REFERENCES);
    }

    void refer(int slot, int change) {
        int at = at(slot) + REFERENCES;
        int count = buffer.getInt(at) + change;
        assert count >= 0 : "a reference was given back twice";
        buffer.putInt(at, count);
    }

    boolean holds(int slot, DirectBuffer key, int offset, int length) {
        int at = at(slot);
        if (buffer.getInt(at + KEY_LENGTH) != length + 1) {
            return false;
        }
        int i = 0;
        for (; i + Long.BYTES <= length; i += Long.BYTES) {
            if (buffer.getLong(at + KEY + i) != key.getLong(offset + i)) {
                return false;
            }
        }
        if (i + Integer.BYTES <= length) {
            if (buffer.getInt(at + KEY + i) != key.getInt(offset + i)) {
                return false;
            }
            i += Integer.BYTES;
        }
        for (; i < length; i++) {
            if (buffer.getByte(at + KEY + i) != key.getByte(offset + i)) {
                return false;
            }
        }
        return true;
    }

    void write(int slot, int hash, DirectBuffer key, int offset, int length, long expiryMs) {
        int at = at(slot);
        buffer.setMemory(at, entryBytes, (byte) 0);
        buffer.putInt(at + HASH, hash);
        buffer.putBytes(at + KEY, key, offset, length);
        buffer.putLong(at + EXPIRY, expiryMs);
        buffer.putInt(at + KEY_LENGTH, length + 1);
    }

    void clear(int slot) {
        buffer.putInt(at(slot) + KEY_LENGTH, 0);
        buffer.putLong(at(slot) + SEAL, 0);
    }

    // ---- seals ----

    /** After each change of what has to survive. */
    void seal(int slot) {
        if (isSealed) {
            buffer.putLong(at(slot) + SEAL, checksum(slot));
        }
    }

    /** Whether an entry that an earlier process left is as that one sealed it. */
    boolean isWhole(int slot) {
        int length = buffer.getInt(at(slot) + KEY_LENGTH);
        return length > 0 && length <= layout.keyBytes + 1 && buffer.getLong(at(slot) + SEAL) == checksum(slot);
    }

    private long checksum(int slot) {
        int at = at(slot);
        long sum = mixed(buffer.getLong(at), buffer.getLong(at + EXPIRY));
        for (int i = at + KEY; i < at + layout.sealedEnd; i += Long.BYTES) {
            sum = mixed(sum, buffer.getLong(i));
        }
        return sum == 0 ? 1 : sum;
    }

    private static long mixed(long sum, long word) {
        long product = (sum ^ word) * 0x9E3779B97F4A7C15L;
        return Long.rotateLeft(product, 29) ^ product >>> 32;
    }
}
