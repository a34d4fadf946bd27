package dev.weir.stick;

import static dev.weir.stick.EntryLayout.LINKED;
import static dev.weir.stick.EntryLayout.NEWER;
import static dev.weir.stick.EntryLayout.OLDER;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * The order in which a shard's entries expire, as a list through them. To link an entry anew costs its two neighbours, which are
 * rarely in a cache; so an entry that is used again stays where it is while it would expire within the same 64th of its life as
 * before, unless it has come among the oldest eighth, where a full table makes room. Thread: whoever holds the shard's lock.
 */
final class ExpiryOrder {
    static final int NONE = -1;
    private static final int GRAINS = 64;

    private final Entries entries;
    private final UnsafeBuffer buffer;
    /** What times are divided by, as a shift: the power of two below a 64th of a life. */
    private final int grainShift;

    private int oldest = NONE;
    private int newest = NONE;
    /** Counts what was ever linked; wraps. */
    private int linked;

    /** @param expireMs how long entries live; 0 for ever */
    ExpiryOrder(Entries entries, long expireMs) {
        this.entries = entries;
        this.buffer = entries.buffer;
        this.grainShift = Long.SIZE - 1 - Long.numberOfLeadingZeros(Math.max(1, expireMs / GRAINS));
    }

    int oldest() {
        return oldest;
    }

    int newer(int slot) {
        return buffer.getInt(entries.at(slot) + NEWER);
    }

    void append(int slot) {
        int at = entries.at(slot);
        buffer.putInt(at + OLDER, newest);
        buffer.putInt(at + NEWER, NONE);
        buffer.putInt(at + LINKED, ++linked);
        if (newest == NONE) {
            oldest = slot;
        } else {
            buffer.putInt(entries.at(newest) + NEWER, slot);
        }
        newest = slot;
    }

    void unlink(int slot) {
        int before = buffer.getInt(entries.at(slot) + OLDER);
        int behind = newer(slot);
        if (before == NONE) {
            oldest = behind;
        } else {
            buffer.putInt(entries.at(before) + NEWER, behind);
        }
        if (behind == NONE) {
            newest = before;
        } else {
            buffer.putInt(entries.at(behind) + OLDER, before);
        }
    }

    void moveToEnd(int slot) {
        if (slot != newest) {
            unlink(slot);
            append(slot);
        }
    }

    /**
     * Follows a change of an entry's expiry.
     *
     * @param used entries in the list
     */
    void renewed(int slot, long beforeMs, long expiryMs, int used) {
        if (beforeMs >> grainShift != expiryMs >> grainShift || isAmongOldest(slot, used)) {
            moveToEnd(slot);
        }
    }

    /** At most as many are newer as were linked since. */
    private boolean isAmongOldest(int slot, int used) {
        return linked - buffer.getInt(entries.at(slot) + LINKED) >= used - Math.ceilDiv(used, 8);
    }
}
