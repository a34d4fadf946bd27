package dev.weir.cli.command;

import dev.weir.cli.Answer;
import dev.weir.cli.Arguments;
import dev.weir.cli.ClientGone;
import dev.weir.cli.CommandFailure;
import dev.weir.cli.CommandFamily;
import dev.weir.cli.CommandTable;
import dev.weir.cli.Level;
import dev.weir.cli.RuntimeControl;
import dev.weir.stick.StickTable;
import dev.weir.stick.StoredData;
import dev.weir.stick.TableSettings;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** {@code show table}, {@code set table}, {@code clear table}. */
public final class TableCommands implements CommandFamily {
    private static final String SHOW_ARGUMENTS = "Optional argument only supports \"data.<store_data_type>\" <operator>"
            + " <value> or key <key> or ptr <ptr>";
    private static final String CLEAR_ARGUMENTS = "Required arguments: <table> \"data.<store_data_type>\" <operator>"
            + " <value> or <table> key <key> or <table> ptr <ptr>";
    private static final String SET_ARGUMENTS =
            "Required arguments: <table> key <key> [data.<store_data_type> <value>]*"
                    + " or <table> ptr <ptr> [data.<store_data_type> <value>]*";

    private final RuntimeControl control;

    public TableCommands(RuntimeControl control) {
        this.control = control;
    }

    @Override
    public void describe(CommandTable table) {
        table.add(
                "show table",
                Level.USER,
                "show table [<table> [<filter>]*]",
                "report table usage stats or dump this table's contents (filter: data/key)",
                this::show);
        table.add(
                "set table",
                Level.OPERATOR,
                "set table <table> key <k> [data.* <v>]*",
                "update or create a table entry's data",
                this::set);
        table.add(
                "clear table",
                Level.OPERATOR,
                "clear table <table> [<filter>]*",
                "remove an entry from a table (filter: data/key)",
                this::clear);
    }

    private long nowNs() {
        return control.process().clock().nanoTime();
    }

    // ---- show ----

    private void show(Arguments arguments, Answer answer) throws CommandFailure, ClientGone {
        if (!arguments.hasNext()) {
            for (StickTable table : newestFirst()) {
                header(table, answer);
            }
            return;
        }
        StickTable table = Names.table(arguments, control);
        if (answer.state().level() == Level.USER) {
            refuseEntry(arguments);
            header(table, answer);
            answer.line("# contents not dumped due to insufficient privileges");
        } else if (namesEntry(arguments)) {
            long entry = find(table, arguments);
            if (entry != StickTable.NONE) {
                header(table, answer);
                row(table, entry, answer);
                table.release(entry);
            }
        } else {
            TableFilter filter = TableFilter.parse(arguments, table, SHOW_ARGUMENTS);
            header(table, answer);
            rows(table, filter, answer);
        }
    }

    private static void refuseEntry(Arguments arguments) throws CommandFailure {
        if (namesEntry(arguments)) {
            throw new CommandFailure("Permission denied");
        }
    }

    /** As HAProxy lists them. */
    private List<StickTable> newestFirst() {
        List<StickTable> tables = new ArrayList<>();
        control.tables().all().forEach(tables::addFirst);
        return tables;
    }

    private void header(StickTable table, Answer answer) {
        TableSettings settings = table.settings();
        answer.line("# table: " + settings.name() + ", type: " + settings.type().text() + ", size:"
                + settings.entriesMax() + ", used:" + table.used(nowNs()));
    }

    private void rows(StickTable table, TableFilter filter, Answer answer) throws ClientGone {
        long entry = table.next(0, nowNs());
        while (entry != StickTable.NONE) {
            long next = StickTable.placeBehind(entry);
            try {
                if (filter.passes(table, entry, nowNs())) {
                    row(table, entry, answer);
                }
            } finally {
                table.release(entry);
            }
            answer.flush();
            entry = table.next(next, nowNs());
        }
    }

    private void row(StickTable table, long entry, Answer answer) {
        StringBuilder out = answer.text();
        UnsafeBuffer key = new UnsafeBuffer(new byte[table.settings().keyBytes()]);
        int length = table.key(entry, key);
        out.append("0x").append(Long.toHexString(entry)).append(": key=");
        KeyText.write(table.settings(), key, length, out);
        out.append(" use=").append(table.references(entry) - 1);
        out.append(" exp=").append(Math.max(0, table.remainingMs(entry, nowNs())));
        out.append(" shard=0");
        for (TableSettings.Stored stored : table.settings().stored()) {
            data(table, entry, stored, out);
        }
        out.append('\n');
    }

