package dev.weir.stick;

import dev.weir.sync.SpinLock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.DirectBuffer;

/**
 * A part of a table under a lock of its own: entries, their index and their order of expiry. An entry that a session refers to is
 * never taken away.
 *
 * <p>Any thread; every method but {@link #lock} and {@link #unlock} is called with the lock held.
 */
final class Shard {
    static final int NONE = ExpiryOrder.NONE;
    private static final int PURGED_AT_ONCE = 2;

    private final Entries entries;
    private final HashIndex index;
    private final ExpiryOrder order;
    private final FreeSlots free;
    private final AtomicInteger total;
    private final int totalMax;
    private final SpinLock lock = new SpinLock();
    private int used;

    /**
     * @param total entries of all shards
     * @param settings how many these may be, and how long they live
     */
    Shard(Entries entries, HashIndex index, AtomicInteger total, TableSettings settings) {
        this.entries = entries;
        this.index = index;
        this.order = new ExpiryOrder(entries, settings.expireMs());
        this.free = new FreeSlots(entries);
        this.total = total;
        this.totalMax = settings.entriesMax();
    }

    void lock() {
        lock.lock();
    }

    void unlock() {
        lock.unlock();
    }

    Entries entries() {
        return entries;
    }

    int used() {
        return used;
    }

    // ---- finding ----

    /** The slot of a key, {@link #NONE} if there is none or it has expired. */
    int find(DirectBuffer key, int offset, int length, int hash, long nowMs) {
        int place = index.first(hash);
        for (int cell = index.cell(place); cell != HashIndex.EMPTY; cell = index.cell(place)) {
            if (index.mayHold(cell, hash) && entries.holds(index.slot(cell), key, offset, length)) {
                int slot = index.slot(cell);
                return isExpired(slot, nowMs) ? NONE : slot;
            }
            place = index.next(place);
        }
        return NONE;
    }

    /** The first entry at or behind a slot, {@link #NONE} at the end. */
    int nextLive(int from, long nowMs) {
        for (int slot = from; slot < free.end(); slot++) {
            if (!entries.isFree(slot) && !isExpired(slot, nowMs)) {
                return slot;
            }
        }
        return NONE;
    }

    private boolean isExpired(int slot, long nowMs) {
        return entries.expiryMs(slot) <= nowMs && !isReferred(slot);
    }

    private boolean isReferred(int slot) {
        return entries.references(slot) != 0;
    }

    // ---- making and dropping ----

    /** A new entry; the key must not be there unless it has expired. {@link #NONE} if the shard is full. */
    int create(DirectBuffer key, int offset, int length, int hash, long expiryMs, long nowMs, boolean mayEvict) {
        dropExpired(key, offset, length, hash);
        purge(nowMs, PURGED_AT_ONCE);
        int slot = takeSlot(mayEvict);
        if (slot != NONE) {
            entries.write(slot, hash, key, offset, length, expiryMs);
            index.insert(slot, hash);
            order.append(slot);
            used++;
            total.getAndIncrement();
            entries.seal(slot);
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
        if (mayEvict && (isFull || free.isEmpty())) {
            isFull = !evict() && isFull;
        }
        return isFull ? NONE : free.take();
    }

    /** Drops what would expire first among those that nobody refers to; false if there is none. */
    private boolean evict() {
        int slot = order.oldest();
        for (int looked = 0; looked < used && slot != NONE; looked++) {
            int next = order.newer(slot);
            if (!isReferred(slot)) {
                drop(slot);
                return true;
            }
            order.moveToEnd(slot); // it lives on, and shall not be looked at again and again
            slot = next;
        }
        return false;
    }

    /** Drops expired entries, at most so many; how many it found. One may stay for a 64th of its life; nobody finds it. */
    int purge(long nowMs, int most) {
        int count = 0;
        while (count < most && order.oldest() != NONE && isExpired(order.oldest(), nowMs)) {
            drop(order.oldest());
            count++;
        }
        return count;
    }

    /** Nobody may refer to it. */
    void drop(int slot) {
        index.remove(slot, entries.hash(slot));
        order.unlink(slot);
        entries.clear(slot);
        free.add(slot);
        used--;
        total.getAndDecrement();
    }

    /** Its life begins anew. */
    void touch(int slot, long expiryMs) {
        long beforeMs = entries.expiryMs(slot);
        entries.expiryMs(slot, expiryMs);
        order.renewed(slot, beforeMs, expiryMs, used);
        entries.seal(slot);
    }

    // ---- what an earlier process left ----

    /**
     * Takes over whole, unexpired entries; what is torn is dropped.
     *
     * @return how many entries were torn
     */
    int recover(long nowMs) {
        List<Integer> whole = new ArrayList<>();
        int torn = 0;
        int end = 0;
        for (int slot = 0; slot < entries.slotCount; slot++) {
            boolean isWhole = entries.isWhole(slot);
            if (isWhole && entries.expiryMs(slot) > nowMs) {
                whole.add(slot);
                end = slot + 1;
            } else if (!entries.isFree(slot)) {
                torn += isWhole ? 0 : 1;
                entries.clear(slot);
            }
        }
        free.recover(end);
        restore(whole);
        return torn;
    }

    private void restore(List<Integer> whole) {
        whole.sort(Comparator.comparingLong(entries::expiryMs));
        for (int slot : whole) {
            entries.refer(slot, -entries.references(slot));
            index.insert(slot, entries.hash(slot));
            order.append(slot);
        }
        used = whole.size();
        total.addAndGet(used);
    }
}
