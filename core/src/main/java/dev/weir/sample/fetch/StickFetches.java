package dev.weir.sample.fetch;

import static dev.weir.sample.Availability.FROM_ACCEPT;
import static dev.weir.sample.Availability.FROM_START;
import static dev.weir.sample.SampleType.ANY;
import static dev.weir.sample.SampleType.BOOLEAN;
import static dev.weir.sample.SampleType.INTEGER;

import dev.weir.sample.ArgumentCheck;
import dev.weir.sample.Arguments;
import dev.weir.sample.FetchFamily;
import dev.weir.sample.FetchTable;
import dev.weir.sample.Sample;
import dev.weir.sample.SampleType;
import dev.weir.sample.TableAccess;
import dev.weir.sample.TableFigure;
import dev.weir.sample.TableKey;
import dev.weir.stick.StickTable;
import dev.weir.stick.StoredData;
import dev.weir.stream.Stream;
import dev.weir.stream.TrackedEntries;

/**
 * What stick tables know of the stream's tracked entries ({@code sc_}, {@code sc0_} to {@code sc2_}) and of its source address
 * ({@code src_}). HAProxy manual 7.3.3.
 */
final class StickFetches implements FetchFamily {
    private static final int NUMBERED = 3;

    @Override
    public void describe(FetchTable table) {
        for (TableFigure figure : TableFigure.values()) {
            String suffix = figure.isGeneralPurpose() ? "get_" + figure.suffix() : figure.suffix();
            everywhere(
                    table,
                    suffix,
                    "",
                    figure.description(),
                    false,
                    (of, entry, args, now, out) -> figure.read(of, entry, now, out));
        }
        elements(table);
        TableAccess.describeChanges(
                "the array of counters",
                (suffix, first, description, makesEntry, access) ->
                        everywhere(table, suffix, first, description, makesEntry, access));
        tracking(table);
        tables(table);
        table.add(
                "src_updt_conn_cnt",
                INTEGER,
                FROM_ACCEPT,
                "table",
                "counts a connection of the source address",
                (stream, args, out) -> source(stream, args, 0, true, out, StickFetches::updateConnections));
    }

    private static void tables(FetchTable table) {
        table.add(
                "table_cnt",
                INTEGER,
                FROM_START,
                "table",
                "entries of the table",
                (stream, args, out) -> out.integer(args.table(0).used(now(stream))));
        table.add(
                "table_avl",
                INTEGER,
                FROM_START,
                "table",
                "entries that the table still has room for",
                (stream, args, out) -> out.integer(
                        args.table(0).settings().entriesMax() - args.table(0).used(now(stream))));
    }

    private static void elements(FetchTable table) {
        element(table, "get_gpc", "element of the array of counters", StoredData.GPC);
        element(table, "get_gpt", "element of the array of tags", StoredData.GPT);
        element(
                table,
                "gpc_rate",
                "increments of an element of the array of counters in its period",
                StoredData.GPC_RATE);
    }

    private static void element(FetchTable table, String suffix, String description, StoredData data) {
        everywhere(table, suffix, "sint,", description, false, TableAccess.element(data));
    }

    private static boolean updateConnections(StickTable table, long entry, Arguments args, long nowNs, Sample out) {
        if (!table.stores(StoredData.CONN_CNT)) {
            return false;
        }
        table.touch(entry, nowNs);
        return out.integer(table.add(entry, StoredData.CONN_CNT, 0, 1, nowNs));
    }

    // ---- one fetch under all of its names ----

    /**
     * @param first arguments before the counter and the table
     * @param makesEntry whether {@code src_} makes the entry if there is none
     */
    private static void everywhere(
            FetchTable table, String suffix, String first, String description, boolean makesEntry, TableAccess access) {
        int count = first.isEmpty() ? 0 : 1;
        for (int i = 0; i < NUMBERED; i++) {
            int slot = i;
            table.add(
                    "sc" + i + "_" + suffix,
                    INTEGER,
                    FROM_ACCEPT,
                    first + "[table]",
                    description + ", of tracked entry " + i,
                    (stream, args, out) -> tracked(stream, slot, args, count, out, access));
        }
        table.add(
                "sc_" + suffix,
                INTEGER,
                FROM_ACCEPT,
                first + "sint,[table]",
                description + ", of a tracked entry",
                (stream, args, out) -> tracked(stream, (int) args.number(count), args, count + 1, out, access));
        table.add(
                "src_" + suffix,
                INTEGER,
                FROM_ACCEPT,
                first + "table",
                description + ", of the source address",
                (stream, args, out) -> source(stream, args, count, makesEntry, out, access));
    }

