package dev.weir.sample;

import dev.weir.stick.StickTable;
import dev.weir.stick.StoredData;

/** Reads from, or changes, an entry of a stick table, for fetches and converters alike. No state; any loop. */
public interface TableAccess {
    /**
     * @param entry {@link StickTable#NONE} where there is none
     * @param args of the fetch or converter; an index comes first
     * @return false if there is no value
     */
    boolean apply(StickTable table, long entry, Arguments args, long nowNs, Sample out);

    /** Where each is to be known by a name that ends like this. */
    interface Registry {
        /**
         * @param first arguments before all others
         * @param makesEntry whether it makes an entry if there is none
         */
        void add(String suffix, String first, String description, boolean makesEntry, TableAccess access);
    }

    /** An element of one of the arrays; 0 without an entry. */
    static TableAccess element(StoredData data) {
        return (table, entry, args, nowNs, out) -> {
            if (entry == StickTable.NONE) {
                return out.integer(0);
            }
            int index = (int) args.number(0);
            return index < table.count(data) && out.integer(table.get(entry, data, index, nowNs));
        };
    }

    /**
     * All that changes general purpose counters.
     *
     * @param array what descriptions call theirs
     */
    static void describeChanges(String array, Registry registry) {
        for (int counter = 0; counter < 2; counter++) {
            int gpc = counter;
            registry.add(
                    "inc_gpc" + gpc,
                    "",
                    "adds one to counter " + gpc,
                    true,
                    (of, entry, args, now, out) -> out.integer(
                            entry == StickTable.NONE ? 0 : orZero(TableChange.addCounter(of, entry, gpc, 1, now))));
            registry.add(
                    "clr_gpc" + gpc,
                    "",
                    "sets counter " + gpc + " to zero",
                    true,
                    (of, entry, args, now, out) ->
                            number(entry == StickTable.NONE ? 0 : TableChange.clearCounter(of, entry, gpc, now), out));
        }
        registry.add(
                "inc_gpc",
                "sint,",
                "adds one to an element of " + array,
                true,
                (of, entry, args, now, out) -> out.integer(
                        entry == StickTable.NONE
                                ? 0
                                : orZero(TableChange.addElement(of, entry, (int) args.number(0), 1, now))));
        registry.add(
                "clr_gpc",
                "sint,",
                "sets an element of " + array + " to zero",
                true,
                (of, entry, args, now, out) -> number(
                        entry == StickTable.NONE
                                ? 0
                                : TableChange.clear(of, entry, StoredData.GPC, (int) args.number(0), now),
                        out));
    }

    /** HAProxy counts what a table does not store as 0, but has no value for it where it is to be cleared. */
    private static long orZero(long value) {
        return Math.max(value, 0);
    }

    private static boolean number(long value, Sample out) {
        return value >= 0 && out.integer(value);
    }
}
