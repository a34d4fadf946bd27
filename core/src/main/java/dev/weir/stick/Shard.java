package dev.weir.stick;

import static dev.weir.stick.EntryLayout.EXPIRY;
import static dev.weir.stick.EntryLayout.HASH;
import static dev.weir.stick.EntryLayout.KEY;
import static dev.weir.stick.EntryLayout.KEY_LENGTH;
import static dev.weir.stick.EntryLayout.NEWER;
import static dev.weir.stick.EntryLayout.OLDER;
import static dev.weir.stick.EntryLayout.SEAL;

import dev.weir.sync.SpinLock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A part of a table under a lock of its own: an array of entries, an open-addressed index of them by hash, and their order of
 * expiry as a list through them. An entry that a session refers to is never taken away. Slots count from 0.
 *
 * <p>Any thread; every method but {@link #lock} and {@link #unlock} is called with the lock held.
 */
final class Shard {
    static final int NONE = -1;
    private static final int PURGED_AT_ONCE = 2;

    private final EntryLayout layout;
    private final UnsafeBuffer entries;
    private final UnsafeBuffer index;
    private final int indexMask;
    private final int capacity;
    private final AtomicInteger total;
    private final int totalMax;
    private final boolean isSealed;
    private final SpinLock lock = new SpinLock();
    private int used;
    private int touched;
    private int free = NONE;
    private int oldest = NONE;
    private int newest = NONE;

    /**
     * @param index zeroed, {@link #indexBytes} long
     * @param total entries of all shards
     * @param totalMax how many these may be
     * @param isSealed whether entries have to survive the process
     */
    Shard(
            EntryLayout layout,
            UnsafeBuffer entries,
            UnsafeBuffer index,
            int capacity,
            AtomicInteger total,
            int totalMax,
            boolean isSealed) {
        this.layout = layout;
        this.entries = entries;
        this.index = index;
        this.indexMask = index.capacity() / Long.BYTES - 1;
        this.capacity = capacity;
        this.total = total;
        this.totalMax = totalMax;
        this.isSealed = isSealed;
    }

    /** Half full at most. */
    static int indexBytes(int capacity) {
        return Integer.highestOneBit(Math.max(8, capacity * 2 - 1)) * 2 * Long.BYTES;
    }

    void lock() {
        lock.lock();
    }

    void unlock() {
        lock.unlock();
    }

    UnsafeBuffer entries() {
        return entries;
    }

    int at(int slot) {
        return slot * layout.entryBytes;
    }

    int used() {
        return used;
    }

    /** One behind the highest slot that was ever used. */
    int touched() {
        return touched;
    }

    // ---- finding ----

    /** The slot of a key, {@link #NONE} if there is none or it has expired. */
    int find(DirectBuffer key, int offset, int length, int hash, long nowMs) {
        for (int i = hash & indexMask; ; i = i + 1 & indexMask) {
            long cell = index.getLong(i * Long.BYTES);
            if (cell == 0) {
                return NONE;
            }
            int slot = (int) cell - 1;
            if ((int) (cell >>> 32) == hash && holds(slot, key, offset, length)) {
                return isExpired(slot, nowMs) ? NONE : slot;
            }
        }
    }

    private boolean holds(int slot, DirectBuffer key, int offset, int length) {
        int at = at(slot);
        if (entries.getInt(at + KEY_LENGTH) != length + 1) {
            return false;
        }
        int i = 0;
        for (; i + Long.BYTES <= length; i += Long.BYTES) {
            if (entries.getLong(at + KEY + i) != key.getLong(offset + i)) {
                return false;
            }
        }
        for (; i < length; i++) {
            if (entries.getByte(at + KEY + i) != key.getByte(offset + i)) {
                return false;
            }
        }
        return true;
    }

    boolean isLive(int slot, long nowMs) {
        return entries.getInt(at(slot) + KEY_LENGTH) != 0 && !isExpired(slot, nowMs);
    }

    private boolean isExpired(int slot, long nowMs) {
        return entries.getLong(at(slot) + EXPIRY) <= nowMs && !isReferred(slot);
    }

    // ---- references ----

    private boolean isReferred(int slot) {
        return entries.getInt(at(slot) + layout.referenceOffset) != 0;
    }

    int references(int slot) {
        return entries.getInt(at(slot) + layout.referenceOffset);
    }

    void refer(int slot, int change) {
        int at = at(slot) + layout.referenceOffset;
        entries.putInt(at, entries.getInt(at) + change);
        assert entries.getInt(at) >= 0 : "a reference was given back twice";
    }

    // ---- making and dropping ----

    /** A new entry; the key must not be there unless it has expired. {@link #NONE} if the shard is full. */
    int create(DirectBuffer key, int offset, int length, int hash, long expiryMs, long nowMs, boolean mayEvict) {
        dropExpired(key, offset, length, hash);
        purge(nowMs, PURGED_AT_ONCE);
        int slot = takeSlot(mayEvict);
        if (slot != NONE) {
            int at = at(slot);
            entries.setMemory(at, layout.entryBytes, (byte) 0);
            entries.putInt(at + HASH, hash);
            entries.putBytes(at + KEY, key, offset, length);
            entries.putLong(at + EXPIRY, expiryMs);
            entries.putInt(at + KEY_LENGTH, length + 1);
            insert(slot, hash);
            append(slot);
            used++;
            total.getAndIncrement();
            seal(slot);
        }
        return slot;
    }

    private void dropExpired(DirectBuffer key, int offset, int length, int hash) {
        int stale = find(key, offset, length, hash, Long.MIN_VALUE);
        if (stale != NONE) {
            drop(stale);
        }
    }

    private int takeSlot(boolean mayEvict) {
        boolean isFull = total.get() >= totalMax;
        if (mayEvict && (isFull || free == NONE && touched == capacity)) {
            isFull = !evict() && isFull;
        }
        if (isFull) {
            return NONE;
        }
        if (free != NONE) {
            int slot = free;
            free = entries.getInt(at(slot) + NEWER);
            return slot;
        }
        return touched < capacity ? touched++ : NONE;
    }

    /** Drops what would expire first among those that nobody refers to; false if there is none. */
    private boolean evict() {
        int slot = oldest;
        for (int looked = 0; looked < used && slot != NONE; looked++) {
            int next = newer(slot);
            if (!isReferred(slot)) {
                drop(slot);
                return true;
            }
            unlink(slot); // it lives on, and shall not be looked at again and again
            append(slot);
            slot = next;
        }
        return false;
    }

    /** Drops expired entries, at most so many; how many it found. */
    int purge(long nowMs, int most) {
        int count = 0;
        while (count < most && oldest != NONE && isExpired(oldest, nowMs)) {
            drop(oldest);
            count++;
        }
        return count;
    }

    /** Nobody may refer to it. */
    void drop(int slot) {
        remove(slot, entries.getInt(at(slot) + HASH));
        unlink(slot);
        release(slot);
        used--;
        total.getAndDecrement();
    }

    private void release(int slot) {
        int at = at(slot);
        entries.putInt(at + KEY_LENGTH, 0);
        entries.putLong(at + SEAL, 0);
        entries.putInt(at + NEWER, free);
        free = slot;
    }

    /** Its life begins anew. */
    void touch(int slot, long expiryMs) {
        entries.putLong(at(slot) + EXPIRY, expiryMs);
        if (slot != newest) {
            unlink(slot);
            append(slot);
        }
        seal(slot);
    }

    // ---- index: a cell holds the hash and the slot plus 1 ----

    private void insert(int slot, int hash) {
        int i = hash & indexMask;
        while (index.getLong(i * Long.BYTES) != 0) {
            i = i + 1 & indexMask;
        }
        index.putLong(i * Long.BYTES, (long) hash << 32 | slot + 1);
    }

    /** Cells behind it move up where their own place allows it, so that no gap hides them. */
    private void remove(int slot, int hash) {
        int gap = hash & indexMask;
        while ((int) index.getLong(gap * Long.BYTES) != slot + 1) {
            gap = gap + 1 & indexMask;
        }
        for (int i = gap + 1 & indexMask; index.getLong(i * Long.BYTES) != 0; i = i + 1 & indexMask) {
            long cell = index.getLong(i * Long.BYTES);
            int wanted = (int) (cell >>> 32) & indexMask;
            if ((i - wanted & indexMask) >= (i - gap & indexMask)) {
                index.putLong(gap * Long.BYTES, cell);
                gap = i;
            }
        }
        index.putLong(gap * Long.BYTES, 0);
    }

    // ---- order of expiry ----

    private int newer(int slot) {
        return entries.getInt(at(slot) + NEWER);
    }

    private void append(int slot) {
        entries.putInt(at(slot) + OLDER, newest);
        entries.putInt(at(slot) + NEWER, NONE);
        if (newest == NONE) {
            oldest = slot;
        } else {
            entries.putInt(at(newest) + NEWER, slot);
        }
        newest = slot;
    }

    private void unlink(int slot) {
        int before = entries.getInt(at(slot) + OLDER);
        int behind = newer(slot);
        if (before == NONE) {
            oldest = behind;
        } else {
            entries.putInt(at(before) + NEWER, behind);
        }
        if (behind == NONE) {
            newest = before;
        } else {
            entries.putInt(at(behind) + OLDER, before);
        }
    }

    // ---- seals ----

    /** After each change of what has to survive. */
    void seal(int slot) {
        if (isSealed) {
            entries.putLong(at(slot) + SEAL, checksum(slot));
        }
    }

    private long checksum(int slot) {
        int at = at(slot);
        long sum = mixed(entries.getLong(at), entries.getLong(at + EXPIRY));
        for (int i = at + KEY; i < at + layout.referenceOffset; i += Long.BYTES) {
            sum = mixed(sum, entries.getLong(i));
        }
        return sum == 0 ? 1 : sum;
    }

    private static long mixed(long sum, long word) {
        long product = (sum ^ word) * 0x9E3779B97F4A7C15L;
        return Long.rotateLeft(product, 29) ^ product >>> 32;
    }

    /**
     * Takes over what an earlier process left: whole, unexpired entries; what is torn is dropped.
     *
     * @return how many entries were torn
     */
    int recover(long nowMs) {
        List<Integer> whole = new ArrayList<>();
        int torn = 0;
        for (int slot = 0; slot < capacity; slot++) {
            int length = entries.getInt(at(slot) + KEY_LENGTH);
            boolean isWhole =
                    length > 0 && length <= layout.keyBytes + 1 && entries.getLong(at(slot) + SEAL) == checksum(slot);
            if (isWhole && entries.getLong(at(slot) + EXPIRY) > nowMs) {
                whole.add(slot);
                touched = slot + 1;
            } else if (length != 0) {
                torn += isWhole ? 0 : 1;
                entries.putInt(at(slot) + KEY_LENGTH, 0);
            }
        }
        restore(whole);
        return torn;
    }

    private void restore(List<Integer> whole) {
        for (int slot = 0; slot < touched; slot++) {
            if (entries.getInt(at(slot) + KEY_LENGTH) == 0) {
                release(slot);
            }
        }
        whole.sort(Comparator.comparingLong(this::expiry));
        for (int slot : whole) {
            entries.putInt(at(slot) + layout.referenceOffset, 0);
            insert(slot, entries.getInt(at(slot) + HASH));
            append(slot);
        }
        used = whole.size();
        total.addAndGet(used);
    }

    long expiry(int slot) {
        return entries.getLong(at(slot) + EXPIRY);
    }
}