    /** Only where something is tracked; another table is asked for the same key, if it has such keys. */
    private static boolean tracked(
            Stream stream, int slot, Arguments args, int tableAt, Sample out, TableAccess access) {
        TrackedEntries tracked = stream.tracked();
        if (!tracked.isTracking(slot)) {
            return false;
        }
        long nowNs = now(stream);
        if (!args.has(tableAt)) {
            return access.apply(tracked.table(slot), tracked.entry(slot), args, nowNs, out);
        }
        StickTable other = args.table(tableAt);
        if (!hasSameKeys(other, tracked.table(slot))) {
            return false;
        }
        return use(other, findSame(other, tracked, slot, out, nowNs), args, nowNs, out, access);
    }

    private static long findSame(StickTable other, TrackedEntries tracked, int slot, Sample out, long nowNs) {
        return TableKey.findSame(other, tracked.table(slot), tracked.entry(slot), out.scratch(), nowNs);
    }

    /** Of one type and length: what two lengths cut off differently is not the same key. */
    private static boolean hasSameKeys(StickTable table, StickTable other) {
        return table.settings().type() == other.settings().type()
                && table.settings().keyBytes() == other.settings().keyBytes();
    }

    /** With a table: whether that could have the same key. */
    private static boolean isTracking(Stream stream, int slot, Arguments args, int tableAt) {
        TrackedEntries tracked = stream.tracked();
        return tracked.isTracking(slot)
                && (!args.has(tableAt) || hasSameKeys(args.table(tableAt), tracked.table(slot)));
    }

    private static boolean source(
            Stream stream, Arguments args, int tableAt, boolean makesEntry, Sample out, TableAccess access) {
        StickTable table = args.table(tableAt);
        long nowNs = now(stream);
        if (!out.address(stream.clientSide().source())) {
            return false;
        }
        long entry = makesEntry ? TableKey.findOrCreate(table, out, nowNs) : TableKey.find(table, out, nowNs);
        return (entry != StickTable.NONE || !makesEntry) && use(table, entry, args, nowNs, out, access);
    }

    private static boolean use(
            StickTable table, long entry, Arguments args, long nowNs, Sample out, TableAccess access) {
        boolean has = access.apply(table, entry, args, nowNs, out);
        if (entry != StickTable.NONE) {
            table.release(entry);
        }
        return has;
    }

    private static long now(Stream stream) {
        return stream.process().clock().nanoTime();
    }

    // ---- about tracking itself ----

    private static void tracking(FetchTable table) {
        for (int i = 0; i < NUMBERED; i++) {
            int slot = i;
            add(
                    table,
                    "sc" + i + "_key",
                    ANY,
                    "",
                    "key of tracked entry " + i,
                    (stream, args, out) -> key(stream.tracked(), slot, out));
            add(
                    table,
                    "sc" + i + "_tracked",
                    BOOLEAN,
                    "[table]",
                    "whether entry " + i + " is tracked",
                    (stream, args, out) -> out.bool(isTracking(stream, slot, args, 0)));
            add(
                    table,
                    "sc" + i + "_trackers",
                    INTEGER,
                    "[table]",
                    "streams that track entry " + i,
                    (stream, args, out) -> trackers(stream, slot, args, 0, out));
        }
        add(
                table,
                "sc_key",
                ANY,
                "sint",
                "key of a tracked entry",
                (stream, args, out) -> key(stream.tracked(), (int) args.number(0), out));
        add(
                table,
                "sc_tracked",
                BOOLEAN,
                "sint,[table]",
                "whether an entry is tracked",
                (stream, args, out) -> out.bool(isTracking(stream, (int) args.number(0), args, 1)));
        add(
                table,
                "sc_trackers",
                INTEGER,
                "sint,[table]",
                "streams that track an entry",
                (stream, args, out) -> trackers(stream, (int) args.number(0), args, 1, out));
    }

    private static void add(
            FetchTable table,
            String name,
            SampleType type,
            String arguments,
            String description,
            dev.weir.sample.FetchFunction function) {
        table.add(name, type, FROM_ACCEPT, arguments, description, ArgumentCheck.NONE, function);
    }

    private static boolean key(TrackedEntries tracked, int slot, Sample out) {
        return tracked.isTracking(slot) && TableKey.value(tracked.table(slot), tracked.entry(slot), out);
    }

    /** The look-up in another table refers to the entry, too, and is no tracker. */
    private static boolean trackers(Stream stream, int slot, Arguments args, int tableAt, Sample out) {
        boolean has = tracked(stream, slot, args, tableAt, out, StickFetches::references);
        return has && (!args.has(tableAt) || out.integer(Math.max(0, out.low() - 1)));
    }

    private static boolean references(StickTable table, long entry, Arguments args, long nowNs, Sample out) {
        return out.integer(entry == StickTable.NONE ? 0 : table.references(entry));
    }
}
