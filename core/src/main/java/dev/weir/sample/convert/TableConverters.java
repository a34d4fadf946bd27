package dev.weir.sample.convert;

import static dev.weir.sample.SampleType.ANY;
import static dev.weir.sample.SampleType.BOOLEAN;
import static dev.weir.sample.SampleType.INTEGER;

import dev.weir.sample.Arguments;
import dev.weir.sample.ConverterFamily;
import dev.weir.sample.ConverterTable;
import dev.weir.sample.Sample;
import dev.weir.sample.TableAccess;
import dev.weir.sample.TableFigure;
import dev.weir.sample.TableKey;
import dev.weir.stick.StickTable;
import dev.weir.stick.StoredData;
import dev.weir.stream.Stream;

/** Keys of stick tables to what the tables store for them; what can be no key has no entry. HAProxy manual 7.3.1. */
final class TableConverters implements ConverterFamily {
    @Override
    public void describe(ConverterTable table) {
        table.add(
                "in_table",
                ANY,
                BOOLEAN,
                "table",
                "whether the table has the key",
                (stream, args, sample) -> use(
                        stream,
                        args,
                        0,
                        false,
                        sample,
                        (of, entry, all, now, out) -> out.bool(entry != StickTable.NONE)));
        for (TableFigure figure : TableFigure.values()) {
            add(
                    table,
                    figure.suffix(),
                    "",
                    figure.description(),
                    false,
                    (of, entry, args, now, out) -> figure.read(of, entry, now, out));
        }
        add(table, "server_id", "", "number of the server that the key sticks to", false, TableConverters::serverId);
        add(
                table,
                "trackers",
                "",
                "streams that track the key",
                false,
                (of, entry, args, now, out) -> out.integer(entry == StickTable.NONE ? 0 : of.references(entry) - 1));
        elements(table);
        TableAccess.describeChanges(
                "the array gpc",
                (suffix, first, description, makesEntry, access) ->
                        add(table, suffix, first, description, makesEntry, access));
        times(table);
    }

    private static void elements(ConverterTable table) {
        for (StoredData data : new StoredData[] {StoredData.GPC, StoredData.GPT, StoredData.GPC_RATE}) {
            add(table, data.text(), "sint,", "element of the array " + data.text(), false, TableAccess.element(data));
        }
    }

    private static boolean serverId(StickTable of, long entry, Arguments args, long nowNs, Sample out) {
        if (entry == StickTable.NONE) {
            return out.integer(0);
        }
        return of.count(StoredData.SERVER_ID) > 0 && out.integer(of.get(entry, StoredData.SERVER_ID, 0, nowNs));
    }

    /** Without an entry, the second argument takes their place. */
    private static void times(ConverterTable table) {
        time(table, "table_expire", "milliseconds until the key expires", StickTable::remainingMs);
        time(
                table,
                "table_idle",
                "milliseconds since the key was last used",
                (of, entry, nowNs) -> of.settings().expireMs() - of.remainingMs(entry, nowNs));
    }

    private interface Time {
        long of(StickTable table, long entry, long nowNs);
    }

    private static void time(ConverterTable table, String name, String description, Time time) {
        table.add(
                name,
                ANY,
                INTEGER,
                "table,[sint]",
                description,
                (stream, args, sample) -> use(
                        stream,
                        args,
                        0,
                        false,
                        sample,
                        (of, entry, all, now, out) -> entry == StickTable.NONE
                                ? all.has(1) && out.integer(all.number(1))
                                : out.integer(time.of(of, entry, now))));
    }

    private static void add(
            ConverterTable table,
            String suffix,
            String first,
            String description,
            boolean makesEntry,
            TableAccess access) {
        int tableAt = first.isEmpty() ? 0 : 1;
        table.add(
                "table_" + suffix,
                ANY,
                INTEGER,
                first + "table",
                description,
                (stream, args, sample) -> use(stream, args, tableAt, makesEntry, sample, access));
    }

    private static boolean use(
            Stream stream, Arguments args, int tableAt, boolean makesEntry, Sample sample, TableAccess access) {
        StickTable table = args.table(tableAt);
        long nowNs = stream.process().clock().nanoTime();
        long entry = makesEntry ? TableKey.findOrCreate(table, sample, nowNs) : TableKey.find(table, sample, nowNs);
        boolean has = access.apply(table, entry, args, nowNs, sample);
        if (entry != StickTable.NONE) {
            table.release(entry);
        }
        return has;
    }
}