    private void data(StickTable table, long entry, TableSettings.Stored stored, StringBuilder out) {
        StoredData data = stored.data();
        for (int i = 0; i < stored.count(); i++) {
            out.append(' ').append(data.isArray() ? data.textOf(i) : data.text());
            if (data.isRate()) {
                out.append('(').append(stored.periodMs()).append(')');
            }
            out.append('=');
            if (data.form() == StoredData.Form.TEXT) {
                String text = table.text(entry, data);
                out.append(text == null ? "-" : text);
            } else {
                out.append(table.get(entry, data, i, nowNs()));
            }
        }
    }

    // ---- one entry ----

    private static boolean namesEntry(Arguments arguments) {
        return arguments.peek().equals("key") || arguments.peek().equals("ptr");
    }

    /** Refers to the entry that {@code key <key>} or {@code ptr <ptr>} names; {@link StickTable#NONE} if no entry has the key. */
    private long find(StickTable table, Arguments arguments) throws CommandFailure {
        if (arguments.skip("ptr")) {
            return pointed(table, arguments.next());
        }
        UnsafeBuffer key = key(table, arguments);
        return table.find(key, 0, key.capacity(), nowNs());
    }

    private static UnsafeBuffer key(StickTable table, Arguments arguments) throws CommandFailure {
        arguments.skip("key");
        return KeyText.parse(table.settings(), arguments.require("Key value expected"));
    }

    /** The entry that {@code show table} wrote with that number in front. */
    private long pointed(StickTable table, String pointer) throws CommandFailure {
        if (!pointer.matches("0x[0-9a-f]{1,15}")) {
            throw new CommandFailure("Pointer expected (0xffff notation)");
        }
        long place = Long.parseLong(pointer.substring(2), 16);
        long entry = (int) place < 0 ? StickTable.NONE : table.next(place, nowNs());
        if (entry == place) {
            return entry;
        }
        if (entry != StickTable.NONE) {
            table.release(entry);
        }
        throw new CommandFailure("No entry can be found matching ptr.");
    }

    // ---- set and clear ----

    private void set(Arguments arguments, Answer answer) throws CommandFailure {
        arguments.requireNext(SET_ARGUMENTS);
        StickTable table = Names.table(arguments, control);
        if (!namesEntry(arguments)) {
            throw new CommandFailure(
                    arguments.peek().startsWith("data.")
                            ? "content-based lookup is only supported with the \"show\" and \"clear\" actions"
                            : SET_ARGUMENTS);
        }
        long entry = arguments.peek().equals("ptr") ? find(table, arguments) : findOrCreate(table, arguments);
        try {
            table.touch(entry, nowNs());
            while (arguments.hasNext()) {
                setOne(table, entry, arguments);
            }
        } finally {
            table.release(entry);
        }
    }

    private long findOrCreate(StickTable table, Arguments arguments) throws CommandFailure {
        UnsafeBuffer key = key(table, arguments);
        long entry = table.findOrCreate(key, 0, key.capacity(), nowNs());
        if (entry == StickTable.NONE) {
            throw new CommandFailure("Unable to allocate a new entry");
        }
        return entry;
    }

    private void setOne(StickTable table, long entry, Arguments arguments) throws CommandFailure {
        if (!arguments.peek().startsWith("data.")) {
            throw new CommandFailure("\"data.<type>\" followed by a value expected");
        }
        DataName name = DataName.parse(arguments.next(), table);
        String text = arguments.require("Require a valid integer value to store");
        if (name.data().form() == StoredData.Form.TEXT) {
            table.text(entry, name.data(), text);
        } else if (text.matches("[0-9]{1,18}")) {
            table.set(entry, name.data(), name.index(), Long.parseLong(text), nowNs());
        } else {
            throw new CommandFailure("Require a valid integer value to store");
        }
    }

    private void clear(Arguments arguments, Answer answer) throws CommandFailure {
        arguments.requireNext(CLEAR_ARGUMENTS);
        StickTable table = Names.table(arguments, control);
        if (namesEntry(arguments)) {
            long entry = find(table, arguments);
            if (entry != StickTable.NONE && !table.drop(entry)) {
                throw new CommandFailure("Entry currently in use, cannot remove");
            }
            return;
        }
        TableFilter filter = TableFilter.parse(arguments, table, CLEAR_ARGUMENTS);
        long entry = table.next(0, nowNs());
        while (entry != StickTable.NONE) {
            long next = StickTable.placeBehind(entry);
            if (filter.passes(table, entry, nowNs())) {
                table.drop(entry);
            } else {
                table.release(entry);
            }
            entry = table.next(next, nowNs());
        }
    }
}
