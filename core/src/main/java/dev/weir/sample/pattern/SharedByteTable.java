package dev.weir.sample.pattern;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Collection;
import org.agrona.DirectBuffer;

/**
 * A hash table from patterns' bytes to patterns that is read by all loops without a lock or allocation while one thread at a time
 * changes it. Of equal patterns the one that was added first is found.
 *
 * <p>Entries are immutable and are stored with release semantics, so a reader sees a whole one or none. What is taken out leaves a
 * mark, so that no reader's walk ends early; a table that fills with marks is built anew and replaced as a whole.
 */
final class SharedByteTable {
    private static final PatternEntry GONE = new PatternEntry("");
    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(PatternEntry[].class);
    private static final int SLOTS_MIN = 16;

    private final ByteKeys rule;
    private volatile PatternEntry[] slots = new PatternEntry[SLOTS_MIN];
    /** Slots that hold an entry or a mark. */
    private int usedCount;

    SharedByteTable(boolean ignoresCase) {
        this.rule = new ByteKeys(ignoresCase);
    }

    PatternEntry get(DirectBuffer bytes, int offset, int length) {
        PatternEntry[] table = slots;
        int slot = rule.hash(bytes, offset, length) & table.length - 1;
        PatternEntry entry;
        while ((entry = (PatternEntry) SLOT.getAcquire(table, slot)) != null) {
            if (entry != GONE && rule.isEqual(entry.bytes(), bytes, offset, length)) {
                return entry;
            }
            slot = slot + 1 & table.length - 1;
        }
        return null;
    }

    /** Replaces everything. */
    void load(Collection<PatternEntry> entries) {
        int capacity = Math.max(SLOTS_MIN, Integer.highestOneBit(Math.max(1, entries.size() * 2)) * 2);
        PatternEntry[] table = new PatternEntry[capacity];
        for (PatternEntry entry : entries) {
            table[freeSlot(table, entry)] = entry;
        }
        usedCount = entries.size();
        slots = table;
    }

    /** @param all the entries there will be, this one among them */
    void add(PatternEntry entry, Collection<PatternEntry> all) {
        if ((usedCount + 1) * 2 > slots.length) {
            load(all);
            return;
        }
        SLOT.setRelease(slots, freeSlot(slots, entry), entry);
        usedCount++;
    }

    void remove(PatternEntry entry) {
        put(entry, GONE);
    }

    /** Puts an entry in the place of another one with the same text. */
    void replace(PatternEntry old, PatternEntry with) {
        put(old, with);
    }

    private void put(PatternEntry old, PatternEntry with) {
        PatternEntry[] table = slots;
        int slot = start(table, old);
        while (table[slot] != old) {
            slot = slot + 1 & table.length - 1;
        }
        SLOT.setRelease(table, slot, with);
    }

    private int freeSlot(PatternEntry[] table, PatternEntry entry) {
        int slot = start(table, entry);
        while (table[slot] != null) {
            slot = slot + 1 & table.length - 1;
        }
        return slot;
    }

    private int start(PatternEntry[] table, PatternEntry entry) {
        return rule.hash(entry.bytes()) & table.length - 1;
    }
}
