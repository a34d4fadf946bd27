package dev.weir.stick;

import static dev.weir.stick.EntryLayout.NEWER;

/** The slots of a shard that hold no entry: those given back, as a list through them, then those never used. Thread: the lock's holder. */
final class FreeSlots {
    private static final int NONE = ExpiryOrder.NONE;

    private final Entries entries;
    private int first = NONE;
    private int end;

    FreeSlots(Entries entries) {
        this.entries = entries;
    }

    /** One behind the highest slot that was ever used. */
    int end() {
        return end;
    }

    boolean isEmpty() {
        return first == NONE && end == entries.slotCount;
    }

    /** {@link ExpiryOrder#NONE} if there is none. */
    int take() {
        if (first != NONE) {
            int slot = first;
            first = entries.buffer.getInt(entries.at(slot) + NEWER);
            return slot;
        }
        return end < entries.slotCount ? end++ : NONE;
    }

    void add(int slot) {
        entries.buffer.putInt(entries.at(slot) + NEWER, first);
        first = slot;
    }

    /** Begins with the entries that are there, all below that slot. */
    void recover(int usedEnd) {
        end = usedEnd;
        for (int slot = 0; slot < end; slot++) {
            if (entries.isFree(slot)) {
                add(slot);
            }
        }
    }
}
