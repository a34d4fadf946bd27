package dev.weir.sample;

import dev.weir.stick.StickTable;
import dev.weir.stick.StoredData;

/** Changes of an entry's general purpose counters and tags, for fetches and for rules. No state. */
public final class TableChange {
    private TableChange() {}

    /** Adds to counter 0 or 1 and counts the events in its rate; the new count, -1 if the table stores none of it. */
    public static long addCounter(StickTable table, long entry, int counter, long amount, long nowNs) {
        StoredData single = counter == 0 ? StoredData.GPC0 : StoredData.GPC1;
        StoredData singleRate = counter == 0 ? StoredData.GPC0_RATE : StoredData.GPC1_RATE;
        boolean isArray = !table.stores(single) && !table.stores(singleRate);
        return isArray
                ? addElement(table, entry, counter, amount, nowNs)
                : add(table, entry, single, singleRate, 0, amount, nowNs);
    }

    /** The same for an element of the array {@code gpc}. */
    public static long addElement(StickTable table, long entry, int index, long amount, long nowNs) {
        return add(table, entry, StoredData.GPC, StoredData.GPC_RATE, index, amount, nowNs);
    }

    private static long add(
            StickTable table, long entry, StoredData count, StoredData rate, int index, long amount, long nowNs) {
        boolean isStored = index < table.count(count) || index < table.count(rate);
        table.add(entry, rate, index, amount, nowNs);
        long value = table.add(entry, count, index, amount, nowNs);
        return isStored ? value : -1;
    }

    /** Sets counter 0 or 1 to zero; what it was, -1 if the table stores none of it. */
    public static long clearCounter(StickTable table, long entry, int counter, long nowNs) {
        StoredData single = counter == 0 ? StoredData.GPC0 : StoredData.GPC1;
        return table.stores(single)
                ? clear(table, entry, single, 0, nowNs)
                : clear(table, entry, StoredData.GPC, counter, nowNs);
    }

    /** Sets an element of an array to zero; what it was, -1 if the table does not store it. */
    public static long clear(StickTable table, long entry, StoredData data, int index, long nowNs) {
        if (index >= table.count(data)) {
            return -1;
        }
        long before = table.get(entry, data, index, nowNs);
        table.set(entry, data, index, 0, nowNs);
        return before;
    }

    /** Sets tag 0 or an element of the array of tags. */
    public static void setTag(StickTable table, long entry, int index, long value, long nowNs) {
        boolean isSingle = index == 0 && table.stores(StoredData.GPT0);
        table.set(entry, isSingle ? StoredData.GPT0 : StoredData.GPT, index, value, nowNs);
    }
}
